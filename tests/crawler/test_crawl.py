"""Crawls of sites on loopback, each by a real process."""

import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from crawler.archive import read_page
from crawler.frontier.store import Fetch, open_frontier
from crawler.lock import project_lock
from crawler.sources import load_project
from tests.crawler.crawl_once import ROOT, run_crawl, start_crawl, write_project
from tests.crawler.site import HTML, Reply, Site, blog, page, pages, prose, serve, title_of


def fetches_of(folder: Path) -> list[Fetch]:
    with open_frontier(folder / "data" / "frontier.sqlite") as frontier:
        return frontier.fetches_after(0, 100_000)


def by_path(folder: Path, site: Site) -> dict[str, Fetch]:
    return {one.url.removeprefix(site.url): one for one in fetches_of(folder)}


def rows(folder: Path, sql: str) -> list[Any]:
    with sqlite3.connect(folder / "data" / "frontier.sqlite") as connection:
        found = connection.execute(sql).fetchall()
    connection.close()
    return found


def source_of(report: Any) -> Any:
    return report["sources"][0]


def gaps(site: Site) -> list[float]:
    times = [at for at, _ in site.asked]
    return [later - earlier for earlier, later in pairwise(times)]


def test_finds_every_article_from_the_start_url_without_idling(tmp_path: Path) -> None:
    site_pages = blog(150)
    with serve(pages(site_pages)) as site:
        write_project(tmp_path, site.url + "/")
        report = run_crawl(tmp_path)
        again = run_crawl(tmp_path)
    assert report["outcome"] == "finished"
    assert again["outcome"] == "nothing_due"
    assert source_of(report)["articles_seen"] == 150
    assert source_of(report)["errors"] == 0  # that /sitemap.xml, our guess, is not there is none
    assert set(site.counts()) == {*site_pages, "/robots.txt", "/sitemap.xml"}
    assert max(site.counts().values()) == 1
    assert site.agents == {next(iter(site.agents))}
    assert "owner@example.org" in next(iter(site.agents))
    # Scrapy asks a scheduler that has said "not yet" again after 5 seconds only.
    assert max(gaps(site)) < 4.5
    archive = tmp_path / "data" / "archive"
    for one in fetches_of(tmp_path):
        if one.location is not None:
            assert read_page(archive, one.location).body == site_pages[one.url[len(site.url) :]]


def test_keeps_the_delay_between_requests_and_across_runs(tmp_path: Path) -> None:
    with serve(pages(blog(5))) as site:
        write_project(tmp_path, site.url + "/", delay=0.9)
        report = run_crawl(tmp_path, 4.5)  # a busy machine takes some of it to begin
        first_run = len(site.asked)
        run_crawl(tmp_path)
    assert report["outcome"] == "budget"
    assert source_of(report)["remaining"] > 0
    assert 0 < first_run < 8
    assert len(site.asked) == 8
    assert min(gaps(site)) > 0.7


def test_robots_rules_are_obeyed_with_their_delay_and_sitemap(tmp_path: Path) -> None:
    robots = "User-agent: *\nDisallow: /密/\nCrawl-delay: 0.7\nSitemap: /map.xml\n"
    site_pages: dict[str, bytes | Reply] = {
        "/robots.txt": Reply(robots.encode("gb18030"), headers={"Content-Type": "text/plain"}),
        "/": page("入口", "<h1>入口</h1><a href=/%E5%AF%86/1.html>内部</a>"),
        "/map.xml": Reply(
            b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
            b"<url><loc>/alone.html</loc></url></urlset>",
            headers={"Content-Type": "application/xml"},
        ),
        "/alone.html": page(title_of(1), f"<h1>{title_of(1)}</h1><p>{prose(1)}</p>"),
    }
    with serve(pages(site_pages)) as site:
        write_project(tmp_path, site.url + "/")
        run_crawl(tmp_path)
        found = by_path(tmp_path, site)
    assert site.counts() == Counter(["/robots.txt", "/", "/map.xml", "/alone.html"])
    assert found["/%E5%AF%86/1.html"].error == "robots"
    assert found["/map.xml"].kind == "sitemap"
    assert min(gaps(site)) > 0.4


def test_a_sitemap_that_is_named_and_not_there_is_an_error(tmp_path: Path) -> None:
    robots = Reply(b"Sitemap: /sitemap.xml\n", headers={"Content-Type": "text/plain"})
    with serve(pages(blog(3) | {"/robots.txt": robots})) as site:
        write_project(tmp_path, site.url + "/")
        report = run_crawl(tmp_path)
    assert source_of(report)["errors"] == 1
    assert by_path(tmp_path, site)["/sitemap.xml"].error == "http_404"


