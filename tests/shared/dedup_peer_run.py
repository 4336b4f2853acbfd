"""One peer's grouping of a file of texts; run by `tests.shared.dedup` with another Python.

    PYTHON dedup_peer_run.py TEXTS.json PEER

Prints one object: a cluster for each text, by its place, and CPU seconds; or why it cannot be run.
It needs nothing of ours, so that peers may stand in an environment of their own.

Each is used as its documentation begins, on the text as it stands, in characters where it asks for
words, since Chinese has no spaces; what shares a bucket or is answered by a query is one cluster.
"""

import importlib
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from time import process_time
from typing import Any

LENGTH = 5  # characters of a shingle, as is usual
PERMUTATIONS = 128
THRESHOLD = 0.5

Texts = Sequence[str]
Groups = list[int]


def shingled(text: str) -> set[str]:
    """Return the shingles of a text."""
    return {text[i : i + LENGTH] for i in range(max(len(text) - LENGTH + 1, 1))}


def datasketch(texts: Texts) -> Groups:
    """Sign with MinHash, query one MinHashLSH before each insert."""
    library = importlib.import_module("datasketch")
    index = library.MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    encoded = [[one.encode() for one in shingled(text)] for text in texts]

    def found() -> Iterable[list[int]]:
        for number, signed in enumerate(library.MinHash.generator(encoded, num_perm=PERMUTATIONS)):
            yield [number, *index.query(signed)]
            index.insert(number, signed)

    return _components(len(texts), found())


def rensa(texts: Texts) -> Groups:
    """Add to an RMinHashDeduplicator, which keeps what is new; a copy goes to its first match."""
    library = importlib.import_module("rensa")
    kept = library.RMinHashDeduplicator(
        threshold=THRESHOLD, num_perm=PERMUTATIONS, use_lsh=True, num_bands=32
    )

    def found() -> Iterable[list[int]]:
        for number, text in enumerate(texts):
            signed = library.RMinHash(num_perm=PERMUTATIONS, seed=42)
            signed.update(sorted(shingled(text)))
            yield [number, *(int(one) for one in kept.get_duplicates(signed)[:1])]
            kept.add(str(number), signed)

    return _components(len(texts), found())


def gaoya(texts: Texts) -> Groups:
    """Query one MinHashStringIndex with its character analyzer before each insert."""
    index = importlib.import_module("gaoya.minhash").MinHashStringIndex(
        hash_size=32,
        jaccard_threshold=THRESHOLD,
        num_bands=42,
        band_size=3,
        num_hashes=126,
        analyzer="char",
        lowercase=True,
        ngram_range=(LENGTH, LENGTH),
    )

    def found() -> Iterable[list[int]]:
        for number, text in enumerate(texts):
            yield [number, *index.query(text)]
            index.insert_document(number, text)

    return _components(len(texts), found())


def datatrove(texts: Texts) -> Groups:
    """Sign as MinhashDedupSignature does, 14 buckets of 8; what shares a bucket is one cluster."""
    stage = importlib.import_module("datatrove.pipeline.dedup.minhash")
    hashing = importlib.import_module("datatrove.utils.hashing")
    config = stage.MinhashConfig(
        n_grams=LENGTH, hash_config=hashing.HashConfig(precision=64, hash_fc="sha1")
    )
    signer = stage.MinhashDedupSignature.__new__(stage.MinhashDedupSignature)
    signer.config, signer._parameters, signer.num_hashes = config, None, 14 * 8
    signer._hash_func = hashing.create_hash_func(config.hash_config)
    signer.word_tokenizer = _Characters()
    return _bucketed(
        enumerate(map(tuple, signer.get_signature(signer.get_shingles(text))))
        if len(text) >= LENGTH
        else ()
        for text in texts
    )


def text_dedup(texts: Texts) -> Groups:
    """Hash as its `minhash` command does, with its defaults; what shares a band is one cluster."""
    module = importlib.import_module("text_dedup.minhash")
    utils = importlib.import_module("text_dedup.utils")
    numpy = importlib.import_module("numpy")
    permutations, prime, most = 250, numpy.uint64((1 << 61) - 1), numpy.uint32((1 << 32) - 1)
    bands, rows = utils.optimal_param(0.7, permutations, 0.5, 0.5)
    chance = numpy.random.RandomState(42)
    factors = chance.randint(1, prime, size=permutations, dtype=numpy.uint64)
    offsets = chance.randint(0, prime, size=permutations, dtype=numpy.uint64)
    ranges = [(band * rows, (band + 1) * rows) for band in range(bands)]

    def hashed(text: str) -> list[bytes]:
        found: list[bytes] = module.embed_func(
            " ".join(text),
            0,
            num_perm=permutations,
            ngram_size=LENGTH,
            min_length=0,
            hashranges=ranges,
            permutations=(factors, offsets),
            hash_func=utils.xxh3_32hash,
            dtype=numpy.uint64,
            max_hash=most,
            modulo_prime=prime,
        )["__signatures__"]
        return found

    return _bucketed(enumerate(hashed(text)) for text in texts)


class _Characters:
    """A tokenizer into characters."""

    def word_tokenize(self, text: str) -> list[str]:
        return list(text)


def _bucketed(keys: Iterable[Iterable[Any]]) -> Groups:
    """Return the components of texts that share a key."""
    first: dict[Any, int] = {}
    found = [[n, *(first.setdefault(key, n) for key in some)] for n, some in enumerate(keys)]
    return _components(len(found), found)


def _components(count: int, found: Iterable[Sequence[int]]) -> Groups:
    parents = list(range(count))

    def root(one: int) -> int:
        while parents[one] != one:
            parents[one] = parents[parents[one]]
            one = parents[one]
        return one

    for number, *others in found:
        for other in others:
            parents[root(other)] = root(number)
    return [root(one) for one in range(count)]


PEERS: dict[str, Callable[[Texts], Groups]] = {
    "datasketch": datasketch,
    "rensa": rensa,
    "gaoya": gaoya,
    "datatrove": datatrove,
    "text-dedup": text_dedup,
}


def main(path: str, name: str) -> None:
    """Print what one peer makes of the texts."""
    texts = json.loads(Path(path).read_text(encoding="utf-8"))
    started = process_time()
    try:
        groups = PEERS[name](texts)
    except (ImportError, AttributeError, TypeError, ValueError) as error:
        print(json.dumps({"error": f"{type(error).__name__}: {error}"}))
        return
    print(json.dumps({"groups": groups, "seconds": process_time() - started}))


if __name__ == "__main__":
    main(*sys.argv[1:])
