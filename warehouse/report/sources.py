"""Per source: what it gave, how fresh it is, how its last run went."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from duckdb import DuckDBPyConnection

from warehouse.health.states import Health
from warehouse.report.charts import Segment, bar, filter_word, to_articles
from warehouse.report.markup import (
    DASH,
    age,
    both,
    day,
    empty,
    link,
    number,
    percent,
    section,
    text,
)
from warehouse.report.queries import Row, ask

# Listings are looked at again within a week at the latest (crawler.frontier.schedule), so a source
# that has answered nothing for longer is not being crawled.
STALE_AFTER: Final = timedelta(days=8)
# Rows, 600 bytes each: more would fill the page (warehouse.report.page.MOST_BYTES).
MOST_LISTED: Final = 200
_TROUBLE: Final = frozenset({"warn", "bad"})
_STATES: Final = {
    Health.OK: ("good", both("正常", "well")),
    Health.DEGRADED: ("warn", both("失败偏多", "degraded")),
    Health.BROKEN: ("bad", both("没有收获", "broken")),
    Health.BLOCKED: ("bad", both("被拒绝", "blocked")),
    Health.UNREACHABLE: ("bad", both("连不上", "unreachable")),
}
_HEAD: Final = (
    ("", both("来源", "Source")),
    ("", both("状态", "State")),
    ("n", both("文章", "Articles")),
    ("n wide", both("转载", "Reposts")),
    ("n wide", both("引用", "Citations")),
    ("", both("有误", "Wrong")),
    ("", both("最近抓取", "Last fetch")),
    ("wide", both("最新文章", "Newest")),
    ("n wide", both("上次请求 / 失败", "Last run: requests / failed")),
)


_TITLE: Final = both("来源与更新", "Sources")


def sources_section(connection: DuckDBPyConnection, now: datetime) -> str:
    """Return the table of sources, or a sentence where there are none."""
    rows = ask(connection, "sources")
    if not rows:
        body = empty(
            "还没有来源。用 <code>fatiao sources add 网址</code> 添加一个。",
            "No source yet. Add one: <code>fatiao sources add URL</code>.",
        )
        return section("sources", _TITLE, body)
    head = "".join(f'<th scope="col" class="{css}">{name}</th>' for css, name in _HEAD)
    listed = _listed(rows, now)
    lines = "\n".join(_row(row, now) for row in listed)
    table = (
        f'<div class="scroll"><table class="sources sortable"><thead><tr>{head}</tr></thead>'
        f"<tbody>{lines}</tbody></table></div>{_rest(len(listed), len(rows))}"
    )
    return section("sources", _TITLE, table)


def _listed(rows: Sequence[Row], now: datetime) -> list[Row]:
    """Return those that there is room for: the ones in trouble, then the largest."""
    ranked = sorted(range(len(rows)), key=lambda at: _state(rows[at], now)[0] not in _TROUBLE)
    return [rows[at] for at in sorted(ranked[:MOST_LISTED])]


def _rest(listed: int, whole: int) -> str:
    if listed == whole:
        return ""
    told = both(
        f"列出 {number(listed)} 个，共 {number(whole)} 个，有问题的在先。"
        "全部见视图 <code>sources</code> 和 <code>freshness</code>。",
        f"{number(listed)} of {number(whole)} sources are listed, those in trouble first. "
        "All are in the views <code>sources</code> and <code>freshness</code>.",
    )
    return f'<p class="note">{told}</p>'


def _row(row: Row, now: datetime) -> str:
    tone, state = _state(row, now)
    last = row["last_ok_at"]
    bad, cited = row["bad_citations"], row["citations"]
    share = bar([Segment(value=bad, css="bad", label=f"{bad} / {cited}")], cited, "bar mini")
    return (
        f"<tr><th scope='row'>{link(row['start_url'], row['source'])}</th>"
        f"<td><span class='state {tone}' title='{text(row['reason'] or '')}'>{state}</span></td>"
        f"<td class='n'>{_articles(row)}</td>"
        f"<td class='n wide'>{number(row['reposts'])}</td><td class='n wide'>{number(cited)}</td>"
        f"<td class='share'>{share} {percent(bad, cited)}</td>"
        f"<td data-sort='{last.timestamp() if last else 0:.0f}'>"
        f"{age(last, now) if last else DASH}</td>"
        f"<td class='nowrap wide'>{day(row['newest_published_on'])}</td>"
        f"<td class='n wide'>{number(row['last_run_requests'])}"
        f" / {number(row['last_run_errors'])}</td></tr>"
    )


def _articles(row: Row) -> str:
    return to_articles(filter_word("source", row["source"]), number(row["articles"]))


def _state(row: Row, now: datetime) -> tuple[str, str]:
    """Return tone and words for a source: as its last run judged it, unless that is long ago."""
    if not row["enabled"]:
        return "dim", both("已停用", "disabled")
    if row["state"] is None:
        return "dim", both("尚未抓取", "not fetched yet")
    if row["last_ok_at"] and now - row["last_ok_at"] > STALE_AFTER:
        return "bad", both("久未更新", "stale")
    return _STATES[Health(row["state"])]
