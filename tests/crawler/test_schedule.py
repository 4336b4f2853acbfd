import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.frontier.schedule import (
    ARTICLE_LONGEST,
    ARTICLE_SHORTEST,
    DAY,
    LISTING_LONGEST,
    LISTING_SHORTEST,
    MINUTE,
    WAIT_LEAST,
    WAIT_LONGEST,
    article_due,
    host_wait,
    is_pager,
    is_title,
    is_trap,
    jitter_of,
    listing_due,
    parse_retry_after,
    retry_due,
)
from crawler.frontier.worth import (
    HOPELESS,
    PATIENCE_LONGEST,
    SAMPLE,
    Lately,
    Shape,
    ShapeClass,
    Site,
    shape_class,
)

counts = st.integers(min_value=0, max_value=200)


@given(interval=st.floats(min_value=0, max_value=1e9) | st.none(), news=counts)
def test_listings_come_back_between_half_an_hour_and_a_week(
    interval: float | None, news: int
) -> None:
    due = listing_due(interval, news=news)
    assert LISTING_SHORTEST <= due.seconds <= LISTING_LONGEST
    assert due.reason


def test_deep_pages_read_on_one_day_are_not_due_on_one() -> None:
    days = [listing_due(7 * DAY, news=0, jitter=at / 100).seconds // DAY for at in range(101)]
    assert max(map(days.count, set(days))) < 40
    assert min(days) >= 4


def test_news_shorten_and_silence_lengthens() -> None:
    assert listing_due(10_000.0, news=3).seconds == pytest.approx(8_000)
    assert listing_due(10_000.0, news=0).seconds == pytest.approx(15_000)


@given(age=st.floats(min_value=0, max_value=1e10), jitter=st.floats(min_value=0, max_value=1))
def test_articles_come_back_after_a_quarter_of_their_age(age: float, jitter: float) -> None:
    seconds = article_due(age=age, unchanged_for=0.0, jitter=jitter).seconds
    assert ARTICLE_SHORTEST <= seconds <= ARTICLE_LONGEST
    if 8 * DAY < age < 400 * DAY:
        assert 0.79 <= seconds / (age / 4) <= 1.21


def test_an_unchanged_text_is_asked_for_less_often() -> None:
    soon = article_due(age=4 * DAY, unchanged_for=0.0, jitter=0.5)
    late = article_due(age=4 * DAY, unchanged_for=20 * DAY, jitter=0.5)
    assert late.seconds > soon.seconds


@given(url=st.text())
def test_jitter_is_fixed_by_the_url(url: str) -> None:
    assert 0 <= jitter_of(url) == jitter_of(url) <= 1


@given(known=counts, fetched=counts, articles=counts, yielding=counts, barren=counts, dry=counts)
def test_a_shape_with_articles_is_never_parked(
    known: int, fetched: int, articles: int, yielding: int, barren: int, dry: int
) -> None:
    shape = Shape(known=known, fetched=fetched, articles=articles, yielding=yielding, barren=barren)
    found = shape_class(shape, Site(articles=100, barren=barren, lately=Lately(dry=dry)))
    if articles and articles * 4 >= fetched:
        assert found is ShapeClass.ARTICLE
    if fetched == 0:
        assert found is not ShapeClass.PARKED


def test_a_sample_without_a_new_article_parks_the_rest() -> None:
    barren = Shape(known=50, fetched=SAMPLE, barren=SAMPLE)
    assert shape_class(barren, Site(articles=9, barren=SAMPLE)) is ShapeClass.PARKED
    assert shape_class(barren, Site(barren=SAMPLE)) is ShapeClass.UNTRIED, "no article known yet"
    assert shape_class(barren, Site(articles=99, barren=SAMPLE)) is ShapeClass.UNTRIED, "cheap"
    small = Shape(known=5, fetched=SAMPLE, barren=SAMPLE)
    assert shape_class(small, Site(articles=9, barren=SAMPLE)) is ShapeClass.UNTRIED
    after_a_drought = Site(articles=9, barren=20, lately=Lately(dry=20))
    assert shape_class(Shape(known=50, fetched=1, barren=1), after_a_drought) is ShapeClass.PARKED


def test_a_site_whose_lists_show_only_what_is_known_is_complete() -> None:
    seen = Lately(dry=3, recaptured=40)
    assert Site(articles=20, known=100, lately=seen).is_complete
    assert not Site(articles=20, known=200, lately=seen).is_complete, "a fifth shown again"
    assert not Site(articles=0, known=0, lately=seen).is_complete, "no article read yet"
    assert not Site(articles=9, known=9, lately=Lately(recaptured=9)).is_complete, "too few"
    large = Site(articles=20_000, known=20_000, lately=Lately(recaptured=1_000))
    assert large.is_complete
    assert not large.is_exhausted


def test_on_a_complete_site_one_barren_page_is_a_sample() -> None:
    complete = Site(articles=99, known=99, lately=Lately(recaptured=60))
    assert shape_class(Shape(known=5, fetched=1, barren=1), complete) is ShapeClass.PARKED
    assert shape_class(Shape(known=5), complete) is ShapeClass.UNTRIED, "never without a look"


def test_a_shape_that_yields_goes_on_but_not_for_ever() -> None:
    listing = Shape(known=5000, fetched=40, yielding=30, barren=10)
    assert shape_class(listing, Site(articles=30, barren=10)) is ShapeClass.LISTING
    calendar = Shape(known=5000, fetched=70, yielding=30, barren=PATIENCE_LONGEST)
    assert shape_class(calendar, Site(articles=100, barren=25)) is ShapeClass.PARKED


@pytest.mark.parametrize(
    ("url", "text", "rel", "expected"),
    [
        ("http://a.cn/page_2.html", "2", "link", True),
        ("http://a.cn/list?page=3", "下一页", "link", True),
        ("http://a.cn/list/4/", "»", "next", True),
        ("http://a.cn/?date=2026-12", "»", "next", False),
        ("http://a.cn/?date=2026-11-3", "3", "link", False),
        ("http://a.cn/2026/11/3/", "3", "link", False),
        ("http://a.cn/hf/177001.html", "民间借贷", "link", False),
        ("http://a.cn/hf/177001.html", "5", "link", False),
    ],
)
def test_pagination_is_told_from_calendars(url: str, text: str, rel: str, expected: bool) -> None:
    assert is_pager(url, text, rel) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("借款合同没有约定利息怎么办", True),
        ("What to do when a loan is overdue", True),
        ("劳动仲裁", False),
        ("十一月 2026", False),
        ("2026-11-21 12:00:00", False),
        (None, False),
    ],
)
def test_titles_are_told_from_tags_and_dates(text: str | None, expected: bool) -> None:
    assert is_title(text) is expected


