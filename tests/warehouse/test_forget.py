"""`fatiao forget`: afterwards nothing stored holds it, and nothing ever fetches it again."""

import gzip
import json
import sqlite3
from collections.abc import Generator
from contextlib import closing
from importlib.resources import files
from pathlib import Path

import duckdb
import pytest

from crawler.faults import Point
from crawler.frontier.queue import NewUrl, add_url
from crawler.frontier.schedule import Rank
from crawler.frontier.store import open_frontier
from crawler.frontier.tombstones import bury
from crawler.urls import canonicalize
from tests.crash.world import Tally, World, nursery, world
from tests.crawler.crawl_once import write_project
from tests.crawler.site import Reply, blog, page, pages, prose, serve, title_of
from tests.warehouse.commands import fatiao


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Generator[World]:
    """A folder with two snapshots of a site of ten articles."""
    folder = tmp_path_factory.mktemp("original")
    with nursery() as forked, world(folder, forked, Tally()) as one:
        one.grow(8)
        assert one.run() == 0
        one.grow(2)
        assert one.run() == 0
        yield one


@pytest.fixture
def published(original: World, tmp_path: Path) -> World:
    return original.copy(tmp_path)


def test_a_folder_can_be_moved_and_goes_on(published: World, original: World) -> None:
    folder, before = published.folder, len(published.site.asked)
    name = str(original.folder).encode()
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix != ".log":
            assert name not in path.read_bytes(), f"{path} holds the old path"
    assert (folder / "public").resolve().is_relative_to(folder.resolve())
    assert published.run() == 0
    make_all_due(folder)
    assert published.run() == 0
    assert len(published.site.asked) > before
    published._check_archive(*published._check_frontier())
    published._check_public()
    assert len(urls_of(folder)) == 10


def urls_of(folder: Path, sql: str = "SELECT url FROM core.article") -> set[str]:
    with duckdb.connect(str(folder / "public" / "fatiao.duckdb"), read_only=True) as db:
        return {url for (url,) in db.execute(sql).fetchall()}


def make_all_due(folder: Path) -> None:
    with sqlite3.connect(folder / "data" / "frontier.sqlite") as connection:
        connection.execute("UPDATE url SET due_at = 0")
    connection.close()


def bytes_of(folder: Path) -> bytes:
    kept = [path for path in folder.rglob("*") if path.is_file()]
    return b"".join(path.read_bytes() for path in kept if path.suffix != ".gz")


def test_a_page_is_taken_out_of_everything_for_good(published: World) -> None:
    folder, url = published.folder, published.site.url + "/post/3.html"
    said = fatiao(folder, "forget", url, "--because", "the author asked")
    assert said.returncode == 0, said.stderr
    assert "1 articles, 1 versions" in said.stdout
    assert "2 hold some of it" in said.stdout
    assert "Nothing was changed" in said.stdout
    assert url in urls_of(folder)

    done = fatiao(folder, "forget", url, "--because", "the author asked", "--yes")
    assert done.returncode == 0, done.stdout + done.stderr
    places = ("frontier", "archive", "warehouse", "snapshots/", "all other files")
    assert all(f"  {place}" in done.stdout for place in places), done.stdout
    assert done.stdout.count(": 0 of it found") == len(places), done.stdout
    assert len(list((folder / "snapshots").iterdir())) == 1
    others = {f"{published.site.url}/post/{one}.html" for one in range(1, 11) if one != 3}
    assert urls_of(folder) == others
    published.known -= {url}
    published.proved.clear()
    published._check_archive(*published._check_frontier())
    published._check_public()

    counts = published.site.counts()
    make_all_due(folder)
    assert published.run() == 0
    assert published.site.counts()["/post/3.html"] == counts["/post/3.html"]
    assert published.site.counts()["/"] == counts["/"] + 1
    assert fatiao(folder, "build", "--rebuild").returncode == 0
    assert fatiao(folder, "publish").returncode == 0
    assert urls_of(folder) == others
    why = fatiao(folder, "why", url).stdout
    assert "was forgotten" in why
    assert "the author asked" in why


def test_a_repost_elsewhere_keeps_the_title_that_it_shares(published: World) -> None:
    folder, url = published.folder, published.site.url + "/post/3.html"
    title = "与别处转载同名的一篇文章"
    with closing(sqlite3.connect(folder / "data" / "frontier.sqlite")) as frontier:
        frontier.execute("UPDATE url SET link_text = ? WHERE url = ?", (title, url))
        frontier.commit()
    with duckdb.connect(str(folder / "data" / "warehouse.duckdb")) as db:
        db.execute(
            "UPDATE core.article_version SET title = ? WHERE article_id IN"
            " (SELECT article_id FROM core.article WHERE regexp_matches(url, '/post/[34].html$'))",
            [title],
        )
    done = fatiao(folder, "forget", url, "--because", "the author asked", "--yes")
    assert done.returncode == 0, done.stdout + done.stderr
    kept = urls_of(folder, f"SELECT url FROM articles WHERE title = '{title}'")  # noqa: S608
    assert kept == {f"{published.site.url}/post/4.html"}


