"""Per source: what it gave, how fresh it is, how its last run went."""

from datetime import datetime, timedelta
from typing import Final

from duckdb import DuckDBPyConnection

from warehouse.health.states import Health
from warehouse.report.charts import Segment, bar
from warehouse.report.markup import DASH, age, day, empty, link, number, percent, section, text
from warehouse.report.queries import Row, ask

# Listings are looked at again within a week at the latest (crawler.frontier.schedule), so a source
# that has answered nothing for longer is not being crawled.
STALE_AFTER: Final = timedelta(days=8)
_STATES: Final = {
    Health.OK: ("good", "正常"),
    Health.DEGRADED: ("warn", "失败偏多"),
    Health.BROKEN: ("bad", "没有收获"),
    Health.BLOCKED: ("bad", "被拒绝"),
    Health.UNREACHABLE: ("bad", "连不上"),
}
_HEAD: Final = (
    "<tr><th>来源</th><th>状态</th><th class='n'>文章</th><th class='n wide'>转载</th>"
    "<th class='n wide'>引用</th><th>有误</th><th>最近抓取</th><th class='wide'>最新文章</th>"
    "<th class='n wide'>上次请求 / 失败</th></tr>"
)


def sources_section(connection: DuckDBPyConnection, now: datetime) -> str:
    """Return the table of sources, or a sentence where there are none."""
    rows = ask(connection, "sources")
    if not rows:
        body = empty("还没有来源。用 <code>fatiao sources add 网址</code> 添加一个。")
        return section("sources", "来源与更新", "Sources", body)
    lines = "\n".join(_row(row, now) for row in rows)
    table = f'<div class="scroll"><table class="sources">{_HEAD}{lines}</table></div>'
    return section("sources", "来源与更新", "Sources", table)


def _row(row: Row, now: datetime) -> str:
    tone, state = _state(row, now)
    last = row["last_ok_at"]
    bad, cited = row["bad_citations"], row["citations"]
    share = bar([Segment(value=bad, css="bad", label=f"{bad} / {cited}")], cited, "bar mini")
    return (
        f"<tr><th>{link(row['start_url'], row['source'])}</th>"
        f"<td><span class='state {tone}' title='{text(row['reason'] or '')}'>{state}</span></td>"
        f"<td class='n'>{number(row['articles'])}</td>"
        f"<td class='n wide'>{number(row['reposts'])}</td><td class='n wide'>{number(cited)}</td>"
        f"<td class='share'>{share} {percent(bad, cited)}</td>"
        f"<td>{text(age(last, now)) if last else DASH}</td>"
        f"<td class='nowrap wide'>{day(row['newest_published_on'])}</td>"
        f"<td class='n wide'>{number(row['last_run_requests'])}"
        f" / {number(row['last_run_errors'])}</td></tr>"
    )


def _state(row: Row, now: datetime) -> tuple[str, str]:
    """Return tone and word for a source: as its last run judged it, unless that is long ago."""
    if not row["enabled"]:
        return "dim", "已停用"
    if row["state"] is None:
        return "dim", "尚未抓取"
    if row["last_ok_at"] and now - row["last_ok_at"] > STALE_AFTER:
        return "bad", "久未更新"
    return _STATES[Health(row["state"])]
