"""Three sites that repost each other, made here: 300 articles, 120 of them edited copies.

    python -m tests.shared.crossposts

Sentences are put together from our own phrases about eight everyday matters of law, with figures,
names and provisions that vary; provisions are the statutes' own words, which are public domain.
Many articles of one matter share sentences and the same provision and are no reposts: that is what
makes it hard.  Every repost is made of an article of another site, by one to four edits.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from random import Random
from typing import Final

from tests.shared.figures import table
from tests.shared.phrases import MATTERS, NAMES, PROMOTION, PROVISIONS, SYNONYMS, own_phrase
from warehouse.clusters import Document, add_documents
from warehouse.store import open_warehouse

SITES: Final = ("debt", "family", "labour")
ARTICLES: Final = 300
REPOSTS: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One made article."""

    id: str
    site: str
    lines: tuple[str, ...]
    original: str  # its own id, or that of the article it is a copy of
    edit: str = ""

    @property
    def text(self) -> str:
        """Its text."""
        return "\n".join(self.lines)


Edit = Callable[[Random, tuple[str, ...]], tuple[str, ...]]


def make(seed: int = 1) -> list[Article]:
    """Return the three sites' articles, originals before their copies."""
    chance = Random(seed)  # noqa: S311 - texts for a measurement
    originals = [_original(chance, number) for number in range(ARTICLES - REPOSTS)]
    copies = [_repost(chance, chance.choice(originals), number) for number in range(REPOSTS)]
    return originals + copies


def group(articles: Sequence[Article], batch: int) -> dict[str, str]:
    """Return each article's cluster after adds of so many."""
    texts = {one.id: one.text for one in articles}
    documents = [
        Document(id=one.id, order=f"{place:06}", text=one.text, source=one.site)
        for place, one in enumerate(articles)
    ]
    with open_warehouse(":memory:") as db:
        for first in range(0, len(documents), batch):
            some = documents[first : first + batch]
            add_documents(db, some, lambda ids: {id_: texts[id_] for id_ in ids})
        found = db.execute("SELECT article_id, cluster_id FROM core.duplicate").fetchall()
    return dict(found)


def pairs(labels: Mapping[str, str]) -> set[frozenset[str]]:
    """Return the pairs of one label."""
    members: dict[str, list[str]] = {}
    for id_, label in labels.items():
        members.setdefault(label, []).append(id_)
    return {frozenset(two) for some in members.values() for two in combinations(some, 2)}


def f1(found: set[frozenset[str]], true: set[frozenset[str]]) -> float:
    """Return the harmonic mean of precision and recall over pairs."""
    return 2 * len(found & true) / max(len(found) + len(true), 1)


def _original(chance: Random, number: int) -> Article:
    matter = chance.choice(sorted(MATTERS))
    told = chance.sample(MATTERS[matter][:5], 3)
    advice = chance.sample(MATTERS[matter][5:], 3)
    other = chance.sample(MATTERS[chance.choice(sorted(MATTERS))], 2)
    lines = [_sentence(chance, one) for one in (*told, *other)]
    law = f"《中华人民共和国民法典》{chance.choice(PROVISIONS)}"
    own = "".join(_sentence(chance, own_phrase(chance)) for _ in range(5))
    rest = "".join(_sentence(chance, one) for one in advice)
    title = f"{matter}：{chance.choice(NAMES)}的{chance.randrange(2, 90)}个问题"
    lines = [title, "".join(lines), own, law, rest, _sentence(chance, own_phrase(chance))]
    id_ = f"o{number:03}"
    return Article(id=id_, site=chance.choice(SITES), lines=tuple(lines), original=id_)


def _sentence(chance: Random, phrase: str) -> str:
    return phrase.format(n=chance.choice(NAMES), y=chance.randrange(2, 98)) + "。"


def _repost(chance: Random, source: Article, number: int) -> Article:
    names = chance.sample(sorted(EDITS), number % 4 + 1)
    lines = source.lines
    for name in names:
        lines = EDITS[name](chance, lines)
    site = chance.choice([site for site in SITES if site != source.site])
    return replace(source, id=f"r{number:03}", site=site, lines=lines, edit="+".join(names))


def _wrap(chance: Random, lines: tuple[str, ...]) -> tuple[str, ...]:
    return (chance.choice(PROMOTION), *lines, *chance.sample(PROMOTION, 2))


def _retitle(chance: Random, lines: tuple[str, ...]) -> tuple[str, ...]:
    return (
        f"{chance.choice(NAMES)}问：该怎么办？看完{chance.randrange(3, 9)}点就明白",
        *lines[1:],
    )


def _drop(chance: Random, lines: tuple[str, ...]) -> tuple[str, ...]:
    gone = chance.randrange(1, len(lines))
    return lines[:gone] + lines[gone + 1 :]


def _insert(chance: Random, lines: tuple[str, ...]) -> tuple[str, ...]:
    at = chance.randrange(1, len(lines))
    new = "".join(_sentence(chance, own_phrase(chance)) for _ in range(3))
    return (*lines[:at], new, *lines[at:])


def _reorder(chance: Random, lines: tuple[str, ...]) -> tuple[str, ...]:
    return (lines[0], *chance.sample(lines[1:], len(lines) - 1))


def _reword(_: Random, lines: tuple[str, ...]) -> tuple[str, ...]:
    text = "\n".join(lines)
    for old, new in SYNONYMS.items():
        text = text.replace(old, new)
    return tuple(text.split("\n"))


def _respell(_: Random, lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line.replace("。", " ").replace("，", ",") for line in lines)


def _halve(chance: Random, lines: tuple[str, ...]) -> tuple[str, ...]:
    start = chance.randrange(2)
    return lines[start : start + max(len(lines) // 2, 3)]


def _keep(_: Random, lines: tuple[str, ...]) -> tuple[str, ...]:
    return lines


EDITS: Final[Mapping[str, Edit]] = {
    "wrap": _wrap,
    "retitle": _retitle,
    "drop": _drop,
    "insert": _insert,
    "reorder": _reorder,
    "reword": _reword,
    "respell": _respell,
    "halve": _halve,
    "keep": _keep,
}


def main() -> None:
    """Print the pairwise F1, in bulk and by 30, for five draws; and recall by edit."""
    lines: list[tuple[object, ...]] = [("draw", "pairs", "bulk", "by 30", "false", "missed")]
    met: Counter[str] = Counter()
    all_of: Counter[str] = Counter()
    for seed in range(1, 6):
        articles = make(seed)
        true = pairs({one.id: one.original for one in articles})
        bulk, parts = (pairs(group(articles, batch)) for batch in (len(articles), 30))
        missed = true - bulk
        lines.append(
            (seed, len(true), f1(bulk, true), f1(parts, true), len(bulk - true), len(missed))
        )
        for one in articles[-REPOSTS:]:
            for name in one.edit.split("+"):
                all_of[name] += 1
                met[name] += frozenset((one.id, one.original)) in bulk
    print("three sites made here: 300 articles, 120 reposts; pairwise F1")
    print(table(lines))
    print("\nreposts grouped with their source, by edit")
    print(
        table(
            [("edit", "found", "of"), *((name, met[name], all_of[name]) for name in sorted(all_of))]
        )
    )


if __name__ == "__main__":
    main()
