"""`make bench`, a whole run: pages per CPU second, and where the time goes.

python -m tests.bench.run [PAGES]

Serves a site of PAGES articles (2,000: some 6 KB each, about 900 characters with three citations, a
fifth of them reposts) from a process of its own, and lets `warehouse.run` crawl, build, check and
publish it in a fresh process.  CPU time is that of the run and of its workers, without imports; a
stage's is its own, without the stages inside it.  What the workers do is told by doing it again
for a sample of the pages, in this process.
"""

import json
import os
import random
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import import_module
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

from tests.bench.phrases import sentences
from tests.bench.serving import measured, serve_forever, serving
from tests.crawler.site import Reply, page

MODULE = "tests.bench.run"
PER_LIST = 40
SAMPLE = 300  # pages that are worked on again, to tell what the workers spend their time on

# Stage: what is timed for it, as module, class if any, and function.
STAGES = (
    ("fetch: Scrapy, robots, downloads", "warehouse.run:crawl"),
    ("fetch: kind and links of the page", "crawler.spider:read_answer"),
    ("archive: WARC", "crawler.archive_writer:ArchiveWriter.append"),
    ("archive: WARC", "crawler.archive_writer:ArchiveWriter.flush"),
    ("frontier: what is known and due", "crawler.frontier.ledger:Ledger.record"),
    ("frontier: what is known and due", "crawler.session:Session.next_task"),
    ("frontier: commit", "crawler.frontier.ledger:Ledger.commit"),
    ("build: order and rows", "warehouse.run:build"),
    ("build: load", "warehouse.build:load_batch"),
    ("build: withhold", "warehouse.build:withhold"),
    ("build: group reposts", "warehouse.build:group_fetched"),
    ("build: teach the frontier", "warehouse.build:_teach"),
    ("build: corrections", "warehouse.build:apply_overrides"),
    ("health", "warehouse.run:judge_sources"),
    ("checks", "warehouse.run:run_checks"),
    ("publish", "warehouse.run:publish"),
    ("publish: has anything changed", "warehouse.publish:content_digest"),
    ("report", "warehouse.run:write_report"),
)
WORKERS = "workers"
IN_WORKERS = (
    ("read from the archive", "read_page"),
    ("decode", "decode"),
    ("parse", "parse_html"),
    ("kind", "judge"),
    ("fingerprint", "skeleton_of"),
    ("extract", "extract"),
    ("cite", "cite"),
)


@dataclass(slots=True)
class Stopwatch:
    """CPU seconds by stage; a stage that calls another one is paused meanwhile."""

    spent: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    jobs: list[tuple[Callable[[Any], Any], Any]] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    since: float = 0.0

    @contextmanager
    def stage(self, name: str) -> Generator[None]:
        self._turn()
        self.open.append(name)
        try:
            yield
        finally:
            self._turn()
            self.open.pop()

    def _turn(self) -> None:
        now = cpu_seconds()
        if self.open:
            self.spent[self.open[-1]] += now - self.since
        self.since = now

    def watch(self, name: str, place: str) -> None:
        """Time the function at `place`, as `module:function` or `module:Class.function`."""
        module, _, path = place.partition(":")
        owner: Any = import_module(module)
        *outer, function = path.split(".")
        for one in outer:
            owner = getattr(owner, one)
        inner = getattr(owner, function)

        def timed(*arguments: Any, **named: Any) -> Any:
            with self.stage(name):
                return inner(*arguments, **named)

        setattr(owner, function, timed)

    def watch_workers(self) -> None:
        """Time what is done in worker processes, and keep a sample of the jobs."""
        workers: Any = import_module("warehouse.workers")
        inner = workers.map_bounded

        def timed(function: Any, jobs: Iterable[Any], **named: Any) -> Iterator[Any]:
            given = list(jobs)
            self.jobs += [(function, job) for job in given[: max(0, SAMPLE - len(self.jobs))]]
            with self.stage(WORKERS):
                results = list(inner(function, given, **named))
            return iter(results)

        workers.map_bounded = timed


def cpu_seconds() -> float:
    """Return what this process has used, its children that have ended, and the workers (Linux)."""
    mine = resource.getrusage(resource.RUSAGE_SELF)
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return mine.ru_utime + mine.ru_stime + ended.ru_utime + ended.ru_stime + _workers_seconds()


