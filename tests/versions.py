"""What each stage makes of the practice articles, as digests under the stage's version.

    python -m tests.versions        # write tests/versions.json anew

A changed digest under an unchanged version would mean stored rows that no build makes again.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from crawler.decode import decode
from pipeline.article import EXTRACT_VERSION, Page, extract
from pipeline.cite.check import CITE_VERSION, as_json, cite
from pipeline.dedup.signature import DEDUP_VERSION
from pipeline.statutes import load_registry
from tests.practice.server import RESPONDERS
from tests.practice.web import Request
from warehouse.clusters import dedup_texts

FILE: Final = Path(__file__).with_name("versions.json")
NOW: Final = datetime(2026, 11, 21, 4, tzinfo=UTC)
_EXPECTED: Final = Path(__file__).with_name("practice") / "expected.jsonl"


def _articles() -> list[dict[str, Any]]:
    return [json.loads(line) for line in _EXPECTED.read_text(encoding="utf-8").splitlines()]


def _extracted() -> object:
    return [asdict(extract(_page(one["site"], one["path"]))) for one in _articles()]


def _page(site: str, path: str) -> Page:
    base = "http://127.0.0.1:8701"
    answer = RESPONDERS[site](Request(base=base, path=path, query={}, now=NOW, visit=0))
    assert answer is not None
    html = decode(answer.body, answer.content_type).text
    return Page(html=html, url=base + path, fetched_at=NOW)


def _cited() -> object:
    registry, day = load_registry(), date(2026, 11, 21)
    return [
        [as_json(found) for found in cite(one["text"], as_of=day, today=day, registry=registry)]
        for one in _articles()
    ]


def _grouped() -> object:
    return dedup_texts([{"id": str(i), "text": one["text"]} for i, one in enumerate(_articles())])


STAGES: Final[dict[str, tuple[Callable[[], str], Callable[[], object]]]] = {
    "EXTRACT_VERSION": (lambda: str(EXTRACT_VERSION), _extracted),
    "CITE_VERSION": (lambda: f"{CITE_VERSION}, registry {load_registry().version}", _cited),
    "DEDUP_VERSION": (lambda: str(DEDUP_VERSION), _grouped),
}


def current(stage: str) -> dict[str, str]:
    """Return the stage's version and the digest of what it makes now."""
    version, make = STAGES[stage]
    made = json.dumps(make(), ensure_ascii=False, sort_keys=True, default=str)
    return {"version": version(), "digest": hashlib.sha256(made.encode()).hexdigest()[:16]}


def main() -> None:
    """Write the file."""
    made = {stage: current(stage) for stage in STAGES}
    FILE.write_text(json.dumps(made, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
