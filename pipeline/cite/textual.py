"""What the words of the statutes add to a verdict: whose words are quoted, which 款 there are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from pipeline.cite.anchors import Form
from pipeline.cite.compare import (
    QuoteMatch,
    compare,
    held_in,
    missing_part,
    same_words_in,
    spelled,
)
from pipeline.cite.context import Resolved
from pipeline.cite.pinpoint import Pinpoint
from pipeline.cite.quotes import Claim, Manner, claim_after, means_former
from pipeline.cite.resolve import is_anaphoric
from pipeline.cite.verify import Correction, Finding, Verdict, spelled_day
from pipeline.statutes import Registry, Statute, StatuteVersion
from pipeline.texts import Place, StatuteText, StatuteTexts

_AROUND: Final = 200  # characters on either side in which another article's words may be meant
_LONGEST_RANGE: Final = 30  # articles
_FAITHFUL: Final = 0.95  # similarity from which on a quotation is not remarked upon
_NAMES_LAW: Final = frozenset(
    {Form.TITLE_FULL, Form.TITLE_SHORT, Form.TITLE_ONLY, Form.BARE, Form.BARE_ONLY, Form.CARRY}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A citation with what its text says of the provision."""

    resolved: Resolved
    claim: Claim | None
    nearby: frozenset[Place]  # articles of the same statute cited around it


@dataclass(frozen=True, slots=True)
class Sources:
    """Where facts and words come from."""

    registry: Registry
    texts: StatuteTexts


def without_claims(resolved: Sequence[Resolved]) -> Iterator[Said]:
    """Yield each citation alone, for a judgement by the registry's facts."""
    for each in resolved:
        yield Said(resolved=each, claim=None, nearby=frozenset())


def with_claims(plain: str, resolved: Sequence[Resolved]) -> Iterator[Said]:
    """Yield each citation with the words given as the provision's, where it can have any."""
    given_until = 0
    for index, each in enumerate(resolved):
        is_inside = each.mention.start < given_until  # of words given as another provision's
        can_claim = not is_inside and _can_claim(each, resolved[index + 1 : index + 2])
        stop = _next_law(resolved, index, len(plain))
        at = each.mention.start, each.mention.end
        claim = claim_after(plain, *at, stop) if can_claim else None
        if claim and claim.manner is not Manner.PARAPHRASE:
            given_until = claim.end
        yield Said(resolved=each, claim=claim, nearby=_nearby(resolved, index))


def _can_claim(each: Resolved, following: Sequence[Resolved]) -> bool:
    """Of a list or a range it is not known which provision the words belong to."""
    heads_list = any(other.mention.head == each.mention.start for other in following)
    is_one = each.pinpoint.article is not None and each.pinpoint.article_end is None
    is_own = (each.mention.name or "").startswith("本")  # 本法第五条 stands in a provision's words
    can = each.mention.form not in {Form.LIST, Form.ANAPHOR_SOFT} and not is_own
    return can and is_one and not heads_list


def _next_law(resolved: Sequence[Resolved], index: int, length: int) -> int:
    for other in resolved[index + 1 : index + 12]:
        if other.mention.form in _NAMES_LAW:
            return other.mention.start
    return length


def _nearby(resolved: Sequence[Resolved], index: int) -> frozenset[Place]:
    here = resolved[index]
    places: set[Place] = set()
    for step in (-1, 1):
        at = index + step
        while 0 <= at < len(resolved) and _is_near(here, resolved[at]):
            if _same_law(here, resolved[at]):
                places.update(_places(resolved[at].pinpoint))
            at += step
    return frozenset(places - {_place(here.pinpoint)})


def _is_near(one: Resolved, other: Resolved) -> bool:
    return (
        other.mention.start - one.mention.end <= _AROUND
        and one.mention.start - other.mention.end <= _AROUND
    )


def _same_law(one: Resolved, other: Resolved) -> bool:
    return bool(one.law and other.law and one.law.title == other.law.title)


def _places(pinpoint: Pinpoint) -> Iterator[Place]:
    if pinpoint.article:
        last = min(pinpoint.article_end or pinpoint.article, pinpoint.article + _LONGEST_RANGE)
        yield from ((article, 0) for article in range(pinpoint.article, last + 1))
        yield _place(pinpoint)


def _place(pinpoint: Pinpoint) -> Place:
    return pinpoint.article or 0, pinpoint.suffix or 0


def judge_words(
    plain: str, said: Said, finding: Finding, day: date, sources: Sources
) -> tuple[Finding, QuoteMatch | None]:
    """Return the verdict that the words of the version in force on `day` allow."""
    law, pinpoint = said.resolved.law, said.resolved.pinpoint
    if law is None or len(law.candidates) != 1 or pinpoint.article is None:
        return finding, None
    statute = law.candidates[0]
    if finding.verdict is Verdict.REPEALED:
        return _with_successor(statute, pinpoint, finding, day, sources), None
    version = sources.registry.in_force_on(statute.statute_id, day)
    text = sources.texts.text_of(version) if version else None
    if version is None or text is None or not text.provisions:
        return finding, None
    return _judge(plain, said, finding, _Held(statute, version, text), sources)


