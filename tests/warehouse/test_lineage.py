"""Where each row came from: the run, the bytes in the archive, and the code that read them."""

from collections.abc import Iterator

import pytest
from duckdb import DuckDBPyConnection

from tests.warehouse.filled import citation_id, fill_warehouse
from warehouse.store import open_warehouse


@pytest.fixture(name="db")
def _db() -> Iterator[DuckDBPyConnection]:
    with open_warehouse(":memory:") as connection:
        fill_warehouse(connection)
        yield connection


def test_provenance_leads_to_the_archive(db: DuckDBPyConnection) -> None:
    raw = "《民法典》第六百七十五条"
    sql = "SELECT raw_text, archive_file, archive_offset, archive_length FROM provenance(?)"
    found = db.execute(sql, [citation_id("loan", raw)]).fetchall()
    assert found == [(raw, "fatiao-20261110-00001.warc.gz", 5000, 1500)]


def test_every_citation_and_text_tells_the_run_code_template_and_registry_it_came_from(
    db: DuckDBPyConnection,
) -> None:
    db.execute(
        "UPDATE core.article_version SET extractor = if(source, 'template:lawfirm@2', 'lines')"
        " FROM (SELECT article_id AS id, source = 'lawfirm' AS source FROM core.article)"
        " WHERE article_id = id"
    )
    asked = "SELECT DISTINCT source, template FROM lineage ORDER BY source"
    assert db.sql(asked).fetchall() == [
        ("debt", None), ("lawfirm", "lawfirm@2"), ("portal", None),
    ]  # fmt: skip
    told = "run_id IS NULL OR archive_file IS NULL OR extract_version IS NULL OR extractor IS NULL"
    for view, more in (
        ("lineage", "cite_version IS NULL OR registry_version IS NULL"),
        ("version_pages", "FALSE"),
    ):
        assert db.sql(f"FROM {view} WHERE {told} OR {more}").fetchall() == [], view
    ((pages, texts),) = db.sql(
        "SELECT (SELECT count(*) FROM version_pages), (SELECT count(*) FROM versions)"
    ).fetchall()
    assert pages == texts == 10
