"""The laws of grouping: the same in any batches, right after changes and withdrawals; epochs."""

from dataclasses import replace
from itertools import pairwise
from random import Random

from duckdb import DuckDBPyConnection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warehouse.library import (
    BASES,
    CROWD,
    EDITS,
    LIBRARY,
    REWORDED,
    add_batch,
    add_texts,
    clear,
    clusters,
    document,
    grouping,
    read,
    related,
    sentences,
)
from warehouse.clusters import Document, add_documents, remove_documents
from warehouse.epochs import FIRST_EPOCH

CHANGES = [
    (what, name)
    for name in ("base0", "base1", "base0cut", "crowd0")
    for what in ("base0", "base0edited", "base0wrapped", "base1", "base1cut", "withdrawn")
]


NAMES = st.lists(st.sampled_from(sorted(LIBRARY)), unique=True, min_size=1, max_size=40)


CROWDED = st.lists(
    st.sampled_from(CROWD + REWORDED), unique=True, min_size=10, max_size=FIRST_EPOCH - 1
)


FEW = CROWDED | st.lists(st.sampled_from(sorted(LIBRARY)), unique=True, max_size=FIRST_EPOCH - 1)


ONE_WAREHOUSE = settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@ONE_WAREHOUSE
@given(names=NAMES, cuts=st.sets(st.integers(1, 39), max_size=6))
def test_any_batches_in_order_give_the_same_clusters_across_epochs(
    warehouse: DuckDBPyConnection, names: list[str], cuts: set[int]
) -> None:
    clear(warehouse)
    add_batch(warehouse, names, names)
    at_once = grouping(warehouse)
    clear(warehouse)
    edges = [0, *sorted(cut for cut in cuts if cut < len(names)), len(names)]
    for start, end in pairwise(edges):
        add_batch(warehouse, names[start:end], names)
    assert grouping(warehouse) == at_once


@ONE_WAREHOUSE
@given(names=FEW, seed=st.integers(0, 1000), size=st.integers(3, 6))
def test_articles_may_come_in_any_order_within_an_epoch(
    warehouse: DuckDBPyConnection, names: list[str], seed: int, size: int
) -> None:
    clear(warehouse)
    add_batch(warehouse, names, names)
    at_once = grouping(warehouse)
    clear(warehouse)
    mixed = Random(seed).sample(names, len(names))  # noqa: S311 - an order for a test
    for start in range(0, len(mixed), size):
        add_batch(warehouse, mixed[start : start + size], names)
    assert grouping(warehouse) == at_once


@ONE_WAREHOUSE
@given(names=FEW, removed=st.sets(st.sampled_from(sorted(LIBRARY))))
def test_after_a_removal_it_is_as_if_the_article_had_never_been_there(
    warehouse: DuckDBPyConnection, names: list[str], removed: set[str]
) -> None:
    clear(warehouse)
    add_batch(warehouse, [name for name in names if name not in removed], names)
    without = grouping(warehouse)
    clear(warehouse)
    add_batch(warehouse, names, names)
    remove_documents(warehouse, sorted(removed))
    add_documents(warehouse, [], read)
    assert grouping(warehouse) == without


@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(changes=st.lists(st.sampled_from(CHANGES), max_size=12), seed=st.integers(0, 99))
def test_additions_changes_and_withdrawals_end_as_a_rebuild_does(
    warehouse: DuckDBPyConnection, changes: list[tuple[str, str]], seed: int
) -> None:
    """Below the first epoch in any order; relations between clusters and crowns too."""
    clear(warehouse)
    texts: dict[str, str] = {}
    for what, name in Random(seed).sample(changes, len(changes)):  # noqa: S311 - an order
        if what == "withdrawn":
            remove_documents(warehouse, [name])
            texts.pop(name, None)
            add_documents(warehouse, [], lambda ids: {id_: texts[id_] for id_ in ids})
        else:
            texts[name] = LIBRARY[what]
            changed = replace(document(name, name), text=texts[name])
            add_documents(warehouse, [changed], lambda ids: {id_: texts[id_] for id_ in ids})
    stepwise = grouping(warehouse), related(warehouse)
    clear(warehouse)
    rebuilt = [replace(document(name, name), text=text) for name, text in texts.items()]
    add_documents(warehouse, rebuilt, lambda ids: {id_: texts[id_] for id_ in ids})
    assert (grouping(warehouse), related(warehouse)) == stepwise


def test_an_epoch_is_logged_with_what_it_counted(empty: DuckDBPyConnection) -> None:
    names = [f"{base}{edit}" for base in BASES for edit in EDITS if edit != "copied"]
    add_batch(empty, names, names)
    epochs = empty.execute(
        "SELECT epoch, size, canonical_texts <= size, bound, judged_texts FROM core.epoch"
    ).fetchall()
    assert epochs == [(2, 32, True, 8, 32)]


def test_a_new_epoch_judges_all_anew_and_logs_what_it_cost(empty: DuckDBPyConnection) -> None:
    """Thirty answers with one quotation: among few of them nobody knows that it is one."""
    statute = "\n".join(sentences("statute", 14))
    texts = {
        f"{n:02}": "\n".join([*sentences(f"q{n}", 2), statute, *sentences(f"q{n} end", 2)])
        for n in range(30)
    }
    texts |= {"90": LIBRARY["base0"], "91": LIBRARY["base0edited"]}
    add_texts(empty, texts, 8)
    logged = empty.execute("""
        SELECT epoch, size, judged_texts, judged_pairs > 0, seconds > 0, common_shingles > 0
        FROM core.epoch ORDER BY epoch
    """).fetchall()
    assert logged == [(1, 16, 16, True, True, True), (2, 32, 32, True, True, True)]
    stepwise = grouping(empty)
    assert len(set(clusters(empty).values())) == 31
    assert {row[-1] for row in stepwise if len(row) > 4} <= {0, 1, 2}
    clear(empty)
    add_texts(empty, texts, 32)
    assert _without_epoch(grouping(empty)) == _without_epoch(stepwise)


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
    add_documents(empty, stale, read)
    add_batch(empty, new, new)
    anew = grouping(empty)
    clear(empty)
    add_batch(empty, new, new)
    assert grouping(empty) == anew


TWO_EDITIONS = (("", "wrapped", "edited"), ("edited", "cut", "wrapped"))
