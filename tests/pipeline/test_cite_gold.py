"""Floors on the development gold and the seeds, beside the checkout; the stage's version."""

import json
import re
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from pipeline.cite.check import CITE_VERSION, cite
from pipeline.cite.finding import Verdict
from pipeline.statutes import load_registry
from tests.shared.citations import SHARED, development_scores, imported, seed_rows
from tests.shared.verdicts import accusing, decided, figures, judged

_BEGINS = re.compile(r"自((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日起(?:施行|实施|生效)")

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is absent")


@needs_shared
def test_citations_of_the_development_gold_are_found_and_resolved() -> None:
    scores = development_scores()
    assert scores["span_relaxed_iou0.5"]["F1"] >= 0.97
    assert scores["norm_article_direct"]["R"] >= 0.95
    assert scores["norm_article"]["F1"] >= 0.79
    assert scores["negative_passages_with_fp"].startswith("0/")


@needs_shared
def test_seed_citations_are_as_expected() -> None:
    rows = list(seed_rows())
    assert len(rows) == 13
    assert [words for _, numbers, verdict, words in rows if not (numbers and verdict)] == []


@needs_shared
def test_seed_citations_are_as_expected_with_texts(tmp_path: Path) -> None:
    texts = imported(tmp_path, "民法典", "民事诉讼法(", "合同法(", "民间借贷", "征信业")
    rows = list(seed_rows(texts))
    assert [words for _, numbers, verdict, words in rows if not (numbers and verdict)] == []


GOLDEN_TEXT = """\
《劳动合同法》（2012修正）第三十八条第一款第（二）项、第四十六条第（一）项：“依照本法第三十六条办理。”
该条第二款与前款不同。
《最高人民法院关于审理民间借贷案件适用法律若干问题的规定》（法释〔2020〕17号，以下简称《规定》）第二十五条至第二十八条；《规定》第三十条。刑法第133条之一、第一百三十四条，
民法典第1079、1080条，《滨海市养犬管理办法》第三条，《借款合同》第一条，依照本条例第九条。
"""
GOLDEN = (8, "70e1f90aa8bc762d")  # CITE_VERSION, digest


def test_other_output_needs_another_version() -> None:
    """Stored citations are made again only when CITE_VERSION is raised."""
    day = date(2025, 6, 1)
    found = cite(GOLDEN_TEXT, as_of=day, today=day, registry=load_registry())
    places = [
        (c.start, c.end, c.canonical, c.article, c.article_suffix, c.article_end, c.paragraph,
         c.item, c.item_end, c.doc_number, str(c.form), c.antecedent)
        for c in found
    ]  # fmt: skip
    digest = sha256(json.dumps(places, ensure_ascii=False).encode()).hexdigest()[:16]
    assert (CITE_VERSION, digest) == GOLDEN, "raise CITE_VERSION, then write both here"


@needs_shared
def test_what_is_called_wrong_is_wrong(tmp_path: Path) -> None:
    """A reader's verdicts on real passages and on sentences made for what these lack."""
    rows = decided(list(judged(imported(tmp_path))))
    for part in ([row for row in rows if row.is_practice], [r for r in rows if not r.is_practice]):
        assert accusing(part).precision >= 0.98
        assert accusing(part).recall >= 0.9
    assert {verdict for verdict in Verdict if figures(rows, verdict).expected == 0} == set()
    assert [
        row for row in rows if row.corrected and row.correction not in ("", row.corrected)
    ] == []


@needs_shared
def test_days_in_force_are_those_that_the_laws_themselves_name(tmp_path: Path) -> None:
    """The last article says 自…起施行; an amended law repeats the day of its first version."""
    registry, texts = load_registry(), imported(tmp_path)
    agreeing, wrong = 0, []
    for version in registry.versions:
        text = texts.text_of(version)
        first = registry.versions_of(version.statute_id)[0].effective_from
        last = text.article(next(reversed(list(text.provisions)), (0, 0))) if text else None
        named = _BEGINS.findall(last or "")
        if named:
            day = date(*map(int, named[-1]))
            agreeing += day == version.effective_from
            is_other = day not in {version.effective_from, first}
            if is_other and version.promulgated_on and day > version.promulgated_on:
                wrong.append((version.statute_id, day))
    assert agreeing > 500
    assert wrong == []
