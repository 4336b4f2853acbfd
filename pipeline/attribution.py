"""Where an article comes from and what it is filed under: named source, publisher, tags.

>>> origin_in("来源：北桥日报　作者：周敏").name
'北桥日报'
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from pipeline.declared import Declared
from pipeline.document import fit
from pipeline.lines import Line, fold, path_of, squeeze

MAX_NAME: Final = 30  # characters of a source's name
MAX_LINE: Final = 160  # characters; a longer line that says 来源 tells a story
MAX_TAG: Final = 20
MAX_TAGS: Final = 20
MIN_TOGETHER: Final = 2  # boxes of one tag each
MAX_BELOW: Final = 25  # lines below the text in which tags may stand

_LABEL: Final = re.compile(
    r"(?:^|[\s（(【\[|丨/·])(?:(?:本文|文章|稿件|信息|新闻|内容|原文)?\s*(?:来源|出处|源自|来自)(?:于|为)?|稿源"
    r"|(?:本文|文章)?\s*(?:转载|转|摘)自|转载(?:于|来源))"
    r"\s*(?:[:：/]|(?<=自)|(?<=[源于]\s))\s*"
    r"(?:微信)?(?:公众号)?\s*[:：]?\s*[《“\"【\[]?(?P<name>[^\s,，;；|丨。《》“”\"【】\[\]（）()<>]{2,40})"
)
_ENDS_NAME: Final = re.compile(
    r"(?:作者|编辑|责编|记者|发布|日期|时间|浏览|阅读|点击|人气|评论|字号|分享|(?:19|20)\d\d[-年./]).*$"
)
_NO_SOURCE: Final = re.compile(
    r"^(?:未知|不详|网络(?:整理|收集|转载)?|互联网|本站(?:原创|整理)?|本网(?:站)?|原创|转载|整理|综合|佚名|admin"
    r"|www\..*|\d+)$",
    re.IGNORECASE,
)
_TAGS: Final = re.compile(
    r"^\W*(?:标签|(?:文章|相关)?(?:关键[词字]|热词)(?:搜索|阅读)?|tags?|本文标签|相关标签|文章标签)\s*[:：]",
    re.IGNORECASE,
)
_TAG_BOX: Final = re.compile(
    r"(?:^|[-_\s])(?:tags?|tag-?links?|post-?tags?|article-?tags?|keywords?|biaoqian)(?:$|[-_\s])",
    re.IGNORECASE,
)
_CLOUD: Final = re.compile(r"cloud|hot|side|widget|aside|relat", re.IGNORECASE)
_PLACE: Final = re.compile(
    r"^(?:北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州"
    r"|云南|陕西|甘肃|青海|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|台湾)(?:省|市|自治区)?$"
)
_TITLE_END: Final = re.compile(r"[_|｜丨\-–—]\s*([^_|｜丨\-–—]{2,20})\s*$")
_HOUSE: Final = re.compile(
    r"(?:网|网站|在线|律所|事务所|律师团?|论坛|日报|晚报|时报|周刊|杂志|新闻|频道|社区|法务|咨询|门户|\.com|\.cn)$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a page says that its article is taken from."""

    name: str
    url: str | None  # as the page writes it


def find_origin(info: Sequence[Line], below: Sequence[Line]) -> Origin | None:
    """Return the source that the lines around the text name; the site itself is none."""
    for line in (*info, *below):
        if len(line.text) > MAX_LINE or (found := origin_in(line.spaced)) is None:
            continue
        link = next((one for one in _links(line) if found.name in "".join(one.itertext())), None)
        return Origin(name=found.name, url=found.url or _address(link))
    return None


