"""CPU time a page of a crawl with the durable frontier and the archive, against plain Scrapy.

`python -m tests.bench.crawl [PAGES]` serves a site of small pages on loopback from a process of its
own, and crawls it with plain Scrapy (follow every link, take the title, robots.txt obeyed), then
with `crawler.run`, each in a fresh process, and prints CPU ms a page: of the crawl alone, imports
and the server's own time apart.  The target is 1.6 times plain Scrapy.
"""

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.bench.serving import measured, serve_forever, serving
from tests.crawler.site import Reply, page, prose, title_of

MODULE = "tests.bench.crawl"
TARGET = 1.6
PER_LIST = 50


def small_site(articles: int) -> dict[str, bytes | Reply]:
    """Return a list in parts and articles of about 1 KB, each with a link back and one onward."""
    replies: dict[str, bytes | Reply] = {}
    last = -(-articles // PER_LIST)
    for number in range(1, last + 1):
        shown = range((number - 1) * PER_LIST + 1, min(number * PER_LIST, articles) + 1)
        items = "".join(
            f"<li><h2><a href=/post/{one}.html>{title_of(one)}</a></h2></li>" for one in shown
        )
        onward = f"<a href=/list/{number + 1}/>下一页</a>" if number < last else ""
        replies["/" if number == 1 else f"/list/{number}/"] = page(
            "法律随笔", f"<h1>法律随笔</h1><ul>{items}</ul><div class=pager>{onward}</div>"
        )
    for one in range(1, articles + 1):
        replies[f"/post/{one}.html"] = page(
            f"{title_of(one)} - 法律随笔",
            f"<a href=/>首页</a><h1>{title_of(one)}</h1>"
            f"<div>发布时间：2026-05-{one % 28 + 1:02d}</div>"
            f"<p>{prose(one)}</p><p>{prose(one + 1)}</p>"
            f"<a href=/post/{one % articles + 1}.html>{title_of(one % articles + 1)}</a>",
        )
    return replies


def plain(url: str) -> dict[str, Any]:
    """Crawl with plain Scrapy; return its CPU seconds and pages."""
    from scrapy import Spider
    from scrapy.crawler import CrawlerProcess

    seen = 0

    class Plain(Spider):
        name = "plain"
        start_urls = [url]  # noqa: RUF012 - Scrapy's way

        def parse(self, response: Any) -> Any:
            nonlocal seen
            seen += 1
            yield {"url": response.url, "title": response.css("title::text").get()}
            yield from response.follow_all(css="a")

    process = CrawlerProcess(
        {
            "LOG_LEVEL": "WARNING",
            "ROBOTSTXT_OBEY": True,
            "TELNETCONSOLE_ENABLED": False,
            "REMOTE_CONTROL_ENABLED": False,
            "DOWNLOAD_DELAY": 0,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        }
    )
    process.crawl(Plain)
    before = time.process_time()
    process.start()
    return {"cpu": time.process_time() - before, "pages": seen}


def durable(url: str) -> dict[str, Any]:
    """Crawl with frontier and archive; return CPU seconds and pages."""
    import crawler.spider  # noqa: F401 - imported before the clock starts, as Scrapy is above
    from crawler.run import crawl
    from crawler.sources import load_project
    from tests.crawler.crawl_once import write_project

    with tempfile.TemporaryDirectory(prefix="fatiao-bench-") as folder:
        project = load_project(write_project(Path(folder), url, max_articles=1_000_000))
        before = time.process_time()
        report = crawl(project, sources=None, run_for=3_600)
        cpu = time.process_time() - before
    return {"cpu": cpu, "pages": report.sources[0].ok}


def main(articles: int = 5_000) -> None:
    with serving(MODULE, articles) as url:
        figures = {name: measured(MODULE, name, url) for name in ("plain", "durable")}
    cost = {name: 1_000 * one["cpu"] / one["pages"] for name, one in figures.items()}
    for name, one in figures.items():
        print(f"{name:<8} {one['pages']} pages, {cost[name]:.2f} ms CPU a page")
    times = cost["durable"] / cost["plain"]
    print(f"{times:.2f} times plain Scrapy (target: at most {TARGET})")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["plain", url]:
            print(json.dumps(plain(url)))
        case ["durable", url]:
            print(json.dumps(durable(url)))
        case ["serve", number]:
            serve_forever(small_site(int(number)))
        case arguments:
            main(*map(int, arguments))
