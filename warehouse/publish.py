"""Publishing: a copy of the warehouse that analysts open, swapped in whole or not at all.

    snapshots/run-000012/   fatiao.duckdb  report.html  manifest.json
    public -> snapshots/run-000012

Readers keep the file they opened; whoever opens `public/fatiao.duckdb` next gets the new one.
With a lake the rows go there (`warehouse.lake`), and the folder has the report and the manifest.
Killed anywhere, a publication leaves at worst a folder nobody points at; the next one clears it.
The caller holds the project's lock.
"""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from hashlib import file_digest, sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from duckdb import DuckDBPyConnection

from crawler.disk import naming, sync
from crawler.faults import Point, reached
from crawler.sources import Project
from warehouse.checks import checks_digest
from warehouse.exits import PublishError
from warehouse.increment import MOST_PUBLICATIONS, Base, Since, write_database
from warehouse.lake.deliver import Content, deliver, holds
from warehouse.redact import omission_of, rules_digest
from warehouse.search_index import META as INDEXED
from warehouse.search_index import tokenizer_of
from warehouse.store import SCHEMA_VERSION, STORAGE_VERSION, open_published, read_sql, write_meta

DATABASE_NAME: Final = "fatiao.duckdb"  # opened directly, its catalog is `fatiao`
REPORT_NAME: Final = "report.html"
MANIFEST_NAME: Final = "manifest.json"
REPUBLISH_AFTER: Final = timedelta(hours=24)  # so that freshness is never older than a day

_STAGING: Final = ".staging-"
_WITHDRAWN: Final = "withdrawn"  # an empty file in a snapshot's folder

