"""Clusters in a real DuckDB warehouse: the same in any batches, right after removals."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from random import Random
from typing import Any
from zlib import crc32

import pytest
from duckdb import DuckDBPyConnection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.shared.crossposts import f1, group, make, pairs
from tests.shared.dedup import cross_site_pairs
from warehouse.clusters import (
    Document,
    add_documents,
    dedup_texts,
    remove_documents,
)
from warehouse.epochs import FIRST_EPOCH
from warehouse.store import open_warehouse, transaction

# Eight texts, and of each a copy and three edits.
BASES = tuple(f"base{number}" for number in range(8))
EDITS = ("", "copied", "edited", "wrapped", "cut")


def _sentences(seed: str, count: int) -> list[str]:
    """Return sentences of 24 characters; like those of real texts, they share few 3-grams."""
    chance = Random(seed)  # noqa: S311 - texts for a test
    return ["".join(map(chr, chance.choices(range(0x4E00, 0x5600), k=24))) for _ in range(count)]


def _text(base: str, edit: str = "") -> str:
    sentences = _sentences(base, 16)
    if edit == "edited":
        sentences[3:5] = _sentences(base + edit, 2)
    if edit == "copied":
        sentences = [f"{sentence}，" for sentence in sentences]
    if edit == "wrapped":
        sentences = ["本站转载，仅供参考。", *sentences, "点击关注我们，了解更多。"]
    if edit == "cut":
        del sentences[11:13]
    return "\n".join(sentences)


# Twenty texts that share one long passage, by four at a time also their beginning and end.
CROWD = tuple(f"crowd{number}" for number in range(20))


def _crowded(name: str) -> str:
    group = f"group{int(name.removeprefix('crowd')) // 4}"
    opening, closing = _sentences(group, 3), _sentences(f"{group}end", 3)
    return "\n".join([*opening, *_sentences(name, 1), *_sentences("passage", 12), *closing])


LIBRARY: Mapping[str, str] = {
    **{name: _crowded(name) for name in CROWD},
    **{f"{base}{edit}": _text(base, edit) for base in BASES for edit in EDITS},
    "empty": "。。。",
    "void": "",
    "one": "法",
    "two": "法",
}


def _document(name: str, order: str) -> Document:
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


def _read(ids: Sequence[str]) -> dict[str, str]:
    return {id_: LIBRARY[id_] for id_ in ids}


def _grouping(connection: DuckDBPyConnection) -> list[tuple[object, ...]]:
    """Return all that is said of articles and of clusters."""
    duplicates = connection.execute("FROM core.duplicate ORDER BY article_id").fetchall()
    return duplicates + connection.execute("FROM core.cluster ORDER BY cluster_id").fetchall()


def _clear(connection: DuckDBPyConnection) -> None:
    members = connection.execute("SELECT article_id FROM core.member").fetchall()
    remove_documents(connection, [row[0] for row in members])
    add_documents(connection, [], _read)
    connection.execute("DELETE FROM core.cluster_event")


def _clusters(connection: DuckDBPyConnection) -> dict[str, str]:
    """Return the earliest article of each one's cluster."""
    rows = connection.execute("""
        SELECT d.article_id, first_value(d.article_id) OVER (
            PARTITION BY d.cluster_id ORDER BY m.order_key, d.article_id
        )
        FROM core.duplicate AS d
        JOIN core.member AS m USING (article_id)
    """).fetchall()
    return dict(rows)


@pytest.fixture(name="warehouse", scope="module")
def _open_warehouse() -> Iterator[DuckDBPyConnection]:
    with open_warehouse(":memory:") as connection:
        yield connection


@pytest.fixture(name="empty")
def _empty_warehouse(warehouse: DuckDBPyConnection) -> DuckDBPyConnection:
    _clear(warehouse)
    return warehouse


CHANGES = [
    (what, name)
    for name in ("base0", "base1", "base0cut", "crowd0")
    for what in ("base0", "base0edited", "base0wrapped", "base1", "base1cut", "withdrawn")
]
NAMES = st.lists(st.sampled_from(sorted(LIBRARY)), unique=True, min_size=1, max_size=40)
CROWDED = st.lists(st.sampled_from(CROWD), unique=True, min_size=10, max_size=FIRST_EPOCH - 1)
FEW = CROWDED | st.lists(st.sampled_from(sorted(LIBRARY)), unique=True, max_size=FIRST_EPOCH - 1)
ONE_WAREHOUSE = settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def _add_batch(connection: DuckDBPyConnection, names: Sequence[str], order: Sequence[str]) -> None:
    documents = [_document(name, f"{order.index(name):04}") for name in names]
    add_documents(connection, documents, _read)


