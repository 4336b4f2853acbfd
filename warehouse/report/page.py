"""The report: one HTML file that needs no network and no fonts of its own.

A content security policy forbids what the page never does: load anything, or run any script but
the one it was written with.  Without script all of it can be read; language, order and filter of
the tables need it.
"""

import base64
import hashlib
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Final

from duckdb import DuckDBPyConnection

from warehouse.report.citations import bad_section, most_cited_section, verdicts_section
from warehouse.report.intake import intake_section
from warehouse.report.markup import both, moment, number, percent, text
from warehouse.report.papers import Papers, choose_papers, papers_section
from warehouse.report.queries import Row, ask
from warehouse.report.reposts import rejections_section, reposts_section
from warehouse.report.sources import sources_section

MOST_BYTES: Final = 980_000  # of the file, so that it opens at once and can be sent by mail
POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_NAVIGATION: Final = (
    ("intake", both("收录", "Intake")),
    ("sources", both("来源", "Sources")),
    ("verdicts", both("核查", "Verdicts")),
    ("cited", both("引用", "Cited")),
    ("bad", both("有误", "Wrong")),
    ("reposts", both("转载", "Reposts")),
    ("articles", both("文章", "Articles")),
    ("rejections", both("未收", "Refused")),
)
_QUESTIONS: Final = (
    (
        both("谁引用了民法典第六百七十五条？", "Who cites article 675 of the Civil Code?"),
        "SELECT title, url FROM cites('民法典', art := 675);",
    ),
    (
        both("哪些引用有误？", "Which citations are wrong?"),
        "SELECT provision, verdict, sentence, url FROM citations WHERE is_bad;",
    ),
    (
        both("谁转载谁？", "Who copies whom?"),
        "SELECT original_source, repost_source, count(*) FROM reposts GROUP BY ALL;",
    ),
)


_OPEN: Final = both(
    "同一文件夹里的 <code>fatiao.duckdb</code> 可以用任何 DuckDB 客户端打开，"
    '也可以用 <code>fatiao sql "…"</code>。',
    "Any DuckDB client opens <code>fatiao.duckdb</code> in the same folder; so does "
    '<code>fatiao sql "…"</code>.',
)
_NO_ADVICE: Final = both(
    "核查由程序完成，只作线索，不构成法律意见。",
    "Checked by a program: leads to follow, no legal advice.",
)


def write_report(connection: DuckDBPyConnection, file: Path, now: datetime) -> None:
    """Write the report on the warehouse that `connection` has as its catalog `fatiao`.

    `now`, aware, is the moment from which ages count.

    Raises:
        OSError: `file` cannot be written.
    """
    file.write_text(render_report(connection, now), encoding="utf-8")


def render_report(connection: DuckDBPyConnection, now: datetime) -> str:
    """Return the report's HTML, of at most `MOST_BYTES`."""
    papers = choose_papers(connection)
    page = _render(connection, now, papers)
    excess = len(page.encode()) - MOST_BYTES
    return page if excess <= 0 else _render(connection, now, papers.without(excess))


def _render(connection: DuckDBPyConnection, now: datetime, papers: Papers) -> str:
    about = ask(connection, "about")[0]
    sections = (
        intake_section(connection, now),
        sources_section(connection, now),
        verdicts_section(connection),
        most_cited_section(connection),
        bad_section(connection, papers),
        reposts_section(connection, about["templates"], papers),
        papers_section(papers),
        rejections_section(connection),
    )
    style, marked, script = (_file(name) for name in ("style.css", "marked.css", "script.js"))
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy(script)}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>法条引用核查报告 · fatiao</title>
<link rel="icon" href="data:,">
<style>
{style}{marked}</style>
</head>
<body>
{_header(about, now)}
<main>
{chr(10).join(sections)}
</main>
{_footer(about)}
<script>{script}</script>
</body>
</html>
"""


def policy(script: str) -> str:
    """Return the content security policy of a page with this one script."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"{POLICY}; script-src 'sha256-{digest}'"


def _file(name: str) -> str:
    return files("warehouse.report").joinpath(name).read_text(encoding="utf-8")


def _header(about: Row, now: datetime) -> str:
    links = "".join(f'<a href="#{anchor}">{name}</a>' for anchor, name in _NAVIGATION)
    return f"""<header class="top">
<button id="language" type="button" hidden>English</button>
<p class="brand">fatiao <span lang="en">statute citations on legal-advice sites</span></p>
<h1>{both("法条引用核查报告", "Statute citations, checked")}</h1>
<p class="dim">{_stated(about, now)}</p>
<dl class="cards">{_cards(about)}</dl>
<nav aria-label="fatiao">{links}</nav>
</header>"""


def _cards(about: Row) -> str:
    bad, cited = about["bad_citations"], about["citations"]
    wrong, articles = about["bad_articles"], about["articles"]
    sources, reposts, open_ = (
        number(about[name]) for name in ("sources", "reposts", "open_citations")
    )
    tone = "bad" if bad else ""
    cards = (
        (
            "",
            both("文章", "Articles"),
            articles,
            both(f"来自 {sources} 个来源", f"{sources} sources"),
        ),
        (
            "",
            both("原创", "Originals"),
            about["originals"],
            both(f"转载 {reposts} 篇", f"{reposts} reposts"),
        ),
        ("", both("法条引用", "Citations"), cited, both(f"存疑 {open_} 条", f"{open_} in doubt")),
        (tone, both("有误的引用", "Wrong citations"), bad, _share(bad, cited)),
        (tone, both("有误的文章", "Articles with one"), wrong, _share(wrong, articles)),
    )
    return "".join(
        f'<div class="{tone}"><dt>{name}</dt><dd>{number(value)}</dd>'
        f'<dd class="dim">{note}</dd></div>'
        for tone, name, value, note in cards
    )


def _stated(about: Row, now: datetime) -> str:
    until, made = moment(about["as_of"]), moment(now)
    return both(
        f"数据截至 {until}，报告生成于 {made}（北京时间）",
        f"Data until {until}, report made {made} (Beijing time)",
    )


def _share(part: int, whole: int) -> str:
    return both(f"占 {percent(part, whole)}", f"{percent(part, whole)}")


def _footer(about: Row) -> str:
    questions = "\n".join(
        f"<li><span>{title}</span><pre><code>{text(sql)}</code></pre></li>"
        for title, sql in _QUESTIONS
    )
    return f"""<footer class="bottom">
<h2>{both("自己查询", "Ask the file")}</h2>
<p>{_OPEN}</p>
<ul class="questions">
{questions}
</ul>
<p class="dim">{_made(about)}</p>
<p class="dim">{_NO_ADVICE}</p>
</footer>"""


def _made(about: Row) -> str:
    run = "—" if about["run_id"] is None else text(about["run_id"])
    code, schema = text(about["code_version"] or "—"), text(about["schema_version"])
    registry, laws = text(about["registry_version"] or "—"), number(about["statutes"])
    built = moment(about["built_at"])
    return both(
        f"运行 {run} · 程序 {code} · 结构版本 {schema} · 法规登记库 {registry}（{laws} 部）"
        f" · 构建于 {built}",
        f"run {run} · fatiao {code} · schema {schema} · registry {registry} ({laws} laws)"
        f" · built {built}",
    )
