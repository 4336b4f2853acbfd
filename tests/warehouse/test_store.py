import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.filled import citation_id, fill_warehouse
from warehouse.store import (
    SchemaMismatchError,
    open_published,
    open_warehouse,
    read_meta,
    transaction,
    write_meta,
)

UNDOCUMENTED = """
    SELECT schema_name || '.' || table_name || '.' || column_name AS name
    FROM duckdb_columns()
    WHERE database_name = 'fatiao' AND NOT internal AND comment IS NULL
    UNION ALL
    SELECT schema_name || '.' || table_name
    FROM duckdb_tables() WHERE database_name = 'fatiao' AND comment IS NULL
    UNION ALL
    SELECT view_name FROM duckdb_views()
    WHERE database_name = 'fatiao' AND NOT internal AND comment IS NULL
    UNION ALL
    SELECT function_name FROM duckdb_functions()
    WHERE database_name = 'fatiao' AND NOT internal AND comment IS NULL
"""
COMMENTS = """
    SELECT comment FROM duckdb_columns() WHERE database_name = 'fatiao' AND NOT internal
    UNION ALL SELECT comment FROM duckdb_tables() WHERE database_name = 'fatiao'
    UNION ALL SELECT comment FROM duckdb_views() WHERE database_name = 'fatiao' AND NOT internal
"""
VIEWS = "SELECT view_name FROM duckdb_views() WHERE database_name = ? AND NOT internal"


