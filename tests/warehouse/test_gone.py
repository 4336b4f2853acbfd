"""Pages that their site took away: kept, dated, and no longer counted as live."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from tests.crawler.crawl_once import write_project
from tests.crawler.site import Reply, blog, pages, serve
from tests.warehouse.commands import fatiao
from tests.warehouse.older import make_old


def published(folder: Path, sql: str) -> list[Any]:
    with duckdb.connect(str(folder / "public" / "fatiao.duckdb"), read_only=True) as db:
        return db.execute(sql).fetchall()


def run_when_all_is_due(folder: Path) -> None:
    with sqlite3.connect(folder / "data" / "frontier.sqlite") as frontier:
        frontier.execute("UPDATE url SET due_at = 0")
    frontier.close()
    done = fatiao(folder, "run")
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_a_site_took_away_is_kept_with_the_day_and_is_not_live(tmp_path: Path) -> None:
    site_pages: dict[str, bytes | Reply] = dict(blog(40))
    with serve(pages(site_pages)) as site:
        write_project(tmp_path, site.url + "/")
        assert fatiao(tmp_path, "run").returncode == 0
        texts = "SELECT url, text FROM articles ORDER BY url"
        before = published(tmp_path, texts)
        taken = {
            "/post/1.html": Reply(b"none", 404),
            "/post/2.html": Reply(b"none", 410),
            "/post/3.html": Reply(b"", 302, {"Location": "/"}),
        }
        there = dict(site_pages)
        site_pages.update(taken)
        run_when_all_is_due(tmp_path)
        gone = published(tmp_path, "SELECT url, gone_at FROM articles WHERE gone_at IS NOT NULL")
        assert {url.removeprefix(site.url) for url, _ in gone} == set(taken)
        assert all(datetime.now(UTC) - at < timedelta(minutes=5) for _, at in gone)
        assert published(tmp_path, texts) == before
        assert published(tmp_path, "SELECT articles, gone FROM sources") == [(40, 3)]

        site_pages.update({path: there[path] for path in taken})
        run_when_all_is_due(tmp_path)
        assert published(tmp_path, "SELECT articles, gone FROM sources") == [(40, 0)]


def test_a_folder_of_the_first_version_goes_on(tmp_path: Path) -> None:
    """Its frontier gets what later versions added, its warehouse is built again."""
    with serve(pages(blog(6))) as site:
        write_project(tmp_path, site.url + "/")
        assert fatiao(tmp_path, "run").returncode == 0
        texts = "SELECT url, text FROM articles ORDER BY url"
        before, asked = published(tmp_path, texts), len(site.asked)
        make_old(tmp_path)
        done = fatiao(tmp_path, "run")
        assert done.returncode == 0, done.stdout + done.stderr
        assert len(site.asked) == asked
        assert "built again from the archive" in done.stdout
        assert published(tmp_path, texts) == before
        why = fatiao(tmp_path, "why", f"{site.url}/post/1.html")
        assert why.returncode == 0, why.stderr