TITLE = "房东把押金扣光了能不能要回来"
TEASER = "押金扣光的那位房客后来"
SAID = f"{TEASER}把房东告到了法院，法院判决房东退还押金，并且承担了诉讼的费用。"


def _forgettable() -> dict[str, bytes | Reply]:
    """A site that leads to one page by a redirect, a copy, a feed, a list with its teaser."""
    html = {"Content-Type": "text/html; charset=utf-8"}
    xml = {"Content-Type": "application/rss+xml"}
    info = "<div class=info>发布时间：2026-05-03</div>"
    body = f"<h1>{TITLE}</h1>{info}<p>{SAID}</p><p>{prose(40)}</p>"
    others = "".join(f"<li><a href=/post/{n}.html>{title_of(n)}</a></li>" for n in range(1, 6))
    links = (
        f"{others}<li><a href=/post/9.html>{TITLE}</a><p>{SAID}</p></li>"
        "<li><a href=/old/9.html>从前的地址写着同一件事</a></li>"
        "<li><a href=/copy/9.html>另一处地址写着同一件事</a></li>"
    )
    feed = "<link rel=alternate type=application/rss+xml href=/feed.xml>"
    item = f"<item><title>{TITLE}</title><link>/post/9.html</link></item>"
    return blog(5) | {
        "/": page("随笔", f"<h1>随笔</h1><ul>{links}</ul>", head=feed),
        "/feed.xml": Reply(f"<rss><channel>{item}</channel></rss>".encode(), headers=xml),
        "/post/9.html": page(TITLE, body),
        "/old/9.html": Reply(b"", 301, {"Location": "/post/9.html"}),
        "/copy/9.html": Reply(
            page(TITLE, body, head='<link rel=canonical href="/post/9.html">'), headers=html
        ),
    }


def test_neither_its_words_nor_another_way_to_it_are_left(tmp_path: Path) -> None:
    with serve(pages(_forgettable())) as site:
        write_project(tmp_path, site.url + "/")
        assert fatiao(tmp_path, "run").returncode == 0
        url = f"{site.url}/post/9.html"
        (tmp_path / "cron.log").write_text(f"site: {url}: timeout\nall well\n", encoding="utf-8")
        with sqlite3.connect(tmp_path / "data" / "frontier.sqlite") as frontier:
            frontier.execute(
                "INSERT INTO finding VALUES (1, 'site', 'lost', ?)",
                (json.dumps(_finding(site.url)),),
            )
        frontier.close()
        assert {TITLE, TEASER} <= {word for word in (TITLE, TEASER) if _holds(tmp_path, word)}

        done = fatiao(tmp_path, "forget", f"{site.url}/post/9.html", "--because", "asked", "--yes")
        assert done.returncode == 0, done.stdout + done.stderr
        assert "of lists that name it" in done.stdout
        assert not _holds(tmp_path, TITLE), done.stdout
        assert not _holds(tmp_path, TEASER)
        assert (tmp_path / "cron.log").read_text(encoding="utf-8") == "all well\n"
        examples = urls_of(tmp_path, "SELECT unnest(examples) FROM ops.finding")
        assert examples == {"(forgotten)", f"{site.url}/post/1.html"}

        # The site goes on naming it, redirecting to it, giving it under another address.
        asked = site.counts()["/post/9.html"]
        make_all_due(tmp_path)
        with sqlite3.connect(tmp_path / "data" / "frontier.sqlite") as frontier:
            frontier.execute("UPDATE url SET etag = NULL, last_modified = NULL")
        frontier.close()
        assert fatiao(tmp_path, "run").returncode == 0
        assert fatiao(tmp_path, "build", "--rebuild").returncode == 0
        assert fatiao(tmp_path, "publish").returncode == 0
        assert site.counts()["/post/9.html"] == asked
        assert not _holds(tmp_path, TITLE)
        assert not _holds(tmp_path, TEASER)
        assert url not in urls_of(tmp_path)
        assert len(urls_of(tmp_path)) == 5
        again = fatiao(tmp_path, "forget", url, "--because", "asked", "--yes")
        assert again.returncode == 0, again.stdout
        assert ", 0 requests" in again.stdout


