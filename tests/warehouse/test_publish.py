import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import file_digest
from pathlib import Path
from types import FrameType
from typing import Any

import duckdb
import pytest

from crawler.sources import Project
from tests.warehouse.filled import BUILT_AT, citation_id, fill_warehouse, insert_row, page_id
from warehouse.cli.endings import end_with
from warehouse.exits import Exit, PublishError
from warehouse.publish import content_digest, publish
from warehouse.run import check_and_publish
from warehouse.snapshots import DATABASE_NAME, allow_again, read_manifest, withdraw
from warehouse.store import open_published, open_warehouse

CONTENT_TABLES = (
    "core.source",
    "core.rejection",
    "core.duplicate",
    "core.statute",
    "core.statute_version",
    "core.statute_alias",
    "core.citation",
    "core.article_version",
    "core.article",
)
PUBLISHED = ("fatiao.duckdb", "report.html", "manifest.json")
COUNT = "SELECT count(*) FROM articles"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(file=tmp_path / "fatiao.toml", folder=tmp_path)


@pytest.fixture(scope="module")
def filled_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A filled file to copy: filling it again for every test takes ten times as long."""
    path = tmp_path_factory.mktemp("publish") / "warehouse.duckdb"
    with open_warehouse(path) as connection:
        fill_warehouse(connection)
    return path


@pytest.fixture
def db(project: Project, filled_file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    project.warehouse.parent.mkdir()
    shutil.copy(filled_file, project.warehouse)
    with open_warehouse(project.warehouse) as connection:
        yield connection


def write_report(connection: duckdb.DuckDBPyConnection, file: Path, now: datetime) -> None:
    ((articles,),) = connection.execute(COUNT).fetchall()
    file.write_text(f"{articles} articles at {now:%H:%M}", encoding="utf-8")


def publish_run(db: duckdb.DuckDBPyConnection, project: Project, run_id: int) -> bool:
    now = BUILT_AT + timedelta(hours=run_id)
    done = publish(db, project, run_id=run_id, now=now, write_report=write_report)
    return done.published


def change(db: duckdb.DuckDBPyConnection, words: str) -> None:
    db.execute("UPDATE core.article_version SET category = ?", [words])


def snapshots(project: Project) -> list[str]:
    return sorted(path.name for path in project.snapshots.iterdir())


def test_what_is_published_is_whole_and_described(
    db: duckdb.DuckDBPyConnection, project: Project
) -> None:
    assert publish_run(db, project, 2)
    manifest = read_manifest(project.public)
    assert manifest is not None
    assert manifest["run_id"] == 2
    assert manifest["rows"]["core.article"] == 9
    assert manifest["duckdb_version"] == f"v{duckdb.__version__}"
    with (project.public / "fatiao.duckdb").open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    assert manifest["files"]["fatiao.duckdb"]["sha256"] == digest
    assert (project.public / "report.html").read_text(encoding="utf-8") == "9 articles at 06:00"
    with open_published(project.public / "fatiao.duckdb") as reader:
        ((run_id, published_at),) = reader.execute(
            "SELECT run_id, published_at FROM about"
        ).fetchall()
    assert (run_id, published_at) == (2, BUILT_AT + timedelta(hours=2))


def test_public_is_a_relative_link_so_the_folder_can_be_moved(
    db: duckdb.DuckDBPyConnection, project: Project
) -> None:
    publish_run(db, project, 1)
    assert project.public.readlink() == Path("snapshots/run-000001")


def test_the_same_content_is_published_once_a_day(
    db: duckdb.DuckDBPyConnection, project: Project
) -> None:
    assert publish_run(db, project, 1)
    db.execute("UPDATE core.article SET last_fetched_at = last_fetched_at + INTERVAL 1 DAY")
    assert not publish_run(db, project, 2)
    assert publish_run(db, project, 25)


def test_the_digest_sees_content_and_not_the_order_of_rows(
    db: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    before = content_digest(db)
    with open_warehouse(tmp_path / "again.duckdb") as again:
        fill_warehouse(again)
        again.execute("CREATE TEMP TABLE moved AS SELECT * FROM core.citation ORDER BY random()")
        again.execute("DELETE FROM core.citation")
        again.execute("INSERT INTO core.citation SELECT * FROM moved")
        assert content_digest(again) == before
    change(db, "别的栏目")
    assert content_digest(db) != before


def test_every_table_of_content_counts(db: duckdb.DuckDBPyConnection) -> None:
    before = content_digest(db)
    for table in CONTENT_TABLES:
        db.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
        after = content_digest(db)
        assert after != before, table
        before = after


def test_a_reader_keeps_the_file_it_opened(db: duckdb.DuckDBPyConnection, project: Project) -> None:
    publish_run(db, project, 1)
    with open_published(project.public / "fatiao.duckdb") as reader:
        db.execute("DELETE FROM core.article WHERE article_id = ?", [page_id("card")])
        for run_id in range(2, 7):  # more than are kept: the reader's own folder is gone by then
            change(db, f"第 {run_id} 次")
            assert publish_run(db, project, run_id)
        assert reader.execute(COUNT).fetchall() == [(9,)]
    with open_published(project.public / "fatiao.duckdb") as reader:
        assert reader.execute(COUNT).fetchall() == [(8,)]


def test_the_last_few_are_kept_and_what_is_not_ours_is_left_alone(
    db: duckdb.DuckDBPyConnection, project: Project
) -> None:
    project.snapshots.mkdir()
    (project.snapshots / "mine").mkdir()
    for run_id in range(1, 6):
        change(db, f"第 {run_id} 次")
        publish_run(db, project, run_id)
    assert snapshots(project) == ["mine", "run-000003", "run-000004", "run-000005"]
    assert read_manifest(project.public) == read_manifest(project.snapshots / "run-000005")


def test_going_back_returns_to_the_snapshot_before(
    db: duckdb.DuckDBPyConnection, project: Project
) -> None:
    for run_id in (1, 2, 3):
        change(db, f"第 {run_id} 次")
        publish_run(db, project, run_id)
    for name in ("run-000002", "run-000001"):
        assert withdraw(project).reason == f"back to {name}"
        assert project.public.resolve().name == name
    with pytest.raises(PublishError, match="no snapshot before run-000001"):
        withdraw(project)
    with open_published(project.public / DATABASE_NAME) as reader:
        assert reader.execute("SELECT any_value(category) FROM articles").fetchall() == [
            ("第 1 次",)
        ]


def test_what_was_withdrawn_is_not_published_again_until_it_changes(
    db: duckdb.DuckDBPyConnection, project: Project
) -> None:
    for run_id in (1, 2):
        change(db, f"第 {run_id} 次")
        publish_run(db, project, run_id)
    withdraw(project)
    assert not publish_run(db, project, 3)
    assert not publish_run(db, project, 40)
    assert project.public.resolve().name == "run-000001"
    allow_again(project)
    assert publish_run(db, project, 41)
    withdraw(project)
    change(db, "改好了")
    assert publish_run(db, project, 42)
    assert project.public.resolve().name == "run-000042"


def test_going_back_finds_the_one_before_also_within_one_second(
    db: duckdb.DuckDBPyConnection, project: Project
) -> None:
    for run_id in (1, 2, 2):
        change(db, f"第 {len(snapshots(project)) if project.snapshots.exists() else 0} 次")
        publish(db, project, run_id=run_id, now=BUILT_AT, write_report=write_report)
    assert project.public.resolve().name == "run-000002-2"
    for name in ("run-000002", "run-000001"):
        assert withdraw(project).folder == project.snapshots / name


def test_the_one_that_was_gone_back_to_stays_when_better_ones_come(
    db: duckdb.DuckDBPyConnection, project: Project
) -> None:
    """What was withdrawn goes first: nobody returns to it."""
    for run_id in (1, 2, 3):
        change(db, f"第 {run_id} 次")
        publish_run(db, project, run_id)
    withdraw(project)
    withdraw(project)
    change(db, "改好了？")
    assert publish_run(db, project, 4)
    assert withdraw(project).folder == project.snapshots / "run-000001"


def test_nothing_public_is_nothing_to_go_back_from(project: Project) -> None:
    with pytest.raises(PublishError, match="nothing is public"):
        withdraw(project)


def test_one_run_published_twice_gets_a_second_folder(
    db: duckdb.DuckDBPyConnection, project: Project
) -> None:
    publish_run(db, project, 1)
    change(db, "重做")
    publish_run(db, project, 1)
    assert snapshots(project) == ["run-000001", "run-000001-2"]
    assert project.public.resolve().name == "run-000001-2"


def test_a_report_that_fails_leaves_the_last_publication(
    db: duckdb.DuckDBPyConnection, project: Project
) -> None:
    publish_run(db, project, 1)
    change(db, "坏报告")

    def fail(_connection: duckdb.DuckDBPyConnection, _file: Path, _now: datetime) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        publish(db, project, run_id=2, now=BUILT_AT, write_report=fail)
    assert snapshots(project) == ["run-000001"]
    assert project.public.resolve().name == "run-000001"


def test_with_little_memory_the_same_is_published(
    db: duckdb.DuckDBPyConnection, project: Project
) -> None:
    publish_run(db, project, 1)
    usual = read_manifest(project.public)
    db.close()
    shutil.rmtree(project.snapshots)
    with open_warehouse(project.warehouse, "100MB") as bounded:
        publish_run(bounded, project, 1)
    little = read_manifest(project.public)
    assert usual is not None
    assert little is not None
    assert (little["content_digest"], little["rows"]) == (usual["content_digest"], usual["rows"])
    assert not list(project.data.glob("*.tmp"))


def test_too_little_memory_is_said_and_what_was_public_stays(
    db: duckdb.DuckDBPyConnection, project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    publish_run(db, project, 1)
    change(db, "不够")
    db.close()
    with pytest.raises(duckdb.OutOfMemoryException) as caught:
        check_and_publish(replace(project, memory="40MB"), now=BUILT_AT)
    assert end_with(caught.value) == Exit.NOT_PUBLISHED
    assert 'memory = "2GB" under [fatiao]' in capsys.readouterr().err
    assert snapshots(project) == ["run-000001"]
    assert project.public.resolve().name == "run-000001"


def test_a_folder_in_the_place_of_public_is_never_touched(
    db: duckdb.DuckDBPyConnection, project: Project
) -> None:
    project.public.mkdir()
    (project.public / "index.html").write_text("mine", encoding="utf-8")
    with pytest.raises(PublishError, match="move it away"):
        publish_run(db, project, 1)
    assert (project.public / "index.html").read_text(encoding="utf-8") == "mine"


def test_what_a_killed_publication_left_is_cleared(
    db: duckdb.DuckDBPyConnection, project: Project
) -> None:
    half = project.snapshots / ".staging-7"
    half.mkdir(parents=True)
    (half / "fatiao.duckdb").write_bytes(b"half")
    (project.folder / ".public-next").symlink_to("snapshots/nowhere")
    publish_run(db, project, 8)
    assert snapshots(project) == ["run-000008"]
    assert not (project.folder / ".public-next").is_symlink()


def test_a_damaged_manifest_or_a_removed_file_is_published_over(
    db: duckdb.DuckDBPyConnection, project: Project
) -> None:
    publish_run(db, project, 1)
    (project.public / "manifest.json").write_text("{", encoding="utf-8")
    assert publish_run(db, project, 2)
    (project.public / "fatiao.duckdb").unlink()
    assert publish_run(db, project, 3)


def test_the_writer_keeps_its_lock_while_and_after_publishing(
    db: duckdb.DuckDBPyConnection, project: Project
) -> None:
    publish_run(db, project, 1)
    opening = f"import duckdb; duckdb.connect({str(project.warehouse)!r}, read_only=True)"
    other = subprocess.run([sys.executable, "-c", opening], capture_output=True, check=False)
    assert b"lock" in other.stderr


def test_something_whole_is_public_at_every_step_of_publishing(
    db: duckdb.DuckDBPyConnection, project: Project
) -> None:
    """Killed after any line of it, and read before any line: a gap lasts microseconds."""
    publish_run(db, project, 1)
    change(db, "又一次")
    gaps = []

    def look(frame: FrameType, _event: str, _value: object) -> Callable[..., Any] | None:
        if frame.f_code.co_filename != publish.__code__.co_filename:
            return None
        manifest = read_manifest(project.public) if frame.f_code.co_name != "read_manifest" else {}
        if manifest is None or any(not (project.public / one).is_file() for one in PUBLISHED):
            gaps.append(frame.f_lineno)
        return look

    sys.settrace(look)
    try:
        assert publish_run(db, project, 2)
    finally:
        sys.settrace(None)
    assert gaps == []


PUBLISHER = """
import sys
from datetime import timedelta
from pathlib import Path
from crawler.sources import Project
from tests.warehouse.filled import BUILT_AT
from tests.warehouse.test_publish import change, publish_run
from warehouse.store import open_warehouse
folder = Path(sys.argv[1])
project = Project(file=folder / "fatiao.toml", folder=folder, keep_snapshots=int(sys.argv[3]))
with open_warehouse(project.warehouse) as db:
    for run_id in range(int(sys.argv[2]), int(sys.argv[2]) + 1000):
        change(db, f"run {run_id}")
        publish_run(db, project, run_id)
        print(run_id, flush=True)
