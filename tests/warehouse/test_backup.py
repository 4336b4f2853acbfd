"""A backup, made also while a crawl is writing, gives back all that cannot be made again."""

import hashlib
import shutil
import threading
import time
from pathlib import Path
from typing import Any

import duckdb
import pytest

from crawler.archive import read_page
from crawler.frontier.store import open_frontier_readonly
from crawler.sources import load_project
from tests.crawler.crawl_once import start_crawl
from tests.crawler.site import blog, pages, serve
from tests.warehouse.commands import fatiao, write_config
from warehouse.backup import backup
from warehouse.exits import InputError

ARTICLES = 25
OVERRIDES = b"kind,url,words,occurrence,value,note\n"
CONTENT = "SELECT url, title, published_on, text FROM articles ORDER BY url"


def ask(folder: Path) -> list[Any]:
    with duckdb.connect(str(folder / "public" / "fatiao.duckdb"), read_only=True) as db:
        return db.execute(CONTENT).fetchall()


def configure(folder: Path, url: str) -> None:
    folder.mkdir()
    write_config(folder, f'name = "site"\nstart = "{url}/"\ndelay = 0\nallow_private = true')


def test_what_is_restored_builds_to_the_same_articles_without_network(tmp_path: Path) -> None:
    folder, copy, elsewhere = tmp_path / "law", tmp_path / "backup", tmp_path / "restored"
    with serve(pages(blog(ARTICLES))) as site:
        configure(folder, site.url)
        (folder / "overrides.csv").write_bytes(OVERRIDES)
        (folder / "data" / "statutes").mkdir(parents=True)
        (folder / "data" / "statutes" / "note.txt").write_text("kept", encoding="utf-8")
        assert fatiao(folder, "run", "--for", "60s").returncode == 0
        done = fatiao(folder, "backup", str(copy))
        assert done.returncode == 0, done.stderr
        asked = len(site.asked)
        shutil.copytree(copy, elsewhere)  # restoring is copying the folder back
        for command in ("build", "publish"):
            done = fatiao(elsewhere, command)
            assert done.returncode == 0, done.stdout + done.stderr
        assert len(site.asked) == asked
    assert len(ask(folder)) == ARTICLES
    assert ask(elsewhere) == ask(folder)
    assert (elsewhere / "overrides.csv").read_bytes() == OVERRIDES
    assert (elsewhere / "data" / "statutes" / "note.txt").exists()


def test_a_backup_while_a_crawl_is_writing_is_whole(tmp_path: Path) -> None:
    folder = tmp_path / "law"
    with serve(pages(blog(400))) as site:
        site.seconds = 0.005
        configure(folder, site.url)
        crawl = start_crawl(folder, 20)
        project = load_project(folder / "fatiao.toml")
        wait_for_pages(project.frontier_file, 20)
        seen = []
        for _ in range(3):
            backup(project, tmp_path / "backup")
            assert crawl.poll() is None, "the crawl was to be at work still"
            seen.append(check(tmp_path / "backup"))
            time.sleep(0.5)
        crawl.terminate()
        crawl.communicate(timeout=60)
    assert 0 < seen[0] <= seen[1] <= seen[2]


def wait_for_pages(frontier: Path, count: int) -> None:
    for _ in range(300):
        if frontier.exists():
            try:
                with open_frontier_readonly(frontier) as opened:
                    if opened.count_fetches_after(0) >= count:
                        return
            except ValueError:
                pass  # being made this moment
        threading.Event().wait(0.1)
    pytest.fail("the crawl did not begin")


def check(folder: Path) -> int:
    """Read every archived page of a backup; return how many there are."""
    project = load_project(folder / "fatiao.toml")
    with open_frontier_readonly(project.frontier) as frontier:
        fetches = [f for f in frontier.fetches_after(0, 10_000) if f.location is not None]
        lengths = frontier.segments()
    for name, length in lengths.items():
        assert (project.archive_folder / name).stat().st_size == length
    for fetch in fetches:
        assert fetch.location is not None
        body = read_page(project.archive_folder, fetch.location).body
        assert f"sha256:{hashlib.sha256(body).hexdigest()}" == fetch.payload_digest
    return len(fetches)


def test_a_second_backup_copies_only_what_is_new_and_drops_what_was_forgotten(
    tmp_path: Path,
) -> None:
    folder, copy = tmp_path / "law", tmp_path / "backup"
    with serve(pages(blog(5))) as site:
        configure(folder, site.url)
        assert fatiao(folder, "crawl", "--for", "30s").returncode == 0
    project = load_project(folder / "fatiao.toml")
    first = backup(project, copy)
    assert (first.files, first.kept) == (1, 0)
    forgotten = copy / "data" / "archive" / "fatiao-20200101-00001.warc.gz"
    forgotten.write_bytes(b"what a takedown took out of the archive since")
    second = backup(project, copy)
    assert (second.files, second.kept) == (0, 1)
    assert not forgotten.exists()
    check(copy)


def test_a_backup_that_found_the_disk_full_goes_on_when_it_is_given_again(tmp_path: Path) -> None:
    folder, copy = tmp_path / "law", tmp_path / "backup"
    with serve(pages(blog(30))) as site:
        configure(folder, site.url)
        assert fatiao(folder, "crawl", "--for", "30s").returncode == 0
    archived = max(path.stat().st_size for path in (folder / "data" / "archive").iterdir())
    for largest in (100, 8_000, archived - 1_000):  # its configuration, frontier, archive
        done = fatiao(folder, "backup", str(copy), largest_file=largest)
        assert done.returncode == 74, done.stdout + done.stderr
        assert "free some space" in done.stderr
        assert "Traceback" not in done.stderr
    assert fatiao(folder, "backup", str(copy)).returncode == 0
    check(copy)


@pytest.mark.parametrize("place", ["law/data/backup", "other"])
def test_a_place_that_would_be_spoiled_is_refused(tmp_path: Path, place: str) -> None:
    folder = tmp_path / "law"
    configure(folder, "http://127.0.0.1:9")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError):
        backup(load_project(folder / "fatiao.toml"), tmp_path / place)
    assert [path.name for path in (tmp_path / "other").iterdir()] == ["thesis.txt"]
