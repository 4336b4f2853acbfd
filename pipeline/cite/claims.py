"""Which words a text gives as those of the provisions it cites, and what else it cites nearby."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.cite.anchors import Form
from pipeline.cite.context import Resolved
from pipeline.cite.pinpoint import Pinpoint
from pipeline.cite.quotes import Claim, Manner, claim_after
from pipeline.statutes import Place

_AROUND: Final = 200  # characters on either side in which another article's words may be meant
_LONGEST_RANGE: Final = 30  # articles
_NAMES_LAW: Final = frozenset(
    {Form.TITLE_FULL, Form.TITLE_SHORT, Form.TITLE_ONLY, Form.BARE, Form.BARE_ONLY, Form.CARRY}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A citation with what its text says of the provision."""

    resolved: Resolved
    claim: Claim | None
    nearby: frozenset[Place]  # articles of the same statute cited around it


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
        if claim and claim.manner is Manner.PARAPHRASE and each.is_in_norm:
            claim = None  # a norm that refers to a law goes on with a rule of its own
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
    return frozenset(places - {place_of(here.pinpoint)})


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
        yield place_of(pinpoint)


def place_of(pinpoint: Pinpoint) -> Place:
    """Return 条 and 之N of a pinpoint that names an article."""
    return pinpoint.article or 0, pinpoint.suffix or 0
