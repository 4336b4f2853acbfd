"""Crowds that tempt a grouping into comparing everything with everything."""

from collections.abc import Callable
from random import Random

_CHARACTERS = range(0x4E00, 0x5600)


def _lines(seed: object, count: int) -> list[str]:
    chance = Random(str(seed))  # noqa: S311 - texts to measure with
    return ["".join(map(chr, chance.choices(_CHARACTERS, k=30))) for _ in range(count)]


def reposts() -> list[str]:
    """One article among 2,000, reposted 300 times, each time in another frame."""
    article = _lines("article", 40)
    others = ["\n".join(_lines(f"other {n}", 40)) for n in range(2000)]
    return others + ["\n".join([*_lines(n, 1), *article, *_lines(-n, 1)]) for n in range(1, 301)]


def fillings() -> list[str]:
    """A template with 1,000 fillings."""
    lines = _lines("template", 30)
    names = [_lines(f"name {n}", 1)[0][:4] for n in range(1000)]
    return ["\n".join(name + line for line in lines) for name in names]


def quotations() -> list[str]:
    """One statute quoted at length by 100,000 articles."""
    statute = _lines("statute", 20)
    return ["\n".join([*_lines(n, 8), *statute, *_lines(-n, 8)]) for n in range(1, 100_001)]


def long_texts() -> list[str]:
    """A text of 5 MB and its copy."""
    text = "\n".join(_lines("long", 55_000))
    return [text, f"转载：{text}"]


def empty_ones() -> list[str]:
    """2,000 texts that are empty or one short line."""
    return [("", "。", "法", "同意。", "请问")[n % 5] for n in range(2000)]


CROWDS: dict[str, Callable[[], list[str]]] = {
    "1 article 300 times": reposts,
    "1 template 1,000 times": fillings,
    "1 statute 100,000 times": quotations,
    "5 MB twice": long_texts,
    "empty or a word": empty_ones,
}
