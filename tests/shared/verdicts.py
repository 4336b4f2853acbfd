"""Verdicts against a gold read by hand: `python -m tests.shared.verdicts`.

`verdicts_gold.csv` holds facts only: where a citation stands (a passage or text of ../shared by
id, or a page by its line, with offsets), on which day it is judged, the verdict that a reader of
the law's text gives it, and why.  Rows whose source is `practice` are sentences of our own, for
what real passages lack; `{law article paragraph|old→new}` in them is filled in from the imported
texts.
"""

import csv
import gzip
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from pipeline.cite.check import CheckedCitation, cite
from pipeline.cite.finding import ACCUSING
from pipeline.statutes import load_registry
from pipeline.texts import StatuteTexts
from tests.shared.citations import SHARED, imported

GOLD: Final = Path(__file__).with_name("verdicts_gold.csv")
PRACTICE: Final = "practice"
UNDECIDED: Final = "undecided"
_WORDS: Final = re.compile(
    r"\{(?P<law>\D+) (?P<article>\d+) (?P<paragraph>\d)(?:\|(?P<old>[^→}]*)→(?P<new>[^}]*))?\}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A row of the gold beside what the program says."""

    is_practice: bool
    expected: str
    said: str
    correction: str  # expected: an article's number or a document number; empty: none is known
    corrected: str  # said
    where: str
    why: str


def judged(texts: StatuteTexts) -> Iterator[Judged]:
    """Yield each row with the program's verdict; `missing` where it finds no such citation."""
    with GOLD.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            day = date.fromisoformat(row["as_of"])
            is_practice = row["source"] == PRACTICE
            text = _filled(row["sentence"], day, texts) if is_practice else _text(row["source"])
            found = _citations(text, day, texts)
            one = found[0] if is_practice and found else None
            if not is_practice:
                span = int(row["start"]), int(row["end"])
                one = next((c for c in found if (c.start, c.end) == span), None)
            yield Judged(
                is_practice=is_practice,
                expected=row["verdict"],
                said=str(one.verdict) if one else "missing",
                correction=row["correction"],
                corrected=_corrected(one) if one else "",
                where=f"{row['source']} {one.raw if one else row['start']} {row['as_of']}",
                why=row["why"],
            )


def _corrected(one: CheckedCitation) -> str:
    mend = one.correction
    return str((mend.article or mend.doc_number or "") if mend else "")


_cited: dict[tuple[str, date], list[CheckedCitation]] = {}


def _citations(text: str, day: date, texts: StatuteTexts) -> list[CheckedCitation]:
    if (text, day) not in _cited:
        found = cite(text, as_of=day, today=day, registry=load_registry(), texts=texts)
        _cited[(text, day)] = found
    return _cited[(text, day)]


def _text(source: str) -> str:
    kind, _, name = source.partition(":")
    if kind == "dedup":
        return _copies()[name]
    texts = _passages() if kind == "dev" else _pages(kind)
    return texts[name]


@cache
def _copies() -> dict[str, str]:
    """Return the texts that deduplication is measured on; none of the rules saw them before."""
    with gzip.open(SHARED / "dedup" / "dev.jsonl.gz", "rt", encoding="utf-8") as file:
        return {row["id"]: row["text"] for row in map(json.loads, file)}


@cache
def _passages() -> dict[str, str]:
    lines = (SHARED / "citations" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["id"]: row["text"] for row in map(json.loads, lines)}


@cache
def _pages(site: str) -> dict[str, str]:
    file = SHARED / "sites" / f"{site}.gold.jsonl"
    lines = file.read_text(encoding="utf-8").splitlines()
    return {str(number): json.loads(line)["text"] or "" for number, line in enumerate(lines)}


def _filled(sentence: str, day: date, texts: StatuteTexts) -> str:
    return _WORDS.sub(lambda match: _words(match, day, texts), sentence)


def _words(match: re.Match[str], day: date, texts: StatuteTexts) -> str:
    """Return the words of an article, or of one 款, with one of them changed."""
    registry = load_registry()
    (act,) = registry.find(match["law"])
    version = registry.in_force_on(act.statute_id, day)
    text = texts.text_of(version) if version else None
    if text is None:
        raise LookupError(f"no text: {match[0]}")
    provision = text.provisions[(int(match["article"]), 0)]
    part = provision if match["paragraph"] == "0" else provision.paragraphs[int(match[3]) - 1]
    words = text.words[part.start : part.end].replace("\n", "")
    if match["old"] and match["old"] not in words:
        raise LookupError(f"not in the article: {match[0]}: {words}")
    return words.replace(match["old"], match["new"], 1) if match["old"] else words


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How one verdict, or several together, does."""

    expected: int
    said: int
    right: int

    @property
    def precision(self) -> float:
        """Of those said, the share that is right; 1 where none is said."""
        return self.right / self.said if self.said else 1.0

    @property
    def recall(self) -> float:
        """Of those expected, the share said."""
        return self.right / self.expected if self.expected else 1.0


def figures(rows: list[Judged], verdict: str) -> Figures:
    """Count one verdict over `rows`."""
    return Figures(
        expected=sum(row.expected == verdict for row in rows),
        said=sum(row.said == verdict for row in rows),
        right=sum(row.expected == row.said == verdict for row in rows),
    )


def accusing(rows: list[Judged]) -> Figures:
    """Count the verdicts that accuse together; right is the very verdict."""
    return Figures(
        expected=sum(row.expected in ACCUSING for row in rows),
        said=sum(row.said in ACCUSING for row in rows),
        right=sum(row.said in ACCUSING and row.expected == row.said for row in rows),
    )


def decided(rows: list[Judged]) -> list[Judged]:
    """Return the rows that a reader could decide."""
    return [row for row in rows if row.expected != UNDECIDED]


def _print(name: str, count: Figures) -> None:
    shares = f"P {count.precision:.3f}  R {count.recall:.3f}"
    print(
        f"  {name:24} gold {count.expected:4}  said {count.said:4}  right {count.right:4}  {shares}"
    )


def main() -> int:
    """Print the table, real passages and practice apart, and each row that is not as expected."""
    with tempfile.TemporaryDirectory(prefix="fatiao-texts-") as folder:
        rows = list(judged(imported(Path(folder))))
    for name, part in (
        ("real passages", [row for row in rows if not row.is_practice]),
        ("practice sentences", [row for row in rows if row.is_practice]),
    ):
        print(f"{name}: {len(part)}, undecided {len(part) - len(decided(part))}")
        for verdict in dict.fromkeys(row.expected for row in decided(part)):
            _print(verdict, figures(decided(part), verdict))
        _print("all that accuse", accusing(decided(part)))
    mends = [row for row in rows if row.correction and row.expected == row.said]
    right = Counter(
        "right" if r.corrected == r.correction else r.corrected and "wrong" for r in mends
    )
    print(f"corrections: {len(mends)} known, {right['right']} given, {right['wrong']} wrong")
    for row in decided(rows):
        if row.expected != row.said or (
            row.corrected and row.correction not in ("", row.corrected)
        ):
            said = f"{row.said} {row.corrected}"
            print(f"    {row.expected} {row.correction} / {said}  {row.where}  ({row.why})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
