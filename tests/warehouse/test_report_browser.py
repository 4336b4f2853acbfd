"""The report in a real browser: language, order, filter, an article's page, accessibility.

Chromium prints a page after its scripts have run.  So a copy of the report gets one more script,
which does what a reader would do and writes down what is then to be seen.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from duckdb import DuckDBPyConnection
from lxml import html

from tests.warehouse.filled import fill_warehouse, page_id
from warehouse.report.page import write_report
from warehouse.store import open_warehouse

NOW = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--virtual-time-budget=20000",
)
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
AXE = "axe.run().then(r => tell(r.violations.map(v => [v.id, v.nodes.map(n => n.html)])))"

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")


@pytest.fixture(name="filled", scope="module")
def _filled() -> Iterator[DuckDBPyConnection]:
    with open_warehouse(":memory:") as connection:
        fill_warehouse(connection)
        yield connection


@pytest.fixture(name="report", scope="module")
def _report(filled: DuckDBPyConnection, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("report") / "report.html"
    write_report(filled, file, NOW)
    return file


def browse(address: str, folder: Path, *flags: str) -> subprocess.CompletedProcess[str]:
    assert CHROMIUM
    profile = f"--user-data-dir={folder / 'profile'}"
    command = [CHROMIUM, *FLAGS, profile, *flags, "--dump-dom", address]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)


def done(report: Path, act: str, *, at: str = "", flags: tuple[str, ...] = ()) -> Any:
    """Return what `act`, a script, tells after the report's own script has run."""
    page = POLICY.sub("", report.read_text(encoding="utf-8"))
    axe = ""
    if "axe." in act:
        axe = files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
        axe = "<script>" + axe.replace("</script", r"<\/script") + "</script>"
    tell = (
        "const told = document.createElement('pre'); told.id = 'told'; document.body.append(told);"
        "const tell = (what) => { told.textContent = JSON.stringify(what); };"
    )
    copy = report.with_name("copy.html")
    loaded = f"addEventListener('load', () => setTimeout(() => {{ {act} }}))"
    whole = f"{axe}<script>{tell}{loaded}</script></body>"
    copy.write_text(page.replace("</body>", whole), encoding="utf-8")
    tree = html.document_fromstring(browse(copy.as_uri() + at, report.parent, *flags).stdout)
    return json.loads(tree.get_element_by_id("told").text_content())


def test_the_page_runs_under_its_own_policy_and_complains_of_nothing(report: Path) -> None:
    shown = browse(report.as_uri(), report.parent, "--enable-logging=stderr")
    assert "CONSOLE" not in shown.stderr
    button = html.document_fromstring(shown.stdout).get_element_by_id("language")
    assert button.text_content() == "English"
    assert button.get("hidden") is None  # the script ran


def test_a_click_turns_the_page_into_english_and_back(report: Path) -> None:
    act = """
        const heads = () => [document.title, document.querySelector("h1").innerText,
                             document.documentElement.lang];
        const seen = [heads()];
        for (let n = 0; n < 2; n++) {
            document.getElementById("language").click();
            seen.push(heads());
        }
        const chinese = [...document.querySelectorAll(".zh")].filter(e => e.offsetParent);
        tell([...seen, chinese.length > 50]);
    """
    first, english, back, is_chinese = done(report, act)
    assert first == back == ["法条引用核查报告 · fatiao", "法条引用核查报告", "zh-CN"]
    assert english == ["Statute citations, checked · fatiao", "Statute citations, checked", "en"]
    assert is_chinese


def test_in_english_no_chinese_word_of_the_report_is_left(report: Path) -> None:
    act = """
        const own = document.querySelectorAll(
            "h1, section h2, section h3, th, nav, figcaption, p.note");
        const left = [...own].map(e => e.innerText).filter(t => /[\\u4e00-\\u9fff]/.test(t));
        tell(left.filter(t => !t.includes("《")));
    """
    assert done(report, act, at="?lang=en") == []


def test_the_tables_are_ordered_by_a_click_on_a_head(
    report: Path, filled: DuckDBPyConnection
) -> None:
    act = """
        const table = document.querySelector("table.papers");
        const click = (n) => table.tHead.rows[0].cells[n].querySelector("button").click();
        const column = (n) => [...table.tBodies[0].rows].map(r => r.cells[n].innerText);
        click(3); const up = column(3);
        click(3); const down = column(3);
        tell([up, down, table.tHead.rows[0].cells[3].getAttribute("aria-sort")]);
    """
    up, down, said = done(report, act)
    counts = filled.sql("""
        SELECT count(c.citation_id) AS n
        FROM articles AS a LEFT JOIN citations AS c USING (article_id)
        GROUP BY a.article_id ORDER BY n
    """).fetchall()
    assert [int(n) for n in up] == [n for (n,) in counts]
    assert down == up[::-1]
    assert said == "descending"


