r"""Where a text itself says that it was taken from, and the names a site may be called by.

Read in the first and the last lines only, where such words stand; elsewhere 来源 tells a story.

>>> credits_in("文章来源：北桥法律网\n借款到期以后……\n本文首发于 https://www.hetong.example/a/1.html")
('北桥法律网', 'hetong.example', 'hetong.example/a/1.html')
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import urlsplit

_FIRST_LINES: Final = 3
_LAST_LINES: Final = 5
_LONGEST: Final = 160  # characters; a longer line is a paragraph
_NAME_LENGTHS: Final = (2, 40)

_CREDIT: Final = re.compile(
    r"""(?:^|[\s（(【\[|丨/·，。；])
        (?:(?:本|原|该|該)文|文章|稿件|内容|內容|信息|资料|資料)?\s*
        (?:(?:[来來]源|出[处處]|源自|[来來]自|稿源)\s*(?:[】\]]?\s*[:：|丨]|[】\]]|于(?!.*的)|於)\s*
         |(?:[转轉][载載]|[转轉]|摘)自\s*[:：]?\s*
         |[转轉][载載](?:于|於|[来來]源)\s*[:：]?\s*
         |(?:首[发發]|原[载載]|首次[发發]表|最早[发發]表|刊[载載])(?:于|於|在|[:：])\s*[:：]?\s*
         |原文(?:[链鏈]接|地址|[网網]址)\s*[:：]?\s*)
        (?:微信)?(?:公众号)?\s*[:：]?\s*[《“"【\[]?
        (?P<name>https?://[^\s，。；）)】\]》”"]+|[^\s,，;；|丨。《》“”"【】\[\]（）()<>]{2,40})""",
    re.VERBOSE,
)
_HINT: Final = re.compile(
    "[来來]源|出[处處]|源自|[来來]自|稿源|[转轉][载載]|[转轉]自|摘自|首[发發]|原[载載]|[发發]表|刊[载載]|原文"
)
_NO_NAME: Final = re.compile(
    r"^(?:未知|不详|[网網][络絡路].*|互联网.*|本站.*|本[网網].*|原[创創]|转载|整理|综合|佚名|自己|作者)$"
)
_END: Final = re.compile(
    r"(?:作者|编辑|责编|记者|发布|日期|时间|浏览|阅读|(?:19|20)\d\d[-年./]).*$"
)


def credits_in(text: str) -> tuple[str, ...]:
    """Return the names and addresses that `text` gives as its origin, as `known_as` writes them."""
    if not _HINT.search(text):
        return ()
    lines = [line for line in text.split("\n") if line.strip()]
    edges = lines[:_FIRST_LINES] + lines[max(_FIRST_LINES, len(lines) - _LAST_LINES) :]
    found = (name for line in edges if len(line) <= _LONGEST for name in _named(line))
    return known_as(found)


def known_as(names: Iterable[str | None]) -> tuple[str, ...]:
    """Return names and addresses in one spelling; an address gives its host too."""
    return tuple(dict.fromkeys(one for name in names if name for one in _spellings(name)))


def _named(line: str) -> Iterator[str]:
    for match in _CREDIT.finditer(line):
        name = match["name"]
        if not name.startswith("http"):
            name = _END.sub("", name).strip(" :：-—·/")
        if _NAME_LENGTHS[0] <= len(name) and not _NO_NAME.match(name):
            yield name


def _spellings(name: str) -> Iterator[str]:
    plain = name.strip().lower()
    if re.match(r"(?:https?:)?//", plain):
        parts = urlsplit(plain)
        host = (parts.netloc).removeprefix("www.")
        yield host
        if parts.path.strip("/"):
            yield f"{host}{parts.path.rstrip('/')}"
    elif plain:
        yield plain.removeprefix("www.")
