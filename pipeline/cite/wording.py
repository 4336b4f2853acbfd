"""Find by their words which law provisions are of that a text sets out without naming it.

Cut from its page, 第八十七条用人单位违反本法规定… says not whose article 87 it is; the words do,
where they are one statute's.  A clause must be given as it stands in the law; formulas that
several statutes have count for none of them.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Final

from pipeline.cite.find import Mention
from pipeline.cite.words import bare_words
from pipeline.statutes import Place, Registry, StatuteId
from pipeline.texts import Saying, StatuteTexts

SHORTEST: Final = 10  # characters of a clause, without punctuation; shorter ones are formulas
_LONGEST: Final = 160  # characters; more without a comma is no law's clause
_ENOUGH: Final = 14  # characters that a statute must have, in clauses, to be the one meant
_RIVAL: Final = 0.6  # of that, what another statute may have
_COPIED: Final = 40  # characters of one article, in which a text has been copying it
_RIVAL_OF_COPY: Final = 0.3
_AROUND: Final = 160  # characters on either side of an anaphor, in its sentence
_SET_OUT: Final = 240  # characters after 第…条 in which its words stand
_CLAUSE: Final = re.compile(r"[^，,；;。：:！!？?\n“”\"「」]+")
_ITEM: Final = re.compile(r"\s*[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*")
_TITLE: Final = re.compile(r"\s*[【〔\[][^】〕\]\n]{1,30}[】〕\]]")  # 第一条【立法目的】
_ENDS: Final = '。；;！？!?\n“”"'
_NEXT: Final = re.compile(r"第[^\s，。]{1,9}条[\s　]|《|\n第")


def clause_key(clause: str) -> int | None:
    """Return what a clause is found by, None where it is too short to be one statute's."""
    if len(clause) > _LONGEST:
        return None
    item = _ITEM.match(clause)
    bare = bare_words(clause[item.end() :] if item else clause)
    if len(bare) < SHORTEST:
        return None
    return int.from_bytes(blake2b(bare.encode(), digest_size=8).digest(), signed=True)


def clause_keys(words: str) -> Iterator[int]:
    """Yield the keys of the clauses of an article."""
    for match in _CLAUSE.finditer(words):
        key = clause_key(match[0])
        if key is not None:
            yield key


@dataclass(frozen=True, slots=True)
class Spoken:
    """Whose words stand around a mention; `place` where they are those of one article."""

    statute_id: StatuteId
    place: Place | None


@dataclass(frozen=True, slots=True)
class Wording:
    """The statutes' words, and the day whose law comes first."""

    texts: StatuteTexts
    registry: Registry
    day: date

    def of_provision(self, plain: str, at: int, place: Place) -> Spoken | None:
        """Return the statute whose article of this number has the words that follow `at`."""
        found = self._clauses(plain, *_set_out(plain, at))
        return _best((size, each) for size, each in found if each.place == place)

    def begins_as(self, plain: str, at: int, statute_id: StatuteId, place: Place) -> bool:
        """Say whether the first clause after `at` is one of this provision's."""
        for match in _CLAUSE.finditer(plain, *_set_out(plain, at)):
            key = clause_key(match[0])
            if key is not None:
                sayings = self.texts.saying(key)
                return any((each.statute_id, each.place) == (statute_id, place) for each in sayings)
        return False

    def of_sentence(self, plain: str, mention: Mention) -> Spoken | None:
        """Return the statute, and the article, in which the sentence of 本法 or 前款 stands."""
        start = _last_end(plain, max(0, mention.start - _AROUND), mention.start)
        stop = _first_end(plain, mention.end, min(len(plain), mention.end + _AROUND))
        own = {each.statute_id for each in self._own(plain, start, stop, mention.start)}
        found = self._clauses(plain, start, stop) if own else []
        return _best((size, each) for size, each in found if each.statute_id in own)

    def of_sentences_before(self, plain: str, mention: Mention) -> Spoken | None:
        """Return the statute that a text goes on copying: 本法 in other words than the law's."""
        found = self._clauses(plain, max(0, mention.start - _SET_OUT), mention.start)
        return _best(found, enough=_COPIED, rival=_RIVAL_OF_COPY)

    def _own(self, plain: str, start: int, stop: int, at: int) -> Sequence[Saying]:
        """Return who says the clause at `at`; where it is too short, the one before it."""
        own: Sequence[Saying] = ()
        for match in _CLAUSE.finditer(plain, start, stop):
            if match.start() > at:
                break
            key = clause_key(match[0])
            if key is not None:
                own = self._in_force(self.texts.saying(key))
        return own

    def _clauses(self, plain: str, start: int, stop: int) -> list[tuple[int, Saying]]:
        found = []
        for match in _CLAUSE.finditer(plain, start, stop):
            key = clause_key(match[0])
            sayings = self._in_force(self.texts.saying(key)) if key is not None else []
            found += [(len(match[0]), saying) for saying in sayings]
        return found

    def _in_force(self, sayings: Iterable[Saying]) -> list[Saying]:
        """Keep those in force on the day where there are any."""
        held = list(sayings)
        current = [each for each in held if self._is_current(each)]
        return current or held

    def _is_current(self, saying: Saying) -> bool:
        version = self.registry.in_force_on(saying.statute_id, self.day)
        return version is not None and version.effective_from == saying.effective_from


def _best(
    found: Iterable[tuple[int, Saying]], *, enough: int = _ENOUGH, rival: float = _RIVAL
) -> Spoken | None:
    sizes: Counter[StatuteId] = Counter()
    places: dict[StatuteId, Counter[Place]] = {}
    for size, each in found:
        of_statute = places.setdefault(each.statute_id, Counter())
        of_statute[each.place] += size
    for statute_id, of_statute in places.items():
        sizes[statute_id] = of_statute.most_common(1)[0][1]
    ranked = sizes.most_common(2)
    if not ranked or ranked[0][1] < enough:
        return None
    if len(ranked) > 1 and ranked[1][1] > rival * ranked[0][1]:
        return None
    statute_id = ranked[0][0]
    first, *others = places[statute_id].most_common(2)
    is_one = not others or others[0][1] <= _RIVAL * first[1]
    return Spoken(statute_id, first[0] if is_one else None)


def _set_out(plain: str, at: int) -> tuple[int, int]:
    """Return where the words after a heading at `at` begin and end."""
    end = min(len(plain), at + _SET_OUT)
    match = _NEXT.search(plain, at, end)
    stop = match.start() if match else end
    title = _TITLE.match(plain, at, stop)
    return (title.end() if title else at), stop


def _last_end(plain: str, start: int, stop: int) -> int:
    return max((plain.rfind(mark, start, stop) + 1 for mark in _ENDS), default=start) or start


def _first_end(plain: str, start: int, stop: int) -> int:
    found = [at for mark in _ENDS if (at := plain.find(mark, start, stop)) >= 0]
    return min(found, default=stop)
