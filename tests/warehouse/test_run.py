"""The main job, end to end, on the practice sites: what a user of the command sees."""

import json
import time
from collections.abc import Generator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import duckdb
import pytest

from tests.practice.server import Practice, serve
from tests.readme import QUESTIONS, README, answered, blocks
from tests.warehouse.commands import fatiao, write_config

NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)  # the sites' clock, and so the time of fetching
EXPECTED = Path(__file__).resolve().parents[1] / "practice" / "expected.jsonl"


@dataclass(frozen=True)
class Ran:
    """A folder after one run, and the sites it was run on."""

    folder: Path
    practice: Practice
    output: str

    def ask(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        path = str(self.folder / "public" / "fatiao.duckdb")
        with duckdb.connect(path, read_only=True) as db:
            return db.execute(sql, list(parameters)).fetchall()


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Generator[Ran]:
    folder = tmp_path_factory.mktemp("project")
    with serve(now=NOW) as practice:
        write_config(
            folder,
            *(
                f'name = "{name}"\nstart = "{url}/"\ndelay = 0\nallow_private = true\n'
                'fetched_at = "date-header"'
                for name, url in practice.sites.items()
            ),
        )
        done = fatiao(folder, "run", "--for", "90s")
        assert done.returncode == 0, done.stdout + done.stderr
        yield Ran(folder, practice, done.stdout)


@pytest.fixture(scope="module")
def expected() -> list[dict[str, Any]]:
    return [json.loads(line) for line in EXPECTED.read_text(encoding="utf-8").splitlines()]


def articles(ran: Ran) -> dict[tuple[str, str], dict[str, Any]]:
    names = ("article_id", "source", "url", "title", "author", "category", "date", "text")
    rows = ran.ask(
        "SELECT article_id, source, url, title, author, category, published_on::VARCHAR, text"
        " FROM articles"
    )
    found = [dict(zip(names, row, strict=True)) for row in rows]
    return {(one["source"], _path(one["url"])): one for one in found}


def test_every_article_is_found_and_nothing_else(ran: Ran, expected: list[dict[str, Any]]) -> None:
    assert set(articles(ran)) == {(one["site"], one["path"]) for one in expected}


@pytest.mark.parametrize("field", ["title", "author", "category", "date", "text"])
def test_every_field_is_right(ran: Ran, expected: list[dict[str, Any]], field: str) -> None:
    found = articles(ran)
    wrong = {
        one["path"]: found[one["site"], one["path"]][field]
        for one in expected
        if found[one["site"], one["path"]][field] != one[field]
    }
    assert wrong == {}


def test_every_citation_is_found_and_judged(ran: Ran, expected: list[dict[str, Any]]) -> None:
    rows = ran.ask(
        "SELECT source, url, raw_text, article_no, verdict FROM citations ORDER BY url, start_char"
    )
    found: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
    for source, url, *rest in rows:
        found.setdefault((source, _path(url)), []).append(tuple(rest))
    want = {
        (one["site"], one["path"]): [
            (c["text"], c["article"], c["verdict"]) for c in one["citations"]
        ]
        for one in expected
        if one["citations"]
    }
    assert found == want


def test_reposts_are_laid_at_the_door_of_the_earlier_article(
    ran: Ran, expected: list[dict[str, Any]]
) -> None:
    rows = ran.ask("SELECT repost_source, repost_url, original_source, original_url FROM reposts")
    found = {(a, _path(b)): f"{c}:{_path(d)}" for a, b, c, d in rows}
    want = {
        (one["site"], one["path"]): one["duplicate_of"]
        for one in expected
        if one["duplicate_of"] and one["relation"] != "template"
    }
    assert found == want


def test_a_template_with_another_name_is_no_repost(ran: Ran) -> None:
    ((names,),) = ran.ask("SELECT substitution FROM core.duplicate WHERE relation = 'template'")
    assert names


def test_offsets_slice_to_the_cited_words(ran: Ran) -> None:
    rows = ran.ask(
        "SELECT count(*), count(*) FILTER (WHERE substr(v.text, c.start_char + 1,"
        " c.end_char - c.start_char) <> c.raw_text)"
        " FROM core.citation c JOIN core.article_version v USING (version_id)"
    )
    ((citations, off),) = rows
    assert citations > 0
    assert off == 0


def test_robots_and_the_endless_calendar_are_respected(ran: Ran) -> None:
    targets = [target for _, target in ran.practice.requests]
    assert not [target for target in targets if target.startswith("/private")]
    assert sum("date=" in target for target in targets) <= 12


def test_every_citation_leads_back_to_its_bytes(ran: Ran) -> None:
    ((citation, words),) = ran.ask(
        "SELECT citation_id, raw_text FROM citations WHERE NOT is_anaphoric LIMIT 1"
    )
    done = fatiao(ran.folder, "raw", citation)
    assert done.returncode == 0, done.stderr
    assert words in done.stdout
    assert "sha256:" in done.stdout


def test_status_and_sql_answer_from_the_same_folder(ran: Ran) -> None:
    status = fatiao(ran.folder, "status")
    for name in ran.practice.sites:
        assert name in status.stdout
    done = fatiao(ran.folder, "sql", "--json", "SELECT count(*) AS n FROM articles")
    assert json.loads(done.stdout) == [{"n": len(articles(ran))}]


def test_what_is_published_is_dated_after_all_that_is_in_it(ran: Ran) -> None:
    ((*moments,),) = ran.ask("SELECT as_of, built_at, published_at FROM about")
    to_the_second = [moment.replace(microsecond=0) for moment in moments]
    assert to_the_second == sorted(to_the_second)


def test_the_summary_says_in_words_what_came_of_it(ran: Ran) -> None:
    for words in ("Fetched", "articles", "reposts", "repealed", "fatiao.duckdb", "report.html"):
        assert words in ran.output


def test_the_answers_in_the_readme_are_what_the_commands_say(ran: Ran) -> None:
    readme = README.read_text(encoding="utf-8")
    assert set(blocks(readme)) == set(QUESTIONS)
    assert answered(readme, ran.folder) == readme


def test_a_second_run_fetches_only_what_is_due_and_publishes_nothing(ran: Ran) -> None:
    before = ran.practice.requests.total()
    public = (ran.folder / "public").resolve()
    done = fatiao(ran.folder, "run", "--for", "60s")
    assert done.returncode == 0, done.stdout + done.stderr
    assert ran.practice.requests.total() - before <= 3  # robots.txt may be asked for again
    assert (ran.folder / "public").resolve() == public
    assert "nothing new" in done.stdout.lower()


def test_a_rebuild_from_the_archive_gives_the_same_rows(ran: Ran) -> None:
    sql = (
        "SELECT (SELECT bit_xor(hash(a)) FROM core.article a),"
        " (SELECT bit_xor(hash(v)) FROM core.article_version v),"
        " (SELECT bit_xor(hash(c)) FROM core.citation c)"
    )
    before = ran.ask(sql)
    told = [fatiao(ran.folder, "build", "--rebuild").stdout.splitlines()[-1] for _ in range(2)]
    assert fatiao(ran.folder, "publish").returncode == 0
    assert ran.ask(sql) == before
    assert told[0] == told[1]
    assert told[0].startswith("Content ")
    assert told[0].endswith(", as it is published.")


def test_a_run_while_another_is_at_work_ends_with_75(ran: Ran) -> None:
    from crawler.lock import project_lock
    from crawler.sources import load_project

    project = load_project(ran.folder / "fatiao.toml")
    with project_lock(project, run_for=60):
        time.sleep(0.01)
        done = fatiao(ran.folder, "run")
    assert done.returncode == 75
    assert done.stdout == ""


def _path(url: str) -> str:
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")
