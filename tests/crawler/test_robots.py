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


_EXAMPLES = (
    # rules, path, the rule that decides: RFC 9309 §2.2.2 and §5.2
    ("Disallow: /a\nAllow: /a/b", "/a/b/c", "allow: /a/b"),  # the longest one, wherever it stands
    ("Allow: /a/b\nDisallow: /a", "/a/c", "disallow: /a"),
    ("Disallow: /a/b\nAllow: /a", "/a/b", "disallow: /a/b"),
    ("Disallow: /same\nAllow: /same", "/same", "allow: /same"),  # of two as long, the kinder one
    ("Disallow: /*.php$", "/x/index.php", "disallow: /*.php$"),
    ("Disallow: /*.php$", "/x/index.php?a=1", None),
    ("Disallow: /*.php", "/x/index.php?a=1", "disallow: /*.php"),
    ("Disallow: /print*article", "/print/old/article/3", "disallow: /print*article"),
    ("Disallow: /a$", "/a", "disallow: /a$"),
    ("Disallow: /a$", "/ab", None),
    ("Disallow: /*?*sort=", "/list?page=2&sort=new", "disallow: /*%3F*sort="),
    ("Disallow: /\nAllow: /$", "/", "allow: /$"),
    ("Disallow: /\nAllow: /$", "/x", "disallow: /"),
    ("Disallow:", "/any", None),
    ("Disallow: /Admin", "/admin", None),  # paths keep their case
    ("disallow : /x # a remark", "/x/y", "disallow: /x"),
    ("Disallow: /%E6%B3%95", "/法/1", "disallow: /%E6%B3%95"),
    ("Disallow: /法", "/%e6%b3%95/1", "disallow: /%E6%B3%95"),
    ("Disallow: /a%2Fb", "/a/b", None),  # an escaped slash is no slash
    ("Noindex: /x\nDisallow: /y", "/x", None),
)


@pytest.mark.parametrize(("rules", "path", "expected"), _EXAMPLES)
def test_the_rule_that_decides_is_the_standards(
    rules: str, path: str, expected: str | None
) -> None:
    parsed = Rules(f"User-agent: *\n{rules}\n")
    url = f"http://a.cn{path}"
    assert parsed.rule_for(url) == expected
    assert parsed.allows(url) is not (expected or "").startswith("disallow")


@pytest.mark.parametrize(
    "agent", ["fatiao", "FaTiao", "fatiao/1.0", "fatiao 2", "Fatiao/0.1 (+mail)", " fatiao # us"]
)
def test_a_group_that_names_us_holds_whatever_version_it_names(agent: str) -> None:
    text = f"User-agent: {agent}\nDisallow: /no\n\nUser-agent: *\nDisallow: /\n"
    assert Rules(text).rule_for("http://a.cn/no") == "disallow: /no"
    assert Rules(text).allows("http://a.cn/yes")


@pytest.mark.parametrize("agent", ["fatiaobot", "notfatiao", "fatiao2", "my-fatiao"])
def test_a_group_of_another_name_is_not_ours(agent: str) -> None:
    assert Rules(f"User-agent: {agent}\nDisallow: /\n").allows("http://a.cn/x")


def test_groups_of_one_name_are_one_and_several_names_may_share_a_group() -> None:
    rules = Rules(
        "User-agent: fatiao\nDisallow: /a\n\nUser-agent: Baiduspider\nUser-agent: fatiao\n"
        "Disallow: /b\n\nUser-agent: *\nDisallow: /c\n"
    )
    forbidden = [path for path in "abc" if not rules.allows(f"http://a.cn/{path}")]
    assert forbidden == ["a", "b"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_in_any_way(end: str) -> None:
    text = end.join(("User-agent: *", "", "# 说明", "Disallow: /x", "Crawl-delay: 5", ""))
    assert Rules(text).rule_for("http://a.cn/x") == "disallow: /x"
    assert Rules(text).crawl_delay == 5.0


def test_at_no_robots_txt_of_half_a_megabyte_does_a_decision_take_long() -> None:
    """Bounded by construction: the cap in bytes comes before the parser (S18)."""
    body = b"User-agent: *\n" + b"Disallow: /*a*a*a*a*a*a*a*a*b$\n" * 20_000
    rules = Rules(decode_robots(body))
    assert rules.rule_for("http://a.cn/" + "a" * 2_000) is None
