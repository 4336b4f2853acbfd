"""Who copied whom, and which fetched pages held no article."""

from collections.abc import Iterable
from itertools import groupby
from typing import Final

from duckdb import DuckDBPyConnection

from warehouse.report.charts import Segment, bar
from warehouse.report.markup import day, empty, link, number, section, text
from warehouse.report.queries import Row, ask
from warehouse.report.words import REASONS, RELATIONS

MOST_CLUSTERS: Final = 10
MOST_COPIES: Final = 6  # of one original; the rest is a number
MOST_FLOWS: Final = 10


def reposts_section(connection: DuckDBPyConnection, templates: int) -> str:
    """Return the largest clusters; `templates` pages share a form with another company's."""
    rows = ask(connection, "clusters", most=MOST_CLUSTERS)
    body = empty("没有发现转载。")
    if rows:
        clusters = (
            _cluster(list(copies)) for _, copies in groupby(rows, key=lambda r: r["cluster_id"])
        )
        body = (
            f'<div class="clusters">{"".join(clusters)}</div>'
            '<p class="note">每组以发布日期最早的一篇为首，没有写明日期的排在后面。</p>'
            f"{_flows(connection)}"
        )
    if templates:
        body += (
            f'<p class="note">另有 {number(templates)} 篇与别的文章同一模板、只换了机构名称，'
            "不算转载，见视图 <code>templates</code>。</p>"
        )
    return section("reposts", "转载最多的文章", "Reposts", body)


def _cluster(copies: list[Row]) -> str:
    first = copies[0]
    more = len(copies) - MOST_COPIES
    items = "".join(_copy(row) for row in copies[:MOST_COPIES])
    rest = f'<li class="dim">……以及另外 {number(more)} 篇</li>' if more > 0 else ""
    return (
        f'<article class="cluster"><header><span class="count">{number(len(copies))}</span>'
        f"<div><b>{link(first['first_url'], first['first_title'])}</b>"
        f'<p class="dim">{text(first["first_source"])} · {day(first["first_on"])}</p>'
        f"</div></header><ul>{items}{rest}</ul></article>"
    )


def _copy(row: Row) -> str:
    relation = RELATIONS.get(row["relation"], row["relation"])
    return (
        f"<li>{link(row['url'], row['title'])}"
        f'<span class="tag">{text(relation)} {round(100 * row["similarity"])}%</span>'
        f'<span class="dim">{text(row["source"])}{_lag(row["lag_days"])}</span></li>'
    )


def _lag(days: int | None) -> str:
    """Return how much later than the first a copy is dated; nothing where a date is unknown."""
    if days is None:
        return ""
    return f" · 晚 {days} 天" if days else " · 同一天"


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
    heading = '<h3>原文来源 → 转载来源 <small lang="en">Who copies whom</small></h3>'
    return f'{heading}<ol class="ranking two">{items}</ol>'


def rejections_section(connection: DuckDBPyConnection) -> str:
    """Return why pages were not taken as articles."""
    rows = ask(connection, "rejections")
    body = _reasons(rows) if rows else empty("没有被拒的页面。")
    return section("rejections", "未收为文章的页面", "Rejections", body)


def _reasons(rows: Iterable[Row]) -> str:
    rows = list(rows)
    whole = max(row["pages"] for row in rows)
    items = "".join(
        f'<li><span class="name">{text(REASONS.get(row["reason"], row["reason"]))}'
        f' <span class="dim">{text(row["sources"])}</span></span>'
        f'<span class="n">{number(row["pages"])}</span>'
        f"{bar([Segment(value=row['pages'], css='dim', label=row['reason'])], whole)}</li>"
        for row in rows
    )
    return f'<ol class="ranking two">{items}</ol>'
