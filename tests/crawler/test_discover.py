"""Links, feeds and sitemaps, also hostile ones."""

import gzip
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.discover import (
    MAX_ENTRIES,
    MAX_LINKS,
    Link,
    canonical_of,
    feed_links,
    links,
    sitemap_links,
)
from crawler.feed_dates import parse_date
from crawler.parse import parse_html

BASE = "http://law.example/list/"
BEIJING = timezone(timedelta(hours=8))


def links_of(html: str, base: str = BASE) -> list[Link]:
    tree = parse_html(html)
    assert tree is not None
    return links(tree, base)


def test_links_come_once_in_order_with_their_text() -> None:
    found = links_of(
        '<a href="1.html"><img src="x.jpg"></a><a href="2.html"> 第二\n 篇 </a>'
        '<a href="1.html#c">第一篇</a><a href="/3.html" title="第三篇"></a>'
        '<a href="4.html"><img alt="第四篇"></a>'
    )
    assert [(link.url, link.text) for link in found] == [
        ("http://law.example/list/1.html", "第一篇"),
        ("http://law.example/list/2.html", "第二 篇"),
        ("http://law.example/3.html", "第三篇"),
        ("http://law.example/list/4.html", "第四篇"),
    ]


def test_what_cannot_be_crawled_is_left_out() -> None:
    html = "".join(
        f'<a href="{href}">x</a>'
        for href in (
            "javascript:;",
            "#top",
            "",
            "mailto:a@b.cn",
            "a.jpg",
            "b.PDF",
            "http://[bad",
            "data:,x",
        )
    )
    assert links_of(html + "<a>no address</a><a name=x>anchor</a>") == []


def test_the_base_element_counts() -> None:
    html = '<base href="/other/"><a href="1.html">x</a>'
    assert links_of(html)[0].url == "http://law.example/other/1.html"


@pytest.mark.parametrize(
    ("html", "rel"),
    [
        ('<a href="p2">下一页</a>', "next"),
        ('<a href="p2">[下页]</a>', "next"),
        ('<a href="p2">后一页 »</a>', "next"),
        ('<a href="p2">»</a>', "next"),
        ('<a href="p2" rel="next">2</a>', "next"),
        ('<a href="p2" class="page-numbers next">x</a>', "next"),
        ('<link rel="next" href="p2">', "next"),
        ('<a href="p2">下一篇</a>', "link"),
        ('<a href="p2">下一页的内容更精彩</a>', "link"),
        ('<link rel="alternate" type="application/rss+xml" href="p2">', "feed"),
        ('<link rel="alternate" type="application/atom+xml" href="p2">', "feed"),
        ('<link rel="alternate" hreflang="en" href="p2">', "alternate"),
        ('<link rel="canonical" href="p2">', "canonical"),
        ('<link rel="sitemap" href="p2">', "sitemap"),
        ('<iframe src="p2"></iframe>', "link"),
        ('<frameset><frame src="p2"></frameset>', "link"),
        ('<map><area href="p2"></map>', "link"),
    ],
)
def test_the_kind_of_a_link_is_told(html: str, rel: str) -> None:
    assert [link.rel for link in links_of(html)] == [rel]


def test_style_sheets_and_icons_are_no_links() -> None:
    html = '<link rel="stylesheet" href="a"><link rel="shortcut icon" href="b"><link href="c">'
    assert links_of(html) == []


def test_nofollow_is_noted_and_followed() -> None:
    assert links_of('<a href="1" rel="external nofollow">x</a>')[0].nofollow
    assert not links_of('<a href="1" rel="nofollow">x</a><a href="1">y</a>')[0].nofollow


def test_a_page_of_nothing_but_links_is_cut_off() -> None:
    html = "".join(f"<a href={n}>x</a>" for n in range(MAX_LINKS + 100))
    assert len(links_of(html)) == MAX_LINKS


@pytest.mark.parametrize(
    ("href", "canonical"),
    [
        ("/hf/1.html", "http://law.example/hf/1.html"),
        ("https://www.law.example/hf/1.html", "https://www.law.example/hf/1.html"),
        ("http://elsewhere.example/hf/1.html", "http://law.example/hf/1.html?x=1"),
        ("http://law.example/", "http://law.example/hf/1.html?x=1"),
        ("", "http://law.example/hf/1.html?x=1"),
        ("javascript:;", "http://law.example/hf/1.html?x=1"),
    ],
)
def test_a_canonical_address_counts_within_the_site(href: str, canonical: str) -> None:
    tree = parse_html(f'<link rel="canonical" href="{href}"><p>x')
    assert tree is not None
    assert canonical_of(tree, "http://law.example/hf/1.html?x=1") == canonical


