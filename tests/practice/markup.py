"""The tiny markup of the practice bodies, as HTML and as the text that a reader sees.

A line is a paragraph; `## ` begins a heading, `- ` an item of a list.
"""

from html import escape
from itertools import groupby

SUMMARY_LENGTH = 60  # characters of a list page's teaser


def as_html(body: str, *, indent: str = "", heading: str = "h3") -> str:
    """Return `body` as HTML, one block a line; `indent` stands before each paragraph's text."""
    blocks: list[str] = []
    for is_list, lines in groupby(body.split("\n"), key=lambda line: line.startswith("- ")):
        if is_list:
            items = "\n".join(f"<li>{escape(line[2:])}</li>" for line in lines)
            blocks.append(f"<ul>\n{items}\n</ul>")
        else:
            blocks.extend(_block(line, indent, heading) for line in lines)
    return "\n".join(blocks)


def as_text(body: str) -> str:
    """Return what extraction should give: one block a line, items marked `- `."""
    return "\n".join(line.removeprefix("## ") for line in body.split("\n"))


def summary(body: str) -> str:
    """Return the beginning of the text, as list pages and feeds show it."""
    return as_text(body).replace("\n", "")[:SUMMARY_LENGTH] + "…"


def _block(line: str, indent: str, heading: str) -> str:
    if line.startswith("## "):
        return f"<{heading}>{escape(line[3:])}</{heading}>"
    return f"<p>{indent}{escape(line)}</p>"
