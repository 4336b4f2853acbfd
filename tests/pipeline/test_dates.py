# ruff: noqa: E501 - a row a form
"""Every form in which Chinese pages print a date, read at one moment of fetching."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dates import BEIJING, SLACK, find_date, parse_calendar, parse_stamp

FETCHED = datetime(2025, 11, 10, 4, 0, 0, tzinfo=UTC)  # noon in Beijing


def _beijing(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=BEIJING)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    ("printed", "on", "precision", "at"),
    [
        ("刚刚", date(2025, 11, 10), "minute", _beijing(2025, 11, 10, 12, 0)),
        ("6秒前", date(2025, 11, 10), "second", _beijing(2025, 11, 10, 11, 59, 54)),
        ("8分钟前", date(2025, 11, 10), "minute", _beijing(2025, 11, 10, 11, 52)),
        ("2分鐘前", date(2025, 11, 10), "minute", _beijing(2025, 11, 10, 11, 58)),
        ("3小时前", date(2025, 11, 10), "hour", _beijing(2025, 11, 10, 9, 0)),
        ("2小時前", date(2025, 11, 10), "hour", _beijing(2025, 11, 10, 10, 0)),
        ("13 小时前", date(2025, 11, 9), "hour", _beijing(2025, 11, 9, 23, 0)),
        ("今天 08:05", date(2025, 11, 10), "minute", _beijing(2025, 11, 10, 8, 5)),
        ("昨天", date(2025, 11, 9), "day", None),
        ("昨天 12:30", date(2025, 11, 9), "minute", _beijing(2025, 11, 9, 12, 30)),
        ("前天", date(2025, 11, 8), "day", None),
        ("2天前", date(2025, 11, 8), "day", None),
        ("3周前", date(2025, 10, 20), "week", None),
        ("上周", date(2025, 11, 3), "week", None),
        ("1个月前", date(2025, 10, 10), "month", None),
        ("半年前", date(2025, 5, 10), "month", None),
        ("2年前", date(2023, 11, 10), "year", None),
        ("2个月前 (02-03)", date(2025, 2, 3), "day", None),
        ("10个月前 (12-31)", date(2024, 12, 31), "day", None),
        ("1年前 (2024-05-06)", date(2024, 5, 6), "day", None),
        ("2年前（2023年1月9日）", date(2023, 1, 9), "day", None),
        ("10月24日", date(2025, 10, 24), "day", None),
        ("12月24日", date(2024, 12, 24), "day", None),
        ("10-24 08:30", date(2025, 10, 24), "minute", _beijing(2025, 10, 24, 8, 30)),
        ("二〇二五年十月二十四日", date(2025, 10, 24), "day", None),
        ("二○二四年一月三十日", date(2024, 1, 30), "day", None),
        ("2025年10月24日", date(2025, 10, 24), "day", None),
        ("2025-10-24", date(2025, 10, 24), "day", None),
        ("2025.10.24", date(2025, 10, 24), "day", None),
        ("2025/1/5", date(2025, 1, 5), "day", None),
        ("2025 年 10 月 24 日", date(2025, 10, 24), "day", None),
        ("2025-10-24 08:30", date(2025, 10, 24), "minute", _beijing(2025, 10, 24, 8, 30)),
        ("2025-10-24 08:30:11", date(2025, 10, 24), "second", _beijing(2025, 10, 24, 8, 30, 11)),
        ("2025年10月24日 星期五 08时30分", date(2025, 10, 24), "minute", _beijing(2025, 10, 24, 8, 30)),
        ("2016年9月14日晚8：00", date(2016, 9, 14), "minute", _beijing(2016, 9, 14, 20, 0)),
        ("2016年9月14日下午3点", date(2016, 9, 14), "hour", _beijing(2016, 9, 14, 15, 0)),
    ],
)  # fmt: skip
def test_reads_every_form(printed: str, on: date, precision: str, at: datetime | None) -> None:
    for text in (printed, f"张三律师 {printed} 婚姻家庭 浏览"):
        found = find_date(text, FETCHED)

        assert found is not None
        assert (found.on, found.precision, found.at) == (on, precision, at)
        assert found.evidence == printed


@pytest.mark.parametrize(
    "text",
    [
        "",
        "第102条",
        "2025年",
        "2025-02-30",
        "2025年13月1日",
        "1949年10月1日",
        "2026-01-01",
        "电话 010-12-345678",
        "版本 3.2025.10.24",
        "http://law.example/2025/10/24/7.html",
        "1999年前的旧案",
        "12:30",
    ],
)
def test_unknown_is_better_than_wrong(text: str) -> None:
    assert find_date(text, FETCHED) is None


def test_needs_the_time_of_fetching_for_relative_times() -> None:
    assert find_date("3天前", None) is None
    assert find_date("10月24日", None) is None


def test_reads_glued_info_lines() -> None:
    found = find_date("李四律师2个月前 (02-03)劳动纠纷17", FETCHED)

    assert found is not None
    assert found.on == date(2025, 2, 3)


def test_takes_the_first_of_two_dates() -> None:
    found = find_date("发布 2025-01-02 更新 2025-03-04", FETCHED)

    assert found is not None
    assert found.on == date(2025, 1, 2)


def test_passes_over_a_date_after_fetching() -> None:
    found = find_date("截止 2027-01-01 发布 2025-03-04", FETCHED)

    assert found is not None
    assert found.on == date(2025, 3, 4)


def test_beijing_after_midnight_is_the_next_day() -> None:
    found = find_date("20秒前", datetime(2025, 11, 9, 16, 0, 30, tzinfo=UTC))

    assert found is not None
    assert found.on == date(2025, 11, 10)


def test_bracketed_29_february_is_the_last_leap_year() -> None:
    found = find_date("9个月前 (02-29)", FETCHED)

    assert found is not None
    assert found.on == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("stamp", "at"),
    [
        ("2025-10-21T23:12:00Z", _beijing(2025, 10, 22, 7, 12)),
        ("2025-10-21T23:12:00.000Z", _beijing(2025, 10, 22, 7, 12)),
        ("2025-10-22T07:12:00+08:00", _beijing(2025, 10, 22, 7, 12)),
        ("2025-10-21T18:12:00-0500", _beijing(2025, 10, 22, 7, 12)),
        ("2025-10-22T07:12:00", _beijing(2025, 10, 22, 7, 12)),
        ("20251022071200", _beijing(2025, 10, 22, 7, 12)),
    ],
)
def test_machine_readable_fields_become_beijing_time(stamp: str, at: datetime) -> None:
    found = parse_stamp(stamp, FETCHED)

    assert found is not None
    assert found.at == at
    assert found.on == at.date()


@pytest.mark.parametrize("stamp", ["", "today", "2025", "1700000000", "2031-01-01T00:00:00Z"])
def test_refuses_stamps_that_are_none(stamp: str) -> None:
    assert parse_stamp(stamp, FETCHED) is None


def test_reads_the_leaf_of_a_calendar() -> None:
    for leaf in ("21 2025 10", "21 / 2025 10", "21 2025-10", "21日 2025年10月"):
        found = parse_calendar(leaf, FETCHED)

        assert found is not None
        assert found.on == date(2025, 10, 21)
    assert parse_calendar("31 2025 2", FETCHED) is None
    assert parse_calendar("21 2025 10 和别的字", FETCHED) is None


@given(
    st.text(alphabet="0123456789年月日时分秒前天周个小半刚昨今:：-/.() （）上去二〇十一T+Z"),
    st.datetimes(timezones=st.just(UTC), min_value=datetime(2000, 1, 1), max_value=datetime(2060, 1, 1)),  # noqa: DTZ001 - hypothesis wants naive bounds
)  # fmt: skip
def test_never_raises_and_never_goes_past_the_fetch(text: str, fetched_at: datetime) -> None:
    for read in (find_date, parse_stamp, parse_calendar):
        found = read(text, fetched_at)
        if found is not None:
            assert found.on <= (fetched_at.astimezone(BEIJING) + SLACK).date()
            assert found.evidence == found.evidence.strip()