@ONE_WAREHOUSE
@given(names=NAMES, cuts=st.sets(st.integers(1, 39), max_size=6))
def test_any_batches_in_order_give_the_same_clusters_across_epochs(
    warehouse: DuckDBPyConnection, names: list[str], cuts: set[int]
) -> None:
    _clear(warehouse)
    _add_batch(warehouse, names, names)
    at_once = _grouping(warehouse)
    _clear(warehouse)
    edges = [0, *sorted(cut for cut in cuts if cut < len(names)), len(names)]
    for start, end in pairwise(edges):
        _add_batch(warehouse, names[start:end], names)
    assert _grouping(warehouse) == at_once


@ONE_WAREHOUSE
@given(names=FEW, seed=st.integers(0, 1000), size=st.integers(3, 6))
def test_articles_may_come_in_any_order_within_an_epoch(
    warehouse: DuckDBPyConnection, names: list[str], seed: int, size: int
) -> None:
    _clear(warehouse)
    _add_batch(warehouse, names, names)
    at_once = _grouping(warehouse)
    _clear(warehouse)
    mixed = Random(seed).sample(names, len(names))  # noqa: S311 - an order for a test
    for start in range(0, len(mixed), size):
        _add_batch(warehouse, mixed[start : start + size], names)
    assert _grouping(warehouse) == at_once


@ONE_WAREHOUSE
@given(names=FEW, removed=st.sets(st.sampled_from(sorted(LIBRARY))))
def test_after_a_removal_it_is_as_if_the_article_had_never_been_there(
    warehouse: DuckDBPyConnection, names: list[str], removed: set[str]
) -> None:
    _clear(warehouse)
    _add_batch(warehouse, [name for name in names if name not in removed], names)
    without = _grouping(warehouse)
    _clear(warehouse)
    _add_batch(warehouse, names, names)
    remove_documents(warehouse, sorted(removed))
    add_documents(warehouse, [], _read)
    assert _grouping(warehouse) == without


def test_a_text_finds_its_copy_in_a_crowd_that_shares_a_passage(
    empty: DuckDBPyConnection,
) -> None:
    """More than LEADERS texts stand in the buckets of the passage, before either copy."""
    names = [*CROWD[4:19], "crowd1", "crowd0"]
    _add_batch(empty, names, names)
    assert _clusters(empty)["crowd0"] == "crowd1"
    assert len(set(_clusters(empty).values())) == 5


def test_groups_reposts_under_the_one_fetched_first(empty: DuckDBPyConnection) -> None:
    names = ["base1wrapped", "base0", "base1", "base0cut", "base2"]
    _add_batch(empty, names, names)
    assert _clusters(empty) == {
        "base1wrapped": "base1wrapped",
        "base1": "base1wrapped",
        "base0": "base0",
        "base0cut": "base0",
        "base2": "base2",
    }


def test_an_article_that_changes_leaves_its_cluster(empty: DuckDBPyConnection) -> None:
    names = ["base0", "base0cut", "base1"]
    _add_batch(empty, names, names)
    changed = Document(id="base0cut", order="0001", text=LIBRARY["base1edited"])
    add_documents(empty, [changed], lambda ids: {id_: LIBRARY[id_] for id_ in ids})
    assert _clusters(empty) == {"base0": "base0", "base0cut": "base0cut", "base1": "base0cut"}


def test_empty_texts_match_nothing_and_equal_short_ones_each_other() -> None:
    names = ["empty", "void", "one", "two"]
    outcome = dedup_texts([{"id": name, "text": LIBRARY[name]} for name in names])
    assert [row["cluster"] for row in outcome] == ["empty", "void", "one", "one"]
    assert outcome[3]["relation"] == "exact"


def test_one_text_three_hundred_times_is_one_cluster_among_others() -> None:
    rows = [{"id": f"copy{n}", "text": LIBRARY["base0"] + "\n" * n} for n in range(300)]
    rows[150:150] = [{"id": name, "text": LIBRARY[name]} for name in BASES[1:]]
    outcome = dedup_texts(rows)
    assert sum(row["cluster"] == "copy0" for row in outcome) == 300
    assert len({row["cluster"] for row in outcome}) == len(BASES)


def test_one_article_wrapped_in_many_ways_is_one_cluster() -> None:
    rows = [
        {"id": str(n), "text": "\n".join(_sentences(f"head{n}", 1)) + LIBRARY["base0"]}
        for n in range(100)
    ]
    assert {row["cluster"] for row in dedup_texts(rows)} == {"0"}


def test_a_hundred_answers_that_quote_one_long_statute_stay_apart() -> None:
    statute = "\n".join(_sentences("statute", 60))
    rows = [
        {
            "id": str(n),
            "text": "\n".join(
                [*_sentences(f"question{n}", 3), statute, *_sentences(f"answer{n}", 3)]
            ),
        }
        for n in range(100)
    ]
    assert len({row["cluster"] for row in dedup_texts(rows)}) == 100


