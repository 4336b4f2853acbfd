"""Author and category of an article, and the lines that tell of it (dates: `pipeline.published`).

Everything is looked for near the article: between title and text, just around the
title, in the breadcrumb above it.  Footers, related lists, previous/next boxes, the
text itself and numbers in the URL tell nothing.  Unknown is better than wrong.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from lxml.html import HtmlElement

from pipeline.body import LINKED
from pipeline.declared import Declared
from pipeline.furniture import is_info
from pipeline.lines import Line, fold, path_of, squeeze

MAX_INFO: Final = 12  # lines between title and text that may be info lines
MAX_ABOVE: Final = 6  # lines above the title that may hold the breadcrumb or the date
MAX_BELOW: Final = 6  # lines below the text that may hold a labelled date
MAX_INFO_LENGTH: Final = 160  # characters; longer lines are text
MAX_NAME: Final = 20
MAX_CRUMB: Final = 12  # letters of a breadcrumb that are no links: the site's name, 正文

_NOT_ABOUT_IT: Final = re.compile(
    r"[上下前后]一?[篇页]|(?:今天|今日|现在|当前时间)是?\s*[:：]?\s*(?:19|20)\d\d|欢迎(?:您|来到|光临|访问)"
)
_BYLINE: Final = re.compile(
    r"(?:作者|文章作者|撰文|撰稿人?|作\s*者|发布者|发布人|记者|楼主|博主|律师姓名)\s*[:：/]\s*"
    r"(?:[^\s:：]{1,12}[庭室科部处院局]\s+(?=[\u4e00-\u9fff]{2,4}(?:\s|$)))?"  # whose name follows
    r"([^\s:：|/,，;；（）()【】\[\]]{2,20})"
)
_REPORTER: Final = re.compile(
    r"(?:^[^\w（(]*|(?<=\s))(?:本[报網网刊社台])?(?:首席|见习|实习|特约|全媒体|融媒体)?(?:记者|記者)\s*"
    r"([\u4e00-\u9fff·]{2,4})(?:\s|$|[、/／])(?!\s*(?:摄|图))"
)
_BEFORE_NAME: Final = re.compile(
    r"^(?:作者|文|撰文|来源|by|博主|(?:本[报网])?(?:记者|記者)(?=[^\s:：]{2,4}(?:[/／\s]|$)))\s*[:：/]?\s*",
    re.IGNORECASE,
)
_AFTER_NAME: Final = re.compile(
    r"\s*(?:[/／].*報導|\bLv\.?\s*\d+|(?<!\d)(?:19|20)\d\d\s*[-./年]\s*\d.*)$", re.IGNORECASE
)
_AUTHOR_CLASS: Final = re.compile(
    r"(?:^|[-_\s])(?:author(?:[-_]?name)?|user(?:name)?|byline|writer|zuozhe|nickname)(?:$|[-_\s])",
    re.IGNORECASE,
)
_CARD: Final = re.compile(r"(?:^|\s)(?:vcard|p-author|h-card)(?:$|\s)")  # microformats
_OF_OTHERS: Final = re.compile(r"comment|respond|reply|relat|side|widget|recent", re.IGNORECASE)
_CATEGORY_CLASS: Final = re.compile(
    r"(?:^|[-_\s])(?:cate?s?|category|categories|catname|column|lanmu)(?:$|[-_\s])", re.IGNORECASE
)
_CRUMB: Final = re.compile(
    r"当前位置|所在位置|您?的位置|位置\s*[:：]|^\s*(?:网站)?首页\s*[>›»/＞→\\-]"
)
_ARROW: Final = re.compile(r"[>›»＞→]+")
_NO_COLUMN: Final = (
    "首页 主页 网站首页 返回首页 正文 正文内容 内容 查看内容 查看资料 详情 文章详情 home"
)
_NOT_A_CATEGORY: Final = frozenset(_NO_COLUMN.split())
_NOT_A_NAME: Final = re.compile(
    r"https?:|www\.|[。！？!?]|\*{2}|^\d+$|^(?:未知|佚名|网络|本站|admin|administrator|Lv\.?\s*\d+)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The lines around the text in which its metadata stand."""

    above: tuple[Line, ...]  # before the title, nearest last
    info: tuple[Line, ...]  # between title and text, and beside the title in its own box
    below: tuple[Line, ...]  # after the text, nearest first
    late: tuple[Line, ...]  # everything after the text


def surroundings(lines: Sequence[Line], body: Sequence[Line], title: str) -> Surroundings:
    """Return the lines around `body`, the lines that were kept as the article's text."""
    start = _index(lines, body[0])
    end = _index(lines, body[-1])
    at = _title_index(lines[:start], title)
    between = lines[max(at + 1, start - MAX_INFO) : start]
    if at < 0:  # then these may as well be lists of other articles
        between = [line for line in between if line.link_share < LINKED]
    beside = _beside(lines[max(0, at - MAX_ABOVE) : max(at, 0)], lines[at] if at >= 0 else None)
    return Surroundings(
        above=tuple(lines[max(0, at - MAX_ABOVE) : max(at, 0)]),
        info=tuple(line for line in (*between, *beside) if may_inform(line)),
        below=tuple(lines[end + 1 : end + 1 + MAX_BELOW]),
        late=tuple(lines[end + 1 :]),
    )


