"""The report: one HTML file that needs no network, no script and no fonts of its own.

Its style forbids, by a content security policy, what the page never does: load anything.
"""

from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Final

from duckdb import DuckDBPyConnection

from warehouse.report.citations import bad_section, most_cited_section, verdicts_section
from warehouse.report.intake import intake_section
from warehouse.report.markup import moment, number, percent, text
from warehouse.report.queries import Row, ask
from warehouse.report.reposts import rejections_section, reposts_section
from warehouse.report.sources import sources_section

POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_NAVIGATION: Final = (
    ("intake", "收录"),
    ("sources", "来源"),
    ("verdicts", "核查"),
    ("cited", "引用"),
    ("bad", "有误"),
    ("reposts", "转载"),
    ("rejections", "未收"),
)
_QUESTIONS: Final = (
    ("谁引用了民法典第六百七十五条？", "SELECT title, url FROM cites('民法典', 675);"),
    ("哪些引用有误？", "SELECT provision, verdict, sentence, url FROM citations WHERE is_bad;"),
    ("谁转载谁？", "SELECT original_source, repost_source, count(*) FROM reposts GROUP BY ALL;"),
)


def write_report(connection: DuckDBPyConnection, file: Path, now: datetime) -> None:
    """Write the report on the warehouse that `connection` has as its catalog `fatiao`.

    `now`, aware, is the moment from which ages count.

    Raises:
        OSError: `file` cannot be written.
    """
    file.write_text(render_report(connection, now), encoding="utf-8")


def render_report(connection: DuckDBPyConnection, now: datetime) -> str:
    """Return the report's HTML."""
    about = ask(connection, "about")[0]
    sections = (
        intake_section(connection, now),
        sources_section(connection, now),
        verdicts_section(connection),
        most_cited_section(connection),
        bad_section(connection),
        reposts_section(connection, about["templates"]),
        rejections_section(connection),
    )
    style = files("warehouse").joinpath("report", "style.css").read_text(encoding="utf-8")
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>法条引用核查报告 · fatiao</title>
<link rel="icon" href="data:,">
<style>
{style}</style>
</head>
<body>
{_header(about, now)}
<main>
{chr(10).join(sections)}
</main>
{_footer(about)}
</body>
</html>
"""


def _header(about: Row, now: datetime) -> str:
    links = "".join(f'<a href="#{anchor}">{name}</a>' for anchor, name in _NAVIGATION)
    return f"""<header class="top">
<p class="brand">fatiao <span lang="en">statute citations on legal-advice sites</span></p>
<h1>法条引用核查报告</h1>
<p class="dim">数据截至 {moment(about["as_of"])}，报告生成于 {moment(now)}（北京时间）</p>
<dl class="cards">{_cards(about)}</dl>
<nav>{links}</nav>
</header>"""


def _cards(about: Row) -> str:
    bad, cited = about["bad_citations"], about["citations"]
    wrong, articles = about["bad_articles"], about["articles"]
    cards = (
        ("", "文章", articles, f"来自 {number(about['sources'])} 个来源"),
        ("", "原创", about["originals"], f"转载 {number(about['reposts'])} 篇"),
        ("", "法条引用", cited, f"存疑 {number(about['open_citations'])} 条"),
        ("bad", "有误的引用", bad, f"占 {percent(bad, cited)}"),
        ("bad", "有误的文章", wrong, f"占 {percent(wrong, articles)}"),
    )
    return "".join(
        f'<div class="{tone}"><dt>{name}</dt><dd>{number(value)}</dd>'
        f'<dd class="dim">{note}</dd></div>'
        for tone, name, value, note in cards
    )


def _footer(about: Row) -> str:
    questions = "\n".join(
        f"<li><span>{text(title)}</span><pre><code>{text(sql)}</code></pre></li>"
        for title, sql in _QUESTIONS
    )
    run = "—" if about["run_id"] is None else text(about["run_id"])
    return f"""<footer class="bottom">
<h2>自己查询 <small lang="en">Ask the file</small></h2>
<p>同一文件夹里的 <code>fatiao.duckdb</code> 可以用任何 DuckDB 客户端打开，
也可以用 <code>fatiao sql "…"</code>。</p>
<ul class="questions">
{questions}
</ul>
<p class="dim">运行 {run} · 程序 {text(about["code_version"] or "—")}
 · 结构版本 {text(about["schema_version"])}
 · 法规登记库 {text(about["registry_version"] or "—")}（{number(about["statutes"])} 部）
 · 构建于 {moment(about["built_at"])}</p>
<p class="dim">核查由程序完成，只作线索，不构成法律意见。</p>
</footer>"""
