"""One spelling a page, whose host it is, and its shape."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.sources import Source
from crawler.url_rules import UrlRules
from crawler.url_shape import url_shape
from crawler.urls import (
    CanonicalUrl,
    article_id,
    canonicalize,
    host_key,
    in_scope,
    is_asset,
    respell,
)

SAME = [
    ("HTTP://WWW.Site.CN:80/a/../b//c.html#top", "http://www.site.cn/b/c.html"),
    ("https://site.cn", "https://site.cn/"),
    ("https://site.cn:443/?", "https://site.cn/"),
    ("http://site.cn./x", "http://site.cn/x"),
    ("http://site.cn/a?utm_source=x&id=7&spm=a.b&from=timeline&isappinstalled=0", "http://site.cn/a?id=7"),
    ("http://site.cn/?p=12&replytocom=99", "http://site.cn/?p=12"),
    ("http://site.cn/list?page=2&cat=1", "http://site.cn/list?cat=1&page=2"),
    ("http://site.cn/list?from=40", "http://site.cn/list?from=40"),
    ("http://site.cn/forum.php?mod=viewthread&tid=5&extra=page%3D1&mobile=2", "http://site.cn/forum.php?mod=viewthread&tid=5"),
    ("http://site.cn/a?id=7&chksm=0ab1&scene=21&ivk_sa=1024320u&spm_id_from=333.1", "http://site.cn/a?id=7"),
    ("http://site.cn/a?id=7&share_uid=9&bd_vid=12&timestamp=1700000000&PHPSESSID=ab1", "http://site.cn/a?id=7"),
    ("http://site.cn/a?id=7&fr=aladdin&timestamp=5&scene=rent", "http://site.cn/a?id=7&scene=rent&timestamp=5"),
    ("http://site.cn/tags/利息", "http://site.cn/tags/%E5%88%A9%E6%81%AF"),
    ("http://site.cn/tags/%e5%88%a9%E6%81%AF", "http://site.cn/tags/%E5%88%A9%E6%81%AF"),
    ("http://site.cn/%C0%FB%cf%a2", "http://site.cn/%C0%FB%CF%A2"),  # GBK stays as it is
    ("http://site.cn/%7Ea/100%/b c", "http://site.cn/~a/100%25/b%20c"),
    ("http://site.cn/a?x=1&amp;y=2", "http://site.cn/a?x=1&y=2"),
    ("http://site.cn/s;jsessionid=A1B2?id=3", "http://site.cn/s?id=3"),
    ("http://律师.中国/a", "http://xn--etto7a.xn--fiqs8s/a"),
    ("http://[::1]:8101/a", "http://[::1]:8101/a"),
    ("  http://site.cn/a\n", "http://site.cn/a"),
    ("http:\\\\site.cn\\a", "http://site.cn/a"),
    ("http://site.cn/a?b[]=2&b[]=1", "http://site.cn/a?b[]=2&b[]=1"),
]  # fmt: skip

REFUSED = [
    "javascript:void(0)", "mailto:a@b.cn", "tel:123", "ftp://site.cn/", "file:///etc/passwd",
    "http://", "http:///a", "http://[::1", "http://a:99999/", "http://a:b/", "http://a b/",
    "data:text/html,x", "http://user:pw@site.cn/", "//", "",
    "http://site.cn/" + "a" * 3000, "http://site..cn/", "http://[1::2::3]/", "http://a:0/",
]  # fmt: skip


@pytest.mark.parametrize(("url", "canonical"), SAME)
def test_a_page_has_one_spelling(url: str, canonical: str) -> None:
    assert canonicalize(url) == canonical


@pytest.mark.parametrize("url", REFUSED)
def test_what_is_no_page_is_refused(url: str) -> None:
    assert canonicalize(url) is None


def test_links_are_read_relative_to_their_page() -> None:
    base = "http://site.cn/list/index.html?page=2"
    assert canonicalize("../hf/1.html", base) == "http://site.cn/hf/1.html"
    assert canonicalize("?page=3", base) == "http://site.cn/list/index.html?page=3"
    assert canonicalize("//m.site.cn/a", base) == "http://m.site.cn/a"
    assert canonicalize("#top", base) == "http://site.cn/list/index.html?page=2"


@given(st.text(max_size=60))
def test_canonicalizing_never_raises(text: str) -> None:
    canonicalize(text)
    canonicalize(text, "http://site.cn/a/b")


url_parts = st.text(alphabet="abAB09/.-_~%?&=;:@[]+ \\'\"<>#!$()*,|^`{}\x00\t中文ü😀", max_size=40)


@given(url_parts)
def test_canonicalizing_twice_changes_nothing(rest: str) -> None:
    once = canonicalize("http://Site.cn/" + rest)
    if once is not None:
        assert canonicalize(once) == once
        assert once.isascii()
        assert "#" not in once


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://www.site.com.cn/a", "site.com.cn"),
        ("https://m.site.cn:8080/", "site.cn"),
        ("http://127.0.0.1:8101/", "127.0.0.1:8101"),
        ("https://localhost/", "localhost:443"),
        ("http://[::1]/", "::1:80"),
        ("http://a.github.io/", "a.github.io"),
        ("http://www.fawu.example/", "fawu.example"),
        ("http://kouzi.example/", "kouzi.example"),
    ],
)
def test_the_host_key_is_the_registrable_domain(url: str, key: str) -> None:
    assert host_key(url) == key


def test_a_parameter_that_the_source_keeps_is_kept() -> None:
    url = "http://site.cn/list?from=rent&utm_source=x"
    assert canonicalize(url, None, ("from",)) == "http://site.cn/list?from=rent"


def test_a_source_spells_its_urls_by_its_own_rules() -> None:
    rules = UrlRules(drop=("ref",), rewrite=((r"^http://m\.", "https://www."),))
    assert respell(CanonicalUrl("http://m.site.cn/7.html?ref=x&id=1"), rules) == (
        "https://www.site.cn/7.html?id=1"
    )
    mobile = source(urls=rules)
    assert in_scope("http://m.site.cn/7.html", mobile), "it is on the start host, respelled"
    assert respell(CanonicalUrl("http://a.cn/?a=1&b=2"), UrlRules(drop=("*",))) == "http://a.cn/"
    broken = UrlRules(rewrite=(("^http:", "ftp:"),))
    assert respell(CanonicalUrl("http://a.cn/1"), broken) == "http://a.cn/1"


@given(url_parts)
def test_respelling_twice_changes_nothing(rest: str) -> None:
    rules = UrlRules(drop=("a",), rewrite=(("^http://m\\.", "http://www."),))
    url = canonicalize("http://m.site.cn/" + rest)
    if url is not None:
        once = respell(url, rules)
        assert respell(once, rules) == once


def source(**values: object) -> Source:
    return Source(name="a", start=("http://www.site.cn/list.html",), **values)  # type: ignore[arg-type]  # tests pass what Source takes


def test_a_source_wants_its_own_hosts() -> None:
    everything = source()
    assert in_scope("http://www.site.cn/a", everything)
    assert in_scope("https://site.cn/a", everything)
    assert not in_scope("http://bbs.site.cn/a", everything)
    assert not in_scope("http://site.cn:8080/a", everything)
    assert not in_scope("http://notsite.cn/a", everything)


def test_include_narrows_to_urls_of_the_same_domain() -> None:
    only = source(include=(r"/news/\d+", r"//bbs\."))
    assert in_scope("http://www.site.cn/news/1", only)
    assert in_scope("http://bbs.site.cn/x", only)
    assert in_scope("http://www.site.cn/list.html", only), "the start itself"
    assert not in_scope("http://www.site.cn/about", only)
    assert not in_scope("http://other.cn/news/1", only)


def test_exclude_is_stronger_than_include() -> None:
    without = source(include=("/news/",), exclude=(r"[?&]date=",))
    assert in_scope("http://www.site.cn/news/", without)
    assert not in_scope("http://www.site.cn/news/?date=2026-11", without)


@pytest.mark.parametrize(
    ("url", "shape"),
    [
        ("http://s.cn/hf/177001.html", "/hf/#.html"),
        ("http://s.cn/tags-%E5%88%A9%E6%81%AF.html", "/tags-*.html"),
        ("http://s.cn/tags-%E6%B0%91%E6%B3%952020-P2P.html", "/tags-*.html"),
        ("http://s.cn/tags-5_4.html", "/tags-#_#.html"),
        ("http://s.cn/?date=2026-11", "/?date=#-#"),
        ("http://s.cn/?date=1955-3", "/?date=#-#"),
        ("http://s.cn/html/202611/20052.html", "/html/#/#.html"),
        ("http://s.cn/2026/11/05/", "/#/#/#/"),
        ("http://s.cn/thread-12-1-1.html", "/thread-#-#-#.html"),
        ("http://s.cn/forum.php?mod=viewthread&tid=3", "/forum.php?mod=viewthread&tid=#"),
        ("http://s.cn/?s=%E5%80%9F%E6%AC%BE", "/?s=*"),
        ("http://s.cn/?s=loan", "/?s=*"),
        ("http://s.cn/how-to-get-your-money-back/", "/*/"),
        ("http://s.cn/how-to-get-your-money-back.html", "/*.html"),
        ("http://s.cn/a/550e8400-e29b-41d4-a716-446655440000", "/a/#"),
        ("http://s.cn/page_2.html", "/page_#.html"),
        ("http://s.cn/%C0%FB%CF%A2.html", "/*.html"),
        ("http://s.cn", "/"),
    ],
)
def test_pages_of_one_making_have_one_shape(url: str, shape: str) -> None:
    assert url_shape(url) == shape


@given(url_parts)
def test_every_url_has_a_shape(rest: str) -> None:
    assert url_shape("http://site.cn/" + rest).startswith("/")


def test_article_ids_are_sixteen_hex_digits_and_differ() -> None:
    first, second = CanonicalUrl("http://a.cn/1"), CanonicalUrl("http://a.cn/2")
    assert len(article_id(first)) == 16
    assert int(article_id(first), 16) >= 0
    assert article_id(first) != article_id(second)


def test_assets_are_told_by_their_extension() -> None:
    assert is_asset("http://s.cn/a.JPG?x=1")
    assert is_asset("http://s.cn/b.pdf")
    assert not is_asset("http://s.cn/a.html")
    assert not is_asset("http://s.cn/?file=a.jpg")


@given(st.from_regex(r"\Ahttps?://[a-z0-9-]{1,9}(\.[a-z0-9-]{1,9}){0,3}/[a-zA-Z0-9/._~-]{0,30}\Z"))
def test_the_short_way_gives_what_the_long_way_gives(url: str) -> None:
    assert canonicalize(url) == canonicalize(" " + url)
