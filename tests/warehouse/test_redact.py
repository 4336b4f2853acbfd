import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from crawler.sources import ConfigError, Project, load_project
from tests.warehouse.filled import BUILT_AT, fill_warehouse, page_id
from warehouse.publish import publish
from warehouse.snapshots import DATABASE_NAME, read_manifest
from warehouse.store import list_sql, open_published, open_warehouse, read_sql

NUMBER = "13800138000"
MAIL = "wang.li@163.com"
SLICED = """
    SELECT count(*) FROM citations AS c JOIN articles AS a USING (article_id)
    WHERE substr(a.text, c.start_char + 1, c.end_char - c.start_char) = c.raw_text"""


@pytest.fixture(scope="module")
def private(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse in which people's numbers stand before and beside the citations."""
    path = tmp_path_factory.mktemp("redact") / "warehouse.duckdb"
    loan = page_id("loan")
    with open_warehouse(path) as db:
        fill_warehouse(db)
        before = f"找王律师{NUMBER}，写信到{MAIL}，"
        db.execute(
            "UPDATE core.article_version SET text = replace(text, '根据', ? || '根据'), author = ?"
            " WHERE article_id = ?",
            [before, f"王律师 {NUMBER}", loan],
        )
        db.execute(
            "UPDATE core.citation SET start_char = start_char + $1, end_char = end_char + $1,"
            " sentence = replace(sentence, '根据', $2 || '根据') WHERE article_id = $3",
            [len(before), before, loan],
        )
    return path


@pytest.fixture
def project(tmp_path: Path, private: Path) -> Project:
    project = Project(file=tmp_path / "fatiao.toml", folder=tmp_path)
    project.warehouse.parent.mkdir()
    shutil.copy(private, project.warehouse)
    return project


@pytest.fixture
def published(project: Project) -> Iterator[duckdb.DuckDBPyConnection]:
    publish_as(project)
    with open_published(project.public / DATABASE_NAME) as reader:
        yield reader


def publish_as(project: Project, run_id: int = 2) -> bool:
    def report(_connection: duckdb.DuckDBPyConnection, file: Path, _now: datetime) -> None:
        file.write_text("report", encoding="utf-8")

    with open_warehouse(project.warehouse) as db:
        return publish(db, project, run_id=run_id, now=BUILT_AT, write_report=report).published


def test_what_is_public_holds_no_number_not_even_in_its_free_blocks(
    published: duckdb.DuckDBPyConnection, project: Project
) -> None:
    ((text, author),) = published.execute(
        "SELECT text, author FROM articles WHERE article_id = ?", [page_id("loan")]
    ).fetchall()
    assert "\n找王律师***********，写信到*******@163.com，根据《" in text
    assert author == "王律师 ***********"
    sentences = "SELECT count(*) FROM citations WHERE contains(sentence, '138')"
    assert published.execute(sentences).fetchall() == [(0,)]
    for path in project.public.resolve().iterdir():
        assert NUMBER.encode() not in path.read_bytes(), path
        assert b"wang.li" not in path.read_bytes(), path
    assert not project.warehouse.with_name("publishing.duckdb").exists()


def test_an_address_that_tells_somebodys_number_is_masked_wherever_it_stands(
    project: Project,
) -> None:
    with open_warehouse(project.warehouse) as db:
        for table in ("core.article", "core.rejection", "ops.fetch"):
            db.execute(f"UPDATE {table} SET url = url || '?mobile={NUMBER}&id=13900139000'")  # noqa: S608
        db.execute(
            "INSERT INTO ops.finding VALUES (2, 'lawfirm', 'lost', 'ok', 'a', 'b', 1, 1, 1, 1, 0,"
            " ['https://lawfirm.example/mobile/' || ?])",
            [NUMBER],
        )
    publish_as(project)
    for path in project.public.resolve().iterdir():
        assert NUMBER.encode() not in path.read_bytes(), path
    with open_published(project.public / DATABASE_NAME) as reader:
        for view in ("articles", "citations", "reposts", "rejections", "lineage", "version_pages"):
            column = "repost_url" if view == "reposts" else "url"
            told = f"contains({column}, '?mobile=***********&id=13900139000')"
            ((asked, masked),) = reader.execute(
                f"SELECT count(*), count(*) FILTER ({told}) FROM {view}"  # noqa: S608
            ).fetchall()
            assert asked == masked > 0, view
        ((examples,),) = reader.execute("SELECT examples FROM ops.finding").fetchall()
        assert examples == ["https://lawfirm.example/mobile/***********"]


def test_what_is_masked_is_not_written_again_while_nothing_changes(project: Project) -> None:
    assert publish_as(project)
    first = (project.public / DATABASE_NAME).resolve()
    assert not publish_as(project, run_id=3)
    assert (project.public / DATABASE_NAME).resolve() == first


def test_the_private_file_keeps_everything(
    published: duckdb.DuckDBPyConnection, project: Project
) -> None:
    del published
    with open_warehouse(project.warehouse) as db:
        kept = f"SELECT count(*) FROM articles WHERE contains(text, '{NUMBER}')"  # noqa: S608
        assert db.execute(kept).fetchall() == [(1,)]


def test_citations_still_cut_their_words_out_of_the_masked_text(
    published: duckdb.DuckDBPyConnection,
) -> None:
    everything = published.execute("SELECT count(*) FROM citations").fetchall()
    assert published.execute(SLICED).fetchall() == everything
    published.execute(
        "CREATE TEMP TABLE unchecked_version AS"
        " SELECT version_id, rowid AS place FROM core.article_version"
    )
    for name in list_sql("checks"):
        if name != "text_measures":  # the sha256 is that of the text as it was
            assert published.execute(read_sql(f"checks/{name}.sql")).fetchall() == [], name


def test_every_row_view_macro_and_comment_is_there(
    published: duckdb.DuckDBPyConnection, project: Project
) -> None:
    plain = replace(project, folder=project.folder / "plain", publish_masked=False)
    plain.warehouse.parent.mkdir(parents=True)
    shutil.copy(project.warehouse, plain.warehouse)
    publish_as(plain)
    moving = ("freshness", "search_words")  # by the clock; by where its excerpt begins
    asked = (
        *(read_sql(f"docs/{name}.sql") for name in ("things", "columns")),
        "FROM citations SELECT * EXCLUDE (sentence) ORDER BY citation_id",
        read_sql("counts.sql"),
        *(read_sql(f"examples/{name}.sql") for name in list_sql("examples") if name not in moving),
    )
    with open_published(plain.public / DATABASE_NAME) as reader:
        for sql in asked:
            expected = str(reader.execute(sql).fetchall())
            found = str(published.execute(sql).fetchall())
            assert found == expected.replace(NUMBER, "*" * 11).replace("wang.li", "*" * 7), sql


def test_texts_are_left_out_on_demand_and_both_are_stated(project: Project) -> None:
    publish_as(project)
    stated = read_manifest(project.public)
    assert stated is not None
    assert stated["left_out"] == "phone numbers, ID-card numbers, mail addresses (masked)"
    without = replace(project, publish_text=False)
    assert publish_as(without, 3), "another choice is another publication"
    stated = read_manifest(project.public)
    assert stated is not None
    assert stated["left_out"].startswith("texts; phone numbers")
    with open_published(project.public / DATABASE_NAME) as reader:
        texts = "SELECT count(*) FROM versions WHERE text <> ''"
        assert reader.execute(texts).fetchall() == [(0,)]
        sentences = "SELECT count(*) FROM citations WHERE sentence = ''"
        assert reader.execute(sentences).fetchall() == [(0,)]
        assert reader.execute("SELECT left_out FROM about").fetchall() == [(stated["left_out"],)]
    private_words = "起诉前请先整理转账记录".encode()
    assert private_words not in (project.public / DATABASE_NAME).read_bytes()
    assert not publish_as(without, 4)


def test_fatiao_toml_says_what_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "fatiao.toml"
    file.write_text("[publish]\ntext = false\nmask = false\n", encoding="utf-8")
    project = load_project(file)
    assert (project.publish_text, project.publish_masked) == (False, False)
    for wrong, message in (("texts = false", ":2: publish.texts: unknown key; did you mean text"),
                           ("mask = 1", ":2: publish.mask: must be true or false")):  # fmt: skip
        file.write_text(f"[publish]\n{wrong}\n", encoding="utf-8")
        with pytest.raises(ConfigError, match=message):
            load_project(file)


# Columns that hold no words of a page as it wrote them, and where they come from.
_NO_WORDS = {
    "keys": "article_id current_version_id version_id citation_id cluster_id canonical_id other_id"
    " matched_id freed_id head_id head_order order_key seen_key text_digest text_sha256"
    " payload_digest archive_file source sources original_source skeleton statute_id replaced_by"
    " key registry_version day",
    "addresses": "url start_url examples",
    "words of ours": "charset_chosen charset extractor form kind verdict confidence relation rule"
    " what outcome state measure published_precision published_place reason evidence_table"
    " evidence_origin",
    "cut out of the masked text": "text raw_text sentence",
}
_LAWS = ("core.statute", "core.statute_alias", "core.statute_version", "ops.meta")


def word_columns(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str]]:
    """Return table, name and type of each column that may hold words of pages."""
    apart = {name for names in _NO_WORDS.values() for name in names.split()}
    found = connection.execute(
        "SELECT schema_name || '.' || table_name, column_name, data_type FROM duckdb_columns()"
        " JOIN duckdb_tables() USING (database_name, schema_name, table_name)"
        " WHERE data_type IN ('VARCHAR', 'VARCHAR[]') AND schema_name IN ('core', 'ops')"
        " AND database_name = current_database()"
    ).fetchall()
    return [
        (table, column, kind)
        for table, column, kind in found
        if table not in _LAWS
        and (column not in apart or (table, column) == ("ops.source_run", "reason"))
    ]