"""


def start_publisher(project: Project, first_run: int) -> subprocess.Popen[bytes]:
    """Start a process that publishes one run after another; return when the first is through."""
    arguments = [str(project.folder), str(first_run), str(project.keep_snapshots)]
    publisher = subprocess.Popen(
        [sys.executable, "-c", PUBLISHER, *arguments],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
    )
    assert publisher.stdout is not None
    publisher.stdout.readline()
    return publisher


def start_reader(project: Project) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.warehouse.load_reader", str(project.public / DATABASE_NAME)],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def correct_everything(db: duckdb.DuckDBPyConnection) -> None:
    """Put in corrections of a verdict, a date and a repost, and an article of two pages."""
    common = {"url": "https://debt.example/", "value": "x", "state": "applied", "detail": "made up"}
    insert_row(
        db,
        "ops.override",
        **common,
        line=11,
        kind="verdict",
        note="人工核对",
        citation_id=citation_id("loan", "《合同法》第一百零七条"),
        verdict="in_force",
    )
    loan = {"article_id": page_id("loan"), "published_on": date(2020, 2, 2)}
    insert_row(db, "ops.override", **common, **loan, line=12, kind="date", note="依据公告")
    freed = page_id("loan-near")
    insert_row(
        db, "ops.override", **common, line=13, kind="no_repost", note="另写的", freed_id=freed
    )
    db.execute("""
        INSERT INTO core.version_page
        SELECT version_id, article_id, n, fetch_id, 'https://x.example/' || n, 9 * n - 9, 9 * n
        FROM core.article_version, range(1, 3) AS r(n)
        WHERE version_no = 1 AND valid_to IS NULL
    """)


def test_every_view_of_what_is_published_says_what_the_private_one_says(
    db: duckdb.DuckDBPyConnection, project: Project
) -> None:
    correct_everything(db)
    assert publish_run(db, project, 2)
    names = [
        row[0]
        for row in db.execute(
            "SELECT schema_name || '.' || view_name FROM duckdb_views()"
            " WHERE database_name = 'fatiao' AND NOT internal"
        ).fetchall()
    ]
    with closing(open_published(project.public / DATABASE_NAME)) as published:
        for name in names:
            columns = "* EXCLUDE (age)" if name == "main.freshness" else "*"
            sql = f"SELECT {columns} FROM {name} ORDER BY ALL"  # noqa: S608 - our own views
            assert published.execute(sql).fetchall() == db.execute(sql).fetchall(), name
            assert [one[0] for one in published.description or ()] == [
                one[0] for one in db.description or ()
            ], name
        undocumented = published.execute(
            "SELECT table_name, column_name FROM duckdb_columns()"
            " WHERE database_name = 'fatiao' AND NOT internal AND comment IS NULL"
        ).fetchall()
        assert undocumented == []


def wait_for_run(project: Project, run_id: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        manifest = json.loads((project.public / "manifest.json").read_text(encoding="utf-8"))
        if manifest["run_id"] >= run_id:
            return
        time.sleep(0.1)


def test_nobody_fails_while_one_publishes_and_four_read(
    db: duckdb.DuckDBPyConnection, project: Project
) -> None:
    """For a few seconds here; FATIAO_LOAD_SECONDS=60 for as long as the README says."""
    db.close()
    publisher = start_publisher(project, 1)
    readers = [start_reader(project) for _ in range(4)]
    try:
        time.sleep(float(os.environ.get("FATIAO_LOAD_SECONDS", "6")))
        wait_for_run(project, 3)  # a busy machine may take longer over three publications
        assert publisher.poll() is None, "the writer failed"
    finally:
        said = [json.loads(reader.communicate(b"stop")[0]) for reader in readers]
        publisher.kill()
        published = publisher.communicate()[0].splitlines()
    print(f"{len(published)} publications", *said, sep="\n")
    assert [failure for one in said for failure in one["failures"]] == []
    assert all(one["opened"] for one in said)
    assert len(published) > 1
    assert max(one["runs"] for one in said) > 1


def test_killed_at_any_moment_what_is_public_opens(
    db: duckdb.DuckDBPyConnection, project: Project
) -> None:
    publish_run(db, project, 1)
    db.close()
    dice = random.Random(20261121)  # noqa: S311 - repeatable, not secret
    for first in range(1000, 6000, 1000):
        publisher = start_publisher(project, first)
        time.sleep(dice.uniform(0, 0.3))
        publisher.send_signal(signal.SIGKILL)
        publisher.communicate()
        with closing(open_published(project.public / "fatiao.duckdb")) as reader:
            assert reader.execute(COUNT).fetchall() == [(9,)]
        manifest = json.loads((project.public / "manifest.json").read_text(encoding="utf-8"))
        assert manifest["run_id"] >= first
    with open_warehouse(project.warehouse) as again:
        change(again, "最后")
        publish_run(again, project, 9000)
    assert len(snapshots(project)) == project.keep_snapshots
