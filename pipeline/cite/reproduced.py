"""Norms that a page reproduces: their headings cite nothing, and 本解释 means themselves."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pipeline.cite.grammar import NORM_KIND, NUMERAL, SPACE
from pipeline.cite.numerals import NumeralError, parse_numeral

_HEADING: Final = re.compile(
    rf"^[^\S\n]{{0,8}}[#*]{{0,4}}[^\S\n]{{0,4}}(?P<heading>第{SPACE}(?P<number>{NUMERAL}){SPACE}条)",
    re.MULTILINE,
)
_OWN_NAME: Final = re.compile(rf"本(?P<kind>法(?![院律官庭])|{NORM_KIND})")
_PURPOSE: Final = re.compile(r"制[定订]本")
_ENOUGH: Final = 3  # headings counting upwards, each beginning a line
_LARGEST_GAP: Final = 3  # a heading may be lost on the way to the page
_LATER_GAP: Final = 30  # once it is sure that this is a norm, a page of it may be


@dataclass(frozen=True, slots=True, kw_only=True)
class ReproducedNorm:
    """A stretch of text, half-open code points, that is itself a norm."""

    start: int
    end: int
    kind: str  # what it mostly calls itself: 解释, 规定, 法, …; may be empty
    headings: frozenset[int]  # where its 第…条 begin
    first_article: int  # more than 1: an excerpt, or several provisions quoted
    last_article: int


def reproduced_norms(plain: str) -> list[ReproducedNorm]:
    """Return the norms that `plain` reproduces, whole or from the middle on, in order."""
    headings = [(at, number) for at, number in _headings(plain) if number is not None]
    norms = []
    while headings:
        run = _run(headings)
        rest = headings[len(run) :]
        if len(run) >= _ENOUGH or _opens_norm(plain, run):
            norms.append(_norm(plain, run, rest[0][0] if rest else len(plain)))
        headings = rest
    return norms


def _opens_norm(plain: str, run: list[tuple[int, int]]) -> bool:
    """Say whether few headings begin a norm, as 第一条 为了…，制定本办法 does."""
    at, number = run[0]
    return number == 1 and len(run) > 1 and _PURPOSE.search(plain, at, run[1][0]) is not None


def norm_at(norms: list[ReproducedNorm], position: int) -> ReproducedNorm | None:
    """Return the norm that `position` is in; `norms` are few."""
    return next((norm for norm in norms if norm.start <= position < norm.end), None)


def _headings(plain: str) -> list[tuple[int, int | None]]:
    return [(match.start("heading"), _value(match["number"])) for match in _HEADING.finditer(plain)]


def _value(numeral: str) -> int | None:
    try:
        return parse_numeral(numeral)
    except NumeralError:
        return None


def _run(headings: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the headings from the first on that count upwards."""
    for index, ((_, former), (_, later)) in enumerate(pairwise(headings), start=1):
        gap = _LARGEST_GAP if index < _ENOUGH else _LATER_GAP
        if not former <= later <= former + gap:
            return headings[:index]
    return headings


def _norm(plain: str, run: list[tuple[int, int]], end: int) -> ReproducedNorm:
    start = run[0][0]
    names = Counter(match["kind"] for match in _OWN_NAME.finditer(plain, start, end))
    return ReproducedNorm(
        start=start,
        end=end,
        kind=names.most_common(1)[0][0] if names else "",
        headings=frozenset(at for at, _ in run),
        first_article=run[0][1],
        last_article=run[-1][1],
    )
