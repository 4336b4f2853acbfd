"""The practice sites keep what other tests rely on."""

from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPResponse
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import etree, html

from tests.practice import poster
from tests.practice.articles import SITES, PracticeArticle, load_articles, of_site
from tests.practice.expected import EXPECTED, expected_lines
from tests.practice.markup import as_text
from tests.practice.server import PortInUseError, Practice, serve

NOW = datetime.fromisoformat("2026-11-21T07:12:34+08:00")
VERDICTS = {
    "in_force",
    "repealed",
    "not_yet_in_force",
    "no_such_article",
    "wrong_document_number",
    "unknown_law",
}


class Answer(NamedTuple):
    status: int
    headers: HTTPResponse
    body: bytes


@pytest.fixture(name="practice", scope="module")
def _practice() -> Iterator[Practice]:
    with serve(NOW) as practice:
        yield practice


def get(practice: Practice, site: str, target: str, **headers: str) -> Answer:
    address = urlsplit(practice.sites[site]).netloc
    connection = HTTPConnection(address, timeout=10)
    try:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", target, headers=names)
        response = connection.getresponse()
        return Answer(response.status, response, response.read())
    finally:
        connection.close()


def page_text(practice: Practice, article: PracticeArticle) -> str:
    body = get(practice, article.site, article.path).body
    return body.decode("gbk" if article.site == "fayuan" else "utf-8")


def links(practice: Practice, site: str, target: str) -> list[str]:
    """Return the targets of a page's links that stay on the site."""
    base = practice.sites[site]
    encoding = "gbk" if site == "fayuan" else "utf-8"
    answer = get(practice, site, target)
    tree = html.fromstring(answer.body.decode(encoding))
    urls = (urljoin(base + target, str(href)) for href in tree.xpath("//a/@href"))
    return [url.removeprefix(base) for url in urls if url.startswith(base + "/")]


def test_the_expected_answers_are_those_of_the_articles() -> None:
    written = EXPECTED.read_text(encoding="utf-8")
    assert written == expected_lines(), "run python -m tests.practice.expected"


@pytest.mark.parametrize("article", load_articles(), ids=lambda a: f"{a.site}{a.path}")
def test_an_article_says_what_its_file_expects(article: PracticeArticle) -> None:
    text, place = as_text(article.body), 0
    for citation in article.citations:
        place = text.find(citation.text, place)
        assert place >= 0, citation
        assert citation.verdict in VERDICTS
        place += 1
    assert 300 <= len(text) <= 900
    assert article.published <= NOW
    originals = {f"{a.site}:{a.path}": a for a in load_articles() if not a.duplicate_of}
    if article.duplicate_of:
        assert originals[article.duplicate_of].published < article.published


@pytest.mark.parametrize("article", load_articles(), ids=lambda a: f"{a.site}{a.path}")
def test_a_page_shows_title_and_every_line_of_its_article(
    practice: Practice, article: PracticeArticle
) -> None:
    tree = html.fromstring(page_text(practice, article))
    assert str(tree.findtext(".//title")).startswith(article.title)
    heading = "h2" if article.site == "fayuan" else "h1"
    assert next(h.text_content() for h in tree.iter(heading)) == article.title
    shown = tree.text_content()
    for line in as_text(article.body).split("\n"):
        assert line.removeprefix("- ") in shown


@pytest.mark.parametrize("site", SITES)
def test_every_article_is_reached_from_the_front_page_by_list_pages(
    practice: Practice, site: str
) -> None:
    articles = {article.path for article in of_site(site)}
    seen: set[str] = set()
    queue = ["/"]
    while queue:
        target = queue.pop()
        for found in links(practice, site, target):
            is_list = found not in articles and "?" not in found and "neibu" not in found
            if found not in seen and is_list:
                queue.append(found)
            seen.add(found)
    assert articles <= seen
    broken = [t for t in seen if "neibu" not in t and get(practice, site, t).status >= 400]
    assert broken == []


def test_the_reposts_are_of_every_kind_and_cross_sites() -> None:
    reposts = [article for article in load_articles() if article.duplicate_of]
    assert {article.relation for article in reposts} == {"exact", "light", "heavy", "template"}
    assert all(not str(a.duplicate_of).startswith(f"{a.site}:") for a in reposts)
    assert {c.verdict for a in load_articles() for c in a.citations} == VERDICTS


def test_the_calendar_has_no_end_in_either_direction(practice: Practice) -> None:
    for month, neighbours in {
        "2026-11": ("2026-10", "2026-12"),
        "1955-1": ("1954-12", "1955-2"),
        "2126-12": ("2126-11", "2127-1"),
    }.items():
        assert get(practice, "yanxi", f"/?date={month}").status == 200
        found = links(practice, "yanxi", f"/?date={month}")
        assert [t for t in found if "date" in t] == [f"/?date={m}" for m in neighbours]


