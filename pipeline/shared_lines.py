r"""Lines that most articles of one site end or begin with: the site's, not the author's.

>>> shared_lines([f"第{n}天的事。\n关注我们。" for n in "一二三四五"])
frozenset({'关注我们'})
"""

from collections import Counter
from collections.abc import Collection, Sequence
from math import ceil
from typing import Final

from pipeline.lines import fold
from pipeline.trim import cites_statute

MIN_TEXTS: Final = 5  # different texts; fewer may share a line by chance
# Share of the texts.  Closing phrases that authors choose from a stock recur in up to a
# tenth of the articles of a real site, lines of its template in nearly all.
MIN_SHARE: Final = 0.6


def shared_lines(texts: Sequence[str]) -> frozenset[str]:
    """Return the lines, folded, that most of the different `texts` have."""
    different = set(texts)
    if len(different) < MIN_TEXTS:
        return frozenset()
    times = Counter(
        folded
        for text in different
        for folded in {fold(line) for line in text.splitlines() if not cites_statute(line)}
    )
    enough = max(MIN_TEXTS, ceil(MIN_SHARE * len(different)))
    return frozenset(line for line, count in times.items() if line and count >= enough)


def without(text: str, shared: Collection[str]) -> str:
    """Return `text` without the `shared` lines; unchanged if hardly anything would be left."""
    lines = text.splitlines()
    kept = [line for line in lines if fold(line) not in shared]
    if sum(map(len, kept)) * 2 < sum(map(len, lines)):
        return text
    return "\n".join(kept)
