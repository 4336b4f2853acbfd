"""Who copied whom, and which fetched pages held no article."""

from collections.abc import Iterable
from itertools import groupby
from typing import Final

from duckdb import DuckDBPyConnection

from warehouse.report.charts import Segment, bar
from warehouse.report.markup import both, day, empty, number, section, text
from warehouse.report.papers import Papers
from warehouse.report.queries import Row, ask
from warehouse.report.words import reason_words, relation_words, rule_words

MOST_CLUSTERS: Final = 10
MOST_COPIES: Final = 6  # of one original; the rest is a number
MOST_FLOWS: Final = 10


_ORDER: Final = both(
    "每组以原文为首，下面写明凭什么认作原文；各组见视图 <code>clusters</code>。",
    "Each group is led by its original; the line below says by what it was found to be that. "
    "All groups are in the view <code>clusters</code>.",
)


def reposts_section(connection: DuckDBPyConnection, templates: int, papers: Papers) -> str:
    """Return the largest clusters; `templates` pages share a form with another company's."""
    rows = ask(connection, "clusters", most=MOST_CLUSTERS)
    body = empty("没有发现转载。", "No repost found.")
    if rows:
        clusters = (
            _cluster(list(copies), papers)
            for _, copies in groupby(rows, key=lambda r: r["first_id"])
        )
        body = (
            f'<div class="clusters">{"".join(clusters)}</div>'
            f'<p class="note">{_ORDER}</p>{_flows(connection)}'
        )
    if templates:
        told = both(
            f"另有 {number(templates)} 篇与别的文章同一模板、只换了机构名称，"
            "不算转载，见视图 <code>templates</code>。",
            f"{number(templates)} more share a form with another article and differ in the "
            "company's name; they are no reposts: view <code>templates</code>.",
        )
        body += f'<p class="note">{told}</p>'
    return section("reposts", both("转载最多的文章", "Reposts"), body)


def _cluster(copies: list[Row], papers: Papers) -> str:
    first = copies[0]
    more = len(copies) - MOST_COPIES
    items = "".join(_copy(row, papers) for row in copies[:MOST_COPIES])
    others = both(f"……以及另外 {number(more)} 篇", f"… and {number(more)} more")
    rest = f'<li class="dim">{others}</li>' if more > 0 else ""
    return (
        f'<article class="cluster"><header><span class="count">{number(len(copies))}</span>'
        f"<div><b>{papers.link(_first(first))}</b>"
        f'<p class="dim">{text(first["first_source"])} · {day(first["first_on"])}'
        f"{_why(first)}</p></div></header><ul>{items}{rest}</ul></article>"
    )


def _why(row: Row) -> str:
    """Return by what the first was found to be the original; nothing where no rule is kept."""
    if not row["rule"]:
        return ""
    evidence = f" ({text(row['evidence'])})" if row["evidence"] else ""
    return f" · {rule_words(row['rule'])}{evidence}"


def _first(row: Row) -> Row:
    return {"article_id": row["first_id"], "url": row["first_url"], "title": row["first_title"]}


def _copy(row: Row, papers: Papers) -> str:
    similar = round(100 * row["similarity"])
    return (
        f"<li>{papers.link(row)}"
        f'<span class="tag">{relation_words(row["relation"])} {similar}%</span>'
        f'<span class="dim">{text(row["source"])}{_lag(row["lag_days"])}</span></li>'
    )


def _lag(days: int | None) -> str:
    """Return how much later than the first a copy is dated; nothing where a date is unknown."""
    if days is None:
        return ""
    if not days:
        return " · " + both("同一天", "the same day")
    unit = "day" if abs(days) == 1 else "days"
    if days < 0:
        return " · " + both(f"日期早 {-days} 天", f"dated {-days} {unit} earlier")
    return " · " + both(f"晚 {days} 天", f"{days} {unit} later")


def _flows(connection: DuckDBPyConnection) -> str:
    rows = ask(connection, "flows", most=MOST_FLOWS)
    whole = max(row["copies"] for row in rows)
    items = "".join(
        f'<li><span class="name">{text(row["first_source"])} → '
        f"{text(row['source'])}</span>"
        f'<span class="n">{number(row["copies"])}</span>'
        f"{bar([Segment(value=row['copies'], css='fill', label='')], whole)}</li>"
        for row in rows
    )
    heading = f"<h3>{both('原文来源 → 转载来源', 'Original → who copied it')}</h3>"
    return f'{heading}<ol class="ranking two">{items}</ol>'


def rejections_section(connection: DuckDBPyConnection) -> str:
    """Return why pages were not taken as articles."""
    rows = ask(connection, "rejections")
    body = _reasons(rows) if rows else empty("没有被拒的页面。", "No page was refused.")
    return section("rejections", both("未收为文章的页面", "Pages that are no article"), body)


def _reasons(rows: Iterable[Row]) -> str:
    rows = list(rows)
    whole = max(row["pages"] for row in rows)
    items = "".join(
        f'<li><span class="name">{reason_words(row["reason"])}'
        f' <span class="dim">{text(row["sources"])}</span></span>'
        f'<span class="n">{number(row["pages"])}</span>'
        f"{bar([Segment(value=row['pages'], css='dim', label=row['reason'])], whole)}</li>"
        for row in rows
    )
    return f'<ol class="ranking two">{items}</ol>'
