"""The folder of snapshots: what is public, what was before, and the way back.

    snapshots/run-000012/   fatiao.duckdb  report.html  manifest.json
    public -> snapshots/run-000012

`public` is one link, swapped once.  A snapshot is whole: it was written under another name.
"""

import json
import os
import shutil
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Any, Final

from crawler.disk import sync
from crawler.sources import Project
from warehouse.exits import PublishError

DATABASE_NAME: Final = "fatiao.duckdb"  # opened directly, its catalog is `fatiao`
REPORT_NAME: Final = "report.html"
MANIFEST_NAME: Final = "manifest.json"
STAGING: Final = ".staging-"  # how the name of a folder begins that is not whole

_WITHDRAWN: Final = "withdrawn"  # an empty file in a snapshot's folder


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishReport:
    """How a publication ended."""

    published: bool
    folder: Path | None  # what `public` points at now
    reason: str  # a sentence for people


def withdraw(project: Project) -> PublishReport:
    """Let `public` point at the snapshot before, and keep what it pointed at from coming back.

    A later run publishes again as soon as the warehouse says something else.

    Raises:
        PublishError: nothing is public, or there is no earlier snapshot.
    """
    if project.lake is not None:
        raise PublishError(f"{project.lake}: fatiao lake says how to ask its snapshots before")
    refuse_foreign(project.public)
    current = public_folder(project)
    manifest = read_manifest(current) if current else None
    if current is None or manifest is None:
        raise PublishError(f"{project.public}: nothing is public; run: fatiao run")
    dated = [folder for _, folder in _dated_snapshots(project)]
    before = dated[[folder.name for folder in dated].index(current.name) + 1 :]
    earlier = [folder for folder in before if not (folder / _WITHDRAWN).exists()]
    if not earlier:
        raise PublishError(f"{project.snapshots}: there is no snapshot before {current.name}")
    _next_link(project.public).unlink(missing_ok=True)
    point(project.public, earlier[0])
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


def describe_file(path: Path) -> dict[str, int | str]:
    """Return the size and the sha256 of a file, for a manifest."""
    with path.open("rb") as file:
        return {"bytes": path.stat().st_size, "sha256": file_digest(file, "sha256").hexdigest()}


def public_folder(project: Project) -> Path | None:
    """Return the folder that `public` points at, if it holds a snapshot."""
    folder = project.public.resolve()
    whole = MANIFEST_NAME if project.lake else DATABASE_NAME
    return folder if (folder / whole).is_file() else None


def refuse_foreign(public: Path) -> None:
    """Raise a PublishError where `public` is no link of ours."""
    if public.exists() and not public.is_symlink():
        raise PublishError(f"{public}: is no link made by fatiao; move it away and run again")


def clear_leftovers(project: Project) -> None:
    """Remove what a killed publication left behind."""
    for folder in project.snapshots.glob(f"{STAGING}*"):
        shutil.rmtree(folder)
    _next_link(project.public).unlink(missing_ok=True)


def is_withdrawn(project: Project, digest: str) -> bool:
    """Tell whether a snapshot of this content was withdrawn."""
    marks = project.snapshots.glob(f"run-*/{_WITHDRAWN}")
    manifests = (read_manifest(mark.parent) for mark in marks)
    return any(one is not None and one.get("content_digest") == digest for one in manifests)


def free_name(snapshots: Path, run_id: int) -> Path:
    """Return where to put the snapshot of a run.

    One run can be published twice: after a rebuild, or after a kill before the swap.
    """
    name = f"run-{run_id:06d}"
    folder, number = snapshots / name, 1
    while folder.exists():
        number += 1
        folder = snapshots / f"{name}-{number}"
    return folder


def point(public: Path, folder: Path) -> None:
    """Let `public` point at `folder`, at once for whoever opens it next."""
    link = _next_link(public)
    # Relative, so that the user's folder can be moved.
    link.symlink_to(os.path.relpath(folder, public.parent), target_is_directory=True)
    link.replace(public)
    sync(public.parent)


def prune(project: Project, current: Path) -> None:
    """Remove the oldest snapshots, those that were withdrawn first."""
    others = [folder for _, folder in _dated_snapshots(project) if folder != current]
    others.sort(key=lambda folder: (folder / _WITHDRAWN).exists())  # nobody goes back to these
    for folder in others[project.keep_snapshots - 1 :]:
        # Renamed first: a removal that is killed half-way is then cleared by the next run.
        doomed = folder.rename(folder.with_name(f"{STAGING}old-{folder.name}"))
        shutil.rmtree(doomed)


def _dated_snapshots(project: Project) -> list[tuple[str, Path]]:
    """The snapshots with their times of publication, the latest first."""
    manifests = {folder: read_manifest(folder) for folder in project.snapshots.glob("run-*")}
    dated = [(m["published_at"], folder) for folder, m in manifests.items() if m]
    return sorted(dated, reverse=True)


def _next_link(public: Path) -> Path:
    return public.with_name(f".{public.name}-next")
