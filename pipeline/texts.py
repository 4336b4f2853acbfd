"""The words of statutes, version by version, as the checks of quotations ask for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Protocol

from pipeline.provisions import Provision, read_provisions
from pipeline.statutes import Place, StatuteId, StatuteVersion


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StatuteText:
    """One version of a statute, in full."""

    statute_id: StatuteId
    effective_from: date
    words: str
    provisions: Mapping[Place, Provision] = field(repr=False)  # in the order of the statute

    @classmethod
    def of(cls, version: StatuteVersion, words: str) -> "StatuteText":
        """Cut `words` into the articles of this version."""
        return cls(
            statute_id=version.statute_id,
            effective_from=version.effective_from,
            words=words,
            provisions={(p.article, p.suffix or 0): p for p in read_provisions(words)},
        )

    def article(self, place: Place) -> str | None:
        """Return the words of an article without its heading, None where there is none."""
        provision = self.provisions.get(place)
        return self.words[provision.start : provision.end] if provision else None


@dataclass(frozen=True, slots=True)
class Saying:
    """An article that has a clause."""

    statute_id: StatuteId
    effective_from: date
    place: Place


class StatuteTexts(Protocol):
    """Where the words are kept; the same version gives the same object again."""

    @property
    def digest(self) -> str:
        """12 hexadecimal digits that change whenever the texts do; empty: there are none."""

    def text_of(self, version: StatuteVersion) -> StatuteText | None:
        """Return the words of this version, None where they were not imported."""

    def saying(self, key: int) -> Sequence[Saying]:
        """Return the articles that have the clause of this key (`pipeline.cite.wording`)."""


class NoTexts:
    """No statute's words at all: quotations are not compared."""

    digest = ""

    def text_of(self, version: StatuteVersion) -> None:
        """Return None."""
        del version

    def saying(self, key: int) -> Sequence[Saying]:
        """Return nothing."""
        del key
        return ()


NO_TEXTS: Final = NoTexts()