@dataclass(frozen=True, slots=True)
class _Held:
    """The version in force, and its words."""

    statute: Statute
    version: StatuteVersion
    text: StatuteText


def _judge(
    plain: str, said: Said, finding: Finding, held: _Held, sources: Sources
) -> tuple[Finding, QuoteMatch | None]:
    place = _place(said.resolved.pinpoint)
    is_there = finding.verdict is Verdict.IN_FORCE
    if not is_there and finding.verdict is not Verdict.NO_SUCH_ARTICLE:
        return finding, None
    mention = said.resolved.mention
    is_lost = is_there and place not in held.text.provisions  # the text is not whole
    start = mention.start if mention.head is None else mention.head
    if is_lost or means_former(plain, start, mention.end):
        return finding, None
    match = compare(plain, said.claim, place, held.text, said.nearby) if said.claim else None
    # A provision set out under 第…条 alone may be of a norm that was never named.
    if match and match.matched and mention.form is not Form.CARRY:
        return _of_another(plain, match, place, finding, held, sources), match
    lacks = missing_part(said.resolved.pinpoint, held.text) if is_there else None
    if lacks:
        return _without_part(said.resolved, lacks, held, sources), match
    return _remarked(finding, match), match


def _without_part(resolved: Resolved, lacks: str, held: _Held, sources: Sources) -> Finding:
    """A missing 款 is held against a law that is named; else against having found the law."""
    place = _place(resolved.pinpoint)
    detail = f"当日有效的《{held.statute.title}》{spelled(place)}{lacks}"
    if is_anaphoric(resolved):
        return Finding(verdict=Verdict.UNVERIFIABLE, detail=f"{detail}；前文所指可能是别的规定")
    former = next(_former(held, sources), None)
    if former is None or place not in former.provisions or missing_part(resolved.pinpoint, former):
        return Finding(verdict=Verdict.NO_SUCH_ARTICLE, detail=detail)
    now = same_words_in(former, place, held.text)
    if now is None or now == place:
        return Finding(verdict=Verdict.NO_SUCH_ARTICLE, detail=detail)
    detail += f"；{spelled_day(held.version.effective_from)}前的版本有，该条内容现见{spelled(now)}"
    return Finding(
        verdict=Verdict.NO_SUCH_ARTICLE, detail=detail, correction=_corrected(held.statute, now)
    )


def _corrected(statute: Statute, place: Place) -> Correction:
    return Correction(canonical=statute.title, article=place[0], article_suffix=place[1] or None)


def _former(held: _Held, sources: Sources) -> Iterator[StatuteText]:
    """Yield the words of earlier versions, latest first, up to one that was not imported."""
    for version in reversed(sources.registry.versions_of(held.statute.statute_id)):
        if version.effective_from < held.version.effective_from:
            text = sources.texts.text_of(version)
            if text is None:
                return
            yield text


def _remarked(finding: Finding, match: QuoteMatch | None) -> Finding:
    if match is None or match.similarity >= _FAITHFUL or match.manner is Manner.PARAPHRASE:
        return finding
    detail = f"{finding.detail}；所引文字与条文不尽相同（相似度{match.similarity:.2f}）"
    return replace(finding, detail=detail)


def _of_another(
    plain: str, match: QuoteMatch, cited: Place, finding: Finding, held: _Held, sources: Sources
) -> Finding:
    matched = match.matched or cited
    detail = f"所引文字是《{held.statute.title}》{spelled(matched)}的内容，不是{spelled(cited)}的"
    correction = _corrected(held.statute, matched)
    if finding.verdict is Verdict.NO_SUCH_ARTICLE:
        return replace(finding, detail=f"{finding.detail}；{detail}", correction=correction)
    detail += _renumbered(plain, match, cited, held, sources)
    return Finding(verdict=Verdict.WRONG_ARTICLE, detail=detail, correction=correction)


def _renumbered(plain: str, match: QuoteMatch, cited: Place, held: _Held, sources: Sources) -> str:
    """Say since when the words have another number, where an older version had them there."""
    later = held.version.effective_from
    for text in _former(held, sources):
        if held_in(plain, match, cited, text):
            return f"；{spelled_day(later)}前的版本中是{spelled(cited)}，此后条文序号已改"
        later = text.effective_from
    return ""


def _with_successor(
    statute: Statute, pinpoint: Pinpoint, finding: Finding, day: date, sources: Sources
) -> Finding:
    """Name the article that took over a repealed one's words."""
    registry = sources.registry
    versions = registry.versions_of(statute.statute_id)
    new = registry.in_force_on(statute.replaced_by, day) if statute.replaced_by else None
    before = sources.texts.text_of(versions[-1]) if versions else None
    after = sources.texts.text_of(new) if new else None
    if before is None or after is None or finding.correction is None:
        return finding
    place = same_words_in(before, _place(pinpoint), after)
    if place is None:
        return finding
    detail = f"{finding.detail}，该条内容现见{spelled(place)}"
    return replace(finding, detail=detail, correction=replace(finding.correction, article=place[0]))
