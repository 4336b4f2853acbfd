"""The practice sites' articles, fetched over HTTP, come out as they were written."""

from datetime import UTC, datetime
from urllib.request import urlopen

from crawler.decode import decode
from pipeline.article import Article, Page, extract
from tests.practice.expected import read_expected
from tests.practice.server import serve
from tests.shared.extraction import line_f1

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def test_every_article_of_the_practice_sites_comes_out_whole() -> None:
    with serve(NOW) as practice:
        for row in read_expected():
            url = practice.sites[row["site"]].rstrip("/") + row["path"]
            with urlopen(url) as response:  # noqa: S310 - the practice server on loopback
                html = decode(response.read(), response.headers.get("Content-Type")).text

            found = extract(Page(html=html, url=url, fetched_at=NOW))

            assert isinstance(found, Article), (url, found)
            assert (found.title, found.author) == (row["title"], row["author"]), url
            assert found.category == row["category"], url
            assert found.published is not None, url
            assert found.published.on.isoformat() == row["date"], url
            assert line_f1(row["text"], found.text) == 1, url
