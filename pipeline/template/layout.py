"""A learned template as it is kept: readable JSON, one file a version.

A site may have several kinds of article pages; each is a `Layout`, and a page is read by
the first whose container it has.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

FORMAT: Final = 1  # of the file; another one is not read but learned anew


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something stands on the pages of a layout."""

    selector: str  # CSS
    pages: int  # on which it was found there


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """A line that pages share, at one place of their containers."""

    path: str  # from the container to the line's box: `div.ad > p`; "" is the container
    text: str  # as it first stood
    pages: int
    example: str  # URL of a page that has it


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A box in the container whose lines are no text of the article, whatever they say."""

    path: str
    pages: int
    says: str  # a line that stood in it


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How one kind of article page is read."""

    container: Place
    title: Place | None  # None: only in the head of the page
    date: Place | None
    author: Place | None
    category: Place | None
    tags: Place | None
    origin: Place | None
    repeated: tuple[Repeated, ...]
    boxes: tuple[Box, ...]
    reads: tuple[str, ...]  # the places whose lines are read, in the page's order; (): the page
    # "lines": ours, which gave what trafilatura gave on all pages; "plain": ours where no line is
    # a link, which did; or "trafilatura".
    printer: str
    outside: float  # largest share of long texts that stood outside the container, 0 to 1
    short: int  # characters; three of four texts were longer
    dropped: float  # largest share of the container's characters that were left out, 0 to 1
    pages: int
    fit: float  # share of pages, each read by what the others taught, that came out as alone
    examples: tuple[str, ...]  # URLs


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """What was learned from a source's pages at one time."""

    source: str
    version: int  # 1, 2, …
    learned_on: str  # the day on which the last of the pages was fetched, ISO 8601, Beijing
    because: str  # why it was learned then
    applies_from: int  # pages fetched from this one on (fetch id) are read by it; 0: all
    pages: int  # learned from, those that no layout fits included
    has_threads: bool  # some of the pages were threads, which no layout reads
    layouts: tuple[Layout, ...]
    # Some of the pages bore the signs of threads and were none, so that they are no sign here.
    has_signs: bool = False

    @property
    def name(self) -> str:
        """Source and version, as extracted pages name their template."""
        return f"{self.source}@{self.version}"


FIELDS: Final = ("title", "date", "author", "category", "tags", "origin")


class TemplateFormatError(ValueError):
    """A stored template that this version of the program cannot read."""


def to_json(template: Template) -> str:
    """Return `template` as it is stored."""
    return json.dumps({"format": FORMAT} | asdict(template), ensure_ascii=False, indent=1) + "\n"


def from_json(text: str) -> Template:
    """Return the template that `to_json` wrote.

    Raises:
        TemplateFormatError: the text is of another format, or no template.
    """
    try:
        data = json.loads(text)
        if data.pop("format") != FORMAT:
            raise TemplateFormatError("another format")
        layouts = tuple(_layout(one) for one in data.pop("layouts"))
        return Template(layouts=layouts, **data)
    except (TypeError, KeyError, AttributeError, json.JSONDecodeError) as error:
        raise TemplateFormatError(f"{type(error).__name__}: {error}") from error


def _layout(data: Mapping[str, Any]) -> Layout:
    places = {name: Place(**data[name]) if data[name] else None for name in ("container", *FIELDS)}
    rest: dict[str, Any] = {
        "repeated": tuple(Repeated(**one) for one in data["repeated"]),
        "boxes": tuple(Box(**one) for one in data["boxes"]),
        "reads": tuple(data["reads"]),
        "examples": tuple(data["examples"]),
    }
    return Layout(**(dict(data) | places | rest))
