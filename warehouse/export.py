"""The published views as files: Parquet for programs, CSV for spreadsheets, each with a manifest.

    DIR/articles.parquet  citations.parquet …  sources.yml  manifest.json

A folder is written beside its place and moved there whole, so nobody finds half of an export.
"""

import json
import shutil
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from duckdb import DuckDBPyConnection

from crawler.disk import naming
from crawler.lake import Lake
from warehouse.exits import InputError
from warehouse.lake.reading import open_to_copy
from warehouse.lake.register import publications
from warehouse.snapshots import MANIFEST_NAME, describe_file
from warehouse.store import open_for_export, quote_path, read_sql

SOURCES_NAME: Final = "sources.yml"

# View: the columns its rows are sorted by, so that two exports of one file are the same.
_VIEWS: Final[Mapping[str, str]] = {
    "about": "run_id",
    "articles": "article_id",
    "citations": "citation_id",
    "clusters": "cluster_id",
    "kinship": "article_id, relation, other_id, other_version_no",
    "lineage": "citation_id",
    "overrides": "line",
    "passages": "first_id, paragraph, passage",
    "posts": "version_id, part_no",
    "rejections": "fetch_id",
    "relations": "article_id, other_id, start_char, other_start",
    "reposts": "repost_id",
    "sources": "source",
    "statutes": "statute_id",
    "templates": "article_id",
    "version_pages": "version_id, page_no",
    "versions": "version_id",
}
_OPTIONS: Final = {"parquet": "FORMAT parquet, COMPRESSION zstd", "csv": "FORMAT csv, HEADER"}


class Format(StrEnum):
    """How the files are written."""

    PARQUET = "parquet"
    CSV = "csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    name: str
    type: str  # of the view, as DuckDB writes it
    comment: str

    @property
    def is_duration(self) -> bool:
        """Whether it is written in seconds: Parquet has no negative intervals."""
        return self.type == "INTERVAL"

    @property
    def described(self) -> dict[str, str]:
        """What the manifest says of it."""
        if self.is_duration:
            meaning = f"{self.comment}（秒 / in seconds）"
            return {"name": self.name, "type": "DOUBLE", "meaning": meaning}
        return {"name": self.name, "type": self.type, "meaning": self.comment}

    def cell(self, form: Format) -> str:
        """Return what COPY writes of it."""
        if self.is_duration:
            return f'epoch("{self.name}") AS "{self.name}"'
        return _safe(self) if form is Format.CSV else f'"{self.name}"'


def export(published: Path | Lake, target: Path, form: Format) -> dict[str, Any]:
    """Write the views of what is `published` into the folder `target`; return its manifest.

    An earlier export there is replaced.

    Raises:
        InputError: `target` holds something that is no export.
        duckdb.Error: `published` is no published file.
        LakeError: the lake cannot be reached, or has nothing.
        OSError: the disk is full, or the folder cannot be written.
    """
    _refuse_foreign(target)
    staging = target.with_name(f".{target.name}-next")
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    try:
        with _opened(published) as connection:
            manifest = _write_all(connection, published, staging, form)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise
    if target.exists():
        former = target.with_name(f".{target.name}-former")
        shutil.rmtree(former, ignore_errors=True)
        target.rename(former)
        staging.rename(target)
        shutil.rmtree(former, ignore_errors=True)
    else:
        staging.rename(target)
    return manifest


def _opened(published: Path | Lake) -> AbstractContextManager[DuckDBPyConnection]:
    if isinstance(published, Path):
        return open_for_export(published)
    return closing(open_to_copy(published))


def _write_all(
    connection: DuckDBPyConnection, published: Path | Lake, folder: Path, form: Format
) -> dict[str, Any]:
    columns = {view: _columns(connection, view) for view in _VIEWS}
    files: dict[str, Any] = {}
    for view, order in _VIEWS.items():
        path = folder / f"{view}.{form}"
        ((rows,),) = connection.execute(_copy(view, order, columns[view], path, form)).fetchall()
        described = [column.described for column in columns[view]]
        files[path.name] = {"rows": rows, **describe_file(path), "columns": described}
    if form is Format.PARQUET:
        with naming(folder / SOURCES_NAME):
            (folder / SOURCES_NAME).write_text(_sources_yml(connection, columns), encoding="utf-8")
    origin = (
        _origin(published) if isinstance(published, Path) else _lake_origin(connection, published)
    )
    manifest = {"format": str(form), "exported_from": origin, "files": files}
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    with naming(folder / MANIFEST_NAME):
        (folder / MANIFEST_NAME).write_text(text, encoding="utf-8")
    return manifest


