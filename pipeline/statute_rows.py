"""The records of the registry, and how the rows of its tables are read into them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Final, NewType

from pipeline.cite.titles import STATE

StatuteId = NewType("StatuteId", str)
Place = tuple[int, int]  # 条, and 之N or 0

LOCAL_KIND: Final = "地方性法规"
_LONGEST_WAIT: Final = timedelta(days=366)  # from promulgation to force; mostly half a year


@dataclass(frozen=True, slots=True, kw_only=True)
class Statute:
    """One act, through all its versions."""

    statute_id: StatuteId
    title: str  # official, inner quotation marks 〈〉, brackets full width
    short_title: str  # without 中华人民共和国
    kind: str  # 法律, 行政法规, 司法解释, 地方性法规, ...
    issuer: str | None
    document_number: str | None  # the latest, where it has several
    repealed_on: date | None  # first day out of force
    replaced_by: StatuteId | None
    origin: str
    is_confirmed: bool  # a text or a checked source stands behind this row


@dataclass(frozen=True, slots=True, kw_only=True)
class StatuteVersion:
    """The wording of an act from one day (inclusive) to another (exclusive)."""

    statute_id: StatuteId
    promulgated_on: date | None
    effective_from: date
    effective_to: date | None  # None: still in force
    article_count: int | None  # number of the last 条; 之一 articles do not count
    inserted_articles: frozenset[tuple[int, int]]  # (388, 1): 第三百八十八条之一; empty: not known
    origin: str
    is_confirmed: bool

    def is_settled(self, day: date) -> bool:
        """Say whether it is sure that this version had come into force by `day`.

        Where only the day of promulgation is known, it may have come into force some months later.
        """
        is_known = "promulgation" not in self.origin
        return is_known or day >= self.effective_from + _LONGEST_WAIT


@dataclass(frozen=True, slots=True)
class Alias:
    """A name in use: from the table, or derived from the title."""

    alias: str
    statute_id: StatuteId
    is_wrong: bool = False  # a mistake that many make, not a name: 劳动争议仲裁调解法
    example: str = ""  # a sentence with this name, from the table; the tests run it


@dataclass(frozen=True, slots=True)
class KnownNumber:
    """A document number of an act; acts amended by decision have several."""

    document_number: str
    statute_id: StatuteId
    origin: str


@dataclass(frozen=True, slots=True)
class Moved:
    """Where an article of one version went in another, or in the act that replaced it."""

    statute_id: StatuteId
    effective_from: date
    place: Place | None  # None: no one article took it over


def moves_from(
    rows: Iterable[Mapping[str, str]],
) -> Mapping[StatuteId, Mapping[date, Mapping[Place, Moved]]]:
    """Return where articles went: by act, the first day of its version, and place."""
    moves: dict[StatuteId, dict[date, dict[Place, Moved]]] = {}
    for row in rows:
        of_act = moves.setdefault(StatuteId(row["statute_id"]), {})
        of_version = of_act.setdefault(date.fromisoformat(row["effective_from"]), {})
        is_known = row["new_article"] and row["is_confirmed"] == "yes"
        of_version[(int(row["article"]), int(row["suffix"] or 0))] = Moved(
            StatuteId(row["new_statute_id"]),
            date.fromisoformat(row["new_effective_from"]),
            (int(row["new_article"]), int(row["new_suffix"] or 0)) if is_known else None,
        )
    return moves


def alias_from(row: Mapping[str, str]) -> Alias:
    """Return a row of aliases.csv."""
    return Alias(
        row["alias"], StatuteId(row["statute_id"]), row["is_wrong"] == "yes", row["example"]
    )


def statute_from(row: Mapping[str, str]) -> Statute:
    """Return a row of statutes.csv."""
    return Statute(
        statute_id=StatuteId(row["statute_id"]),
        title=row["title"],
        short_title=row["short_title"],
        kind=row["kind"],
        issuer=row["issuer"] or None,
        document_number=row["document_number"] or None,
        repealed_on=_date(row["repealed_on"]),
        replaced_by=StatuteId(row["replaced_by"]) if row["replaced_by"] else None,
        origin=row["origin"],
        is_confirmed=row["is_confirmed"] == "yes",
    )


def version_from(row: Mapping[str, str]) -> StatuteVersion:
    """Return a row of versions.csv."""
    return StatuteVersion(
        statute_id=StatuteId(row["statute_id"]),
        promulgated_on=_date(row["promulgated_on"]),
        effective_from=date.fromisoformat(row["effective_from"]),
        effective_to=_date(row["effective_to"]),
        article_count=int(row["article_count"]) if row["article_count"] else None,
        inserted_articles=frozenset(map(_inserted, row["inserted_articles"].split())),
        origin=row["origin"],
        is_confirmed=row["is_confirmed"] == "yes",
    )


def local_statute(title: str) -> Statute:
    """Return an act of local.csv, known by its title only."""
    return Statute(
        statute_id=StatuteId("local-" + sha256(title.encode()).hexdigest()[:8]),
        title=title,
        short_title=title.removeprefix(STATE),
        kind=LOCAL_KIND,
        issuer=None,
        document_number=None,
        repealed_on=None,
        replaced_by=None,
        origin="local.csv",
        is_confirmed=False,
    )


def _inserted(text: str) -> tuple[int, int]:
    article, _, suffix = text.partition("-")
    return int(article), int(suffix)


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
