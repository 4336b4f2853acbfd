"""The report is whole, offline and safe, whatever the pages in the warehouse say."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from duckdb import DuckDBPyConnection
from lxml import html
from lxml.html import HtmlElement

from tests.warehouse.filled import citation_id, fill_warehouse, insert_row, page_id
from warehouse.report.charts import Segment, bar, columns
from warehouse.report.page import policy, render_report, write_report
from warehouse.report.sources import MOST_LISTED
from warehouse.store import open_warehouse

NOW = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
SCRIPT = files("warehouse.report").joinpath("script.js").read_text(encoding="utf-8")
HOSTILE = (
    '<script>document.title="owned"</script>',
    '"><img src=https://evil.example/x.png onerror=alert(1)>',
    "甲\u202e乙\u0000丙\u200b丁",
    "</title></style><!--",
    "{{7*7}} %s {0} &amp; 'x'",
)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
]


@pytest.fixture(name="warehouse")
def _warehouse() -> Iterator[DuckDBPyConnection]:
    with open_warehouse(":memory:") as connection:
        yield connection


@pytest.fixture(name="filled")
def _filled(warehouse: DuckDBPyConnection) -> DuckDBPyConnection:
    fill_warehouse(warehouse)
    return warehouse


def report(connection: DuckDBPyConnection, hidden: str = "en") -> HtmlElement:
    """Return what a reader of one language sees."""
    tree = html.document_fromstring(render_report(connection, NOW))
    for element in tree.cssselect(f".{hidden}"):
        element.drop_tree()
    return tree


def words(tree: HtmlElement, anchor: str) -> str:
    """Return what a reader sees of one section."""
    return " ".join(str(tree.get_element_by_id(anchor).text_content()).split())


def make_hostile(connection: DuckDBPyConnection) -> None:
    """Let every text that comes from a page try to break out."""
    hostile = "".join(HOSTILE)
    connection.execute("UPDATE core.article_version SET title = ?, author = ?", [hostile, hostile])
    connection.execute("UPDATE core.citation SET detail = ?, sentence = ?", [hostile, hostile])
    connection.execute(
        "UPDATE core.citation SET law_title = ?, raw_text = ?", [hostile, HOSTILE[0]]
    )
    connection.execute("UPDATE core.statute SET short_title = ?", [hostile])
    connection.execute("UPDATE core.rejection SET reason = ?", [hostile])
    connection.execute("UPDATE core.source SET start_url = ?", [f"javascript:{hostile}"])
    connection.execute("UPDATE core.article SET url = 'data:text/html,' || article_id")


def test_an_empty_warehouse_gives_a_friendly_page(warehouse: DuckDBPyConnection) -> None:
    tree = report(warehouse)
    for anchor, sentence in {
        "intake": "没有收录新文章",
        "sources": "还没有来源",
        "verdicts": "还没有发现法条引用",
        "cited": "还没有发现法条引用",
        "bad": "没有发现有误的引用",
        "reposts": "没有发现转载",
        "rejections": "没有被拒的页面",
    }.items():
        assert sentence in words(tree, anchor)
    assert "None" not in str(tree.text_content())
    assert "nan" not in str(tree.text_content()).lower()


def test_the_header_counts_what_the_views_count(filled: DuckDBPyConnection) -> None:
    shown = [str(e.text_content()) for e in report(filled).cssselect(".cards dd:not(.dim)")]
    (counts,) = filled.sql(
        "SELECT articles, originals, citations, bad_citations FROM about"
    ).fetchall()
    assert shown[:4] == [str(count) for count in counts]


def test_a_bad_citation_stands_in_its_sentence_with_mend_and_link(
    filled: DuckDBPyConnection,
) -> None:
    tree = report(filled)
    card = next(c for c in tree.cssselect(".card") if "合同法" in str(c.text_content()))
    assert str(card.cssselect("mark")[0].text_content()) == "《合同法》第一百零七条"
    assert "以前的《合同法》第一百零七条也讲违约责任" in str(card.text_content())
    assert str(card.cssselect(".badge")[0].text_content()) == "已废止"
    assert "应为 《民法典》第577条" in str(card.text_content())
    assert "被转载 2 次" in str(card.text_content())
    inside, anchor = card.cssselect("footer a")
    assert inside.get("href") == f"#a-{page_id('loan')}"
    assert anchor.get("href") == "https://lawfirm.example/loan.html"
    assert "noreferrer" in anchor.get("rel", "").split()


def test_reposts_do_not_repeat_their_originals_bad_citation(filled: DuckDBPyConnection) -> None:
    assert words(report(filled), "bad").count("也讲违约责任") == 1


def test_of_equal_words_the_cited_ones_are_marked(filled: DuckDBPyConnection) -> None:
    raw = "《合同法》第一百零七条"
    text = f"𠮷野家的案子。\n有人引{raw}，又一次引{raw}，说得不对。"
    sentence = text.split("\n")[1]
    start = text.rindex(raw)
    filled.execute(
        "UPDATE core.article_version SET text = ? WHERE article_id = ?", [text, page_id("loan")]
    )
    filled.execute(
        "UPDATE core.citation SET sentence = ?, start_char = ?, end_char = ? WHERE citation_id = ?",
        [sentence, start, start + len(raw), citation_id("loan", raw)],
    )
    mark = next(m for m in report(filled).iter("mark") if m.text_content() == raw)
    assert mark.tail == "，说得不对。"


def test_a_long_sentence_is_cut_around_the_citation(filled: DuckDBPyConnection) -> None:
    raw = "《合同法》第一百零七条"
    sentence = "长" * 600 + raw + "话" * 600
    filled.execute(
        "UPDATE core.citation SET sentence = ? WHERE citation_id = ?",
        [sentence, citation_id("loan", raw)],
    )
    quote = next(
        str(q.text_content()) for q in report(filled).iter("blockquote") if raw in q.text_content()
    )
    assert len(quote) < 250
    assert quote.startswith("…长")
    assert quote.endswith("话…")


def test_an_article_with_many_wrong_citations_leaves_room_for_the_others(
    filled: DuckDBPyConnection,
) -> None:
    filled.execute(
        """
        INSERT INTO core.citation
        SELECT c.* REPLACE (c.citation_id || '-' || n AS citation_id, start_char + n AS start_char)
        FROM core.citation AS c, range(1, 31) AS t(n)
        WHERE c.citation_id = ?
        """,
        [citation_id("divorce", "《民法典》第一千三百条")],
    )
    cards = report(filled).cssselect(".card")
    of_one = [c for c in cards if "离婚时孩子归谁抚养" in str(c.text_content())]
    heads = [str(c.cssselect("b")[0].text_content()) for c in of_one]
    assert heads == ["《民法典》第1084条第3款", "《民法典》第1300条", "《民法典》第1300条"]
    assert "同文另有 29 条" in str(of_one[-1].text_content())
    assert "每篇至多 3 条" in words(report(filled), "bad")


def test_unknown_titles_are_listed_apart_and_not_called_wrong(filled: DuckDBPyConnection) -> None:
    tree = report(filled)
    assert "《抚养费指引（试行）》" in words(tree, "bad")
    assert "抚养费指引" not in " ".join(str(c.text_content()) for c in tree.cssselect(".card"))


def test_clusters_say_who_copied_and_how_much_later(filled: DuckDBPyConnection) -> None:
    cluster = report(filled).cssselect(".cluster")[0]
    shown = " ".join(str(cluster.text_content()).split())
    assert "借给朋友的钱要不回来怎么办" in shown
    assert "晚 8 天" in shown
    assert "改写 86%" in shown
    assert "lawfirm → debt" in words(report(filled), "reposts")


def test_a_group_is_led_by_the_original_whatever_the_dates(filled: DuckDBPyConnection) -> None:
    filled.execute(
        "UPDATE core.article_version SET published_on = DATE '2024-02-20' WHERE article_id = ?",
        [page_id("loan-exact")],
    )
    filled.execute(
        "UPDATE core.cluster SET rule = 'named', evidence = '律所 × 2' WHERE canonical_id = ?",
        [page_id("loan")],
    )
    cluster = report(filled).cssselect(".cluster")[0]
    head = " ".join(str(cluster.cssselect("header")[0].text_content()).split())
    assert "借给朋友的钱要不回来怎么办" in head
    assert "别的文章注明转自它 (律所 × 2)" in head
    copies = [" ".join(str(li.text_content()).split()) for li in cluster.iter("li")]
    assert copies[0] == "朋友借钱不还？ ↗原文照搬 100%debt · 日期早 10 天"
    assert copies[1] == "要债三步走 ↗改写 86%portal"


def test_groups_and_who_copies_whom_are_those_of_the_view(filled: DuckDBPyConnection) -> None:
    tree = report(filled)
    shown = {
        str(c.cssselect("header a")[0].get("href")): int(c.cssselect(".count")[0].text_content())
        for c in tree.cssselect(".cluster")
    }
    asked = "SELECT '#a-' || original_id, count(*) FROM reposts GROUP BY ALL"
    assert shown == dict(filled.sql(asked).fetchall())
    flows = {
        str(li.cssselect(".name")[0].text_content()): int(li.cssselect(".n")[0].text_content())
        for li in tree.cssselect("#reposts .ranking li")
    }
    asked = "SELECT original_source || ' → ' || repost_source, count(*) FROM reposts GROUP BY ALL"
    assert flows == dict(filled.sql(asked).fetchall())


def test_a_source_in_trouble_is_told_from_one_that_is_well(filled: DuckDBPyConnection) -> None:
    filled.execute("UPDATE core.source SET enabled = false WHERE source = 'portal'")
    rows = {
        str(row.cssselect("th")[0].text_content()): str(row.cssselect(".state")[0].text_content())
        for row in report(filled).cssselect("table.sources tr")[1:]
    }
    assert rows["lawfirm"] == "正常"
    assert rows["portal"] == "已停用"


def test_what_an_analyst_corrected_is_said_to_be_corrected(filled: DuckDBPyConnection) -> None:
    common = {"url": "https://lawfirm.example/", "value": "x", "state": "applied", "detail": "x"}
    insert_row(
        filled,
        "ops.override",
        **common,
        line=11,
        kind="verdict",
        note="讲的是旧案",
        citation_id=citation_id("loan", "《合同法》第一百零七条"),
        verdict="in_force",
    )
    insert_row(
        filled,
        "ops.override",
        **common,
        line=12,
        kind="date",
        note="页脚<b>是备案日期",
        article_id=page_id("divorce"),
        published_on=date(2018, 5, 4),
    )
    tree = report(filled)
    (mark,) = tree.cssselect(f"#a-{page_id('loan')} mark.u-in_force:contains('合同法')")
    assert str(mark.text_content()).count("讲的是旧案") == 1
    assert "人工更正：讲的是旧案" in str(mark.text_content())
    assert "人工更正：页脚<b>是备案日期" in words(tree, f"a-{page_id('divorce')}")
    assert "人工更正" in words(tree, "bad")


def test_of_thousands_of_sources_those_in_trouble_are_listed(filled: DuckDBPyConnection) -> None:
    filled.execute("""
        INSERT INTO core.source SELECT * EXCLUDE (i) REPLACE ('s' || i AS source)
        FROM core.source, range(5000) AS r(i) WHERE source = 'debt';
        INSERT INTO ops.source_run SELECT * EXCLUDE (i)
            REPLACE ('s' || i AS source, if(i = 4999, 'broken', 'ok') AS state)
        FROM ops.source_run, range(5000) AS r(i) WHERE source = 'debt'
    """)
    page = render_report(filled, NOW)
    assert len(page.encode()) < 1_000_000
    tree = html.document_fromstring(page)
    names = [str(th.text_content()) for th in tree.cssselect("table.sources tbody th")]
    assert len(names) == MOST_LISTED
    assert {"lawfirm", "s4999"} < set(names)
    assert "列出 200 个，共 5,003 个" in words(tree, "sources")


def test_a_long_history_is_drawn_by_years(filled: DuckDBPyConnection) -> None:
    filled.execute(
        "UPDATE core.article_version SET published_on = DATE '1999-05-05' WHERE article_id = ?",
        [page_id("loan")],
    )
    shown = words(report(filled), "intake")
    assert "按年" in shown
    assert "1999" in shown


def test_nothing_from_a_page_acts_in_the_report(filled: DuckDBPyConnection) -> None:
    make_hostile(filled)
    page = render_report(filled, NOW)
    tree = html.document_fromstring(page)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\x00]", page)
    for tag in ("img", "iframe", "object", "embed", "form", "base"):
        assert list(tree.iter(tag)) == []
    for tag in ("style", "head title", "script"):
        assert len(tree.cssselect(tag)) == 1
    attributes = {str(name) for element in tree.iter("*") for name in element.attrib}
    assert not [name for name in attributes if name.startswith("on")]
    outward = [str(a.get("href")) for a in tree.iter("a") if not str(a.get("href")).startswith("#")]
    assert outward == []
    assert HOSTILE[0] in str(tree.text_content())


def test_the_page_loads_nothing(filled: DuckDBPyConnection) -> None:
    page = render_report(filled, NOW)
    tree = html.document_fromstring(page)
    assert tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content") == [policy(SCRIPT)]
    assert [str(e.get("href")) for e in tree.iter("link")] == ["data:,"]
    assert tree.xpath("//*[@src or @srcset or @data or @poster or @background or @ping]") == []
    style = str(tree.findtext(".//style"))
    assert "url(" not in style
    assert "@import" not in style
    for anchor in tree.iter("a"):
        href = str(anchor.get("href"))
        assert href.startswith("#") or urlsplit(href).scheme in {"http", "https"}
        assert href.startswith("#") or "noreferrer" in str(anchor.get("rel"))


def test_the_report_of_many_stays_small(filled: DuckDBPyConnection, tmp_path: Path) -> None:
    filled.execute("""
        INSERT INTO core.citation
        SELECT c.* REPLACE (c.citation_id || '-' || n AS citation_id, repeat('长', 900) AS sentence)
        FROM core.citation AS c, range(60) AS t(n)
    """)
    write_report(filled, tmp_path / "report.html", NOW)
    assert (tmp_path / "report.html").stat().st_size < 200 * 1024
    assert "共 " in words(report(filled), "bad")


def test_the_report_of_long_texts_stays_under_a_megabyte_and_says_what_it_leaves_out(
    filled: DuckDBPyConnection, tmp_path: Path
) -> None:
    filled.execute("UPDATE core.article_version SET text = text || repeat('很长的正文。', 9000)")
    write_report(filled, tmp_path / "report.html", NOW)
    assert (tmp_path / "report.html").stat().st_size < 1_000_000
    tree = report(filled)
    pages = tree.cssselect(".paper")
    assert 0 < len(pages) < 9
    assert f"其中 {len(pages)} 篇可在此查看" in words(tree, "articles")
    leads = {str(a.get("href")) for a in tree.cssselect(".papers td.title a")}
    assert {f"#{page.get('id')}" for page in pages} == {x for x in leads if x.startswith("#")}


def test_the_report_of_ten_thousand_articles_that_cite_much_stays_under_a_megabyte(
    filled: DuckDBPyConnection, tmp_path: Path
) -> None:
    filled.execute("UPDATE core.article_version SET text = text || repeat('很长的正文。', 400)")
    filled.execute("DELETE FROM core.duplicate")
    for table, ids in (
        ("article", {"article_id": "id", "current_version_id": "id"}),
        ("article_version", {"article_id": "id", "version_id": "id"}),
        ("citation", {"article_id": "id", "version_id": "id", "citation_id": "id"}),
    ):
        columns = ", ".join(f"one.{name} || '-' || n AS {name}" for name in ids)
        filled.execute(f"""
            INSERT INTO core.{table}
            SELECT one.* REPLACE ({columns}) FROM core.{table} AS one, range(1111) AS t(n)
        """)  # noqa: S608 - names of our own
    filled.execute("""
        INSERT INTO core.citation
        SELECT one.* REPLACE (citation_id || '+' || n AS citation_id, n AS article_no)
        FROM core.citation AS one, range(20) AS t(n)
    """)
    write_report(filled, tmp_path / "report.html", NOW)
    assert (tmp_path / "report.html").stat().st_size < 1_000_000
    tree = report(filled)
    rows, pages = len(tree.cssselect(".papers tbody tr")), len(tree.cssselect(".paper"))
    assert min(rows, pages) > 20
    assert f"列出 {rows} 篇，共 10,008 篇；其中 {pages} 篇" in words(tree, "articles")


def test_without_texts_an_articles_page_has_its_cited_sentences(
    filled: DuckDBPyConnection,
) -> None:
    filled.execute("UPDATE core.article_version SET text = ''")
    page = report(filled).get_element_by_id(f"a-{page_id('loan')}")
    assert "正文未公布" in str(page.text_content())
    assert [str(m.text) for m in page.iter("mark")] == [
        "《民法典》第六百七十五条",
        "《合同法》第一百零七条",
    ]


def test_segments_lie_side_by_side_and_zeros_are_left_out() -> None:
    segments = [Segment(value=n, css="c", label=str(n)) for n in (1, 0, 3)]
    svg = html.fragment_fromstring(bar(segments, 4))
    assert [(r.get("x"), r.get("width")) for r in svg.iter("rect")] == [
        ("0.00%", "25.00%"),
        ("25.00%", "75.00%"),
    ]


def test_stacked_columns_reach_as_high_as_their_sum() -> None:
    plot = html.fragment_fromstring(
        columns(["一月", "二月"], {"甲": [1, 4], "乙": [1, 0]}, "篇数", ["", ""])
    )
    heights = [float(r.get("height")) for r in plot.iter("rect")]
    assert heights[0] == heights[1]
    assert heights[2] == pytest.approx(4 * heights[0], abs=0.3)


@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
def test_chromium_shows_the_page_and_asks_nobody(
    filled: DuckDBPyConnection, tmp_path: Path
) -> None:
    filled.execute("UPDATE core.article_version SET title = ?", ["".join(HOSTILE)])
    write_report(filled, tmp_path / "report.html", NOW)
    log = tmp_path / "net.json"
    dom = browse(tmp_path, "--dump-dom", f"--log-net-log={log}").decode()
    tree = html.document_fromstring(dom)
    assert str(tree.findtext(".//head/title")).startswith("法条引用核查报告")
    assert len(tree.cssselect("main > section")) == 8
    asked = log.read_text(encoding="utf-8", errors="replace")
    assert "lawfirm.example" not in asked
    assert "evil.example" not in asked


@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
def test_chromium_paints_the_page_on_a_phone_in_the_dark(
    filled: DuckDBPyConnection, tmp_path: Path
) -> None:
    write_report(filled, tmp_path / "report.html", NOW)
    picture = tmp_path / "phone.png"
    dark = "--blink-settings=preferredColorScheme=0"
    browse(tmp_path, dark, "--window-size=500,1200", f"--screenshot={picture}")
    assert picture.read_bytes()[1:4] == b"PNG"
    assert picture.stat().st_size > 20_000  # a blank picture of this size has some 5 kB


def browse(folder: Path, *flags: str) -> bytes:
    assert CHROMIUM
    command = [CHROMIUM, *FLAGS, f"--user-data-dir={folder / 'profile'}", *flags]
    url = (folder / "report.html").as_uri()
    done = subprocess.run([*command, url], check=True, capture_output=True, timeout=120)
    return done.stdout
