"""Synthetic rows for `tests.bench.warehouse`: articles as advice sites print them, with citations.

Words are made of common characters and used as unevenly as words are; sentences come from a pool,
so that some are met again, as stock phrases are.  An article has about 1,450 characters and three
citations; one of ten has a telephone number, one of ten is a question with an answer, one of
twenty was changed after its first visit.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import accumulate
from typing import Any, Final

from pipeline.statutes import Registry

CITATIONS: Final = 3  # an article
SOURCES: Final = 12
NOW: Final = datetime(2026, 11, 21, 4, tzinfo=UTC)

_SENTENCES: Final = 60_000
_WORDS: Final = 8_000
_LINES: Final = 34  # an article
_STOCK: Final = (
    "借款人应当按期归还本金和利息",
    "在诉讼时效内主张权利，担保期间中断的另算",
    "先整理转账记录和聊天记录",
    "与平台协商分期还款，逾期利息要看合同",
    "iPhone 分期也是借款",
    "向人民法院申请财产保全",
)
_VERDICTS: Final = ("in_force",) * 16 + (
    "repealed",
    "repealed",
    "no_such_article",
    "unverifiable",
)
_DETAIL: Final = "该法在文章日期有效，正文{}共有条文若干，所引第{}条在其中。"
_DETAIL_EN: Final = "The law was in force on the article's date; article {} is in it ({})."

Row = dict[str, Any]
Made = tuple[list[Row], list[Row], list[Row]]  # fetches, pages, citations


class Maker:
    """Makes rows, the same ones for the same seed."""

    def __init__(self, registry: Registry, seed: int = 20261121) -> None:
        self._dice = random.Random(seed)  # noqa: S311 - repeatable, not secret
        # The Civil Code is cited most, as on advice sites.
        self._statutes = sorted(registry.statutes, key=lambda one: one.short_title != "民法典")
        self._sentences = list(_sentences(self._dice))

    def batch(self, numbers: Sequence[int]) -> Made:
        """Return the rows of the articles with these numbers, which are their fetches' too."""
        made = [self._article(number) for number in numbers]
        return (
            [one[0] for one in made],
            [one[1] for one in made],
            [c for _, _, cs in made for c in cs],
        )

    def changed(self, numbers: Sequence[int], first_fetch: int) -> Made:
        """Return later visits of these articles, each of which found another text."""
        made = [
            self._article(number, fetch_id=first_fetch + place)
            for place, number in enumerate(numbers)
        ]
        return (
            [one[0] for one in made],
            [one[1] for one in made],
            [c for _, _, cs in made for c in cs],
        )

    def _article(self, number: int, fetch_id: int | None = None) -> tuple[Row, Row, list[Row]]:
        dice = self._dice
        source = f"site{number * 7 % SOURCES}"
        url = f"https://www.{source}.example/a/{number}.html"
        identity = sha256(url.encode()).hexdigest()[:16]
        lines = dice.choices(self._sentences, k=_LINES)
        if number % 10 == 0:
            number_called = dice.randrange(13_000_000_000, 13_999_999_999)
            lines[3] = f"咨询电话{number_called}，也可以留言。"
        cited = self._cited()
        for place, (_, words, _) in zip(
            dice.sample(range(5, _LINES), CITATIONS), cited, strict=True
        ):
            lines[place] = f"根据{words}的规定，{lines[place]}"
        text = "\n".join(lines)
        published = date(2018, 1, 1) + timedelta(days=dice.randrange(2_650))  # before any fetch
        visit = number if fetch_id is None else fetch_id
        fetched = NOW - timedelta(seconds=50_000_000 - visit)
        digest = sha256(text.encode()).hexdigest()
        version = f"{identity}-{digest[:16]}"
        page = _page_row(visit, identity, version, source, url, fetched, text, digest, published)
        if number % 10 == 5:
            page["parts"] = _parts(text)
        rows = [_citation_row(identity, version, text, published, one, dice) for one in cited]
        return _fetch_row(visit, source, url, fetched, digest), page, rows

    def _cited(self) -> list[tuple[Any, str, int]]:
        found: dict[str, tuple[Any, str, int]] = {}
        while len(found) < CITATIONS:
            place = min(int(self._dice.expovariate(0.1)), len(self._statutes) - 1)
            article_no = 1 + min(int(self._dice.expovariate(0.01)), 1_200)
            statute = self._statutes[place]
            words = f"《{statute.short_title}》第{article_no}条"
            found[words] = (statute, words, article_no)
        return list(found.values())


