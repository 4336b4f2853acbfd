import csv
import io
import json
import os
import pty
import select
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from duckdb import DuckDBPyConnection

from crawler.archive import ArchivedPage, Location, digest_of
from crawler.archive_writer import ArchiveWriter
from crawler.sources import Project
from tests.warehouse.filled import BUILT_AT, citation_id, fill_warehouse
from warehouse.cli.ask import raw, sql
from warehouse.publish import publish
from warehouse.store import list_sql, open_warehouse

CITED = "《合同法》第一百零七条"
PAGE = "<p>以前的<b>《合同法》</b>第一百零七条\n也讲违约责任</p>"


def write_report(_connection: DuckDBPyConnection, file: Path, _now: datetime) -> None:
    file.write_text("report", encoding="utf-8")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A folder whose warehouse is published and whose archive holds the loan page."""
    folder = tmp_path_factory.mktemp("ask")
    project = Project(file=folder / "fatiao.toml", folder=folder)
    project.file.write_text("", encoding="utf-8")
    location, digest = archive_page(project)
    with open_warehouse(project.warehouse) as db:
        fill_warehouse(db)
        db.execute(
            "UPDATE ops.fetch SET archive_file = ?, archive_offset = ?, archive_length = ?,"
            " payload_digest = ? WHERE fetch_id = 1",
            [location.file, location.offset, location.length, digest],
        )
        db.execute("UPDATE core.article_version SET charset_chosen = 'gb18030' WHERE fetch_id = 1")
        publish(db, project, run_id=2, now=BUILT_AT, write_report=write_report)
    return project


def archive_page(project: Project) -> tuple[Location, str]:
    body = PAGE.encode("gb18030")
    writer = ArchiveWriter(project.archive_folder, lambda: datetime(2026, 11, 10, tzinfo=UTC))
    page = ArchivedPage(
        url="https://lawfirm.example/loan.html",
        fetched_at=datetime(2026, 11, 10, 1, 0, tzinfo=UTC),
        status=200,
        headers=(("Content-Type", "text/html; charset=gbk"),),
        body=body,
        digest=digest_of(body),
    )
    location = writer.append(page)
    writer.flush()
    writer.close()
    return location, page.digest


def ask(project: Project, *arguments: str, text: str = "") -> Result:
    return CliRunner().invoke(sql, ["--folder", str(project.folder), *arguments], input=text)


def test_a_query_prints_an_aligned_table(project: Project) -> None:
    done = ask(
        project, "SELECT law, count(*) AS n FROM citations GROUP BY law ORDER BY n DESC, law"
    )
    assert done.exit_code == 0
    assert done.output.splitlines() == [
        "law                 n",
        "──────────────────  ─",
        "民法典              8",
        "合同法              3",
        "婚姻法              2",
        "抚养费指引（试行）  2",
        "(4 rows)",
    ]


def test_json_is_an_array_of_objects(project: Project) -> None:
    done = ask(project, "--json", "SELECT title, published_on, gone_at, 1.50 AS n FROM articles"
               " WHERE title = '网贷逾期以后'")  # fmt: skip
    assert json.loads(done.output) == [
        {"title": "网贷逾期以后", "published_on": "2023-01-02",
         "gone_at": "2026-11-19T09:00:00+08:00", "n": 1.5}
    ]  # fmt: skip


def test_json_of_nothing_is_an_empty_array(project: Project) -> None:
    assert json.loads(ask(project, "--json", "FROM articles WHERE false").output) == []


def test_two_columns_of_one_name_both_reach_the_json(project: Project) -> None:
    assert json.loads(ask(project, "--json", "SELECT 1 AS a, 2 AS a").output) == [
        {"a": 1, "a_2": 2}
    ]


def test_csv_cells_are_no_formulas(project: Project) -> None:
    query = "SELECT title, -1 AS n FROM articles WHERE title LIKE '=%' UNION ALL SELECT '+86', 2"
    rows = list(csv.reader(io.StringIO(ask(project, "--csv", query).output)))
    assert rows[0] == ["title", "n"]
    assert sorted(rows[1:]) == [["'+86", "2"], ['\'=HYPERLINK("信用卡") <b>分期</b>', "-1"]]


def test_statements_come_from_standard_input(project: Project) -> None:
    done = ask(project, "--csv", text="SELECT 1 AS one;\nSELECT 2 AS two;")
    assert done.output.split() == ["one", "1", "two", "2"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELEC 1", "syntax error"),
        ("FROM nothing", "nothing does not exist"),
        ("FROM read_csv('/etc/passwd')", "/etc/passwd"),
        ("DROP TABLE core.citation", "fatiao"),
    ],
)
def test_a_wrong_or_forbidden_query_is_one_clear_line_and_65(
    project: Project, query: str, words: str
) -> None:
    done = ask(project, query)
    assert done.exit_code == 65
    assert len(done.output.strip().splitlines()) == 1
    assert words in done.output


def test_the_examples_are_listed_and_run_by_name(project: Project) -> None:
    listed = ask(project, "--examples").output
    for name in list_sql("examples"):
        assert name in listed
        assert ask(project, "--example", name).exit_code == 0, name
    as_objects = json.loads(ask(project, "--examples", "--json").output)
    assert [one["name"] for one in as_objects] == list_sql("examples")
    assert ask(project, "--examples", "--csv").output.startswith("name,question\n")
    assert ask(project, "--example", "no_such_thing").exit_code == 65


def test_before_the_first_publication_it_says_what_to_do(tmp_path: Path) -> None:
    done = CliRunner().invoke(sql, ["--folder", str(tmp_path), "SELECT 1"])
    assert done.exit_code == 65
    assert "run: fatiao run" in done.output


def test_outside_any_folder_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(sql, ["SELECT 1"])
    assert done.exit_code == 65
    assert "fatiao init" in done.output


def test_the_nearest_folder_upward_is_asked(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    below = project.folder / "a" / "b"
    below.mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(below)
    assert CliRunner().invoke(sql, ["SELECT 1"]).exit_code == 0


def test_a_file_elsewhere_can_be_asked(project: Project) -> None:
    file = project.public / "fatiao.duckdb"
    done = CliRunner().invoke(sql, ["--file", str(file), "FROM cites('民法典', 675)"])
    assert done.exit_code == 0
    assert "(3 rows)" in done.output


def test_a_file_that_is_no_database_is_one_clear_line(project: Project) -> None:
    done = CliRunner().invoke(sql, ["--file", str(project.file), "SELECT 1"])
    assert done.exit_code == 65
    assert "cannot be opened" in done.output


def test_raw_checks_the_bytes_and_shows_where_the_words_stand(project: Project) -> None:
    name = citation_id("loan", CITED)
    done = CliRunner().invoke(raw, ["--folder", str(project.folder), name])
    assert done.exit_code == 0
    assert "checked" in done.output
    assert "fatiao-20261110-" in done.output
    assert "<b>《合同法》</b>第一百零七条" in done.output


def test_raw_writes_the_whole_page(project: Project) -> None:
    name = citation_id("loan", CITED)
    done = CliRunner().invoke(raw, ["--folder", str(project.folder), "--text", name])
    assert done.output == PAGE + "\n"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("no-such-id", "no such citation"),
        (citation_id("gone", "《民法典》第六百七十六条"), "archive does not hold"),
    ],
)
def test_raw_of_what_is_not_there_is_65(project: Project, name: str, words: str) -> None:
    done = CliRunner().invoke(raw, ["--folder", str(project.folder), name])
    assert done.exit_code == 65
    assert words in done.output


def test_raw_of_other_bytes_than_were_read_is_65(tmp_path: Path) -> None:
    other = Project(file=tmp_path / "fatiao.toml", folder=tmp_path)
    location, _ = archive_page(other)
    with open_warehouse(other.warehouse) as db:
        fill_warehouse(db)
        db.execute(
            "UPDATE ops.fetch SET archive_file = ?, archive_offset = ?, archive_length = ?",
            [location.file, location.offset, location.length],
        )
        publish(db, other, run_id=2, now=BUILT_AT, write_report=write_report)
    name = citation_id("loan", CITED)
    done = CliRunner().invoke(raw, ["--folder", str(other.folder), name])
    assert done.exit_code == 65
    assert "but the warehouse was built from" in done.output


def test_the_shell_answers_on_a_terminal(project: Project) -> None:
    program = "from warehouse.cli.ask import sql; sql()"
    command = [sys.executable, "-c", program, "--folder", str(project.folder)]
    typed = [".tables", ".schema citations", "SELECT 40 +", "2 AS answer;", ".example freshness",
             "FROM nothing;", ".help", ".quit"]  # fmt: skip
    shown = converse(command, typed)
    for words in ("provenance(citation_id)", "verdict_today", "answer", "42", "lawfirm",
                  "does not exist", ".schema NAME"):  # fmt: skip
        assert words in shown, words
    assert "SELECT 40" in (project.log / "sql_history").read_text(encoding="utf-8")


def converse(command: list[str], lines: list[str]) -> str:
    """Type `lines` into `command` on a pseudo-terminal; return all that it wrote."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        command,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "120", "PYTHONUTF8": "1"},
        cwd=Path(__file__).parents[2],
    )
    os.close(theirs)
    shown = _read_until_quiet(ours)
    for line in lines:
        os.write(ours, line.encode() + b"\r")
        shown += _read_until_quiet(ours)
    process.wait(timeout=20)
    os.close(ours)
    return shown.decode(errors="replace")


def _read_until_quiet(descriptor: int) -> bytes:
    """Read until the shell waits again: it has asked for the cursor, or written its prompt."""
    shown, deadline = b"", time.monotonic() + 20
    while time.monotonic() < deadline:
        ready, _, _ = select.select([descriptor], [], [], 0.7 if shown else 20)
        if not ready:
            break
        try:
            piece = os.read(descriptor, 65536)
        except OSError:  # the other end is closed: the shell is gone
            break
        if b"\x1b[6n" in piece:  # prompt_toolkit asks where the cursor is
            os.write(descriptor, b"\x1b[1;1R")
        shown += piece
    return shown
