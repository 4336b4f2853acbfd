"""Sites of several structures, walked through the real frontier: every article, few other pages.

No network and no judging: what each page is and links to is given, so that only the order of the
queue and the parking of shapes are at work.
"""

import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.archive import ArchivedPage, digest_of
from crawler.archive_writer import ArchiveWriter
from crawler.frontier import queue
from crawler.frontier.ledger import Ledger, start_run
from crawler.frontier.store import open_frontier
from crawler.frontier.worth import HOPELESS
from crawler.sources import Source
from crawler.urls import CanonicalUrl
from crawler.visit import Found, Visit

HOST = "http://www.site.cn"
NOW = datetime(2026, 11, 21, tzinfo=UTC)
ARTICLES = 120
LIMIT = 2_000  # requests; a trap would reach it

Link = tuple[str, str]  # path, text
Pages = dict[str, tuple[str, list[Link]]]  # path: kind, links


def article(number: int) -> Link:
    return f"/hf/{number}.html", f"第{number}号来信：房屋租赁到期后押金如何退还"


def articles(numbers: Sequence[int]) -> list[Link]:
    return [article(number) for number in numbers]


def add_list(pages: Pages, first: str, further: str, items: list[Link], menu: list[Link]) -> None:
    """Add a listing of ten items a page, whose further pages are at `further` % number."""
    last = max(1, -(-len(items) // 10))
    paths = [first, *(further % number for number in range(2, last + 1))]
    for number, path in enumerate(paths):
        pager = [
            (to, str(at + 1)) for at, to in enumerate(paths) if 0 < abs(at - number) < 5 and at
        ]
        pages[path] = ("listing", [*menu, *items[number * 10 : number * 10 + 10], *pager])


def blog_with_tags_and_calendar(chance: random.Random) -> Pages:
    tags = {number: chance.sample(range(80), 3) for number in range(ARTICLES)}
    menu = [(f"/tags-{tag}.html", f"标签{tag}") for tag in range(80)] + [("/?date=2026-11", "»")]
    pages: Pages = {}
    add_list(pages, "/", "/page_%d.html", articles(range(ARTICLES)), menu)
    for tag in range(80):
        shown = [number for number in range(ARTICLES) if tag in tags[number]]
        add_list(pages, f"/tags-{tag}.html", f"/tags-{tag}_%d.html", articles(shown), menu)
    for year, month in [(year, month) for year in range(1990, 2060) for month in range(1, 13)]:
        near = [
            f"/?date={year + month // 12}-{month % 12 + 1}",
            f"/?date={year}-{max(month - 1, 1)}",
        ]
        pages[f"/?date={year}-{month}"] = ("listing", [*menu, *((path, "»") for path in near)])
    for number in range(ARTICLES):
        beside = [near for near in (number - 1, number + 1) if 0 <= near < ARTICLES]
        pages[article(number)[0]] = ("article", menu + articles(beside))
    return pages


def categories_whose_first_ones_are_on_the_home_page(_: random.Random) -> Pages:
    count = 30
    menu = [(f"/class-{one}.html", f"分类{one}") for one in range(count)]
    pages: Pages = {"/": ("listing", menu + articles([n for n in range(60) if n % count < 6]))}
    for one in range(count):
        shown = list(range(one, ARTICLES, count))
        add_list(pages, f"/class-{one}.html", f"/class-{one}_%d.html", articles(shown), menu)
        for at, number in enumerate(shown):
            pages[article(number)[0]] = ("article", menu + articles(shown[max(at - 1, 0) : at + 2]))
    return pages


def months_only(chance: random.Random) -> Pages:
    months = [f"/{2020 + month // 12}/{month % 12 + 1:02d}/" for month in range(48)]
    menu = [(path, path.strip("/")) for path in months]
    of_month = {number: chance.choice(months) for number in range(ARTICLES)}
    pages: Pages = {"/": ("listing", menu + articles(range(10)))}
    for path in months:
        shown = [number for number in range(ARTICLES) if of_month[number] == path]
        pages[path] = ("listing", menu + articles(shown))
    for number in range(ARTICLES):
        pages[article(number)[0]] = ("article", menu + articles(chance.sample(range(ARTICLES), 2)))
    return pages


def a_section_two_clicks_away(chance: random.Random) -> Pages:
    tags = [(f"/tag/{tag}", f"标签{tag}") for tag in range(40)]
    menu = [("/law/", "知识"), *tags]
    news, knowledge = range(80), range(80, ARTICLES)
    pages: Pages = {}
    add_list(pages, "/", "/page_%d.html", articles(news), menu)
    pages |= {tag: ("listing", menu + articles(chance.sample(news, 8))) for tag, _ in tags}
    topics = ["/law/loan/", "/law/labour/", "/law/rent/", "/law/family/"]
    pages["/law/"] = ("listing", menu + [(topic, "专题") for topic in topics])
    for at, topic in enumerate(topics):
        pages[topic] = ("listing", menu + articles(knowledge[at::4]))
    return pages | {article(one)[0]: ("article", menu) for one in range(ARTICLES)}


def questions_with_endless_replies(chance: random.Random) -> Pages:
    def question(number: int) -> Link:
        return f"/show.php?id={number}", article(number)[1]

    pages: Pages = {}
    items = [question(number) for number in range(ARTICLES)]
    add_list(pages, "/", "/list.php?page=%d", items, [])
    for number in range(ARTICLES):
        path = question(number)[0]
        replies = [(f"{path}&reply={reply}", "回复") for reply in range(5)]
        users = [(f"/user.php?uid={chance.randrange(90)}", "用户")]
        pages[path] = ("article", [*replies, *users, *chance.sample(items, 3)])
        pages |= {reply: ("listing", [question(number)]) for reply, _ in replies}
    return pages | {f"/user.php?uid={user}": ("listing", []) for user in range(90)}


@pytest.mark.parametrize(
    ("make", "most"),  # requests an article; 1.25 is the target where pagination leads to all
    [
        (blog_with_tags_and_calendar, 1.25),
        (categories_whose_first_ones_are_on_the_home_page, 1.3),
        (months_only, 1.45),
        (a_section_two_clicks_away, 1.35),
        (questions_with_endless_replies, 1.35),
    ],
)
def test_every_article_is_found_with_few_other_pages(
    make: Callable[[random.Random], Pages], most: float, tmp_path: Path
) -> None:
    pages = make(random.Random(7))  # noqa: S311 - not a secret
    asked = walk(pages, tmp_path)
    wanted = {path for path, (kind, _) in pages.items() if kind == "article"}
    assert wanted <= set(asked)
    assert len(asked) == len(set(asked))
    assert len(asked) <= most * len(wanted)


def test_a_site_without_an_article_is_given_up_after_a_hundred_pages(tmp_path: Path) -> None:
    pages = months_only(random.Random(7))  # noqa: S311 - not a secret
    blind: Pages = {path: ("listing", links) for path, (_, links) in pages.items()}
    assert HOPELESS <= len(walk(blind, tmp_path)) <= HOPELESS * 1.2 < len(pages)


def walk(pages: Pages, folder: Path, now: datetime = NOW) -> list[str]:
    """Crawl `pages` from "/" at the time `now` and return the paths asked for, in order."""
    source = Source(name="site", start=(HOST + "/",), delay=0.0)
    asked: list[str] = []
    with open_frontier(folder / "frontier.sqlite") as frontier:
        run_id = start_run(frontier, now.timestamp())
        archive = ArchiveWriter(folder / "archive", lambda: now)
        ledger = Ledger(frontier, archive, lambda: now, run_id)
        queue.enter_source(ledger.connection, source, now.timestamp())
        while len(asked) < LIMIT:
            task = queue.lease(ledger.connection, source, run_id, now.timestamp(), 0)
            if task is None:
                break
            path = task.url.removeprefix(HOST)
            asked.append(path)
            ledger.record(task, source, visit_to(path, pages))
        ledger.finish("finished")
    return asked


def visit_to(path: str, pages: Pages) -> Visit:
    if path not in pages:
        return Visit(kind="error", fetched_at=NOW, status=404, error="http_404")
    kind, links = pages[path]
    body = f"{path} {links}".encode()
    page = ArchivedPage(
        url=path, fetched_at=NOW, status=200, headers=(), body=body, digest=digest_of(body)
    )
    found = {to: Found(url=CanonicalUrl(HOST + to), text=text) for to, text in links}
    return Visit(kind=kind, fetched_at=NOW, status=200, page=page, found=tuple(found.values()))


def corners(number: int) -> str:
    return f"/{chr(97 + number // 26)}{chr(97 + number % 26)}/"


def test_what_was_put_off_comes_back_when_a_later_run_finds_news(tmp_path: Path) -> None:
    menu = [(corners(number), "专题") for number in range(80)]
    pages: Pages = {article(number)[0]: ("article", []) for number in range(140)}
    add_list(pages, "/", "/page_%d.html", articles(range(60)), menu)
    for number, (path, _) in enumerate(menu):
        pages[path] = ("listing", articles(range(number % 6 * 10, number % 6 * 10 + 10)))
    first = set(walk(pages, tmp_path))
    assert len(first.intersection(dict(menu))) < 40, "the rest is put off"
    for number, (path, _) in enumerate(menu):
        pages[path] = ("listing", articles([60 + number]))
    second = set(walk(pages, tmp_path, NOW + timedelta(days=8)))
    assert first | second >= set(pages), "the news of one corner are a reason to look into all"
