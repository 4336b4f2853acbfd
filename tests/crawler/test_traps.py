"""Sites with endlessly many pages: every article is read, and the crawl comes to an end."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.crawler.crawl_once import run_crawl, write_project
from tests.crawler.site import Reply, page, prose, serve, title_of

ARTICLES = 40
BOUND = 100  # requests beside the articles; each of these sites has endlessly many pages


def listing(target: str, links: str) -> Reply:
    """Return a page of links, that lists no article, and is another under each address."""
    return Reply(page("列表", f"<h1>列表</h1><!-- {target} -->{links}"))


def calendar(target: str) -> Reply | None:
    match = re.fullmatch(r"/\?date=(\d+)-(\d+)", target)
    if match is None:
        return None
    month = int(match[1]) * 12 + int(match[2]) - 1
    near = (f"/?date={at // 12}-{at % 12 + 1}" for at in (month - 1, month + 1))
    return listing(target, "".join(f'<a href="{to}">»</a>' for to in near))


def pages_without_end(target: str) -> Reply | None:
    number = parse_qs(urlsplit(target).query).get("page")
    if not target.startswith("/more") or not number:
        return None
    after = int(number[0]) + 1
    return listing(target, f'<a rel=next href="/more?page={after}">下一页</a>')


def tags_of_tags(target: str) -> Reply | None:
    if not target.startswith("/tag/"):
        return None
    number = int(target.rpartition("/")[2]) * 7 % 100_003
    return listing(
        target, "".join(f'<a href="/tag/{number + at}">标签{number + at}</a>' for at in range(30))
    )


def paths_that_repeat(target: str) -> Reply | None:
    if not target.startswith("/wiki/"):
        return None
    return listing(target, '<a href="a/b/">相关</a><a href="wiki/c/">相关</a>')


def sessions_in_the_path(target: str) -> Reply | None:
    match = re.fullmatch(r"/s(\d+)/", target)
    if match is None:
        return None
    after = [int(match[1]) * 31 % 1_000_003 + at for at in range(3)]
    return listing(target, "".join(f'<a href="/s{at}/">进入</a>' for at in after))


def filters_that_combine(target: str) -> Reply | None:
    if not target.startswith("/find"):
        return None
    query = urlsplit(target).query
    more = "".join(f'<a href="/find?{query}&f{at}={at}">筛选{at}</a>' for at in range(12))
    return listing(target, more)


TRAPS: dict[Callable[[str], Reply | None], str] = {
    calendar: '<a href="/?date=2026-11">日历</a>',
    pages_without_end: '<a href="/more?page=1">更多</a>',
    tags_of_tags: '<a href="/tag/1">标签</a><a href="/tag/2">标签</a>',
    paths_that_repeat: '<a href="/wiki/">百科</a>',
    sessions_in_the_path: '<a href="/s1/">进入</a>',
    filters_that_combine: '<a href="/find?x=1">筛选</a>',
}


def site_with(
    trap: Callable[[str], Reply | None], menu: str
) -> Callable[[str, Mapping[str, str]], Reply | None]:
    def answer(target: str, _headers: Mapping[str, str]) -> Reply | None:
        match = re.fullmatch(r"/post/(\d+)\.html", target)
        if match and 1 <= int(match[1]) <= ARTICLES:
            number = int(match[1])
            body = f"<h1>{title_of(number)}</h1><p>{prose(number)}</p><p>{prose(number + 1)}</p>"
            return Reply(page(f"{title_of(number)} - 随笔", f"{body}{menu}"))
        if target in {"/", "/list2"}:
            first = 1 if target == "/" else ARTICLES // 2 + 1
            items = "".join(
                f"<li><a href=/post/{one}.html>{title_of(one)}</a></li>"
                for one in range(first, first + ARTICLES // 2)
            )
            return Reply(page("随笔", f"{menu}<ul>{items}</ul><a href=/list2>下一页</a>"))
        return trap(target)

    return answer


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.__name__)
def test_a_site_without_end_is_read_to_its_last_article_and_left(
    trap: Callable[[str], Reply | None], tmp_path: Path
) -> None:
    with serve(site_with(trap, TRAPS[trap])) as site:
        write_project(tmp_path, site.url + "/")
        report = run_crawl(tmp_path)
        asked = site.counts()
    assert report["outcome"] == "finished"
    assert {f"/post/{one}.html" for one in range(1, ARTICLES + 1)} <= set(asked)
    assert asked.total() - ARTICLES <= BOUND
    assert max(asked.values()) == 1


def test_all_of_them_on_one_site(tmp_path: Path) -> None:
    def any_trap(target: str) -> Reply | None:
        return next(filter(None, (trap(target) for trap in TRAPS)), None)

    with serve(site_with(any_trap, "".join(TRAPS.values()))) as site:
        write_project(tmp_path, site.url + "/")
        report = run_crawl(tmp_path)
        again = run_crawl(tmp_path)
        asked = site.counts()
    assert report["outcome"] == "finished"
    assert again["outcome"] == "nothing_due"
    assert {f"/post/{one}.html" for one in range(1, ARTICLES + 1)} <= set(asked)
    assert asked.total() - ARTICLES <= BOUND
