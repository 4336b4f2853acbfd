"""Running the real command line in a process of its own."""

import subprocess
import sys
from pathlib import Path

SECONDS = 120


def fatiao(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `fatiao ARGUMENTS` in `folder`, not on a terminal; never fails by itself."""
    command = [sys.executable, "-m", "warehouse.cli", *arguments]
    return subprocess.run(
        command,
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def environment() -> dict[str, str]:
    """Return the environment in which the checkout is what runs."""
    import os

    root = Path(__file__).resolve().parents[2]
    return os.environ | {"PYTHONPATH": str(root), "PYTHONWARNINGS": "default"}


def write_config(folder: Path, *sources: str, contact: str = "mailto:tests@fatiao.example") -> None:
    """Write a fatiao.toml; each of `sources` is the body of a [[source]] table."""
    text = f'[fatiao]\ncontact = "{contact}"\n'
    text += "".join(f"\n[[source]]\n{source}\n" for source in sources)
    (folder / "fatiao.toml").write_text(text, encoding="utf-8")
