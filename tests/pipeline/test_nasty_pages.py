"""Layouts as they are met: what extraction makes of each."""

from datetime import UTC, datetime

import pytest

from pipeline.article import Article, Page, extract
from tests.pipeline.nasty_pages import CASES, Case

FETCHED = datetime(2024, 11, 10, 4, 0, tzinfo=UTC)


def _extracted(case: Case) -> Article:
    found = extract(Page(html=case.html, url="https://law.example/a/12.html", fetched_at=FETCHED))
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize("name", CASES)
def test_the_whole_text_and_nothing_else(name: str) -> None:
    assert _extracted(CASES[name]).text.split("\n") == list(CASES[name].lines)


@pytest.mark.parametrize("name", CASES)
def test_title_and_day(name: str) -> None:
    found = _extracted(CASES[name])

    assert found.title == CASES[name].title
    assert (found.published and found.published.on.isoformat()) == CASES[name].day


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.author])
def test_the_author_where_the_page_names_one(name: str) -> None:
    assert _extracted(CASES[name]).author == CASES[name].author
