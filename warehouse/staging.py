"""Columns made in Python as a table that a statement reads.

Numbers are read by DuckDB where numpy has them.  Strings travel as one JSON array a column: .4
microseconds a value, whatever is installed (measured with DuckDB 1.5.5; arrays of fixed width take
3, as each is made an ENUM first; arrays of objects .2 where pandas is about and 1.3 where it is
not; lists as parameters 5).
"""

import json
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

import numpy as np
from duckdb import DuckDBPyConnection
from numpy.typing import NDArray

Texts = Sequence[str | None]
Column = NDArray[Any] | Texts

_TYPES: Final[Mapping[str, str]] = {"bool": "BOOLEAN", "float64": "DOUBLE", "int32": "INTEGER"}
_TEXT: Final = "VARCHAR"


@contextmanager
def staged(
    connection: DuckDBPyConnection, columns: Mapping[str, Column], name: str = "staged"
) -> Generator[None]:
    """Let statements read the table `name`, made of `columns` of one length."""
    arrays = {key: column for key, column in columns.items() if isinstance(column, np.ndarray)}
    if len(arrays) == len(columns):
        connection.register(name, arrays)
        yield
        connection.unregister(name)
        return
    lists = [
        f"unnest(from_json(${key}, '[\"{_type(column)}\"]')) AS {key}"
        for key, column in columns.items()
    ]
    sql = f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT {', '.join(lists)}"
    connection.execute(sql, {key: _as_json(column) for key, column in columns.items()})
    yield
    connection.execute(f"DROP TABLE {name}")


def strings(values: Iterable[str | None]) -> list[str | None]:
    """Return a column of strings; `None` becomes NULL."""
    return list(values)


def _type(column: Column) -> str:
    return _TYPES[column.dtype.name] if isinstance(column, np.ndarray) else _TEXT


def _as_json(column: Column) -> str:
    values = column.tolist() if isinstance(column, np.ndarray) else column
    # Half of a surrogate pair, which a text given to `fatiao dedup` may have, is no UTF-8.
    return json.dumps(values, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")
