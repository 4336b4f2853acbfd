"""Citations that a change gained and lost: `make diff-citations BASE=main~3`.

The texts of the two recorded sites, the gold and the seeds (or, without ../shared, our practice
articles) are cited by the program as it was at BASE, in a worktree that is removed again, and as
it is here.  A citation is the same where its span is; it has changed where its law, its place or
its verdict has.  Verdicts are by the registry: no statute texts are compared.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from tests.shared.citations import SHARED

ROOT: Final = Path(__file__).resolve().parents[2]
_PRACTICE: Final = ROOT / "tests" / "practice" / "expected.jsonl"
_AROUND: Final = 14  # characters shown on either side
_CITE: Final = """
import json, sys, time
from datetime import date
from pipeline.cite.check import as_json, cite
from pipeline.statutes import load_registry
day, registry = date(2026, 11, 21), load_registry()
texts = json.load(sys.stdin)
began = time.process_time()
found = [cite(text, as_of=day, today=day, registry=registry) for text in texts]
seconds = time.process_time() - began
rows = [[as_json(one) for one in each] for each in found]
json.dump([seconds, rows], sys.stdout, default=str)
"""

Row = dict[str, Any]


def cited(root: Path, texts: list[str]) -> tuple[float, list[list[Row]]]:
    """Return the CPU seconds, and the citations of each text, by the program in folder `root`."""
    done = subprocess.run(
        [sys.executable, "-c", _CITE],
        input=json.dumps(texts),
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, rows = json.loads(done.stdout)
    return seconds, rows


def cited_at(base: str, texts: list[str]) -> tuple[float, list[list[Row]]]:
    """Return the same by the program as it was at `base`, a git revision."""
    with tempfile.TemporaryDirectory(prefix="fatiao-base-") as folder:
        tree = Path(folder) / "tree"
        _git("worktree", "add", "--quiet", "--detach", str(tree), base)
        try:
            return cited(tree, texts)
        finally:
            _git("worktree", "remove", "--force", str(tree))


def _git(*words: str) -> None:
    subprocess.run(["git", *words], cwd=ROOT, check=True)


def differences(text: str, before: list[Row], after: list[Row]) -> Iterator[tuple[str, str]]:
    """Yield (gained, lost or changed; words) for each citation of `text` that is not as it was."""
    old = {(row["start"], row["end"]): row for row in before}
    new = {(row["start"], row["end"]): row for row in after}
    for span in sorted(old.keys() | new.keys()):
        was, now = old.get(span), new.get(span)
        if was is None and now is not None:
            yield "gained", f"{_shown(text, *span)}  {_meaning(now)}"
        elif now is None and was is not None:
            yield "lost", f"{_shown(text, *span)}  {_meaning(was)}"
        elif was and now and _meaning(was) != _meaning(now):
            yield "changed", f"{_shown(text, *span)}  {_meaning(was)} -> {_meaning(now)}"


def _shown(text: str, start: int, end: int) -> str:
    left, right = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return f"{left}[{text[start:end]}]{right}".replace("\n", "⏎")


def _meaning(row: Row) -> str:
    place = [row["article"], row["article_suffix"], row["article_end"]]
    parts = [row["paragraph"], row["item"], row["item_end"]]
    numbers = ".".join("" if number is None else str(number) for number in (*place, *parts))
    return f"{row['canonical'] or '?'} {numbers.rstrip('.')} {row['verdict']}"


def all_texts() -> list[str]:
    """Return the texts to cite."""
    files = [_PRACTICE]
    if SHARED.is_dir():
        sites = sorted((SHARED / "sites").glob("*.gold.jsonl"))
        gold, seeds = SHARED / "citations" / "dev.jsonl", SHARED / "seeds" / "expected.jsonl"
        files = [*sites, gold, seeds]
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return [json.loads(line).get("text") or "" for line in lines]


def main(base: str) -> None:
    """Print each difference, and how many there are; the cost before and after."""
    texts = all_texts()
    before, old = cited_at(base, texts)
    after, new = cited(ROOT, texts)
    found = [
        difference
        for text, was, now in zip(texts, old, new, strict=True)
        for difference in differences(text, was, now)
    ]
    for kind, words in found:
        print(f"{kind:8} {words}")
    counts = {kind: sum(k == kind for k, _ in found) for kind in ("gained", "lost", "changed")}
    print(", ".join(f"{count} {kind}" for kind, count in counts.items()), end="; ")
    print(f"{sum(map(len, old))} citations before, {sum(map(len, new))} after;", end=" ")
    print(f"{before:.2f} s before, {after:.2f} s after")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "HEAD")