RSS = """<?xml version="1.0" encoding="{codec}"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>站</title>
<link>http://law.example/</link>
<item><title>逾期怎么办 &amp; 利息</title><link>http://law.example/1.html?utm_source=rss</link>
<pubDate>Sat, 21 Nov 2026 10:00:00 +0800</pubDate>
<description><![CDATA[<p>文]]></description></item>
<item><title><![CDATA[第二篇]]></title><guid>http://law.example/2.html</guid>
<dc:date>2026-11-20</dc:date></item>
<item><title>没有地址</title></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>站</title><link href="http://law.example/"/>
<entry><title>第一篇</title><link rel="self" href="/feed"/><link rel="alternate" href="/1.html"/>
<published>2026-11-21T10:00:00Z</published><updated>2026-11-22T10:00:00Z</updated></entry>
<entry><title>第二篇</title><link href="2.html"/>
<updated>2026-11-22T10:00:00Z</updated></entry></feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/"><item rdf:about="http://law.example/1.html"><title>一</title>
<link>http://law.example/1.html</link></item></rdf:RDF>"""


@pytest.mark.parametrize("codec", ["utf-8", "gb2312", "gbk", "big5"])
def test_rss_is_read_in_any_encoding(codec: str) -> None:
    text = RSS.format(codec=codec)
    if codec == "big5":
        text = text.replace("么办", "麼辦").replace("没有", "沒有")
    first, second = feed_links(text.encode(codec), BASE)
    assert first.url == "http://law.example/1.html"
    assert first.title.endswith("& 利息")
    assert first.published == datetime(2026, 11, 21, 2, tzinfo=UTC)
    assert (second.url, second.title) == ("http://law.example/2.html", "第二篇")
    assert second.published == datetime(2026, 11, 20, tzinfo=BEIJING)


def test_a_feed_that_lies_about_its_encoding_is_read() -> None:
    assert feed_links(RSS.format(codec="utf-8").encode("gbk"), BASE)[1].title == "第二篇"


def test_atom_and_the_old_rdf_are_read() -> None:
    first, second = feed_links(ATOM.encode(), BASE)
    assert (first.url, first.published) == (
        "http://law.example/1.html",
        datetime(2026, 11, 21, 10, tzinfo=UTC),
    )
    assert second.url == "http://law.example/list/2.html"
    assert second.published == datetime(2026, 11, 22, 10, tzinfo=UTC)
    assert [entry.title for entry in feed_links(RDF.encode(), BASE)] == ["一"]


SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc> http://law.example/1.html </loc><lastmod>2026-11-21</lastmod></url>
<url><loc>http://law.example/2.html</loc><lastmod>nonsense</lastmod></url>
<url><loc></loc></url></urlset>"""
INDEX = """<sitemapindex><sitemap><loc>http://law.example/sitemap.xml</loc></sitemap>
<sitemap><loc>http://law.example/sitemap-2.xml.gz</loc></sitemap></sitemapindex>"""


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_sitemaps_are_read_packed_or_not(pack: type[bytes]) -> None:
    sitemap = sitemap_links(pack(SITEMAP.encode()), "http://law.example/sitemap.xml")
    assert [page.url for page in sitemap.pages] == [
        "http://law.example/1.html",
        "http://law.example/2.html",
    ]
    assert sitemap.pages[0].lastmod == datetime(2026, 11, 21, tzinfo=BEIJING)
    assert sitemap.pages[1].lastmod is None


def test_an_index_that_names_itself_goes_nowhere() -> None:
    sitemap = sitemap_links(INDEX.encode(), "http://law.example/sitemap.xml")
    assert sitemap.sitemaps == ["http://law.example/sitemap-2.xml.gz"]
    assert sitemap.pages == []


def test_a_plain_list_of_urls_is_a_sitemap() -> None:
    body = b"http://law.example/1\r\nhttp://law.example/2\nnot a url\n"
    assert len(sitemap_links(body, BASE).pages) == 2


ENTITIES = "".join(
    f'<!ENTITY {name} "{f"&{inner};" * 10}">'
    for inner, name in zip("abcdefgh", "bcdefghi", strict=True)
)
BOMB = f"""<!DOCTYPE r [<!ENTITY a "{"x" * 50}">{ENTITIES}]>"""
XXE = """<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">
<!ENTITY % b SYSTEM "http://127.0.0.1:1/"> %b;]>"""