def _copy(view: str, order: str, columns: Sequence[_Column], path: Path, form: Format) -> str:
    """All names are our own; COPY takes no parameters."""
    cells = ", ".join(column.cell(form) for column in columns)
    by = ", ".join(f"{view}.{name}" for name in order.split(", "))
    query = f"SELECT {cells} FROM main.{view} ORDER BY {by}"  # noqa: S608 - see above
    return f"COPY ({query}) TO {quote_path(path)} ({_OPTIONS[form]})"


def _safe(column: _Column) -> str:
    """Text that a spreadsheet would take for a formula gets a ' before it."""
    text = f'"{column.name}"'
    if column.type.endswith("[]"):
        text = f"CAST({text} AS VARCHAR)"
    elif column.type != "VARCHAR":
        return text
    formula = rf"regexp_matches({text}, '^[=+\-@＝＋－＠\t\r\n]')"
    return f"""if({formula}, '''' || {text}, {text}) AS {column.name}"""


def _columns(connection: DuckDBPyConnection, view: str) -> list[_Column]:
    rows = connection.execute(read_sql("docs/columns.sql")).fetchall()
    kinds = {
        name: kind for name, kind, *_ in connection.execute(f"DESCRIBE main.{view}").fetchall()
    }
    return [
        _Column(name=name, type=kinds[name], comment=comment or "")
        for thing, name, _, comment in rows
        if thing == view
    ]


def _sources_yml(connection: DuckDBPyConnection, columns: Mapping[str, Sequence[_Column]]) -> str:
    """For dbt with dbt-duckdb; a JSON text is a YAML text too."""
    comments = {name: comment for _, name, _, comment in _things(connection)}
    lines = [
        "# dbt sources over this folder; dbt-duckdb reads the files where FATIAO_EXPORT says.",
        "version: 2",
        "sources:",
        "  - name: fatiao",
        "    meta: &where",
        """      external_location: "{{ env_var('FATIAO_EXPORT', '.') }}/{name}.parquet\"""",
        "    config:",
        "      meta: *where  # where dbt looks for it from 1.10 on",
        "    tables:",
    ]
    for view, described in columns.items():
        lines += [f"      - name: {view}", f"        description: {_yaml(comments[view])}"]
        lines.append("        columns:")
        for column in described:
            lines.append(f"          - name: {column.name}")
            lines.append(f"            description: {_yaml(column.described['meaning'])}")
    return "\n".join(lines) + "\n"


def _things(connection: DuckDBPyConnection) -> list[tuple[str, str, str, str]]:
    return connection.execute(read_sql("docs/things.sql")).fetchall()


def _yaml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _origin(published: Path) -> dict[str, Any]:
    """What the published file's own manifest says of it, so that an export can be traced."""
    try:
        manifest = json.loads((published.parent / MANIFEST_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {"file": published.name}
    kept = ("run_id", "published_at", "content_digest", "code_version", "left_out")
    return {"file": published.name} | {key: manifest[key] for key in kept if key in manifest}


def _lake_origin(connection: DuckDBPyConnection, lake: Lake) -> dict[str, Any]:
    """Return what each publisher had published by then."""
    publishers = {
        one.publisher: {
            "published_at": one.published_at and one.published_at.isoformat(),
            "content_digest": one.content_digest,
            "code_version": one.code_version,
            "left_out": one.left_out,
        }
        for one in publications(connection)
        if one.content_digest
    }
    return {"lake": str(lake), "publishers": publishers}


def _refuse_foreign(target: Path) -> None:
    if not target.exists():
        return
    is_ours = target.is_dir() and (target / MANIFEST_NAME).is_file()
    if not is_ours and not (target.is_dir() and not any(target.iterdir())):
        raise InputError(f"{target}: holds something else than an export; name another folder")
