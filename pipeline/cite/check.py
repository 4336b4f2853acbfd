"""Find, resolve and verify in one call: what the warehouse and `fatiao cite` use."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Final

from pipeline.cite import explain
from pipeline.cite.anchors import Form
from pipeline.cite.claims import Said, with_claims, without_claims
from pipeline.cite.compare import QuoteMatch
from pipeline.cite.context import Law
from pipeline.cite.find import find_mentions
from pipeline.cite.finding import Confidence, Correction, Evidence, Finding, Verdict
from pipeline.cite.pinpoint import Pinpoint
from pipeline.cite.plain import plain_text
from pipeline.cite.quotes import is_amended
from pipeline.cite.resolve import is_anaphoric, resolve
from pipeline.cite.textual import Sources, judge_words
from pipeline.cite.verify import verify
from pipeline.cite.wording import Wording
from pipeline.statutes import Registry, StatuteId
from pipeline.texts import NO_TEXTS, StatuteTexts

CITE_VERSION: Final = 8  # raise it when the same text gives other citations or verdicts

_PLACE: Final = ("article", "article_suffix", "article_end", "paragraph", "item", "item_end")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedCitation:
    """A citation with its verdict; positions are half-open code points into the text given."""

    start: int
    end: int
    raw: str
    canonical: str | None  # the law's full title; None: an anaphor without antecedent
    statute_id: StatuteId | None  # None: not in the registry, or ambiguous
    article: int | None
    article_suffix: int | None  # 1 in 第三百八十八条之一
    article_end: int | None
    paragraph: int | None
    item: int | None
    item_end: int | None
    doc_number: str | None
    form: Form
    anaphoric: bool
    antecedent: int | None  # start of the citation it hangs on
    verdict: Verdict  # as of the day asked for
    confidence: Confidence
    detail: str  # why, in Chinese
    detail_en: str  # the same in English
    evidence: Evidence | None  # None: there is no row that says anything of it
    correction: Correction | None
    verdict_today: Verdict
    quote: QuoteMatch | None  # words given as the provision's; None without statute texts


@dataclass(frozen=True, slots=True)
class _Days:
    """The days that a citation is judged for."""

    as_of: date
    today: date


def cite(
    text: str,
    *,
    as_of: date,
    today: date,
    registry: Registry,
    title: str | None = None,
    texts: StatuteTexts = NO_TEXTS,
) -> list[CheckedCitation]:
    """Return the citations in `text`, in order, judged by the law in force on `as_of`.

    `title` is the page's: where the text is a statute, and the title its name, 本法 means it.
    Where `texts` has the words of the statutes, quotations are compared with them.
    Pure, linear in the length of the text, and never raises, whatever the text holds.
    """
    plain = plain_text(text)
    mentions = find_mentions(plain, registry)
    wording = Wording(texts, registry, as_of) if texts.digest else None
    resolved = resolve(plain, mentions, registry, page_title=title, wording=wording)
    days, sources = _Days(as_of, today), Sources(registry, texts)
    said = with_claims(plain, resolved) if texts.digest else without_claims(resolved)
    return [_checked(text, plain, each, days, sources) for each in said]


def as_json(citation: CheckedCitation) -> dict[str, Any]:
    """Return the citation as `fatiao cite` prints it; fields may be added, never changed.

    `article` and the parts below it are places in `canonical`.  Where the law named elsewhere was
    not found there is no such place, and the numbers stand under `unresolved`.
    """
    row = asdict(citation)
    row["unresolved"] = None
    if citation.evidence and citation.evidence.effective_from:
        row["evidence"]["effective_from"] = citation.evidence.effective_from.isoformat()
    if citation.quote and citation.quote.matched:
        article, suffix = citation.quote.matched
        row["quote"]["matched"] = {"article": article, "article_suffix": suffix or None}
    if citation.canonical is None:
        row["unresolved"] = {name: row[name] for name in _PLACE}
        row |= dict.fromkeys(_PLACE)
    return row


def _checked(text: str, plain: str, said: Said, days: _Days, sources: Sources) -> CheckedCitation:
    resolved = said.resolved
    mention, law = resolved.mention, resolved.law
    pinpoint: Pinpoint = resolved.pinpoint
    finding, quote = _judged(plain, said, days.as_of, sources)
    now = finding
    if not _is_same_law(law, finding, days, sources.registry):
        now, _ = _judged(plain, said, days.today, sources)
    if resolved.is_by_words and law:
        finding = replace(finding, why=explain.by_words(law.title).then(finding.why))
    only = law.candidates[0] if law and len(law.candidates) == 1 else None
    return CheckedCitation(
        start=mention.start,
        end=mention.end,
        raw=text[mention.start : mention.end],
        canonical=law.title if law else None,
        statute_id=only.statute_id if only else None,
        article=pinpoint.article,
        article_suffix=pinpoint.suffix,
        article_end=pinpoint.article_end,
        paragraph=pinpoint.paragraph,
        item=pinpoint.item,
        item_end=pinpoint.item_end,
        doc_number=mention.number,
        form=mention.form,
        anaphoric=is_anaphoric(resolved),
        antecedent=resolved.antecedent,
        verdict=finding.verdict,
        confidence=finding.confidence,
        detail=finding.why.zh,
        detail_en=finding.why.en,
        evidence=finding.evidence,
        correction=finding.correction,
        verdict_today=now.verdict,
        quote=quote,
    )


def _is_same_law(law: Law | None, finding: Finding, days: _Days, registry: Registry) -> bool:
    """Say whether the judgement of today must be that of the day asked for."""
    if days.today == days.as_of or law is None or len(law.candidates) != 1:
        return True
    if finding.verdict in {Verdict.NO_SUCH_ARTICLE, Verdict.NOT_YET_IN_FORCE}:
        return False  # what is promulgated meanwhile makes a difference
    statute = law.candidates[0].statute_id
    then = registry.in_force_on(statute, days.as_of)
    return then is not None and then == registry.in_force_on(statute, days.today)


def _judged(
    plain: str, said: Said, day: date, sources: Sources
) -> tuple[Finding, QuoteMatch | None]:
    resolved = said.resolved
    number = resolved.mention.number
    finding = verify(resolved.law, resolved.pinpoint, number, day=day, registry=sources.registry)
    at = resolved.mention.start, resolved.mention.end
    if finding.verdict is Verdict.NO_SUCH_ARTICLE and is_amended(plain, *at):
        why = finding.why.then(explain.former_number())
        return replace(finding, verdict=Verdict.UNVERIFIABLE, why=why, correction=None), None
    if not sources.texts.digest:
        return finding, None
    return judge_words(plain, said, finding, day, sources)
