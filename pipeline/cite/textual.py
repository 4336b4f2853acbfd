"""What the words of the statutes add to a verdict: whose words are quoted, which 款 there are."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from pipeline.cite import explain
from pipeline.cite.anchors import Form
from pipeline.cite.claims import Said, place_of
from pipeline.cite.compare import (
    QuoteMatch,
    compare,
    held_in,
    missing_part,
    same_words,
    same_words_in,
    speak_of,
)
from pipeline.cite.context import Resolved
from pipeline.cite.explain import Sentence
from pipeline.cite.finding import Confidence, Correction, Finding, Verdict, words_of
from pipeline.cite.quotes import Manner, means_former
from pipeline.cite.resolve import is_anaphoric
from pipeline.cite.words import runs
from pipeline.statutes import Place, Registry, Statute, StatuteVersion
from pipeline.texts import StatuteText, StatuteTexts

_FAITHFUL: Final = 0.95  # similarity from which on a quotation is not remarked upon
_SENTENCE: Final = 80  # characters on either side of a citation that may speak of its content
_STOPS: Final = "。！？；\n"
_LEAST_ALIKE: Final = 0.8  # below it, words in quotation marks are not the provision's


@dataclass(frozen=True, slots=True)
class Sources:
    """Where facts and words come from."""

    registry: Registry
    texts: StatuteTexts


def judge_words(
    plain: str, said: Said, finding: Finding, day: date, sources: Sources
) -> tuple[Finding, QuoteMatch | None]:
    """Return the verdict that the words of the version in force on `day` allow."""
    law, pinpoint = said.resolved.law, said.resolved.pinpoint
    if law is None or len(law.candidates) != 1 or pinpoint.article is None:
        return finding, None
    statute = law.candidates[0]
    version = sources.registry.in_force_on(statute.statute_id, day)
    text = sources.texts.text_of(version) if version else None
    if version is None or text is None or not text.provisions:
        return finding, None
    if not version.is_settled(day):  # another version's words may have been the law's
        return finding, None
    return _judge(plain, said, finding, _Held(statute, version, text, day), sources)


@dataclass(frozen=True, slots=True)
class _Held:
    """The version in force, and its words."""

    statute: Statute
    version: StatuteVersion
    text: StatuteText
    day: date


def _judge(
    plain: str, said: Said, finding: Finding, held: _Held, sources: Sources
) -> tuple[Finding, QuoteMatch | None]:
    place = place_of(said.resolved.pinpoint)
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
    if not is_there:
        return finding, match
    lacks = missing_part(held.statute.title, said.resolved.pinpoint, held.text)
    if lacks:
        return _without_part(said.resolved, lacks, held, sources), match
    if match is None and not is_anaphoric(said.resolved) and not said.nearby:
        moved = _moved(plain, said.resolved, held, sources)
        if moved:
            return moved, None
    return _there(plain, match, said, finding, held, sources), match


def _moved(plain: str, resolved: Resolved, held: _Held, sources: Sources) -> Finding | None:
    """Accuse a number that an amendment moved: the sentence speaks of what it was before.

    Its words must be in the article where that content is now, and none of them in the article
    that bears the number now.
    """
    place = place_of(resolved.pinpoint)
    if resolved.pinpoint.article_end:
        return None
    words: list[str] = []
    registry, later = sources.registry, held.version.effective_from
    for version in reversed(registry.versions_of(held.statute.statute_id)):
        if version.effective_from >= held.version.effective_from:
            continue
        now = registry.now_at(version, place, held.day)
        if now and now[0] == held.statute.statute_id and now[1] != place:
            words = words or _sentence_runs(plain, resolved.mention.start, resolved.mention.end)
            if speak_of(words, now[1], place, held.text):
                return _renumbered_to(now[1], place, later, held)
        later = version.effective_from
    return None


def _renumbered_to(now: Place, place: Place, since: date, held: _Held) -> Finding:
    why = explain.words_are_of(held.statute.title, now, place)
    return Finding(
        verdict=Verdict.WRONG_ARTICLE,
        why=why.then(explain.renumbered(since, place)),
        correction=_corrected(held.statute, now),
        evidence=words_of(held.version, held.text.article(now) or ""),
        confidence=Confidence.MEDIUM,
    )


def _sentence_runs(plain: str, start: int, end: int) -> list[str]:
    """Return the runs of the words around a citation, in its sentence, without itself."""
    before = plain[max(0, start - _SENTENCE) : start]
    after = plain[end : end + _SENTENCE]
    left = max(before.rfind(mark) for mark in _STOPS) + 1
    rights = [at for mark in _STOPS if (at := after.find(mark)) >= 0]
    return [*runs(before[left:]), *runs(after[: min(rights, default=len(after))])]


def _there(
    plain: str,
    match: QuoteMatch | None,
    said: Said,
    finding: Finding,
    held: _Held,
    sources: Sources,
) -> Finding:
    """Judge a provision that is there by how faithfully its words are given."""
    place = place_of(said.resolved.pinpoint)
    is_carried = said.resolved.mention.form is Form.CARRY
    sure = replace(
        finding,
        evidence=words_of(held.version, held.text.article(place) or ""),
        confidence=Confidence.HIGH,
    )
    if match is None or match.diff is None:
        return sure
    similarity = match.diff.similarity
    # Of an 项 the article's head is often quoted along, in other words.
    is_whole = match.manner is Manner.QUOTED and said.resolved.pinpoint.item is None
    is_other = is_whole and similarity < _LEAST_ALIKE
    if is_carried:  # provisions in a row may be of a norm, or a wording, that is not named
        return sure
    if is_other or any(each.matters for each in match.diff.differences):
        return _differing(plain, match, place, sure, held, sources)
    if similarity < _FAITHFUL:
        return replace(sure, why=sure.why.then(explain.not_word_for_word(similarity)))
    return sure


def _differing(
    plain: str,
    match: QuoteMatch,
    place: Place,
    finding: Finding,
    held: _Held,
    sources: Sources,
) -> Finding:
    """Say which words differ, and since when where they were the law's before."""
    diff = match.diff
    if diff is None:
        return finding
    changes = sorted(diff.differences, key=lambda each: not each.matters)
    shown = [(each.given, each.law) for each in changes]
    why = explain.differs(held.statute.title, place, shown, diff.similarity)
    later = held.version.effective_from
    for text in _former(held, sources):
        if same_words(plain, match, place, text):
            why = why.then(explain.former_words(later))
            break
        later = text.effective_from
    is_sure = any(each.matters for each in diff.differences)
    return replace(
        finding,
        verdict=Verdict.QUOTE_DIFFERS,
        why=why,
        confidence=Confidence.HIGH if is_sure else Confidence.MEDIUM,
    )


