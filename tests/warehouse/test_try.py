"""A site is tried before it is added: a few requests, what they show, and nothing kept."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crawler.site import Reply, Site, blog, page, serve, title_of
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
