"""The targets on real pages: what `make seeds` and `make sites` print, asserted."""

from pathlib import Path

import pytest

from tests.shared import seeds, sites


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> sites.Outcome:
    return sites.crawl_and_compare(tmp_path_factory.mktemp("sites"))


def test_every_seed_page_comes_out_as_expected(tmp_path: Path) -> None:
    results = seeds.crawl_and_compare(tmp_path)
    assert len(results) == 5
    assert [one for one in results if not one.is_right] == []


@pytest.mark.parametrize("name", sites.SITES)
def test_a_recorded_site_is_found_whole_and_cheaply(outcome: sites.Outcome, name: str) -> None:
    (site,) = [one for one in outcome.sites if one.name == name]
    assert site.recall == 1.0
    assert site.pages_each <= 1.6
    assert site.text_f1 >= 0.985
    assert site.dates >= 0.95
    assert site.kind_precision >= 0.99
    assert site.kind_recall >= 0.99


def test_reposts_across_the_sites_are_those_of_the_gold(outcome: sites.Outcome) -> None:
    assert (outcome.pairs_found, outcome.pairs_wrong) == (outcome.pairs_gold, 0)
