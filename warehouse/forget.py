"""`fatiao forget`: a page or a host out of everything that is stored, for good, and the proof.

In this order, each step whole or not at all, so that a killed command is finished by giving it
again: frontier and archive (`crawler.forget`), warehouse, a new publication, the older snapshots.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from duckdb import DuckDBPyConnection

from crawler.forget import Doomed, files_of, find, forget, is_hit, purge_logs, with_mentions
from crawler.frontier.alone import alone
from crawler.frontier.store import Frontier, open_frontier
from crawler.frontier.verdicts import findings
from crawler.mentions import Mentions
from crawler.sources import Project
from crawler.urls import CanonicalUrl, article_id
from warehouse.elsewhere import require_files
from warehouse.lake.reading import open_own
from warehouse.lake.tidy import purge
from warehouse.load import load_findings, load_source_runs
from warehouse.proof import THEIRS, candidates, name_columns
from warehouse.relocate import follow_archive
from warehouse.runs import remove_runs
from warehouse.snapshots import DATABASE_NAME
from warehouse.store import open_published, open_warehouse, read_sql, transaction, write_meta
from warehouse.templates import forget_urls


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What would be taken out."""

    doomed: Doomed
    articles: int
    versions: int
    citations: int
    reposts: tuple[str, ...]  # other URLs that have the same text, and stay
    snapshots: int  # that hold any of it


def plan_forget(project: Project, target: str) -> Plan:
    """Say what forgetting `target` would take out; changes nothing of it."""
    with open_frontier(project.frontier) as frontier:
        doomed = find(frontier, target)
        found, titles = None, list[str]()
        if project.warehouse.exists():
            with open_warehouse(project.warehouse, project.memory) as db:
                found = _found(db, doomed)
                if found[3] and "://" in target:
                    # The same article under other URLs, by the page's own canonical link.
                    doomed = find(frontier, target, found[3])
                titles = _titles(db, found[0] or [])
                doomed = replace(doomed, titles=_unshared(db, doomed.titles, found[0] or []))
        starts = [url for source in project.sources for url in source.start]
        require_files(project, frontier, files_of(frontier, doomed))
        doomed = with_mentions(frontier, project.archive, doomed, titles, starts)
    articles, versions, citations, _, reposts, _ = found or ([], 0, 0, [], [], 0)
    return Plan(
        doomed=doomed,
        articles=len(articles or ()),
        versions=versions,
        citations=citations,
        reposts=tuple(sorted(reposts or ())),
        snapshots=sum(_count(db, doomed) > 0 for db in _published(project)),
    )


def carry_out(
    project: Project, plan: Plan, because: str, now: datetime, publish: Callable[[], object]
) -> Plan:
    """Take out what `plan` names; the caller holds the project lock.

    Returns the plan, made anew where others may have crawled since.  `publish` makes a new
    publication of the warehouse; the snapshots before it are removed.

    Raises:
        LakeError: Postgres cannot be reached; given again, the command goes on from there.
        FrontierLockedError: another machine crawls.
    """
    sources = [source.name for source in project.sources]
    with open_frontier(project.frontier) as frontier:
        with alone(frontier, sources) as run_id:
            if run_id is not None:
                plan = plan_forget(project, plan.doomed.target)
            forget(frontier, project.archive, plan.doomed, because, now.timestamp(), run_id)
        _forget_in_warehouse(project, frontier, plan.doomed.mentions)
    forget_urls(project.templates, plan.doomed.urls)
    purge_logs(project.folder, plan.doomed.mentions)
    if project.public.exists():
        publish()
        _drop_older(project)
    if project.lake is not None:
        purge(project.lake)
    return plan


