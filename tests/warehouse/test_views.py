from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pytest
from duckdb import DuckDBPyConnection

from pipeline.cite.check import CITE_VERSION, CheckedCitation, cite
from pipeline.statutes import StatuteId, load_registry
from tests.warehouse.filled import citation_id, fill_warehouse, insert_row, page_id
from warehouse.store import list_sql, open_warehouse, read_sql

BEIJING = ZoneInfo("Asia/Shanghai")


@pytest.fixture(scope="module")
def db() -> Iterator[DuckDBPyConnection]:
    with open_warehouse(":memory:") as connection:
        fill_warehouse(connection)
        yield connection


def rows(db: DuckDBPyConnection, sql: str, *values: object) -> list[tuple[Any, ...]]:
    return db.execute(sql, list(values)).fetchall()


def test_an_article_shows_its_current_version_and_its_place_among_the_reposts(
    db: DuckDBPyConnection,
) -> None:
    sql = """
        SELECT version_no, is_canonical, relation, repost_count, duplicate_of
        FROM articles WHERE article_id = ?"""
    assert rows(db, sql, page_id("divorce")) == [(2, True, "original", 1, None)]
    assert rows(db, sql, page_id("loan")) == [(1, True, "original", 2, None)]
    assert rows(db, sql, page_id("loan-near")) == [(1, False, "near", 0, page_id("loan"))]


def test_an_article_not_compared_yet_stands_for_itself() -> None:
    with open_warehouse(":memory:") as connection:
        fill_warehouse(connection)
        connection.execute("DELETE FROM core.duplicate")
        sql = "SELECT count(*), count(DISTINCT cluster_id) FROM originals"
        assert rows(connection, sql) == [(9, 9)]


def test_a_letter_on_one_template_is_no_repost(db: DuckDBPyConnection) -> None:
    reposted = {row[0] for row in rows(db, "SELECT repost_id FROM reposts")}
    assert reposted == {page_id("loan-exact"), page_id("loan-near"), page_id("divorce-m")}
    assert rows(db, "SELECT article_id, other_id FROM templates") == [
        (page_id("letter-b"), page_id("letter-a"))
    ]


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("https://www.law.example/a/1.html", "https://m.law.example/a/1.html", "mirror"),
        ("http://law.example/a/1.html", "https://www.law.example/a/1.html", "mirror"),
        ("https://law.example/a/1.html", "https://law.example/a/2.html", "near"),
    ],
)
def test_one_page_under_two_hosts_of_its_site_is_a_mirror_and_no_repost(
    one: str, other: str, relation: str
) -> None:
    with open_warehouse(":memory:") as own:
        fill_warehouse(own)
        for name, url in (("loan", one), ("loan-near", other)):
            own.execute(
                "UPDATE core.article SET url = ?, source = 'law' WHERE article_id = ?",
                [url, page_id(name)],
            )
        found = rows(
            own, "SELECT relation FROM articles WHERE article_id = ?", page_id("loan-near")
        )
        counted = rows(
            own, "SELECT count(*) FROM reposts WHERE repost_id = ?", page_id("loan-near")
        )

    assert found == [(relation,)]
    assert counted == [(int(relation == "near"),)]


def test_a_repost_says_how_many_days_later(db: DuckDBPyConnection) -> None:
    sql = "SELECT repost_source, lag_days FROM reposts WHERE original_id = ? ORDER BY ALL"
    assert rows(db, sql, page_id("loan")) == [("debt", 8), ("portal", None)]


@pytest.mark.parametrize(
    ("page", "raw", "expected"),
    [
        ("loan", "《合同法》第一百零七条",
         ("合同法", "《合同法》第107条", "repealed", "repealed", True, True, "《民法典》第577条")),
        ("divorce", "《婚姻法》第三十六条",
         ("婚姻法", "《婚姻法》第36条", "in_force", "repealed", False, True, None)),
        ("divorce", "《民法典》第一千零八十四条第三款",
         ("民法典", "《民法典》第1084条第3款", "not_yet_in_force", "in_force", True, False, None)),
        ("divorce", "《民法典》第一千三百条",
         ("民法典", "《民法典》第1300条", "no_such_article", "no_such_article", True, True, None)),
        ("divorce", "《抚养费指引（试行）》",
         ("抚养费指引（试行）", "《抚养费指引（试行）》", "unknown_law", "unknown_law",
          False, False, None)),
    ],
)  # fmt: skip
def test_a_citation_says_what_it_cites_and_whether_it_is_right(
    db: DuckDBPyConnection, page: str, raw: str, expected: tuple[object, ...]
) -> None:
    sql = """
        SELECT law, provision, verdict, verdict_today, is_bad, is_bad_today, correction
        FROM citations WHERE citation_id = ?"""
    assert rows(db, sql, citation_id(page, raw)) == [expected]


