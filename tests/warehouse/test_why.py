"""`fatiao why`: a URL's history in words, from a real crawl of a small site."""

import json
import re
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.crawler.site import Reply, blog, page, pages, prose, serve, title_of
from tests.warehouse.commands import fatiao, write_config


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Generator[tuple[Path, str]]:
    folder = tmp_path_factory.mktemp("why")
    replies = blog(16) | {
        "/robots.txt": Reply(b"User-agent: *\nDisallow: /secret/"),
        "/old.html": Reply(status=301, headers={"Location": "/post/1.html"}),
        "/post/2.html": page(
            title_of(2),
            f"<h1>{title_of(2)}</h1><p>{prose(2)}</p><a href=/secret/a.html>内部资料，仅供本所</a>"
            f"<a href=/old.html>{title_of(1)}</a><a href=/no.html>{title_of(99)}</a>",
        ),
    }
    with serve(pages(replies)) as site:
        start = f'start = "{site.url}/"\nallow_private = true\ndelay = 0'
        write_config(folder, f'name = "letters"\n{start}')
        done = fatiao(folder, "run", "--for", "60s")
        assert done.returncode == 0, done.stdout + done.stderr
        yield folder, site.url


def why(crawled: tuple[Path, str], path: str, *options: str) -> str:
    folder, site = crawled
    done = fatiao(folder, "why", site + path, *options)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_an_article_tells_its_way_from_the_start_to_the_next_visit(
    crawled: tuple[Path, str],
) -> None:
    told = why(crawled, "/post/9.html?utm_source=wx#top")
    assert f"is taken as {crawled[1]}/post/9.html\n" in told
    assert "source       letters" in told
    assert f'by "{title_of(9)}", 1 link from a start' in told
    assert f"via {crawled[1]}/ (listing)" in told
    assert "200 · article · " in told
    assert "bytes in fatiao-" in told
    assert "because: " in told
    assert f"version 1: {title_of(9)}" in told
    assert "allows it" in told
    assert "next         due 2" in told
    assert "days old" in told
    assert "next         due 2" in why(crawled, "/post/3.html")
    assert "looked at every week" in why(crawled, "/post/3.html"), "it is one of the oldest"


def test_what_robots_forbids_says_so(crawled: tuple[Path, str]) -> None:
    told = why(crawled, "/secret/a.html")
    assert "robots.txt   forbids it" in told
    assert "not asked for · robots.txt forbids it" in told
    assert "requests     0" in told
    assert "failing" not in told, "to obey is no failure"
    assert ": disallow: /secret/" in told
    assert re.search(
        r"200 · article .* · robots\.txt of 20.*: no rule for it", why(crawled, "/post/1.html")
    )


def test_a_redirect_and_what_it_stands_for(crawled: tuple[Path, str]) -> None:
    assert f"alias of     {crawled[1]}/post/1.html" in why(crawled, "/old.html")
    assert f"stands for   {crawled[1]}/old.html" in why(crawled, "/post/1.html")


def test_a_page_that_is_gone_and_one_that_is_a_list(crawled: tuple[Path, str]) -> None:
    assert "gone         since" in why(crawled, "/no.html")
    listing = why(crawled, "/")
    assert "a start URL" in listing
    assert "kind         listing" in listing
    assert "build        no article: " in listing


def test_an_unknown_url_says_whether_a_source_would_take_it(crawled: tuple[Path, str]) -> None:
    told = why(crawled, "/never/linked.html")
    assert "is not known" in told
    assert "in scope of letters" in told
    folder, _ = crawled
    assert "in scope of no source" in fatiao(folder, "why", "http://elsewhere.cn/").stdout
    assert "cannot be fetched" in fatiao(folder, "why", "mailto:a@b.cn").stdout


def test_as_json_it_says_the_same(crawled: tuple[Path, str]) -> None:
    told = json.loads(why(crawled, "/post/3.html", "--json"))
    (known,) = told["known"]
    assert known["kind"] == "article"
    assert known["evidence"]
    assert known["fetches"][0]["status"] == 200
    assert told["in_scope_of"] == ["letters"]
    assert told["built"][0]["title"] == title_of(3)


def test_before_the_first_run_nothing_is_known(tmp_path: Path) -> None:
    write_config(tmp_path, 'name = "a"\nstart = "https://law.example/"')
    assert "is not known" in fatiao(tmp_path, "why", "https://law.example/x").stdout
