"""Each documented exit code, provoked; 10, 20 and 30 in tests/drills, more of 64 in test_cli."""

import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Generator
from pathlib import Path

import pytest

from crawler.lock import project_lock
from crawler.sources import Project, load_project
from tests.crawler.site import Site, blog, pages, serve
from tests.warehouse.commands import environment, fatiao, write_config
from warehouse.cli.main import fatiao as cli
from warehouse.exits import Exit
from warehouse.store import open_warehouse

LARGEST_FILE = 60_000  # bytes; less than the frontier and the private warehouse take


@pytest.fixture
def site() -> Generator[Site]:
    with serve(pages(blog(4))) as site:
        yield site


@pytest.fixture
def project(tmp_path: Path, site: Site) -> Project:
    write_config(tmp_path, f'name = "a"\nstart = "{site.url}/"\ndelay = 0\nallow_private = true')
    return load_project(tmp_path / "fatiao.toml")


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "warehouse.cli", *arguments],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_until_asked(site: Site) -> None:
    for _ in range(300):
        if site.asked:
            return
        time.sleep(0.1)
    pytest.fail("the site was not asked")


def test_every_code_is_in_the_help_and_in_the_interfaces() -> None:
    help_text = " ".join(str(cli.help).split())
    interfaces = Path(__file__).parents[2] / "warehouse" / "docs" / "INTERFACES.md"
    table = interfaces.read_text(encoding="utf-8").partition("## Exit codes")[2]
    for code in Exit:
        assert str(code.value) in help_text
        assert f"{code.value}" in table


def test_0_all_well(project: Project) -> None:
    assert fatiao(project.folder, "schedule").returncode == 0


def test_40_a_check_failed_and_what_was_public_stays(project: Project) -> None:
    with open_warehouse(project.warehouse) as db:
        db.execute(
            "INSERT INTO core.article VALUES"
            " ('0123456789abcdef', 'a', 'http://a.example/', now(), now(), NULL, 'no such')"
        )
    done = fatiao(project.folder, "publish")
    assert done.returncode == 40, done.stderr
    assert "not published: current_version" in done.stderr
    assert not project.public.exists()


def test_64_the_command_line_is_wrong(project: Project) -> None:
    assert fatiao(project.folder, "run", "--source", "nobody").returncode == 64


def test_65_an_input_cannot_be_read(project: Project) -> None:
    (project.folder / "data").mkdir()
    project.frontier_file.write_bytes(b"no database at all" * 100)
    done = fatiao(project.folder, "build")
    assert done.returncode == 65, done.stderr
    assert "frontier.sqlite" in done.stderr


@pytest.mark.parametrize(
    ("before", "command"), [((), "crawl"), (("crawl", "--for", "30s"), "build")]
)
def test_74_the_disk_is_full_and_the_next_run_goes_on(
    project: Project, before: tuple[str, ...], command: str
) -> None:
    if before:
        assert fatiao(project.folder, *before).returncode == 0
    done = subprocess.run(
        [sys.executable, "-m", "warehouse.cli", command, "--for", "30s"],
        cwd=project.folder,
        env=environment(),
        preexec_fn=lambda: resource.setrlimit(
            resource.RLIMIT_FSIZE, (LARGEST_FILE, resource.RLIM_INFINITY)
        ),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 74, done.stdout + done.stderr
    assert "free some space" in done.stderr
    assert "Traceback" not in done.stderr
    assert fatiao(project.folder, command, "--for", "30s").returncode == 0


def test_75_another_is_at_work(project: Project) -> None:
    with project_lock(project, run_for=60):
        silent = fatiao(project.folder, "run")
        told = fatiao(project.folder, "run", "--verbose")
    assert (silent.returncode, silent.stdout, silent.stderr) == (75, "", "")
    assert told.returncode == 75
    assert f"another fatiao (process {os.getpid()}) is at work since" in told.stderr


def test_78_the_configuration_is_wrong(project: Project) -> None:
    project.file.write_text('[fatiao]\nwebhook = "ftp://hooks.example/"\n', encoding="utf-8")
    done = fatiao(project.folder, "run")
    assert done.returncode == 78
    assert "fatiao.toml:2: fatiao.webhook: " in done.stderr


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_130_and_143_while_waiting(project: Project, number: int, code: int) -> None:
    with project_lock(project, run_for=60):
        waiting = start(project.folder, "run", "--wait", "--verbose")
        assert waiting.stderr
        assert "is at work since" in waiting.stderr.readline()
        waiting.send_signal(number)
        _, errors = waiting.communicate(timeout=60)
    assert waiting.returncode == code, errors
    assert "Traceback" not in errors


def test_130_in_the_middle_of_a_crawl_and_the_next_run_goes_on(
    project: Project, site: Site
) -> None:
    site.seconds = 0.3
    running = start(project.folder, "crawl", "--for", "60s")
    wait_until_asked(site)
    running.send_signal(signal.SIGINT)
    _, errors = running.communicate(timeout=60)
    assert running.returncode == 130, errors
    site.seconds = 0
    assert fatiao(project.folder, "crawl", "--for", "30s").returncode == 0


def test_who_waits_runs_when_the_other_is_done(project: Project, site: Site) -> None:
    with project_lock(project, run_for=60):
        waiting = start(project.folder, "run", "--wait", "--quiet", "--for", "30s")
        threading.Event().wait(2.5)
        assert waiting.poll() is None
        assert site.asked == []
    output, errors = waiting.communicate(timeout=90)
    assert (waiting.returncode, output, errors) == (
        0,
        "",
        "",
    )  # all is well, and it was to be quiet
    assert site.asked
