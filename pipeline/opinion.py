"""A second opinion on where the text is: trafilatura's, for pages without running prose.

Verse, lists of short lines and pages in other languages give `pipeline.body` nothing
to count.  trafilatura's text is then traced back to the element that holds it, so
that everything after goes the same way.
"""

from collections.abc import Sequence
from typing import Final

import trafilatura
from lxml.html import HtmlElement

from pipeline.lines import Line, fold, path_of

MAX_LINES: Final = 3_000  # trafilatura took 15 s for a table of 20,000 rows
COVER: Final = 0.85  # share of the found text that the element must hold, as measured for templates


def second_container(html: str, lines: Sequence[Line]) -> HtmlElement | None:
    """Return the smallest element that holds nearly all that trafilatura takes for the text."""
    if len(lines) > MAX_LINES:
        return None
    found = trafilatura.extract(
        html, favor_precision=True, include_comments=False, include_tables=True
    )
    wanted = fold(found or "")
    weights: dict[HtmlElement, int] = {}
    for line in lines:
        own = fold(line.text)
        if own and own in wanted:
            for element in path_of(line.element):
                weights[element] = weights.get(element, 0) + len(own)
    enough = COVER * max(weights.values(), default=0)
    holding = [element for element, weight in weights.items() if weight >= enough > 0]
    return max(holding, key=lambda element: sum(1 for _ in element.iterancestors()), default=None)
