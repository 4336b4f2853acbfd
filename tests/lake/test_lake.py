"""A lake answers as a file of the same content does, and keeps what a file keeps."""

import json
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from crawler.lake import Lake
from crawler.sources import ConfigError, Project, check_project
from tests.lake.machines import NAMES, Place, combined, folder_of, lake_of, machine, mark, new_place
from tests.postgres import PASSWORD, Cluster
from tests.warehouse.commands import fatiao
from tests.warehouse.filled import BUILT_AT, page_id
from warehouse.cli.results import run_statements
from warehouse.exits import PublishError
from warehouse.lake.connect import LakeError, open_lake, snapshots
from warehouse.lake.deliver import refuse_broken
from warehouse.lake.reading import attach_script, open_for_questions, open_own
from warehouse.lake.register import FOLDER_NAME, STEP, first_number
from warehouse.lake.tidy import purge, unnamed
from warehouse.publish import publish
from warehouse.report.page import write_report
from warehouse.snapshots import PublishReport, withdraw
from warehouse.store import list_sql, open_published, open_warehouse, read_sql

_NOT_NOW = {"freshness": "age"}  # reckoned from the moment of the question
_DESCRIBED = {
    "views": """
        SELECT view_name, comment FROM duckdb_views()
        WHERE database_name = 'fatiao' AND schema_name = 'main' ORDER BY ALL""",
    "columns": """
        SELECT table_name, column_name, data_type, comment FROM duckdb_columns()
        WHERE database_name = 'fatiao' AND schema_name = 'main' ORDER BY ALL""",
    "macros": """
        SELECT function_name, parameters, comment FROM duckdb_functions()
        WHERE database_name = 'fatiao' AND NOT internal ORDER BY ALL""",
    "about": "FROM about",
    "lineage": "FROM lineage ORDER BY ALL",
    "reposts": "FROM reposts ORDER BY ALL",
}


def put_out(project: Project, later: int = 0) -> PublishReport:
    with open_warehouse(project.warehouse) as db:
        now = BUILT_AT + timedelta(minutes=later)
        return publish(db, project, run_id=2, now=now, write_report=write_report)


