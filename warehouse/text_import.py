"""Take statute texts into the project: tie each to a version of the registry, name what is off.

Nothing is hidden: a text of no known statute or version, two different texts of one version,
and a text that counts other articles than the registry are all listed.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final
from unicodedata import normalize

from pipeline.statutes import Place, Registry, StatuteId, StatuteVersion
from pipeline.texts import StatuteText
from warehouse.text_files import BadFile, FoundText, read_path
from warehouse.texts import StoredText, lacks_clauses, read_all, write_texts

_NEAR: Final = 31  # days between passing and promulgation of one version, at most
_SAME_ACT: Final = 200  # days, for an act that has only one version
_CHANGED: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Something that a source says otherwise than the registry or another source."""

    source: str
    kind: str  # unknown_statute, ambiguous_title, unknown_version, other_words, article_count
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did; counts are of versions of statutes."""

    new: int
    replaced: int
    unchanged: int
    articles: int  # in the new and the replaced
    conflicts: tuple[Conflict, ...]
    skipped: tuple[BadFile, ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    version: StatuteVersion
    found: FoundText


def import_texts(path: Path, folder: Path, registry: Registry) -> ImportReport:
    """Take the statute texts at `path` into `folder`; doing it again changes nothing."""
    placed: list[_Placed] = []
    conflicts: list[Conflict] = []
    skipped: list[BadFile] = []
    for each in read_path(path):
        result = each if isinstance(each, BadFile) else _placed(each, registry)
        if isinstance(result, BadFile):
            skipped.append(result)
        elif isinstance(result, Conflict):
            conflicts.append(result)
        else:
            placed.append(result)
    held = read_all(folder)
    outcomes: Counter[str] = Counter()
    changed: list[tuple[StatuteVersion, StoredText]] = []
    for version, texts in _by_version(placed):
        kept, others = _merged(version, texts)
        outcome, differing = _compare(version, kept, held.get(_key(version)))
        conflicts += [*others, *differing]
        outcomes[outcome] += 1
        if outcome != "unchanged":
            changed.append((version, kept))
            conflicts += _miscounted(kept.source, version, StatuteText.of(version, kept.words))
    if changed:
        write_texts(folder, [kept for _, kept in changed])
    if lacks_clauses(folder):
        write_texts(folder, read_all(folder).values())
    return ImportReport(
        new=outcomes["new"],
        replaced=outcomes["replaced"],
        unchanged=outcomes["unchanged"],
        articles=sum(len(StatuteText.of(v, kept.words).provisions) for v, kept in changed),
        conflicts=tuple(conflicts),
        skipped=tuple(skipped),
    )


def _placed(found: FoundText, registry: Registry) -> _Placed | Conflict:
    acts = registry.find(found.title)
    if len(acts) != 1:
        kind = "ambiguous_title" if acts else "unknown_statute"
        return Conflict(source=found.source, kind=kind, detail=f"《{found.title}》")
    versions = registry.versions_of(acts[0].statute_id)
    version = _version(found, versions)
    if version is None:
        known = ", ".join(str(v.promulgated_on or v.effective_from) for v in versions) or "none"
        detail = f"《{found.title}》 of {found.promulgated_on}; the registry's versions: {known}"
        return Conflict(source=found.source, kind="unknown_version", detail=detail)
    return _Placed(version, found)


def _version(found: FoundText, versions: tuple[StatuteVersion, ...]) -> StatuteVersion | None:
    """Return the version that a text is of: by its day of promulgation, else the nearest day."""
    day, begins = found.promulgated_on, found.effective_from
    for version in versions:
        if day and version.promulgated_on == day:
            return version
    for version in versions:
        if begins and version.effective_from == begins:
            return version
    if day is None:
        return versions[0] if len(versions) == 1 else None
    apart = {abs(((v.promulgated_on or v.effective_from) - day).days): v for v in versions}
    nearest = min(apart, default=_SAME_ACT + 1)
    longest = _SAME_ACT if len(versions) == 1 else _NEAR
    return apart[nearest] if nearest <= longest else None


def _by_version(placed: Iterable[_Placed]) -> Iterator[tuple[StatuteVersion, list[FoundText]]]:
    groups: dict[tuple[StatuteId, date], tuple[StatuteVersion, list[FoundText]]] = {}
    for each in placed:
        groups.setdefault(_key(each.version), (each.version, []))[1].append(each.found)
    return iter(groups.values())


def _key(version: StatuteVersion) -> tuple[StatuteId, date]:
    return version.statute_id, version.effective_from


def _merged(version: StatuteVersion, texts: list[FoundText]) -> tuple[StoredText, list[Conflict]]:
    """Join the parts of a code; of two texts of the same articles keep the exactly dated one."""
    exact_first = sorted(
        texts, key=lambda t: (t.promulgated_on != version.promulgated_on, t.source)
    )
    cut = [(StatuteText.of(version, text.words), text) for text in exact_first]
    parts: list[tuple[StatuteText, FoundText]] = [cut[0]]
    conflicts = []
    for text, found in cut[1:]:
        held: set[Place] = {place for part, _ in parts for place in part.provisions}
        if text.provisions and held.isdisjoint(text.provisions):
            parts.append((text, found))
        elif difference := _difference(version, "\n".join(f.words for _, f in parts), found.words):
            detail = f"other words than {parts[0][1].source}, which is kept: {difference}"
            conflicts.append(Conflict(source=found.source, kind="other_words", detail=detail))
    parts.sort(key=lambda part: min(part[0].provisions, default=(0, 0)))
    stored = StoredText(
        statute_id=version.statute_id,
        effective_from=version.effective_from,
        source=" + ".join(found.source for _, found in parts),
        words="\n".join(found.words for _, found in parts),
    )
    return stored, conflicts


def _compare(
    version: StatuteVersion, new: StoredText, held: StoredText | None
) -> tuple[str, list[Conflict]]:
    """Return new, replaced or unchanged, and how a text from another source differs."""
    if held is None:
        return "new", []
    if held.sha256 == new.sha256:
        return "unchanged", []
    if held.source == new.source:
        return "replaced", []
    difference = _difference(version, held.words, new.words)
    if difference is None:
        return "unchanged", []
    detail = f"other words than {held.source}, imported before and kept: {difference}"
    return "unchanged", [Conflict(source=new.source, kind="other_words", detail=detail)]


def _difference(version: StatuteVersion, one: str, other: str) -> str | None:
    """Return the first words that differ, None where only punctuation and headings do."""
    ours, theirs = (_compared(StatuteText.of(version, words)) for words in (one, other))
    places = [place for place in {**ours, **theirs} if ours.get(place) != theirs.get(place)]
    if not places:
        return None
    article, suffix = min(places)
    a, b = ours.get((article, suffix), ""), theirs.get((article, suffix), "")
    common = next((i for i, pair in enumerate(zip(a, b, strict=False)) if len(set(pair)) > 1), 0)
    begin = max(0, common - 10)
    excerpts = f"…{a[begin : common + 20]}… / …{b[begin : common + 20]}…"
    where = f"{article}-{suffix}" if suffix else str(article)
    return f"{len(places)} articles differ, first {where}: {excerpts}"


def _compared(text: StatuteText) -> dict[Place, str]:
    """Return the articles without punctuation and width; (0, 0): all, where there are none."""
    parts = {place: text.article(place) or "" for place in text.provisions} or {
        (0, 0): re.sub(r"(?m)^#.*$", "", text.words)
    }
    return {place: _CHANGED.sub("", normalize("NFKC", words)) for place, words in parts.items()}


def _miscounted(source: str, version: StatuteVersion, text: StatuteText) -> list[Conflict]:
    last = max((article for article, _ in text.provisions), default=0)
    if not last or version.article_count in (None, last):
        return []
    detail = f"{last} articles in the text, {version.article_count} in the registry"
    return [Conflict(source=source, kind="article_count", detail=detail)]