def _without_part(resolved: Resolved, lacks: Sentence, held: _Held, sources: Sources) -> Finding:
    """A missing 款 is held against a law that is named; else against having found the law."""
    place = place_of(resolved.pinpoint)
    words = words_of(held.version, held.text.article(place) or "")
    if is_anaphoric(resolved):
        return Finding(
            verdict=Verdict.UNVERIFIABLE,
            why=lacks.then(explain.perhaps_another()),
            evidence=words,
        )
    missing = Finding(
        verdict=Verdict.NO_SUCH_ARTICLE, why=lacks, evidence=words, confidence=Confidence.MEDIUM
    )
    former = next(_former(held, sources), None)
    if former is None or place not in former.provisions:
        return missing
    if missing_part(held.statute.title, resolved.pinpoint, former):
        return missing
    now = same_words_in(former, place, held.text)
    if now is None or now == place:
        return missing
    why = lacks.then(explain.had_before(held.version.effective_from)).then(explain.now_at(now))
    return replace(
        missing, why=why, correction=_corrected(held.statute, now), confidence=Confidence.HIGH
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


def _of_another(
    plain: str, match: QuoteMatch, cited: Place, finding: Finding, held: _Held, sources: Sources
) -> Finding:
    matched = match.matched or cited
    why = explain.words_are_of(held.statute.title, matched, cited)
    correction = _corrected(held.statute, matched)
    words = words_of(held.version, held.text.article(matched) or "")
    if finding.verdict is Verdict.NO_SUCH_ARTICLE:
        why = finding.why.then(why)
        return replace(finding, why=why, correction=correction, evidence=words)
    moved = _renumbered(plain, match, cited, held, sources)
    is_copy = match.manner is not Manner.PARAPHRASE
    return Finding(
        verdict=Verdict.WRONG_ARTICLE,
        why=why.then(moved) if moved else why,
        correction=correction,
        evidence=words,
        confidence=Confidence.HIGH if is_copy or moved else Confidence.MEDIUM,
    )


def _renumbered(
    plain: str, match: QuoteMatch, cited: Place, held: _Held, sources: Sources
) -> Sentence | None:
    """Say since when the words have another number, where an older version had them there."""
    later = held.version.effective_from
    for text in _former(held, sources):
        if held_in(plain, match, cited, text):
            return explain.renumbered(later, cited)
        later = text.effective_from
    return None
