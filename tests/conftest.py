"""Which tests run: the long ones (hostile servers and the like) only with --long."""

import signal
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parent
LONG: Final = (
    "hostile",
    "warehouse/test_first_crawl.py",
    "crash/test_disk_full.py",
    "crawler/test_sharing_store.py",
    "warehouse/test_retain.py",
    "warehouse/test_forget.py",
    "warehouse/test_backup.py",
    "warehouse/test_shared_frontier.py",
    "lake/test_machines.py",
    "lake/test_forget_page.py",
    "lake/test_in_store.py",
    "warehouse/test_engine_on_ray.py",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the long tests, and only these")


def pytest_configure() -> None:
    """Let SIGINT through where a shell's `&` has it ignored: tried programs inherit that."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Keep a test file out of the run that it does not belong to."""
    if not collection_path.is_relative_to(ROOT) or not collection_path.name.startswith("test_"):
        return None
    is_long = any(collection_path.is_relative_to(ROOT / place) for place in LONG)
    return True if is_long is not config.getoption("--long") else None
