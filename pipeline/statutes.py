"""The registry of statutes: what they are called, when they were in force, how far they count.

The facts are CSV files in `pipeline/data/` (its README explains columns and sources); nothing
here is looked up anywhere else.  A row that no text confirms still gives an act a title, but
never makes a citation definitely wrong: that is for `pipeline.cite.verify` to respect.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Final, TypeVar

from pipeline.cite.titles import (
    is_name_in_prose,
    normalize_number,
    short_names,
    title_key,
    without_issuer,
    without_part,
    without_year_note,
)
from pipeline.statute_rows import (
    LOCAL_KIND,
    Alias,
    KnownNumber,
    Moved,
    Place,
    Statute,
    StatuteId,
    StatuteVersion,
    alias_from,
    local_statute,
    moves_from,
    statute_from,
    version_from,
)

__all__ = [
    "LOCAL_KIND",
    "Alias",
    "KnownNumber",
    "Moved",
    "Place",
    "Registry",
    "Statute",
    "StatuteId",
    "StatuteVersion",
    "load_registry",
]

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
_MOST_MOVES: Final = 12  # amendments in a row that a number is followed through


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

    def formerly(
        self, version: StatuteVersion, place: Place, later: StatuteVersion
    ) -> Iterator[Place]:
        """Yield the other numbers under which `version` had what is at `place` in `later`."""
        of_version = self._moved.get(version.statute_id, {}).get(version.effective_from, {})
        for former in of_version:
            now = self.now_at(version, former, later.effective_from)
            if former != place and now == (later.statute_id, place):
                yield former

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
    statutes = (*map(statute_from, rows["statutes.csv"]), *map(local_statute, local))
    versions = tuple(map(version_from, rows["versions.csv"]))
    listed = tuple(map(alias_from, rows["aliases.csv"]))
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
        _moved=moves_from(rows["renumbered.csv"]),
        _wrong=frozenset(title_key(alias.alias) for alias in listed if alias.is_wrong),
        _by_key=keys,
        _by_number=_grouped(
            (normalize_number(n.document_number) or n.document_number, n.statute_id)
            for n in numbers
        ),
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
