"""One text from the pages over which an article is split, and where each page stands in it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.lines import fold
from pipeline.parts.record import Part, PartKind, Slice
from pipeline.trim import cites_statute

COPIED: Final = 0.8  # share of its letters read before, from which a page says nothing new
MAX_FRAME: Final = 3  # lines that the head or tail of every page may repeat


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """The text of one page of a split article."""

    number: int
    text: str
    parts: tuple[Part, ...] = ()  # of a thread


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """The article's whole text."""

    text: str
    slices: tuple[Slice, ...]  # of the pages that have something of their own to say
    parts: tuple[Part, ...]


def join_pages(pages: Sequence[PageText]) -> Joined:
    """Join the texts of `pages`, ordered by number, without what they repeat.

    A page that says again what was said (another page of comments under the same text) adds
    nothing.
    """
    own = _without_frames(_new_ones(pages))
    slices: list[Slice] = []
    parts: list[Part] = []
    at = 0
    for page in own:
        slices.append(Slice(number=page.number, start=at, end=at + len(page.text)))
        parts += [_moved(part, at, is_first=not parts) for part in page.parts]
        at += len(page.text) + 1
    text = "\n".join(page.text for page in own)
    return Joined(text=text, slices=tuple(slices), parts=tuple(parts))


def _moved(part: Part, by: int, *, is_first: bool) -> Part:
    """Return a part in its place; what opens a later page is an answer like the others."""
    kind = part.kind if is_first else PartKind.ANSWER
    return replace(part, kind=kind, start=part.start + by, end=part.end + by)


def _new_ones(pages: Sequence[PageText]) -> list[PageText]:
    seen: set[str] = set()
    kept: list[PageText] = []
    for page in pages:
        lines = [folded for line in page.text.split("\n") if (folded := fold(line))]
        known = sum(len(line) for line in lines if line in seen)
        if lines and known < COPIED * sum(map(len, lines)):
            kept.append(page)
            seen.update(lines)
    return kept


def _without_frames(pages: Sequence[PageText]) -> list[PageText]:
    """Drop from later pages what opens, and from all what closes, each of them alike."""
    if len(pages) < 2 or any(page.parts for page in pages):
        return list(pages)
    texts = [page.text.split("\n") for page in pages]
    head, tail = _alike(texts), _alike([text[::-1] for text in texts])
    cut = [text[head if at else 0 : len(text) - tail] for at, text in enumerate(texts)]
    return [
        replace(page, text="\n".join(lines))
        for page, lines in zip(pages, cut, strict=True)
        if lines
    ]


def _alike(texts: Sequence[Sequence[str]]) -> int:
    """Return how many lines all `texts` begin with alike; a line that cites a statute is none."""
    shortest = min(map(len, texts))
    for at in range(min(MAX_FRAME, shortest - 1)):
        if len({fold(text[at]) for text in texts}) > 1 or cites_statute(texts[0][at]):
            return at
    return min(MAX_FRAME, shortest - 1)
