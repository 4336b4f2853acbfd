"""Where the shared material lies, for tests and for the commands that print scores.

It stands beside the checkout and is other people's: read from there, never copied into here.
"""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Final

import pytest

SHARED: Final = Path(__file__).resolve().parents[2].parent / "shared"


def shared(path: str) -> Path:
    """Return a path in ../shared; skip the test where it is absent."""
    found = SHARED / path
    if not found.exists():
        pytest.skip("../shared is absent")
    return found


def load_script(path: str) -> ModuleType:
    """Import one of the shared scripts, such as a scorer or the replay server."""
    file = shared(path)
    spec = importlib.util.spec_from_file_location(f"shared_{file.stem}", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
