"""`fatiao dedup`: texts grouped with their reposts.

The shape of what it writes is an interface: fields may be added, never changed.
"""

from collections import Counter
from pathlib import Path

import click

from warehouse.cli.options import FOLDER, INPUT
from warehouse.clusters import dedup_texts
from warehouse.exits import InputError
from warehouse.jsonl import read_lines, write_lines


@click.command()
@click.argument("texts", type=INPUT)
@FOLDER
def dedup(texts: Path) -> None:
    """Group the texts of TEXTS, a .jsonl of {id, text, published_at?}, with their reposts.

    Out comes {id, cluster, canonical, relation, similarity} for each, in order.
    """
    rows = list(read_lines(texts, required=("id", "text")))
    times = Counter(row["id"] for row in rows)
    twice = next((one for one, count in times.items() if count > 1), None)
    if twice is not None:
        raise InputError(f"{texts}: id {twice!r} stands there {times[twice]} times")
    write_lines(dedup_texts(rows))
