"""What others find on the development gold: a plain regular expression, and china-law-mcp."""

import json
import re
import subprocess
from collections.abc import Sequence
from typing import Any, Final

from pipeline.cite.numerals import NumeralError, parse_numeral
from pipeline.statutes import load_registry

Passage = dict[str, Any]
Found = dict[str, list[dict[str, Any]]]  # citations by the passage's id, as the scorer reads them

_PLAIN: Final = re.compile(
    r"《(?P<title>[^《》\n]{2,60})》(?:第(?P<article>[一二三四五六七八九十百千零〇\d]+)条)?"
    r"(?:第(?P<paragraph>[一二三四五六七八九十\d]+)款)?"
)
_NUMBERS: Final = (
    "article", "article_suffix", "article_end", "paragraph", "item", "item_end"
)  # fmt: skip
# Its own expression and its own lookup; spans are where the expression matched.
_PEER: Final = """
import json, sys
from china_law_mcp import retrieval, server
out = {}
for passage in json.load(sys.stdin):
    rows = []
    for match in server._CITE_RE.finditer(passage["text"]):
        full = retrieval.resolve_law(match[1])
        number = int(match[2]) if match[2].isdigit() else retrieval.cn2num(match[2])
        rows.append([match.start(), match.end(), full or match[1], number])
    out[passage["id"]] = rows
json.dump(out, sys.stdout)
"""


def plain_regex(passages: Sequence[Passage]) -> Found:
    """Return what 《title》第N条 matches, with titles that the registry knows made official."""
    return {passage["id"]: _matched(passage["text"]) for passage in passages}


def _matched(text: str) -> list[dict[str, Any]]:
    rows = []
    for match in _PLAIN.finditer(text):
        acts = load_registry().find(match["title"])
        title = acts[0].title if len(acts) == 1 else match["title"]
        if acts:
            numbers = {
                "article": _number(match["article"]),
                "paragraph": _number(match["paragraph"]),
            }
            rows.append(_row(match.start(), match.end(), title, numbers))
    return rows


def _number(text: str | None) -> int | None:
    try:
        return parse_numeral(text) if text else None
    except NumeralError:
        return None


def _row(start: int, end: int, title: str, numbers: dict[str, int | None]) -> dict[str, Any]:
    return dict.fromkeys(_NUMBERS) | numbers | {"start": start, "end": end, "canonical": title}


def china_law_mcp(python: str, passages: Sequence[Passage]) -> Found:
    """Return what it finds; `python` is the interpreter of an environment that has it."""
    done = subprocess.run(
        [python, "-c", _PEER],
        input=json.dumps([{"id": p["id"], "text": p["text"]} for p in passages]),
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout.splitlines()[-1])
    return {
        name: [_row(start, end, title, {"article": number}) for start, end, title, number in rows]
        for name, rows in found.items()
    }
