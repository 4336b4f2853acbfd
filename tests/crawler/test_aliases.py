"""One page under several addresses, crawled: redirects, rel=canonical, what a source rules."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from tests.crawler.crawl_once import run_crawl, write_project
from tests.crawler.site import Reply, blog, page, pages, prose, serve, title_of

YEARS = range(2015, 2027)


def aliases(folder: Path, origin: str) -> dict[str, tuple[str, str]]:
    """Return what each alias stands for, and why it is due when it is."""
    with closing(sqlite3.connect(folder / "data" / "frontier.sqlite")) as connection:
        rows = connection.execute(
            "SELECT one.url, own.url, one.reason FROM url AS one JOIN url AS own"
            " ON own.url_id = one.alias_of"
        ).fetchall()
    return {
        url.removeprefix(origin): (own.removeprefix(origin), reason) for url, own, reason in rows
    }


def test_a_slash_that_the_server_adds_is_learnt(tmp_path: Path) -> None:
    site_pages: dict[str, bytes | Reply] = dict(blog(30))
    menu = "".join(f"<a href=/archives/{year}>{year}年</a>" for year in YEARS)
    home = site_pages["/"]
    assert isinstance(home, bytes)
    site_pages["/"] = home.replace(b"</body>", menu.encode() + b"</body>")
    for year in YEARS:
        to = {"Location": f"/archives/{year}/"}
        site_pages[f"/archives/{year}"] = Reply(status=301, headers=to)
        around = "".join(f"<a href=/archives/{near}>{near}年</a>" for near in YEARS)
        shown = f"<a href=/post/{year - 2014}.html>{title_of(year - 2014)}</a>"
        site_pages[f"/archives/{year}/"] = page(f"{year}年", f"<h1>{year}</h1>{shown}{around}")
    with serve(pages(site_pages)) as site:
        write_project(tmp_path, site.url + "/")
        run_crawl(tmp_path)
        asked = site.counts()
    redirects = [path for path in asked if path.startswith("/archives/") and path[-1] != "/"]
    assert 2 <= len(redirects) <= 4, "after two of them the others are asked for with the slash"


def test_an_address_that_names_another_as_its_own_is_an_alias(tmp_path: Path) -> None:
    site_pages = dict(blog(12))
    body = f"<h1>{title_of(3)}</h1><p>{prose(3)}</p><p>{prose(4)}</p>"
    head = '<link rel="canonical" href="/post/3.html">'
    copy = page(f"{title_of(3)} - 法律随笔", body, head=head)
    links = f"<a href=/print.php?id=3>{title_of(3)}（打印版）</a>"
    home = site_pages["/"]
    assert isinstance(home, bytes)
    site_pages |= {
        "/": home.replace(b"</body>", links.encode() + b"</body>"),
        "/print.php?id=3": copy,
    }
    with serve(pages(site_pages)) as site:
        write_project(tmp_path, site.url + "/")
        run_crawl(tmp_path)
        run_crawl(tmp_path)
        known = aliases(tmp_path, site.url)
        assert site.counts()["/print.php?id=3"] == 1
    own, reason = known["/print.php?id=3"]
    assert own == "/post/3.html"
    assert reason.endswith("/post/3.html as its own address")


def test_an_original_that_moves_to_its_copy_is_no_loop(tmp_path: Path) -> None:
    site_pages: dict[str, bytes | Reply] = dict(blog(12))
    copy = page(
        f"{title_of(3)} - 法律随笔",
        f"<h1>{title_of(3)}</h1><p>{prose(3)}</p><p>{prose(4)}</p>",
        head='<link rel="canonical" href="/post/3.html">',
    )
    home = site_pages["/"]
    assert isinstance(home, bytes)
    link = f"<a href=/info/3.html>{title_of(3)}（新版）</a></body>"
    site_pages |= {"/": home.replace(b"</body>", link.encode()), "/info/3.html": copy}
    with serve(pages(site_pages)) as site:
        write_project(tmp_path, site.url + "/")
        run_crawl(tmp_path)
        assert "/info/3.html" in aliases(tmp_path, site.url)
        site_pages["/post/3.html"] = Reply(status=301, headers={"Location": "/info/3.html"})
        with closing(sqlite3.connect(tmp_path / "data" / "frontier.sqlite")) as connection:
            connection.execute("UPDATE url SET due_at = 0 WHERE url LIKE '%/post/3.html'")
            connection.commit()
        run_crawl(tmp_path)
        with closing(sqlite3.connect(tmp_path / "data" / "frontier.sqlite")) as connection:
            moved = connection.execute(
                "SELECT kind, last_error FROM url WHERE url LIKE '%/post/3.html'"
            ).fetchone()
    assert moved == ("redirect", None)


def test_a_session_that_a_source_drops_makes_no_second_page(tmp_path: Path) -> None:
    site_pages = blog(12)

    def answer(target: str, _headers: Mapping[str, str]) -> Reply | None:
        path, _, query = target.partition("?")
        found = site_pages.get(path)
        if not isinstance(found, bytes):
            return found
        visit = abs(hash(query)) % 1000
        return Reply(found.replace(b".html>", f".html?visit={visit}>".encode()))

    with serve(answer) as site:
        file = write_project(tmp_path, site.url + "/")
        with file.open("a", encoding="utf-8") as config:
            config.write('[source.urls]\ndrop = ["visit"]\n')
        run_crawl(tmp_path)
        asked = site.counts()
    assert not [target for target in asked if "visit" in target]
    assert {f"/post/{one}.html" for one in range(1, 13)} <= set(asked)
