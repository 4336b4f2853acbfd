"""A folder, a site that goes on growing, and runs that are killed: what must hold after each.

0 URLs lost · 0 pages stored as new twice · every record's digest holds, and the records fill
the archive without a gap · the public file is whole, and every article in it can be taken out
of its WARC record again, word for word · nothing is fetched twice but what was not committed
"""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

import duckdb

from crawler.archive import Location, read_page
from crawler.faults import Point
from crawler.frontier.store import Fetch, open_frontier_readonly
from pipeline.article import Article
from tests.crawler.crawl_once import ROOT, write_project
from tests.crawler.site import Reply, Site, page, pages, serve
from warehouse.workers import PageJob, process_page

DAY = 86_400.0
PER_PAGE = 10
BALLAST = "ballast"  # a file that takes all the space there is
PATIENCE = 300.0  # seconds for one run, on a machine that is busy with other things
SUBJECTS = (
    "押金",
    "借条",
    "抚养费",
    "工伤",
    "遗嘱",
    "彩礼",
    "保证金",
    "违约金",
    "拆迁款",
    "加班费",
)
PLACES = ("城东", "城西", "河北岸", "南关", "老街", "新区", "桥头", "山脚", "港口", "站前")

WAYS = ("先发书面催告", "请居委会调解", "向仲裁委员会申请", "直接到人民法院起诉", "报警备案")
_RANGES = ((1_000, 90_000), (2, 30), (2, 40))


@dataclass(slots=True)
class Tally:
    """What was counted over all runs; URLs, pages, requests."""

    runs: int = 0
    kills: int = 0
    reached: Counter[str] = field(default_factory=Counter)  # kills, by where they struck
    refetched: int = 0  # requests whose answer was lost in a kill
    worst_refetched: int = 0  # of one kill
    requests: int = 0
    records: int = 0  # read and found whole
    texts: int = 0  # taken out of the archive again and found equal


