"""The registry of statutes: what they are called, when they were in force, how far they count.

The facts are CSV files in `pipeline/data/` (its README explains columns and sources); nothing
here is looked up anywhere else.  A row that no text confirms still gives an act a title, but
never makes a citation definitely wrong: that is for `pipeline.cite.verify` to respect.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Final, NewType, TypeVar

from pipeline.cite.titles import (
    STATE,
    is_name_in_prose,
    normalize_number,
    short_names,
    title_key,
    without_issuer,
    without_part,
    without_year_note,
)

StatuteId = NewType("StatuteId", str)
Place = tuple[int, int]  # 条, and 之N or 0
Key = TypeVar("Key")
Value = TypeVar("Value")

_DATA: Final = files("pipeline").joinpath("data")
_TABLES: Final = (
    "statutes.csv",
    "versions.csv",
    "aliases.csv",
    "document_numbers.csv",
    "local.csv",
    "renumbered.csv",
)
_LONGEST_WAIT: Final = timedelta(days=366)  # from promulgation to force; mostly half a year
_MOST_MOVES: Final = 12  # amendments in a row that a number is followed through
LOCAL_KIND: Final = "地方性法规"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """All acts, and the ways to find them."""

    version: str  # 12 hexadecimal digits of the tables' content
    statutes: tuple[Statute, ...]
    versions: tuple[StatuteVersion, ...]
    aliases: tuple[Alias, ...]
    numbers: tuple[KnownNumber, ...]
    by_id: Mapping[StatuteId, Statute] = field(repr=False)
    _listed: tuple[Alias, ...] = field(repr=False)  # the aliases of the table
    _moved: Mapping[StatuteId, Mapping[date, Mapping[Place, Moved]]] = field(repr=False)
    _wrong: frozenset[str] = field(repr=False)  # title_key of the mistakes among them
    _versions_of: Mapping[StatuteId, tuple[StatuteVersion, ...]] = field(repr=False)
    _by_key: Mapping[str, tuple[StatuteId, ...]] = field(repr=False)
    _by_number: Mapping[str, tuple[StatuteId, ...]] = field(repr=False)

    def find(self, title: str) -> tuple[Statute, ...]:
        """Return the acts that `title` can mean: none, one, or several where it is ambiguous."""
        for form in _forms(title):
            if found := self._by_key.get(title_key(form)):
                return tuple(self.by_id[statute_id] for statute_id in found)
        return ()

    def now_at(
        self, version: StatuteVersion, place: Place, day: date
    ) -> tuple[StatuteId, Place] | None:
        """Return where an article of a former version is on `day`, None where that is not known."""
        statute_id, begins, at = version.statute_id, version.effective_from, place
        for _ in range(_MOST_MOVES):
            current = self.in_force_on(statute_id, day)
            if current and current.effective_from == begins:
                return statute_id, at
            moves = self._moved.get(statute_id, {}).get(begins, {})
            if not moves:
                return None
            step = moves.get(at) or replace(next(iter(moves.values())), place=at)
            if step.place is None or (step.statute_id != statute_id and at not in moves):
                return None
            statute_id, begins, at = step.statute_id, step.effective_from, step.place
        return None

    def is_wrong(self, title: str) -> bool:
        """Say whether `title` is a known mistake for an act's name."""
        return title_key(title) in self._wrong

    def versions_of(self, statute_id: StatuteId) -> tuple[StatuteVersion, ...]:
        """Return the versions of an act, earliest first; none where no date is known."""
        return self._versions_of.get(statute_id, ())

    def in_force_on(self, statute_id: StatuteId, day: date) -> StatuteVersion | None:
        """Return the version in force on `day`, None before the first and after the last."""
        for version in reversed(self.versions_of(statute_id)):
            if version.effective_from <= day:
                is_over = version.effective_to is not None and version.effective_to <= day
                return None if is_over else version
        return None

    def with_number(self, number: str) -> tuple[Statute, ...]:
        """Return the acts that carry this document number, in any brackets."""
        found = self._by_number.get(normalize_number(number) or number, ())
        return tuple(self.by_id[statute_id] for statute_id in found)

    def numbers_of(self, statute_id: StatuteId) -> tuple[KnownNumber, ...]:
        """Return the document numbers known of an act."""
        return tuple(number for number in self.numbers if number.statute_id == statute_id)

    def names(self) -> Iterator[str]:
        """Yield every name as it may stand in a text without book marks."""
        for statute in self.statutes:
            yield statute.short_title
            if "〈" in statute.short_title:
                yield statute.short_title.translate({ord("〈"): None, ord("〉"): None})
                yield statute.title.translate({ord("〈"): None, ord("〉"): None})
            if statute.kind == "司法解释":
                for name in filter(is_name_in_prose, short_names(statute.title)):
                    yield name
                    yield name.translate({ord("（"): None, ord("）"): None})
        yield from (alias.alias for alias in self._listed)


