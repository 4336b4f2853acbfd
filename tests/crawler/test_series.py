"""Which addresses are parts of one article, and which only look so."""

import pytest

from crawler.parse import parse_html
from crawler.series import Series, address_of, part_number, read_series

SITE = "http://law.example"
SPLIT = {  # where, what it links to: the first part, this one's number, how many there are
    ("/a/12.html", "共3页: <a href=12_2.html>2</a> <a href=12_3.html>3</a>"): ("/a/12.html", 1, 3),
    ("/a/12_2.html", "<a href=12.html>上一页</a><a href=12_3.html>下一页</a>"): (
        "/a/12.html",
        2,
        3,
    ),
    ("/a/12.html", "共5页 <a href=12_2.html>下一页</a>"): ("/a/12.html", 1, 5),
    ("/a/12_3.html", "<a href=12_2.html>[2]</a>"): ("/a/12.html", 3, 3),
    ("/a/12-2.html", "<a href=12.html>1</a>"): ("/a/12.html", 2, 2),
    ("/thread-9-1-1.html", "<a href=thread-9-2-1.html>2</a>"): ("/thread-9-1-1.html", 1, 2),
    ("/thread-9-2-1.html", "<a href=thread-9-1-1.html>1</a>"): ("/thread-9-1-1.html", 2, 2),
    ("/show-4-88-2.html", "<a href=show-4-88-1.html>上一页</a>"): ("/show-4-88-1.html", 2, 2),
    ("/?id=7", "<a href='/?id=7&page=2'>›</a>"): ("/?id=7", 1, 2),
    ("/?id=7&page=2", "<a href='/?id=7&page=1'>1</a>"): ("/?id=7", 2, 2),
    ("/post/loan/", "<a href=/post/loan/2/>2</a>"): ("/post/loan/", 1, 2),
    ("/post/loan/2/", "<a href=/post/loan/>1</a>"): ("/post/loan/", 2, 2),
    ("/post/loan/2/", "<link rel=prev href=/post/loan/><a href=/post/loan/3/>»</a>"): (
        "/post/loan/",
        2,
        3,
    ),
    ("/a/12.html", "<link rel=next href=12_2.html>"): ("/a/12.html", 1, 2),
}
WHOLE = {
    "the next article": ("/a/12.html", "<a href=13.html>下一页</a><a href=11.html>上一页</a>"),
    "numbers of articles": ("/law/6.html", "<a href=7.html>7</a><a href=/law/5.html>5</a>"),
    "a number that is another's": ("/a/12.html", "<a href=12_3.html>2</a>"),
    "pages of comments": ("/post/7/", "<a href=/post/7/comment-page-2/>2</a>"),
    "a related article": ("/a/12.html", "<a href=12_2.html>借款合同的第二个问题</a>"),
    "another site": ("/a/12.html", "<a href=http://other.example/a/12_2.html>2</a>"),
    "numbered posts": ("/archives/5", "<link rel=prev href=4><link rel=next href=/archives/6>"),
    "numbered posts with a slash": ("/archives/5/", "<a href=/archives/6/>»</a>"),
    "posts told by a parameter": ("/?p=12", "<a href=/>首页</a><link rel=next href='/?p=13'>"),
    "a list": ("/a/12.html", "<a href=/list_2.html>2</a><a href=/list_3.html>3</a>"),
}


def _read(path: str, links: str) -> Series | None:
    tree = parse_html(f"<html><body><p>正文</p><div>{links}</div></body></html>")
    assert tree is not None
    return read_series(tree, SITE + path)


@pytest.mark.parametrize(("path", "links"), SPLIT)
def test_parts_are_known_by_address_and_link_together(path: str, links: str) -> None:
    first, number, total = SPLIT[path, links]
    found = _read(path, links)

    assert found is not None
    assert (found.first, found.number, found.total) == (SITE + first, number, total)


@pytest.mark.parametrize("name", WHOLE)
def test_what_only_looks_like_parts_is_none(name: str) -> None:
    assert _read(*WHOLE[name]) is None


def test_the_address_of_a_part_that_is_not_linked_follows_from_one_that_is() -> None:
    series = _read("/a/12.html", "<a href=12_2.html>下一页</a>")

    assert series is not None
    assert address_of(series, 3) == f"{SITE}/a/12_3.html"
    assert address_of(series, 1) == f"{SITE}/a/12.html"


def test_a_part_number_is_that_of_the_same_article_only() -> None:
    assert part_number(f"{SITE}/a/12.html", f"{SITE}/a/12_3.html") == 3
    assert part_number(f"{SITE}/a/12.html", f"{SITE}/a/13_3.html") is None
    assert part_number(f"{SITE}/a/12.html", f"{SITE}/a/12_3000.html") is None
