"""Whether only a script would show what a page has to say.

Asked of pages that show no article: a nearly empty page is no proof, what its scripts hold is.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from lxml.html import HtmlElement

from pipeline.body import LINKED, is_prose
from pipeline.lines import Line, fold

MAX_SHOWN: Final = 400  # letters beside links; a frame with its footer has fewer
MAX_TITLES: Final = 4  # linked titles; more make a list that needs no script
MIN_TITLE: Final = 8  # characters of a linked title; entries of menus are shorter
MAX_IN_ROOT: Final = 20  # letters in a root that waits for its script: 加载中
MIN_CHINESE: Final = 60  # Chinese characters in a script that are a text, not messages
MIN_ENCODED: Final = 160  # characters of Base64 or escapes: some 40 Chinese ones
MAX_SCRIPT: Final = 400_000  # characters looked at of one script

_ROOT_IDS: Final = re.compile(
    r"(?:app|root|__next|__nuxt|__layout|q-app|main-?app|react-?root|vue-?app)"
)
_NOTICE: Final = re.compile(
    r"(?:启用|开启|打开|允许|支持|需要|不支持|禁用)[^。]{0,12}java\s*script|java\s*script[^。]{0,16}"
    r"(?:启用|开启|打开|禁用|关闭|才能)|(?:enable|requires?|without|need)[^.]{0,30}javascript"
    r"|javascript[^.]{0,30}(?:enabled|required|disabled)",
    re.IGNORECASE,
)
_WAITING: Final = re.compile(
    r"^\W*(?:(?:正在|努力|数据|内容|页面)*加载中?|loading|请稍[候后])\W*$", re.IGNORECASE
)
_WRITES: Final = re.compile(
    r"document\.write|\.innerHTML\s*=|\.html\s*\(|\.append\s*\(|insertAdjacentHTML|outerHTML\s*="
)
_DECODES: Final = re.compile(
    r"\batob\s*\(|base64|unescape\s*\(|decodeURIComponent|fromCharCode", re.IGNORECASE
)
_ENCODED: Final = re.compile(
    rf"[A-Za-z0-9+/]{{{MIN_ENCODED},}}={{0,2}}|(?:%u[0-9a-fA-F]{{4}}|%[0-9a-fA-F]{{2}}|\\u[0-9a-fA-F]{{4}}|\\x[0-9a-fA-F]{{2}}){{40,}}"
)
_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]|\\u[4-9][0-9a-fA-F]{3}")
_STATE: Final = re.compile(r"__(?:INITIAL_STATE|NEXT_DATA|NUXT|APOLLO_STATE|PRELOADED_STATE)__")


def needs_script(root: HtmlElement, lines: Sequence[Line]) -> str | None:
    """Return what shows that a page's text comes by script, None where nothing does."""
    if _shows_something(lines):
        return None
    for sign in (_empty_root, _held_by_script, _said_in_noscript):
        if found := sign(root):
            return found
    waiting = next((line.text for line in lines if _WAITING.search(line.text)), None)
    return (
        f"it shows {waiting}" if waiting and next(root.iter("script"), None) is not None else None
    )


def _shows_something(lines: Sequence[Line]) -> bool:
    own = sum(len(fold(line.text)) for line in lines if line.link_share < LINKED)
    titles = sum(1 for line in lines if line.link_share >= LINKED and len(line.text) >= MIN_TITLE)
    return own > MAX_SHOWN or titles > MAX_TITLES or sum(map(is_prose, lines)) > 2


def _empty_root(root: HtmlElement) -> str | None:
    if next(root.iter("script"), None) is None:
        return None
    for box in root.iter("div", "main", "section"):
        name = (box.get("id") or "").lower()
        if _ROOT_IDS.fullmatch(name) and len(fold("".join(_shown(box)))) <= MAX_IN_ROOT:
            return f"#{name} is empty until a script fills it"
    return None


def _shown(box: HtmlElement) -> Iterator[str]:
    for element in box.iter():
        if element.tag not in ("script", "style", "noscript", "template"):
            yield element.text or ""
        if element is not box:
            yield element.tail or ""


def _held_by_script(root: HtmlElement) -> str | None:
    for script in root.iter("script"):
        text = (script.text or "")[:MAX_SCRIPT]
        if (script.get("type") or "").strip().lower() == "application/ld+json" or not text:
            continue
        chinese = len(_CHINESE.findall(text))
        if _STATE.search(text + (script.get("id") or "")) and chinese >= MIN_CHINESE:
            return "the text is in the state of an application"
        if _WRITES.search(text) and chinese >= MIN_CHINESE:
            return "a script writes the text"
        if _DECODES.search(text) and _ENCODED.search(text):
            return "a script decodes the text"
        if (script.get("type") or "").endswith("json") and chinese >= MIN_CHINESE:
            return "the text is in a script's data"
    return None


def _said_in_noscript(root: HtmlElement) -> str | None:
    for element in root.iter("noscript", "body"):
        said = "".join(element.itertext() if element.tag == "noscript" else _shown(element))
        if match := _NOTICE.search(said):
            return f"it says: {match.group()[:60]}"
    return None
