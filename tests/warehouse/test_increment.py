import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from crawler.sources import Project
from tests.warehouse.filled import BUILT_AT, fill_warehouse, insert_row, page_id
from warehouse.increment import MOST_PUBLICATIONS
from warehouse.publish import publish
from warehouse.snapshots import DATABASE_NAME, read_manifest
from warehouse.store import open_published, open_warehouse

NUMBER = "13800138000"


@pytest.fixture(scope="module")
def filled_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("increment") / "warehouse.duckdb"
    with open_warehouse(path) as db:
        fill_warehouse(db)
        # Others beside, so that what changes below is little of the whole.
        db.execute("""
            INSERT INTO core.article_version
            SELECT v.* REPLACE (v.version_id || n AS version_id, v.article_id || n AS article_id)
            FROM core.article_version AS v, range(20) AS r(n)
            WHERE v.valid_to IS NULL
        """)
        db.execute("""
            INSERT INTO core.article
            SELECT a.* REPLACE (
                a.article_id || n AS article_id,
                a.url || n AS url,
                a.current_version_id || n AS current_version_id
            )
            FROM core.article AS a, range(20) AS r(n)
        """)
    return path


@pytest.fixture(autouse=True)
def few_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warehouse.increment.FEWEST", 0)


@pytest.fixture
def project(tmp_path: Path, filled_file: Path) -> Project:
    project = Project(file=tmp_path / "fatiao.toml", folder=tmp_path)
    project.warehouse.parent.mkdir()
    shutil.copy(filled_file, project.warehouse)
    return project


@pytest.fixture
def db(project: Project) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_warehouse(project.warehouse) as connection:
        yield connection


def publish_again(db: duckdb.DuckDBPyConnection, project: Project, run_id: int) -> int:
    """Publish; return how many publications the public file has grown by since it was whole."""
    publish(db, project, run_id=run_id, now=BUILT_AT, write_report=lambda *_: None)
    manifest = read_manifest(project.public)
    assert manifest is not None
    assert manifest["run_id"] == run_id
    return int(manifest["since_whole"]["publications"])


def another_day(db: duckdb.DuckDBPyConnection) -> None:
    """What a day brings: a new article, another text, corrections, reposts, a page that is gone."""
    new, card = page_id("loan") + "x", page_id("card")
    db.execute(
        "INSERT INTO core.article SELECT * REPLACE ($1 AS article_id, 'https://n.example/' AS url,"
        " $1 || '-v' AS current_version_id) FROM core.article WHERE article_id = $2",
        [new, page_id("loan")],
    )
    db.execute(
        "INSERT INTO core.article_version BY NAME SELECT v.* REPLACE ($1 AS article_id,"
        " $1 || '-v' AS version_id, text || $3 AS text, title || $3 AS title)"
        " FROM core.article_version AS v JOIN core.article AS a"
        " ON a.current_version_id = v.version_id WHERE a.article_id = $2",
        [new, page_id("loan"), f" 电话{NUMBER}"],
    )
    db.execute(
        "INSERT INTO core.citation SELECT * REPLACE (citation_id || 'x' AS citation_id,"
        " $1 AS article_id, $1 || '-v' AS version_id) FROM core.citation WHERE article_id = $2",
        [new, page_id("loan")],
    )
    db.execute("UPDATE core.article SET gone_at = now() WHERE article_id = ?", [card])
    db.execute(
        "UPDATE core.statute SET repealed_on = DATE '2026-01-01' WHERE short_title = '公司法'"
    )
    db.execute("DELETE FROM core.duplicate WHERE relation = 'exact'")
    db.execute("UPDATE core.citation SET verdict = 'unverifiable' WHERE article_id = ?", [card])
    db.execute("INSERT INTO core.common_shingle VALUES (7)")
    common = {"url": "https://debt.example/", "value": "x", "state": "applied", "detail": "made up"}
    insert_row(db, "ops.override", **common, line=12, kind="date", note="依据公告",
               article_id=page_id("gone"), published_on=BUILT_AT.date())  # fmt: skip


