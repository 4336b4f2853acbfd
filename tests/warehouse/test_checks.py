import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from duckdb import DuckDBPyConnection

from crawler.sources import Project
from tests.warehouse.filled import BUILT_AT, fill_warehouse, page_id
from warehouse.checks import EXAMPLES, run_checks
from warehouse.publish import last_checked, publish
from warehouse.store import list_sql, open_published, open_warehouse, read_sql

# What each check is there to find, as the statement that brings it about.
FAULTS = {
    "archive_location": "UPDATE ops.fetch SET archive_file = NULL WHERE fetch_id = 1",
    "citation_offsets": "UPDATE core.citation SET start_char = start_char + 1",
    "citation_overlaps": """
        INSERT INTO core.citation
        SELECT * REPLACE (citation_id || 'x' AS citation_id) FROM core.citation LIMIT 1""",
    "citation_parents": "UPDATE core.citation SET statute_id = 'nothing' WHERE article_no = 107",
    "cluster_canonical": """
        UPDATE core.duplicate SET canonical_id = article_id WHERE relation = 'near'""",
    "cluster_members": "DELETE FROM core.article WHERE gone_at IS NOT NULL",
    "control_characters": "UPDATE core.article_version SET title = 'a' || chr(8203)",
    "counts": "DELETE FROM core.cluster",
    "current_version": "UPDATE core.article SET current_version_id = 'nothing'",
    "date_evidence": "UPDATE core.article_version SET published_evidence = NULL",
    "future_dates": """
        UPDATE core.article_version SET published_on = DATE '2031-01-01'
        WHERE published_on IS NOT NULL""",
    "grouped": "DELETE FROM core.member WHERE source = (SELECT min(source) FROM core.member)",
    "numbers_in_range": "UPDATE core.citation SET paragraph_no = 0",
    "one_open_version": "UPDATE core.article_version SET valid_to = NULL",
    "part_offsets": "UPDATE core.part SET end_char = 100000",
    "read_or_refused": "UPDATE core.rejection SET fetch_id = 1 WHERE reason = 'listing'",
    "statute_versions": """
        UPDATE core.statute_version SET effective_to = DATE '1990-01-01'
        WHERE article_count = 428""",
    "text_measures": "UPDATE core.article_version SET char_count = char_count + 1",
    "verdict_evidence": "UPDATE core.citation SET detail = ''",
    "version_order": "UPDATE core.article_version SET version_no = version_no + 1",
}


OTHER_FAULTS = (
    ("citation_offsets", "UPDATE core.citation SET sentence = '别的'"),
    ("citation_offsets", "UPDATE core.citation SET quote_start = 0, quote_end = 100000"),
    ("control_characters", "UPDATE core.citation SET law_title = law_title || chr(8203)"),
    ("control_characters", "UPDATE core.rejection SET detail = detail || chr(7)"),
    ("counts", "DELETE FROM core.article WHERE gone_at IS NOT NULL"),
    ("counts", "UPDATE core.rejection SET fetch_id = fetch_id + 100000"),
    ("counts", "UPDATE core.cluster SET canonical_id = 'nothing'"),
    ("future_dates", "UPDATE core.citation SET as_of = DATE '2031-01-01'"),
    ("future_dates", "UPDATE core.citation SET as_of = DATE '0024-01-01'"),
    ("future_dates", "UPDATE core.part SET published_on = DATE '2031-01-01'"),
)