def test_a_template_with_a_hundred_fillings_is_one_cluster_and_typed() -> None:
    rows = [
        {"id": str(n), "text": "\n".join(name + line for line in _sentences("template", 12))}
        for n, name in enumerate(_names(100))
    ]
    outcome = dedup_texts(rows)
    assert {row["cluster"] for row in outcome} == {"0"}
    assert all(row["relation"] == "template" for row in outcome[1:])


def _names(count: int) -> list[str]:
    return [_sentences(f"name{n}", 1)[0][:4] for n in range(count)]


def test_a_text_of_five_megabytes_is_grouped() -> None:
    long = "".join(_sentences("long", 70_000))
    assert len(long.encode()) > 5_000_000
    outcome = dedup_texts([{"id": "a", "text": long}, {"id": "b", "text": "转载：" + long}])
    assert [row["cluster"] for row in outcome] == ["a", "a"]


def test_rows_with_one_id_each_have_an_outcome() -> None:
    rows = [{"id": "same", "text": LIBRARY[name]} for name in ("base0", "base1", "base0")]
    assert [row["relation"] for row in dedup_texts(rows)] == ["original", "original", "exact"]


def test_the_earliest_published_row_is_the_canonical_one() -> None:
    rows = [
        {"id": "undated", "text": LIBRARY["base0"]},
        {"id": "late", "text": LIBRARY["base0"], "published_at": "2024-05-02"},
        {"id": "early", "text": LIBRARY["base0edited"], "published_at": "2023-01-09"},
    ]
    outcome = dedup_texts(rows)
    assert [row["id"] for row in outcome] == ["undated", "late", "early"]
    assert {row["canonical"] for row in outcome} == {"early"}
    assert outcome[2]["similarity"] == 1.0


def test_no_rows_no_outcome() -> None:
    assert dedup_texts([]) == []


def test_an_epoch_is_logged_with_what_it_counted(empty: DuckDBPyConnection) -> None:
    names = [f"{base}{edit}" for base in BASES for edit in EDITS if edit != "copied"]
    _add_batch(empty, names, names)
    epochs = empty.execute(
        "SELECT epoch, size, canonical_texts <= size, bound, judged_texts FROM core.epoch"
    ).fetchall()
    assert epochs == [(2, 32, True, 8, 32)]


@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(changes=st.lists(st.sampled_from(CHANGES), max_size=12), seed=st.integers(0, 99))
def test_additions_changes_and_withdrawals_end_as_a_rebuild_does(
    warehouse: DuckDBPyConnection, changes: list[tuple[str, str]], seed: int
) -> None:
    """Below the first epoch in any order; relations between clusters and crowns too."""
    _clear(warehouse)
    texts: dict[str, str] = {}
    for what, name in Random(seed).sample(changes, len(changes)):  # noqa: S311 - an order
        if what == "withdrawn":
            remove_documents(warehouse, [name])
            texts.pop(name, None)
            add_documents(warehouse, [], lambda ids: {id_: texts[id_] for id_ in ids})
        else:
            texts[name] = LIBRARY[what]
            document = replace(_document(name, name), text=texts[name])
            add_documents(warehouse, [document], lambda ids: {id_: texts[id_] for id_ in ids})
    stepwise = _grouping(warehouse), _related(warehouse)
    _clear(warehouse)
    rebuilt = [replace(_document(name, name), text=text) for name, text in texts.items()]
    add_documents(warehouse, rebuilt, lambda ids: {id_: texts[id_] for id_ in ids})
    assert (_grouping(warehouse), _related(warehouse)) == stepwise


def test_a_new_epoch_judges_all_anew_and_logs_what_it_cost(empty: DuckDBPyConnection) -> None:
    """Thirty answers with one quotation: among few of them nobody knows that it is one."""
    statute = "\n".join(_sentences("statute", 14))
    texts = {
        f"{n:02}": "\n".join([*_sentences(f"q{n}", 2), statute, *_sentences(f"q{n} end", 2)])
        for n in range(30)
    }
    texts |= {"90": LIBRARY["base0"], "91": LIBRARY["base0edited"]}
    _add_texts(empty, texts, 8)
    logged = empty.execute("""
        SELECT epoch, size, judged_texts, judged_pairs > 0, seconds > 0, common_shingles > 0
        FROM core.epoch ORDER BY epoch
    """).fetchall()
    assert logged == [(1, 16, 16, True, True, True), (2, 32, 32, True, True, True)]
    stepwise = _grouping(empty)
    assert len(set(_clusters(empty).values())) == 31
    assert {row[-1] for row in stepwise if len(row) > 4} <= {0, 1, 2}
    _clear(empty)
    _add_texts(empty, texts, 32)
    assert _without_epoch(_grouping(empty)) == _without_epoch(stepwise)


