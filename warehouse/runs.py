"""Sorted runs: the keys of stored texts in their order, in files beside the warehouse.

Which stored texts share a key with some new ones is a question of some 130 keys a new text.  Joined
in DuckDB it reads all keys there are, 132 million rows for a million texts; looked up in a sorted
file it reads the few pages where those keys would stand.

The tables stay what counts.  `ops.meta` names the run and the last text in it, committed together
with the rows; texts that came later are sought in the tables.  Where the files are missing, of
another size or another warehouse's, all is sought there.  So a run may be deleted at any time.
"""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from secrets import token_hex
from typing import Any, Final

import numpy as np
from duckdb import DuckDBPyConnection
from numpy.typing import NDArray

from warehouse.store import CATALOG, read_meta, read_sql, write_meta

# A run is written anew when so many texts have come since, and half as many as it has: all that is
# joined in DuckDB is a third of the texts at most, and each text is written three times on average.
LEAST: Final = 1 << 16

_META: Final = "key_run"
_ROWS: Final = 1 << 23  # keys sorted at a time, in some 250 MB
_LAST: Final = (1 << 64) - 1

Keys = NDArray[np.uint64]
Numbers = NDArray[np.int32]


class Kind(StrEnum):
    """What the keys are; `sql/dedup/keyed_{kind}.sql` names their table."""

    BANDS = "bands"
    FRAGMENTS = "fragments"


# Fragments are 32 bits wide and stand in the upper half of a key.
_WIDTHS: Final[Mapping[Kind, np.dtype[Any]]] = {
    Kind.BANDS: np.dtype("<u8"),
    Kind.FRAGMENTS: np.dtype("<u4"),
}
_TEXTS: Final = np.dtype("<i4")


@dataclass(frozen=True, slots=True)
class Run:
    """The keys of the texts up to one, each kind in order of keys."""

    upto: int  # the last text in it; 0: none
    keys: Mapping[Kind, NDArray[Any]]
    texts: Mapping[Kind, Numbers]

    def find(self, kind: Kind, sought: Keys) -> tuple[Keys, Numbers]:
        """Return the rows that have one of the keys `sought`, which are sorted and distinct.

        Texts that left since may be among them.
        """
        if kind not in self.keys or not len(sought):
            return sought[:0], np.empty(0, dtype=np.int32)
        keys, texts = self.keys[kind], self.texts[kind]
        narrow = _narrow(kind, sought)
        first = np.searchsorted(keys, narrow)
        is_there = keys[np.minimum(first, len(keys) - 1)] == narrow
        first, narrow = first[is_there], narrow[is_there]
        counts = np.searchsorted(keys, narrow, side="right") - first
        ends = np.cumsum(counts)
        rows = np.arange(ends[-1] if len(ends) else 0) + np.repeat(first - ends + counts, counts)
        return np.repeat(sought[is_there], counts), texts[rows]


NO_RUN: Final = Run(0, {}, {})


def open_run(connection: DuckDBPyConnection) -> Run:
    """Return the run that the warehouse names, if its files are there and whole.

    Where they are not it is named no more: files that come back, moved or restored, would not know
    of the texts that had their numbers since.
    """
    folder, named = _folder(connection), read_meta(connection).get(_META)
    if folder is None or not named:
        return NO_RUN
    run = _open(folder, json.loads(named))
    if run is NO_RUN:
        connection.execute("DELETE FROM ops.meta WHERE key = ?", [_META])
    return run


def _open(folder: Path, meta: Mapping[str, Any]) -> Run:
    keys, texts = dict[Kind, NDArray[Any]](), dict[Kind, Numbers]()
    for kind, width in _WIDTHS.items():
        rows = int(meta[kind])
        paths = [_path(folder, meta["name"], kind, part) for part in ("keys", "texts")]
        sizes = (rows * width.itemsize, rows * _TEXTS.itemsize)
        if not rows or any(
            not path.exists() or path.stat().st_size != size
            for path, size in zip(paths, sizes, strict=True)
        ):
            return NO_RUN
        keys[kind] = np.memmap(paths[0], dtype=width, mode="r")
        texts[kind] = np.memmap(paths[1], dtype=_TEXTS, mode="r")
    return Run(int(meta["upto"]), keys, texts)


def write_run(connection: DuckDBPyConnection, run: Run) -> None:
    """Write a new run where enough texts have come since `run`; in the caller's transaction."""
    folder = _folder(connection)
    upto = int(connection.execute(read_sql("dedup/last_text.sql")).fetchall()[0][0])
    if folder is None or upto - run.upto < max(LEAST, run.upto // 2):
        return
    name = token_hex(8)
    folder.mkdir(exist_ok=True)
    # The one in use, which is named should this transaction not be committed, and no older one.
    _remove_but(folder, json.loads(read_meta(connection).get(_META, "{}")).get("name"))
    rows = {kind: _write(connection, folder, name, kind) for kind in Kind}
    write_meta(connection, {_META: json.dumps({"name": name, "upto": upto, **rows})})


def remove_runs(warehouse: Path) -> None:
    """Remove what is kept beside the warehouse: it may tell of texts that were taken out."""
    shutil.rmtree(f"{warehouse}.keys", ignore_errors=True)


def _write(connection: DuckDBPyConnection, folder: Path, name: str, kind: Kind) -> int:
    """Write the keys of one kind in order, a range of them at a time; return how many."""
    written = 0
    with (
        _path(folder, name, kind, "keys").open("wb") as keys_file,
        _path(folder, name, kind, "texts").open("wb") as texts_file,
    ):
        for keys, texts in _ranges(connection, kind):
            order = np.argsort(keys)
            keys_file.write(_narrow(kind, keys[order]).tobytes())
            texts_file.write(texts[order].astype(_TEXTS).tobytes())
            written += len(keys)
        for file in (keys_file, texts_file):
            file.flush()
            os.fsync(file.fileno())  # before the transaction that names it is committed
    return written


def _ranges(connection: DuckDBPyConnection, kind: Kind) -> Iterator[tuple[Keys, Numbers]]:
    connection.execute(read_sql(f"dedup/keyed_{kind}.sql"))
    sql = read_sql("dedup/keys_of_all.sql")
    rows = int(connection.execute("SELECT count(*) FROM keyed").fetchall()[0][0])
    ranges = 1 + rows // _ROWS
    for number in range(ranges):
        between = {
            "low": number * (_LAST + 1) // ranges,
            "high": (number + 1) * (_LAST + 1) // ranges - 1,
        }
        found = connection.execute(sql, between).fetchnumpy()
        yield np.asarray(found["key"], np.uint64), np.asarray(found["text_no"], np.int32)


def _narrow(kind: Kind, keys: Keys) -> NDArray[Any]:
    wide = keys >> np.uint64(32) if kind is Kind.FRAGMENTS else keys
    return wide.astype(_WIDTHS[kind])


def _folder(connection: DuckDBPyConnection) -> Path | None:
    rows = connection.execute(
        "SELECT path FROM duckdb_databases() WHERE database_name = ?", [CATALOG]
    ).fetchall()
    return Path(f"{rows[0][0]}.keys") if rows and rows[0][0] else None


def _path(folder: Path, name: str, kind: Kind, part: str) -> Path:
    return folder / f"{name}.{kind}.{part}"


def _remove_but(folder: Path, name: str | None) -> None:
    for path in folder.iterdir():
        if path.name.partition(".")[0] != name:
            with suppress(OSError):  # another system may hold a file that is mapped
                path.unlink()
