"""`fatiao build --relearn`: every source's template anew from all its pages, and what that changes.

The new versions apply to all pages, so the warehouse is built again from the archive.  The files of
the versions before stay, and tell what was.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from typing import Final

from crawler.sources import Project
from pipeline.template.layout import Template
from pipeline.template.learn import MAX_PAGES, MIN_PAGES, spread
from warehouse.store import open_warehouse, read_sql
from warehouse.teaching import Lesson, articles_of, carry_out, next_version
from warehouse.templates import versions_of

EVERYTHING: Final = 1 << 60  # past every fetch id


@dataclass(frozen=True, slots=True, kw_only=True)
class TextChange:
    """An article whose text is another one now."""

    url: str
    diff: tuple[str, ...]  # lines, each after `-` or `+`


def texts_of(project: Project) -> dict[str, str]:
    """Return the current text of every article by URL; none where there is no warehouse yet."""
    if not project.warehouse.exists():
        return {}
    with open_warehouse(project.warehouse, project.memory) as db:
        return dict(db.execute(read_sql("build/current_texts.sql")).fetchall())


def relearn(project: Project) -> list[Template]:
    """Learn every source's template anew from all its articles; keep and return what was learned.

    A source whose pages teach nothing keeps what it has.
    """
    if not project.warehouse.exists():
        return []
    with open_warehouse(project.warehouse, project.memory) as db:
        rows = db.execute("SELECT source FROM core.source ORDER BY source").fetchall()
        found = {
            name: articles_of(db, project.archive, name, EVERYTHING, EVERYTHING) for (name,) in rows
        }
    lessons = [
        Lesson(
            source=name,
            version=next_version(versions_of(project.templates, name)),
            because=f"asked for, from {len(read)} articles",
            applies_from=0,
            pages=tuple(spread([job for job, _ in read], MAX_PAGES)),
        )
        for name, read in found.items()
        if len(read) >= MIN_PAGES
    ]
    return list(carry_out(project.templates, lessons))


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[TextChange]:
    """Yield the articles whose text differs, in the order of their URLs."""
    for url in sorted(before.keys() | after.keys()):
        old, new = before.get(url, ""), after.get(url, "")
        if old != new:
            yield TextChange(url=url, diff=tuple(_diff(old.splitlines(), new.splitlines())))


def _diff(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    for line in list(unified_diff(old, new, n=0, lineterm=""))[2:]:
        if not line.startswith("@@"):
            yield line
