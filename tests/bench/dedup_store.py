"""A store of many articles, filled with rows as grouping leaves them but without their texts.

    python -m tests.bench.dedup_store FILE TEXTS

The rows are random, so that new articles meet what a store of that size costs to look through, and
find no match in it.  The last epoch lies behind: none begins while new ones are added.  A process
of its own fills it, so that whoever opens it finds it cold, as the run of a day does.
"""

import sys

from duckdb import DuckDBPyConnection

from tests.bench.dedup_rows import ROWS_SQL
from warehouse.clusters import add_documents
from warehouse.store import open_warehouse

MEMORY = "4GB"  # of DuckDB, in filling as in adding; at its own limit it takes what there is


def fill(connection: DuckDBPyConnection, texts: int) -> None:
    """Fill an empty store with `texts` articles of one each."""
    size = 1 << (texts.bit_length() - 1)
    connection.execute(f"SET memory_limit = '{MEMORY}'")
    for sql in ROWS_SQL:
        connection.execute(sql, {"texts": texts})
    epoch = "INSERT INTO core.epoch VALUES (1, $size, $texts, 8, 0, $texts, 0, 0, 3)"
    connection.execute(epoch, {"texts": texts, "size": size})
    add_documents(connection, [], lambda _: {})
    connection.execute("CHECKPOINT")


if __name__ == "__main__":
    with open_warehouse(sys.argv[1]) as opened:
        fill(opened, int(sys.argv[2]))
