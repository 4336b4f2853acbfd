"""What grouping costs from raw text to stored clusters, beside datasketch in the same run.

    python -m tests.bench.dedup [TEXTS ...]        # 2000 and 20000 by default

Texts of 1,500 characters, made here: `plain` ones, a fifth of them edited copies; and `statute`
ones, where each quotes three of forty provisions.  CPU time of this process a text, so that other
work on the machine counts for little; the peak of memory is that of the process so far.
"""

import resource
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from random import Random
from time import process_time

from datasketch import MinHash, MinHashLSH

from pipeline.dedup.normalize import normalize
from tests.shared.figures import table
from warehouse.clusters import Document, add_documents
from warehouse.store import open_warehouse

LENGTH = 1500
COPIES = 5  # one text in so many is a copy of an earlier one
NEW = 1000  # articles added to what is stored
BULK, SINGLE = 2000, 200  # texts that datasketch's two ways are measured on
_CHARACTERS = "".join(map(chr, range(0x4E00, 0x5600)))


def main(sizes: Sequence[int]) -> None:
    """Print a line a kind and size."""
    normalize("")  # its table is made once a process, in .2 s
    lines: list[tuple[object, ...]] = [("texts", "kind", "way", "CPU ms/text", "clusters", "MB")]
    for kind, make in KINDS.items():
        for size in sizes:
            texts = list(islice(make(Random(7)), size + NEW))  # noqa: S311 - texts to measure with
            lines += [(size, kind, *line) for line in _measure(texts)]
        texts = texts[:BULK]
        lines += [(len(texts), kind, *_bulk(texts)), (SINGLE, kind, *_single(texts[:SINGLE]))]
    print(table(lines))


def _measure(texts: Sequence[str]) -> Iterator[tuple[object, ...]]:
    documents = [
        Document(id=f"{place:08}", order=f"{place:08}", text=text)
        for place, text in enumerate(texts)
    ]
    by_id = {document.id: document.text for document in documents}
    count = "SELECT count(DISTINCT cluster_id) FROM core.duplicate"
    with open_warehouse(":memory:") as connection:
        for way, some in (
            ("fatiao, all at once", documents[:-NEW]),
            (f"fatiao, {NEW} more", documents[-NEW:]),
        ):
            started = process_time()
            add_documents(connection, some, lambda ids: {id_: by_id[id_] for id_ in ids})
            cost = (process_time() - started) / len(some) * 1000
            (clusters,) = connection.execute(count).fetchall()[0]
            yield way, f"{cost:.3f}", clusters, _megabytes()


def _bulk(texts: Sequence[str]) -> tuple[object, ...]:
    started = process_time()
    shingled = [[text[i : i + 5].encode() for i in range(len(text) - 4)] for text in texts]
    index = MinHashLSH(threshold=0.5, num_perm=128)
    found = 0
    for number, signed in enumerate(MinHash.generator(shingled, num_perm=128)):
        found += bool(index.query(signed))
        index.insert(number, signed)
    cost = (process_time() - started) / len(texts) * 1000
    return "datasketch, bulk", f"{cost:.3f}", len(texts) - found, _megabytes()


def _single(texts: Sequence[str]) -> tuple[object, ...]:
    started = process_time()
    index = MinHashLSH(threshold=0.5, num_perm=128)
    found = 0
    for number, text in enumerate(texts):
        signed = MinHash(num_perm=128)
        for shingle in {text[i : i + 5] for i in range(len(text) - 4)}:
            signed.update(shingle.encode())
        found += bool(index.query(signed))
        index.insert(number, signed)
    cost = (process_time() - started) / len(texts) * 1000
    return "datasketch, update", f"{cost:.3f}", len(texts) - found, _megabytes()


def _plain(chance: Random) -> Iterator[str]:
    made: list[str] = []
    while True:
        if made and chance.randrange(COPIES) == 0:
            text = chance.choice(made[-200:])
            cut = chance.randrange(len(text) - 100)
            yield _words(chance, 20) + text[:cut] + text[cut + 40 :]
        else:
            made.append(_words(chance, LENGTH))
            yield made[-1]


def _statutes(chance: Random) -> Iterator[str]:
    provisions = [_words(chance, 300) for _ in range(40)]
    while True:
        quoted = "\n".join(chance.sample(provisions, 3))
        yield f"{_words(chance, 300)}\n{quoted}\n{_words(chance, 300)}"


def _words(chance: Random, count: int) -> str:
    return "".join(chance.choices(_CHARACTERS, k=count))


def _megabytes() -> int:
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10  # bytes there, kilobytes here
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit


KINDS: dict[str, Callable[[Random], Iterator[str]]] = {"plain": _plain, "statute": _statutes}


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [2000, 20_000])
