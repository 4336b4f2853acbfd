import os
import shutil
import subprocess
from pathlib import Path

import pytest

from crawler.sources import load_project
from tests.warehouse.commands import environment, fatiao, write_config
from warehouse.cli.schedule import cron_line, minute_of, systemd_units


def test_the_crontab_line_runs_in_a_shell_as_it_stands(tmp_path: Path) -> None:
    folder = tmp_path / "a folder 100% mine"
    folder.mkdir()
    write_config(folder)
    line = cron_line(load_project(folder / "fatiao.toml"))
    minute, *rest = line.split(" ", 5)
    assert rest[:4] == ["*"] * 4
    assert 0 <= int(minute) < 60
    command = rest[4].strip().replace(r"\%", "%")  # as cron does
    assert r"100\% mine" in line
    done = subprocess.run(
        ["/bin/sh", "-c", command + " --help"],
        capture_output=True,
        text=True,
        check=False,
        env=environment(),
    )
    assert done.returncode == 0, done.stderr
    assert "--quiet" in done.stdout


def test_the_minute_is_the_folder_s_own(tmp_path: Path) -> None:
    minutes = set()
    for number in range(12):
        folder = tmp_path / str(number)
        folder.mkdir()
        write_config(folder)
        project = load_project(folder / "fatiao.toml")
        assert minute_of(project) == minute_of(project)
        minutes.add(minute_of(project))
    assert len(minutes) > 3


def test_the_command_prints_both_and_installs_nothing(tmp_path: Path) -> None:
    write_config(tmp_path)
    done = fatiao(tmp_path, "schedule")
    assert done.returncode == 0, done.stderr
    for words in (" * * * *  ", "[Timer]", "OnCalendar=", "SuccessExitStatus=75", "run --quiet"):
        assert words in done.stdout
    assert fatiao(tmp_path, "schedule", "cron").stdout.count("\n") == 1


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_reads_the_units(tmp_path: Path) -> None:
    write_config(tmp_path)
    text = systemd_units(load_project(tmp_path / "fatiao.toml"))
    for unit in text.split("# ~/.config/systemd/user/")[1:]:
        name, body = unit.split("\n", 1)
        (tmp_path / name).write_text(body, encoding="utf-8")
    files = [str(path) for path in tmp_path.glob("fatiao-*.*")]
    done = subprocess.run(
        ["systemd-analyze", "--user", "verify", *files],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"XDG_RUNTIME_DIR": str(tmp_path)},
    )
    assert done.returncode == 0, done.stderr
