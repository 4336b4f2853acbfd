import pytest

from crawler.robots import MAX_BYTES, Rules, decode_robots, rules_of


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (200, b"User-agent: *\nDisallow: /a", "User-agent: *\nDisallow: /a"),
        (404, b"<html>not found</html>", ""),
        (403, b"", ""),
        (429, b"", None),
        (500, b"User-agent: *\nAllow: /", None),
        (503, b"", None),
    ],
)
def test_status_decides_as_the_standard_has_it(
    status: int, body: bytes, expected: str | None
) -> None:
    assert rules_of(status, body) == expected


def test_gbk_rules_forbid_what_they_name_and_no_more() -> None:
    rules = Rules(decode_robots("User-agent: *\nDisallow: /法律/".encode("gbk")))
    assert not rules.allows("http://a.cn/%E6%B3%95%E5%BE%8B/1.html")
    assert rules.allows("http://a.cn/ok")


def test_a_byte_order_mark_does_not_hide_the_first_rule() -> None:
    rules = Rules(decode_robots("\ufeffUser-agent: *\nDisallow: /x".encode()))
    assert not rules.allows("http://a.cn/x")


def test_only_the_first_512_kib_count() -> None:
    body = b"User-agent: *\nDisallow: /early\n" + b"Disallow: /filler\n" * 40_000
    text = decode_robots(body + b"Disallow: /late\n")
    assert len(text) <= MAX_BYTES
    assert "/early" in text
    assert "/late" not in text
    assert text.rsplit("\n", 1)[-1] in {"", "Disallow: /filler"}


def test_our_own_rules_come_before_everybodys() -> None:
    rules = Rules(
        "User-agent: *\nDisallow: /\n\nUser-agent: fatiao\nDisallow: /no\nCrawl-delay: 300\n"
        "Sitemap: http://a.cn/map.xml"
    )
    assert rules.allows("http://a.cn/yes")
    assert not rules.allows("http://a.cn/no")
    assert rules.crawl_delay == 60.0
    assert rules.sitemaps == ("http://a.cn/map.xml",)


@pytest.mark.parametrize("text", ["", "\0\xff", "Disallow", "User-agent: *\nCrawl-delay: soon"])
def test_garbage_allows_everything(text: str) -> None:
    rules = Rules(text)
    assert rules.allows("http://a.cn/any")
    assert rules.crawl_delay is None
