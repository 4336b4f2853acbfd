"""Quotations compared with imported statute texts: by the function, the command and the build."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from lxml import html

from pipeline.cite.check import CheckedCitation, as_json, cite
from pipeline.statutes import load_registry
from tests.warehouse.commands import fatiao, write_config
from tests.warehouse.statute_texts import MARBLE_LAW, law_of_cats, make_tar
from tests.warehouse.test_build import SITE, article, ask, take
from warehouse.text_import import import_texts
from warehouse.texts import open_texts

DAY = date(2025, 6, 1)
SPARROWS = "麻雀在屋顶开会，须提前七日向看门的黄狗提交书面申请，写明议题和谷粒数目。"
CHEESE = "老鼠借走奶酪的，应当在满月之夜归还，并附上一枚松果作为利息。"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("project")
    tar = make_tar(base / "texts.tar.gz", {"a.md": law_of_cats()})
    import_texts(tar, base / "data" / "statutes", load_registry())
    return base


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_config(tmp_path, f'name = "lawsite"\nstart = "{SITE}/"\nenabled = false')
    return tmp_path


def cited(text: str, folder: Path) -> list[CheckedCitation]:
    texts = open_texts(folder / "data" / "statutes")
    return cite(text, as_of=DAY, today=DAY, registry=load_registry(), texts=texts)


def only(text: str, folder: Path) -> CheckedCitation:
    (citation,) = cited(text, folder)
    return citation


@pytest.mark.parametrize(
    "text",
    [
        f"《{MARBLE_LAW}》第三条规定：“{SPARROWS}”",
        f"《{MARBLE_LAW}》第三条规定，“{SPARROWS}”，很清楚。",
        f"《{MARBLE_LAW}》第三条\n{SPARROWS}",
        f"《{MARBLE_LAW}》第三条：{SPARROWS}",
        f"《{MARBLE_LAW}》第三条 {SPARROWS}",
        f"根据《{MARBLE_LAW}》第三条的规定，{SPARROWS}别忘了。",
        f"依据《{MARBLE_LAW}》第三条，麻雀在屋顶开会，要提前7日向看门的黄狗提交书面申请，不然就散会。",
        f"《{MARBLE_LAW}》第三条「{SPARROWS}」",
        f"《{MARBLE_LAW}》第三條規定：“麻雀在屋頂開會，須提前七日向看門的黃狗提交書面申請”",
    ],
)
def test_words_of_another_article_are_a_wrong_article(text: str, folder: Path) -> None:
    citation = only(text, folder)
    assert citation.verdict == "wrong_article"
    assert citation.correction is not None
    assert citation.correction.article == 4
    assert "第四条的内容" in citation.detail
    assert citation.quote is not None
    assert citation.quote.matched == (4, 0)
    assert "开会" in text[citation.quote.start : citation.quote.end].replace("開會", "开会")
    json.dumps(as_json(citation))


@pytest.mark.parametrize(
    "text",
    [
        f"《{MARBLE_LAW}》第四条规定：“{SPARROWS}”",
        f"适用《{MARBLE_LAW}》第三条的规定，{SPARROWS}",
        f"违反《{MARBLE_LAW}》第三条的规定，{SPARROWS}",
        f"将《{MARBLE_LAW}》第三条修改为：“{SPARROWS}”",
        f"修改前的《{MARBLE_LAW}》第三条规定：“{SPARROWS}”",
        f"《{MARBLE_LAW}》（2005年）第三条规定：“{SPARROWS}”",
        f"《{MARBLE_LAW}》第三条没有规定{SPARROWS}",
        f"《{MARBLE_LAW}》第三条规定的开会申请：麻雀须提前七日向看门的黄狗提交书面申请，写明议题。",
        f"《{MARBLE_LAW}》第三条规定，狐狸、刺猬和猫头鹰都不在此列，也无人过问。",
        f"《{MARBLE_LAW}》第五条规定：“{CHEESE}”",
        f"《{MARBLE_LAW}》第三条、第五条规定，{SPARROWS}",
        f"《{MARBLE_LAW}》第三条至第五条规定，{SPARROWS}",
    ],
)
def test_nobody_is_accused_where_another_reading_is_possible(text: str, folder: Path) -> None:
    assert {citation.verdict for citation in cited(text, folder)} == {"in_force"}


def test_a_carried_article_is_not_accused(folder: Path) -> None:
    _, carried = cited(f"请看《{MARBLE_LAW}》。\n第三条　{SPARROWS}", folder)
    assert carried.verdict == "in_force"


def test_a_rule_of_its_own_in_a_reproduced_norm_is_no_paraphrase(folder: Path) -> None:
    rule = f"依照{MARBLE_LAW}第三条的规定，麻雀在屋顶开会，要提前七日向看门的黄狗提交书面申请。"
    assert only(f"开会。{rule}", folder).verdict == "wrong_article"
    norm = f"第四条 开会。\n第五条 散会。\n第六条 {rule}"
    assert only(norm, folder).verdict == "in_force"


def test_a_changed_quotation_is_remarked_upon_with_its_similarity(folder: Path) -> None:
    changed = CHEESE.replace("满月之夜", "下个星期")
    citation = only(f"《{MARBLE_LAW}》第三条规定：“{changed}”", folder)
    assert citation.verdict == "in_force"
    assert citation.quote is not None
    assert 0.5 < citation.quote.similarity < 0.9
    assert "不尽相同" in citation.detail
    exact = only(f"《{MARBLE_LAW}》第三条规定：“{CHEESE}”", folder)
    assert exact.quote is not None
    assert exact.quote.similarity == 1
    assert "不尽相同" not in exact.detail


@pytest.mark.parametrize(
    ("place", "verdict", "words"),
    [
        ("第二条第二款", "in_force", ""),
        ("第二条第三款", "no_such_article", "只有两款，没有第三款"),
        ("第二条第二款第（二）项", "in_force", ""),
        ("第二条第（三）项", "no_such_article", "只有两项，没有第（三）项"),
        ("第三条第一项", "no_such_article", "没有分项"),
        ("第三条第一款", "in_force", ""),
    ],
)
def test_paragraphs_and_items_are_counted(
    place: str, verdict: str, words: str, folder: Path
) -> None:
    citation = only(f"见《{MARBLE_LAW}》{place}。", folder)
    assert citation.verdict == verdict
    assert words in citation.detail


def test_a_part_missing_in_a_law_not_named_speaks_against_the_antecedent(folder: Path) -> None:
    _, anaphor = cited(f"《{MARBLE_LAW}》第二条说了。该条例第三条第九款也说了。", folder)
    assert anaphor.verdict == "unverifiable"


def test_a_changed_number_is_another_rule(folder: Path) -> None:
    changed = SPARROWS.replace("七日", "三日")
    citation = only(f"《{MARBLE_LAW}》第四条规定：“{changed}”", folder)
    assert citation.verdict == "quote_differs"
    assert citation.confidence == "high"
    assert "引作“三”，原文“七”" in citation.detail
    assert "“三” stands for “七”" in citation.detail_en
    assert citation.evidence is not None
    assert "七日" in (citation.evidence.words or "")
    row = as_json(citation)
    assert row["quote"]["diff"]["differences"] == ({"given": "三", "law": "七", "matters": True},)
    assert row["evidence"]["effective_from"] == "2007-05-01"


def test_without_texts_nothing_changes(tmp_path: Path) -> None:
    citation = only(f"《{MARBLE_LAW}》第三条第九款规定：“{SPARROWS}”", tmp_path)
    assert (citation.verdict, citation.quote) == ("in_force", None)


@pytest.mark.parametrize("place", [("--folder", "{}"), ()])
def test_the_command_finds_the_texts(place: tuple[str, ...], folder: Path) -> None:
    (folder / "a.txt").write_text(f"《{MARBLE_LAW}》第三条\n{SPARROWS}", encoding="utf-8")
    options = [part.format(folder) for part in place]
    done = fatiao(folder, "cite", str(folder / "a.txt"), "--as-of", "2025-06-01", *options)
    assert done.returncode == 0, done.stderr
    (citation,) = json.loads(done.stdout)["citations"]
    assert citation["verdict"] == "wrong_article"
    assert citation["correction"]["article"] == 4
    assert citation["quote"]["matched"] == {"article": 4, "article_suffix": None}


def test_the_command_shows_the_text_as_a_page(folder: Path) -> None:
    body = f"<b>《{MARBLE_LAW}》第三条\n{SPARROWS}</b>《西游记》&《民法典》"
    (folder / "b.txt").write_text(body, encoding="utf-8")
    done = fatiao(folder, "cite", str(folder / "b.txt"), "--as-of", "2025-06-01", "--html")
    assert done.returncode == 0, done.stderr
    page = html.document_fromstring(done.stdout)
    marks = page.findall(".//mark")
    assert [mark.get("class") for mark in marks] == ["u-wrong_article", "u-in_force"]
    assert [q.text_content()[:4] for q in marks[0].iter("q")] == ["第三条\u3000", "第四条\u3000"]
    for note in page.findall(".//span[@class='note']"):
        note.drop_tree()
    assert page.findall(".//main")[0].text_content() == body
    (folder / "c.jsonl").write_text("", encoding="utf-8")
    assert fatiao(folder, "cite", str(folder / "c.jsonl"), "--html").returncode == 64


def test_imported_texts_make_the_build_cite_again(project: Path, folder: Path) -> None:
    cited_as = "SELECT verdict, correction_article_no FROM core.citation"
    take(project, article("/a/1.html", f"请看《{MARBLE_LAW}》第三条规定：“{SPARROWS}”就这样。"))
    assert ask(project, cited_as) == [("in_force", None)]
    shutil.copytree(folder / "data" / "statutes", project / "data" / "statutes")
    take(project)
    assert ask(project, cited_as) == [("wrong_article", 4)]


def test_coverage_names_the_cited_statutes_that_lack_text(project: Path, folder: Path) -> None:
    take(project, article("/a/1.html", f"《{MARBLE_LAW}》第三条，《滨海市养猫条例》第四条。"))
    assert fatiao(project, "statutes", "coverage").returncode == 65
    assert fatiao(project, "publish").returncode == 0
    said = json.loads(fatiao(project, "statutes", "coverage", "--json").stdout)
    assert {gap["title"]: gap["lacks"] for gap in said} == {
        MARBLE_LAW: ["no text of the version from 2007-05-01"],
        "滨海市养猫条例": ["not in the registry, or ambiguous"],
    }
    shutil.copytree(folder / "data" / "statutes", project / "data" / "statutes")
    assert MARBLE_LAW not in fatiao(project, "statutes", "coverage").stdout
