"""Each thing that can be wrong, made wrong, and the mend that is said for it."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from crawler.frontier.store import open_frontier
from crawler.lock import project_lock
from crawler.sources import Project, load_project
from tests.crawler.site import Reply, blog, page, pages, serve
from tests.warehouse.commands import environment, fatiao, write_config
from tests.warehouse.receiver import receive
from warehouse.doctor.diagnosis import Diagnosis, Verdict
from warehouse.doctor.examine import examine

START = page("法律随笔", "<h1>法律随笔</h1>")


def project_in(folder: Path, start: str = "", **options: Any) -> Project:
    values = {"delay": 0, "allow_private": True} | options
    lines = "\n".join(f"{name} = {json.dumps(value)}" for name, value in values.items())
    write_config(folder, *([f'name = "site"\nstart = "{start}"\n{lines}'] if start else []))
    return load_project(folder / "fatiao.toml")


def of(project: Project, subject: str) -> Diagnosis:
    return next(one for one in examine(project) if one.subject == subject)


def test_a_new_folder_is_well_and_says_what_comes_next(tmp_path: Path) -> None:
    found = {one.subject: one for one in examine(project_in(tmp_path))}
    assert {one.verdict for one in found.values()} <= {Verdict.GOOD, Verdict.NOTE}
    assert "duckdb 1." in found["installation"].words
    assert found["public"].mend == "fatiao run"
    assert "fatiao sources add" in found["sources"].mend


def test_a_site_is_asked_for_two_pages_under_our_name(tmp_path: Path) -> None:
    with serve(pages({"/": START})) as site:
        found = of(project_in(tmp_path, f"{site.url}/"), "site")
    assert found.verdict is Verdict.GOOD, found
    assert [target for _, target in site.asked] == ["/robots.txt", "/"]
    assert site.agents == {"fatiao/0.1 (+mailto:tests@fatiao.example)"}


@pytest.mark.parametrize(
    ("replies", "words", "mend", "asked"),
    [
        ({"/robots.txt": b"User-agent: *\nDisallow: /"}, "does not allow", "sources disable", 1),
        ({"/robots.txt": Reply(b"", 503)}, "answers 503", "wait", 1),
        ({"/": Reply(b"", 403)}, "answers 403", "ask its owner", 2),
        ({"/": Reply(b"", 404)}, "answers 404", "look at `start`", 2),
        (
            {"/": Reply(b"", 301, {"Location": "https://new.example/"})},
            "leads to https://new.example/",
            'write start = "https://new.example/"',
            2,
        ),
    ],
)
def test_a_site_that_will_not_do_is_named_with_the_mend(
    tmp_path: Path, replies: dict[str, Any], words: str, mend: str, asked: int
) -> None:
    with serve(pages({"/": Reply(START)} | replies)) as site:
        found = of(project_in(tmp_path, f"{site.url}/"), "site")
    assert found.verdict is Verdict.BAD
    assert words in found.words
    assert mend in found.mend
    assert len(site.asked) == asked


def test_a_private_address_is_not_dialled(tmp_path: Path) -> None:
    with serve(pages({"/": START})) as site:
        found = of(project_in(tmp_path, f"{site.url}/", allow_private=False), "site")
    assert "allow_private = true" in found.words
    assert site.asked == []


def test_a_site_that_is_not_there_is_named(tmp_path: Path) -> None:
    with serve(pages({})) as site:
        url = site.url
    assert "refused" in of(project_in(tmp_path, f"{url}/"), "site").words


def lose_archive(project: Project) -> None:
    with open_frontier(project.frontier) as frontier:
        frontier.save_segments({"fatiao-20261121-00001.warc.gz": 4000})


def cut_archive(project: Project) -> None:
    lose_archive(project)
    project.archive_folder.mkdir()
    (project.archive_folder / "fatiao-20261121-00001.warc.gz").write_bytes(b"x" * 100)


def spoil_frontier(project: Project) -> None:
    project.frontier_file.parent.mkdir()
    project.frontier_file.write_bytes(b"no database at all" * 100)


def lose_frontier(project: Project) -> None:
    cut_archive(project)
    project.frontier_file.unlink()


def spoil_overrides(project: Project) -> None:
    project.overrides.write_text("kind,url\nverdict,x\n", encoding="utf-8")


def break_link(project: Project) -> None:
    project.public.symlink_to("snapshots/run-000001")


@pytest.mark.parametrize(
    ("spoil", "subject", "words", "mend"),
    [
        (lose_archive, "archive", "is missing", "backup"),
        (cut_archive, "archive", "has 100 of 4,000 bytes", "backup"),
        (spoil_frontier, "frontier", "not a database", "backup"),
        (lose_frontier, "frontier", "is gone", "backup"),
        (spoil_overrides, "overrides", "overrides.csv:1", "mend that line"),
        (break_link, "public", "which is gone", "fatiao publish"),
    ],
)
def test_what_is_wrong_in_the_folder_is_named_with_the_mend(
    tmp_path: Path, spoil: Callable[[Project], None], subject: str, words: str, mend: str
) -> None:
    project = project_in(tmp_path)
    spoil(project)
    found = of(project, subject)
    assert found.verdict is Verdict.BAD
    assert words in found.words
    assert "\n" not in found.words
    assert mend in found.mend


def test_a_webhook_is_connected_to_and_told_nothing(tmp_path: Path) -> None:
    project = project_in(tmp_path)
    with receive() as receiver:
        assert of(replace(project, webhook=receiver.url), "webhook").verdict is Verdict.GOOD
    assert receiver.messages == []
    found = of(replace(project, webhook=receiver.url), "webhook")
    assert found.verdict is Verdict.BAD
    assert "secret" not in found.words


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder after a run; to be copied, not used."""
    folder = tmp_path_factory.mktemp("built")
    with serve(pages(blog(3))) as site:
        project_in(folder, f"{site.url}/")
        assert fatiao(folder, "run", "--for", "30s").returncode == 0
        text = (folder / "fatiao.toml").read_text(encoding="utf-8")
        (folder / "fatiao.toml").write_text(text + "enabled = false\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("spoiling", "subject"),
    [
        ("rm -r snapshots", "public"),
        ("rm public; mkdir public", "public"),
        ("truncate -s 5000 snapshots/*/fatiao.duckdb", "public"),
        ("head -c 9000 /dev/urandom > data/warehouse.duckdb", "warehouse"),
    ],
)
def test_the_mend_that_is_said_mends_it(
    tmp_path: Path, built: Path, spoiling: str, subject: str
) -> None:
    folder = shutil.copytree(built, tmp_path / "folder", symlinks=True)
    subprocess.run(["/bin/sh", "-c", spoiling], cwd=folder, check=True)
    project = load_project(folder / "fatiao.toml")
    found = of(project, subject)
    assert found.verdict is Verdict.BAD
    program = f"{sys.executable} -m warehouse.cli"
    told = found.mend.replace(" makes it again from the archive", "").replace(", then:", " &&")
    done = subprocess.run(
        ["/bin/sh", "-c", told.replace("fatiao ", f"{program} ")],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert {one.subject for one in examine(project) if one.verdict is Verdict.BAD} == set()


def test_who_holds_the_lock_is_said(tmp_path: Path) -> None:
    project = project_in(tmp_path)
    with project_lock(project, run_for=60):
        held = fatiao(tmp_path, "doctor")
    assert "lock: another fatiao (process" in held.stdout
    assert "fatiao run --wait" in held.stdout
    assert held.returncode == 0
    assert of(project, "lock").words == "free"


def test_the_command_ends_with_10_and_says_the_mend(tmp_path: Path) -> None:
    break_link(project_in(tmp_path))
    done = fatiao(tmp_path, "doctor")
    assert done.returncode == 10, done.stderr
    assert "mend: fatiao publish" in done.stdout
    found = json.loads(fatiao(tmp_path, "doctor", "--json").stdout)
    assert [one["subject"] for one in found if one["verdict"] == "bad"] == ["public"]


CAN_LEAVE_ROOT = shutil.which("setpriv") is not None and sys.platform == "linux"


@pytest.mark.skipif(not CAN_LEAVE_ROOT, reason="no setpriv here")
@pytest.mark.parametrize(("command", "code"), [("doctor", 10), ("run", 74), ("publish", 74)])
def test_a_folder_that_may_not_be_written_is_said_to_be_so(
    tmp_path: Path, built: Path, command: str, code: int
) -> None:
    folder = shutil.copytree(built, tmp_path / "folder", symlinks=True)
    subprocess.run(["chmod", "-R", "a-w", str(folder)], check=True)
    bounded = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
    done = subprocess.run(
        [*(bounded if os.geteuid() == 0 else []), sys.executable, "-m", "warehouse.cli", command],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    subprocess.run(["chmod", "-R", "u+w", str(folder)], check=True)
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    told = done.stdout if command == "doctor" else done.stderr
    assert "cannot be written" in told or "may not write there" in told
