"""What grouping costs from raw text to stored clusters, beside peers in the same run.

    python -m tests.bench.dedup [TEXTS ...]          # 2000 and 20000 by default
    python -m tests.bench.dedup --stored [TEXTS ...] # 1,000 new ones into as many stored
    python -m tests.bench.dedup --crowds             # the hard crowds alone

Texts of 1,500 characters, made here: `plain` ones, a fifth of them edited copies; and `statute`
ones, where each quotes three of forty provisions.  CPU time of this process a text, so that other
work on the machine counts for little; the peak of memory is that of the process so far.

Peers other than datasketch are run where `FATIAO_PEERS` names a Python that has them:

    python -m venv /tmp/peers && /tmp/peers/bin/pip install datasketch rensa gaoya
    FATIAO_PEERS=/tmp/peers/bin/python python -m tests.bench.dedup
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from random import Random
from time import perf_counter, process_time

from duckdb import DuckDBPyConnection

from pipeline.dedup.normalize import normalize
from tests.bench import dedup_peers
from tests.bench.dedup_crowds import CROWDS
from tests.bench.dedup_store import MEMORY
from tests.shared.figures import table
from warehouse.clusters import Document, add_documents
from warehouse.store import open_warehouse

LENGTH = 1500
COPIES = 5  # one text in so many is a copy of an earlier one
NEW = 1000  # articles added to what is stored
_CHARACTERS = "".join(map(chr, range(0x4E00, 0x5600)))
_HEAD = ("texts", "kind", "way", "CPU ms/text", "wall s", "clusters", "MB")


def main(sizes: Sequence[int]) -> None:
    """Print a line a kind and size, the peers, and the hard crowds."""
    normalize("")  # its table is made once a process, in .2 s
    lines: list[tuple[object, ...]] = [_HEAD]
    for kind, make in KINDS.items():
        for size in sizes:
            texts = list(islice(make(Random(7)), size + NEW))  # noqa: S311 - texts to measure with
            lines += [(size, kind, *line) for line in _measure(texts)]
        lines += [(one, kind, *rest) for one, *rest in _peers(texts)]
    print(table([*lines, *_crowds()]))


def crowds() -> None:
    """Print what crowds cost that tempt into comparing everything with everything."""
    normalize("")
    print(table([_HEAD, *_crowds()]))


def stored(sizes: Sequence[int]) -> None:
    """Print what 1,000 new articles cost where so many are stored already.

    Each store is filled by one process and added to by another, whose peak of memory is told.
    """
    lines: list[tuple[object, ...]] = [_HEAD]
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "bench.duckdb"
            for module in (["dedup_store", path, size], ["dedup", "--into", path]):
                command = [sys.executable, "-m", f"tests.bench.{module[0]}", *map(str, module[1:])]
                ran = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
            lines += [(size, "plain", *json.loads(line)) for line in ran.stdout.splitlines()]
    print(table(lines))


def into(path: Path) -> None:
    """Print a line of JSON for 1,000 new articles into the store at `path`, and for one more."""
    normalize("")
    texts = list(islice(_plain(Random(7)), NEW))  # noqa: S311 - texts to measure with
    with open_warehouse(path) as connection:
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        for documents in (_documents(texts), _documents(texts[:1], "again")):
            line = f"{len(documents)} more", *_add(connection, documents, texts)
            print(json.dumps(line))


def _documents(texts: Sequence[str], name: str = "") -> list[Document]:
    return [
        Document(id=f"{name}{place:08}", order=f"x{place:08}", text=text)
        for place, text in enumerate(texts)
    ]


def _measure(texts: Sequence[str]) -> Iterator[tuple[object, ...]]:
    documents = _documents(texts)
    with open_warehouse(":memory:") as connection:
        for way, some in (
            ("fatiao, all at once", documents[:-NEW]),
            (f"fatiao, {NEW} more", documents[-NEW:]),
        ):
            yield way, *_add(connection, some, texts)


def _add(
    connection: DuckDBPyConnection, some: Sequence[Document], texts: Sequence[str]
) -> tuple[object, ...]:
    started, clock = process_time(), perf_counter()
    add_documents(connection, some, lambda ids: {id_: texts[int(id_[-8:])] for id_ in ids})
    cost = (process_time() - started) / len(some) * 1000
    wall = perf_counter() - clock
    count = "SELECT count(DISTINCT cluster_id) FROM core.duplicate"
    (clusters,) = connection.execute(count).fetchall()[0]
    return f"{cost:.3f}", f"{wall:.2f}", clusters, _megabytes()


def _crowds() -> Iterator[tuple[object, ...]]:
    for name, make in CROWDS.items():
        texts = make()
        with open_warehouse(":memory:") as connection:
            cost = _add(connection, _documents(texts), texts)
        yield len(texts), name, "fatiao, all at once", *cost


def _peers(texts: Sequence[str]) -> Iterator[tuple[object, ...]]:
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(list(texts), file)
        file.flush()
        command = [os.environ.get("FATIAO_PEERS", sys.executable), dedup_peers.__file__, file.name]
        ran = subprocess.run(command, capture_output=True, check=True, text=True)
    for line in ran.stdout.splitlines():
        one = json.loads(line)
        if "error" in one:
            yield "", one["name"], one["error"], "", "", ""
        else:
            yield one["texts"], one["name"], f"{one['cost']:.3f}", "", one["kept"], ""


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
    arguments = sys.argv[1:]
    if arguments[:1] == ["--crowds"]:
        crowds()
    elif arguments[:1] == ["--into"]:
        into(Path(arguments[1]))
    elif arguments[:1] == ["--stored"]:
        stored([int(size) for size in arguments[1:]] or [10_000, 100_000])
    else:
        main([int(size) for size in arguments] or [2000, 20_000])
