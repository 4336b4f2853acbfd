"""The search index of a published file: which originals each word of the dictionary stands in.

`[publish] search_index = true` and the extra `search` (rjieba) make it.  rjieba cuts out every word
of its dictionary, wherever it stands and whatever it overlaps with, so that what the index says of
such a word is what a scan of all texts would find, without a reading; the macro `search`
(`sql/flat/search_index.sql`) scans for the words that the index does not know.  Here the index is
filled, from texts as they are published.

>>> sorted(tokens("借款iPhone"))
['iphone', '借款']
"""

import re
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from duckdb import DuckDBPyConnection

from crawler.sources import Project
from warehouse.exits import UsageError
from warehouse.store import read_meta

META: Final = "search_index"  # in ops.meta: what cut the words, or nothing

_CHUNK: Final = 50_000  # versions sorted at once: some 15 million words, 500 MB
_RUN: Final = re.compile(r"[a-z0-9]+")
_HAN: Final = re.compile(r"[一-鿿]{2,}")
# Small letters as RE2 makes them for (?i): İ is no i, while ſ is an s and the Kelvin sign a k.
_SMALL: Final = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ\u017f\u212a", "abcdefghijklmnopqrstuvwxyzsk"
)


def tokenizer_of(project: Project) -> str:
    """Return what cuts the words of this project's index, or nothing where it wants none.

    Raises:
        UsageError: it wants one, and rjieba is not installed.
    """
    if not project.search_index or project.lake:
        return ""
    try:
        return f"rjieba {version('rjieba')}"
    except PackageNotFoundError:
        mend = "pip install 'fatiao[search]', or take the line out of fatiao.toml"
        raise UsageError(f"search_index = true needs rjieba: {mend}") from None


def is_indexed(db: DuckDBPyConnection) -> bool:
    """Say whether the file that is being published, of the private one in `db`, has an index."""
    return bool(read_meta(db).get(META))


def tokens(text: str) -> list[str]:
    """Return the words by which `text` is found: of the dictionary, and runs of letters."""
    import rjieba  # noqa: PLC0415 - an extra

    small = text.translate(_SMALL)
    words = {word for word in rjieba.cut_all(small) if _HAN.fullmatch(word)}
    return [*words, *set(_RUN.findall(small))]


def fill(db: DuckDBPyConnection) -> None:
    """Index the originals of `snapshot`, the file that is being published."""
    ((rows,),) = db.execute("SELECT max(rowid) FROM snapshot.core.article_version").fetchall()
    for first in range(0, (rows if rows is not None else -1) + 1, _CHUNK):
        _add(db, f"WHERE v.rowid >= {first} AND v.rowid < {first + _CHUNK}")


def extend(db: DuckDBPyConnection, fresh: str) -> None:
    """Index those of the versions in the table `fresh` that are originals, and not indexed yet."""
    _add(
        db,
        f"SEMI JOIN {fresh} AS f ON f.version_id = v.version_id"
        " ANTI JOIN snapshot.core.search_token AS t ON t.fetch_id = v.fetch_id WHERE TRUE",
    )


def _add(db: DuckDBPyConnection, among: str) -> None:
    # Sorted, so that a word is looked for only in the parts of the table that may have it.
    db.create_function("tokens", tokens, ["VARCHAR"], "VARCHAR[]")
    try:
        db.execute(f"""
            INSERT INTO snapshot.core.search_token
            SELECT token, fetch_id
            FROM (
                SELECT unnest(tokens(concat(v.title, chr(10), v.text))) AS token, v.fetch_id
                FROM snapshot.core.article_version AS v
                {among} AND v.is_current AND v.canonical_id = v.article_id
            )
            ORDER BY token, fetch_id
        """)  # noqa: S608 - our own names
    finally:
        db.remove_function("tokens")
