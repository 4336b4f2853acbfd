"""Statute texts from every kind of file, tied to the registry; what is off is listed."""

import json
import sqlite3
import zipfile
from datetime import date
from pathlib import Path

import pytest

from pipeline.statutes import StatuteVersion, load_registry
from pipeline.texts import StatuteTexts
from tests.warehouse.commands import fatiao
from tests.warehouse.statute_texts import MARBLE_LAW, make_docx, make_tar, marbles
from warehouse.text_import import ImportReport, import_texts
from warehouse.texts import open_texts

REGISTRY = load_registry()


def version() -> StatuteVersion:
    (act,) = REGISTRY.find(MARBLE_LAW)
    found = REGISTRY.in_force_on(act.statute_id, date(2025, 1, 1))
    assert found is not None
    return found


def article(texts: StatuteTexts, number: int) -> str | None:
    text = texts.text_of(version())
    return text.article((number, 0)) if text else None


def imported(path: Path, folder: Path) -> ImportReport:
    return import_texts(path, folder, REGISTRY)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "Laws"
    (folder / "行政法规").mkdir(parents=True)
    (folder / "行政法规" / f"{MARBLE_LAW}(2007-02-06).md").write_text(marbles(), encoding="utf-8")
    (folder / "行政法规" / "_index.md").write_text("---\n---", encoding="utf-8")
    return folder


def test_a_checkout_is_taken_in_once(checkout: Path, tmp_path: Path) -> None:
    first = imported(checkout, tmp_path / "data")
    assert (first.new, first.articles, first.conflicts, first.skipped) == (1, 34, (), ())
    digest = open_texts(tmp_path / "data").digest
    again = imported(checkout, tmp_path / "data")
    assert (again.new, again.replaced, again.unchanged) == (0, 0, 1)
    texts = open_texts(tmp_path / "data")
    assert texts.digest == digest != ""
    assert article(texts, 7) == "第7号玻璃珠应当放在第10只木匣里，每日擦拭7遍。"
    assert article(texts, 35) is None


def test_a_tar_holds_the_same(checkout: Path, tmp_path: Path) -> None:
    imported(checkout, tmp_path / "data")
    name = f"./行政法规/{MARBLE_LAW}(2007-02-06).md"
    again = imported(make_tar(tmp_path / "texts.tar.gz", {name: marbles()}), tmp_path / "data")
    assert (again.new, again.replaced, again.unchanged) == (0, 0, 1)


def test_other_words_of_one_version_are_named_and_the_first_kept(tmp_path: Path) -> None:
    imported(make_tar(tmp_path / "one.tar.gz", {"a.md": marbles()}), tmp_path / "data")
    other = make_tar(tmp_path / "two.tar.gz", {"b.md": marbles({9: "玻璃珠归猫所有。"})})
    report = imported(other, tmp_path / "data")
    (conflict,) = report.conflicts
    assert (conflict.kind, report.unchanged) == ("other_words", 1)
    assert "first 9" in conflict.detail
    assert "猫" not in str(article(open_texts(tmp_path / "data"), 9))


def test_the_same_file_mended_replaces_what_was_held(tmp_path: Path) -> None:
    imported(make_tar(tmp_path / "one.tar.gz", {"a.md": marbles()}), tmp_path / "data")
    mended = make_tar(tmp_path / "two.tar.gz", {"a.md": marbles({9: "玻璃珠归猫所有。"})})
    assert imported(mended, tmp_path / "data").replaced == 1
    assert article(open_texts(tmp_path / "data"), 9) == "玻璃珠归猫所有。"


def test_parts_of_a_code_are_joined(tmp_path: Path) -> None:
    whole = marbles()
    head, _, body = whole.partition("<!-- INFO END -->")
    begin, middle, end = body.partition("第二十条 ")
    parts = {
        "下.md": f"{head}<!-- INFO END -->\n{middle}{end}",
        "上.md": f"{head}<!-- INFO END -->{begin}",
    }
    report = imported(make_tar(tmp_path / "texts.tar.gz", parts), tmp_path / "data")
    assert (report.new, report.articles, report.conflicts) == (1, 34, ())


def test_bad_files_are_named_and_passed_over(checkout: Path, tmp_path: Path) -> None:
    (checkout / "甲.md").write_bytes("# 法".encode("gb18030"))
    (checkout / "乙.md").write_text("没有分界线", encoding="utf-8")
    (checkout / "丙.docx").write_bytes(b"PK no zip")
    (checkout / "丁.db").write_bytes(b"SQLite format 3\0 nonsense")
    (checkout / "戊.md").write_text(marbles().replace(MARBLE_LAW, "玻璃珠法"), encoding="utf-8")
    report = imported(checkout, tmp_path / "data")
    assert {bad.source for bad in report.skipped} == {"甲.md", "乙.md", "丙.docx", "丁.db"}
    assert [conflict.kind for conflict in report.conflicts] == ["unknown_statute"]
    assert report.new == 1