def test_what_robots_txt_said_stands_with_each_request(tmp_path: Path) -> None:
    robots = Reply(b"User-agent: *\nDisallow: /post/\nAllow: /post/1\n")
    with serve(pages(blog(3) | {"/robots.txt": robots})) as site:
        write_project(tmp_path, site.url + "/")
        run_crawl(tmp_path)
    found = by_path(tmp_path, site)
    assert found["/"].robots_rule is None
    assert found["/post/1.html"].robots_rule == "allow: /post/1"
    assert found["/post/2.html"].robots_rule == "disallow: /post/"
    read_at = {one.robots_at for one in found.values()}
    assert len(read_at) == 1
    assert None not in read_at


def test_nothing_is_fetched_while_robots_txt_fails(tmp_path: Path) -> None:
    replies = blog(3) | {"/robots.txt": Reply(b"User-agent: *", 503)}
    with serve(pages(replies)) as site:
        write_project(tmp_path, site.url + "/")
        report = run_crawl(tmp_path)
    assert set(site.counts()) == {"/robots.txt"}
    assert source_of(report)["unreachable"] is True
    assert "robots_unreachable" in source_of(report)["note"]


def test_retry_after_is_kept_across_runs(tmp_path: Path) -> None:
    busy = Reply(b"slow down", 429, {**HTML, "Retry-After": "3600"})
    with serve(pages({"/": busy})) as site:
        write_project(tmp_path, site.url + "/")
        report = run_crawl(tmp_path)
        again = run_crawl(tmp_path)
    assert site.counts() == Counter(["/robots.txt", "/"])
    assert source_of(report)["blocked"] is True
    assert source_of(report)["remaining"] >= 1
    assert again["outcome"] == "nothing_due"


def test_every_answer_has_its_word(tmp_path: Path) -> None:
    links = [
        *("gone", "old", "hop", "loop", "ring1", "away", "data/", "private", "flood"),
        *("brief.html", "picture", "broken", "other?id=1"),
    ]
    body = "".join(f"<a href=/{link}>{link}</a>" for link in links)
    replies: dict[str, bytes | Reply] = {
        "/": page("入口", f"<h1>入口</h1>{body}"),
        "/gone": Reply(b"gone", 410),
        "/old": Reply(status=301, headers={"Location": "/new"}),
        "/new": page(title_of(2), f"<h1>{title_of(2)}</h1><p>{prose(2)}</p>"),
        "/hop": Reply(status=302, headers={"Location": "/new"}),
        "/loop": Reply(status=302, headers={"Location": "/loop"}),
        "/ring1": Reply(status=302, headers={"Location": "/ring2"}),
        "/ring2": Reply(status=302, headers={"Location": "/ring1"}),
        "/away": Reply(status=302, headers={"Location": "http://elsewhere.example/"}),
        "/data/": Reply(b"{}", headers={"Content-Type": "application/json"}),
        "/private": Reply(b"no", 403),
        "/flood": Reply(b"x" * (9 << 20)),
        "/brief.html": Reply(b"  "),
        "/picture": Reply(b"GIF89a" * 1000, headers={"Content-Type": "image/gif"}),
    }
    with serve(pages(replies)) as site:
        write_project(tmp_path, site.url + "/")
        run_crawl(tmp_path)
        found = by_path(tmp_path, site)
    words = {path: (one.status, one.kind, one.error) for path, one in found.items()}
    assert words["/gone"] == (410, "error", "http_410")
    assert words["/old"] == (301, "redirect", None)
    assert words["/loop"] == (302, "redirect", "redirect_loop")
    assert words["/ring2"] == (302, "redirect", "redirect_loop")
    assert words["/away"] == (302, "redirect", "out_of_scope")
    assert words["/data/"][1:] == ("not_html", None)
    assert words["/picture"][1:] == ("not_html", None)
    assert words["/private"] == (403, "error", "http_403")
    assert words["/flood"] == (None, "error", "too_large")
    assert words["/brief.html"] == (200, "error", "empty")
    assert words["/broken"] == (404, "error", "http_404")
    assert found["/old"].final_url == site.url + "/new"
    assert site.counts()["/new"] == 1
    assert not [one for one in found.values() if one.location and one.status != 200]
    assert rows(
        tmp_path, "SELECT count(*) FROM url WHERE gone_at IS NOT NULL AND role = 'page'"
    ) == [(3,)]


def test_an_endless_calendar_is_parked_and_no_article_is_lost(tmp_path: Path) -> None:
    site_pages = blog(40)

    def answer(target: str, _headers: Mapping[str, str]) -> Reply | None:
        if target.startswith("/?date="):
            year, month = map(int, target.removeprefix("/?date=").split("-"))
            months = [(year, month + step) for step in (-1, 1)]
            near = "".join(f"<a href='/?date={y}-{m}'>«</a>" for y, m in months)
            return Reply(page("归档", f"<h1>{year}年{month}月</h1>{near}"))
        body = site_pages.get(target)
        if not isinstance(body, bytes):
            return None
        return Reply(body.replace(b"</body>", b"<a href='/?date=2026-5'>2026-5</a></body>"))

    with serve(answer) as site:
        write_project(tmp_path, site.url + "/")
        report = run_crawl(tmp_path)
    assert source_of(report)["articles_seen"] == 40
    assert sum(target.startswith("/?date=") for target in site.counts()) <= 10
    assert rows(tmp_path, "SELECT count(*) > 0 FROM url WHERE state = 'parked'") == [(1,)]


