"""What was made of a text elsewhere is stored as if the store had made it."""

from dataclasses import replace

import numpy as np
import pytest
from duckdb import DuckDBPyConnection

from pipeline.dedup.prepare import Prepared, prepare
from tests.warehouse.library import LIBRARY, document, read
from warehouse.clusters import add_documents
from warehouse.store import open_warehouse

STORED = ("signature", "band", "fragment", "member", "duplicate", "cluster", "relation")
NAMES = sorted(LIBRARY)


def made(names: list[str]) -> dict[str, Prepared]:
    texts = [LIBRARY[name] for name in names]
    return dict(zip(texts, prepare(texts), strict=True))


def added(db: DuckDBPyConnection, prepared: dict[str, Prepared]) -> dict[str, list[str]]:
    """Return what is stored of two batches, in no order."""
    order = {name: f"{number:04}" for number, name in enumerate(NAMES)}
    for batch in (NAMES[:30], NAMES[30:]):
        add_documents(db, [document(name, order[name]) for name in batch], read, prepared)
    # Numbers are given as texts come; their digests stand for them.
    digest = "(SELECT text_digest FROM core.signature AS s WHERE s.text_no = one.{})"
    numbers = ("text_no", "other_no", "matched_no", "root_no")
    stored = {}
    for table in STORED:
        columns = [name for name, *_ in db.execute(f"DESCRIBE core.{table}").fetchall()]
        cells = (digest.format(name) if name in numbers else name for name in columns)
        stored[table] = sorted(
            map(repr, db.execute(f"SELECT {', '.join(cells)} FROM core.{table} AS one").fetchall())  # noqa: S608
        )
    return stored


@pytest.mark.parametrize("share", [1, 2])
def test_the_rows_are_those_of_texts_that_the_store_signed(share: int) -> None:
    with open_warehouse(":memory:") as db:
        usual = added(db, {})
    with open_warehouse(":memory:") as db:
        assert added(db, made(NAMES[::share])) == usual


def test_the_store_signs_no_text_again() -> None:
    known = made(NAMES)
    text = LIBRARY["base0edited"]
    other = replace(known[text], signature=np.zeros_like(known[text].signature))
    with open_warehouse(":memory:") as db:
        added(db, known | {text: other})
        rows = db.execute(
            "SELECT count(*) FROM core.signature WHERE list_sum(signature) = 0"
        ).fetchall()
    assert rows == [(1,)]
