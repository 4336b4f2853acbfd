"""Which of the cited statutes lack facts or words, most cited first."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from duckdb import DuckDBPyConnection

from pipeline.statutes import Registry, StatuteId
from pipeline.texts import StatuteTexts
from warehouse.store import read_sql


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A cited statute of which something is missing."""

    title: str
    statute_id: StatuteId | None  # None: not in the registry, or the name is ambiguous
    citations: int  # in the articles as they are now
    lacks: tuple[str, ...]


def gaps(published: DuckDBPyConnection, registry: Registry, texts: StatuteTexts) -> list[Gap]:
    """Compare what is cited in what is public with the registry and the imported texts."""
    rows = published.execute(read_sql("statutes/cited.sql")).fetchall()
    citations: Counter[tuple[StatuteId | None, str]] = Counter()
    lacks: dict[tuple[StatuteId | None, str], set[str]] = defaultdict(set)
    for statute_id, title, as_of, count, places in rows:
        citations[(statute_id, title)] += count
        lacks[(statute_id, title)] |= _lacks(statute_id, as_of, places > 0, registry, texts)
    return [
        Gap(
            title=title,
            statute_id=statute_id,
            citations=count,
            lacks=tuple(sorted(lacks[(statute_id, title)])),
        )
        for (statute_id, title), count in citations.most_common()
        if lacks[(statute_id, title)]
    ]


def _lacks(
    statute_id: StatuteId | None,
    day: date,
    has_places: bool,
    registry: Registry,
    texts: StatuteTexts,
) -> set[str]:
    if statute_id is None or statute_id not in registry.by_id:
        return {"not in the registry, or ambiguous"}
    versions = registry.versions_of(statute_id)
    if not versions:
        return {"no days in force"}
    version = registry.in_force_on(statute_id, day)
    if version is None or not has_places:
        return set()
    lacks = {f"no text of the version from {version.effective_from}"}
    lacks -= lacks if texts.text_of(version) else set()
    if version.article_count is None:
        lacks.add(f"no article count of the version from {version.effective_from}")
    if not registry.by_id[statute_id].is_confirmed:
        lacks.add("facts unconfirmed")
    return lacks
