"""The pages over which one article is split: `_2.html`, 下一页, `?page=2`, 共3页.

Two things must agree before pages are taken for parts of one: their addresses differ in a page
number alone, and a link says the very number that its address has (or 下一页, and it has the next).
Whether an article or a list is split so, is for `crawler.kind` to say.

>>> part_number("http://a.cn/law/12.html", "http://a.cn/law/12_3.html")
3
>>> part_number("http://a.cn/law/12.html", "http://a.cn/law/13.html")
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from lxml.html import HtmlElement

from crawler.urls import CanonicalUrl, canonicalize

MAX_PARTS: Final = 100  # articles have 2 to 10 parts, long threads some dozens
MAX_LINK: Final = 12  # characters of a link in a row of pages
MAX_LABEL: Final = 80  # characters of the text that says how many there are

_PARAMETER_NAMES: Final = "page p pn pg pageno page_no pagenum pageindex paged curpage"
_PARAMETERS: Final = frozenset(_PARAMETER_NAMES.split())
_SUFFIX: Final = re.compile(r"(?P<stem>.*[^/_-])(?P<mark>[_/-])(?P<number>\d{1,3})(?P<end>/?)")
_EXTENSION: Final = re.compile(r"(?P<stem>.*?)(?P<extension>\.[A-Za-z]{2,5})?")
_INDEX: Final = re.compile(r"index(?=\.[A-Za-z]{2,5}$)")
_NUMBERS: Final = re.compile(r"(\d+)")
_NUMBER: Final = re.compile(r"[\[【(（第\s]*(\d{1,3})[\]】)）页頁\s]*")
_NEXT: Final = re.compile(
    r"\W*(?:下一?[页頁]|后一?[页頁]|next(?: page)?|»|›|>>?|→)\W*", re.IGNORECASE
)
_BACK: Final = re.compile(
    r"\W*(?:上一?[页頁]|前一?[页頁]|prev(?:ious)?(?: page)?|«|‹|<<?|←)\W*", re.IGNORECASE
)
_FIRST: Final = re.compile(r"\W*(?:首[页頁]|第一[页頁]|first)\W*", re.IGNORECASE)
_LAST: Final = re.compile(r"\W*(?:[尾末][页頁]|最后一[页頁]|last)\W*", re.IGNORECASE)
_RELATIONS: Final = {"next": "下一页", "prev": "上一页"}
_TURNS: Final = re.compile(r"[\d页頁»›>→«‹<←]|next|prev|first|last", re.IGNORECASE)  # all of these
_IN_ALL: Final = re.compile(r"共\s*(\d{1,3})\s*[页頁]|\d\s*/\s*(\d{1,3})\s*[页頁]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A page's place among the parts of what it is a part of."""

    first: CanonicalUrl  # address of the first part, in its plainest spelling
    number: int  # of this page, from 1
    total: int  # as far as this page tells
    parts: tuple[tuple[int, CanonicalUrl], ...]  # the others that it links to, by number


def read_series(tree: HtmlElement, url: str) -> Series | None:
    """Return the series that the page `tree`, fetched from `url`, says it is a part of."""
    own = canonicalize(url)
    links = list(_links(tree, url)) if own else []
    if own is None or not links:
        return None
    known = {own, *(target for _, target in links)}
    named = {own, *(target for text, target in links if _names_first(text, target))}
    found = [
        one
        for first in _firsts(own)
        if first in named or not _is_number_alone(first, own)  # /law/6.html may be an article
        if (one := _series(first, own, links)) is not None
    ]
    if not found:
        return None
    best = max(found, key=lambda one: (len(one.parts), _plainness(one.first, own, known)))
    return _counted(best, tree)


def _plainness(first: str, own: str, known: set[CanonicalUrl]) -> int:
    """Rate an address for the first part: one without a page number, one that exists, a guess."""
    if urlsplit(first).query != urlsplit(own).query:
        return 2
    return int(first in known)