def origin_in(text: str) -> Origin | None:
    """Return the source that a line names behind 来源, 转载自 or the like."""
    match = _LABEL.search(text)
    if match is None:
        return None
    if match["name"].startswith("http"):
        return _of_address(fit(match["name"]))
    name = fit(_ENDS_NAME.sub("", match["name"])).strip(" :：-—·/")
    if not 2 <= len(name) <= MAX_NAME or _NO_SOURCE.match(name) or _PLACE.match(name):
        return None
    return Origin(name=name, url=None)


def _of_address(url: str) -> Origin | None:
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return Origin(name=host, url=url) if host else None


def find_publisher(declared: Declared) -> str | None:
    """Return who publishes the page: as declared, else the name at the end of its title."""
    if declared.publisher or declared.site:
        return declared.publisher or declared.site
    match = _TITLE_END.search(declared.page_title or "")
    return match[1].strip() if match and _HOUSE.search(match[1].strip()) else None


def find_tags(
    info: Sequence[Line], late: Sequence[Line], declared: Declared, title: str
) -> tuple[str, ...]:
    """Return the article's tags: linked beside the text or below it, else declared."""
    for line in (*info, *late[:MAX_BELOW]):
        box = _tag_box(line)
        if box is None and not _TAGS.search(line.text):
            continue
        names = [_tag(one) for one in _links(line, _whole(box))]
        if not names and _TAGS.search(line.text):
            names = re.split(r"[\s,，、;；]+", _TAGS.sub("", line.text))
        if tags := _tags(names, title):
            return tags
    return _tags(declared.tags, title)


def _whole(box: HtmlElement | None) -> HtmlElement | None:
    """Return the box around a box of one tag, where there are others of its make beside it."""
    outer = box.getparent() if box is not None else None
    if box is None or outer is None or len(outer) < MIN_TOGETHER:
        return box
    make = (box.tag, box.get("class"))
    return outer if all((one.tag, one.get("class")) == make for one in outer) else box


def _tag(link: HtmlElement) -> str:
    """Return the name of a linked tag, without the number of its articles in an element behind."""
    name = squeeze("".join(link.itertext()))
    last = link[-1] if len(link) else None
    count = squeeze("".join(last.itertext())) if last is not None and not last.tail else ""
    return name.removesuffix(count).strip() if count.strip("()（）").isdecimal() else name


def _tags(names: Sequence[str], title: str) -> tuple[str, ...]:
    kept = (fit(name).lstrip("#").strip() for name in names)
    return tuple(
        dict.fromkeys(
            name
            for name in kept
            if 1 < len(name) <= MAX_TAG and fold(name) not in ("", fold(title))
        )
    )[:MAX_TAGS]


def _tag_box(line: Line) -> HtmlElement | None:
    """Return the box of tags that the line stands in, unless it is a cloud of the site's."""
    for box in islice(path_of(line.element), 3):
        names, own = box.get("class"), box.get("id")
        kind = _box_kind(f"{names or ''} {own or ''}") if names or own else ""
        if kind == "cloud":
            return None
        if kind == "tags" and box.tag not in ("body", "html", "article", "main"):
            return box
    rel = [one for one in line.element.iter("a") if "tag" in (one.get("rel") or "").split()]
    is_category = any("category" in (one.get("rel") or "").split() for one in rel)
    return line.element if rel and not is_category else None


@lru_cache(maxsize=1024)  # the boxes of a site's pages have the same names
def _box_kind(names: str) -> str:
    """Return what a box of these names holds: `cloud`, `tags`, or nothing of the kind."""
    if _CLOUD.search(names):
        return "cloud"
    return "tags" if _TAG_BOX.search(names) else ""


def _links(line: Line, box: HtmlElement | None = None) -> Iterator[HtmlElement]:
    element = line.element if box is None else box
    for one in element.iter("a"):
        text = squeeze("".join(one.itertext()))
        if text and (box is not None or text in line.spaced):
            yield one


def _address(link: HtmlElement | None) -> str | None:
    address = fit(link.get("href") or "") if link is not None else ""
    return address if address.startswith(("http://", "https://", "//")) else None