def find_author(around: Surroundings, declared: Declared) -> str | None:
    """Return who wrote the article by its byline; a credit to the site is none."""
    named = (one for line in around.info for one in _named(line, _AUTHOR_CLASS, "author"))
    cards = (one for line in around.below for one in _named(line, _CARD, "author"))
    bylines = (
        _BYLINE.search(line.spaced) or _REPORTER.search(line.text)
        for line in (*around.info, *_own(around))
    )
    said = (_name(match[1]) for match in bylines if match)
    for name in chain(map(_name_in, named), said, map(_name_in, filter(is_of_text, cards))):
        if name:
            return name
    claimed = _name(declared.author or "")
    return None if claimed and declared.site and fold(claimed) == fold(declared.site) else claimed


def find_category(around: Surroundings, declared: Declared, title: str) -> str | None:
    """Return the article's category from its info line, its breadcrumb or its claim."""
    for line in around.info:
        for element in _named(line, _CATEGORY_CLASS, "category"):
            links = [element] if element.tag == "a" else list(element.iter("a"))
            names = [name for link in links if (name := _category(link, title))]
            if names:
                return names[-1]
    for line in reversed((*around.above, *around.info)):
        if _CRUMB.search(line.text) or _is_crumb(line, title):
            names = [name for link in line.element.iter("a") if (name := _category(link, title))]
            return names[-1] if names else _last_crumb(line, title)
    return declared.section


def _is_crumb(line: Line, title: str) -> bool:
    """Say whether a line is links with arrows between them, and hardly a word beside."""
    if not line.linked or not _ARROW.search(line.text):
        return False
    beside = _unlinked(line)
    return bool(_ARROW.search(beside)) and len(fold(beside).replace(fold(title), "")) <= MAX_CRUMB


def _unlinked(line: Line) -> str:
    text = line.text
    for link in line.element.iter("a"):
        text = text.replace(squeeze("".join(link.itertext())), " ", 1)
    return text


def _last_crumb(line: Line, title: str) -> str | None:
    """Return the column that the last part of a crumb names without a link to it."""
    _, *parts = _ARROW.split(_unlinked(line))
    name = parts[-1].strip() if parts else ""
    return name if _is_category(name, title) else None


def _index(lines: Sequence[Line], wanted: Line) -> int:
    return next(index for index, line in enumerate(lines) if line is wanted)


def _title_index(lines: Sequence[Line], title: str) -> int:
    """Return where the title stands last before the text, -1 where it does not."""
    whole = fold(title)
    for index in range(len(lines) - 1, -1, -1):
        if fold(lines[index].text) == whole:
            return index
    return -1


def _beside(lines: Sequence[Line], title: Line | None) -> list[Line]:
    """Return the lines above the title that share its box, but not a page-wide one."""
    if title is None:
        return []
    outer = list(path_of(title.element))[1:4]
    near = [box for box in outer if box.tag in ("header", "article", "div", "section", "td", "tr")]
    return [
        line
        for line in lines
        if any(box is element for box in near for element in path_of(line.element))
    ]


def may_inform(line: Line) -> bool:
    """Say whether a line beside the title may be about the article, not about the day or others."""
    return len(line.text) <= MAX_INFO_LENGTH and not _NOT_ABOUT_IT.search(line.text)


def _named(line: Line, names: re.Pattern[str], rel: str) -> Iterator[HtmlElement]:
    """Yield the elements of a line whose class, `rel` or `itemprop` says what they hold."""
    outer = line.element.getparent()
    around = [outer] if outer is not None and len(outer) == 1 else []
    for element in (*line.element.iter(), *around):
        if not isinstance(element.tag, str):
            continue
        says = rel in (element.get("rel") or "").split() or element.get("itemprop") == rel
        if (says or names.search(element.get("class") or "")) and is_of(element, line):
            yield element


def is_of(element: HtmlElement, line: Line) -> bool:
    """Say whether an element's text is of this line: its block may hold the whole article too."""
    text = squeeze("".join(element.itertext()))
    return bool(text) and text in squeeze(line.text)


def _own(around: Surroundings) -> Iterator[Line]:
    """Yield the lines below the text but heads of comments: these tell a time of their own."""
    is_dated = any(is_info(line.text) for line in around.info)
    return (line for line in around.below if not (is_dated and is_info(line.text)))


def is_of_text(element: HtmlElement) -> bool:
    """Say whether an element below the text is of the article, not of a comment or another one."""
    names = (f"{box.get('class') or ''} {box.get('id') or ''}" for box in path_of(element))
    return not any(map(_OF_OTHERS.search, names))


def _name_in(element: HtmlElement) -> str | None:
    """Return the name that an element holds, or its first link where it tells more."""
    link = next(element.iter("a"), None)
    return _name(squeeze("".join(element.itertext()))) or (
        _name(squeeze("".join(link.itertext()))) if link is not None else None
    )


def _name(text: str) -> str | None:
    name = _AFTER_NAME.sub("", _BEFORE_NAME.sub("", text.strip())).strip()
    if not name or len(name) > MAX_NAME or _NOT_A_NAME.search(name):
        return None
    return name


def _category(link: HtmlElement, title: str) -> str | None:
    name = squeeze("".join(link.itertext()))
    return name if _is_category(name, title) else None


def _is_category(name: str, title: str) -> bool:
    if not 2 <= len(name) <= MAX_NAME or name.lower() in _NOT_A_CATEGORY:
        return False
    return fold(name) != fold(title)