def test_a_number_in_any_column_of_words_is_masked(project: Project) -> None:
    with open_warehouse(project.warehouse) as db:
        db.execute(
            "INSERT INTO core.part BY NAME SELECT version_id, article_id, 1 AS part_no,"
            " 'answer' AS kind, 0 AS start_char, 1 AS end_char, FALSE AS is_accepted"
            " FROM core.article_version LIMIT 1"
        )
        db.execute(
            "INSERT OR IGNORE INTO core.member BY NAME SELECT article_id, '' AS order_key,"
            " '' AS seen_key, source, FALSE AS is_timed, [] AS names, [] AS credits"
            " FROM core.article LIMIT 1"
        )
        db.execute(
            "INSERT INTO ops.reading BY NAME SELECT fetch_id, article_id, title, text_sha256,"
            " char_count, TRUE AS is_dated, FALSE AS is_damaged, 0 AS citations, '' AS charset"
            " FROM core.article_version LIMIT 1"
        )
        db.execute(
            "INSERT INTO ops.finding VALUES (1, 'a', 'b', 'ok', '', '', 0, 1, 0, 1, 1.0, [])"
        )
        # Their notes stand beside the citation and the article too.
        db.execute(
            "INSERT INTO ops.override (line, url, kind, article_id, citation_id, verdict,"
            " published_on, value, note, state, detail) SELECT 1000 + unnest([1, 2]), url,"
            " unnest(['verdict', 'date']), article_id, unnest([citation_id, NULL]), 'in_force',"
            " DATE '2020-02-02', '', '', 'applied', '' FROM cited LIMIT 2"
        )
        columns = word_columns(db)
        for table, column, kind in columns:
            planted = [NUMBER] if kind == "VARCHAR[]" else f"电话{NUMBER}"
            db.execute(f'UPDATE {table} SET "{column}" = ?', [planted])  # noqa: S608
        empty = {
            table
            for table, _, _ in columns
            if db.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is None  # noqa: S608
        }
    assert not empty, "nothing was tried there"
    publish_as(project)
    with open_published(project.public / DATABASE_NAME) as reader:
        shown = [
            f"{table}.{column}"
            for table, column, _ in word_columns(reader)
            if reader.execute(
                f'SELECT 1 FROM {table} WHERE contains("{column}"::VARCHAR, ?)',  # noqa: S608
                [NUMBER],
            ).fetchone()
        ]
        assert shown == []
        masked = "SELECT DISTINCT tags FROM core.article_version"
        assert reader.execute(masked).fetchall() == [(["*" * len(NUMBER)],)]
