from pathlib import Path
from statistics import median

from tests.crawler.month import Month


def test_a_month_of_runs_sees_what_is_new_and_never_storms(tmp_path: Path) -> None:
    month = Month(old=150, a_day=3)
    month.live(tmp_path, days=30, every=6.0)
    first, *later = month.days
    assert first.new >= month.old, "the first day sees the whole site"
    assert sum(day.new for day in month.days) >= month.old + 3 * 29
    assert max(day.requests for day in later) <= month.old / 4, "no revisit storm"
    unseen = [hours for day in later for hours in day.hours_unseen]
    assert median(unseen) <= 12
    assert max(unseen) <= 24