def _without_epoch(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Leave out in which epoch an article's row was last written."""
    return [row[:8] for row in rows]


def test_texts_that_were_all_extracted_anew_are_grouped_as_in_an_empty_warehouse(
    empty: DuckDBPyConnection,
) -> None:
    old, new = ([f"{base}{edit}" for base in BASES for edit in edits] for edits in TWO_EDITIONS)
    stale = [
        Document(id=name, order=f"{place:04}", text=LIBRARY[former])
        for place, (name, former) in enumerate(zip(new, old, strict=True))
    ]
    add_documents(empty, stale, _read)
    _add_batch(empty, new, new)
    anew = _grouping(empty)
    _clear(empty)
    _add_batch(empty, new, new)
    assert _grouping(empty) == anew


TWO_EDITIONS = (("", "wrapped", "edited"), ("edited", "cut", "wrapped"))


def test_finds_the_pairs_that_cross_two_recorded_sites_and_no_other() -> None:
    found, true, outcome = cross_site_pairs()
    assert found == true
    assert sum(row["relation"] == "template" for row in outcome) == 3


def test_finds_the_reposts_among_three_sites_made_here() -> None:
    articles = make(1)
    true = pairs({one.id: one.original for one in articles})
    assert f1(pairs(group(articles, 100)), true) > 0.97


def _related(connection: DuckDBPyConnection) -> list[tuple[object, ...]]:
    return connection.execute(
        """SELECT c.head_id, p.head_id, r.relation, start_char, end_char, other_start, other_end
        FROM core.relation AS r
        JOIN core.signature AS c ON c.text_no = r.text_no
        JOIN core.signature AS p ON p.text_no = r.other_no
        WHERE c.root_no <> p.root_no
        ORDER BY ALL"""
    ).fetchall()


def _quoting(passage: Sequence[str]) -> dict[str, str]:
    """Return an article, one that quotes a passage of it, and one that is but the passage."""
    opening, closing = _sentences("own opening", 12), _sentences("own closing", 12)
    return {
        "source": LIBRARY["base0"],
        "quoting": "\n".join([*opening, *passage, *closing]),
        "excerpt": "\n".join(passage),
    }


def _add_texts(connection: DuckDBPyConnection, texts: Mapping[str, str], batch: int) -> None:
    documents = [
        Document(id=name, order=f"{place:04}", text=text)
        for place, (name, text) in enumerate(texts.items())
    ]
    for start in range(0, len(documents), batch):
        some = documents[start : start + batch]
        add_documents(connection, some, lambda ids: {id_: texts[id_] for id_ in ids})


@pytest.mark.parametrize("batch", [1, 3])
def test_a_shared_passage_is_a_relation_with_its_places_in_both(
    empty: DuckDBPyConnection, batch: int
) -> None:
    passage = _sentences("base0", 16)[6:11]
    texts = _quoting(passage)
    _add_texts(empty, texts, batch)
    found: dict[Any, Any] = {row[:3]: row[3:] for row in _related(empty)}
    assert set(found) == {("excerpt", "quoting", "excerpt"), ("quoting", "source", "quotes")}
    assert _clusters(empty)["excerpt"] == "source"
    start, end, other_start, other_end = found["quoting", "source", "quotes"]
    words = "\n".join(passage)
    assert texts["quoting"][start:end] == texts["source"][other_start:other_end] == words


def test_a_quoted_provision_is_no_shared_passage(empty: DuckDBPyConnection) -> None:
    law = [f"第六百七十{number}条　{words}" for number, words in enumerate(_sentences("law", 5))]
    texts = {
        name: "\n".join([*_sentences(name, 12), *law, *_sentences(f"{name} end", 12)])
        for name in ("one", "other")
    }
    _add_texts(empty, texts, 2)
    assert _related(empty) == []


def test_relations_go_with_the_article_they_name(empty: DuckDBPyConnection) -> None:
    texts = _quoting(_sentences("base0", 16)[6:11])
    _add_texts(empty, texts, 3)
    remove_documents(empty, ["source"])
    add_documents(empty, [], lambda ids: {id_: texts[id_] for id_ in ids})
    assert {row[:2] for row in _related(empty)} == {("excerpt", "quoting")}
    remove_documents(empty, list(texts))
    add_documents(empty, [], lambda _: {})
    assert empty.execute("SELECT count(*) FROM core.fragment").fetchone() == (0,)


def test_inside_a_transaction_the_same_is_found() -> None:
    texts = {"a": _text("base1"), "b": _text("base1", "edited"), "c": _text("base2")}
    documents = [Document(id=id_, order=id_, text=text) for id_, text in texts.items()]
    with open_warehouse(":memory:") as connection, transaction(connection):
        add_documents(connection, documents, lambda ids: {id_: texts[id_] for id_ in ids})
        assert _clusters(connection) == {"a": "a", "b": "a", "c": "c"}
