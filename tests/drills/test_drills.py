"""What befalls sites, done to several between two runs: named at once, and nothing wrong published.

Each drill is a site of its own.  One run sees them all well; then each is changed, and those of
which a run should end alike are run together.
"""

import json
import sqlite3
from collections.abc import Callable, Generator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb
import pytest

from tests.crawler.site import Reply, Site, pages, serve
from tests.drills import newspaper
from tests.warehouse.commands import fatiao, write_config
from tests.warehouse.shapes import misfits, shape_after

ALL: Final = range(newspaper.ARTICLES)
ARTICLES: Final = (
    "SELECT source, url, title, published_on, text, gone_at FROM articles ORDER BY url"
)
Replies = Mapping[str, Reply]


@dataclass(frozen=True, slots=True)
class Drill:
    exit: int
    state: str
    change: Callable[[str], Replies]  # what the site answers in the second run, by its new place


def numbered(make: Callable[[int], Reply], numbers: range = ALL) -> Replies:
    return {f"/a/{number}.html": make(number) for number in numbers}


def in_markup(markup: str, numbers: range = ALL) -> Replies:
    return numbered(lambda n: newspaper.html(newspaper.article(n, markup=markup)), numbers)


DRILLS: Final = {
    "calm": Drill(0, "ok", lambda _: {}),
    "redesign": Drill(0, "ok", lambda _: in_markup("new")),
    "charset": Drill(0, "ok", lambda _: numbered(
        lambda n: newspaper.html(newspaper.article(n), encoding="utf-8"), range(12))),
    "empty": Drill(10, "degraded", lambda _: in_markup("hollow", range(8))),
    "feed": Drill(10, "degraded", lambda _: {"/feed.xml": newspaper.feed(range(0))}),
    "undated": Drill(10, "degraded", lambda _: in_markup("undated")),
    "shorter": Drill(20, "broken", lambda _: in_markup("teaser")),
    "scripts": Drill(20, "broken", lambda _: in_markup("hollow")),
    "notice": Drill(30, "blocked", lambda _: numbered(newspaper.notice)),
    "swapped": Drill(20, "broken", lambda _: in_markup("swapped")),
    "promoted": Drill(20, "broken", lambda _: in_markup("promoted")),
    "homeward": Drill(20, "broken", lambda _: newspaper.homeward()),
    "moved": Drill(20, "broken", newspaper.moved),
    "captcha": Drill(30, "blocked", lambda _: newspaper.everywhere(newspaper.CAPTCHA)),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drilled:
    """Every drill's site after its second run."""

    exits: dict[int, int]  # of the runs, by the code expected
    reports: list[dict[str, Any]]  # of all runs
    sources: dict[str, dict[str, Any]]  # of their reports
    before: list[Any]
    after: list[Any]
    urls: dict[str, str]
    elsewhere: Site

    def finding(self, name: str, measure: str) -> dict[str, Any]:
        found = {one["measure"]: one for one in self.sources[name]["findings"]}
        assert measure in found, self.sources[name]
        finding: dict[str, Any] = found[measure]
        return finding


@pytest.fixture(scope="module")
def drilled(tmp_path_factory: pytest.TempPathFactory) -> Generator[Drilled]:
    folder = tmp_path_factory.mktemp("drills")
    with ExitStack() as stack:
        new_place = stack.enter_context(serve(pages({})))
        sites = {name: stack.enter_context(serve(pages(newspaper.replies()))) for name in DRILLS}
        write_config(
            folder,
            *(
                f'name = "{name}"\nstart = "{site.url}/"\ndelay = 0\nallow_private = true'
                for name, site in sites.items()
            ),
        )
        done = fatiao(folder, "run", "--for", "100s", "--json")
        assert done.returncode == 0, done.stdout + done.stderr
        before = published(folder)
        make_due(folder)
        for name, site in sites.items():
            changes = DRILLS[name].change(new_place.url)
            site.answer = pages({**newspaper.replies(), **changes})
        exits: dict[int, int] = {}
        reports: list[dict[str, Any]] = [json.loads(done.stdout)]
        sources: dict[str, dict[str, Any]] = {}
        for code in sorted({drill.exit for drill in DRILLS.values()}):
            names = [name for name, drill in DRILLS.items() if drill.exit == code]
            chosen = [word for name in names for word in ("--source", name)]
            done = fatiao(folder, "run", "--for", "100s", "--json", *chosen)
            assert done.stdout, done.stderr
            exits[code] = done.returncode
            reports.append(json.loads(done.stdout))
            sources |= reports[-1]["sources"]
        urls = {name: site.url for name, site in sites.items()}
        yield Drilled(exits, reports, sources, before, published(folder), urls, new_place)


def published(folder: Path) -> list[Any]:
    with duckdb.connect(str(folder / "public" / "fatiao.duckdb"), read_only=True) as db:
        return db.execute(ARTICLES).fetchall()


def make_due(folder: Path) -> None:
    """Let the time pass after which every URL is looked at again."""
    frontier = sqlite3.connect(folder / "data" / "frontier.sqlite")
    with frontier:
        frontier.execute("UPDATE url SET due_at = 0")
    frontier.close()


@pytest.mark.parametrize("name", DRILLS)
def test_each_source_is_judged_in_one_run(drilled: Drilled, name: str) -> None:
    assert drilled.sources[name]["health"] == DRILLS[name].state, drilled.sources[name]


@pytest.mark.parametrize("code", sorted({drill.exit for drill in DRILLS.values()}))
def test_the_run_ends_with_the_code_of_its_sources(drilled: Drilled, code: int) -> None:
    assert drilled.exits[code] == code


def test_what_a_run_says_as_json_is_as_documented(drilled: Drilled) -> None:
    shape = shape_after("`fatiao run --json` writes")
    for report in drilled.reports:
        assert list(misfits(report, shape)) == []
    assert [report["exit"] for report in drilled.reports[1:]] == list(drilled.exits.values())


@pytest.mark.parametrize("name", DRILLS)
def test_nothing_wrong_is_published(drilled: Drilled, name: str) -> None:
    def of_source(rows: list[Any]) -> list[Any]:
        return [row for row in rows if row[0] == name]

    assert len(of_source(drilled.before)) == newspaper.ARTICLES
    assert of_source(drilled.after) == of_source(drilled.before)


def test_what_is_as_ever_has_no_findings(drilled: Drilled) -> None:
    assert drilled.sources["calm"]["findings"] == []


@pytest.mark.parametrize(
    ("name", "measure", "words"),
    [
        ("scripts", "lost", "24 of 24 pages hold no article"),
        ("empty", "lost", "8 of 24 pages hold no article"),
        ("shorter", "lost", "collapsed_text"),
        ("swapped", "canary", "24 of 24 articles looked at again have lost their text"),
        ("promoted", "lost", "repeated_text"),
        ("homeward", "collapsed", "requests lead to one page"),
        ("redesign", "template", "[main article .c-a section .c-c] instead of [.wrap .content]"),
        ("undated", "undated", "24 of 24 articles tell no date; usually 0 of 24"),
        ("captcha", "refused", "blocked"),
        ("feed", "dry_feeds", "no_entries"),
        ("charset", "charset", "utf-8 instead of gb18030"),
    ],
)
def test_a_finding_says_what_is_the_matter(
    drilled: Drilled, name: str, measure: str, words: str
) -> None:
    found = drilled.finding(name, measure)
    assert words in found["words"]
    assert str(found["bad"]) in found["words_zh"]
    assert found["p_value"] < 1e-3
    assert 1 <= len(found["examples"]) <= 3
    assert all(url.startswith(drilled.urls[name]) for url in found["examples"])


def test_a_site_that_moved_is_not_followed_and_its_new_place_is_named(drilled: Drilled) -> None:
    place = drilled.elsewhere.url.removeprefix("http://")
    assert place in drilled.sources["moved"]["reason"]
    assert drilled.elsewhere.asked == []