WriteReport = Callable[[DuckDBPyConnection, Path, datetime], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishReport:
    """How a publication ended."""

    published: bool
    folder: Path | None  # what `public` points at now
    reason: str  # a sentence for people


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
    _refuse_foreign(project.public)
    _clear_leftovers(project)
    digest = content_digest(connection)
    current = _public_folder(project)
    if current is not None and _is_still_good(project, current, digest, now):
        return PublishReport(published=False, folder=current, reason="nothing new to publish")
    if current is not None and _is_withdrawn(project, digest):
        reason = "what there is was withdrawn by publish --back; fatiao publish --again allows it"
        return PublishReport(published=False, folder=current, reason=reason)
    staging = project.snapshots / f"{_STAGING}{run_id}"
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
    folder = _free_name(project.snapshots, run_id)
    reached(Point.BEFORE_RENAME)
    staging.rename(folder)
    sync(project.snapshots)
    reached(Point.AFTER_RENAME)
    _point(project.public, folder)
    reached(Point.AFTER_SWAP)
    _prune(project, folder)
    return PublishReport(published=True, folder=folder, reason=f"published as {folder.name}")


def last_checked(project: Project) -> Path | None:
    """Return the public file if it passed the checks there are now; now and then, none."""
    folder = _public_folder(project)
    manifest = read_manifest(folder) if folder else None
    if project.lake or not folder or not manifest:
        return None
    if manifest.get("checks_digest") != checks_digest():
        return None
    since = manifest.get("since_whole", {}).get("publications", MOST_PUBLICATIONS)
    return folder / DATABASE_NAME if since < MOST_PUBLICATIONS else None


def withdraw(project: Project) -> PublishReport:
    """Let `public` point at the snapshot before, and keep what it pointed at from coming back.

    A later run publishes again as soon as the warehouse says something else.

    Raises:
        PublishError: nothing is public, or there is no earlier snapshot.
    """
    if project.lake is not None:
        raise PublishError(f"{project.lake}: fatiao lake says how to ask its snapshots before")
    _refuse_foreign(project.public)
    current = _public_folder(project)
    manifest = read_manifest(current) if current else None
    if current is None or manifest is None:
        raise PublishError(f"{project.public}: nothing is public; run: fatiao run")
    dated = [folder for _, folder in _dated_snapshots(project)]
    before = dated[[folder.name for folder in dated].index(current.name) + 1 :]
    earlier = [folder for folder in before if not (folder / _WITHDRAWN).exists()]
    if not earlier:
        raise PublishError(f"{project.snapshots}: there is no snapshot before {current.name}")
    _next_link(project.public).unlink(missing_ok=True)
    _point(project.public, earlier[0])
    (current / _WITHDRAWN).touch()
    reason = f"back to {earlier[0].name}"
    return PublishReport(published=True, folder=earlier[0], reason=reason)


def allow_again(project: Project) -> None:
    """Forget what was withdrawn."""
    for mark in project.snapshots.glob(f"run-*/{_WITHDRAWN}"):
        mark.unlink()


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """Return the manifest of a snapshot's folder, or None where there is no readable one."""
    try:
        manifest = json.loads((folder / MANIFEST_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return manifest if isinstance(manifest, dict) else None


def _refuse_foreign(public: Path) -> None:
    if public.exists() and not public.is_symlink():
        raise PublishError(f"{public}: is no link made by fatiao; move it away and run again")


def _clear_leftovers(project: Project) -> None:
    """Remove what a killed publication left behind."""
    for folder in project.snapshots.glob(f"{_STAGING}*"):
        shutil.rmtree(folder)
    _next_link(project.public).unlink(missing_ok=True)


def _public_folder(project: Project) -> Path | None:
    folder = project.public.resolve()
    whole = MANIFEST_NAME if project.lake else DATABASE_NAME
    return folder if (folder / whole).is_file() else None


def _is_still_good(project: Project, folder: Path, digest: str, now: datetime) -> bool:
    manifest, left_out = read_manifest(folder), str(omission_of(project))
    if manifest is None or manifest.get("content_digest") != digest:
        return False
    said = [manifest.get(key) for key in ("left_out", "rules_digest", INDEXED)]
    if said != [left_out, rules_digest(), tokenizer_of(project)]:
        return False
    is_fresh = now - datetime.fromisoformat(manifest["published_at"]) < REPUBLISH_AFTER
    return is_fresh and (not project.lake or holds(project.lake, digest, left_out))


def _is_withdrawn(project: Project, digest: str) -> bool:
    marks = project.snapshots.glob(f"run-*/{_WITHDRAWN}")
    manifests = (read_manifest(mark.parent) for mark in marks)
    return any(one is not None and one.get("content_digest") == digest for one in manifests)


def _dated_snapshots(project: Project) -> list[tuple[str, Path]]:
    """The snapshots with their times of publication, the latest first."""
    manifests = {folder: read_manifest(folder) for folder in project.snapshots.glob("run-*")}
    dated = [(m["published_at"], folder) for folder, m in manifests.items() if m]
    return sorted(dated, reverse=True)


def _write_database(
    connection: DuckDBPyConnection, target: Path, project: Project, run_id: int, now: datetime
) -> Since:
    omission, current = omission_of(project), _public_folder(project)
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


def describe_file(path: Path) -> dict[str, int | str]:
    """Return the size and the sha256 of a file, for a manifest."""
    with path.open("rb") as file:
        return {"bytes": path.stat().st_size, "sha256": file_digest(file, "sha256").hexdigest()}


def _free_name(snapshots: Path, run_id: int) -> Path:
    """One run can be published twice: after a rebuild, or after a kill before the swap."""
    name = f"run-{run_id:06d}"
    folder, number = snapshots / name, 1
    while folder.exists():
        number += 1
        folder = snapshots / f"{name}-{number}"
    return folder


def _point(public: Path, folder: Path) -> None:
    link = _next_link(public)
    # Relative, so that the user's folder can be moved.
    link.symlink_to(os.path.relpath(folder, public.parent), target_is_directory=True)
    link.replace(public)
    sync(public.parent)


def _next_link(public: Path) -> Path:
    return public.with_name(f".{public.name}-next")


def _prune(project: Project, current: Path) -> None:
    others = [folder for _, folder in _dated_snapshots(project) if folder != current]
    others.sort(key=lambda folder: (folder / _WITHDRAWN).exists())  # nobody goes back to these
    for folder in others[project.keep_snapshots - 1 :]:
        # Renamed first: a removal that is killed half-way is then cleared by the next run.
        doomed = folder.rename(folder.with_name(f"{_STAGING}old-{folder.name}"))
        shutil.rmtree(doomed)
