"""Compare words with the articles of a statute: shared runs of four characters.

Statutes repeat themselves little, so a run of four characters mostly belongs to one article.
Punctuation, width and the writing of numbers (30日, 三十日) make no difference.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import Final
from unicodedata import normalize

from pipeline.cite.numerals import MAX_NUMERAL, format_numeral
from pipeline.statutes import Place
from pipeline.texts import StatuteText

_RUN: Final = 4  # characters
_NO_WORDS: Final = re.compile(r"[^\w]+|_+")
_DECIMAL: Final = re.compile(r"\d{1,4}(?!\d)")
_MISS: Final = 0.4  # what a run found nowhere takes from the length of a match, in runs found
_FEW: Final = 2  # articles, that have a run said to be rare
_KEPT_STATUTES: Final = 128  # whose indexes stay in memory; most take less than 1 MB


@dataclass(frozen=True, slots=True)
class Index:
    """Which articles of a statute have a run of characters."""

    articles: Mapping[str, Sequence[Place]] = field(repr=False)

    def count(self, runs: Sequence[str]) -> Counter[Place]:
        """Return how many of `runs` each article has, of those that have any."""
        found: Counter[Place] = Counter()
        for run in runs:
            found.update(self.articles.get(run, ()))
        return found

    def rare(self, runs: Sequence[str], place: Place) -> int:
        """Return how many of `runs` this article has and at most one other."""
        having = (self.articles.get(run, ()) for run in runs)
        return sum(place in places and len(places) <= _FEW for places in having)


@lru_cache(maxsize=_KEPT_STATUTES)
def index_of(text: StatuteText) -> Index:
    """Return the index of one version of a statute."""
    articles: dict[str, list[Place]] = {}
    for place in text.provisions:
        for run in runs(text.article(place) or ""):
            articles.setdefault(run, []).append(place)
    return Index(articles)


@lru_cache(maxsize=4096)
def runs_of_article(text: StatuteText, place: Place) -> frozenset[str]:
    """Return the runs of one article; empty where the version has no such article."""
    return frozenset(runs(text.article(place) or ""))


def runs(words: str) -> list[str]:
    """Return each run of four characters of `words`, in order, once each."""
    bare = bare_words(words)
    return list(dict.fromkeys(bare[i : i + _RUN] for i in range(len(bare) - _RUN + 1)))


def pairs(words: str) -> frozenset[str]:
    """Return the runs of two characters: what a free paraphrase still shares."""
    bare = bare_words(words)
    return frozenset(bare[i : i + 2] for i in range(len(bare) - 1))


def bare_words(words: str) -> str:
    """Return `words` as they are compared."""
    return _NO_WORDS.sub("", _DECIMAL.sub(_in_words, normalize("NFKC", words)))


def _in_words(match: re.Match[str]) -> str:
    value = int(match[0])
    return format_numeral(value) if 1 <= value <= MAX_NUMERAL else match[0]


def share(part: Sequence[str], whole: frozenset[str]) -> float:
    """Return which share of `part` is in `whole`, 0 where `part` is empty."""
    return sum(run in whole for run in part) / len(part) if part else 0.0


@dataclass(frozen=True, slots=True)
class Clauses:
    """Words cut into clauses, with their runs; `counts` are of runs up to each clause's end."""

    clauses: tuple[str, ...]
    runs: list[str]
    counts: list[int]

    @classmethod
    def of(cls, clauses: Iterable[str]) -> "Clauses":
        """Find the runs of `clauses`, also those that reach from one into the next."""
        parts = tuple(clauses)
        bare, ends = "", []
        for part in parts:
            bare += bare_words(part)
            ends.append(len(bare))
        first: dict[str, int] = {}
        for at in range(len(bare) - _RUN + 1):
            first.setdefault(bare[at : at + _RUN], at)
        places = list(first.values())
        return cls(parts, list(first), [bisect_right(places, end - _RUN) for end in ends])

    def best_beginning(self, article: frozenset[str], shortest: int) -> tuple[int, list[str]]:
        """Return how many clauses an article best accounts for, from the first, and their runs.

        What is set out or paraphrased ends somewhere before the sentence does; there the count
        of runs found, less a part of those not found, is highest.
        """
        found = list(accumulate((run in article for run in self.runs), initial=0))
        best, chosen = 0.0, 0
        for number, count in enumerate(self.counts, start=1):
            score = found[count] - _MISS * (count - found[count])
            if count >= shortest and score > best:
                best, chosen = score, number
        return chosen, self.runs[: self.counts[chosen - 1]] if chosen else []