def test_the_filter_leaves_what_fits(report: Path, filled: DuckDBPyConnection) -> None:
    act = """
        const field = document.getElementById("filter");
        const rows = () => [...document.querySelectorAll("table.papers tbody tr")]
            .filter(r => r.offsetParent).map(r => r.querySelector("a").innerText);
        field.value = "lawfirm 借钱"; field.dispatchEvent(new Event("input"));
        const typed = rows();
        document.querySelector(".verdicts [data-filter='verdict:repealed']").click();
        tell([typed, rows(), field.value, location.hash]);
    """
    typed, repealed, words, place = done(report, act)
    assert typed == []
    cited = "SELECT DISTINCT title FROM citations WHERE verdict = 'repealed' ORDER BY title"
    assert sorted(set(repealed)) == sorted(title for (title,) in filled.sql(cited).fetchall())
    assert (words, place) == ("verdict:repealed", "#articles")


def test_a_long_table_opens_whole_when_asked_and_for_a_filter(tmp_path: Path) -> None:
    with open_warehouse(":memory:") as long:
        fill_warehouse(long)
        for table in ("article", "article_version"):
            version = "current_version_id" if table == "article" else "version_id"
            long.execute(f"""
                INSERT INTO core.{table}
                SELECT one.* REPLACE (article_id || n AS article_id, {version} || n AS {version})
                FROM core.{table} AS one, range(20) AS t(n)
            """)  # noqa: S608 - names of our own
        ((count,),) = long.sql("SELECT count(*) FROM articles").fetchall()
        write_report(long, tmp_path / "report.html", NOW)
    act = """
        const rows = () => [...document.querySelectorAll("table.papers tbody tr")]
            .filter(r => r.offsetParent).length;
        const field = document.getElementById("filter");
        const all = document.getElementById("all");
        const type = (words) => { field.value = words; field.dispatchEvent(new Event("input")); };
        const seen = [rows()];
        type("离婚"); seen.push(rows());
        type(""); seen.push(rows());
        all.click(); seen.push(rows(), all.hidden);
        tell(seen);
    """
    first, found, again, whole, is_gone = done(tmp_path / "report.html", act)
    assert first == again == 50
    assert found == 42
    assert (whole, is_gone) == (count, True)


def test_a_column_of_the_chart_leads_to_its_articles(
    report: Path, filled: DuckDBPyConnection
) -> None:
    act = """
        const column = document.querySelectorAll("svg.columns")[1].querySelector("[data-filter]");
        column.dispatchEvent(new MouseEvent("click", {bubbles: true}));
        const rows = [...document.querySelectorAll("table.papers tbody tr")];
        tell(rows.filter(r => r.offsetParent).map(r => r.cells[2].innerText));
    """
    ((first,),) = filled.sql("SELECT min(published_on) FROM articles").fetchall()
    dates = done(report, act)
    assert dates
    assert all(shown[:4] == str(first.year) for shown in dates)


def test_an_articles_page_shows_its_text_its_citations_and_who_copied_it(report: Path) -> None:
    act = """
        const paper = [...document.querySelectorAll(".paper")].filter(p => p.offsetParent);
        tell([paper.length, paper[0].querySelector("h2").innerText,
              [...paper[0].querySelectorAll("mark")].map(m => m.firstChild.textContent),
              [...paper[0].querySelectorAll(".chain li")].length,
              paper[0].querySelector(".body").innerText.includes("朋友")]);
    """
    shown, title, marks, chain, has_text = done(report, act, at=f"#a-{page_id('loan')}")
    assert shown == 1
    assert title == "借给朋友的钱要不回来怎么办"
    assert "《合同法》第一百零七条" in marks
    assert chain == 3
    assert has_text


@pytest.mark.parametrize("at", ["", "?lang=en", f"#a-{page_id('loan')}"])
@pytest.mark.parametrize("scheme", [0, 1])  # Chromium's numbers: dark, light
def test_axe_finds_nothing_that_shuts_a_reader_out(report: Path, at: str, scheme: int) -> None:
    flags = (f"--blink-settings=preferredColorScheme={scheme}",)
    assert done(report, AXE, at=at, flags=flags) == []
