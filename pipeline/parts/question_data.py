"""What schema.org's JSON-LD says of a page's question and its answers."""

import json
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from pipeline.declared import MAX_JSON


def questions(root: HtmlElement) -> Iterator[dict[str, Any]]:
    """Yield the questions that the page's JSON-LD describes."""
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            data = json.loads((script.text or "")[:MAX_JSON], strict=False)
        except (ValueError, RecursionError):
            continue
        for item in listed(data.get("@graph", data) if isinstance(data, dict) else data):
            entity = item.get("mainEntity") if item.get("@type") == "QAPage" else item
            yield from (one for one in listed(entity) if one.get("@type") == "Question")


def listed(value: object) -> list[dict[str, Any]]:
    """Return the objects of a value that may be one or several."""
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, dict)]
