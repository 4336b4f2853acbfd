"""Provisions that a text sets out without their law, found by the words of imported statutes."""

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from pipeline.cite.check import CheckedCitation, cite
from pipeline.statutes import load_registry
from tests.warehouse.statute_texts import MARBLE_LAW, make_tar, marbles, markdown
from warehouse.text_import import import_texts
from warehouse.texts import FILE_NAME, open_texts

DAY = date(2025, 6, 1)
OWLS = (
    "为了让猫头鹰安心值夜，保护打瞌睡的灯塔看守，制定本条例。",
    "猫头鹰应当在每晚点灯之前数清码头上的渔船。\n数清之后，猫头鹰可以依照前款规定领取两条小鱼。",
    "违反本条例第二条规定少数一条渔船的，扣发当晚的小鱼。",
    "海鸥偷吃小鱼被当场捉住的，应当替猫头鹰站岗三个晚上。",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("words")
    words = dict(enumerate(OWLS, start=1))
    filler = {n: f"第{n}类特许人的备案编号一律写作{n * 7919}。" for n in range(len(OWLS) + 1, 35)}
    text = markdown(MARBLE_LAW, "2007年2月6日", "2007年5月1日", words | filler)
    import_texts(make_tar(base / "texts.tar.gz", {"a.md": text}), base / "held", load_registry())
    return base / "held"


def cited(text: str, folder: Path) -> list[CheckedCitation]:
    texts = open_texts(folder)
    return cite(text, as_of=DAY, today=DAY, registry=load_registry(), texts=texts)


@pytest.mark.parametrize(
    ("text", "raw", "article"),
    [
        ("看好了。第四条海鸥偷吃小鱼被当场捉住的，应当替猫头鹰站岗三个晚上。", "第四条", 4),
        ("第四条【站岗】 海鸥偷吃小鱼被当场捉住的，应当替猫头鹰站岗三个晚上。", "第四条", 4),
        ("违反本条例第二条规定少数一条渔船的，扣发当晚的小鱼。", "本条例第二条", 2),
        ("数清之后，猫头鹰可以依照前款规定领取两条小鱼。", "前款", 2),
        ("违反本條例第二條規定少數一條漁船的，扣發當晚的小魚。", "本條例第二條", 2),
    ],
)
def test_the_words_tell_the_law(text: str, raw: str, article: int, folder: Path) -> None:
    (citation,) = cited(text, folder)
    assert (citation.raw, citation.canonical, citation.article) == (raw, MARBLE_LAW, article)
    assert MARBLE_LAW in citation.detail
    assert "没有写明" in citation.detail
    assert "names no law" in citation.detail_en


@pytest.mark.parametrize(
    "text",
    [
        "第五条海鸥偷吃小鱼被当场捉住的，应当替猫头鹰站岗三个晚上。",  # another number
        "第四条海鸥偷鱼的，要站岗。",  # other words
        "违反本条例第二条的，扣发小鱼。",
        "前款规定的小鱼。",
        "按照《条例》第四条，海鸥偷吃小鱼被当场捉住的，应当替猫头鹰站岗三个晚上。",
    ],
)
def test_other_words_tell_nothing(text: str, folder: Path) -> None:
    assert {citation.canonical for citation in cited(text, folder)} <= {None}


def test_without_texts_nothing_is_told(tmp_path: Path) -> None:
    (citation,) = cited("违反本条例第二条规定少数一条渔船的，扣发当晚的小鱼。", tmp_path)
    assert citation.canonical is None


def test_a_norm_set_out_without_its_title_is_told_by_its_articles(folder: Path) -> None:
    text = "\n".join(f"第{n}条 {words}" for n, words in zip("一二三", OWLS, strict=False))
    own = [each for each in cited(text, folder) if each.raw.startswith("本条例")]
    assert own
    assert {each.canonical for each in own} == {MARBLE_LAW}


def test_under_another_number_the_words_are_of_another_act(folder: Path) -> None:
    text = (
        "第二十条 茶杯要放稳。\n"
        "第二十一条 猫头鹰应当在每晚点灯之前数清码头上的渔船。\n"
        "数清之后，猫头鹰可以依照前款规定领取两条小鱼。\n"
        "第二十二条 茶壶也要放稳。\n"
    )
    assert {citation.canonical for citation in cited(text, folder)} == {None}


def test_texts_imported_before_clauses_were_kept_get_them_with_the_next_import(
    tmp_path: Path,
) -> None:
    tar = make_tar(tmp_path / "texts.tar.gz", {"a.md": marbles()})
    held = tmp_path / "held"
    import_texts(tar, held, load_registry())
    with sqlite3.connect(held / FILE_NAME) as db:
        db.execute("DROP TABLE said")
        db.execute("DROP TABLE numbered")
    db.close()
    sentence = "第七条 第7号玻璃珠应当放在第10只木匣里，每日擦拭7遍。"
    assert [each.canonical for each in cited(sentence, held)] == [None]
    import_texts(tar, held, load_registry())
    assert [each.canonical for each in cited(sentence, held)] == [MARBLE_LAW]


def test_a_mended_text_is_found_by_its_new_words_only(tmp_path: Path) -> None:
    held = tmp_path / "held"
    for words in ("旧的木匣一律刷成绿色以后再晾三天。", "新的木匣一律刷成红色以后再晾五天。"):
        tar = make_tar(tmp_path / "texts.tar.gz", {"a.md": marbles({7: words})})
        import_texts(tar, held, load_registry())
    found = [
        cited(f"第七条 {one}的木匣一律刷成{two}色以后再晾{three}天。", held)[0].canonical
        for one, two, three in (("旧", "绿", "三"), ("新", "红", "五"))
    ]
    assert found == [None, MARBLE_LAW]
