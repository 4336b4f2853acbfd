"""Repeals that statutes state and the registry lacks: `python -m tests.shared.repeals`.

An act says in its last article which acts it takes the place of: 《…》同时废止.  What is listed
here was looked at, sentence by sentence, before it went into `statutes.csv` and `versions.csv`;
left are repeals of a part (第三十二条第一款同时废止) and of former acts of the same title.
"""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from pipeline.statutes import LOCAL_KIND, Registry, load_registry
from tests.shared.citations import SHARED, imported
from tests.shared.figures import table
from warehouse.texts import StoredText, read_all

_REPEALS: Final = re.compile(r"[^。\n]{0,900}?废止[。；]")
_TITLE: Final = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》")


class Repeal(NamedTuple):
    """A repeal as stated: the act repealed, since when, by which, in which words."""

    title: str
    day: str
    by: str
    words: str


def stated(text: StoredText, registry: Registry) -> Iterator[Repeal]:
    """Yield the repeals in `text` of acts that the registry has in force."""
    by = registry.by_id[text.statute_id]
    for sentence in _REPEALS.findall(text.words):
        for title in _TITLE.findall(sentence):
            acts = registry.find(title)
            act = acts[0] if len(acts) == 1 else by
            if act != by and not act.repealed_on and act.kind != LOCAL_KIND:
                day = text.effective_from.isoformat()
                yield Repeal(act.title, day, by.title, sentence[-60:])


def main() -> None:
    """Print a line a repeal."""
    registry = load_registry()
    with tempfile.TemporaryDirectory(prefix="fatiao-texts-") as folder:
        imported(Path(folder))
        held = read_all(Path(folder) / "statutes").values()
        found = [repeal for text in held for repeal in stated(text, registry)]
    print(table([("repealed", "since", "by", "words"), *sorted(found)]))


if __name__ == "__main__":
    if not SHARED.is_dir():
        raise SystemExit("../shared is absent")
    main()
