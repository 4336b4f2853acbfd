"""A warehouse for the tests of grouping: opened once a module, emptied for each test."""

from collections.abc import Iterator

import pytest
from duckdb import DuckDBPyConnection

from tests.warehouse.library import clear
from warehouse.store import open_warehouse


@pytest.fixture(name="warehouse", scope="module")
def _open_warehouse() -> Iterator[DuckDBPyConnection]:
    with open_warehouse(":memory:") as connection:
        yield connection


@pytest.fixture(name="empty")
def _empty_warehouse(warehouse: DuckDBPyConnection) -> DuckDBPyConnection:
    clear(warehouse)
    return warehouse