@cache
def load_registry() -> Registry:
    """Return the registry of the tables that come with the program (read once a process)."""
    contents = {name: _DATA.joinpath(name).read_text(encoding="utf-8") for name in _TABLES}
    rows = {name: list(csv.DictReader(text.splitlines())) for name, text in contents.items()}
    # Of local regulations the days in force are not in the table: they are known by title only.
    local = dict.fromkeys(row["title"] for row in rows["local.csv"])
    statutes = (*map(_statute, rows["statutes.csv"]), *map(_local_statute, local))
    versions = tuple(map(_version, rows["versions.csv"]))
    listed = tuple(map(_alias, rows["aliases.csv"]))
    derived = tuple(_derived(statutes))
    keys = _keys(statutes, listed, derived)
    numbers = tuple(
        KnownNumber(r["document_number"], StatuteId(r["statute_id"]), r["origin"])
        for r in rows["document_numbers.csv"]
    )
    return Registry(
        version=sha256("".join(contents.values()).encode()).hexdigest()[:12],
        statutes=statutes,
        versions=versions,
        aliases=_distinct((*listed, *_meant(derived, keys))),
        numbers=numbers,
        by_id={statute.statute_id: statute for statute in statutes},
        _versions_of=_grouped((v.statute_id, v) for v in versions),
        _listed=listed,
        _moved=_moves(rows["renumbered.csv"]),
        _wrong=frozenset(title_key(alias.alias) for alias in listed if alias.is_wrong),
        _by_key=keys,
        _by_number=_grouped(
            (normalize_number(n.document_number) or n.document_number, n.statute_id)
            for n in numbers
        ),
    )


def _moves(
    rows: Iterable[Mapping[str, str]],
) -> Mapping[StatuteId, Mapping[date, Mapping[Place, Moved]]]:
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


def _alias(row: Mapping[str, str]) -> Alias:
    return Alias(
        row["alias"], StatuteId(row["statute_id"]), row["is_wrong"] == "yes", row["example"]
    )


def _forms(title: str) -> Iterator[str]:
    """Yield `title` and the ways to write it, surest first."""
    yield title
    undated = without_year_note(title)
    yield undated
    yield without_issuer(undated)
    yield without_part(undated)
    for prefix in ("新修订的", "修订后的", "现行", "我国", "原", "新"):
        yield undated.removeprefix(prefix)


def _derived(statutes: Iterable[Statute]) -> Iterator[Alias]:
    for act in statutes:
        yield from (Alias(name, act.statute_id) for name in short_names(act.title))


def _distinct(aliases: Iterable[Alias]) -> tuple[Alias, ...]:
    """Leave out what a rule derives though the table has it."""
    first: dict[tuple[str, StatuteId], Alias] = {}
    for alias in aliases:
        first.setdefault((alias.alias, alias.statute_id), alias)
    return tuple(first.values())


def _meant(derived: Iterable[Alias], keys: Mapping[str, tuple[StatuteId, ...]]) -> Iterator[Alias]:
    """Yield the derived names that mean their act, not another that bears one as its title."""
    for alias in derived:
        if alias.statute_id in keys[title_key(alias.alias)]:
            yield alias


def _keys(
    statutes: Iterable[Statute], listed: Iterable[Alias], derived: Iterable[Alias]
) -> Mapping[str, tuple[StatuteId, ...]]:
    """Index titles, then aliases, then derived names: what comes first is not ambiguous."""
    index: dict[str, tuple[StatuteId, ...]] = {}
    levels = (
        [(title_key(act.title), act.statute_id) for act in statutes],
        [(title_key(alias.alias), alias.statute_id) for alias in listed],
        [(title_key(alias.alias), alias.statute_id) for alias in derived],
    )
    for level in levels:
        for key, found in _grouped(level).items():
            index.setdefault(key, tuple(dict.fromkeys(found)))
    return index


def _grouped(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, tuple[Value, ...]]:
    groups: dict[Key, list[Value]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in groups.items()}


def _statute(row: Mapping[str, str]) -> Statute:
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


def _version(row: Mapping[str, str]) -> StatuteVersion:
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


def _local_statute(title: str) -> Statute:
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