def _workers_seconds() -> float:
    """Workers are children of the fork server, which adds up what those that ended have used."""
    pid = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]
    stat = Path(f"/proc/{pid}/stat")
    if pid is None or not stat.exists():
        return 0.0
    fields = stat.read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def site(articles: int) -> dict[str, bytes | Reply]:
    """Return a list in parts, and articles under it with a menu, neighbours and a footer."""
    dice = random.Random(20261121)  # noqa: S311 - repeatable, not secret
    texts: list[list[str]] = []
    for _ in range(articles):
        is_repost = len(texts) > 20 and dice.random() < 0.2
        texts.append(dice.choice(texts) if is_repost else list(text(dice)))
    titles = [f"{one[0][:14]}（{number}）" for number, one in enumerate(texts)]
    replies: dict[str, bytes | Reply] = {}
    for number in range(articles):
        around = [titles[(number + step) % articles] for step in range(1, 9)]
        replies[f"/post/{number}.html"] = _article(titles[number], texts[number], number, around)
    last = -(-articles // PER_LIST)
    for number in range(last):
        shown = range(number * PER_LIST, min((number + 1) * PER_LIST, articles))
        items = "".join(
            f"<li><h2><a href=/post/{one}.html>{titles[one]}</a></h2></li>" for one in shown
        )
        onward = f"<a href=/list/{number + 1}/>下一页</a>" if number + 1 < last else ""
        replies["/" if number == 0 else f"/list/{number}/"] = page(
            "法律随笔", f"<h1>法律随笔</h1><ul>{items}</ul><div class=pager>{onward}</div>"
        )
    return replies


def text(dice: random.Random) -> Iterator[str]:
    """Yield the paragraphs of one article, three of which cite a provision."""
    said = sentences(dice)
    for number in range(8):
        words = "".join(next(said) for _ in range(4))
        if number % 3 == 1:
            article = dice.randrange(1, 1300)
            words += f"根据《中华人民共和国民法典》第{article}条的规定，当事人应当遵守约定。"
        yield words


def _article(title: str, paragraphs: list[str], number: int, around: list[str]) -> bytes:
    menu = "".join(f"<li><a href=/channel/{n}.html>频道{n}</a></li>" for n in range(12))
    others = "".join(
        f"<li><a href=/post/{number + 1 + n}.html>{one}</a></li>" for n, one in enumerate(around)
    )
    body = "".join(f"<p>{one}</p>" for one in paragraphs)
    return page(
        f"{title} - 法律随笔",
        f"<div class=nav><ul>{menu}</ul></div><div class=wrap><div class=main><h1>{title}</h1>"
        f"<div class=info>发布时间：2026-0{number % 9 + 1}-{number % 28 + 1:02d} 作者：编辑部</div>"
        f"<div class=content>{body}</div></div><div class=side><h3>相关文章</h3><ul>{others}</ul>"
        "</div></div><div class=foot>法律随笔 版权所有</div>",
    )


def whole_run(url: str) -> dict[str, Any]:
    """Run once; return pages, CPU seconds, and these by stage."""
    from crawler.sources import load_project
    from tests.crawler.crawl_once import write_project

    watch = Stopwatch()
    for name, place in STAGES:
        watch.watch(name, place)
    watch.watch_workers()
    job = import_module("warehouse.run")
    quiet = job.Watch(crawling=lambda _: None, building=lambda _done, _of: None)
    with tempfile.TemporaryDirectory(prefix="fatiao-bench-") as folder:
        project = load_project(write_project(Path(folder), url, max_articles=1_000_000))
        started, before = time.monotonic(), cpu_seconds()
        with watch.stage("else"):
            report = job.run(
                project, sources=None, run_for=14_400, now=datetime.now(UTC), watch=quiet
            )
        spent = cpu_seconds() - before
        return {
            "pages": sum(one.ok for one in report.crawl.sources),
            "new": report.build.new,
            "exit": report.exit,
            "cpu": spent,
            "seconds": time.monotonic() - started,
            "stages": watch.spent,
            "in_workers": shares(watch.jobs),
        }


def shares(jobs: list[tuple[Callable[[Any], Any], Any]]) -> dict[str, float]:
    """Work on `jobs` again in this process; return the share of the time of each part of it."""
    watch = Stopwatch()
    for function, job in jobs[:3]:
        function(job)  # the registry and the like are read once a worker
    for name, function_name in IN_WORKERS:
        watch.watch(name, f"warehouse.workers:{function_name}")
    with watch.stage("else"):
        for function, job in jobs:
            function(job)
    whole = sum(watch.spent.values()) or 1.0
    return {name: one / whole for name, one in watch.spent.items()}


def main(articles: int = 2_000) -> None:
    with serving(MODULE, articles) as url:
        found = measured(MODULE, "run", url)
    number, cpu = found["pages"], found["cpu"]
    print(
        f"a whole run: {number} pages, {found['new']} new articles, exit {found['exit']}:"
        f" {cpu:.1f} s CPU, {number / cpu:.1f} pages a CPU second ({found['seconds']:.0f} s)"
    )
    for name, spent in sorted(found["stages"].items(), key=lambda item: -item[1]):
        print(f"  {1_000 * spent / number:7.2f} ms a page  {spent / cpu:4.0%}  {name}")
    parts = sorted(found["in_workers"].items(), key=lambda item: -item[1])
    print(f"  of the workers: {', '.join(f'{name} {share:.0%}' for name, share in parts)}")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["run", url]:
            print(json.dumps(whole_run(url)))
        case ["serve", number]:
            serve_forever(site(int(number)))
        case arguments:
            main(*map(int, arguments))
