"""One Postgres for these tests, and a lake for each."""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.lake.machines import Place, new_place
from tests.postgres import Cluster, cluster


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    for name in ("duckdb_extension_ducklake", "duckdb_extension_postgres_scanner"):
        if find_spec(name) is None:
            pytest.skip(f"{name} is not installed (pip install 'fatiao[ducklake]')")
    with cluster() as running:
        yield running


@pytest.fixture
def place(postgres: Cluster, tmp_path: Path) -> Place:
    return new_place(postgres, tmp_path)
