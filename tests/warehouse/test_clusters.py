"""Clusters in a real DuckDB warehouse: which articles are one, and hard crowds."""

from duckdb import DuckDBPyConnection

from tests.shared.crossposts import f1, group, make, pairs
from tests.shared.dedup import cross_site_pairs
from tests.warehouse.library import (
    BASES,
    CROWD,
    LIBRARY,
    add_batch,
    clusters,
    sentences,
    text_of,
)
from warehouse.clusters import Document, add_documents, dedup_texts
from warehouse.store import open_warehouse, transaction


def test_a_text_finds_its_copy_in_a_crowd_that_shares_a_passage(
    empty: DuckDBPyConnection,
) -> None:
    """More than LEADERS texts stand in the buckets of the passage, before either copy."""
    names = [*CROWD[4:19], "crowd1", "crowd0"]
    add_batch(empty, names, names)
    assert clusters(empty)["crowd0"] == "crowd1"
    assert len(set(clusters(empty).values())) == 5


def test_groups_reposts_under_the_one_fetched_first(empty: DuckDBPyConnection) -> None:
    names = ["base1wrapped", "base0", "base1", "base0cut", "base2"]
    add_batch(empty, names, names)
    assert clusters(empty) == {
        "base1wrapped": "base1wrapped",
        "base1": "base1wrapped",
        "base0": "base0",
        "base0cut": "base0",
        "base2": "base2",
    }


def test_an_article_that_changes_leaves_its_cluster(empty: DuckDBPyConnection) -> None:
    names = ["base0", "base0cut", "base1"]
    add_batch(empty, names, names)
    changed = Document(id="base0cut", order="0001", text=LIBRARY["base1edited"])
    add_documents(empty, [changed], lambda ids: {id_: LIBRARY[id_] for id_ in ids})
    assert clusters(empty) == {"base0": "base0", "base0cut": "base0cut", "base1": "base0cut"}


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
        {"id": str(n), "text": "\n".join(sentences(f"head{n}", 1)) + LIBRARY["base0"]}
        for n in range(100)
    ]
    assert {row["cluster"] for row in dedup_texts(rows)} == {"0"}


def test_a_hundred_answers_that_quote_one_long_statute_stay_apart() -> None:
    statute = "\n".join(sentences("statute", 60))
    rows = [
        {
            "id": str(n),
            "text": "\n".join(
                [*sentences(f"question{n}", 3), statute, *sentences(f"answer{n}", 3)]
            ),
        }
        for n in range(100)
    ]
    assert len({row["cluster"] for row in dedup_texts(rows)}) == 100


def test_a_template_with_a_hundred_fillings_is_one_cluster_and_typed() -> None:
    rows = [
        {"id": str(n), "text": "\n".join(name + line for line in sentences("template", 12))}
        for n, name in enumerate(_names(100))
    ]
    outcome = dedup_texts(rows)
    assert {row["cluster"] for row in outcome} == {"0"}
    assert all(row["relation"] == "template" for row in outcome[1:])


def _names(count: int) -> list[str]:
    return [sentences(f"name{n}", 1)[0][:4] for n in range(count)]


def test_a_text_of_five_megabytes_is_grouped() -> None:
    long = "".join(sentences("long", 70_000))
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


def test_finds_the_pairs_that_cross_two_recorded_sites_and_no_other() -> None:
    found, true, outcome = cross_site_pairs()
    assert found == true
    assert sum(row["relation"] == "template" for row in outcome) == 3


def test_finds_the_reposts_among_three_sites_made_here() -> None:
    articles = make(1)
    true = pairs({one.id: one.original for one in articles})
    assert f1(pairs(group(articles, 100)), true) > 0.97


def test_inside_a_transaction_the_same_is_found() -> None:
    texts = {"a": text_of("base1"), "b": text_of("base1", "edited"), "c": text_of("base2")}
    documents = [Document(id=id_, order=id_, text=text) for id_, text in texts.items()]
    with open_warehouse(":memory:") as connection, transaction(connection):
        add_documents(connection, documents, lambda ids: {id_: texts[id_] for id_ in ids})
        assert clusters(connection) == {"a": "a", "b": "a", "c": "c"}
