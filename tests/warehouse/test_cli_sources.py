"""`fatiao init` and `fatiao sources`, as processes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest


def fatiao(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "warehouse.cli", *arguments]
    root = Path(__file__).resolve().parents[2]
    return subprocess.run(
        command,
        cwd=folder,
        env={"PYTHONPATH": str(root), "PATH": "", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_from_nothing_to_an_enabled_source(tmp_path: Path) -> None:
    assert fatiao(tmp_path, "init").returncode == 0
    file = tmp_path / "fatiao.toml"
    refused = fatiao(tmp_path, "sources", "enable", "hefeilaws")
    assert refused.returncode == 78
    assert "fatiao.contact" in refused.stderr
    file.write_text(file.read_text(encoding="utf-8").replace('contact = ""', 'contact = "a@b.cn"'))
    assert fatiao(tmp_path, "sources", "enable", "hefeilaws").returncode == 0
    assert (
        fatiao(tmp_path, "sources", "add", "https://law.example/", "--name", "law").returncode == 0
    )
    listed = fatiao(tmp_path, "sources", "list", "--json").stdout.splitlines()
    states = {row["name"]: row["enabled"] for row in map(json.loads, listed)}
    assert states == {"hefeilaws": True, "523it": False, "law": True}
    assert fatiao(tmp_path, "sources", "disable", "law").returncode == 0
    assert "law        disabled" in fatiao(tmp_path, "sources", "list").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("init",), 64, "there already"),
        (("sources", "enable", "hefeilawz"), 64, "did you mean hefeilaws?"),
        (("sources", "add", "law.example"), 64, "https://law.example/"),
        (("sources", "add", "https://www.hefeilaws.com"), 64, "already the start"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_error(
    tmp_path: Path, arguments: tuple[str, ...], code: int, says: str
) -> None:
    fatiao(tmp_path, "init")
    result = fatiao(tmp_path, *arguments)
    assert result.returncode == code
    assert says in result.stderr
    assert "Traceback" not in result.stderr


def test_without_a_project_the_way_to_one_is_named(tmp_path: Path) -> None:
    result = fatiao(tmp_path, "sources", "list")
    assert result.returncode == 78
    assert "fatiao init" in result.stderr


def test_a_private_address_is_pointed_out(tmp_path: Path) -> None:
    fatiao(tmp_path, "init")
    assert "allow_private" in fatiao(tmp_path, "sources", "add", "http://127.0.0.1:8101/").stdout
    assert "allow_private" not in fatiao(tmp_path, "sources", "add", "http://a.example/").stdout
