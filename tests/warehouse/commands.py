"""Running the real command line in a process of its own."""

import resource
import subprocess
import sys
from pathlib import Path

SECONDS = 120


def fatiao(
    folder: Path, *arguments: str, largest_file: int | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `fatiao ARGUMENTS` in `folder`, not on a terminal; never fails by itself.

    Where `largest_file` is given, the disk refuses to make a file larger than these bytes.
    """
    command = [sys.executable, "-m", "warehouse.cli", *arguments]

    def limit() -> None:
        assert largest_file is not None
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, resource.RLIM_INFINITY))

    return subprocess.run(
        command,
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        stdin=subprocess.DEVNULL,
        preexec_fn=None if largest_file is None else limit,
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
