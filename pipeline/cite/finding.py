"""What is said of a citation: a verdict, why in two languages, what it rests on, how surely."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from pipeline.cite.explain import Sentence
from pipeline.statutes import StatuteId, StatuteVersion


class Verdict(StrEnum):
    """What can be said of a citation on one day."""

    IN_FORCE = "in_force"
    REPEALED = "repealed"
    NOT_YET_IN_FORCE = "not_yet_in_force"
    NO_SUCH_ARTICLE = "no_such_article"
    WRONG_ARTICLE = "wrong_article"  # said only where statute texts were imported
    QUOTE_DIFFERS = "quote_differs"  # likewise
    WRONG_DOCUMENT_NUMBER = "wrong_document_number"
    WRONG_TITLE = "wrong_title"
    AMBIGUOUS = "ambiguous"
    UNKNOWN_LAW = "unknown_law"
    UNVERIFIABLE = "unverifiable"


# Verdicts that say the citation is wrong; each needs confirmed facts.
ACCUSING: Final = frozenset(
    {
        Verdict.REPEALED,
        Verdict.NOT_YET_IN_FORCE,
        Verdict.NO_SUCH_ARTICLE,
        Verdict.WRONG_ARTICLE,
        Verdict.QUOTE_DIFFERS,
        Verdict.WRONG_DOCUMENT_NUMBER,
        Verdict.WRONG_TITLE,
    }
)


class Confidence(StrEnum):
    """How firm the ground of a verdict is; a rule for each verdict, not a measured chance."""

    HIGH = "high"  # the words of the version, or a confirmed row that settles it alone
    MEDIUM = "medium"  # a confirmed count or date, a free paraphrase, a likeness
    LOW = "low"  # an unconfirmed row, or that nothing was found


class Table(StrEnum):
    """Where the evidence stands: a table of `pipeline/data`, or the imported texts."""

    STATUTES = "statutes"
    VERSIONS = "versions"
    NUMBERS = "document_numbers"
    TEXTS = "texts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The row or the words that a verdict rests on."""

    table: Table
    statute_id: StatuteId
    effective_from: date | None = None  # of the version
    origin: str  # of the row, as its table says
    words: str | None = None  # of the law, where they decide; cut to `MOST_WORDS`


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What should have been cited; None where that is not known."""

    canonical: str | None = None
    article: int | None = None
    article_suffix: int | None = None  # 1 in 第三百八十八条之一
    doc_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A verdict, the sentence that explains it, its ground, and the correction."""

    verdict: Verdict
    why: Sentence
    correction: Correction | None = None
    evidence: Evidence | None = None
    confidence: Confidence = Confidence.LOW


MOST_WORDS: Final = 200  # characters of a provision


def words_of(version: StatuteVersion, words: str) -> Evidence:
    """Return the evidence that a provision's words are."""
    shown = words if len(words) <= MOST_WORDS else words[: MOST_WORDS - 1] + "…"
    return Evidence(
        table=Table.TEXTS,
        statute_id=version.statute_id,
        effective_from=version.effective_from,
        origin=version.origin,
        words=shown,
    )


def row_of(version: StatuteVersion) -> Evidence:
    """Return the evidence that a version's row is."""
    return Evidence(
        table=Table.VERSIONS,
        statute_id=version.statute_id,
        effective_from=version.effective_from,
        origin=version.origin,
    )