def test_paths_that_repeat_themselves_are_traps() -> None:
    assert is_trap("http://a.cn/x/list/x/list/x/list/", 1)
    assert is_trap("http://a.cn/" + "a/b/" * 9, 1)
    assert is_trap("http://a.cn/deep", 26)
    assert not is_trap("http://a.cn/2026/11/21/21/a.html", 3)


def test_retries_are_few_and_then_rare() -> None:
    waits = [retry_due(failures, "timeout").seconds for failures in range(1, 9)]
    assert waits == sorted(waits)
    assert waits[1] < MINUTE < waits[2]
    assert waits[-1] == LISTING_LONGEST


@given(strikes=st.integers(min_value=1, max_value=60), asked=st.none() | st.floats(0, 1e9))
def test_no_host_is_left_alone_for_more_than_a_day(strikes: int, asked: float | None) -> None:
    for error in ("http_429", "blocked", "unreachable"):
        assert WAIT_LEAST <= host_wait(strikes, error, asked).seconds <= WAIT_LONGEST


def test_a_host_that_goes_on_refusing_is_asked_ever_more_rarely_whatever_it_says() -> None:
    waits = [host_wait(strikes, "http_503", 1.0).seconds for strikes in range(1, 11)]
    assert waits[0] == WAIT_LEAST
    assert waits == sorted(waits)
    assert waits[-1] > 40 * MINUTE


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("120", 120.0),
        ("Thu, 01 Jan 1970 00:02:00 GMT", 110.0),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("0", None),
        ("99999999", WAIT_LONGEST),
        ("soon", None),
        ("-5", None),
        (None, None),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(
    value: str | None, expected: float | None
) -> None:
    assert parse_retry_after(value, now=10.0) == expected


words = st.text(alphabet="abcdefghij", min_size=1, max_size=8)


@given(word=words, others=st.lists(words, max_size=3))
def test_a_path_that_repeats_itself_is_a_trap(word: str, others: list[str]) -> None:
    repeated = "/".join([*others, word, word, word])
    assert is_trap(f"http://a.cn/{repeated}/", 1)


@given(names=st.lists(words, min_size=9, max_size=40))
def test_filters_without_end_are_a_trap(names: list[str]) -> None:
    assert is_trap("http://a.cn/find?" + "&".join(f"{name}=1" for name in names), 1)
    assert not is_trap("http://a.cn/find?" + "&".join(f"{name}=1" for name in names[:4]), 1)


@given(dry=counts, articles=counts, recaptured=counts)
def test_no_drought_lasts_for_ever(dry: int, articles: int, recaptured: int) -> None:
    lately = Lately(dry=dry + HOPELESS, recaptured=recaptured)
    site = Site(articles=articles, known=articles, barren=dry, lately=lately)
    assert site.is_exhausted
