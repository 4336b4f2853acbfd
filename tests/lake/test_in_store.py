"""A lake whose files are in an S3: the answers, what is left over, what is taken out."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import duckdb
import fsspec
import pytest

from crawler.bucket import Bucket
from crawler.sources import Project
from tests.lake.machines import Place, lake_of, machine, mark
from tests.object_store import KEY, object_store
from tests.postgres import Cluster
from tests.warehouse.commands import fatiao
from tests.warehouse.filled import BUILT_AT
from warehouse.lake.reading import attach_script, open_for_questions
from warehouse.lake.tidy import purge, unnamed
from warehouse.publish import publish
from warehouse.report.page import write_report
from warehouse.store import open_warehouse


@pytest.fixture
def in_store(postgres: Cluster, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    pytest.importorskip("duckdb_extension_httpfs", reason="DuckDB's httpfs is not installed")
    with object_store(monkeypatch):
        yield Place(f"ducklake:{postgres.new_database().url}", Bucket("s3://law/lake"))


def put_out(project: Project, later: int = 0) -> None:
    with open_warehouse(project.warehouse) as db:
        now = BUILT_AT + timedelta(minutes=later)
        assert publish(db, project, run_id=2, now=now, write_report=write_report).published


def objects() -> set[str]:
    store, _ = fsspec.url_to_fs("s3://law/lake")
    store.invalidate_cache()
    return {f"s3://{name}" for name in store.find("law/lake")}


def test_two_publish_into_a_store_and_leave_nothing_over(tmp_path: Path, in_store: Place) -> None:
    projects = [machine(tmp_path / name, name, in_store) for name in ("north", "south")]
    for project in projects:
        put_out(project)
    lake = lake_of(projects[0])
    with closing(open_for_questions(lake)) as db:
        assert db.execute("SELECT count(*) FROM articles").fetchall() == [(18,)]
        with pytest.raises(duckdb.Error):
            db.execute("FROM read_text('s3://other/secret')")
        assert KEY not in str(db.execute("FROM duckdb_secrets()").fetchall())
    assert KEY not in attach_script(lake)
    asked = fatiao(projects[0].folder, "sql", "--csv", "SELECT count(*) AS n FROM citations")
    assert asked.stdout.split() == ["n", "30"], asked.stderr

    left = [f"{lake.files}/{name}/core_article/left.parquet" for name in ("north", "south")]
    store, _ = fsspec.url_to_fs("s3://law/lake")
    for path in left:
        store.pipe_file(path, b"of a killed one")
    assert unnamed(lake) == 1
    mark(projects[0], 1)
    put_out(projects[0], later=1)
    assert left[0] not in objects()
    assert left[1] in objects(), "another may be writing it"
    before = len(objects())
    purge(lake)
    assert len(objects()) < before
    assert unnamed(lake) == 0


def test_a_store_that_is_away_is_one_line_and_40(
    tmp_path: Path, in_store: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = machine(tmp_path / "north", "north", in_store)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    done = fatiao(project.folder, "publish")
    assert done.returncode == 40, done.stderr
    assert done.stderr.count("\n") == 1
    assert KEY not in done.stderr
    assert not project.public.exists()
