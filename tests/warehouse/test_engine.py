"""Pages worked on ahead of the build: the same rows, whoever works and whatever is killed."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from shutil import copytree

import duckdb
import pytest

from crawler.archive import ArchiveAwayError
from crawler.bucket import Bucket
from crawler.frontier.store import open_frontier_readonly
from crawler.importer import import_warc
from crawler.sources import load_project
from pipeline.article import Article, Rejection
from tests.warehouse.commands import environment, fatiao, write_config
from tests.warehouse.jobs import Poison
from tests.warehouse.processes import forked, struck
from tests.warehouse.test_build import SITE, Response, write_warc
from tests.warehouse.test_teaching import new_design, old_design
from warehouse.build import jobs_of
from warehouse.engine.plan import units_of
from warehouse.engine.unit import Unit
from warehouse.workers import each_result

PAGES = 30
A_PIECE = ("--pages", "5", "--workers", "1")
DISK_FULL = 74
SECONDS = 90.0

NEEDS_RAY = pytest.mark.skipif(find_spec("ray") is None, reason="Ray is not installed")
ENGINES = ["pool", pytest.param("ray", marks=NEEDS_RAY)]
# When it was built is no content, nor how long it took.
LEFT_OUT = {"core.epoch": ("seconds",), "ops.meta": ("value",)}


@pytest.fixture(scope="module")
def archived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with 30 articles, a redesign among them, and pages that are none; nothing built."""
    folder = tmp_path_factory.mktemp("archived")
    write_config(folder, f'name = "lawsite"\nstart = "{SITE}/"\nenabled = false')
    pages = [
        Response(f"/{number}.html", (new_design if number > 20 else old_design)(number), number)
        for number in range(PAGES)
    ]
    pages.insert(9, Response("/none.html", "<html><body><p>没有内容</p></body></html>", 9))
    loaded = load_project(folder / "fatiao.toml")
    warc = write_warc(folder / "pages.gz", *pages)
    assert import_warc(loaded, warc, None).pages == len(pages)
    return folder


