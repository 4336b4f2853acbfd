"""What `fatiao sql` runs, and what it refuses: other files, attaching, settings, any way."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.filled import fill_warehouse
from warehouse.cli.results import run_statements
from warehouse.store import open_published, open_warehouse


@pytest.fixture(name="published", scope="module")
def _published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("permitted") / "fatiao.duckdb"
    with open_warehouse(file) as connection:
        fill_warehouse(connection)
    return file


@pytest.fixture(name="db")
def _db(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    connection = open_published(published)
    yield connection
    connection.close()


@pytest.mark.parametrize(
    "statement",
    [
        # Other files, and the network.
        "FROM read_text('/etc/hostname')",
        "FROM read_blob('/etc/hostname')",
        "FROM read_csv('/etc/hostname')",
        "FROM read_json('/etc/hostname')",
        "FROM read_parquet('/etc/hostname')",
        "FROM parquet_metadata('/etc/hostname')",
        "FROM read_duckdb('/etc/hostname')",
        "FROM sniff_csv('/etc/hostname')",
        "FROM glob('/etc/*')",
        "FROM '/etc/hostname'",
        "FROM 'elsewhere.csv'",
        "FROM 'https://127.0.0.1:1/a.parquet'",
        "FROM query('FROM read_te' || 'xt(''/etc/hostname'')')",
        "FROM query/* */ ('SELECT 1')",
        "FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))",
        "SELECT getenv('HOME')",
        "COPY articles TO '/tmp/fatiao-stolen.csv'",
        "COPY articles FROM '/etc/hostname'",
        "EXPORT DATABASE '/tmp/fatiao-stolen'",
        "IMPORT DATABASE '/tmp/fatiao-stolen'",
        "CREATE SECRET (TYPE http)",
        "FROM duckdb_secrets()",
        # Attaching.
        "ATTACH '/tmp/fatiao-other.duckdb'",
        "ATTACH ':memory:' AS other",
        "ATTACH 'https://127.0.0.1:1/a.duckdb'",
        "DETACH memory",
        "COPY FROM DATABASE fatiao TO memory",
        # Settings, extensions.
        "SET threads = 1",
        "RESET threads",
        "SET lock_configuration = false",
        "SET enable_external_access = true",
        "USE ops",
        "PRAGMA threads = 1",
        "PRAGMA enable_profiling",
        "PRAGMA disable_optimizer",
        "PRAGMA enable_verification",
        "CALL enable_profiling()",
        "FROM enable_profiling(save_location := '/tmp/fatiao-stolen.txt')",
        "CALL enable_logging()",
        "FROM enable_logging(storage := 'file', storage_path := '/tmp/fatiao-stolen')",
        "FROM disable_logging()",
        "INSTALL httpfs",
        "LOAD httpfs",
        "EXPLAIN ANALYZE SET search_path = 'ops'",
        "EXPLAIN (ANALYZE, FORMAT json) SET threads = 1",
        "/* */ explain analyze -- SELECT\n pragma disable_optimizer",
        "EXPLAIN ANALYZE CALL pragma_version()",
        "PREPARE p AS SET threads = 1",
        "UPDATE EXTENSIONS",
        "CHECKPOINT",
        "VACUUM",
        # The file itself.
        "INSERT INTO ops.meta VALUES ('a', 'b')",
        "UPDATE core.article SET source = 'a'",
        "DELETE FROM core.article",
        "DROP TABLE core.article",
        "CREATE TABLE other AS SELECT 1",
        "CREATE OR REPLACE VIEW articles AS SELECT 1",
        "ALTER TABLE core.article ADD COLUMN a INTEGER",
        "COMMENT ON TABLE core.article IS 'a'",
        # After something permitted.
        "SELECT 1; ATTACH ':memory:' AS other",
        "PREPARE p AS FROM read_text('/etc/hostname'); EXECUTE p",
        "CREATE TEMP MACRO m() AS TABLE FROM enable_logging(); FROM m()",
        # Within a PIVOT, of which DuckDB 1.5 makes statements without words.
        "WITH a AS (PIVOT statutes ON kind USING count(*)), b AS (FROM enable_profiling()) FROM a",
        "CREATE TEMP TABLE a AS PIVOT (FROM query('SELECT 1 AS b')) ON b USING count(*)",
    ],
)
def test_it_refuses_all_but_reading_the_one_file(
    db: duckdb.DuckDBPyConnection, statement: str
) -> None:
    with pytest.raises(duckdb.Error):
        run_statements(db, statement)
    assert run_statements(db, "SELECT count(*) FROM articles")[0].rows == ((9,),)
    settings = "SELECT value FROM duckdb_settings() WHERE name = 'lock_configuration'"
    assert run_statements(db, settings)[0].rows == (("true",),)
    assert not list(Path("/tmp").glob("fatiao-stolen*"))  # noqa: S108 - where it was to be written


@pytest.mark.parametrize(
    "statement",
    [
        "FROM cites('民法典', art := 675)",
        "WITH query AS (SELECT 1 AS a) FROM query",
        "EXPLAIN SELECT 1",
        "EXPLAIN ANALYZE FROM articles",
        "EXPLAIN (FORMAT json) (SELECT 1) UNION (SELECT 2)",
        "EXPLAIN ANALYZE /* why */ WITH a AS (SELECT 1) FROM a",
        'PREPARE "my question" AS (SELECT 1)',
        "DESCRIBE articles",
        "SUMMARIZE core.source",
        "SHOW TABLES",
        "PRAGMA table_info('articles')",
        "PIVOT citations ON verdict USING count(*) GROUP BY source",
        "WITH a AS (PIVOT citations ON verdict USING count(*)) FROM a",
        "CREATE TEMP TABLE a AS PIVOT citations ON verdict USING count(*); FROM a",
        "PREPARE p AS SELECT $1 + 1; EXECUTE p(1)",
        "SET VARIABLE law = '民法典'; FROM cites(getvariable('law'))",
        "CREATE TEMP TABLE mine AS FROM articles; INSERT INTO mine FROM articles; DROP TABLE mine",
        "CREATE TEMP MACRO twice(a) AS 2 * a; SELECT twice(1)",
        "BEGIN; SELECT 1; COMMIT",
        "-- a remark\nSELECT 1; -- another",
        "-- a remark\nSET VARIABLE a = 1",
        "(SELECT 1) UNION (SELECT 2)",
    ],
)
def test_it_runs_what_analysts_write(db: duckdb.DuckDBPyConnection, statement: str) -> None:
    assert run_statements(db, statement)
