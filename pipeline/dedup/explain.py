"""One pair of texts explained: how alike by each measure, what they share, and why the verdict."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.dedup.confirm import (
    ALL_COMMON_JACCARD,
    ENDS_AGREE,
    EVENLY,
    Comparison,
    Weighed,
    ends_agreement,
    evenness,
    measure,
    profile,
    weigh,
)
from pipeline.dedup.passages import Passage, find_passages, judge_overlap, read_grams
from pipeline.dedup.rarity import Rarity
from pipeline.dedup.relations import relate
from pipeline.dedup.signature import BANDS, PERMUTATIONS, bands, signatures

UNRELATED: Final = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What is known of an earlier and a later text."""

    equal_permutations: int  # of 126
    equal_bands: int  # of 42; a pair without one, and without two rare fragments, is passed over
    comparison: Comparison
    rare: tuple[int, int]  # rare 3-grams of either
    shingles: tuple[int, int]  # all of them
    ends: float  # how well the worse end agrees, 0 to 1
    evenly: float  # how well the worst quarter of either text agrees, 0 to 1
    passages: tuple[Passage, ...]
    relation: str  # a Relation if they are one article, else an Overlap, or "none"
    substitution: str | None
    why: tuple[str, ...]  # sentences


def explain(earlier: str, later: str, known: Rarity) -> Explanation:
    """Compare two texts by every measure there is."""
    pair = weigh(profile(earlier), known), weigh(profile(later), known)
    both = [one.profile.shingles for one in pair]
    signed = signatures(both)
    keys = bands(signed)
    comparison = measure(*pair, known)
    profiles = pair[0].profile, pair[1].profile
    ends = ends_agreement(*profiles) if all(map(len, both)) else 0.0
    evenly = evenness(*profiles)
    grams = read_grams(earlier, known), read_grams(later, known)
    passages = find_passages(*grams)
    why = [_why(pair, comparison, (ends, evenly), known)]
    substitution = None
    if comparison.is_duplicate:
        kinship = relate(earlier, later, comparison.containment)
        relation = kinship.relation.value
        substitution = str(kinship.substitution) if kinship.substitution else None
        if substitution:
            why.append(f"One name stands for another throughout: {substitution}.")
    else:
        overlap = judge_overlap(*grams, passages)
        relation = overlap.value if overlap else UNRELATED
        why.append(_why_overlap(passages))
    return Explanation(
        equal_permutations=int(np.count_nonzero(signed[0] == signed[1])),
        equal_bands=int(np.count_nonzero(keys[0] == keys[1])),
        comparison=comparison,
        rare=(len(pair[0].rare), len(pair[1].rare)),
        shingles=(len(both[0]), len(both[1])),
        ends=ends,
        evenly=evenly,
        passages=tuple(passages),
        relation=relation,
        substitution=substitution,
        why=tuple(why),
    )


def describe(found: Explanation, known: Rarity) -> list[tuple[str, str]]:
    """Return the measures as names and values, for people."""
    corpus = f"of {known.size} texts, common above {known.bound}" if known.size else "of no corpus"
    comparison = found.comparison
    return [
        ("signatures", f"{found.equal_permutations} of {PERMUTATIONS} permutations agree"),
        ("bands", f"{found.equal_bands} of {BANDS} agree"),
        ("Jaccard", f"{comparison.jaccard:.3f} over {found.shingles[0]} and {found.shingles[1]}"),
        (
            "rare Jaccard",
            f"{comparison.rare_jaccard:.3f} over {found.rare[0]} and {found.rare[1]} ({corpus})",
        ),
        ("containment", f"{comparison.containment:.3f} of the smaller one"),
        ("ends agree", f"{found.ends:.3f}"),
        ("worst quarter", f"{found.evenly:.3f} of it agrees"),
        ("one article", "yes" if comparison.is_duplicate else "no"),
        ("relation", found.relation),
    ]


def _why(
    pair: tuple[Weighed, Weighed],
    comparison: Comparison,
    agree: tuple[float, float],
    known: Rarity,
) -> str:
    """Say by which rule the pair is one article, or is not; `agree`: ends, worst quarter."""
    if not all(len(one.profile.shingles) for one in pair):
        return "One of them has no letters or digits: it is a duplicate of nothing."
    score, (ends, evenly) = comparison.rare_jaccard, agree
    if all(one.is_all_common for one in pair):
        return (
            "Next to nothing of either is rare, so all of it counts, and has to reach"
            f" {ALL_COMMON_JACCARD:.2f}: Jaccard {score:.3f}."
        )
    if score >= known.ends_differ:
        return (
            f"What is rare agrees whatever the ends: {score:.3f}, at least {known.ends_differ:.2f}."
        )
    if not comparison.is_duplicate:
        return _why_not(score, agree, known)
    if score >= known.ends_agree and ends >= ENDS_AGREE:
        return (
            f"What is rare agrees ({score:.3f}, at least {known.ends_agree:.2f}), and so do the"
            f" ends ({ends:.2f}, at least {ENDS_AGREE:.2f})."
        )
    return (
        f"What is rare agrees ({score:.3f}, at least {known.evenly:.2f}), and something does in"
        f" every quarter ({evenly:.2f}, at least {EVENLY:.2f}): rewritten throughout."
    )


def _why_not(score: float, agree: tuple[float, float], known: Rarity) -> str:
    """Say what the pair falls short of."""
    ends, evenly = agree
    if score < known.least:
        return f"What is rare agrees too little: {score:.3f}, below {known.least:.2f}."
    return (
        f"Too little agrees: what is rare by {score:.3f}.  It takes {known.ends_agree:.2f} where"
        f" both ends agree by {ENDS_AGREE:.2f} (here {ends:.2f}), {known.evenly:.2f} where every"
        f" quarter does by {EVENLY:.2f} (here {evenly:.2f}), and {known.ends_differ:.2f} elsewhere."
    )


def _why_overlap(passages: list[Passage]) -> str:
    if not passages:
        return "They share no passage that is rare."
    shared = sum(passage.shared for passage in passages)
    return f"They share {len(passages)} passages with {shared} rare 5-grams."
