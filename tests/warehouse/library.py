"""A library of made texts with copies and edits, for tests of grouping; and what is grouped."""

from collections.abc import Mapping, Sequence
from random import Random
from zlib import crc32

from duckdb import DuckDBPyConnection

from warehouse.clusters import Document, add_documents, remove_documents

# Eight texts, and of each a copy and three edits.
BASES = tuple(f"base{number}" for number in range(8))


EDITS = ("", "copied", "edited", "wrapped", "cut")


def sentences(seed: str, count: int) -> list[str]:
    """Return sentences of 24 characters; like those of real texts, they share few 3-grams."""
    chance = Random(seed)  # noqa: S311 - texts for a test
    return ["".join(map(chr, chance.choices(range(0x4E00, 0x5600), k=24))) for _ in range(count)]


def text_of(base: str, edit: str = "") -> str:
    """Return one of the library's texts."""
    lines = sentences(base, 16)
    if edit == "edited":
        lines[3:5] = sentences(base + edit, 2)
    if edit == "copied":
        lines = [f"{line}，" for line in lines]
    if edit == "wrapped":
        lines = ["本站转载，仅供参考。", *lines, "点击关注我们，了解更多。"]
    if edit == "cut":
        del lines[11:13]
    return "\n".join(lines)


# Twenty texts that share one long passage, by four at a time also their beginning and end.
CROWD = tuple(f"crowd{number}" for number in range(20))


def crowded(name: str) -> str:
    """Return one of the texts that share a passage."""
    group = f"group{int(name.removeprefix('crowd')) // 4}"
    opening, closing = sentences(group, 3), sentences(f"{group}end", 3)
    return "\n".join([*opening, *sentences(name, 1), *sentences("passage", 12), *closing])


# A dozen copies of one text, a third of each sentence put in other words: few share a band.
REWORDED = tuple(f"reworded{number}" for number in range(12))


def reworded(name: str, base: str = "base0") -> str:
    """Return a copy of a text with a third of each of its sentences replaced."""
    chance = Random(name)  # noqa: S311 - texts for a test
    lines = zip(sentences(base, 16), sentences(name, 16), strict=True)
    cuts = ((line, other, chance.randrange(17)) for line, other in lines)
    return "\n".join(line[:cut] + other[:8] + line[cut + 8 :] for line, other, cut in cuts)


LIBRARY: Mapping[str, str] = {
    **{name: crowded(name) for name in CROWD},
    **{name: reworded(name) for name in REWORDED},
    **{f"{base}{edit}": text_of(base, edit) for base in BASES for edit in EDITS},
    "empty": "。。。",
    "void": "",
    "one": "法",
    "two": "法",
}


def document(name: str, order: str) -> Document:
    """Return an article of one of three sites; some are dated, and fetched in another order."""
    mixed = crc32(name.encode())
    return Document(
        id=name,
        order=order,
        text=LIBRARY[name],
        seen=f"{mixed:010}",
        source=f"site{mixed % 3}",
        day=f"2024-05-{mixed % 4 + 1:02}" if mixed % 5 else "",
        names=(f"site{mixed % 3}",),
        credits=("site0",) if mixed % 7 == 0 else (),
    )


def read(ids: Sequence[str]) -> dict[str, str]:
    """Return texts of the library by id."""
    return {id_: LIBRARY[id_] for id_ in ids}


def add_batch(connection: DuckDBPyConnection, names: Sequence[str], order: Sequence[str]) -> None:
    """Add articles of the library that came to be in `order`."""
    documents = [document(name, f"{order.index(name):04}") for name in names]
    add_documents(connection, documents, read)


def add_texts(connection: DuckDBPyConnection, texts: Mapping[str, str], batch: int) -> None:
    """Add texts that came to be as they stand, so many at a time."""
    documents = [
        Document(id=name, order=f"{place:04}", text=text)
        for place, (name, text) in enumerate(texts.items())
    ]
    for start in range(0, len(documents), batch):
        some = documents[start : start + batch]
        add_documents(connection, some, lambda ids: {id_: texts[id_] for id_ in ids})


def grouping(connection: DuckDBPyConnection) -> list[tuple[object, ...]]:
    """Return all that is said of articles and of clusters."""
    duplicates = connection.execute("FROM core.duplicate ORDER BY article_id").fetchall()
    crowns = "SELECT cluster_id, canonical_id, rule, evidence FROM core.cluster ORDER BY ALL"
    return duplicates + connection.execute(crowns).fetchall()


def related(connection: DuckDBPyConnection) -> list[tuple[object, ...]]:
    """Return the relations between clusters: both articles, which, and the places."""
    return connection.execute(
        """SELECT c.head_id, p.head_id, r.relation, start_char, end_char, other_start, other_end
        FROM core.relation AS r
        JOIN core.signature AS c ON c.text_no = r.text_no
        JOIN core.signature AS p ON p.text_no = r.other_no
        WHERE c.root_no <> p.root_no
        ORDER BY ALL"""
    ).fetchall()


def clear(connection: DuckDBPyConnection) -> None:
    """Take all articles out, and forget what became of clusters."""
    members = connection.execute("SELECT article_id FROM core.member").fetchall()
    remove_documents(connection, [row[0] for row in members])
    add_documents(connection, [], read)
    connection.execute("DELETE FROM core.cluster_event")


def clusters(connection: DuckDBPyConnection) -> dict[str, str]:
    """Return the earliest article of each one's cluster."""
    rows = connection.execute("""
        SELECT d.article_id, first_value(d.article_id) OVER (
            PARTITION BY d.cluster_id ORDER BY m.order_key, d.article_id
        )
        FROM core.duplicate AS d
        JOIN core.member AS m USING (article_id)
    """).fetchall()
    return dict(rows)
