"""`make compat`: does a published file open and answer in every DuckDB that it promises?

python -m tests.compat [--where-possible] [VERSION ...]

Each version is installed by pip into a folder that is thrown away, and a process of its own reads
one published file with it: directly, and attached under its own and under another name.  All
views, macros and examples must run, and say what the installed version says; the notebooks must
run; and what this program builds with the newest has the content digest of what it builds with
the installed one.
With --where-possible, a version that cannot be installed, as without a network, is skipped.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from crawler.sources import Project
from tests.warehouse.filled import BUILT_AT, citation_id, fill_warehouse
from warehouse.publish import publish
from warehouse.report.page import write_report
from warehouse.snapshots import DATABASE_NAME
from warehouse.store import list_sql, open_warehouse, read_sql

# The first that reads storage version v1.2.0, the last of each line since, the newest.
VERSIONS = ("1.2.0", "1.2.2", "1.3.2", "1.4.4", "1.5.5", "2.0.0")
NEWEST = VERSIONS[-1]
SECONDS = 300

_BUILD = """
from tests.warehouse.filled import fill_warehouse
from warehouse.publish import content_digest
from warehouse.store import open_warehouse
with open_warehouse(":memory:") as db:
    fill_warehouse(db)
    print(content_digest(db))
"""
_READ = Path(__file__).with_name("compat_read.py")
_CITED = citation_id("loan", "《合同法》第一百零七条")
_MACROS = {
    "cites": "FROM {at}cites('民法典', art := 675)",
    "provenance": f"FROM {{at}}provenance('{_CITED}')",
    "provision": "SELECT {at}provision('民法典', 675, suffix := 1)",
    "search": "FROM {at}search('借款 起诉')",
    "search_words": "SELECT {at}search_words('借款，起诉')",
    "has_word": "SELECT {at}has_word('向朋友借款', '借款，起诉', 1)",
    "as_of": "FROM {at}as_of('2026-11-12')",
}

Answers = Mapping[str, str]  # what was asked, and the answer's rows and digest


def publish_filled(folder: Path) -> Path:
    """Publish the small warehouse of the tests in `folder`; return the published file."""
    project = Project(file=folder / "fatiao.toml", folder=folder)
    with open_warehouse(project.warehouse) as db:
        fill_warehouse(db)
        publish(db, project, run_id=2, now=BUILT_AT, write_report=write_report)
    return project.public / DATABASE_NAME


def install(duckdb_version: str, folder: Path) -> None:
    """Install that DuckDB, alone, into `folder`.

    Raises:
        subprocess.CalledProcessError: no package index can be reached, or it has no such wheel.
    """
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
    options = ["--disable-pip-version-check", "--only-binary=:all:", "--root-user-action=ignore"]
    options += ["--retries=0", "--timeout=20"]
    subprocess.run(
        [*command, *options, "--target", str(folder), f"duckdb=={duckdb_version}"],
        check=True,
        capture_output=True,
        timeout=SECONDS,
    )


def build_with(library: Path | None) -> str:
    """Return the content digest of the small warehouse built with that DuckDB, or the installed."""
    done = subprocess.run(
        [sys.executable, "-c", _BUILD],
        cwd=Path(__file__).parents[1],
        env=_environment(library),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=True,
    )
    return done.stdout.strip()


def read_with(library: Path | None, file: Path) -> Answers:
    """Ask `file` everything in a process that finds DuckDB in `library`, or the installed one."""
    examples = {name: read_sql(f"examples/{name}.sql") for name in list_sql("examples")}
    done = subprocess.run(
        [sys.executable, str(_READ), str(file)],
        input=json.dumps({"macros": _MACROS, "examples": examples}),
        env=_environment(library),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=True,
    )
    answers: dict[str, str] = json.loads(done.stdout)
    return answers


def run_notebooks(library: Path, file: Path) -> None:
    """Run the examples for Jupyter and marimo on `file` with the DuckDB in `library`.

    Raises:
        subprocess.CalledProcessError: a cell failed.
    """
    subprocess.run(
        [sys.executable, "-m", "tests.notebooks"],
        cwd=Path(__file__).parents[1],
        env=_environment(library) | {"FATIAO_FILE": str(file)},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=True,
    )


def _environment(library: Path | None) -> dict[str, str]:
    return os.environ | ({"PYTHONPATH": str(library)} if library else {})


def differences(found: Answers, expected: Answers) -> list[str]:
    """Return a line for every question that was not answered as expected."""
    return [
        f"{question}: {found.get(question, 'not asked')} instead of {answer}"
        for question, answer in expected.items()
        if found.get(question) != answer
    ]


def try_version(one: str, library: Path, file: Path, expected: Answers) -> list[str]:
    """Return what that DuckDB, installed in `library`, says or builds otherwise, a line each."""
    try:
        wrong = differences(read_with(library, file), expected)
        run_notebooks(library, file)
        if one == NEWEST and build_with(library) != build_with(None):
            wrong.append("what it builds has another content digest")
    except subprocess.SubprocessError as error:
        wrong = [str(getattr(error, "stderr", "") or error)]
    return wrong


def main(arguments: Sequence[str]) -> int:
    """Try the versions one after another; return 1 if one of them fails."""
    may_skip = "--where-possible" in arguments
    versions = [one for one in arguments if not one.startswith("--")] or VERSIONS
    failed = False
    with tempfile.TemporaryDirectory(prefix="fatiao-compat-") as folder:
        file = publish_filled(Path(folder, "published"))
        expected = read_with(None, file)
        print(f"{len(expected)} questions, as DuckDB {version('duckdb')} answers them")
        for one in versions:
            library = Path(folder, one)
            try:
                install(one, library)
            except subprocess.SubprocessError:
                failed = failed or not may_skip
                print(f"  {one:<8}cannot be installed here: not tried")
                continue
            wrong = try_version(one, library, file, expected)
            failed = failed or bool(wrong)
            print(f"  {one:<8}{'differs' if wrong else 'all the same'}")
            print("".join(f"    {line}\n" for line in wrong), end="")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
