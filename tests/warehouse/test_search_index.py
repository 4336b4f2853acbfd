"""The index of words: search() says with it what it says without."""

import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from crawler.sources import Project
from tests.warehouse.filled import BUILT_AT, fill_warehouse
from warehouse.publish import publish
from warehouse.snapshots import DATABASE_NAME, read_manifest
from warehouse.store import open_published, open_warehouse

WORDS = (
    "借款人应当按照约定的期限返还借款",
    "诉讼时效期间为三年",
    "用iPhone分期，Ｐ２Ｐ平台催收",
    "民间借贷的利率",
    "𠮷野家的电话是95188，ＬＰＲ四倍",
    "张三丰收到法院传票",
    "Taobao订单ſtreet、İstanbul与Kelvin",
    "财产保全与强制执行",
    "工伤认定\n劳动合同",
)


def text_of(dice: random.Random) -> str:
    return "，".join(dice.sample(WORDS, 4)) + "。"


def add_articles(db: duckdb.DuckDBPyConnection, numbers: range) -> None:
    """Articles of other words, each brought by a fetch of its own."""
    dice = random.Random(numbers.start)  # noqa: S311 - repeatable, not secret
    for number in numbers:
        db.execute(
            "INSERT INTO core.article SELECT * REPLACE ($1 AS article_id, $1 || '-v' AS"
            " current_version_id, 'https://n.example/' || $1 AS url) FROM core.article LIMIT 1",
            [f"a{number}"],
        )
        db.execute(
            "INSERT INTO core.article_version BY NAME SELECT * REPLACE ($1 AS article_id, $1 ||"
            " '-v' AS version_id, $2 AS fetch_id, $3 AS title, $4 AS text, $4 AS text_sha256,"
            " NULL AS valid_to) FROM core.article_version LIMIT 1",
            [f"a{number}", 1000 + number, dice.choice(WORDS), text_of(dice)],
        )


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(file=tmp_path / "fatiao.toml", folder=tmp_path, search_index=True)


@pytest.fixture
def db(project: Project) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_warehouse(project.warehouse) as connection:
        fill_warehouse(connection)
        add_articles(connection, range(40))
        yield connection


def publish_both(db: duckdb.DuckDBPyConnection, project: Project, run_id: int) -> tuple[Path, Path]:
    """Publish with the index and, elsewhere, without; return the two files."""
    plain = replace(project, folder=project.folder / "plain", search_index=False)
    for one in (
        plain,
        project,
    ):
        publish(db, one, run_id=run_id, now=BUILT_AT, write_report=lambda *_: None)
    return project.public / DATABASE_NAME, plain.public / DATABASE_NAME


def asked(file: Path) -> list[str]:
    """Runs of characters of the texts, long and short, as they stand and in other letters."""
    dice = random.Random(7)  # noqa: S311 - repeatable, not secret
    with closing(open_published(file)) as db:
        texts = [text for (text,) in db.execute("SELECT text FROM originals").fetchall()]
    found = ["借款 逾期", "诉讼时效 平台", "iphone", "Phon 分期", "民间借贷", "借", "玄学", "zzz"]
    found += ["", " ", "k", "s", "i", "lpr", "ＬＰＲ", "%", "5188", "张三 丰收", "三丰"]
    for _ in range(30):
        text = dice.choice(texts)
        start, length = dice.randrange(len(text)), dice.choice((1, 2, 2, 2, 3, 4, 5))
        found.append(text[start : start + length])
    return found


def answers(file: Path, words: list[str], tail: str = "") -> dict[str, list[tuple[object, ...]]]:
    with closing(open_published(file)) as db:
        return {one: db.execute(f"FROM search(?{tail})", [one]).fetchall() for one in words}


def test_search_says_the_same_with_the_index(
    db: duckdb.DuckDBPyConnection, project: Project
) -> None:
    indexed, plain = publish_both(db, project, 1)
    words = asked(plain)
    said = answers(plain, words)
    assert answers(indexed, words) == said
    assert sum(map(bool, said.values())) > 25
    assert answers(indexed, words[:9], ", most := 3") == {one: said[one][:3] for one in words[:9]}
    with (
        closing(open_published(indexed)) as reader,
        pytest.raises(duckdb.Error, match="at most 6 words"),
    ):
        reader.execute("FROM search('一 二 三 四 五 六 七')").fetchall()


def test_the_index_grows_with_the_file(
    db: duckdb.DuckDBPyConnection, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse.increment.FEWEST", 0)
    publish_both(db, project, 1)
    add_articles(db, range(40, 45))
    db.execute("DELETE FROM core.duplicate WHERE relation = 'exact'")  # a repost no longer
    indexed, plain = publish_both(db, project, 2)
    manifest = read_manifest(project.public)
    assert manifest is not None
    assert manifest["since_whole"]["publications"] == 1
    words = asked(plain)
    assert answers(indexed, words) == answers(plain, words)


def test_the_index_comes_and_goes_with_the_setting(
    db: duckdb.DuckDBPyConnection, project: Project
) -> None:
    for run_id, wanted in ((1, False), (2, True), (3, False)):
        one = replace(project, search_index=wanted)
        publish(db, one, run_id=run_id, now=BUILT_AT, write_report=lambda *_: None)
        with closing(open_published(project.public / DATABASE_NAME)) as reader:
            tables = reader.execute("SELECT table_name FROM duckdb_tables()").fetchall()
            comments = reader.execute(
                "SELECT comment FROM duckdb_functions() WHERE function_name = 'search'"
            ).fetchall()
        assert (("search_token",) in tables) == wanted
        assert "most" in str(comments)