@pytest.fixture(scope="module")
def filled_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A filled file under its published name."""
    path = tmp_path_factory.mktemp("store") / "fatiao.duckdb"
    with open_warehouse(path) as connection:
        fill_warehouse(connection)
    return path


@pytest.fixture
def published(filled_file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_published(filled_file) as connection:
        yield connection


def test_reopening_keeps_the_rows(tmp_path: Path) -> None:
    path = tmp_path / "data" / "warehouse.duckdb"
    with open_warehouse(path) as connection:
        fill_warehouse(connection)
    with open_warehouse(path) as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchall() == [(9,)]


def test_a_path_may_hold_quotes_spaces_and_chinese(tmp_path: Path) -> None:
    path = tmp_path / "it's 法条" / "warehouse.duckdb"
    with open_warehouse(path):
        pass
    assert path.is_file()


def test_other_tables_are_refused_and_the_message_names_the_mend(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    with open_warehouse(path) as connection:
        write_meta(connection, {"schema_digest": "000000000000"})
    with (
        pytest.raises(SchemaMismatchError, match="fatiao build --rebuild"),
        open_warehouse(path),
    ):
        pass


def test_a_duckdb_file_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(path) as connection:
        connection.execute("CREATE TABLE theirs (number INTEGER)")
    with pytest.raises(SchemaMismatchError), open_warehouse(path):
        pass


def test_views_of_an_older_program_are_made_again(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    with open_warehouse(path) as connection:
        connection.execute("CREATE OR REPLACE VIEW rejections AS SELECT 1 AS old")
        write_meta(connection, {"code_digest": "old"})
    with open_warehouse(path) as connection:
        assert connection.sql("FROM rejections").columns[0] == "source"


def test_a_failed_block_leaves_nothing() -> None:
    with open_warehouse(":memory:") as connection:
        with pytest.raises(ZeroDivisionError), transaction(connection):
            write_meta(connection, {"half": "done"})
            raise ZeroDivisionError
        assert "half" not in read_meta(connection)


def test_the_file_opens_in_duckdb_from_1_2_on(filled_file: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{filled_file}' AS fatiao (READ_ONLY)")
        ((tags,),) = connection.execute(
            "SELECT tags FROM duckdb_databases() WHERE database_name = 'fatiao'"
        ).fetchall()
    assert tags["storage_version"].startswith("v1.2.0")


def test_everything_is_documented_in_both_languages(
    published: duckdb.DuckDBPyConnection,
) -> None:
    assert published.execute(UNDOCUMENTED).fetchall() == []
    comments = [comment for (comment,) in published.execute(COMMENTS).fetchall()]
    assert [text for text in comments if " / " not in text and "/ " not in text] == []


def test_every_view_runs_when_the_file_is_opened_directly(filled_file: Path) -> None:
    with duckdb.connect(filled_file, read_only=True) as connection:
        views = connection.execute(VIEWS, ["fatiao"]).fetchall()
        assert len(views) >= 12
        for (view,) in views:
            assert connection.execute(f"FROM {view}").fetchall(), view


def test_macros_run_when_the_file_is_opened_directly(filled_file: Path) -> None:
    with duckdb.connect(filled_file, read_only=True) as connection:
        assert len(connection.execute("FROM cites('民法典', 675)").fetchall()) == 3


def test_every_view_runs_under_any_alias_and_reads_its_own_file(
    filled_file: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "older.duckdb"
    with open_warehouse(empty):
        pass
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{filled_file}' AS today (READ_ONLY)")
        connection.execute(f"ATTACH '{empty}' AS yesterday (READ_ONLY)")
        for (view,) in connection.execute(VIEWS, ["today"]).fetchall():
            assert connection.execute(f"FROM today.{view}").fetchall(), view
        assert connection.execute("FROM yesterday.citations").fetchall() == []


def test_macros_run_under_attach_by_their_own_name(filled_file: Path) -> None:
    raw = citation_id("loan", "《合同法》第一百零七条")
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{filled_file}' AS fatiao (READ_ONLY)")
        cited = connection.execute("FROM fatiao.main.cites('合同法')").fetchall()
        lineage = connection.execute("FROM fatiao.main.provenance(?)", [raw]).fetchall()
    assert len(cited) == 3
    assert lineage[0][:2] == (raw, "《合同法》第一百零七条")


@pytest.mark.parametrize(
    "statement",
    [
        "FROM read_csv('/etc/passwd')",
        "FROM read_text('/etc/hostname')",
        "FROM glob('/*')",
        "COPY (SELECT 1) TO '/tmp/fatiao-test.csv'",
        "ATTACH '/tmp/fatiao-test.duckdb'",
        "EXPORT DATABASE '/tmp/fatiao-test'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "SET threads = 1",
        "RESET ALL",
        "PRAGMA threads = 1",
        "PRAGMA enable_external_access = true",
        "PRAGMA profiling_output = '/tmp/fatiao-test.json'",
        "SET log_query_path = '/tmp/fatiao-test.log'",
        "SELECT getenv('HOME')",
        "FROM '/etc/passwd'",
        "FROM read_blob('/etc/*')",
        "FROM read_ndjson_objects('/etc/passwd')",
        "FROM parquet_metadata('/etc/passwd')",
        "FROM sniff_csv('/etc/passwd')",
        "FROM query_table('/etc/passwd')",
        "FROM 'https://law.example/a.csv'",
        "COPY (SELECT 1) TO '/dev/stdout'",
        "IMPORT DATABASE '/tmp/fatiao-test'",
        "CREATE SECRET mine (TYPE s3)",
        "DROP VIEW fatiao.main.citations",
        "UPDATE fatiao.core.article SET url = ''",
        "UPDATE EXTENSIONS",
        "DELETE FROM fatiao.core.citation",
        "CREATE TABLE fatiao.main.mine (number INTEGER)",
        "FROM filled_file",
    ],
)
def test_a_reader_can_only_read(published: duckdb.DuckDBPyConnection, statement: str) -> None:
    with pytest.raises(duckdb.Error):
        published.execute(statement).fetchall()


def test_two_readers_and_a_copier_do_not_disturb_one_another(
    filled_file: Path, tmp_path: Path
) -> None:
    with open_published(filled_file) as one, open_published(filled_file) as two:
        shutil.copy(filled_file, tmp_path / "copy.duckdb")
        assert one.execute("FROM about").fetchall() == two.execute("FROM about").fetchall()


def test_a_second_writer_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    with (
        open_warehouse(path) as connection,
        pytest.raises(duckdb.Error, match=r"lock|already|attached"),
        duckdb.connect(path, read_only=True),
    ):
        connection.execute("SELECT 1")
