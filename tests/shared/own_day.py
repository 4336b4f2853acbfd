"""How often interpretations are accused as of their own day: `python -m tests.shared.own_day`.

The highest court cites the law of the day on which it issues a text, so that another article's
words, held against it, are nearly always our mistake.  The texts are those of ../shared: some
480 interpretations and rules.
"""

import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pipeline.cite.check import CheckedCitation, cite
from pipeline.cite.finding import Verdict
from pipeline.statutes import load_registry
from tests.shared.citations import SHARED, imported
from tests.shared.figures import table
from warehouse.texts import read_all

_KINDS: Final = {"司法解释", "部门规章", "规范性文件"}


def judged(folder: Path) -> Iterator[CheckedCitation]:
    """Yield the citations in each text, by the law of the day on which it came into force."""
    registry, texts = load_registry(), imported(folder)
    for (statute, day), held in read_all(folder / "statutes").items():
        if registry.by_id[statute].kind in _KINDS:
            yield from cite(held.words, as_of=day, today=day, registry=registry, texts=texts)


def main() -> None:
    """Print how many citations have which verdict, and who is said to be another article's."""
    with tempfile.TemporaryDirectory(prefix="fatiao-texts-") as folder:
        found = list(judged(Path(folder)))
    counted = Counter(each.verdict for each in found)
    print(table([("verdict", "citations"), *counted.most_common(), ("all", len(found))]))
    for each in found:
        if each.verdict is Verdict.WRONG_ARTICLE:
            print(f"  {each.raw}: {each.detail}")


if __name__ == "__main__":
    if not SHARED.is_dir():
        raise SystemExit("../shared is absent")
    main()