def part_number(first: str, url: str) -> int | None:
    """Return which part of the article at `first` the page at `url` is, None where it is none."""
    if first == url:
        return 1
    here, there = urlsplit(first), urlsplit(url)
    if (here.scheme, here.netloc) != (there.scheme, there.netloc):
        return None
    if here.path == there.path:
        number = _by_query(here.query, there.query)
    elif here.query == there.query:
        number = _by_suffix(here.path, there.path) or _by_numbers(here.path, there.path)
    else:
        number = None
    return number if number is not None and 1 <= number <= MAX_PARTS else None


def address_of(series: Series, number: int) -> CanonicalUrl | None:
    """Return the address of part `number`, spelled as that of a part which is known."""
    for known, url in ((1, series.first), *series.parts):
        if known == number:
            return url
    for known, url in series.parts:
        for match in re.finditer(rf"(?<!\d){known}(?!\d)", url):
            other = CanonicalUrl(f"{url[: match.start()]}{number}{url[match.end() :]}")
            if part_number(series.first, other) == number:
                return other
    return None


def _by_query(here: str, there: str) -> int | None:
    known, other = dict(_parameters(here)), dict(_parameters(there))
    names = [name for name in {*known, *other} if known.get(name) != other.get(name)]
    if len(names) != 1 or names[0].lower() not in _PARAMETERS:
        return None
    was, now = known.get(names[0]), other.get(names[0], "1")
    return int(now) if was in (None, "1") and now.isdecimal() and len(now) < 4 else None


def _parameters(query: str) -> Iterator[tuple[str, str]]:
    for piece in query.split("&"):
        name, _, value = piece.partition("=")
        if name:
            yield name, value


def _by_suffix(here: str, there: str) -> int | None:
    """Read `12.html` and `12_3.html`, `/post/` and `/post/3/`, `/a/` and `/a/index_3.html`."""
    stem, extension = _split(here)
    other, other_extension = _split(there)
    match = _SUFFIX.fullmatch(other)
    if match is None:
        return None
    before = match["stem"] + match["end"]
    plain = _INDEX.sub("", before + other_extension) if match["mark"] != "/" else before
    is_same = (before, other_extension) == (stem, extension) or plain == here
    return int(match["number"]) if is_same and stem.strip("/") else None


def _by_numbers(here: str, there: str) -> int | None:
    """Read `show-12-345-1.html` and `-2.html`, `thread-9-1-1.html` and `thread-9-2-1.html`."""
    known, other = _NUMBERS.split(here), _NUMBERS.split(there)
    if len(known) != len(other) or len(known) < 5 or known[::2] != other[::2]:
        return None
    differing = [at for at in range(1, len(known), 2) if known[at] != other[at]]
    if len(differing) != 1 or known[differing[0]] != "1":
        return None
    at = differing[0]
    is_last = at == len(known) - 2
    is_of_thread = at == len(known) - 4 and known[-2] == "1" and "thread" in known[0]
    is_apart = known[at - 1] in ("-", "_")
    return int(other[at]) if is_apart and (is_last or is_of_thread) and len(other[at]) < 4 else None


def _split(path: str) -> tuple[str, str]:
    match = _EXTENSION.fullmatch(path)
    return (match["stem"], match["extension"] or "") if match else (path, "")


def _firsts(url: CanonicalUrl) -> list[CanonicalUrl]:
    """Return where the first part of the page at `url` may be, the likeliest first."""
    parts = urlsplit(url)
    found = [url]
    stem, extension = _split(parts.path)
    if match := _SUFFIX.fullmatch(stem):
        before = match["stem"] + match["end"] + extension
        found += [_with(url, path=before), _with(url, path=_INDEX.sub("", before))]
    numbers = _NUMBERS.split(parts.path)
    for at in (len(numbers) - 4, len(numbers) - 2):
        if at > 0:
            found.append(_with(url, path="".join([*numbers[:at], "1", *numbers[at + 1 :]])))
    kept = [(n, v) for n, v in _parameters(parts.query) if n.lower() not in _PARAMETERS]
    found.append(_with(url, query="&".join(f"{n}={v}" if v else n for n, v in kept)))
    return [one for one in dict.fromkeys(found) if part_number(one, url) is not None]


