"""What peers cost on the same texts; run by `tests.bench.dedup` with another Python.

    PYTHON dedup_peers.py TEXTS.json

A line of JSON a peer: its name, CPU ms a text and the texts it keeps, or why it cannot be run.  It
needs nothing of ours, so that peers may stand in an environment of their own.
"""

import importlib
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time
from typing import Any

LENGTH = 3  # characters of a shingle, as ours
PERMUTATIONS = 128
THRESHOLD = 0.5

Texts = Sequence[str]


def shingled(text: str) -> list[str]:
    """Return the shingles of a text as strings, which is what these libraries are given."""
    return [text[i : i + LENGTH] for i in range(len(text) - LENGTH + 1)]


def datasketch_bulk(texts: Texts) -> int:
    """Sign by `MinHash.generator`, one index."""
    datasketch = importlib.import_module("datasketch")
    index = datasketch.MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    encoded = [[one.encode() for one in shingled(text)] for text in texts]
    signed = datasketch.MinHash.generator(encoded, num_perm=PERMUTATIONS)
    return _kept(index, enumerate(signed))


def datasketch_usual(texts: Texts) -> int:
    """Sign by `update` a shingle, one index, as its documentation begins."""
    datasketch = importlib.import_module("datasketch")
    index = datasketch.MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)

    def sign(text: str) -> Any:
        signed = datasketch.MinHash(num_perm=PERMUTATIONS)
        for one in set(shingled(text)):
            signed.update(one.encode())
        return signed

    return _kept(index, ((number, sign(text)) for number, text in enumerate(texts)))


def rensa_usual(texts: Texts) -> int:
    """Sign by RMinHash objects, one RMinHashLSH."""
    rensa = importlib.import_module("rensa")
    index = rensa.RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=32)

    def sign(text: str) -> Any:
        signed = rensa.RMinHash(num_perm=PERMUTATIONS, seed=42)
        signed.update(shingled(text))
        return signed

    return _kept(index, ((number, sign(text)) for number, text in enumerate(texts)))


def gaoya_usual(texts: Texts) -> int:
    """Index raw texts by gaoya's own character analyzer."""
    minhash = importlib.import_module("gaoya.minhash")
    index = minhash.MinHashStringIndex(
        hash_size=32,
        jaccard_threshold=THRESHOLD,
        num_bands=42,
        band_size=3,
        num_hashes=126,
        analyzer="char",
        lowercase=True,
        ngram_range=(LENGTH, LENGTH),
    )
    kept = 0
    for number, text in enumerate(texts):
        kept += not index.query(text)
        index.insert_document(number, text)
    return kept


def _kept(index: Any, signed: Any) -> int:
    kept = 0
    for number, one in signed:
        kept += not index.query(one)
        index.insert(number, one)
    return kept


# The last number: on how many texts at most, as the usual ways are slow.
PEERS: dict[str, tuple[Callable[[Texts], int], int]] = {
    "datasketch, bulk": (datasketch_bulk, 2000),
    "datasketch, update": (datasketch_usual, 200),
    "rensa, RMinHash objects": (rensa_usual, 20_000),
    "gaoya, char analyzer": (gaoya_usual, 20_000),
}


def main(path: str) -> None:
    """Print a line a peer."""
    texts = json.loads(Path(path).read_text(encoding="utf-8"))
    for name, (run, most) in PEERS.items():
        some = texts[:most]
        started = process_time()
        try:
            kept = run(some)
        except (ImportError, AttributeError, TypeError, ValueError) as error:
            print(json.dumps({"name": name, "error": f"{type(error).__name__}: {error}"}))
            continue
        cost = (process_time() - started) / len(some) * 1000
        print(json.dumps({"name": name, "texts": len(some), "cost": cost, "kept": kept}))


if __name__ == "__main__":
    main(sys.argv[1])