def answers(db: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """Return what each example question gives; rows that tie may come in any order."""
    found = {}
    for name in list_sql("examples"):
        result = db.execute(read_sql(f"examples/{name}.sql"))
        columns = [column[0] for column in result.description or ()]
        keep = [at for at, column in enumerate(columns) if column != _NOT_NOW.get(name)]
        found[name] = sorted(str([row[at] for at in keep]) for row in result.fetchall())
    return found


def of_file(project: Project, folder: Path) -> duckdb.DuckDBPyConnection:
    """Publish the private warehouse of `project` as a file too, and open that."""
    private = Project(file=folder / "fatiao.toml", folder=folder)
    private.warehouse.parent.mkdir(parents=True)
    private.warehouse.write_bytes(project.warehouse.read_bytes())
    put_out(private)
    return open_published(private.public / "fatiao.duckdb")


def everything(lake: Lake) -> str:
    """Return all words in all files of the lake, whether a snapshot names them or not."""
    words = []
    with duckdb.connect() as db:
        for path in folder_of(lake).rglob("*.parquet"):
            words += db.execute("FROM read_parquet(?)", [str(path)]).fetchall()
    return str(words)


@pytest.fixture(scope="module")
def public(postgres: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A folder that has published into a lake, for the tests that only read."""
    folder = tmp_path_factory.mktemp("public")
    project = machine(folder / "north", "north", new_place(postgres, folder))
    with open_warehouse(project.warehouse) as db:  # a repost that was seen before its original
        db.execute(
            "UPDATE core.article SET first_fetched_at = first_fetched_at - INTERVAL 30 DAY"
            " WHERE article_id = ?",
            [page_id("loan-near")],
        )
    assert put_out(project).published
    return project


def test_one_folder_answers_as_its_file_does(tmp_path: Path, public: Project) -> None:
    with (
        closing(open_for_questions(lake_of(public))) as lake,
        closing(of_file(public, tmp_path / "file")) as file,
    ):
        assert answers(lake) == answers(file)
        for name, query in _DESCRIBED.items():
            assert lake.execute(query).fetchall() == file.execute(query).fetchall(), name
    assert sorted(path.name for path in public.public.iterdir()) == ["manifest.json", "report.html"]


def test_three_folders_answer_as_one_that_has_read_it_all(tmp_path: Path, place: Place) -> None:
    projects = [machine(tmp_path / name, name, place) for name in NAMES]
    for later, project in enumerate(projects):
        put_out(project, later)
    whole = Project(file=tmp_path / "fatiao.toml", folder=tmp_path / "whole")
    combined(whole.warehouse, projects)
    with (
        closing(open_for_questions(lake_of(projects[0]))) as lake,
        closing(of_file(whole, tmp_path / "file")) as file,
    ):
        assert answers(lake) == answers(file)
        counted = "SELECT articles, originals, reposts, citations, rejections, statutes FROM about"
        assert lake.execute(counted).fetchall() == file.execute(counted).fetchall()
        told = "SELECT citation_id, url, archive_file, run_id % 100000 % {} FROM lineage ORDER BY 1"
        of_lake = lake.execute(told.format(2**40)).fetchall()
        assert [row[:3] for row in of_lake] == [
            row[:3] for row in file.execute(told.format(10**9)).fetchall()
        ]


def test_what_did_not_change_is_not_written_again(public: Project) -> None:
    with open_lake(lake_of(public)) as db:
        before = snapshots(db)
    report = put_out(public, later=5)
    assert (report.published, report.reason) == (False, "nothing new to publish")
    with open_lake(lake_of(public)) as db:
        assert snapshots(db) == before


def test_a_lake_that_lost_our_rows_gets_them_again(
    tmp_path: Path, place: Place, postgres: Cluster
) -> None:
    project = machine(tmp_path / "north", "north", place)
    put_out(project)
    new = f"ducklake:{postgres.new_database().url}"
    again = machine(tmp_path / "copy", "north", Place(new, tmp_path / "other"))
    moved = replace(project, lake=again.lake)
    assert put_out(moved, later=5).published


def test_no_more_than_the_last_snapshots_stay(tmp_path: Path, place: Place) -> None:
    project = machine(tmp_path / "north", "north", place)
    for number in range(4):
        mark(project, number)
        put_out(project, number)
    with open_lake(lake_of(project)) as db:
        kept = snapshots(db)
        assert len(kept) == project.keep_snapshots
        versions = f'lake."north".core_article_version AT (VERSION => {kept[1]})'
        assert db.execute(f"SELECT DISTINCT category FROM {versions}").fetchall() == [("2",)]  # noqa: S608


def test_people_are_masked_and_texts_left_out_as_in_a_file(tmp_path: Path, place: Place) -> None:
    project = machine(tmp_path / "north", "north", place)
    number = "13812345678"
    with open_warehouse(project.warehouse) as db:
        db.execute(
            "UPDATE core.article_version SET author = ?, text = text || ? WHERE article_id = ?",
            [f"王律师 {number}", f"\n电话 {number}", page_id("card")],
        )
    put_out(project)
    assert number not in everything(lake_of(project))
    assert "王律师 ***********" in everything(lake_of(project))
    put_out(replace(project, publish_text=False), later=1)
    with closing(open_for_questions(lake_of(project))) as lake:
        assert lake.execute("SELECT DISTINCT text FROM versions").fetchall() == [("",)]
        ((left_out,),) = lake.execute("SELECT left_out FROM about").fetchall()
    assert left_out.startswith("texts; ")


def test_what_is_taken_out_is_in_no_file_and_not_in_the_catalog(
    tmp_path: Path, place: Place
) -> None:
    project = machine(tmp_path / "north", "north", place)
    lake = lake_of(project)
    with open_warehouse(project.warehouse) as db:  # the greatest title: catalogs keep the greatest
        db.execute("UPDATE core.article_version SET title = '龘龘' WHERE title = '要债三步走'")
    put_out(project)
    assert "龘龘" in everything(lake)
    assert "龘龘" in catalog_of(place)
    with open_warehouse(project.warehouse) as db:
        db.execute("UPDATE core.article_version SET title = '一' WHERE title = '龘龘'")
    put_out(project, later=1)
    assert "龘龘" in everything(lake), "the snapshot before has it"
    purge(lake)
    assert "龘龘" not in everything(lake)
    assert "龘龘" not in catalog_of(place)
    assert unnamed(lake) == 0
    with closing(open_for_questions(lake)) as db:
        assert db.execute("SELECT count(*) FROM articles").fetchall() == [(9,)]


def catalog_of(place: Place) -> str:
    """Return all that stands in the tables of a lake's catalog."""
    psycopg: Any = pytest.importorskip("psycopg", reason="fatiao[postgres] is not installed")
    with psycopg.connect(place.catalog.removeprefix("ducklake:")) as db:
        names = db.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        return str([db.execute(f"TABLE {name}".encode()).fetchall() for (name,) in names])


def test_a_source_belongs_to_one_machine(tmp_path: Path, place: Place) -> None:
    put_out(machine(tmp_path / "north", "north", place))
    other = machine(tmp_path / "south", "south", place)
    with open_warehouse(other.warehouse) as db:
        db.execute("UPDATE ops.fetch SET source = 'lawfirm'")
    with pytest.raises(PublishError, match="'lawfirm' is 'north''s"):
        put_out(other)


def test_a_page_belongs_to_one_machine(tmp_path: Path, place: Place) -> None:
    north = machine(tmp_path / "north", "north", place)
    put_out(north)
    other = machine(tmp_path / "south", "south", place)
    with open_warehouse(other.warehouse) as db:
        for table in ("core.article", "core.article_version", "core.citation"):
            db.execute(f"UPDATE {table} SET article_id = replace(article_id, '-south', '')")  # noqa: S608
    with pytest.raises(PublishError, match="published by 'north' already"):
        put_out(other)
    with closing(open_for_questions(lake_of(north))) as lake:
        assert lake.execute("SELECT count(*) FROM articles").fetchall() == [(9,)]


def test_a_name_belongs_to_one_folder_until_another_takes_it_over(
    tmp_path: Path, place: Place
) -> None:
    put_out(machine(tmp_path / "north", "north", place))
    other = machine(tmp_path / "again", "north", place)
    with pytest.raises(PublishError, match="--take-over"):
        put_out(other)
    done = fatiao(other.folder, "lake", "--take-over")
    assert done.returncode == 0, done.stderr
    assert put_out(other).published


def test_rows_that_a_file_would_refuse_are_refused(tmp_path: Path, public: Project) -> None:
    lake = lake_of(public)
    of_file(public, tmp_path / "file").close()
    copy = tmp_path / "file" / "public" / "fatiao.duckdb"
    with open_lake(lake) as db:
        db.execute(f"ATTACH '{copy}' AS copy (READ_ONLY)")
        refuse_broken(db, lake)
        for broken in (
            'INSERT INTO lake."north".core_article FROM lake."north".core_article LIMIT 1',
            """UPDATE lake."north".core_citation SET verdict = 'perhaps'""",
            'DELETE FROM lake."north".core_rejection',
        ):
            db.begin()
            db.execute(broken)
            with pytest.raises(PublishError, match="rows"):
                refuse_broken(db, lake)
            db.rollback()


def test_a_postgres_that_is_away_is_one_line_and_40(tmp_path: Path, place: Place) -> None:
    project = machine(tmp_path / "north", "north", place)
    gone = place.catalog.rpartition(":")[0] + ":1/lake"
    for catalog, words in ((gone, "refused"), (place.catalog + "x", "does not exist")):
        (project.folder / "fatiao.toml").write_text(
            f'[publish]\nwarehouse = "{catalog}"\nfiles = "{place.files}"\npublisher = "north"\n'
        )
        done = fatiao(project.folder, "publish")
        assert done.returncode == 40, done.stderr
        assert done.stderr.count("\n") == 1
        assert words in done.stderr
        assert PASSWORD not in done.stdout + done.stderr
        assert "Traceback" not in done.stderr
    assert not project.public.exists()


def test_the_commands_speak_of_the_lake(tmp_path: Path, place: Place) -> None:
    project = machine(tmp_path / "north", "north", place)
    early = fatiao(project.folder, "sql", "FROM about")
    assert early.returncode == 65
    assert "nothing has been published yet" in early.stderr
    done = fatiao(project.folder, "publish")
    assert done.returncode == 0, done.stderr
    assert "ducklake:postgres://" in done.stdout
    asked = fatiao(project.folder, "sql", "SELECT count(*) AS n FROM citations", "--csv")
    assert asked.stdout.split() == ["n", "15"], asked.stderr
    told = fatiao(project.folder, "lake")
    assert "north (this folder's name): 9 articles" in told.stdout
    assert "debt, lawfirm, portal" in told.stdout
    assert PASSWORD not in early.stderr + done.stdout + asked.stdout + told.stdout


def test_what_reads_a_file_reads_the_lake(tmp_path: Path, place: Place) -> None:
    """Two publish; the second one's numbers differ from its own folder's."""
    put_out(machine(tmp_path / "north", "north", place))
    project = machine(tmp_path / "south", "south", place)
    early = fatiao(project.folder, "export", str(tmp_path / "early"), "--format", "csv")
    assert early.returncode == 0, early.stderr
    put_out(project, later=1)
    done = fatiao(project.folder, "export", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    rows = duckdb.read_parquet(str(tmp_path / "out" / "articles.parquet"))
    assert rows.aggregate("count(*)").fetchall() == [(18,)]
    origin = json.loads((tmp_path / "out" / "manifest.json").read_text())["exported_from"]
    assert sorted(origin["publishers"]) == ["north", "south"]
    assert PASSWORD not in str(origin)
    (one, other) = rows.filter("source LIKE '%-south'").project("article_id").limit(2).fetchall()
    for command in (("pair", one[0], other[0]), ("cluster", one[0]), ("statutes", "coverage")):
        done = fatiao(project.folder, *command)
        assert done.returncode == 0, done.stderr
        assert done.stdout
    with open_own(lake_of(project)) as db:
        assert first_number(db, lake_of(project)) == STEP
    copy = fatiao(project.folder, "backup", str(tmp_path / "copy"))
    assert copy.returncode == 0, copy.stderr
    name = project.data / FOLDER_NAME
    assert (tmp_path / "copy" / "data" / FOLDER_NAME).read_text() == name.read_text()


def test_another_folder_with_the_same_catalog_is_refused(tmp_path: Path, place: Place) -> None:
    north = machine(tmp_path / "north", "north", place)
    put_out(north)
    elsewhere = replace(place, files=tmp_path / "another")
    south = machine(tmp_path / "south", "south", elsewhere)
    with pytest.raises(LakeError, match="must be the same folder"):
        put_out(south)
    with closing(open_for_questions(lake_of(north))) as lake:
        assert lake.execute("SELECT count(*) FROM articles").fetchall() == [(9,)]


def test_there_is_no_going_back_in_a_lake(public: Project) -> None:
    with pytest.raises(PublishError, match="fatiao lake"):
        withdraw(public)


def test_the_script_attaches_the_lake_to_any_duckdb(
    public: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = attach_script(lake_of(public))
    assert PASSWORD not in script
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    with duckdb.connect() as db:
        db.execute(script)
        found = db.execute("SELECT count(*) FROM cites('民法典', 675)").fetchall()
    assert found == [(3,)]


def test_a_question_only_reads(public: Project) -> None:
    with closing(open_for_questions(lake_of(public))) as db:
        for statement in (
            "FROM postgres_query('__ducklake_metadata_lake', 'SELECT 1')",
            "FROM ducklake_expire_snapshots('lake', versions => [1])",
            "CALL ducklake_cleanup_old_files('lake', cleanup_all => true)",
            "FROM __ducklake_metadata_lake.ducklake_snapshot",
            'DROP TABLE lake."north".core_article',
            "FROM read_csv('/etc/passwd')",
            "ATTACH ':memory:' AS other",
        ):
            with pytest.raises(duckdb.Error):
                list(run_statements(db, statement))


@pytest.mark.parametrize(
    ("publish_table", "words"),
    [
        ('warehouse = "lake.duckdb"', "write warehouse"),
        ('warehouse = "ducklake:postgres:"', "names no database"),
        ('warehouse = "ducklake:postgres://h/db"', "files: is missing"),
        ('warehouse = "ducklake:postgres://h/db"\nfiles = "lake"', "absolute path"),
        ('warehouse = "ducklake:postgres://h/db"\nfiles = "s3://key@law/lake"', "absolute path"),
        ('warehouse = "ducklake:postgres://h/db"\nfiles = "/lake"', "publisher: is missing"),
        ('publisher = "north"', "warehouse: is missing"),
        ('publisher = "Nörd"', "another in each folder"),
        ('publisher = "main"', "another in each folder"),
    ],
)
def test_a_wrong_line_about_the_lake_is_named(publish_table: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        check_project(Path("fatiao.toml"), f"[publish]\n{publish_table}\n")


def test_both_ways_to_write_the_place_are_read() -> None:
    def read(place: str) -> Any:
        text = f'[publish]\nwarehouse = "{place}"\nfiles = "/srv/lake"\npublisher = "north"\n'
        return check_project(Path("fatiao.toml"), text).lake

    one = read("ducklake:postgres://me:p%40ss@db.example:5433/law?sslmode=require")
    other = read(
        "ducklake:postgres:host=db.example port=5433 dbname=law user=me password=p@ss"
        " sslmode=require"
    )
    assert one == other
    assert one.password == "p@ss"  # noqa: S105
    assert "p@ss" not in f"{one} {one!r} {one.conninfo}"


def test_a_missing_extension_says_what_to_install(
    public: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duckdb, "__version__", "1.5.4")
    with pytest.raises(LakeError, match=r"pip install 'fatiao\[ducklake\]'"):
        open_for_questions(lake_of(public))
