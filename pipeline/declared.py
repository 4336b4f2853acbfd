"""What a page says about itself for machines: meta elements, JSON-LD, `itemprop`.

Taken as claims, in the page's own characters; `pipeline.metadata` weighs them
against what the page shows.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lxml.html import HtmlElement

MAX_JSON: Final = 200_000  # characters of one JSON-LD block; real ones have a few thousand
MAX_DEPTH: Final = 6  # of objects inside objects in JSON-LD
DATE_NAMES: Final = (  # the surest first; names of modification dates are left out on purpose
    "article:published_time",
    "og:published_time",
    "bytedance:published_time",
    "datepublished",
    "og:release_date",
    "weibo:article:create_at",
    "publishdate",
    "publish_date",
    "publish-date",
    "publish_time",
    "publishtime",
    "pubdate",
    "pub_date",
    "_pubtime",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "firstpublishedtime",
    "sailthru.date",
    "parsely-pub-date",
    "apub:time",
    "date",
)
_TAGS: Final = ("article:tag", "og:article:tag", "book:tag")
_DATE_KEYS: Final = ("datePublished", "pubDate", "dateCreated", "uploadDate")
_NAMED_ITEM: Final = re.compile(r"(?i:itemprop)\s*=\s*[\"']?$")
_MAX_BACK: Final = 40  # characters before a name in which its attribute begins
_TAG: Final = re.compile(r"<([a-zA-Z][\w-]*)")
_LOOSE_DATE: Final = re.compile(r'"(?:datePublished|pubDate)"\s*:\s*"([^"]{8,40})"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """The claims of one page; empty tuples and None where it makes none."""

    titles: tuple[str, ...]  # og:title, headline; not <title>
    dates: tuple[tuple[str, str], ...]  # of publication: where, as written; the surest first
    author: str | None
    site: str | None  # the site's own name
    section: str | None
    canonical: str | None
    publisher: str | None  # of JSON-LD
    tags: tuple[str, ...]
    page_title: str | None  # <title>, with whatever stands behind the article's own


def read_declared(root: HtmlElement, html: str) -> Declared:
    """Collect the claims in `root`, the tree of `html`; broken ones are left out."""
    told = _Told.read(root)
    metas = _metas(told.metas)
    linked = _LinkedData.read(told.scripts)
    return Declared(
        titles=_present(metas.get("og:title"), linked.first("headline"), metas.get("articletitle")),
        dates=_placed(
            *_dates_of(metas, DATE_NAMES[:3]),
            *((f"JSON-LD {key}", linked.first(key)) for key in _DATE_KEYS),
            ("JSON-LD", linked.loose_date),
            *(("itemprop datePublished", stamp) for stamp in _item_dates(root, html)),
            *_dates_of(metas, DATE_NAMES[3:]),
        ),
        author=next(
            iter(
                _present(metas.get("article:author"), linked.first("author"), metas.get("author"))
            ),
            None,
        ),
        site=next(
            iter(
                _present(
                    metas.get("og:site_name"), metas.get("application-name"), metas.get("sitename")
                )
            ),
            None,
        ),
        section=next(
            iter(_present(metas.get("article:section"), linked.first("articleSection"))), None
        ),
        canonical=_canonical(told.links),
        publisher=linked.first("publisher"),
        tags=_tags(told.metas, linked),
        page_title=told.titles[0].text or "" if told.titles else None,
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """The elements of a page that say something for machines, found in one pass."""

    metas: tuple[HtmlElement, ...]
    scripts: tuple[HtmlElement, ...]
    links: tuple[HtmlElement, ...]
    titles: tuple[HtmlElement, ...]

    @classmethod
    def read(cls, root: HtmlElement) -> "_Told":
        found: dict[str, list[HtmlElement]] = {}
        for element in root.iter("meta", "script", "link", "title"):
            found.setdefault(element.tag, []).append(element)
        return cls(*(tuple(found.get(tag, ())) for tag in ("meta", "script", "link", "title")))


def _placed(*values: tuple[str, str | None]) -> tuple[tuple[str, str], ...]:
    return tuple((place, text.strip()) for place, text in values if text and text.strip())


def _dates_of(metas: Mapping[str, str], names: Sequence[str]) -> Iterator[tuple[str, str | None]]:
    return ((f"meta {name}", metas[name]) for name in names if name in metas)


def _present(*values: str | None) -> tuple[str, ...]:
    return tuple(value.strip() for value in values if value and value.strip())


def _metas(elements: Iterable[HtmlElement]) -> dict[str, str]:
    metas: dict[str, str] = {}
    for meta in elements:
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        if name and meta.get("content"):
            metas.setdefault(name.strip().lower(), meta.get("content"))
    return metas


def _tags(metas: Iterable[HtmlElement], linked: "_LinkedData") -> tuple[str, ...]:
    """Return declared tags; not the keywords meta, which is the site's advertising as often."""
    named = [meta.get("content") for meta in metas if meta.get("property") in _TAGS]
    keywords = linked.all("keywords")
    return _present(*named, *(word for one in keywords for word in re.split(r"[,，、]", one)))


