"""Templates in a build: learned at five articles, again when pages stop fitting, kept for good."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from crawler.importer import import_warc
from crawler.sources import load_project
from tests.warehouse.commands import write_config
from tests.warehouse.test_build import SITE, Response, write_warc
from warehouse.build import build
from warehouse.stale import discard
from warehouse.store import open_warehouse, read_sql
from warehouse.templates import save_decided, versions_of

TOPICS = ["押金", "彩礼", "工伤", "抚养费", "欠薪", "遗嘱", "车祸", "装修", "借款", "竞业"]
PROMOTION = "城南律师团队每天晚上八点在直播间答疑，欢迎您来提问，名额有限。"


def paragraphs(topic: str, number: int) -> list[str]:
    return [
        f"关于{topic}的第{number}个问题，先看双方当时是怎么约定的，有没有写在纸上。",
        f"没有约定的，{topic}要按照当地的习惯和交易的情况来定，证据由主张的一方提供。",
        f"依照《民法典》第五百七十七条，在{topic}上违约的一方应当承担责任，编号{number * 37}。",
        f"最后提醒一句，{topic}的诉讼时效一般是三年，从知道权利受损之日起算。",
    ]


def old_design(number: int) -> str:
    topic = TOPICS[number % len(TOPICS)]
    text = "".join(f"<p>{one}</p>" for one in paragraphs(topic, number))
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{topic}怎么办之{number} - 城南"
        f"法律网</title></head><body><div class=nav><a href=/>首页</a></div><div class=main>"
        f"<h1>{topic}怎么办之{number}</h1><div class=info>作者：李文 "
        f"2025-02-1{number % 10} 10:20</div>"
        f"<div class=text>{text}<div class=promo>{PROMOTION}</div></div></div>"
        f"<div class=foot>城南法律网 版权所有</div></body></html>"
    )


def new_design(number: int) -> str:
    return (
        old_design(number)
        .replace("class=text", "class=entry-content")
        .replace("class=main", "class=wrap")
        .replace("class=info", "class=post-meta")
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_config(tmp_path, f'name = "lawsite"\nstart = "{SITE}/"\nenabled = false')
    return tmp_path


def take(project: Path, design: Callable[[int], str], numbers: range) -> None:
    loaded = load_project(project / "fatiao.toml")
    responses = [Response(f"/a/{number}.html", design(number), days=number) for number in numbers]
    import_warc(loaded, write_warc(project / f"{numbers.start}.warc.gz", *responses), None)
    rebuild(project, of=lambda _project: None)


def rebuild(project: Path, of: Callable[[Any], None] = discard) -> None:
    loaded = load_project(project / "fatiao.toml")
    of(loaded)
    now = datetime.now(UTC)
    build(loaded, now=now, is_time_up=lambda: False, progress=lambda _done, _all: None)


def ask(project: Path, question: str) -> list[Any]:
    with duckdb.connect(str(project / "data" / "warehouse.duckdb"), read_only=True) as db:
        return db.execute(question).fetchall()


def content(project: Path) -> list[Any]:
    with open_warehouse(project / "data" / "warehouse.duckdb") as db:
        return db.execute(read_sql("content.sql")).fetchall()


EXTRACTORS = "SELECT extractor, count(*) FROM core.article_version GROUP BY ALL ORDER BY ALL"


def test_five_articles_teach_a_template_which_reads_them_too(project: Path) -> None:
    take(project, old_design, range(1, 6))

    (template,) = versions_of(project / "data" / "templates", "lawsite")
    assert template.layouts[0].container.selector == "div.text"
    assert template.pages == 5
    assert ask(project, EXTRACTORS) == [("template:lawsite@1", 5)]
    assert ask(project, f"FROM core.article_version WHERE contains(text, '{PROMOTION}')") == []
    texts = ask(project, "FROM core.article_version WHERE contains(text, '第五百七十七条')")
    assert len(texts) == 5


def test_four_articles_teach_nothing_and_a_fifth_later_does(project: Path) -> None:
    take(project, old_design, range(1, 5))
    assert versions_of(project / "data" / "templates", "lawsite") == []

    take(project, old_design, range(5, 6))

    (template,) = versions_of(project / "data" / "templates", "lawsite")
    assert template.pages == 5
    assert dict(ask(project, EXTRACTORS))["template:lawsite@1"] == 1


def test_a_redesign_is_read_page_by_page_until_it_is_learned(project: Path) -> None:
    take(project, old_design, range(1, 9))
    take(project, new_design, range(9, 12))
    extractors = dict(ask(project, EXTRACTORS))
    assert extractors["trafilatura, not lawsite@1: no container"] == 3

    take(project, new_design, range(12, 20))

    first, second = versions_of(project / "data" / "templates", "lawsite")
    assert "did not fit" in second.because
    selectors = [layout.container.selector for layout in second.layouts]
    assert selectors == ["div.entry-content", "div.text"]
    assert first.version == 1
    assert dict(ask(project, EXTRACTORS))["template:lawsite@2"] == 8


def test_a_rebuild_reads_every_page_as_it_was_read(project: Path) -> None:
    take(project, old_design, range(1, 4))
    take(project, old_design, range(4, 9))
    take(project, new_design, range(9, 20))
    before, files = content(project), versions_of(project / "data" / "templates", "lawsite")

    rebuild(project)
    once = content(project)
    rebuild(project)

    assert before == once == content(project)
    assert versions_of(project / "data" / "templates", "lawsite") == files


def test_what_was_decided_is_not_decided_again_though_nothing_was_learned(project: Path) -> None:
    take(project, old_design, range(1, 4))
    save_decided(project / "data" / "templates", 3)

    take(project, old_design, range(4, 7))
    rebuild(project)

    (template,) = versions_of(project / "data" / "templates", "lawsite")
    assert template.applies_from == 4
    assert dict(ask(project, EXTRACTORS)) == {"trafilatura": 3, "template:lawsite@1": 3}
