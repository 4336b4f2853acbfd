"""HTML as browsers take it, and bounds that hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.parse import MAX_CHARS, MAX_TAGS, parse_html


def text_of(html: str) -> str:
    tree = parse_html(html)
    assert tree is not None
    return str(tree.text_content())


@pytest.mark.parametrize(
    "page",
    [
        "<p>律师",
        "律师",
        "<html><body><p>律\x00师</p>",
        "\ufeff<?xml version='1.0' encoding='gb2312'?>\n<html><p>律师</p></html>",
        "<meta charset=gb2312><p>律师</p>",
        "<p>律\ud800师</p>",
        "<div></span><p>律师</div>",
        "<!-- 注 --><!doctype html><p>律师",
    ],
)
def test_what_browsers_take_is_taken(page: str) -> None:
    assert text_of(page).strip() == "律师"


@pytest.mark.parametrize("page", ["", "  \n", "\x00", "<!-- only a comment -->", "\ufeff"])
def test_a_page_without_an_element_is_none(page: str) -> None:
    assert parse_html(page) is None


@pytest.mark.parametrize(
    "page",
    [
        "x" * (MAX_CHARS + 1),
        "<b>" * (MAX_TAGS + 1),
        "<p " + " ".join(f"a{n}=1" for n in range(60_000)) + ">x",
        "<p " + " ".join(f'a{n}=">"' for n in range(60_000)) + ">x",
        "<p " + " ".join(f'"a{n}' for n in range(60_000)) + ">x",
        "<p " + "/".join(f"a{n}" for n in range(60_000)) + ">x",
        "<p " + "".join(f"a{n}='<'" for n in range(60_000)) + ">x",
    ],
    ids=["long", "tags", "attributes", "quoted", "stray quotes", "slashes", "no spaces"],
)
def test_a_page_past_the_bounds_is_none(page: str) -> None:
    assert parse_html(page) is None


def test_deep_nesting_is_survived() -> None:
    tree = parse_html("<div>" * 100_000 + "x")
    assert tree is not None
    assert tree.text_content() is not None


def test_a_picture_in_an_attribute_is_no_attack() -> None:
    assert text_of(f'<p>a<img src="data:image/png;base64,{"A/= " * 100_000}">b</p>') == "ab"


@given(st.text(alphabet="<>/a=\"' \x00é中!-[]?&;#", max_size=80))
def test_parsing_never_raises(page: str) -> None:
    parse_html(page)
