"""A site is tried before it is added: a few requests, what they show, and nothing kept."""

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from tests.crawler.site import Reply, Site, blog, page, prose, serve, title_of
from tests.warehouse.commands import fatiao


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    replies: dict[str, bytes | Reply] = blog(30)
    replies["/robots.txt"] = b"User-agent: *\nDisallow: /private\n"
    replies["/private.html"] = page("内部", "<p>内部</p>")

    def answer(target: str, _headers: object) -> Reply | None:
        reply = replies.get(target)
        return Reply(reply) if isinstance(reply, bytes) else reply

    with serve(answer) as served:
        yield served


def test_it_shows_what_would_be_taken_and_how_to_add_it(site: Site, tmp_path: Path) -> None:
    site.asked.clear()
    done = fatiao(
        tmp_path, "sources", "try", f"{site.url}/", "--allow-private", "--contact", "a@b.cn"
    )

    assert done.returncode == 0, done.stderr
    assert title_of(1) in done.stdout
    assert "2026-05-02 (day), sure: “2026-05-02” beside the title, labelled" in done.stdout
    assert "来信人1在租期届满后" in done.stdout
    assert f"fatiao sources add {site.url}/" in done.stdout
    assert "listing" in done.stdout
    assert site.asked[0][1] == "/robots.txt"
    assert len(site.asked) <= 6
    assert list(tmp_path.iterdir()) == []


def test_json_has_the_same(site: Site, tmp_path: Path) -> None:
    site.asked.clear()
    done = fatiao(
        tmp_path, "sources", "try", f"{site.url}/post/7.html", "--allow-private", "--contact",
        "a@b.cn", "--json",
    )  # fmt: skip
    told = json.loads(done.stdout)

    assert told["articles"] >= 1
    assert told["requests"] == len(site.asked) <= 6
    first = told["pages"][0]
    assert (first["kind"], first["title"]) == ("article", title_of(7))
    assert (first["published_at"], first["published_certainty"]) == ("2026-05-08", "sure")
    assert first["agreement"] > 0.9


def test_what_robots_txt_forbids_is_not_asked_for(site: Site, tmp_path: Path) -> None:
    site.asked.clear()
    done = fatiao(
        tmp_path,
        "sources",
        "try",
        f"{site.url}/private.html",
        "--allow-private",
        "--contact",
        "a@b.cn",
    )

    assert done.returncode == 30
    assert [target for _, target in site.asked] == ["/robots.txt"]
    assert "robots" in done.stdout


def test_a_private_address_is_not_dialled_unasked(site: Site, tmp_path: Path) -> None:
    site.asked.clear()
    done = fatiao(tmp_path, "sources", "try", f"{site.url}/", "--contact", "a@b.cn")

    assert (done.returncode, site.asked) == (20, [])
    assert "private_address" in done.stdout


def test_nobody_is_asked_in_nobodys_name(tmp_path: Path) -> None:
    done = fatiao(tmp_path, "sources", "try", "https://law.example/")

    assert done.returncode == 64
    assert "--contact" in done.stderr


def test_articles_are_looked_at_before_further_lists(tmp_path: Path) -> None:
    with _served(_listed("/post/{}.html", lists=("/page/2/", "/page/3/", "/page/4/"))) as site:
        told = _tried(site, tmp_path, "/")
        list_told = _tried(site, tmp_path, "/page/2/")

    assert (told["articles"], told["requests"]) == (4, 6)
    assert list_told["articles"] >= 1


def _listed(address: str, lists: tuple[str, ...]) -> dict[str, bytes | Reply]:
    """Return a site whose lists all show eight articles."""
    titles = {address.format(n): title_of(n) for n in range(1, 9)}
    links = "".join(f"<p><a href={at}>{title}</a></p>" for at, title in titles.items())
    menu = "".join(f"<a href={at}>栏目{number}</a>" for number, at in enumerate(lists))
    pages: dict[str, bytes | Reply] = {at: page("租房", menu + links) for at in (*lists, "/")}
    for number, (at, title) in enumerate(titles.items(), 1):
        said = f"<div class=info>发布时间：2026-05-{number:02d}</div><p>{prose(number)}</p>"
        pages[at] = page(f"{title} - 租房", f"<h1>{title}</h1>{said}<p>{prose(number + 1)}</p>")
    return pages


def _served(pages: dict[str, bytes | Reply]) -> AbstractContextManager[Site]:
    def answer(target: str, _headers: object) -> Reply | None:
        reply = pages.get(target)
        return Reply(reply) if isinstance(reply, bytes) else reply

    return serve(answer)


def _tried(site: Site, folder: Path, start: str) -> dict[str, Any]:
    asked = ("sources", "try", f"{site.url}{start}", "--allow-private", "--json")
    told: dict[str, Any] = json.loads(fatiao(folder, *asked).stdout)
    return told