@pytest.fixture(scope="module")
def filled_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A filled file to copy: filling it again for every test takes ten times as long."""
    path = tmp_path_factory.mktemp("checks") / "warehouse.duckdb"
    with open_warehouse(path) as connection:
        fill_warehouse(connection)
    return path


@pytest.fixture
def db(filled_file: Path, tmp_path: Path) -> Iterator[DuckDBPyConnection]:
    with open_warehouse(shutil.copy(filled_file, tmp_path / "warehouse.duckdb")) as connection:
        yield connection


def test_a_sound_warehouse_passes(db: DuckDBPyConnection) -> None:
    assert run_checks(db) == []


def test_an_empty_warehouse_passes() -> None:
    with open_warehouse(":memory:") as connection:
        assert run_checks(connection) == []


def test_every_check_has_a_fault_that_it_is_tried_on() -> None:
    assert list_sql("checks") == sorted(FAULTS)


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_each_check_finds_its_fault(db: DuckDBPyConnection, name: str) -> None:
    db.execute(FAULTS[name])
    assert name in {failure.name for failure in run_checks(db)}


def test_the_checks_find_their_other_faults(db: DuckDBPyConnection) -> None:
    for name, fault in OTHER_FAULTS:
        db.begin()
        db.execute(fault)
        assert name in {failure.name for failure in run_checks(db)}, fault
        db.rollback()


def test_a_failure_says_what_it_means_and_shows_a_few_rows(db: DuckDBPyConnection) -> None:
    db.execute(FAULTS["citation_offsets"])
    failure = next(found for found in run_checks(db) if found.name == "citation_offsets")
    assert failure.rows == 15
    assert len(failure.examples) == EXAMPLES
    assert "fatiao build --rebuild" in str(failure)
    assert "《民法典》" in str(failure)


@pytest.mark.parametrize("name", list_sql("checks"))
def test_every_check_begins_with_its_meaning_and_the_mend(name: str) -> None:
    first = read_sql(f"checks/{name}.sql").split("\n", 1)[0]
    assert first.startswith("-- ")
    assert "; " in first


def test_an_emoji_or_a_line_break_is_no_control_character(db: DuckDBPyConnection) -> None:
    db.execute(
        "UPDATE core.article_version SET text = '😀\n\t好', char_count = 4, text_sha256 = sha256(?)"
        " WHERE article_id = ?",
        ["😀\n\t好", page_id("card")],
    )
    assert run_checks(db) == []


def test_what_was_public_once_is_not_read_again(tmp_path: Path) -> None:
    """A text that is damaged in the private file is found where its version is a new one."""
    project = Project(file=tmp_path / "fatiao.toml", folder=tmp_path)
    with open_warehouse(project.warehouse) as connection:
        fill_warehouse(connection)
        publish(connection, project, run_id=1, now=BUILT_AT, write_report=lambda *_: None)
        checked = last_checked(project)
        assert checked is not None
        assert run_checks(connection, checked) == []
        ((looked_at,),) = connection.execute("SELECT count(*) FROM unchecked_version").fetchall()
        assert looked_at == 0
        connection.execute(
            "UPDATE core.article_version SET title = title || chr(8203) WHERE article_id = ?",
            [page_id("card")],
        )
        assert [one.name for one in run_checks(connection, checked)] == ["control_characters"]
        connection.execute(
            "INSERT INTO core.citation SELECT * REPLACE (citation_id || 'x' AS citation_id,"
            " start_char + 1 AS start_char) FROM core.citation LIMIT 1"
        )
        names = [one.name for one in run_checks(connection, checked)]
        assert names == ["citation_offsets", "control_characters"]


def test_other_checks_read_every_text_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = Project(file=tmp_path / "fatiao.toml", folder=tmp_path)
    with open_warehouse(project.warehouse) as connection:
        fill_warehouse(connection)
        publish(connection, project, run_id=1, now=BUILT_AT, write_report=lambda *_: None)
    monkeypatch.setattr("warehouse.publish.checks_digest", lambda: "others")
    assert last_checked(project) is None


@pytest.mark.parametrize("harm", ["cut", "other columns"])
def test_a_public_file_that_is_damaged_or_of_another_kind_hinders_no_publication(
    tmp_path: Path, harm: str
) -> None:
    project = Project(file=tmp_path / "fatiao.toml", folder=tmp_path)
    with open_warehouse(project.warehouse) as connection:
        fill_warehouse(connection)
        publish(connection, project, run_id=1, now=BUILT_AT, write_report=lambda *_: None)
        checked = last_checked(project)
        assert checked is not None
        if harm == "cut":
            checked.write_bytes(checked.read_bytes()[:9_000])
        else:
            checked.unlink()
            duckdb.connect(checked).close()
        connection.execute(
            "UPDATE core.article_version SET title = title || chr(8203) WHERE article_id = ?",
            [page_id("card")],
        )
        assert [one.name for one in run_checks(connection, checked)] == ["control_characters"]
        publish(connection, project, run_id=2, now=BUILT_AT, write_report=lambda *_: None)
    with open_published(project.public / "fatiao.duckdb") as reader:
        assert reader.execute("SELECT count(*) > 0 FROM articles").fetchall() == [(True,)]