def test_an_unchanged_page_costs_a_conditional_request(tmp_path: Path) -> None:
    body = page(title_of(1), f"<h1>{title_of(1)}</h1><p>{prose(1)}</p>")
    sent: list[str | None] = []

    def answer(target: str, headers: Mapping[str, str]) -> Reply | None:
        if target != "/":
            return None
        sent.append(headers.get("If-None-Match"))
        if headers.get("If-None-Match") == '"v1"':
            return Reply(status=304)
        return Reply(body, headers={**HTML, "ETag": '"v1"'})

    with serve(answer) as site:
        write_project(tmp_path, site.url + "/")
        run_crawl(tmp_path)
        make_due(tmp_path)
        report = run_crawl(tmp_path)
    assert sent == [None, '"v1"']
    assert source_of(report)["not_modified"] == 1
    assert [one.kind for one in fetches_of(tmp_path)].count("not_modified") == 1


def make_due(folder: Path) -> None:
    with sqlite3.connect(folder / "data" / "frontier.sqlite") as connection:
        connection.execute("UPDATE url SET due_at = 0 WHERE state = 'waiting'")
    connection.close()


def test_without_leave_no_private_address_is_dialled(tmp_path: Path) -> None:
    with serve(pages(blog(2))) as site:
        port = site.url.rpartition(":")[2]
        hosts = ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"]
        write_project(tmp_path, [f"http://{host}:{port}/" for host in hosts], allow_private=False)
        report = run_crawl(tmp_path)
        report_of_https = _crawl_https(tmp_path / "https", port)
    assert site.asked == []
    for one in (report, report_of_https):
        assert "private_address" in source_of(one)["note"]
    assert {one.error for one in fetches_of(tmp_path)} == {"private_address"}


def _crawl_https(folder: Path, port: str) -> Any:
    write_project(folder, f"https://localhost:{port}/", allow_private=False)
    return run_crawl(folder)


def test_a_server_that_refuses_is_reported_as_unreachable(tmp_path: Path) -> None:
    with serve(pages({})) as site:
        address = site.url
    write_project(tmp_path, address + "/")
    report = run_crawl(tmp_path)
    assert source_of(report)["unreachable"] is True
    assert source_of(report)["errors"] == 3
    assert {one.error for one in fetches_of(tmp_path)} == {"refused"}


def test_sigterm_ends_the_run_soon_and_the_next_goes_on(tmp_path: Path) -> None:
    with serve(pages(blog(6))) as site:
        write_project(tmp_path, site.url + "/", delay=60)  # what waits for it is given back
        process = start_crawl(tmp_path)
        while not site.asked:
            time.sleep(0.01)
        write_project(tmp_path, site.url + "/", delay=0)
        process.send_signal(signal.SIGTERM)
        output, errors = process.communicate(timeout=35)
        assert process.returncode == 0, errors
        assert '"outcome": "interrupted"' in output
        report = run_crawl(tmp_path)
    assert report["outcome"] == "finished"
    assert max(site.counts().values()) == 1
    assert len(site.asked) == 9


def test_a_second_run_is_turned_away_while_one_is_at_work(tmp_path: Path) -> None:
    with serve(pages(blog(2))) as site:
        site.seconds = 1.0
        write_project(tmp_path, site.url + "/")
        first = start_crawl(tmp_path)
        while not site.asked:
            time.sleep(0.01)
        second = start_crawl(tmp_path)
        second.communicate(timeout=30)
        site.seconds = 0.0
        first.communicate(timeout=60)
    assert (first.returncode, second.returncode) == (0, 75)


def test_scrapy_crawl_source_works_from_a_project_folder(tmp_path: Path) -> None:
    with serve(pages(blog(3))) as site:
        write_project(tmp_path, site.url + "/")
        done = run_scrapy(tmp_path, "site")
    assert done.returncode == 0, done.stderr
    assert len(site.asked) == 6
    assert rows(tmp_path, "SELECT outcome, requests FROM run") == [("finished", 6)]


def test_scrapy_crawl_source_is_turned_away_like_any_other(tmp_path: Path) -> None:
    project = load_project(write_project(tmp_path, "http://127.0.0.1:9/"))
    with project_lock(project):
        done = run_scrapy(tmp_path, "site")
    assert done.returncode == 75
    assert "another fatiao" in done.stderr
    unknown = run_scrapy(tmp_path, "nosuch")
    assert unknown.returncode == 78
    assert "there are: site" in unknown.stderr


def run_scrapy(folder: Path, name: str) -> subprocess.CompletedProcess[str]:
    (folder / "scrapy.cfg").write_text("[settings]\ndefault = crawler.settings\n")
    return subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "source", "-a", f"name={name}"],
        cwd=folder,
        env={"PATH": "", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
