"""Bind what names no law to the statute whose words stand around it."""

from collections import Counter
from dataclasses import replace
from typing import Final

from pipeline.cite.anchors import Form
from pipeline.cite.context import Context, Law, Resolved, last_article
from pipeline.cite.pinpoint import Pinpoint, read_parts
from pipeline.cite.reproduced import ReproducedNorm
from pipeline.cite.wording import Spoken, Wording
from pipeline.statutes import StatuteId

_BY_WORDS: Final = frozenset(
    {Form.CARRY, Form.ANAPHOR_LAW, Form.ANAPHOR_LAW_ONLY, Form.ANAPHOR_SOFT}
)
_ENDS: Final = '。；;：:！!？?\n”"'
_HEADINGS: Final = 8  # of a reproduced norm, that are looked up
_AGREEING: Final = 2  # of them that must be one statute's, and none another's
_OF_ARTICLE: Final = frozenset({"前款", "本款", "本条", "前项"})  # of the one that they stand in


def is_by_words(form: Form) -> bool:
    """Say whether the words around can tell the law of a mention of this form."""
    return form in _BY_WORDS


def by_words(plain: str, result: Resolved, context: Context, wording: Wording) -> Resolved:
    """Return `result` with the law, and the article, that the words around it are of."""
    mention, pinpoint = result.mention, result.pinpoint
    if mention.form is Form.CARRY:
        spoken = _of_heading(plain, result, wording)
    elif result.law or (mention.name or "").startswith("《"):
        return result
    else:
        spoken = _of_anaphor(plain, result, wording)
        if spoken and not _is_where(spoken, context):
            return result
    if spoken is None:
        return result
    if mention.form is Form.ANAPHOR_SOFT:
        if spoken.place is None or mention.name not in _OF_ARTICLE:
            return result
        pinpoint = replace(pinpoint, article=spoken.place[0], suffix=spoken.place[1] or None)
    return _bound(result, spoken, pinpoint, wording)


def norm_by_words(plain: str, own: ReproducedNorm, wording: Wording) -> Law | None:
    """Return the statute that a text reproduces without naming it."""
    found: Counter[StatuteId] = Counter()
    for heading in sorted(own.headings)[:_HEADINGS]:
        parts = read_parts(plain, heading)
        place = (parts[0].pinpoint.article or 0, parts[0].pinpoint.suffix or 0) if parts else None
        spoken = wording.of_provision(plain, parts[0].end, place) if place else None
        if spoken:
            found[spoken.statute_id] += 1
    if len(found) != 1 or found.total() < _AGREEING:
        return None
    return _law(next(iter(found)), own.start, wording)


def _of_heading(plain: str, result: Resolved, wording: Wording) -> Spoken | None:
    mention, pinpoint = result.mention, result.pinpoint
    before = plain[max(0, mention.start - 4) : mention.start].rstrip(" \t　*#")
    begins = not before or before[-1] in _ENDS
    place = (pinpoint.article or 0, pinpoint.suffix or 0)
    if not begins or (result.law and not _is_held(result.law, wording)):
        return None
    named = result.law.candidates[0].statute_id if result.law else None
    if named and wording.begins_as(plain, mention.end, named, place):
        return None
    return wording.of_provision(plain, mention.end, place)


def _of_anaphor(plain: str, result: Resolved, wording: Wording) -> Spoken | None:
    spoken = wording.of_sentence(plain, result.mention)
    if spoken is None and result.mention.form is not Form.ANAPHOR_SOFT:
        spoken = wording.of_sentences_before(plain, result.mention)
    return spoken


def _is_where(spoken: Spoken, context: Context) -> bool:
    """Say whether the words are those of the article under whose heading they stand.

    Under another number they are of another act, of which a later one took them over.
    """
    heading = context.host.pinpoint.article if context.own and context.host else None
    return heading is None or (spoken.place is not None and spoken.place[0] == heading)


def _is_held(law: Law, wording: Wording) -> bool:
    """Say whether the words of the law that was found by its name are known: they may be its."""
    if len(law.candidates) != 1:
        return False
    version = wording.registry.in_force_on(law.candidates[0].statute_id, wording.day)
    return version is not None and wording.texts.text_of(version) is not None


def _bound(result: Resolved, spoken: Spoken, pinpoint: Pinpoint, wording: Wording) -> Resolved:
    statute = wording.registry.by_id[spoken.statute_id]
    if result.law and result.law.candidates == (statute,):
        return result
    law = _law(spoken.statute_id, result.mention.start, wording)
    return replace(result, law=law, pinpoint=pinpoint, antecedent=None, is_by_words=True)


def _law(statute_id: StatuteId, start: int, wording: Wording) -> Law:
    statute = wording.registry.by_id[statute_id]
    last = last_article(statute, wording.registry)
    return Law(title=statute.title, candidates=(statute,), start=start, last_article=last)
