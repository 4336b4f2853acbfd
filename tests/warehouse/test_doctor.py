"""Each thing that can be wrong, made wrong, and the mend that is said for it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crawler.frontier.store import open_frontier
from crawler.lock import project_lock
from crawler.sources import Project, load_project
from tests.crawler.site import Reply, page, pages, serve
from tests.warehouse.commands import fatiao, write_config
from warehouse.doctor import Diagnosis, Verdict, examine

START = page("法律随笔", "<h1>法律随笔</h1>")


def project_in(folder: Path, start: str = "", **options: Any) -> Project:
    values = {"delay": 0, "allow_private": True} | options
    lines = "\n".join(f"{name} = {json.dumps(value)}" for name, value in values.items())
    write_config(folder, *([f'name = "site"\nstart = "{start}"\n{lines}'] if start else []))
    return load_project(folder / "fatiao.toml")


def of(project: Project, subject: str) -> Diagnosis:
    return next(one for one in examine(project) if one.subject == subject)


def test_a_new_folder_is_well_and_says_what_comes_next(tmp_path: Path) -> None:
    found = {one.subject: one for one in examine(project_in(tmp_path))}
    assert {one.verdict for one in found.values()} <= {Verdict.GOOD, Verdict.NOTE}
    assert "duckdb 1." in found["installation"].words
    assert found["public"].mend == "fatiao run"
    assert "fatiao sources add" in found["sources"].mend


def test_a_site_is_asked_for_two_pages_under_our_name(tmp_path: Path) -> None:
    with serve(pages({"/": START})) as site:
        found = of(project_in(tmp_path, f"{site.url}/"), "site")
    assert found.verdict is Verdict.GOOD, found
    assert [target for _, target in site.asked] == ["/robots.txt", "/"]
    assert site.agents == {"fatiao/0.1 (+mailto:tests@fatiao.example)"}


@pytest.mark.parametrize(
    ("replies", "words", "mend", "asked"),
    [
        ({"/robots.txt": b"User-agent: *\nDisallow: /"}, "does not allow", "sources disable", 1),
        ({"/robots.txt": Reply(b"", 503)}, "answers 503", "wait", 1),
        ({"/": Reply(b"", 403)}, "answers 403", "ask its owner", 2),
        ({"/": Reply(b"", 404)}, "answers 404", "look at `start`", 2),
        (
            {"/": Reply(b"", 301, {"Location": "https://new.example/"})},
            "leads to https://new.example/",
            'write start = "https://new.example/"',
            2,
        ),
    ],
)
def test_a_site_that_will_not_do_is_named_with_the_mend(
    tmp_path: Path, replies: dict[str, Any], words: str, mend: str, asked: int
) -> None:
    with serve(pages({"/": Reply(START)} | replies)) as site:
        found = of(project_in(tmp_path, f"{site.url}/"), "site")
    assert found.verdict is Verdict.BAD
    assert words in found.words
    assert mend in found.mend
    assert len(site.asked) == asked


def test_a_private_address_is_not_dialled(tmp_path: Path) -> None:
    with serve(pages({"/": START})) as site:
        found = of(project_in(tmp_path, f"{site.url}/", allow_private=False), "site")
    assert "allow_private = true" in found.words
    assert site.asked == []


def test_a_site_that_is_not_there_is_named(tmp_path: Path) -> None:
    with serve(pages({})) as site:
        url = site.url
    assert "refused" in of(project_in(tmp_path, f"{url}/"), "site").words


def lose_archive(project: Project) -> None:
    with open_frontier(project.frontier) as frontier:
        frontier.save_segments({"fatiao-20261121-00001.warc.gz": 4000})


def spoil_frontier(project: Project) -> None:
    project.frontier.parent.mkdir()
    project.frontier.write_bytes(b"no database at all" * 100)


def break_link(project: Project) -> None:
    project.public.symlink_to("snapshots/run-000001")


@pytest.mark.parametrize(
    ("spoil", "subject", "mend"),
    [
        (lose_archive, "archive", "backup"),
        (spoil_frontier, "frontier", "backup"),
        (break_link, "public", "fatiao publish"),
    ],
)
def test_what_is_wrong_in_the_folder_is_named_with_the_mend(
    tmp_path: Path, spoil: Callable[[Project], None], subject: str, mend: str
) -> None:
    project = project_in(tmp_path)
    spoil(project)
    found = of(project, subject)
    assert found.verdict is Verdict.BAD
    assert mend in found.mend


def test_who_holds_the_lock_is_said(tmp_path: Path) -> None:
    project = project_in(tmp_path)
    with project_lock(project, run_for=60):
        pass
    assert of(project, "lock").words == "free"


def test_the_command_ends_with_10_and_says_the_mend(tmp_path: Path) -> None:
    break_link(project_in(tmp_path))
    done = fatiao(tmp_path, "doctor")
    assert done.returncode == 10, done.stderr
    assert "mend: rm public" in done.stdout
    found = json.loads(fatiao(tmp_path, "doctor", "--json").stdout)
    assert [one["subject"] for one in found if one["verdict"] == "bad"] == ["public"]