@pytest.mark.parametrize("doctype", [BOMB, XXE])
def test_entities_are_never_resolved(doctype: str) -> None:
    item = "<item><title>&a;&i;</title><link>http://law.example/1</link></item>"
    feed = f"{doctype}<rss><channel>{item}</channel></rss>"
    entries = feed_links(feed.encode(), BASE)
    assert all("root:" not in entry.title and len(entry.title) < 100 for entry in entries)
    sitemap = f"{doctype}<urlset><url><loc>http://law.example/&a;&i;</loc></url></urlset>"
    assert all(len(page.url) < 100 for page in sitemap_links(sitemap.encode(), BASE).pages)


def test_a_large_sitemap_is_cut_off() -> None:
    rows = "".join(f"<url><loc>http://law.example/{n}</loc></url>" for n in range(MAX_ENTRIES + 5))
    assert len(sitemap_links(f"<urlset>{rows}</urlset>".encode(), BASE).pages) == MAX_ENTRIES


def test_eleven_megabytes_in_one_text_are_survived() -> None:
    body = b"<rss><channel><item><title>" + b"x" * 11_000_000 + b"</title></item></channel></rss>"
    assert feed_links(body, BASE) == []
    packed = gzip.compress(b"<urlset>" + b" " * 80_000_000)
    assert sitemap_links(packed, BASE).pages == []


@pytest.mark.parametrize(
    "body", [b"", b"\x1f\x8b", b"\x1f\x8b\x08junk", b"<", b"<rss", b"\xff\xfe", b"{}"]
)
def test_what_is_neither_feed_nor_sitemap_is_empty(body: bytes) -> None:
    assert feed_links(body, BASE) == []
    assert sitemap_links(body, BASE).pages == []


def test_a_broken_feed_gives_what_is_whole() -> None:
    whole = RSS.format(codec="utf-8")
    assert len(feed_links(whole[: whole.index("没有地址")].encode(), BASE)) == 2


@given(st.binary(max_size=120))
def test_reading_feeds_and_sitemaps_never_raises(body: bytes) -> None:
    for start in (b"", b"<rss>", b"<urlset>", b"\x1f\x8b"):
        feed_links(start + body, BASE)
        sitemap_links(start + body, BASE)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Sat, 21 Nov 2026 10:00:00 GMT", datetime(2026, 11, 21, 10, tzinfo=UTC)),
        ("2026-11-21T10:00:00+08:00", datetime(2026, 11, 21, 2, tzinfo=UTC)),
        ("2026-11-21 10:00:00", datetime(2026, 11, 21, 2, tzinfo=UTC)),
        ("2026/1/2 3:04", datetime(2026, 1, 2, 3, 4, tzinfo=BEIJING)),
        ("2026年1月2日", datetime(2026, 1, 2, tzinfo=BEIJING)),
        ("2026-11", datetime(2026, 11, 1, tzinfo=BEIJING)),
        ("2026", datetime(2026, 1, 1, tzinfo=BEIJING)),
        ("1970-01-01", None),
        ("9999-12-31", None),
        ("2026-13-01", None),
        ("soon", None),
        ("", None),
    ],
)
def test_dates_of_feeds_are_read(text: str, moment: datetime | None) -> None:
    assert parse_date(text) == moment


def test_other_forms_of_a_page_are_no_pages() -> None:
    tree = parse_html(
        '<link rel=alternate type="application/json" href="/wp-json/wp/v2/posts/7">'
        '<link rel=alternate type="text/xml+oembed" href="/wp-json/oembed?url=x&format=xml">'
        '<link rel=alternate hreflang=en href="/en/7.html">'
        '<link rel=alternate type="application/rss+xml" href="/feed">'
    )
    assert tree is not None
    found = {link.url: link.rel for link in links(tree, "http://s.cn/7.html")}
    assert found == {"http://s.cn/en/7.html": "alternate", "http://s.cn/feed": "feed"}


def test_of_two_links_the_title_names_the_page_not_the_date() -> None:
    tree = parse_html(
        '<a href="/7.html">2026-11-21</a> <h1><a href="/7.html">押金应当如何退还</a></h1>'
        '<a href="/7.html#more">阅读全文</a>'
    )
    assert tree is not None
    assert [link.text for link in links(tree, "http://s.cn/")] == ["押金应当如何退还"]
