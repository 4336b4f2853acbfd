"""The commands on a frontier in Postgres; crawlers that share one: crawler/test_sharing.py."""

import json
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

from crawler.forget import find, forget
from crawler.frontier.alone import alone
from crawler.frontier.leases import Leases, Terms
from crawler.frontier.place import Dsn
from crawler.frontier.store import open_frontier
from crawler.frontier.trouble import LeaseLostError
from crawler.sources import ConfigError, load_project
from tests.crawler.site import Site, blog, pages, serve
from tests.postgres import PASSWORD, Cluster, cluster
from tests.warehouse.commands import environment, fatiao
from warehouse.exits import Exit


@pytest.fixture(scope="module")
def postgres() -> Generator[Cluster]:
    with cluster() as running:
        yield running


@pytest.fixture(scope="module")
def site() -> Generator[Site]:
    with serve(pages(blog(6))) as site:
        yield site


@pytest.fixture(scope="module")
def folder(postgres: Cluster, site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("law")
    write_shared(folder, postgres.new_database(), site.url)
    assert "not crawled yet" in fatiao(folder, "status").stdout
    done = fatiao(folder, "run", "--for", "60s")
    assert done.returncode == Exit.OK, done.stderr
    return folder


def write_shared(folder: Path, dsn: Dsn, start: str) -> None:
    text = f"""[fatiao]
contact = "owner@example.org"
frontier = "{dsn.url}"
[[source]]
name = "letters"
start = "{start}/"
delay = 0
allow_private = true
"""
    (folder / "fatiao.toml").write_text(text, encoding="utf-8")


def test_a_run_publishes_what_it_crawled(folder: Path) -> None:
    asked = fatiao(folder, "sql", "--csv", "SELECT count(*) FROM articles")
    assert asked.stdout.split() == ["count_star()", "6"]
    again = fatiao(folder, "run", "--for", "60s")
    assert again.returncode == Exit.OK, again.stderr
    assert not (folder / "data" / "frontier.sqlite").exists()


def test_the_commands_answer(folder: Path, site: Site) -> None:
    assert "6 articles" in fatiao(folder, "status").stdout
    assert "letters" in fatiao(folder, "sources", "list").stdout
    doctor = fatiao(folder, "doctor")
    assert "8 URLs known" in doctor.stdout, doctor.stdout
    why = fatiao(folder, "why", f"{site.url}/post/3.html", "--json")
    (known,) = json.loads(why.stdout)["known"]
    assert known["kind"] == "article"
    assert len(known["fetches"]) == 1
    assert fatiao(folder, "build", "--rebuild").returncode == Exit.OK
    assert fatiao(folder, "backup", str(folder.parent / "copy")).returncode == Exit.OK


@pytest.mark.parametrize("place", ["folder", "store"])
def test_a_page_is_forgotten_by_all_that_share_the_frontier(
    postgres: Cluster, tmp_path: Path, place: str
) -> None:
    dsn = postgres.new_database()
    with serve(pages(blog(6))) as site:
        write_shared(tmp_path, dsn, site.url)
        if place == "store":
            keep_in_store(tmp_path)
        assert fatiao(tmp_path, "run", "--for", "60s").returncode == Exit.OK
        with open_frontier(dsn) as frontier:
            frontier.connection.execute("UPDATE url SET due_at = 0, state = 'queued'")
        assert fatiao(tmp_path, "run", "--for", "60s").returncode == Exit.OK  # the same once more
        url = f"{site.url}/post/3.html"
        done = fatiao(tmp_path, "forget", url, "--because", "asked", "--yes")
        assert done.returncode == Exit.OK, done.stdout + done.stderr
        assert done.stdout.count(": 0 of it found") == 5, done.stdout
        asked = fatiao(tmp_path, "sql", "--csv", "SELECT count(*) FROM articles")
        assert asked.stdout.split() == ["count_star()", "5"]

        dropped = fatiao(
            tmp_path, "retain", "--keep", "first,changed", "--older-than", "0d", "--yes"
        )
        assert dropped.returncode == Exit.OK, dropped.stderr
        assert "Dropped" in dropped.stdout
        before = site.counts()["/post/3.html"]
        with open_frontier(dsn) as frontier:
            frontier.connection.execute("UPDATE url SET due_at = 0, state = 'queued'")
        assert fatiao(tmp_path, "run", "--for", "60s").returncode == Exit.OK
        assert site.counts()["/post/3.html"] == before
    rebuilt = fatiao(tmp_path, "build", "--rebuild")
    assert rebuilt.returncode == Exit.OK
    assert "Built 5 new" in rebuilt.stdout
    assert "is damaged" not in fatiao(tmp_path, "doctor").stdout


def test_what_rewrites_the_archive_waits_for_those_who_crawl(
    postgres: Cluster, site: Site, tmp_path: Path
) -> None:
    dsn = postgres.new_database()
    write_shared(tmp_path, dsn, site.url)
    assert fatiao(tmp_path, "run", "--for", "60s").returncode == Exit.OK
    url = f"{site.url}/post/3.html"
    with open_frontier(dsn) as crawler:
        leases = Leases(crawler, 999, Terms())  # type: ignore[arg-type] # it is in Postgres
        done = fatiao(tmp_path, "forget", url, "--because", "asked", "--yes")
        assert done.returncode == Exit.LOCKED, done.stderr
        assert "crawls; run again later" in done.stderr
        leases.close()
    project = load_project(tmp_path / "fatiao.toml")
    with pytest.raises(LeaseLostError), open_frontier(dsn) as frontier:
        doomed = find(frontier, url)
        with alone(frontier, ["letters"]) as number, open_frontier(dsn) as thief:
            thief.connection.execute("UPDATE lease SET run_id = 999 WHERE name = 'source:letters'")
            forget(frontier, project.archive, doomed, "asked", 0.0, number)
    with open_frontier(dsn) as frontier:
        assert find(frontier, url) == doomed, "something was taken out"


def test_a_grown_folder_moves_into_postgres_and_goes_on(
    postgres: Cluster, site: Site, tmp_path: Path
) -> None:
    dsn = postgres.new_database()
    write_shared(tmp_path, dsn, site.url)
    file = tmp_path / "fatiao.toml"
    file.write_text(file.read_text().replace(f'frontier = "{dsn.url}"\n', ""))
    assert fatiao(tmp_path, "run", "--for", "60s").returncode == Exit.OK
    kept = (tmp_path / "data" / "frontier.sqlite").stat().st_size
    before = len(site.asked)
    nowhere = fatiao(tmp_path, "frontier", "move", "sqlite://x")
    assert nowhere.returncode == Exit.CONFIG, nowhere.stderr
    moved = fatiao(tmp_path, "frontier", "move", dsn.url)
    assert moved.returncode == Exit.OK, moved.stderr
    assert "8 URLs" in moved.stdout
    assert PASSWORD not in moved.stdout
    again = fatiao(tmp_path, "frontier", "move")
    assert "were there already" in again.stdout, again.stderr
    assert load_project(file).database == dsn
    done = fatiao(tmp_path, "run", "--for", "60s")
    assert done.returncode == Exit.OK, done.stderr
    assert len(site.asked) - before <= 2, "only the start page and robots.txt may be asked again"
    built = fatiao(tmp_path, "build", "--rebuild")
    assert "Built 6 new" in built.stdout, built.stderr
    assert (tmp_path / "data" / "frontier.sqlite").stat().st_size == kept


def keep_in_store(folder: Path) -> None:
    file = folder / "fatiao.toml"
    line = f'archive = "file://{folder}/store"\n[[source]]'
    file.write_text(file.read_text().replace("[[source]]", line))


def test_the_password_is_shown_nowhere(folder: Path, postgres: Cluster) -> None:
    for command in ("status", "doctor", "crawl"):
        done = fatiao(folder, command)
        assert PASSWORD not in done.stdout + done.stderr, command
    for path in (folder / "data").rglob("*"):
        assert not path.is_file() or PASSWORD.encode() not in path.read_bytes(), path
    postgres.stop()
    try:
        for command in ("status", "run", "doctor"):
            done = fatiao(folder, command)
            assert PASSWORD not in done.stdout + done.stderr
            assert f"postgres://fatiao@127.0.0.1:{postgres.port}/" in done.stdout + done.stderr
            assert done.returncode == (Exit.DEGRADED if command == "doctor" else Exit.LOCKED), done
    finally:
        postgres.start()
    dsn = load_project(folder / "fatiao.toml").database
    assert PASSWORD not in f"{dsn!r} {dsn}"


def test_a_wrong_password_is_said_without_it(postgres: Cluster, site: Site, tmp_path: Path) -> None:
    url = postgres.dsn("postgres").url.replace(PASSWORD, "falsch-und-lang")
    write_shared(tmp_path, Dsn(url), site.url)
    done = fatiao(tmp_path, "run")
    assert done.returncode == Exit.DATA
    assert "authentication failed" in done.stderr
    assert "falsch-und-lang" not in done.stderr


@pytest.mark.parametrize("value", ["mysql://a/b", "postgres://", "postgres://u:geheim@h:x/d", 5])
def test_what_is_no_postgres_is_refused_without_showing_it(tmp_path: Path, value: object) -> None:
    (tmp_path / "fatiao.toml").write_text(f"[fatiao]\nfrontier = {json.dumps(value)}\n")
    with pytest.raises(ConfigError, match=r"fatiao\.frontier: must be the URL") as refused:
        load_project(tmp_path / "fatiao.toml")
    assert "geheim" not in str(refused.value)


def test_pages_that_lie_on_another_machine_are_not_taken_for_damaged(
    postgres: Cluster, site: Site, tmp_path: Path
) -> None:
    dsn = postgres.new_database()
    crawls, builds = tmp_path / "crawls", tmp_path / "builds"
    for folder in (crawls, builds):
        folder.mkdir()
        write_shared(folder, dsn, site.url)
    assert fatiao(crawls, "crawl", "--for", "60s").returncode == Exit.OK
    refused = fatiao(builds, "build")
    assert refused.returncode == Exit.DATA
    assert "crawls wrote it; copy its archive here" in refused.stderr
    (crawls / "data" / "archive").rename(builds / "data" / "archive")
    assert fatiao(builds, "build").returncode == Exit.OK


def test_an_archive_of_a_frontier_in_a_file_is_left_alone(
    postgres: Cluster, site: Site, tmp_path: Path
) -> None:
    dsn = postgres.new_database()
    write_shared(tmp_path, dsn, site.url)
    text = (tmp_path / "fatiao.toml").read_text()
    line = f'frontier = "{dsn.url}"\n'
    (tmp_path / "fatiao.toml").write_text(text.replace(line, ""))
    for lines in (text.replace(line, ""), text, text.replace(line, "")):
        (tmp_path / "fatiao.toml").write_text(lines)
        assert fatiao(tmp_path, "crawl", "--for", "60s").returncode == Exit.OK
    segments = {path.name for path in (tmp_path / "data" / "archive").iterdir()}
    assert sorted("-r" in name for name in segments) == [False, True]


def test_a_build_reads_pages_from_a_store(postgres: Cluster, site: Site, tmp_path: Path) -> None:
    write_shared(tmp_path, postgres.new_database(), site.url)
    keep_in_store(tmp_path)
    done = fatiao(tmp_path, "run", "--for", "60s")
    assert done.returncode == Exit.OK, done.stderr
    asked = fatiao(tmp_path, "sql", "--csv", "SELECT count(*) FROM articles")
    assert asked.stdout.split() == ["count_star()", "6"]
    doctor = fatiao(tmp_path, "doctor").stdout
    assert f"file://{tmp_path}/store: 1 segments" in doctor
    (segment,) = (tmp_path / "store").iterdir()
    segment.write_bytes(segment.read_bytes()[:100])
    assert "has 100 of" in fatiao(tmp_path, "doctor").stdout


@pytest.mark.parametrize(
    ("lines", "match"),
    [
        ('archive = "s3://law"', "needs a frontier that is shared"),
        ('archive = "ftp://a/b"', "must be the URL of a store"),
        ('archive = "s3://key:geheim@law/a"', "must be the URL of a store"),
    ],
)
def test_what_is_no_store_is_refused(tmp_path: Path, lines: str, match: str) -> None:
    (tmp_path / "fatiao.toml").write_text(f"[fatiao]\n{lines}\n")
    with pytest.raises(ConfigError, match=match) as refused:
        load_project(tmp_path / "fatiao.toml")
    assert "geheim" not in str(refused.value)


def test_without_the_extra_the_error_names_it(tmp_path: Path, postgres: Cluster) -> None:
    write_shared(tmp_path, postgres.dsn("postgres"), "http://127.0.0.1:9")
    program = (
        "import sys; sys.modules['psycopg'] = None; sys.argv = ['fatiao', 'status'];"
        " from warehouse.cli.main import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment(), capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == Exit.DATA
    assert "pip install 'fatiao[postgres]'" in done.stderr


def test_a_build_learns_while_a_crawler_has_the_source(postgres: Cluster) -> None:
    dsn = postgres.new_database()
    with open_frontier(dsn) as crawler, open_frontier(dsn) as build:
        crawler.hold("letters")
        build.hold("another")
        build.connection.execute("SET lock_timeout = 200")
        with pytest.raises(ValueError, match="lock timeout"):
            build.hold("letters")
        build.connection.execute("ROLLBACK")
