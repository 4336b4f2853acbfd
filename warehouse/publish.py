"""Publishing: a copy of the warehouse that analysts open, swapped in whole or not at all.

    snapshots/run-000012/   fatiao.duckdb  report.html  manifest.json
    public -> snapshots/run-000012

Readers keep the file they opened; whoever opens `public/fatiao.duckdb` next gets the new one.
With a lake the rows go there (`warehouse.lake`), and the folder has the report and the manifest.
Killed anywhere, a publication leaves at worst a folder nobody points at; the next one clears it.
The caller holds the project's lock.
"""

import json
import shutil
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from duckdb import DuckDBPyConnection

from crawler.disk import naming, sync
from crawler.faults import Point, reached
from crawler.sources import Project
from warehouse.checks import checks_digest
from warehouse.increment import MOST_PUBLICATIONS, Base, Since, write_database
from warehouse.lake.deliver import Content, deliver, holds
from warehouse.redact import omission_of, rules_digest
from warehouse.search_index import META as INDEXED
from warehouse.search_index import tokenizer_of
from warehouse.snapshots import (
    DATABASE_NAME,
    MANIFEST_NAME,
    REPORT_NAME,
    STAGING,
    PublishReport,
    clear_leftovers,
    describe_file,
    free_name,
    is_withdrawn,
    point,
    prune,
    public_folder,
    read_manifest,
    refuse_foreign,
)
from warehouse.store import SCHEMA_VERSION, STORAGE_VERSION, open_published, read_sql, write_meta

REPUBLISH_AFTER: Final = timedelta(hours=24)  # so that freshness is never older than a day

WriteReport = Callable[[DuckDBPyConnection, Path, datetime], None]


def content_digest(connection: DuckDBPyConnection) -> str:
    """Return the sha256, hexadecimal, of what the warehouse says, whatever the rows' order."""
    rows = connection.execute(read_sql("content.sql")).fetchall()
    return sha256(json.dumps(rows).encode()).hexdigest()


def publish(
    connection: DuckDBPyConnection,
    project: Project,
    *,
    run_id: int,
    now: datetime,
    write_report: WriteReport,
) -> PublishReport:
    """Publish the private warehouse that `connection` has open, if it says anything new.

    `write_report` gets a connection to the finished copy, the file to write, and `now`.

    Raises:
        PublishError: `public` is no link of ours, or the file cannot be copied.
        OSError: the disk is full, or a folder cannot be written.
    """
    refuse_foreign(project.public)
    clear_leftovers(project)
    digest = content_digest(connection)
    current = public_folder(project)
    if current is not None and _is_still_good(project, current, digest, now):
        return PublishReport(published=False, folder=current, reason="nothing new to publish")
    if current is not None and is_withdrawn(project, digest):
        reason = "what there is was withdrawn by publish --back; fatiao publish --again allows it"
        return PublishReport(published=False, folder=current, reason=reason)
    staging = project.snapshots / f"{STAGING}{run_id}"
    staging.mkdir(parents=True)
    try:
        since = _write_database(connection, staging / DATABASE_NAME, project, run_id, now)
        stated = {
            "content_digest": digest,
            "left_out": str(omission_of(project)),
            "rules_digest": rules_digest(),
            INDEXED: tokenizer_of(project),
            "checks_digest": checks_digest(),
            "since_whole": asdict(since),
        }
        _write_rest(project, staging, run_id, now, stated, write_report)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise
    folder = _swap_in(project, staging, free_name(project.snapshots, run_id))
    return PublishReport(published=True, folder=folder, reason=f"published as {folder.name}")


def _swap_in(project: Project, staging: Path, folder: Path) -> Path:
    """Name what is whole now, and let `public` point at it."""
    reached(Point.BEFORE_RENAME)
    staging.rename(folder)
    sync(project.snapshots)
    reached(Point.AFTER_RENAME)
    point(project.public, folder)
    reached(Point.AFTER_SWAP)
    prune(project, folder)
    return folder


def last_checked(project: Project) -> Path | None:
    """Return the public file if it passed the checks there are now; now and then, none."""
    folder = public_folder(project)
    manifest = read_manifest(folder) if folder else None
    if project.lake or not folder or not manifest:
        return None
    if manifest.get("checks_digest") != checks_digest():
        return None
    since = manifest.get("since_whole", {}).get("publications", MOST_PUBLICATIONS)
    return folder / DATABASE_NAME if since < MOST_PUBLICATIONS else None


def _is_still_good(project: Project, folder: Path, digest: str, now: datetime) -> bool:
    manifest, left_out = read_manifest(folder), str(omission_of(project))
    if manifest is None or manifest.get("content_digest") != digest:
        return False
    said = [manifest.get(key) for key in ("left_out", "rules_digest", INDEXED)]
    if said != [left_out, rules_digest(), tokenizer_of(project)]:
        return False
    is_fresh = now - datetime.fromisoformat(manifest["published_at"]) < REPUBLISH_AFTER
    return is_fresh and (not project.lake or holds(project.lake, digest, left_out))


def _write_database(
    connection: DuckDBPyConnection, target: Path, project: Project, run_id: int, now: datetime
) -> Since:
    omission, current = omission_of(project), public_folder(project)
    manifest = read_manifest(current) if current else None
    values = {"run_id": str(run_id), "published_at": now.isoformat(timespec="seconds")}
    values |= {"left_out": str(omission), "rules_digest": rules_digest()}
    values |= {INDEXED: tokenizer_of(project), "code_version": version("fatiao")}
    write_meta(connection, values)
    reached(Point.BEFORE_COPY)
    base = None
    if current and manifest and not project.lake:
        base = Base(file=current / DATABASE_NAME, manifest=manifest)
    return write_database(connection, target, omission, base)


def _write_rest(
    project: Project,
    staging: Path,
    run_id: int,
    now: datetime,
    stated: dict[str, Any],
    write_report: WriteReport,
) -> None:
    """Write the report and the manifest from the copy itself, so that they cannot disagree."""
    database = staging / DATABASE_NAME
    reached(Point.BEFORE_REPORT)
    report, described = staging / REPORT_NAME, staging / MANIFEST_NAME
    with open_published(database) as connection:
        with naming(report):
            write_report(connection, report, now)
        counts = connection.execute(read_sql("counts.sql")).fetchall()
        ((duckdb_version,),) = connection.execute("SELECT version()").fetchall()
    if project.lake:
        deliver(database, project, project.lake, Content.of(stated, now))
        database.unlink()
    manifest = {
        "run_id": run_id,
        "published_at": now.isoformat(timespec="seconds"),
        **stated,
        "files": {path.name: describe_file(path) for path in sorted(staging.iterdir())},
        "rows": dict(counts),
        "schema_version": SCHEMA_VERSION,
        "code_version": version("fatiao"),
        "duckdb_version": duckdb_version,
        "storage_version": STORAGE_VERSION,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    reached(Point.BEFORE_MANIFEST)
    with naming(described):
        described.write_text(text, encoding="utf-8")
    for path in staging.iterdir():
        sync(path)
    sync(staging)
