from datetime import UTC, datetime

import pytest

from crawler.sources import Source
from crawler.urls import canonicalize
from crawler.visit import Answer, Visit, read_answer
from crawler.walls import IN_A_ROW, Walls
from tests.crawler.site import page
from tests.crawler.wall_pages import ARTICLES, WALLS


def read(body: str) -> Visit:
    url = canonicalize("http://law.cn/post/12.html")
    assert url is not None
    answer = Answer(
        url=url,
        status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=body.encode(),
        fetched_at=datetime(2026, 11, 21, tzinfo=UTC),
    )
    source = Source(name="law", start=("http://law.cn/",))
    return read_answer(answer, source, link_text="借款到期不还怎么办才好")


@pytest.mark.parametrize("name", WALLS)
def test_a_wall_under_status_200_is_told_by_its_words_or_its_script(name: str) -> None:
    visit = read(WALLS[name])
    assert (visit.kind, visit.error) == ("blocked", "blocked"), visit.evidence
    assert visit.found == ()


@pytest.mark.parametrize("name", ARTICLES)
def test_an_article_about_captchas_and_refusals_is_no_wall(name: str) -> None:
    visit = read(ARTICLES[name])
    assert visit.kind in {"article", "listing"}, visit.evidence  # of a line alone it is not sure
    assert visit.error is None


def test_a_wall_without_such_words_is_told_by_its_one_text_under_every_url() -> None:
    walls = Walls()
    said = [
        read(page("稍候", f"<p>本站正在为您准备内容</p><p>{number:032x}</p>").decode())
        for number in range(10**30, 10**30 + 4)
    ]
    assert [walls.is_wall("law.cn", one.wall_text) for one in said] == [
        number >= IN_A_ROW for number in range(1, 5)
    ]


def test_pages_that_differ_are_no_wall() -> None:
    walls = Walls()
    for number in range(6):
        other = read(
            page("短讯", f"<p>第{number}条：法院今日休庭{'一二三四五六'[number]}天</p>").decode()
        )
        assert not walls.is_wall("law.cn", other.wall_text)