def test_the_gbk_site_declares_too_small_a_charset_and_only_in_the_page(practice: Practice) -> None:
    article = next(a for a in of_site("fayuan") if a.author == "陈喆")
    answer = get(practice, "fayuan", article.path)
    assert answer.headers.getheader("Content-Type") == "text/html"
    assert b"charset=gb2312" in answer.body
    assert "陈喆" in answer.body.decode("gbk")
    with pytest.raises(UnicodeDecodeError):
        answer.body.decode("gb2312")


def test_the_gbk_site_answers_304_to_either_validator(practice: Practice) -> None:
    path = of_site("fayuan")[0].path
    first = get(practice, "fayuan", path)
    etag, modified = first.headers.getheader("ETag"), first.headers.getheader("Last-Modified")
    assert etag
    assert modified
    for headers in ({"If_None_Match": etag}, {"If_Modified_Since": modified}):
        again = get(practice, "fayuan", path, **headers)
        assert (again.status, again.body) == (304, b"")
    stale = get(practice, "fayuan", path, If_None_Match='"old"', If_Modified_Since=modified)
    assert stale.status == 200


def test_relative_dates_are_counted_from_the_servers_own_date(practice: Practice) -> None:
    newest = of_site("qinghe")[0]
    answer = get(practice, "qinghe", newest.path)
    date = parsedate_to_datetime(answer.headers.getheader("Date") or "")
    assert date == NOW
    assert "34秒前" in answer.body.decode()
    shown = page_text(practice, next(a for a in of_site("yanxi") if a.path == "/hf/1012.html"))
    assert '9个月前<span class="datetime"> (02-03)</span>' in shown
    old = page_text(practice, next(a for a in of_site("yanxi") if a.path == "/hf/1006.html"))
    assert '2年前<span class="datetime"> (2024-02-03)</span>' in old


def test_the_related_list_changes_and_the_article_does_not(practice: Practice) -> None:
    article = of_site("yanxi")[3]
    first, second = (html.fromstring(page_text(practice, article)) for _ in range(2))
    related = "//div[@class='relatecon']"
    assert first.xpath(related)[0].text_content() != second.xpath(related)[0].text_content()
    body = "//div[@class='single viewall']"
    assert first.xpath(body)[0].text_content() == second.xpath(body)[0].text_content()


def test_feed_and_sitemap_are_well_formed_and_name_the_articles(practice: Practice) -> None:
    base = practice.sites["qinghe"]
    feed = etree.fromstring(get(practice, "qinghe", "/feed").body)
    newest = [base + article.path for article in of_site("qinghe")[:6]]
    assert [item.text for item in feed.iterfind("channel/item/link")] == newest
    sitemap = etree.fromstring(get(practice, "qinghe", "/sitemap.xml").body)
    listed = {loc.text for loc in sitemap.iter("{*}loc")}
    assert {base + article.path for article in of_site("qinghe")} <= listed


def test_robots_forbids_a_page_that_every_page_links_to(practice: Practice) -> None:
    robots = get(practice, "qinghe", "/robots.txt").body.decode()
    assert "Disallow: /neibu/" in robots
    assert poster.FORBIDDEN in links(practice, "qinghe", "/")
    assert get(practice, "qinghe", poster.FORBIDDEN).status == 200
    for site in ("yanxi", "fayuan"):
        assert get(practice, site, "/robots.txt").status == 404
        assert get(practice, site, "/sitemap.xml").status == 404


def test_aliases_redirect_and_missing_pages_are_missing(practice: Practice) -> None:
    alias = get(practice, "yanxi", "/?id=1005")
    assert alias.status == 302
    assert alias.headers.getheader("Location") == practice.sites["yanxi"] + "/hf/1005.html"
    for target in ("/hf/9.html", "/page_99.html", "/?date=2026-13"):
        assert get(practice, "yanxi", target).status == 404
    assert get(practice, "fayuan", "/list_99.html").status == 404


def test_requests_are_counted_by_site_and_target() -> None:
    with serve(NOW) as practice:
        for _ in range(2):
            get(practice, "fayuan", "/?x=1")
        get(practice, "fayuan", "/none")
        assert practice.requests == {("fayuan", "/?x=1"): 2, ("fayuan", "/none"): 1}
        assert practice.statuses == {("fayuan", 200): 2, ("fayuan", 404): 1}


def test_the_same_moment_gives_the_same_bytes() -> None:
    bodies = []
    for _ in range(2):
        with serve(NOW) as practice:
            base = practice.sites["yanxi"].encode()
            bodies.append(get(practice, "yanxi", "/hf/1005.html").body.replace(base, b""))
    assert bodies[0] == bodies[1]


def test_a_taken_port_is_named(practice: Practice) -> None:
    port = urlsplit(practice.sites["yanxi"]).port or 0
    with pytest.raises(PortInUseError, match=f"port {port} "), serve(NOW, ports=(port, 0, 0)):
        pass
