"""Floors on the development gold and the seeds, which lie beside the checkout."""

import pytest

from tests.shared.citations import SHARED, development_scores, seed_rows

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is absent")


def test_citations_of_the_development_gold_are_found_and_resolved() -> None:
    scores = development_scores()
    assert scores["span_relaxed_iou0.5"]["F1"] >= 0.97
    assert scores["norm_article_direct"]["R"] >= 0.95
    assert scores["norm_article"]["F1"] >= 0.79
    assert scores["negative_passages_with_fp"].startswith("0/")


def test_seed_citations_are_as_expected() -> None:
    rows = list(seed_rows())
    assert len(rows) == 13
    assert [words for _, numbers, verdict, words in rows if not (numbers and verdict)] == []