@pytest.mark.parametrize("name", ["民法典", "《民法典》", "中华人民共和国民法典", "civil-code"])
def test_a_law_is_found_by_any_of_its_names(db: DuckDBPyConnection, name: str) -> None:
    assert len(rows(db, "FROM cites(?)", name)) == 8
    assert len(rows(db, "FROM cites(?, 675)", name)) == 3


def test_a_law_that_is_not_registered_is_found_by_the_words_of_the_page(
    db: DuckDBPyConnection,
) -> None:
    assert len(rows(db, "FROM cites('抚养费指引（试行）')")) == 2
    assert rows(db, "FROM cites('没有这部法')") == []


def test_a_range_of_articles_cites_each_of_them() -> None:
    with open_warehouse(":memory:") as connection:
        fill_warehouse(connection)
        connection.execute("UPDATE core.citation SET article_end = 680 WHERE article_no = 675")
        assert len(rows(connection, "FROM cites('民法典', 678)")) == 3
        sql = "SELECT DISTINCT provision FROM cites('民法典', 679)"
        assert rows(connection, sql) == [("《民法典》第675条至第680条",)]


def test_a_provision_is_spelled_as_the_citations_view_spells_it(db: DuckDBPyConnection) -> None:
    sql = "SELECT provision('《刑法》', 133, suffix := 1, paragraph := 2, item := 3)"
    assert rows(db, sql) == [("《刑法》第133条之1第2款第3项",)]


def test_a_source_that_failed_last_time_is_seen_in_freshness(db: DuckDBPyConnection) -> None:
    sql = """
        SELECT last_run_requests, last_run_errors, articles
        FROM freshness WHERE source = 'debt'"""
    assert rows(db, sql) == [(1, 1, 3)]


def test_the_figures_of_a_source_add_up(db: DuckDBPyConnection) -> None:
    totals = rows(db, "SELECT sum(articles), sum(citations), sum(rejections) FROM sources")
    assert totals == rows(db, "SELECT articles, citations, rejections FROM about")


@pytest.mark.parametrize(
    ("words", "pages"),
    [
        ("起诉 借款", ["loan"]),
        ("\u3000借款，、起诉  ", ["loan"]),  # as typed with a Chinese keyboard
        ("民法典", ["loan", "gone", "divorce"]),  # the latest first
        ("网贷", ["gone"]),
        ("分期", ["card", "gone"]),  # in the title of the first, in the text of both
        ("hyperlink 合同", ["card"]),
        ("本所律师", []),  # stands only in a repost
        ("借款 抚养", []),
        ("%", []),
        ("", []),
        ("，", []),
    ],
)
def test_search_finds_originals_with_all_the_words(
    db: DuckDBPyConnection, words: str, pages: list[str]
) -> None:
    found = [row[0] for row in rows(db, "SELECT article_id FROM search(?)", words)]
    assert found == [page_id(page) for page in pages]


def test_search_shows_where_the_first_word_stands(db: DuckDBPyConnection) -> None:
    ((title_hits, excerpt),) = rows(db, "SELECT title_hits, excerpt FROM search('转账记录 朋友')")
    assert title_hits == 1
    assert "转账记录" in excerpt
    assert "\n" not in excerpt


def test_search_says_when_there_are_too_many_words(db: DuckDBPyConnection) -> None:
    with pytest.raises(duckdb.Error, match="at most 6 words"):
        rows(db, "FROM search('一 二 三 四 五 六 七')")


@pytest.mark.parametrize(
    ("day", "version"),
    [("2026-11-09", []), ("2026-11-10", [(1,)]), ("2026-11-18", [(1,)]), ("2026-11-19", [(2,)])],
)
def test_a_text_is_found_as_it_stood_on_a_day(
    db: DuckDBPyConnection, day: str, version: list[tuple[int]]
) -> None:
    sql = "SELECT version_no FROM as_of(?) WHERE article_id = ?"
    assert rows(db, sql, day, page_id("divorce")) == version