def compact(path: Path) -> None:
    """Write the database at `path` anew, so that deleted rows are in no free block of it."""
    fresh = path.with_name(f"{path.name}.fresh")
    for leftover in (fresh, path.with_name(f"{fresh.name}.wal")):
        leftover.unlink(missing_ok=True)
    with open_warehouse(fresh) as db:
        quoted = str(path).replace("'", "''")  # ATTACH takes no parameters
        db.execute(f"ATTACH '{quoted}' AS old (READ_ONLY)")
        with transaction(db):
            for (table,) in db.execute(read_sql("forget/tables.sql")).fetchall():
                db.execute(f"DELETE FROM fatiao.{table}")  # noqa: S608 - our own names
                db.execute(f"INSERT INTO fatiao.{table} SELECT * FROM old.{table}")  # noqa: S608
        db.execute("DETACH old")
        db.execute("CHECKPOINT fatiao")
    remove_runs(path)
    path.with_name(f"{path.name}.wal").unlink(missing_ok=True)
    fresh.replace(path)


def _forget_in_warehouse(project: Project, frontier: Frontier, mentions: Mentions) -> None:
    if not project.warehouse.exists():
        return
    with open_warehouse(project.warehouse, project.memory) as db, transaction(db):
        write_meta(db, {"archive_edition": ""})  # also where an earlier attempt was killed
        follow_archive(db, frontier)
        db.execute("DELETE FROM ops.finding")  # what names it there was replaced in the frontier
        load_findings(db, findings(frontier))
        load_source_runs(db, frontier.source_runs())
        _scrub(db, mentions)
    compact(project.warehouse)


def _found(db: DuckDBPyConnection, doomed: Doomed) -> tuple[list[str], int, int, list[str],
                                                            list[str], int]:  # fmt: skip
    stored = db.execute("SELECT article_id, url FROM core.article").fetchall()
    ids = [id_ for id_, url in stored if is_hit(doomed.target, url)]
    ids += [article_id(CanonicalUrl(url)) for url in doomed.urls]
    row: tuple[list[str], int, int, list[str], list[str], int] | None = db.execute(
        read_sql("forget/found.sql"), {"ids": ids, "urls": list(doomed.urls)}
    ).fetchone()
    assert row is not None  # noqa: S101 - it has no FROM
    return row


def _scrub(db: DuckDBPyConnection, mentions: Mentions) -> None:
    """Take its names out of what other pages' rows say of it, but not out of their texts."""
    for table, column in name_columns(db):
        if f"{table}.{column}" in THEIRS or column == "examples":
            continue
        for (text,) in candidates(db, table, column, mentions):
            if mentions.are_in(text):
                update = f'UPDATE {table} SET "{column}" = ? WHERE "{column}" = ?'  # noqa: S608 - our own names
                db.execute(update, [mentions.scrubbed(text), text])


def _titles(db: DuckDBPyConnection, articles: list[str]) -> list[str]:
    """Return the titles of `articles` by which no other article goes."""
    rows = db.execute(read_sql("forget/titles.sql"), {"ids": articles}).fetchall()
    return [title for (title,) in rows]


def _unshared(
    db: DuckDBPyConnection, titles: Iterable[str], articles: list[str]
) -> tuple[str, ...]:
    """Return those of `titles` that are in no title of an article but `articles`."""
    names = {"titles": list(titles), "ids": articles}
    rows = db.execute(read_sql("forget/unshared.sql"), names).fetchall()
    return tuple(title for (title,) in rows)


def _count(db: DuckDBPyConnection, doomed: Doomed) -> int:
    articles, versions, citations, _, _, fetches = _found(db, doomed)
    return len(articles or ()) + versions + citations + fetches


def _published(project: Project) -> Iterator[DuckDBPyConnection]:
    for path in sorted(project.snapshots.glob(f"*/{DATABASE_NAME}")):
        with open_published(path) as db:
            yield db
    if project.lake is not None and project.public.exists():
        with open_own(project.lake) as db:
            yield db


def _drop_older(project: Project) -> None:
    current = project.public.resolve()
    for folder in project.snapshots.iterdir():
        if folder.resolve() != current:
            shutil.rmtree(folder)