def _finding(site: str) -> dict[str, object]:
    examples = [f"{site}/post/9.html", f"{site}/post/1.html"]
    return {"source": "site", "measure": "lost", "state": "ok", "bad": 2, "total": 9,
            "words": f"lost: {examples[0]}", "usual_bad": 0, "usual_total": 90, "p_value": 0.0001,
            "examples": examples}  # fmt: skip


def _holds(folder: Path, word: str) -> bool:
    """Whether any file of the folder has the word, in the archive's packed records too."""
    for path in folder.rglob("*"):
        if not path.is_file():
            continue
        body = path.read_bytes()
        if path.suffix == ".gz":
            body = gzip.decompress(body)
        elif path.suffix == ".duckdb":
            body = _words_of(path).encode()
        if word.encode() in body:
            return True
    return False


def _words_of(path: Path) -> str:
    """All words in all tables: DuckDB packs them in ways of its own."""
    with duckdb.connect(str(path), read_only=True) as db:
        tables = db.execute("SELECT schema_name, table_name FROM duckdb_tables()").fetchall()
        rows = [db.execute(f'FROM "{schema}"."{name}"').fetchall() for schema, name in tables]
    return repr(rows)


@pytest.mark.parametrize(
    "other",
    ["https://law.cn/a.html", "http://www.law.cn/a.html", "https://www.law.cn/a.html?utm_source=x"],
)
def test_another_spelling_of_it_is_never_entered(tmp_path: Path, other: str) -> None:
    with open_frontier(tmp_path / "frontier.sqlite") as frontier:
        bury(frontier.connection, "http://law.cn/a.html", "asked", 1.0)
        url = canonicalize(other)
        assert url is not None
        new = NewUrl(url=url, rank=Rank.UNTRIED, due_at=0.0, reason="new link")
        assert add_url(frontier.connection, "law", new, 1.0) is None
        near = canonicalize("http://law.cn/a.htm")
        assert near is not None
        near_by = NewUrl(url=near, rank=Rank.UNTRIED, due_at=0.0, reason="new link")
        assert add_url(frontier.connection, "law", near_by, 1.0) is not None


def test_a_host_is_taken_out_with_all_its_pages(published: World) -> None:
    folder = published.folder
    host = published.site.url.removeprefix("http://")
    done = fatiao(folder, "forget", host, "--because", "the site asked", "--yes")
    assert done.returncode == 0, done.stdout + done.stderr
    assert urls_of(folder) == set()
    assert urls_of(folder, "SELECT url FROM ops.fetch") == set()
    assert list((folder / "data" / "archive").iterdir()) == []
    asked = len(published.site.asked)
    published.run()
    assert len(published.site.asked) == asked
    assert "来信选登".encode() not in bytes_of(folder)


@pytest.mark.parametrize("point", [Point.BEFORE_REPLACE, Point.AFTER_REPLACE])
def test_killed_half_way_it_is_finished_by_the_next_run_or_by_itself(
    published: World, point: Point
) -> None:
    folder, url = published.folder, published.site.url + "/post/3.html"
    arguments = ("forget", url, "--because", "asked", "--yes")
    assert published.nursery.run(folder, *arguments, point=point)[0] == -9
    is_done = point is Point.AFTER_REPLACE
    if is_done:
        published.known -= {url}
    published.run()
    published._check_archive(*published._check_frontier())
    assert (url in urls_of(folder)) is not is_done
    done = fatiao(folder, *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    assert url not in urls_of(folder)
    assert ": 0 of it found" in done.stdout


def test_what_is_neither_a_url_nor_a_host_is_refused(published: World) -> None:
    done = fatiao(published.folder, "forget", "第三号 来信", "--because", "asked")
    assert done.returncode == 65
    assert "neither a URL" in done.stderr


def test_an_older_frontier_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "frontier.sqlite"
    first = files("crawler.frontier").joinpath("schema.sql").read_text(encoding="utf-8")
    with closing(sqlite3.connect(path)) as old:
        old.executescript(f"{first}PRAGMA user_version = 1;")
        old.execute("INSERT INTO fetch VALUES (1, 1, 1, 0, 'http://a.cn/', 200, 'article', NULL,"
                    " 9, NULL, NULL, NULL, NULL)")  # fmt: skip
        old.commit()
    with open_frontier(path) as frontier:
        assert frontier.connection.execute("SELECT count(*) FROM tombstone").fetchone() == (0,)
        row = frontier.connection.execute("SELECT robots_at, robots_rule FROM fetch").fetchone()
        assert row == (None, None)
