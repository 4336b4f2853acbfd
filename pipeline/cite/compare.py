"""Judge a citation by the words that are given as the provision's, and by the provision's parts.

An accusation needs words that another article of the version in force has, and the cited one
has not; where both could be meant, or the text of the version is incomplete, nothing is said.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.cite.differ import Diff, difference
from pipeline.cite.explain import Sentence, lacks_part, spelled
from pipeline.cite.numerals import parse_numeral
from pipeline.cite.pinpoint import Pinpoint
from pipeline.cite.quotes import Claim, Manner
from pipeline.cite.words import Clauses, index_of, pairs, runs, runs_of_article, share
from pipeline.provisions import Provision
from pipeline.statutes import Place
from pipeline.texts import StatuteText

_FEWEST: Final = {Manner.QUOTED: 9, Manner.SET_OUT: 9, Manner.PARAPHRASE: 8}  # runs
_ENOUGH: Final = {Manner.QUOTED: 0.5, Manner.SET_OUT: 0.5, Manner.PARAPHRASE: 0.35}
_OWN_AT_MOST: Final = 0.25  # of what the other article has
_PAIRS_AT_LEAST: Final = 0.5  # runs of two characters that the other article must have
_OWN_PAIRS_AT_MOST: Final = 0.5  # and of those, what the cited one may have
_RARE: Final = 4  # runs that the other article has and hardly any other
_VERBATIM: Final = 0.9  # from which on the words are a copy; statutes share formulas
_OWN_BESIDE_VERBATIM: Final = 0.6
_RIVAL_BESIDE_VERBATIM: Final = 0.8
_FEW: Final = 3  # rare runs
_RUNNER_UP: Final = 0.7
# Share of two articles' runs that both have, and of that what the next candidate may have.
_TAKEN_OVER: Final = ((0.5, 0.7), (0.3, 0.5))
_SPOKEN: Final = 4  # runs of a sentence that an article's former words have
_SPOKEN_RARE: Final = 3  # of them in the article where these are now, and hardly in any other
_LOST: Final = 0.02  # share of articles that an incomplete text may lack
_CANDIDATES: Final = 3
_CLAUSE: Final = re.compile(r"[^，,、；;。：:！？\n]*[，,、；;。：:！？\n]*")
_INLINE_ITEM: Final = re.compile(r"[（(]([一二三四五六七八九十]{1,3})[）)]")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteMatch:
    """Words given as a provision's, beside those that it has."""

    start: int
    end: int
    manner: Manner
    similarity: float  # share of the words' runs that the cited article has, 0 to 1
    matched: Place | None  # the article that has them instead
    diff: Diff | None = None  # from the cited article, where they are given word for word

    @property
    def alike(self) -> float:
        """How alike the words and the cited article are, by characters where compared so."""
        return self.diff.similarity if self.diff else self.similarity


def compare(
    plain: str, claim: Claim, cited: Place, text: StatuteText, nearby: Collection[Place]
) -> QuoteMatch | None:
    """Return whose the words of `claim` are; None where they are too few or nobody's.

    `nearby` are the articles of the statute that are cited around, whose words they may be.
    """
    own = runs_of_article(text, cited)
    words = plain[claim.start : claim.end]
    cut = Clauses.of([words] if claim.manner is Manner.QUOTED else _CLAUSE.findall(words))
    if len(cut.runs) < _FEWEST[claim.manner]:
        return None
    count, found = cut.best_beginning(own, _FEWEST[claim.manner])
    if share(found, own) >= _ENOUGH[claim.manner]:
        match = _match(claim, cut.clauses[:count], share(found, own), None)
        return _with_diff(plain, match, text.article(cited) or "")
    for place in _likely(cut.runs, cited, text):
        article = runs_of_article(text, place)
        count, found = cut.best_beginning(article, _FEWEST[claim.manner])
        if _is_instead(cut.clauses[:count], found, cited, place, text, claim.manner):
            is_open = place in nearby or _refer(text, cited, place) or not _is_whole(text)
            matched = None if is_open else place
            return _match(claim, cut.clauses[:count], share(found, own), matched)
    return None


def _match(
    claim: Claim, clauses: Sequence[str], similarity: float, matched: Place | None
) -> QuoteMatch:
    length = sum(map(len, clauses))
    return QuoteMatch(
        start=claim.start,
        end=claim.start + length,
        manner=claim.manner,
        similarity=round(similarity, 2),
        matched=matched,
    )


def _with_diff(plain: str, match: QuoteMatch, law: str) -> QuoteMatch:
    if match.manner is Manner.PARAPHRASE:
        return match
    return replace(match, diff=difference(plain[match.start : match.end], law))