@pytest.fixture(scope="module")
def usual(archived: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same folder, built as usual: what any engine has to come to."""
    folder = tmp_path_factory.mktemp("usual") / "folder"
    copytree(archived, folder)
    built(folder)
    return folder


@pytest.fixture
def folder(archived: Path, tmp_path: Path) -> Path:
    """A fresh copy to build by an engine."""
    return copytree(archived, tmp_path / "folder")


@pytest.fixture
def taught(usual: Path, tmp_path: Path) -> Path:
    """A copy whose templates are known: what a rebuild starts from."""
    copied = copytree(usual, tmp_path / "folder")
    (copied / "data" / "warehouse.duckdb").unlink()
    return copied


def built(folder: Path, *options: str) -> str:
    ended = fatiao(folder, "build", *options)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def differences(folder: Path, usual: Path) -> dict[str, int]:
    """Return how many rows of each table are not in both warehouses."""
    found: dict[str, int] = {}
    with duckdb.connect() as db:
        for name, path in (("a", folder), ("b", usual)):
            db.execute(f"ATTACH '{path}/data/warehouse.duckdb' AS {name} (READ_ONLY)")
        tables = db.execute(
            "SELECT schema_name || '.' || table_name, estimated_size FROM duckdb_tables()"
            " WHERE database_name = 'b'"
        ).fetchall()
        assert sum(size for _, size in tables) > PAGES
        for table, _ in tables:
            kept = f"* EXCLUDE ({', '.join(LEFT_OUT[table])})" if table in LEFT_OUT else "*"
            one, other = (f"(SELECT {kept} FROM {name}.{table})" for name in "ab")  # noqa: S608
            either = f"({one} EXCEPT ALL {other}) UNION ALL ({other} EXCEPT ALL {one})"
            found[table] = len(db.execute(either).fetchall())
    return {table: count for table, count in found.items() if count}


def markers(folder: Path) -> dict[str, int]:
    """Return the markers of the parts that are done, and when each was written."""
    return {file.name: file.stat().st_mtime_ns for file in (folder / "data/parts").glob("*.json")}


def started(folder: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "warehouse.cli", "build", *options]
    return subprocess.Popen(
        command, cwd=folder, env=environment(), stderr=subprocess.PIPE, text=True
    )


def wait_until(happens: Callable[[], object], process: subprocess.Popen[str]) -> None:
    until = time.monotonic() + SECONDS
    while not happens():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < until
        time.sleep(0.02)


def pieces(folder: Path) -> list[Unit]:
    """Return the work of the whole archive."""
    project = load_project(folder / "fatiao.toml")
    with open_frontier_readonly(project.frontier) as frontier:
        jobs = list(jobs_of(project, frontier.fetches_after(0, PAGES)))
    return list(units_of(jobs, project.parts, 5))


def pairs_of_parts(parts: Path) -> list[tuple[str, str]]:
    """Return which texts share a band, joined where the data is: over the Parquet files."""
    keys = f"SELECT DISTINCT text_digest, unnest(bands) AS band FROM '{parts}/*.parquet'"  # noqa: S608
    return _pairs(duckdb.connect(), keys)


def pairs_of_store(folder: Path) -> list[tuple[str, str]]:
    db = duckdb.connect(str(folder / "data" / "warehouse.duckdb"), read_only=True)
    return _pairs(db, "SELECT text_digest, band FROM core.band JOIN core.signature USING (text_no)")


def _pairs(db: duckdb.DuckDBPyConnection, keys: str) -> list[tuple[str, str]]:
    with db:
        return db.execute(
            f"WITH keys AS ({keys}) SELECT DISTINCT a.text_digest, b.text_digest"  # noqa: S608
            " FROM keys AS a JOIN keys AS b USING (band)"
            " WHERE a.text_digest < b.text_digest ORDER BY ALL"
        ).fetchall()


@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_builds_the_very_rows_of_the_usual_build(
    folder: Path, usual: Path, engine: str
) -> None:
    said = built(folder, "--engine", engine, *A_PIECE)
    assert f"Built {PAGES} new" in said
    assert differences(folder, usual) == {}
    assert not (folder / "data/parts").exists(), "what is loaded is not kept twice"


def test_a_rebuild_by_an_engine_works_on_no_page_twice(taught: Path, usual: Path) -> None:
    built(taught, "--engine", "pool", "--keep-parts", *A_PIECE)
    first = markers(taught)
    assert len(first) == -(-(PAGES + 1) // 5)
    built(taught, "--rebuild", "--engine", "pool", "--keep-parts", *A_PIECE)
    assert markers(taught) == first
    assert differences(taught, usual) == {}


def test_parts_can_be_asked_by_anyone_and_say_what_they_hold(taught: Path) -> None:
    built(taught, "--engine", "pool", "--keep-parts", *A_PIECE)
    parts = taught / "data/parts"
    rows = (
        duckdb.read_parquet(str(parts / "*.parquet"))
        .aggregate("outcome, count(*), sum(citations)")
        .fetchall()
    )
    assert sorted(rows) == [("article", PAGES, PAGES), ("rejected", 1, 0)]
    told = [json.loads(file.read_text()) for file in parts.glob("*.json")]
    assert sum(one["pages"] for one in told) == PAGES + 1
    assert sum(one["articles"] for one in told) == PAGES
    assert pairs_of_parts(parts) == pairs_of_store(taught) != []


def test_a_killed_driver_costs_the_pieces_under_way(taught: Path, usual: Path) -> None:
    process = started(taught, "--engine", "pool", *A_PIECE)
    wait_until(lambda: len(markers(taught)) >= 2, process)
    process.kill()
    process.communicate()
    done = markers(taught)
    again = started(taught, "--engine", "pool", "--keep-parts", *A_PIECE)
    assert again.wait(SECONDS) == 0
    again.communicate()
    after = markers(taught)
    assert {name: after[name] for name in done} == done, "what was done was done again"
    assert len(after) > len(done)
    assert differences(taught, usual) == {}


def test_a_killed_worker_costs_no_page(taught: Path, usual: Path) -> None:
    process = started(taught, "--engine", "pool", *A_PIECE)
    wait_until(lambda: markers(taught) and struck(forked(process.pid)), process)
    _, errors = process.communicate(timeout=SECONDS)
    assert process.returncode == 0, errors
    assert differences(taught, usual) == {}


def test_a_store_that_does_not_answer_ends_the_build_and_refuses_no_page(
    taught: Path, tmp_path: Path
) -> None:
    job = pieces(taught)[0].jobs[0]
    (tmp_path / "store" / job.location.file).mkdir(parents=True)  # it is there, and can't be read
    with pytest.raises(ArchiveAwayError):
        list(each_result([replace(job, archive=Bucket(f"file://{tmp_path}/store"))]))


@pytest.mark.parametrize("damage", [b"", b"PAR1 no Parquet"])
def test_a_damaged_part_is_worked_on_again(taught: Path, usual: Path, damage: bytes) -> None:
    built(taught, "--engine", "pool", "--keep-parts", *A_PIECE)
    part = min((taught / "data/parts").glob("*.parquet"))
    part.write_bytes(damage.ljust(part.stat().st_size, b"\0") if damage else b"")
    built(taught, "--rebuild", "--engine", "pool", *A_PIECE)
    assert differences(taught, usual) == {}


@pytest.fixture
def narrow(taught: Path) -> Generator[Path]:
    """A folder whose parts lie on a disk without room for one of them."""
    parts = taught / "data" / "parts"
    parts.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=24k", "fatiao-test", str(parts)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small disk can't be mounted here: that needs root")
    yield taught
    subprocess.run(["umount", "--lazy", str(parts)], check=False)


def test_a_full_disk_of_a_worker_is_said_and_mended_by_the_next_build(
    narrow: Path, usual: Path
) -> None:
    ended = fatiao(narrow, "build", "--engine", "pool", *A_PIECE)
    assert ended.returncode == DISK_FULL, ended.stderr
    (line,) = ended.stderr.splitlines()
    assert "pieces of work failed" in line
    assert "run again" in line
    assert ".warc.gz" in line, "which piece of the archive it was is not said"
    subprocess.run(["umount", str(narrow / "data" / "parts")], check=True)
    built(narrow, "--engine", "pool", *A_PIECE)
    assert differences(narrow, usual) == {}


@pytest.mark.skipif(find_spec("ray") is not None, reason="Ray is installed")
def test_without_ray_the_mend_is_named(folder: Path) -> None:
    ended = fatiao(folder, "build", "--engine", "ray")
    assert ended.returncode == 64
    assert "pip install 'fatiao[ray]'" in ended.stderr


def test_a_page_that_crashes_its_process_becomes_a_row_with_the_reason(archived: Path) -> None:
    project = load_project(archived / "fatiao.toml")
    with open_frontier_readonly(project.frontier) as frontier:
        jobs = list(jobs_of(project, frontier.fetches_after(0, 3)))
    poisoned = replace(jobs[1], since=Poison())  # type: ignore[arg-type]
    first, second, third = each_result([jobs[0], poisoned, jobs[2]])
    assert isinstance(first.page, Article)
    assert isinstance(third.page, Article)
    assert isinstance(second.page, Rejection)
    assert "died" in second.page.detail