@pytest.mark.parametrize("name", list_sql("examples"))
def test_every_example_runs_and_finds_something(db: DuckDBPyConnection, name: str) -> None:
    sql = read_sql(f"examples/{name}.sql")
    assert sql.startswith("-- ")
    assert sql.split("\n", 1)[0].endswith("?")
    assert rows(db, sql)


# Laws that were repealed, renumbered, amended, numbered by document, or never were; on days
# between 1995 and today.
TEXT = "\n".join(
    f"根据{law}{pinpoint}办理。"
    for law in (
        "《民法典》", "《合同法》", "《婚姻法》", "《民事诉讼法》", "《刑法》", "《公司法》",
        "《劳动合同法》", "《个人信息保护法》", "《行政复议法》", "《道路交通安全法》",
        "《中华人民共和国魔法法》", "《征信业管理条例》", "《网络安全法》",
        "《关于审理民间借贷案件适用法律若干问题的规定》（法释〔2019〕18号）",
        "《关于规范民间借贷行为维护经济金融秩序有关事项的通知》（银保监发〔2020〕10号）",
    )
    for pinpoint in ("", "第一条", "第六十条第二款", "第二百五十八条", "第一千二百八十条")
)  # fmt: skip
DAYS = (date(1995, 6, 1), date(2013, 6, 1), date(2019, 6, 1), date(2021, 6, 1), date(2024, 8, 1))


def insert_cited(db: DuckDBPyConnection, name: str, found: CheckedCitation, day: date) -> None:
    insert_row(
        db,
        "core.citation",
        citation_id=name,
        version_id=f"{page_id('card')}-1",
        article_id=page_id("card"),
        start_char=found.start,
        end_char=found.end,
        raw_text=found.raw,
        sentence=found.raw,
        statute_id=found.statute_id,
        law_title=found.canonical,
        article_no=found.article,
        article_suffix=found.article_suffix,
        article_end=found.article_end,
        document_number=found.doc_number,
        form=found.form,
        is_anaphoric=found.anaphoric,
        as_of=day,
        verdict=found.verdict,
        confidence=found.confidence,
        detail=found.detail,
        detail_en=found.detail_en,
        cite_version=CITE_VERSION,
        registry_version="parity",
    )


def insert_statutes(db: DuckDBPyConnection, wanted: set[StatuteId]) -> None:
    """Insert what the registry knows of these statutes, in the columns that the tables have."""
    registry = load_registry()
    versions = [version for name in wanted for version in registry.versions_of(name)]
    statutes = [registry.by_id[name] for name in wanted]
    db.execute("DELETE FROM core.statute; DELETE FROM core.statute_version")
    for table, records in (("core.statute", statutes), ("core.statute_version", versions)):
        columns = db.execute(f"FROM {table} LIMIT 0").description or ()
        for record in records:
            insert_row(db, table, **{name: getattr(record, name) for name, *_ in columns})


def test_todays_verdict_in_sql_is_the_one_python_gives() -> None:
    registry, today = load_registry(), datetime.now(BEIJING).date()
    expected: dict[str, CheckedCitation] = {}
    with open_warehouse(":memory:") as db:
        fill_warehouse(db)
        for day in DAYS:
            cited = cite(TEXT, as_of=day, today=today, registry=registry)
            for number, found in enumerate(cited):
                expected[f"parity-{day}-{number}"] = found
                insert_cited(db, f"parity-{day}-{number}", found, day)
        insert_statutes(db, {StatuteId(c.statute_id) for c in expected.values() if c.statute_id})
        sql = """
            SELECT citation_id, verdict_today
            FROM citations WHERE starts_with(citation_id, 'parity')"""
        given = dict(rows(db, sql))
    wrong = {
        name: (c.raw, c.verdict, c.verdict_today, given[name])
        for name, c in expected.items()
        if given[name] != c.verdict_today
    }
    assert wrong == {}
    assert len({c.verdict_today for c in expected.values()}) >= 5


def test_the_examples_are_where_the_command_looks_for_them() -> None:
    folder = Path(__file__).parents[2] / "warehouse" / "sql" / "examples"
    assert list_sql("examples") == sorted(path.stem for path in folder.glob("*.sql"))