def _with(url: str, *, path: str | None = None, query: str | None = None) -> CanonicalUrl:
    parts = urlsplit(url)
    return CanonicalUrl(
        urlunsplit(
            (
                parts.scheme,
                parts.netloc,
                parts.path if path is None else path,
                parts.query if query is None else query,
                "",
            )
        )
    )


def _series(
    first: CanonicalUrl, own: CanonicalUrl, links: list[tuple[str, CanonicalUrl]]
) -> Series | None:
    number = part_number(first, own) or 1
    parts: dict[int, CanonicalUrl] = {}
    for text, target in links:
        part = part_number(first, target)
        if part is not None and part != number and _says(text, part, number, first, target):
            parts.setdefault(part, target)
    if not parts:
        return None
    total = max(number, *parts)
    return Series(first=first, number=number, total=total, parts=tuple(sorted(parts.items())))


def _says(text: str, part: int, own: int, first: str, target: str) -> bool:
    if match := _NUMBER.fullmatch(text):
        return int(match[1]) == part
    if _is_bare_number(first, target):
        return False  # /law/7.html after /law/6.html may be the next article
    if _NEXT.fullmatch(text):
        return part == own + 1
    if _BACK.fullmatch(text):
        return part == own - 1
    return bool(_FIRST.fullmatch(text) and part == 1) or bool(_LAST.fullmatch(text) and part > own)


def _is_bare_number(first: str, target: str) -> bool:
    return re.search(r"/\d+\.\w+$", urlsplit(target).path) is not None and first != target


def _is_number_alone(first: str, url: str) -> bool:
    """Say whether nothing but a number tells `url` from a directory: /archives/12, /?p=12."""
    here, there = urlsplit(first), urlsplit(url)
    if here.query != there.query:
        return not here.query and here.path.endswith(("/", "/index.php"))
    return first != url and re.search(r"/\d+(?:/|\.\w+)?$", there.path) is not None


def _names_first(text: str, target: str) -> bool:
    """Say whether a link may lead to the first of a row of pages; 首页 may be the home page."""
    if match := _NUMBER.fullmatch(text):
        return int(match[1]) == 1
    if _BACK.fullmatch(text):
        return True
    return _FIRST.fullmatch(text) is not None and urlsplit(target).path not in ("", "/")


def _links(tree: HtmlElement, url: str) -> Iterator[tuple[str, CanonicalUrl]]:
    for element in tree.iter("a", "link"):
        text = _words_of(element)
        if not _turns_pages(text):
            continue
        address = element.get("href")
        if not address or address.startswith(("#", "javascript:")):
            continue
        target = canonicalize(address, url)
        if target is not None:
            yield text, target


def _words_of(element: HtmlElement) -> str:
    """Return what a link says, or else what its `rel` means."""
    text = "".join(element.itertext()) if len(element) else element.text or ""
    return " ".join(text.split()) or _RELATIONS.get(element.get("rel") or "", "")


def _turns_pages(text: str) -> bool:
    """Say whether a link's words are those of a row of pages."""
    return 0 < len(text) <= MAX_LINK and _TURNS.search(text) is not None


def _counted(series: Series, tree: HtmlElement) -> Series:
    """Let the page's own count of parts (共3页) stand where it tells one."""
    for element in tree.iter("div", "p", "ul", "span", "li", "a", "td", "nav"):
        if len(element) > 3 * MAX_PARTS or "共" not in (text := "".join(element.itertext())):
            continue
        match = _IN_ALL.search(text) if len(text) <= MAX_LABEL else None
        if match:
            said = int(match[1] or match[2])
            if series.total <= said <= MAX_PARTS:
                return Series(
                    first=series.first, number=series.number, total=said, parts=series.parts
                )
    return series