class Nursery:
    """The process from which runs are forked."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            # Not by -m: every worker would import again what the main module does.
            [sys.executable, "-c", "from tests.crash.nursery import serve; serve()"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(
        self,
        folder: Path,
        *arguments: str,
        point: Point | None,
        nth: int = 1,
        after: float | None = None,
        act: str = "kill",
    ) -> tuple[int, str]:
        """Do `fatiao ARGUMENTS`; return its exit code, or minus its signal, and what it said."""
        order: dict[str, object] = {"folder": str(folder), "arguments": arguments}
        order |= {"point": point, "nth": nth, "after": after, "act": act, "ballast": BALLAST}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the nursery died"
        answer = json.loads(line)
        return os.waitstatus_to_exitcode(answer["status"]), answer["output"]

    def close(self) -> None:
        self._process.communicate()


@contextmanager
def nursery() -> Generator[Nursery]:
    opened = Nursery()
    try:
        yield opened
    finally:
        opened.close()


@dataclass(slots=True)
class World:
    """One folder and its site."""

    folder: Path
    site: Site
    replies: dict[str, bytes | Reply]
    nursery: Nursery
    tally: Tally
    articles: int = 0
    rewritten: dict[int, int] = field(default_factory=dict)  # article: how often
    known: set[str] = field(default_factory=set)  # URLs that the frontier has promised
    proved: dict[tuple[str, Location], str] = field(default_factory=dict)
    fetches: int = 0
    asked: int = 0
    output: str = ""  # of the last run

    def grow(self, articles: int) -> None:
        """Let the site publish `articles` and rewrite an old one, and let a day pass."""
        if self.articles:
            old = 1 + sum(self.rewritten.values()) % self.articles
            self.rewritten[old] = self.rewritten.get(old, 0) + 1
        self.articles += articles
        self.replies.clear()
        self.replies.update(_site(self.articles, self.rewritten))
        frontier = self.folder / "data" / "frontier.sqlite"
        if frontier.exists():
            with sqlite3.connect(frontier, timeout=30) as connection:
                connection.execute("UPDATE url SET due_at = due_at - ?", (30 * DAY,))
            connection.close()

    def copy(self, folder: Path) -> "World":
        """Return the same world with its folder moved to `folder`, this one left as it is."""
        shutil.copytree(self.folder, folder, symlinks=True, dirs_exist_ok=True)
        return replace(
            self, folder=folder, known=set(self.known), proved={}, rewritten=dict(self.rewritten)
        )

    def run(self, *, point: Point | None = None, nth: int = 1, after: float | None = None) -> int:
        """Do `fatiao run`, kill it at a point or after some seconds; return its exit code."""
        code, self.output = self.nursery.run(
            self.folder, "run", "--for", "120s", point=point, nth=nth, after=after
        )
        self.tally.runs += 1
        self.tally.kills += code == -signal.SIGKILL
        if code == -signal.SIGKILL:
            self.tally.reached[str(point or "anywhere")] += 1
        return code

    def run_full(self, point: Point, nth: int) -> int:
        """Do `fatiao run` on a disk that is full from `point` on; return its exit code."""
        code, self.output = self.nursery.run(
            self.folder, "run", "--for", "120s", point=point, nth=nth, act="fill"
        )
        (self.folder / BALLAST).unlink(missing_ok=True)
        return code

    def check(self) -> None:
        """Assert everything that must hold whenever no run is at work."""
        fetches, segments = self._check_frontier()
        self._check_archive(fetches, segments)
        self._check_public()
        asked = sum(not target.endswith(("/robots.txt", "/sitemap.xml")) for _, target
                    in self.site.asked)  # fmt: skip
        entered = sum(not one.url.endswith("/sitemap.xml") for one in fetches)
        again = (asked - self.asked) - (entered - self.fetches)
        assert again >= 0, "a fetch was entered that was never made"
        self.tally.requests += asked - self.asked
        self.tally.refetched += again
        self.tally.worst_refetched = max(self.tally.worst_refetched, again)
        self.asked, self.fetches = asked, entered

    def check_complete(self) -> None:
        """Assert that every article of the site was found, archived and published."""
        with duckdb.connect(str(self.folder / "public" / "fatiao.duckdb"), read_only=True) as db:
            rows = db.execute(
                "SELECT a.url, v.text FROM core.article a"
                " JOIN core.article_version v ON v.version_id = a.current_version_id"
            ).fetchall()
        texts = {url.removeprefix(self.site.url): text for url, text in rows}
        assert set(texts) == {f"/post/{one}.html" for one in range(1, self.articles + 1)}
        for one in range(1, self.articles + 1):
            text = texts[f"/post/{one}.html"]
            editions = range(self.rewritten.get(one, 0) + 1)  # the last may not be due yet
            assert any(_prose(one, edition)[0] in text for edition in editions)
        assert not list((self.folder / "snapshots").glob(".staging-*"))

    def _check_frontier(self) -> tuple[list[Fetch], dict[str, int]]:
        path = self.folder / "data" / "frontier.sqlite"
        if not path.exists():
            assert not self.known
            return [], {}
        with open_frontier_readonly(path) as frontier:
            check = frontier.connection.execute("PRAGMA quick_check").fetchone()
            urls = {url for (url,) in frontier.connection.execute("SELECT url FROM url")}
            fetches = frontier.fetches_after(0, 1_000_000)
            segments = frontier.segments()
        assert check == ("ok",)
        assert self.known <= urls, f"lost: {self.known - urls}"
        self.known = urls
        return fetches, segments

    def _check_archive(self, fetches: list[Fetch], segments: dict[str, int]) -> None:
        stored = [one for one in fetches if one.location is not None]
        new = Counter((one.url, one.payload_digest) for one in stored if one.kind != "not_modified")
        assert max(new.values(), default=1) == 1, new.most_common(1)
        places = sorted((one.location.file, one.location.offset, one.location.length)
                        for one in stored if one.location)  # fmt: skip
        ends: dict[str, int] = {}
        for file, offset, length in places:
            # Nothing but the segment's own warcinfo stands before the first page.
            assert offset == ends.get(file, offset) and (file in ends or offset < 1_000)  # noqa: PT018
            ends[file] = offset + length
        assert ends == {file: segments[file] for file in ends}
        for one in stored:
            assert one.location is not None
            if (one.url, one.location) not in self.proved:
                found = read_page(self.folder / "data" / "archive", one.location, one.original)
                assert (found.url, found.digest) == (one.url, one.payload_digest)
                self.proved[one.url, one.location] = found.digest
                self.tally.records += 1

    def _check_public(self) -> None:
        public = self.folder / "public"
        if not public.exists():
            return
        manifest = json.loads((public / "manifest.json").read_text(encoding="utf-8"))
        for name, described in manifest["files"].items():
            assert sha256((public / name).read_bytes()).hexdigest() == described["sha256"]
        with duckdb.connect(str(public / "fatiao.duckdb"), read_only=True) as db:
            rows = db.execute(
                "SELECT v.version_id, v.text, f.fetch_id, f.source, f.url, f.fetched_at,"
                " f.archive_file, f.archive_offset, f.archive_length"
                " FROM core.article_version v JOIN ops.fetch f USING (fetch_id)"
            ).fetchall()
        for version, text, *rest in rows:
            self._check_text(version, text, *rest)

    def _check_text(
        self, version: str, text: str, fetch_id: int, source: str, url: str, fetched_at: object,
        file: str, offset: int, length: int
    ) -> None:  # fmt: skip
        location = Location(file, offset, length)
        if self.proved.get((version, location)) == text:
            return
        job = PageJob(
            fetch_id=fetch_id,
            source=source,
            url=url,
            fetched_at=fetched_at,  # type: ignore[arg-type]  # DuckDB gives an aware datetime
            archive=self.folder / "data" / "archive",
            location=location,
            link_text=None,
        )
        made = process_page(job).page
        assert isinstance(made, Article), made
        assert made.text == text
        self.proved[version, location] = text
        self.tally.texts += 1


@contextmanager
def world(folder: Path, nursery: Nursery, tally: Tally) -> Generator[World]:
    replies: dict[str, bytes | Reply] = {}
    with serve(pages(replies)) as site:
        write_project(folder, site.url + "/")
        yield World(folder, site, replies, nursery, tally)


def kill_at(world: World, point: Point, chance: random.Random) -> bool:
    """Run until `point` is reached and kill there; return whether it was."""
    often = {Point.BEFORE_ARCHIVE, Point.AFTER_ARCHIVE}
    return world.run(point=point, nth=chance.randint(1, 4) if point in often else 1) < 0


def _site(articles: int, rewritten: dict[int, int]) -> dict[str, bytes | Reply]:
    """Return the site's pages: a list in parts, newest first, and the articles."""
    replies: dict[str, bytes | Reply] = {}
    numbers = list(range(articles, 0, -1))
    parts = [numbers[at : at + PER_PAGE] for at in range(0, articles, PER_PAGE)]
    pager = "".join(f"<a href=/list/{n}/>{n}</a>" for n in range(2, len(parts) + 1))
    for number, part in enumerate(parts, start=1):
        items = "".join(
            f"<li><h2><a href=/post/{one}.html>{_title(one)}</a></h2>"
            f"<p>{_prose(one, 0)[0][:60]}</p></li>"
            for one in part
        )
        replies["/" if number == 1 else f"/list/{number}/"] = page(
            "来信选登", f"<h1>来信选登</h1><ul>{items}</ul><div class=pager>{pager}</div>"
        )
    for one in numbers:
        prose = "".join(f"<p>{part}</p>" for part in _prose(one, rewritten.get(one, 0)))
        date = f"2026-{one % 9 + 1:02d}-{one % 28 + 1:02d}"
        replies[f"/post/{one}.html"] = page(
            f"{_title(one)} - 来信选登",
            f"<h1>{_title(one)}</h1><div class=info>发布时间：{date}</div>"
            f"<div class=content>{prose}</div>",
        )
    return replies


def _title(one: int) -> str:
    return f"{PLACES[one // 10 % 10]}第{one}号来信：{SUBJECTS[one % 10]}被拖欠之后应当怎样讨要"


def _prose(one: int, edition: int) -> list[str]:
    """Return the paragraphs of an article: no two of them alike, and another one an edition."""
    chance = random.Random(f"{one} {edition}")  # noqa: S311 - not a secret
    place, subject = PLACES[one // 10 % 10], SUBJECTS[one % 10]
    amount, months, sheets = (chance.randint(low, high) for low, high in _RANGES)
    ways = list(WAYS)
    chance.shuffle(ways)
    asks = (
        f"{place}的读者来信说，对方拖欠{subject}{amount}元已有{months}个月，电话不接，上门也不开；"
        f"手里只有{sheets}页聊天记录和一张收据。"
    )
    advice = (
        f"我们的看法是：{'，其次'.join(ways)}。无论走哪一条路，都不要拖过{months + 3}个月，"
        "根据《民法典》第一百八十八条，普通诉讼时效为三年。"
    )
    return [asks, advice, f"这是第{edition + 1}次答复，编号{one * 1000 + edition}，供参考。"]
