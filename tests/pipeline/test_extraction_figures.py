"""The figures promised for extraction hold on the pages beside the checkout."""

import pytest

from tests.shared.extraction import (
    SHARED,
    SITES,
    score_development,
    score_seeds,
    score_site,
)

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is absent")


def test_every_seed_comes_out_whole_and_clean() -> None:
    for seed in score_seeds():
        assert (seed.title, seed.author, seed.category, seed.date) == (True, True, True, True), seed
        assert seed.line_f1 >= 0.98, seed
        assert not seed.leaked, seed


@pytest.mark.parametrize("name", SITES)
def test_recorded_sites_come_out_as_recorded(name: str) -> None:
    site = score_site(name)

    assert site.extracted == site.articles
    assert site.text_f1 >= 0.99
    assert site.dates >= 0.95
    assert (site.titles, site.categories) == (1, 1)


# The scorer that lies with the pages leaves its files to the garbage collector.
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_development_pages_come_out_better_than_from_any_single_tool() -> None:
    figures = score_development()["all"]

    # The best of twelve measured tools: F1 .969, line F1 .908, title .956.
    assert figures["F"] >= 0.98
    assert figures["LF"] >= 0.97
    assert figures["leak"] <= 0.01
    assert figures["title"] >= 0.97
    assert figures["date"] >= 0.97