def _item_dates(root: HtmlElement, html: str) -> Iterator[str | None]:
    # Looking at the attributes of all elements costs a third of what parsing does.
    tags = _tags_of_item_dates(html)
    for element in root.iter(*tags) if tags else ():
        if element.get("itemprop") == "datePublished":
            yield element.get("datetime") or element.get("content") or element.text


def _tags_of_item_dates(html: str) -> set[str]:
    """Return the tags of elements that may be named as the date, "*" where one can't be told."""
    tags: set[str] = set()
    at = html.find("datePublished")
    while at >= 0:
        if named := _NAMED_ITEM.search(html, max(0, at - _MAX_BACK), at):
            opened = html[max(0, html.rfind("<", 0, at)) : named.start()]
            match = _TAG.match(opened)
            is_whole = match and not opened.count("'") % 2 and not opened.count('"') % 2
            tags.add(match[1].lower() if match and is_whole else "*")
        at = html.find("datePublished", at + 1)
    return {"*"} if "*" in tags else tags


def _canonical(links: Iterable[HtmlElement]) -> str | None:
    for link in links:
        if (link.get("rel") or "").strip().lower() == "canonical" and link.get("href"):
            return str(link.get("href")).strip()
    return None


@dataclass(slots=True)
class _LinkedData:
    """The objects of a page's JSON-LD blocks, flattened."""

    objects: list[dict[str, object]]
    loose_date: str | None  # from a block that is not valid JSON

    @classmethod
    def read(cls, scripts: Iterable[HtmlElement]) -> "_LinkedData":
        data = cls([], None)
        for script in scripts:
            if (script.get("type") or "").strip().lower() == "application/ld+json":
                data._add(script.text or "")
        return data

    def first(self, key: str) -> str | None:
        for item in self.objects:
            value = item.get(key)
            if isinstance(value, list):
                value = value[0] if value else None
            if isinstance(value, dict):
                value = value.get("name")
            if isinstance(value, str) and value.strip():
                return value
        return None

    def all(self, key: str) -> list[str]:
        """Return the words of `key`: of the first object that has it, all where they are many."""
        for item in self.objects:
            value = item.get(key)
            words = [one for one in (value if isinstance(value, list) else [value]) if one]
            if words:
                return [one for one in words if isinstance(one, str)]
        return []

    def _add(self, text: str) -> None:
        try:
            self._flatten(json.loads(text[:MAX_JSON], strict=False), 0)
        except (ValueError, RecursionError):
            match = _LOOSE_DATE.search(text)
            self.loose_date = self.loose_date or (match[1] if match else None)

    def _flatten(self, value: object, depth: int) -> None:
        if depth > MAX_DEPTH:
            return
        if isinstance(value, list):
            for item in value:
                self._flatten(item, depth + 1)
        elif isinstance(value, dict):
            self.objects.append(value)
            self._flatten(value.get("@graph"), depth + 1)