def rows_of(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables of the published file, and of its views."""
    with closing(open_published(folder / DATABASE_NAME)) as reader:
        names = reader.execute(
            "SELECT schema_name || '.' || table_name FROM duckdb_tables()"
            " WHERE database_name = 'fatiao' UNION ALL SELECT view_name FROM duckdb_views()"
            " WHERE database_name = 'fatiao' AND NOT internal AND view_name <> 'freshness'"
        ).fetchall()
        return {name: reader.execute(f"FROM {name} ORDER BY ALL").fetchall() for (name,) in names}


def rows_written_whole(db: duckdb.DuckDBPyConnection, project: Project, run_id: int):  # type: ignore[no-untyped-def]
    elsewhere = project.folder / "elsewhere"
    whole = replace(project, file=elsewhere / "fatiao.toml", folder=elsewhere)
    assert publish_again(db, whole, run_id) == 0
    return rows_of(whole.public)


@pytest.mark.parametrize("is_masked", [True, False])
def test_what_a_day_adds_to_the_last_file_is_what_a_whole_one_would_have(
    db: duckdb.DuckDBPyConnection, project: Project, is_masked: bool
) -> None:
    project = replace(project, publish_masked=is_masked)
    assert publish_again(db, project, 1) == 0
    another_day(db)
    assert publish_again(db, project, 2) == 1
    grown = rows_of(project.public)
    whole = rows_written_whole(db, project, 2)
    assert grown.keys() == whole.keys()
    for name, rows in whole.items():
        assert grown[name] == rows, name
    texts = str(grown["core.article_version"])
    assert (NUMBER in texts) is not is_masked


def test_nothing_is_written_that_did_not_change(
    db: duckdb.DuckDBPyConnection, project: Project
) -> None:
    publish_again(db, project, 1)
    db.execute("UPDATE core.article SET gone_at = now() WHERE article_id = ?", [page_id("card")])
    assert publish_again(db, project, 2) == 1
    manifest = read_manifest(project.public)
    assert manifest is not None
    assert manifest["since_whole"] == {"publications": 1, "versions": 1}


def withdraw_a_text(db: duckdb.DuckDBPyConnection) -> None:
    card = page_id("card")
    for table in ("core.article", "core.article_version", "core.citation"):
        db.execute(f"DELETE FROM {table} WHERE article_id = ?", [card])  # noqa: S608 - our own names


def take_a_name_back(db: duckdb.DuckDBPyConnection) -> None:
    db.execute("UPDATE core.article_version SET author = '本站' WHERE author IS NOT NULL")


def take_a_note_back(db: duckdb.DuckDBPyConnection) -> None:
    db.execute("DELETE FROM ops.override")


def cite_all_again(db: duckdb.DuckDBPyConnection) -> None:
    db.execute("UPDATE core.citation SET citation_id = citation_id || 'y'")
    db.execute("UPDATE core.article SET gone_at = now()")


def rewrite_the_archive(db: duckdb.DuckDBPyConnection) -> None:
    db.execute("INSERT OR REPLACE INTO ops.meta VALUES ('archive_edition', 'another')")
    db.execute("UPDATE core.article SET gone_at = now()")


def change_most(db: duckdb.DuckDBPyConnection) -> None:
    db.execute("UPDATE core.article_version SET category = '别的栏目'")


@pytest.mark.parametrize(
    "change",
    [
        *(withdraw_a_text, take_a_name_back, take_a_note_back),
        *(rewrite_the_archive, cite_all_again, change_most),
    ],
)
def test_what_must_not_be_in_the_file_any_more_is_in_no_free_block_of_it(
    db: duckdb.DuckDBPyConnection, project: Project, change: object
) -> None:
    common = {"url": "https://debt.example/", "value": "x", "state": "applied", "detail": "made up"}
    insert_row(db, "ops.override", **common, line=9, kind="date", note="王女士来电说",
               article_id=page_id("gone"), published_on=BUILT_AT.date())  # fmt: skip
    publish_again(db, project, 1)
    change(db)  # type: ignore[operator]
    assert publish_again(db, project, 2) == 0


def test_other_rules_of_masking_mask_all_again(
    db: duckdb.DuckDBPyConnection, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_again(db, project, 1)
    monkeypatch.setattr("warehouse.redact.RULES", "others")
    assert publish_again(db, project, 2) == 0


def test_another_setting_writes_the_file_anew(
    db: duckdb.DuckDBPyConnection, project: Project
) -> None:
    publish_again(db, project, 1)
    assert publish_again(db, replace(project, publish_text=False), 2) == 0
    assert b"\xe8\xbd\xac\xe8\xb4\xa6" not in (project.public / DATABASE_NAME).read_bytes()


def test_a_damaged_file_is_not_built_on(db: duckdb.DuckDBPyConnection, project: Project) -> None:
    publish_again(db, project, 1)
    with (project.public / DATABASE_NAME).open("r+b") as file:
        file.seek(20_000)
        file.write(b"\x00\x01\x02")
    another_day(db)
    assert publish_again(db, project, 2) == 0


def test_a_file_that_another_duckdb_wrote_is_not_built_on(
    db: duckdb.DuckDBPyConnection, project: Project
) -> None:
    publish_again(db, project, 1)
    path = project.public / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(manifest | {"duckdb_version": "v1.4.4"}), encoding="utf-8")
    another_day(db)
    assert publish_again(db, project, 2) == 0


def test_now_and_then_the_file_is_written_whole(
    db: duckdb.DuckDBPyConnection, project: Project
) -> None:
    publish_again(db, project, 1)
    path = project.public / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["since_whole"]["publications"] = MOST_PUBLICATIONS
    path.write_text(json.dumps(manifest), encoding="utf-8")
    another_day(db)
    assert publish_again(db, project, 2) == 0


def test_where_there_is_little_the_file_is_written_whole(
    db: duckdb.DuckDBPyConnection, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse.increment.FEWEST", 50_000)
    publish_again(db, project, 1)
    another_day(db)
    assert publish_again(db, project, 2) == 0
