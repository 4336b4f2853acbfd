"""Which article of a cluster is the original, by which evidence, and what stays when it changes."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from random import Random

import pytest
from duckdb import DuckDBPyConnection

from warehouse.clusters import Document, add_documents, remove_documents
from warehouse.store import open_warehouse


def _text(seed: str) -> str:
    chance = Random(seed)  # noqa: S311 - texts for a test
    lines = ("".join(map(chr, chance.choices(range(0x4E00, 0x5600), k=30))) for _ in range(12))
    return "\n".join(lines)


def _article(
    name: str, day: str, seen: int, text: str = "a", *, credit: str = "", time: str = ""
) -> Document:
    """Return an article of the site that its name begins with."""
    site = name.partition("-")[0]
    return Document(
        id=name,
        order=f"{day} {time or '00:00'} {name}",
        text=f"{_text(text)}\n{credit}",
        seen=f"{seen:03}",
        source=site,
        day=day,
        is_timed=bool(time),
        names=(site, f"{site}.example"),
    )


@pytest.fixture(name="db")
def _empty_warehouse() -> Iterator[DuckDBPyConnection]:
    with open_warehouse(":memory:") as connection:
        yield connection


def _read(texts: Mapping[str, str], ids: Sequence[str]) -> dict[str, str]:
    return {id_: texts[id_] for id_ in ids}


def _add(db: DuckDBPyConnection, *articles: Document) -> None:
    """Add articles one by one, as runs find them."""
    for place, article in enumerate(articles):
        texts = {one.id: one.text for one in articles[: place + 1]}
        add_documents(db, [article], partial(_read, texts))


def _crowns(db: DuckDBPyConnection) -> list[tuple[object, ...]]:
    return db.execute(
        "SELECT cluster_id, canonical_id, rule, evidence FROM core.cluster ORDER BY ALL"
    ).fetchall()


def _events(db: DuckDBPyConnection) -> list[tuple[object, ...]]:
    return db.execute("SELECT what, cluster_id, other_id FROM core.cluster_event").fetchall()


def test_a_later_find_with_an_earlier_date_takes_the_crown_and_not_the_name(
    db: DuckDBPyConnection,
) -> None:
    _add(db, _article("late", "2024-05-02", 1), _article("early", "2023-01-09", 2))
    assert _crowns(db) == [("late", "early", "dated", "2023-01-09 < 2024-05-02")]
    assert _events(db) == [("crowned", "late", "early")]
    _add(db, _article("mid", "2023-06-01", 3), _article("first", "2022-01-01", 4))
    assert _crowns(db) == [("late", "first", "dated", "2022-01-01 < 2023-01-09")]
    assert _events(db)[1:] == [("crowned", "late", "first")]


def test_the_site_that_others_name_is_the_original_whatever_the_dates(
    db: DuckDBPyConnection,
) -> None:
    _add(
        db,
        _article("copy", "2023-01-01", 1, credit="来源：beiqiao"),
        _article("beiqiao", "2024-01-01", 2),
        _article("third", "2023-05-01", 3, credit="本文首发于 https://www.beiqiao.example/1.html"),
    )
    assert _crowns(db) == [("copy", "beiqiao", "named", "beiqiao × 2")]
    rows = db.execute(
        "SELECT article_id, relation, matched_id FROM core.duplicate ORDER BY article_id"
    ).fetchall()
    assert rows[0] == ("beiqiao", "original", None)
    assert {row[0] for row in rows[1:] if row[2] is not None} == {"copy", "third"}


def test_of_one_day_what_says_that_it_was_taken_from_elsewhere_is_not_the_original(
    db: DuckDBPyConnection,
) -> None:
    _add(
        db,
        _article("copy", "2023-01-01", 1, credit="转载自：某某日报"),
        _article("other", "2023-01-01", 2),
        _article("later", "2023-02-01", 3),
    )
    assert _crowns(db) == [("copy", "other", "credited", "某某日报")]


def test_a_site_that_names_itself_gives_no_credit(db: DuckDBPyConnection) -> None:
    _add(
        db,
        _article("own", "2023-01-01", 1, credit="来源：own"),
        _article("other", "2023-02-01", 2),
    )
    assert _crowns(db) == [("own", "own", "dated", "2023-01-01 < 2023-02-01")]


def test_of_one_day_the_minute_decides_where_all_tell_it(db: DuckDBPyConnection) -> None:
    _add(
        db,
        _article("noon", "2023-01-01", 1, time="12:00"),
        _article("dawn", "2023-01-01", 2, time="06:00"),
    )
    assert _crowns(db) == [("noon", "dawn", "timed", "2023-01-01")]


def _history(sites: Sequence[str]) -> list[Document]:
    """Return six clusters in which the first site is the original, by date."""
    return [
        _article(f"{site}-{number}", f"2022-0{place + 1}-01", 10 * number + place, f"text{number}")
        for number in range(6)
        for place, site in enumerate(sites)
    ]


def test_of_one_day_the_site_that_is_more_often_the_original_is(db: DuckDBPyConnection) -> None:
    pair = _article("copier", "2023-01-01", 1), _article("writer", "2023-01-01", 2)
    _add(db, *pair)
    assert _crowns(db) == [("copier", "copier", "first", "")]
    history = _history(["writer", "copier"])
    texts = {one.id: one.text for one in (*pair, *history)}
    add_documents(db, history, partial(_read, texts))
    assert ("copier", "writer", "reputed", "1.0 > 0.0") in _crowns(db)
    assert _events(db) == [("crowned", "copier", "writer")]


def test_the_crown_is_the_same_in_whatever_batches(db: DuckDBPyConnection) -> None:
    articles = [
        *_history(["writer", "copier"]),
        _article("copier", "2023-01-01", 1),
        _article("writer", "2023-01-01", 2),
        _article("named", "2023-03-01", 3, credit="转自 copier"),
    ]
    texts = {one.id: one.text for one in articles}
    add_documents(db, articles, partial(_read, texts))
    at_once = _crowns(db)
    remove_documents(db, list(texts))
    add_documents(db, [], lambda _: {})
    assert _crowns(db) == []
    for article in reversed(articles):
        add_documents(db, [article], partial(_read, texts))
    assert _crowns(db) == at_once


def test_when_the_original_is_withdrawn_the_next_is_crowned(db: DuckDBPyConnection) -> None:
    articles = [_article(name, f"2023-0{n}-01", n) for n, name in enumerate("abc", start=1)]
    _add(db, *articles)
    texts = {one.id: one.text for one in articles}
    remove_documents(db, ["a"])
    add_documents(db, [], partial(_read, texts))
    assert _crowns(db) == [("b", "b", "dated", "2023-02-01 < 2023-03-01")]
    assert ("renamed", "a", "b") in _events(db)


def test_a_missing_link_merges_two_clusters_and_without_it_they_split(
    db: DuckDBPyConnection,
) -> None:
    """Each was edited from the one before; the first and the last share too little."""
    first, new, newer = (_text(seed).split("\n") for seed in "abc")
    second = [first[0], *new[1:6], *first[6:]]
    third = [*second[:6], *newer[6:9], *second[9:]]
    texts = {name: "\n".join(one) for name, one in zip("xyz", (first, second, third), strict=True)}
    documents = [
        Document(id=name, order=name, text=text, seen=name, source=name)
        for name, text in texts.items()
    ]
    for some in (documents[::2], documents[1:2]):
        add_documents(db, some, partial(_read, texts))
    assert [row[0] for row in _crowns(db)] == ["x"]
    assert ("merged", "z", "x") in _events(db)
    remove_documents(db, ["y"])
    add_documents(db, [], partial(_read, texts))
    assert _crowns(db) == []
    assert _events(db)[-1] == ("split", "x", "z")
