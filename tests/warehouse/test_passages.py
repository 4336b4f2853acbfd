"""Passages that articles of different clusters share, with their places in both."""

from collections.abc import Sequence
from typing import Any

import pytest
from duckdb import DuckDBPyConnection

from tests.warehouse.library import (
    LIBRARY,
    add_texts,
    clusters,
    related,
    sentences,
)
from warehouse.clusters import add_documents, remove_documents


def _quoting(passage: Sequence[str]) -> dict[str, str]:
    """Return an article, one that quotes a passage of it, and one that is but the passage."""
    opening, closing = sentences("own opening", 12), sentences("own closing", 12)
    return {
        "source": LIBRARY["base0"],
        "quoting": "\n".join([*opening, *passage, *closing]),
        "excerpt": "\n".join(passage),
    }


@pytest.mark.parametrize("batch", [1, 3])
def test_a_shared_passage_is_a_relation_with_its_places_in_both(
    empty: DuckDBPyConnection, batch: int
) -> None:
    passage = sentences("base0", 16)[6:11]
    texts = _quoting(passage)
    add_texts(empty, texts, batch)
    found: dict[Any, Any] = {row[:3]: row[3:] for row in related(empty)}
    assert set(found) == {("excerpt", "quoting", "excerpt"), ("quoting", "source", "quotes")}
    assert clusters(empty)["excerpt"] == "source"
    start, end, other_start, other_end = found["quoting", "source", "quotes"]
    words = "\n".join(passage)
    assert texts["quoting"][start:end] == texts["source"][other_start:other_end] == words


def test_a_quoted_provision_is_no_shared_passage(empty: DuckDBPyConnection) -> None:
    law = [f"第六百七十{number}条　{words}" for number, words in enumerate(sentences("law", 5))]
    texts = {
        name: "\n".join([*sentences(name, 12), *law, *sentences(f"{name} end", 12)])
        for name in ("one", "other")
    }
    add_texts(empty, texts, 2)
    assert related(empty) == []


def test_relations_go_with_the_article_they_name(empty: DuckDBPyConnection) -> None:
    texts = _quoting(sentences("base0", 16)[6:11])
    add_texts(empty, texts, 3)
    remove_documents(empty, ["source"])
    add_documents(empty, [], lambda ids: {id_: texts[id_] for id_ in ids})
    assert {row[:2] for row in related(empty)} == {("excerpt", "quoting")}
    remove_documents(empty, list(texts))
    add_documents(empty, [], lambda _: {})
    assert empty.execute("SELECT count(*) FROM core.fragment").fetchone() == (0,)