def test_a_text_that_counts_otherwise_than_the_registry_is_named(tmp_path: Path) -> None:
    short = marbles().partition("第三十条 ")[0]
    report = imported(make_tar(tmp_path / "t.tar.gz", {"a.md": short}), tmp_path / "data")
    assert [conflict.kind for conflict in report.conflicts] == ["article_count"]


def test_a_version_that_the_registry_lacks_is_named(tmp_path: Path) -> None:
    odd = marbles().replace("2007年", "1987年")
    report = imported(make_tar(tmp_path / "t.tar.gz", {"a.md": odd}), tmp_path / "data")
    assert [conflict.kind for conflict in report.conflicts] == ["unknown_version"]


def test_a_word_file_is_read(tmp_path: Path) -> None:
    lines = [
        "商业特许经营",
        "管理条例",
        "（2007年2月6日国务院公布　自2007年5月1日起施行）",
        "目　　录",
        "第一章　总则",
        "第一章　总则",
        "第一条　为了玻璃珠，制定本条例。",
        "第二条　玻璃珠是圆的。",
        "（一）大的；",
        "附件一　珠子的清点办法",
        "第一条　每年清点一次。",
    ]
    make_docx(tmp_path / "条例_20070206.docx", lines)
    report = imported(tmp_path / "条例_20070206.docx", tmp_path / "data")
    assert report.new == 1
    assert article(open_texts(tmp_path / "data"), 2) == "玻璃珠是圆的。\n（一）大的；"


def test_a_tab_parts_a_heading_from_its_words(tmp_path: Path) -> None:
    file = make_docx(
        tmp_path / "条例_20070206.docx", [MARBLE_LAW, "第一条TAB珠子。", "第二条TAB圆的。"]
    )
    with zipfile.ZipFile(file) as archive:
        xml = archive.read("word/document.xml").decode()
    with zipfile.ZipFile(file, "w") as archive:
        tab = "</w:t></w:r><w:r><w:tab/><w:t>"
        archive.writestr("word/document.xml", xml.replace("TAB", tab))
    assert imported(file, tmp_path / "data").new == 1
    assert article(open_texts(tmp_path / "data"), 2) == "圆的。"


def test_the_database_of_another_package_is_read(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "laws.db") as db:
        db.execute("CREATE TABLE laws (law_id, law_name, version_date, publish_date)")
        db.execute("CREATE TABLE articles (id, law_id, article_no, article_text)")
        db.execute("INSERT INTO laws VALUES ('x', ?, '2007-02-06', NULL)", [MARBLE_LAW])
        db.execute("INSERT INTO articles VALUES (1, 'x', '第一条', '珠子。\n第二款。')")
    db.close()
    assert imported(tmp_path / "laws.db", tmp_path / "data").new == 1
    assert article(open_texts(tmp_path / "data"), 1) == "珠子。\n第二款。"


def test_the_command_imports_and_shows(checkout: Path, tmp_path: Path) -> None:
    done = fatiao(tmp_path, "statutes", "import", str(checkout), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["new"] == 1
    assert (tmp_path / "data" / "statutes" / "texts.sqlite").is_file()
    shown = fatiao(tmp_path, "statutes", "show", MARBLE_LAW, "第七条", "--on", "2025-01-01")
    assert shown.returncode == 0, shown.stderr
    assert "第10只木匣" in shown.stdout
    assert "→ in force from 2007-05-01, 34 articles, text held" in shown.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("show", "玻璃珠法", "7"), "not in the registry"),
        (("show", MARBLE_LAW, "七百"), "has no 第七百条"),
        (("show", MARBLE_LAW, "x"), "not an article"),
        (("show", MARBLE_LAW, "7", "--on", "2000-01-01"), "not in force"),
        (("show", "民法典", "7"), "were not imported"),
        (
            ("show", "合同法", "107"),
            "repealed on 2021-01-01, now 《中华人民共和国民法典》第五百七十七条",
        ),
    ],
)
def test_what_can_not_be_shown_is_said_in_one_line(
    checkout: Path, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    import_texts(checkout, tmp_path / "data" / "statutes", REGISTRY)
    failed = fatiao(tmp_path, "statutes", *arguments)
    assert failed.returncode == 65
    assert words in failed.stderr
    assert len(failed.stderr.splitlines()) == 1


def test_a_broken_archive_and_an_old_word_file_are_named(tmp_path: Path) -> None:
    whole = make_tar(tmp_path / "whole.tar.gz", {"a.md": marbles()})
    cut = tmp_path / "cut.tar.gz"
    cut.write_bytes(whole.read_bytes()[:-40])
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0" * 4)
    (tmp_path / "files" / "~$open.docx").write_bytes(b"x")
    broken = import_texts(cut, tmp_path / "held", load_registry())
    assert [bad.source for bad in broken.skipped] == ["cut.tar.gz"]
    assert "broken archive" in broken.skipped[0].reason
    old = import_texts(tmp_path / "files", tmp_path / "held", load_registry())
    assert [(bad.source, ".docx" in bad.reason) for bad in old.skipped] == [("old.doc", True)]
