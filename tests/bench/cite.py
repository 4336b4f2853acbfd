"""What finding and checking citations costs, beside two peers in the same run.

    python -m tests.bench.cite [PYTHON]

PYTHON is the interpreter of another environment that has china-law-mcp; without it that line is
left out.  The texts are the articles of the two recorded sites where ../shared is there, else our
practice articles; `hostile` is what a text made to be slow costs.  CPU time of the process, the
best of three; MB of UTF-8 a second, so that other work on the machine counts for little.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from time import process_time
from typing import Final

from pipeline.cite.check import cite
from pipeline.cite.find import find_mentions
from pipeline.cite.plain import plain_text
from pipeline.cite.resolve import resolve
from pipeline.statutes import load_registry
from pipeline.texts import NO_TEXTS, StatuteTexts
from tests.shared.citations import SHARED, imported
from tests.shared.figures import table

ROUNDS: Final = 3
SIZE: Final = 300_000  # bytes of each hostile text
DAY: Final = date(2025, 6, 1)
_PRACTICE: Final = Path(__file__).resolve().parents[1] / "practice" / "expected.jsonl"
# What a tutorial would write: titles in marks, then one article.
_PLAIN: Final = re.compile(
    r"《([^》]{2,60})》第([一二三四五六七八九十百千零〇\d]+)条(?:第(.{1,3})款)?"
)
_PEER: Final = """
import json, sys, time
from china_law_mcp.server import check_citations_in_text
texts = json.load(sys.stdin)
check_citations_in_text("《民法典》第一条")
best = 1e9
for _ in range(3):
    began = time.process_time()
    found = sum(check_citations_in_text(text)["total"] for text in texts)
    best = min(best, time.process_time() - began)
print(json.dumps([best, found]))
"""


def main(peer: str | None) -> None:
    """Print a line a way."""
    texts = list(_texts())
    size = sum(len(text.encode()) for text in texts)
    print(f"{len(texts)} texts, {size / 1e6:.2f} MB")
    lines: list[tuple[object, ...]] = [("way", "MB/s", "found")]
    with tempfile.TemporaryDirectory(prefix="fatiao-texts-") as folder:
        statutes = imported(Path(folder)) if SHARED.is_dir() else NO_TEXTS
        for name, way in _ways(statutes).items():
            seconds, found = _best(way, texts)
            lines.append((name, f"{size / seconds / 1e6:.1f}", found))
    if peer:
        seconds, found = _of_peer(peer, texts)
        lines.append(
            ("china-law-mcp, check_citations_in_text", f"{size / seconds / 1e6:.1f}", found)
        )
    lines += [(f"hostile: {piece!r}", f"{_hostile(piece):.1f}", "") for piece in HOSTILE]
    print(table(lines))


HOSTILE: Final = (
    "第",
    "《",
    "《〈",
    "第一条、",
    "《民法典》（",
    "本法",
    "（以下简称《甲法》）",
    "\n第一条 ",
)


def _ways(statutes: StatuteTexts) -> dict[str, Callable[[str], int]]:
    registry = load_registry()

    def found(text: str) -> int:
        plain = plain_text(text)
        return len(resolve(plain, find_mentions(plain, registry), registry))

    def checked(text: str, texts: StatuteTexts) -> int:
        return len(cite(text, as_of=DAY, today=date(2026, 11, 21), registry=registry, texts=texts))

    ways: dict[str, Callable[[str], int]] = {
        "fatiao, find and resolve": found,
        "fatiao, verdicts by the registry": lambda text: checked(text, NO_TEXTS),
    }
    if statutes.digest:
        ways["fatiao, all verdicts, words compared"] = lambda text: checked(text, statutes)
    ways["a plain regex"] = lambda text: sum(1 for _ in _PLAIN.finditer(text))
    return ways


def _best(way: Callable[[str], int], texts: Sequence[str]) -> tuple[float, int]:
    best, found = float("inf"), 0
    for text in texts:  # indexes and statutes are read once a process
        way(text)
    for _ in range(ROUNDS):
        began = process_time()
        found = sum(map(way, texts))
        best = min(best, process_time() - began)
    return best, found


def _hostile(piece: str) -> float:
    """Return the MB a second of a text that is `piece` over and over, with all verdicts."""
    text = piece * (SIZE // len(piece.encode()))
    began = process_time()
    cite(text, as_of=DAY, today=DAY, registry=load_registry())
    return len(text.encode()) / (process_time() - began) / 1e6


def _texts() -> Iterator[str]:
    sites = sorted((SHARED / "sites").glob("*.gold.jsonl")) if SHARED.is_dir() else []
    for file in sites or [_PRACTICE]:
        for line in file.read_text(encoding="utf-8").splitlines():
            yield json.loads(line).get("text") or ""


def _of_peer(python: str, texts: Sequence[str]) -> tuple[float, int]:
    done = subprocess.run(
        [python, "-c", _PEER], input=json.dumps(texts), capture_output=True, text=True, check=True
    )
    seconds, found = json.loads(done.stdout.splitlines()[-1])
    return float(seconds), int(found)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
