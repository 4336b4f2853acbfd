"""Whatever a page's text is, it stays text in the report."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from warehouse.report.markup import age, link, moment, number, percent, text

anything = st.text() | st.text(alphabet="<>\"'&;#x/=! abc-甲\u202e\u0000", max_size=40)


@given(anything)
def test_no_text_becomes_markup(value: str) -> None:
    tree = html.fragment_fromstring(f'<p title="{text(value)}">{text(value)}</p>')
    assert len(tree) == 0
    assert set(tree.attrib) == {"title"}


@given(st.text(alphabet="<>\"'&;#x /=甲乙", max_size=40))
def test_visible_text_is_shown_as_it_is(value: str) -> None:
    tree = html.fragment_fromstring(f"<p>{text(value)}</p>")
    assert tree.text_content() == value


@given(anything | anything.map("javascript:{}".format) | anything.map("https://{}".format))
def test_a_link_leads_to_the_web_or_nowhere(url: str) -> None:
    tree = html.fragment_fromstring(f"<p>{link(url, '标题')}</p>")
    assert tree.text_content() == "标题"
    for anchor in tree.iter("a"):
        assert str(anchor.get("href")).strip().lower().startswith(("http://", "https://"))
        assert set(anchor.attrib) == {"href", "rel"}


@pytest.mark.parametrize(
    ("back", "said"),
    [
        (timedelta(seconds=-5), "刚刚"),
        (timedelta(seconds=59), "刚刚"),
        (timedelta(minutes=90), "1 小时前"),
        (timedelta(days=3, hours=23), "3 天前"),
    ],
)
def test_ages_are_in_the_largest_whole_unit(back: timedelta, said: str) -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    shown = html.fragment_fromstring(age(now - back, now), create_parent="p")
    assert shown.cssselect(".zh")[0].text == said


def test_moments_are_beijings() -> None:
    assert moment(datetime(2026, 11, 21, 20, 0, tzinfo=UTC)) == "2026-11-22 04:00"
    assert "—" in moment(None)


def test_figures_are_readable() -> None:
    assert number(1234567) == "1,234,567"
    assert percent(1, 8) == "12.5%"
    assert percent(0, 0) == "—"
