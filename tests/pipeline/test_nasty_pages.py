"""Layouts as they are met: what extraction makes of each."""

from datetime import UTC, datetime

import pytest

from pipeline.article import Article, Page, extract
from pipeline.template.site import extract_site
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


VOICES = "甲乙丙丁戊己"  # of the pages of one site: each says the same in other words
SAME_ON_ALL = {"headings in the text": ("一、能不能起诉",)}  # what a site repeats, is the site's


def _said(text: str, voice: str) -> str:
    return text.replace("，", f"，{voice}").replace("。", f"{voice}。")


@pytest.mark.parametrize("name", CASES)
def test_a_learned_template_makes_no_less_of_each(name: str) -> None:
    case = CASES[name]
    pages = [
        Page(
            html=_said(case.html, voice), url=f"https://law.example/a/{at}.html", fetched_at=FETCHED
        )
        for at, voice in enumerate(VOICES)
    ]
    lines = [line for line in case.lines if line not in SAME_ON_ALL.get(name, ())]

    for voice, found in zip(VOICES, extract_site(pages), strict=True):
        assert isinstance(found, Article), found
        assert found.text.split("\n") == [_said(line, voice) for line in lines]
        assert found.title == _said(case.title, voice)
        assert (found.published and found.published.on.isoformat()) == case.day
