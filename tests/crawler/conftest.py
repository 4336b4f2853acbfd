"""What a frontier can be kept in: each test that asks for a `place` runs with both."""

from collections.abc import Generator
from pathlib import Path

import pytest

from crawler.frontier.place import Place
from tests.postgres import Cluster, cluster


@pytest.fixture(scope="session")
def postgres() -> Generator[Cluster]:
    with cluster() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "sqlite":
        return tmp_path / "frontier.sqlite"
    running: Cluster = request.getfixturevalue("postgres")
    return running.new_database()
