"""How well citations are found: `python -m tests.shared.citations`.

Prints the figures of the scorer in ../shared on the development gold, then the seeds'
citations one by one with what was expected of them.
"""

import importlib.util
import json
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from pipeline.cite.check import as_json, cite
from pipeline.statutes import load_registry

SHARED: Final = Path(__file__).resolve().parents[2].parent / "shared"
_TODAY: Final = date(2026, 11, 21)  # the day on which the gold's notes were written
_NEEDS_TEXT: Final = "wrong_article"  # said only by comparing words; in_force until then


def gold() -> list[dict[str, Any]]:
    """Return the passages of the development gold."""
    return _lines(SHARED / "citations" / "dev.jsonl")


def development_scores() -> dict[str, Any]:
    """Return the scorer's figures on the development gold."""
    passages = gold()
    predicted = {passage["id"]: _cited(passage["text"], _TODAY) for passage in passages}
    result: dict[str, Any] = _scorer()(passages, predicted)
    return result


def seed_rows() -> Iterator[tuple[str, bool, bool, str]]:
    """Yield (seed, found with its numbers, verdict as expected, words) of each citation."""
    for seed in _lines(SHARED / "seeds" / "expected.jsonl"):
        found = _cited(seed["text"], date.fromisoformat(seed["as_of"]))
        by_span = {(c["start"], c["end"]): c for c in found}
        for want in seed["citations"]:
            got = by_span.pop((want["start"], want["end"]), None)
            yield seed["id"], _same_numbers(want, got), _same_verdict(want, got), _row(want, got)
        for extra in by_span.values():
            yield seed["id"], False, False, f"not expected: {extra['raw']}"


def _row(want: dict[str, Any], got: dict[str, Any] | None) -> str:
    return f"{want['text']}  {want['verdict']} / {got['verdict'] if got else 'not found'}"


def _same_numbers(want: dict[str, Any], got: dict[str, Any] | None) -> bool:
    names = ("canonical", "article", "paragraph", "item", "doc_number", "anaphoric")
    return (
        got is not None
        and all(got[name] == want[name] for name in names)
        and (got["article_suffix"] == want["suffix"])
    )


def _same_verdict(want: dict[str, Any], got: dict[str, Any] | None) -> bool:
    if got is None:
        return False
    if want["verdict"] == _NEEDS_TEXT:
        return bool(got["verdict"] == "in_force")
    return got["verdict"] in {want["verdict"], *want["also_acceptable"]}


def _cited(text: str, as_of: date) -> list[dict[str, Any]]:
    registry = load_registry()
    return [as_json(c) for c in cite(text, as_of=as_of, today=_TODAY, registry=registry)]


def _scorer() -> Callable[..., dict[str, Any]]:
    spec = importlib.util.spec_from_file_location("score", SHARED / "citations" / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(SHARED / "citations" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    score: Callable[..., dict[str, Any]] = module.score
    return score


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _mark(is_right: bool) -> str:
    return "ok" if is_right else "NO"


def main() -> int:
    """Print both tables; 0 when every seed citation is as expected."""
    scores = development_scores()
    forms = scores.pop("by_form")
    for name, value in scores.items():
        print(f"{name:28} {value}")
    for form, value in forms.items():
        print(f"  {form:26} {value}")
    rows = list(seed_rows())
    for seed, numbers, verdict, words in rows:
        marks = f"numbers {_mark(numbers)}  verdict {_mark(verdict)}"
        print(f"seed {seed}  {marks}  {words}")
    return 0 if all(numbers and verdict for _, numbers, verdict, _ in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
