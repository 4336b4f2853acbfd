"""A newer program on a folder that an earlier one left: mended by the next run, nothing lost."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crawler.frontier.schema import SCHEMA_VERSION
from crawler.frontier.tombstones import bury
from tests.warehouse.commands import fatiao, write_config
from tests.warehouse.older import make_old
from tests.warehouse.test_build import SITE, ask, take
from tests.warehouse.test_overrides import WORDS, pages, write

SAID = (
    "SELECT line, kind, state, citation_id, freed_id FROM ops.override ORDER BY line",
    "SELECT url, published_on, relation, overridden FROM articles ORDER BY url",
    "SELECT citation_id, verdict, overridden FROM citations ORDER BY citation_id",
)
BURIED = f"{SITE}/forgotten.html"


@pytest.fixture(name="project")
def _project(tmp_path: Path) -> Path:
    write_config(tmp_path, f'name = "lawsite"\nstart = "{SITE}/"\nenabled = false')
    write(
        tmp_path,
        f"verdict,{SITE}/1.html,{WORDS},2,unverifiable,只是引用书名",
        f"date,{SITE}/2.html,,,2023-05-04,页脚是备案日期",
        f"no_repost,{SITE}/2.html,,,{SITE}/1.html,同题不同文",
    )
    take(tmp_path, *pages())
    return tmp_path


def frontier(project: Path) -> sqlite3.Connection:
    return sqlite3.connect(project / "data" / "frontier.sqlite")


def rows(project: Path, sql: str) -> list[Any]:
    with closing(frontier(project)) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture(name="said")
def _said(project: Path) -> list[Any]:
    with closing(frontier(project)) as connection:
        bury(connection, BURIED, "asked for", 1_790_000_000)
        connection.commit()
    return [ask(project, sql) for sql in SAID]


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION))
def test_corrections_and_what_was_forgotten_outlive_a_change_of_tables(
    project: Path, said: list[Any], version: int
) -> None:
    assert {state for _, _, state, _, _ in said[0]} == {"applied"}
    urls = rows(project, "SELECT url, state FROM url ORDER BY url")
    make_old(project, version)
    done = fatiao(project, "run", "--for", "2m")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "the tables have changed" in done.stdout
    assert [ask(project, sql) for sql in SAID] == said
    assert rows(project, "PRAGMA user_version") == [(SCHEMA_VERSION,)]
    assert rows(project, "SELECT url, state FROM url ORDER BY url") == urls
    kept = [(BURIED, "asked for")] if version > 1 else []  # the first version could forget nothing
    assert rows(project, "SELECT target, because FROM tombstone") == kept