def _likely(words: Sequence[str], cited: Place, text: StatuteText) -> list[Place]:
    """Return the other articles that share most with `words`."""
    counted = index_of(text).count(words)
    counted.pop(cited, None)
    return [place for place, _ in counted.most_common(_CANDIDATES)]


def _is_instead(
    clauses: Sequence[str],
    found: Sequence[str],
    cited: Place,
    other: Place,
    text: StatuteText,
    manner: Manner,
) -> bool:
    """Say whether the words are the other article's, not the cited one's nor a third's."""
    of_other = share(found, runs_of_article(text, other))
    of_cited = share(found, runs_of_article(text, cited))
    index = index_of(text)
    counted = index.count(found)
    rivals = [hits for place, hits in counted.items() if place not in {cited, other}]
    rival = max(rivals, default=0) / (counted[other] or 1)
    rare = index.rare(found, other)
    if manner is not Manner.PARAPHRASE and of_other >= _VERBATIM:
        return of_cited <= _OWN_BESIDE_VERBATIM and rival <= _RIVAL_BESIDE_VERBATIM and rare >= _FEW
    if of_other < _ENOUGH[manner] or of_cited > _OWN_AT_MOST * of_other:
        return False
    in_pairs = sorted(pairs("".join(clauses)))
    own_pairs = share(in_pairs, pairs(text.article(cited) or ""))
    other_pairs = share(in_pairs, pairs(text.article(other) or ""))
    if other_pairs < _PAIRS_AT_LEAST or own_pairs > _OWN_PAIRS_AT_MOST * other_pairs:
        return False
    return rare >= _RARE and rival <= _RUNNER_UP


def _refer(text: StatuteText, one: Place, other: Place) -> bool:
    """Say whether one of two articles names the other."""
    a, b = text.article(one) or "", text.article(other) or ""
    return spelled(other) in a or spelled(one) in b


def _is_whole(text: StatuteText) -> bool:
    last = max((article for article, _ in text.provisions), default=0)
    numbered = sum(not suffix for _, suffix in text.provisions)
    return numbered >= (1 - _LOST) * last


def held_in(plain: str, match: QuoteMatch, place: Place, text: StatuteText) -> bool:
    """Say whether the article of another version has the words."""
    words = runs(plain[match.start : match.end])
    return share(words, runs_of_article(text, place)) >= _ENOUGH[match.manner]


def speak_of(words: Sequence[str], place: Place, instead_of: Place, text: StatuteText) -> bool:
    """Say whether a sentence's runs are one article's and none of them another's."""
    then, now = runs_of_article(text, place), runs_of_article(text, instead_of)
    spoken = [run for run in words if run in then]
    if len(spoken) < _SPOKEN or any(run in now for run in words):
        return False
    return index_of(text).rare(spoken, place) >= _SPOKEN_RARE


def same_words(plain: str, match: QuoteMatch, place: Place, text: StatuteText) -> bool:
    """Say whether the article of another version has nearly all of the words, as they are."""
    words = runs(plain[match.start : match.end])
    return share(words, runs_of_article(text, place)) >= _VERBATIM


def missing_part(title: str, pinpoint: Pinpoint, text: StatuteText) -> Sentence | None:
    """Say which 款 or 项 the article lacks, None where it has what is cited."""
    place = (pinpoint.article or 0, pinpoint.suffix or 0)
    provision = text.provisions.get(place)
    if provision is None or pinpoint.article_end:
        return None
    count = len(provision.paragraphs)
    if pinpoint.paragraph and pinpoint.paragraph > count:
        return lacks_part(title, place, count, "款", pinpoint.paragraph)
    last = pinpoint.item_end or pinpoint.item
    items = _last_item(provision, text)
    if last and items < last:
        return lacks_part(title, place, items, "项", last)
    return None


def _last_item(provision: Provision, text: StatuteText) -> int:
    words = text.words[provision.start : provision.end]
    return max((parse_numeral(number) for number in _INLINE_ITEM.findall(words)), default=0)


def same_words_in(old: StatuteText, place: Place, new: StatuteText) -> Place | None:
    """Return the article of a successor that took over an article's words, None if none did."""
    words = runs_of_article(old, place)
    counted = index_of(new).count(sorted(words))
    ranked = [
        (hits / (len(words | runs_of_article(new, where)) or 1), where)
        for where, hits in counted.most_common(_CANDIDATES)
    ]
    ranked.sort(reverse=True)
    if not ranked or len(words) < _FEWEST[Manner.SET_OUT]:
        return None
    best, rival = ranked[0][0], ranked[1][0] if len(ranked) > 1 else 0.0
    is_clear = any(best >= least and rival <= most * best for least, most in _TAKEN_OVER)
    return ranked[0][1] if is_clear else None
