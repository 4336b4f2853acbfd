"""The built wheel, run outside the checkout: all data files are in it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel and install it, alone, into a folder of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    build = ["wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run([*pip, *build], check=True)
    (wheel,) = folder.glob("*.whl")
    target = folder / "site"
    subprocess.run([*pip, "install", "--no-deps", "--target", str(target), str(wheel)], check=True)
    return target


def run(installed: Path, cwd: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-P", *arguments],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_the_wheel_is_what_runs(installed: Path, tmp_path: Path) -> None:
    found = run(installed, tmp_path, "-c", "import warehouse; print(warehouse.__file__)")
    assert Path(found.strip()).is_relative_to(installed)


def test_it_cites_with_the_registry_inside(installed: Path, tmp_path: Path) -> None:
    text = "依照《中华人民共和国合同法》第一百零七条，对方应当承担违约责任。"
    (tmp_path / "text.txt").write_text(text, encoding="utf-8")
    found = json.loads(run(installed, tmp_path, "-m", "warehouse.cli", "cite", "text.txt"))
    (citation,) = found["citations"]
    assert (citation["article"], citation["verdict"]) == (107, "repealed")


def test_it_builds_and_publishes_with_the_sql_inside(installed: Path, tmp_path: Path) -> None:
    fatiao = ["-m", "warehouse.cli", "--folder", "."]
    run(installed, tmp_path, "-m", "warehouse.cli", "init")
    run(installed, tmp_path, *fatiao, "build")
    run(installed, tmp_path, *fatiao, "publish")
    counted = run(
        installed, tmp_path, *fatiao, "sql", "--json", "SELECT count(*) AS n FROM articles"
    )
    assert json.loads(counted) == [{"n": 0}]
    assert (tmp_path / "public" / "report.html").is_file()