def _apart(made: Sequence[tuple[Row, Row, list[Row]]]) -> Made:
    cited = [citation for _, _, citations in made for citation in citations]
    return [fetch for fetch, _, _ in made], [page for _, page, _ in made], cited


def _sentences(dice: random.Random) -> Iterator[str]:
    letters = [chr(code) for code in range(0x4E00, 0x9FA0, 13)]
    words = ["".join(dice.choices(letters, k=dice.choice((1, 2, 2, 2, 3)))) for _ in range(_WORDS)]
    ranks = list(accumulate(1 / (rank + 5) for rank in range(_WORDS)))
    for _ in range(_SENTENCES):
        made = dice.choices(words, cum_weights=ranks, k=dice.randrange(12, 28))
        cut = len(made) // 2
        stock = f"，{dice.choice(_STOCK)}" if dice.random() < 0.04 else ""
        yield "".join(made[:cut]) + "，" + "".join(made[cut:]) + stock + "。"


def _fetch_row(visit: int, source: str, url: str, fetched: datetime, digest: str) -> Row:
    return {
        "fetch_id": visit, "run_id": 1, "source": source, "url": url, "fetched_at": fetched,
        "status": 200, "kind": "article", "bytes": 30_000,
        "archive_file": f"{source}.warc.gz", "archive_offset": visit * 9_000,
        "archive_length": 9_000, "payload_digest": f"sha256:{digest}",
    }  # fmt: skip


def _page_row(
    visit: int,
    identity: str,
    version: str,
    source: str,
    url: str,
    fetched: datetime,
    text: str,
    digest: str,
    published: date,
) -> Row:
    return {
        "fetch_id": visit, "outcome": "article", "article_id": identity, "version_id": version,
        "source": source, "url": url, "fetched_at": fetched, "title": text[:24].partition("\n")[0],
        "author": "编辑", "category": "债权债务", "publisher": source, "tags": ["借款", "担保"],
        "published_on": published, "published_precision": "day",
        "published_evidence": str(published), "text": text, "text_sha256": digest,
        "char_count": len(text), "charset_chosen": "utf-8", "extract_version": 1,
    }  # fmt: skip


def _parts(text: str) -> list[Row]:
    cut = text.index("\n", len(text) // 5) + 1
    ends = ((1, "question", 0, cut - 1), (2, "answer", cut, len(text)))
    return [
        {"part_no": no, "kind": kind, "start_char": start, "end_char": end, "is_accepted": False}
        for no, kind, start, end in ends
    ]


def _citation_row(
    identity: str,
    version: str,
    text: str,
    day: date,
    cited: tuple[Any, str, int],
    dice: random.Random,
) -> Row:
    statute, words, article_no = cited
    start = text.index(words)
    end = start + len(words)
    verdict = dice.choice(_VERDICTS)
    return {
        "citation_id": sha256(f"{version}:{start}:{end}".encode()).hexdigest()[:16],
        "version_id": version, "article_id": identity, "start_char": start, "end_char": end,
        "raw_text": words, "sentence": text[text.rfind("\n", 0, start) + 1 : text.find("\n", end)],
        "statute_id": statute.statute_id, "law_title": statute.title, "article_no": article_no,
        "form": "title_short", "is_anaphoric": False, "as_of": day, "verdict": verdict,
        "confidence": "medium", "detail": _DETAIL.format(statute.short_title, article_no),
        "detail_en": _DETAIL_EN.format(article_no, statute.statute_id),
        "evidence_table": "versions", "evidence_origin": "npc", "cite_version": 1,
        "correction_law": "中华人民共和国民法典" if verdict == "repealed" else None,
        "correction_article_no": article_no if verdict == "repealed" else None,
        "registry_version": "bench",
    }  # fmt: skip
