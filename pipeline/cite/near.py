"""Wrong titles that are still recognisable: 劳动争议仲裁调解法 for 劳动争议调解仲裁法.

A title counts as another's miswriting only where nothing else is near, the difference is one that
copying makes, and it does not touch what tells norms apart: numbers, places, 试行, the kind.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from pipeline.cite.titles import title_key, without_issuer
from pipeline.statutes import LOCAL_KIND, Registry, Statute, StatuteId

_SHORTEST: Final = 7  # characters; among shorter titles neighbours are both real
_FIRST: Final = 12  # candidates compared in full
_ALIKE: Final = 0.6  # share of pairs of characters in common, to be compared in full
# Kinds of which the registry has nearly all, so that a title it lacks hardly exists.
# Interpretations are all there too, but their titles are made to one pattern, a word apart.
_COMPLETE: Final = frozenset({"法律", "行政法规", "宪法"})
# Words that copyists add or leave out; the title is understood, and nobody is accused.
_FILLING: Final = re.compile(
    "若干|有关|具体|适用|应用|中国|最高人民法院|最高人民检察院|[的和与及了]"
)
_TELLS_APART: Final = re.compile(
    r"[一二三四五六七八九十〇零0-9省市县区州旗试暂行实施补充新旧原修草案]|法|条例|规定|办法|解释|细则|通知|意见"
)
# One for the other in titles of any kind: near in sense or sound.
_CONFUSED: Final = tuple(
    map(frozenset, ("犯害", "障护", "职执", "定订", "做作", "账帐", "须需", "份分", "收缴", "交缴"))
)


@dataclass(frozen=True, slots=True, eq=False)
class _Titles:
    """The titles of a registry by pairs of characters."""

    keys: Mapping[str, StatuteId] = field(repr=False)  # title_key of titles without issuer
    by_pair: Mapping[str, tuple[str, ...]] = field(repr=False)
    complete: frozenset[StatuteId] = field(repr=False)  # of kinds of which hardly any is missing


@dataclass(frozen=True, slots=True)
class Near:
    """The act that a wrong title stands for."""

    statute: Statute
    is_wrong: bool  # False: only filling words differ


_of_registry: dict[str, _Titles] = {}  # by the registry's version


def near_title(name: str, registry: Registry) -> Near | None:
    """Return the act whose title `name` miswrites, None where none or several are near."""
    key = title_key(without_issuer(name))
    if len(key) < _SHORTEST:
        return None
    statute_id, is_wrong = _nearest(key, _titles(registry))
    return Near(registry.by_id[statute_id], is_wrong=is_wrong) if statute_id else None


@lru_cache(maxsize=4096)
def _nearest(key: str, titles: _Titles) -> tuple[StatuteId | None, bool]:
    found = {}
    for candidate in _candidates(key, titles):
        distance = _distance(key, candidate)
        if distance is not None:
            found[candidate] = distance
    least = min(found.values(), default=None)
    nearest = {titles.keys[candidate] for candidate, far in found.items() if far == least}
    if len(nearest) != 1 or least is None:
        return None, False
    statute_id = nearest.pop()
    if least > 0 and statute_id not in titles.complete and not _is_confused(key, found):
        return None, False
    return statute_id, least > 0


def _is_confused(key: str, found: Iterable[str]) -> bool:
    """Say whether letters were only taken one for the other, or changed places."""
    return any(
        Counter(key) == Counter(other)
        or (len(key) == len(other) and _swaps(key, other) <= set(_CONFUSED))
        for other in found
    )


def _swaps(one: str, other: str) -> set[frozenset[str]]:
    return {frozenset(pair) for pair in zip(one, other, strict=True) if len(set(pair)) > 1}


def _titles(registry: Registry) -> _Titles:
    if registry.version not in _of_registry:
        keys: dict[str, StatuteId] = {}
        for statute in registry.statutes:
            if statute.kind != LOCAL_KIND:
                keys.setdefault(title_key(without_issuer(statute.title)), statute.statute_id)
        by_pair: dict[str, list[str]] = defaultdict(list)
        for key in keys:
            for pair in _pairs(key):
                by_pair[pair].append(key)
        _of_registry[registry.version] = _Titles(
            keys,
            {pair: tuple(found) for pair, found in by_pair.items()},
            frozenset(act.statute_id for act in registry.statutes if act.kind in _COMPLETE),
        )
    return _of_registry[registry.version]


def _pairs(key: str) -> set[str]:
    return {key[i : i + 2] for i in range(len(key) - 1)}


def _candidates(key: str, titles: _Titles) -> list[str]:
    pairs = _pairs(key)
    counted: Counter[str] = Counter()
    for pair in pairs:
        counted.update(titles.by_pair.get(pair, ()))
    return [
        candidate
        for candidate, common in counted.most_common(_FIRST)
        if common >= _ALIKE * min(len(pairs), len(_pairs(candidate))) - 1
    ]


def _distance(key: str, other: str) -> int | None:
    """Return how many characters differ beyond filling words, None where they tell acts apart."""
    if key[-1] != other[-1]:
        return None
    one, two = _FILLING.sub("", key), _FILLING.sub("", other)
    if one == two:
        return 0
    if Counter(one) == Counter(two) and len(one) >= _SHORTEST:
        return 1 if _is_moved(one, two) else None
    codes = SequenceMatcher(None, one, two, autojunk=False).get_opcodes()
    changes = [(one[i1:i2], two[j1:j2]) for tag, i1, i2, j1, j2 in codes if tag != "equal"]
    if any(_TELLS_APART.search(old + new) for old, new in changes):
        return None
    if len(changes) != 1 or min(len(one), len(two)) <= _SHORTEST:
        return None
    old, new = changes[0]
    # One character more or less; one for another only of a pair that is taken for each other.
    is_slip = len(old) + len(new) == 1 or frozenset(old + new) in _CONFUSED
    return 1 if is_slip else None


def _is_moved(one: str, two: str) -> bool:
    """Say whether two words next to each other changed places: 仲裁调解 for 调解仲裁."""
    start = next(i for i, pair in enumerate(zip(one, two, strict=True)) if len(set(pair)) > 1)
    end = len(one) - next(
        i for i, pair in enumerate(zip(one[::-1], two[::-1], strict=True)) if len(set(pair)) > 1
    )
    left, right = one[start:end], two[start:end]
    return any(left[cut:] + left[:cut] == right for cut in range(1, len(left)))
