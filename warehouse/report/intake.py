"""What came in: articles by day of fetching and by time of publication, a colour a source."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from duckdb import DuckDBPyConnection

from warehouse.report.charts import PALETTE, columns, legend, to_articles
from warehouse.report.markup import BEIJING, both, empty, number, numbers, section, text
from warehouse.report.queries import Row, ask

DAYS = 30  # of the chart of arrivals
MOST_COLUMNS = 36  # more than three years of months become quarters, more than nine years years
_OTHERS = "…"  # all further sources; no source can have this name


def intake_section(connection: DuckDBPyConnection, now: datetime) -> str:
    """Return the section, with sentences where there is nothing to draw."""
    totals = {row["source"]: row["articles"] for row in ask(connection, "totals")}
    names = list(totals)
    if len(names) > PALETTE:
        names = [*names[: PALETTE - 1], _OTHERS]
        totals[_OTHERS] = sum(list(totals.values())[PALETTE - 1 :])
    body = (
        f'<div class="pair"><figure>{_arrivals(connection, names, now)}</figure>'
        f"<figure>{_publications(connection, names)}</figure></div>"
        f"{legend(names, [totals[name] for name in names])}"
    )
    return section("intake", both("收录情况", "What came in"), body)


def _arrivals(connection: DuckDBPyConnection, names: Sequence[str], now: datetime) -> str:
    rows = ask(connection, "arrived", now=now, days=DAYS)
    told = both(
        f"最近 {DAYS} 天新收录的文章，按首次抓取日期",
        f"New articles of the last {DAYS} days, by the day they were first fetched",
    )
    caption = f"<figcaption>{told}</figcaption>"
    if not rows:
        return caption + empty(
            f"最近 {DAYS} 天没有收录新文章。", f"Nothing new in the last {DAYS} days."
        )
    today = now.astimezone(BEIJING).date()
    days = [today - timedelta(days=back) for back in reversed(range(DAYS))]
    return caption + _chart(rows, names, days, _same_day)


def _publications(connection: DuckDBPyConnection, names: Sequence[str]) -> str:
    rows = ask(connection, "published")
    undated = ask(connection, "undated")[0]["articles"]
    note = f"；另有 {number(undated)} 篇没有写明日期" if undated else ""
    note_en = f"; {number(undated)} more without a date" if undated else ""
    if not rows:
        told = both(f"文章的发布时间{note}", f"When articles were published{note_en}")
        return f"<figcaption>{told}</figcaption>" + empty(
            "还没有写明日期的文章。", "No article with a date yet."
        )
    months = [row["bucket"] for row in rows]
    (unit, unit_en), start_of = _unit(min(months), max(months))
    buckets = _buckets(min(months), max(months), start_of)
    told = both(
        f"文章的发布时间，按{unit}{note}", f"When articles were published, by {unit_en}{note_en}"
    )
    return f"<figcaption>{told}</figcaption>" + _chart(rows, names, buckets, start_of)


def _chart(
    rows: Sequence[Row],
    names: Sequence[str],
    buckets: Sequence[date],
    start_of: Callable[[date], date],
) -> str:
    """Draw the rows' articles; a source that is not among `names` counts for the last of them."""
    series = {name: [0] * len(buckets) for name in names}
    place_of = {bucket: place for place, bucket in enumerate(buckets)}
    for row in rows:
        place = place_of.get(start_of(row["bucket"]))
        if place is not None:
            name = row["source"] if row["source"] in series else _OTHERS
            series[name][place] += row["articles"]
    labels = [_label(bucket, start_of) for bucket in buckets]
    words = [_words(bucket, start_of) for bucket in buckets]
    count = sum(sum(values) for values in series.values())
    told = f"{labels[0]} – {labels[-1]}: {count} 篇文章 articles"
    table = numbers(
        [both("时间", "Time"), *(text(name) for name in series)],
        [
            (to_articles(words[place], text(label)), *(f"{v[place]}" for v in series.values()))
            for place, label in enumerate(labels)
            if any(values[place] for values in series.values())
        ],
    )
    return columns(labels, series, told, words) + table


def _unit(first: date, last: date) -> tuple[tuple[str, str], Callable[[date], date]]:
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months <= MOST_COLUMNS:
        return ("月", "month"), _month
    if months <= 3 * MOST_COLUMNS:
        return ("季度", "quarter"), _quarter
    return ("年", "year"), _year


def _buckets(first: date, last: date, start_of: Callable[[date], date]) -> list[date]:
    """Return the starts of all units from `first` to `last`, the empty ones too, newest kept."""
    starts: list[date] = []
    for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        start = start_of(date(month // 12, month % 12 + 1, 1))
        if not starts or starts[-1] != start:
            starts.append(start)
    return starts[-MOST_COLUMNS:]


def _label(bucket: date, start_of: Callable[[date], date]) -> str:
    if start_of is _same_day:
        return f"{bucket:%m-%d}"
    if start_of is _quarter:
        return f"{bucket.year}Q{(bucket.month + 2) // 3}"
    return f"{bucket.year}" if start_of is _year else f"{bucket:%Y-%m}"


def _words(bucket: date, start_of: Callable[[date], date]) -> str:
    """Return the filter's word for the articles of a column (warehouse.report.articles)."""
    return f"in:{bucket}" if start_of is _same_day else f"on:{_label(bucket, start_of)}"


def _same_day(day: date) -> date:
    return day


def _month(day: date) -> date:
    return day.replace(day=1)


def _quarter(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def _year(day: date) -> date:
    return date(day.year, 1, 1)
