"""Articles, lists, block pages and errors, in the markup of many content systems."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.kind import Judgement, Kind, judge
from crawler.parse import parse_html
from tests.crawler.kind_pages import ARTICLES, BLOCKS, ERRORS, HEADLINE, HOME, LISTS


def judged(html: str, path: str = "/hf/177001.html", status: int = 200) -> Judgement:
    return judge(parse_html(html), HOME + path, status=status)


@pytest.mark.parametrize("name", ARTICLES)
def test_articles_are_articles(name: str) -> None:
    path = "/archives/1" if name == "Typecho" else "/a/1.html"
    judgement = judged(ARTICLES[name], path)
    assert judgement.kind is Kind.ARTICLE, judgement.evidence


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_lists(name: str) -> None:
    judgement = judged(LISTS[name][1], LISTS[name][0])
    assert judgement.kind is Kind.LISTING, judgement.evidence


@pytest.mark.parametrize("name", BLOCKS)
@pytest.mark.parametrize("status", [200, 403, 503])
def test_pages_that_ask_for_proof_are_blocks(name: str, status: int) -> None:
    assert judged(BLOCKS[name], status=status).kind is Kind.BLOCKED


@pytest.mark.parametrize("name", ERRORS)
def test_errors_under_status_200_are_errors(name: str) -> None:
    judgement = judged(ERRORS[name])
    assert judgement.kind is Kind.ERROR, judgement


def test_the_status_counts() -> None:
    assert judged(ARTICLES["WordPress"], status=404).kind is Kind.ERROR
    assert judge(None, HOME, status=500).kind is Kind.ERROR
    assert judge(None, HOME, status=200).kind is Kind.NOT_HTML


def test_feeds_and_sitemaps_are_told_by_their_root() -> None:
    assert judged("<?xml version='1.0'?><rss><channel></channel></rss>").kind is Kind.FEED
    assert judged("<feed xmlns='http://www.w3.org/2005/Atom'></feed>").kind is Kind.FEED
    assert judged("<urlset><url></url></urlset>").kind is Kind.SITEMAP
    assert judged("<sitemapindex></sitemapindex>").kind is Kind.SITEMAP


def test_a_list_that_calls_it_by_its_headline_speaks_for_an_article() -> None:
    tree = parse_html(ARTICLES["short"])
    alone = judge(tree, HOME + "/a/1.html", status=200)
    known = judge(tree, HOME + "/a/1.html", status=200, link_texts=[HEADLINE])
    assert any("headline's words" in each for each in known.evidence)
    assert len(known.evidence) == len(alone.evidence) + 1


def test_evidence_says_what_for_and_what_against() -> None:
    evidence = judged(ARTICLES["in several pages"]).evidence
    assert any(each.startswith("+") for each in evidence)
    assert any(each.startswith("-") for each in evidence)


@given(st.text(alphabet="<>/aphdiv123 =\"'律师上一篇:下页验证", max_size=120))
def test_judging_never_raises(html: str) -> None:
    judged(html)


HOSTILE = {
    "title": "<title>" + "- -" * 100_000 + "</title><p>x",
    "lines": "<p>"
    + ("<p>很长的一句话，没有标题，也没有链接，但是重复了很多很多次，直到页面的末尾。" * 20_000),
    "links": "<a href=1>一个足够长的链接标题啊</a><br>" * 60_000,
    "digits": "<title>1</title><h1>1</h1><p>" + "1" * 1_000_000,
    "spaces": '<script type="application/ld+json">"@type":' + " " * 1_000_000 + "</script><p>x",
    "depth": "<div>" * 150_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_judged_in_linear_time(name: str) -> None:
    assert judged(HOSTILE[name]).kind in Kind  # anything quadratic would take minutes


def test_the_pages_in_shared_are_told_apart() -> None:
    if not (Path(__file__).resolve().parents[2] / ".." / "shared" / "sites").exists():
        pytest.skip("../shared is absent")
    from tests.shared.kind import cases, score

    groups: dict[str, list[object]] = {}
    for case in cases():
        groups.setdefault(case.group, []).append(case)
    for name, group in groups.items():
        result = score(group)  # type: ignore[arg-type]  # a list of Case
        least = 0.95 if name == "extraction dev" else 0.99
        assert result.precision >= 0.99, result.misses
        assert result.recall >= least, result.misses
