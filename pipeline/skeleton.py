"""Which boxes a page's text stands in: a fingerprint of the template that made the page.

Only names count (class, id, and the tags that are names themselves), without their numbers, so
that pages of one template have nearly the same boxes, whatever they say.  It depends on no rule of
extraction: a better extraction is no other template.

>>> from lxml import html
>>> skeleton_of(html.fromstring(
...     "<body><div id=nav><a href=/>首页</a></div><div class='wrap w-3'><h1>借条</h1>"
...     "<div id=post-12 class=content><p>先把借条找出来，看清楚日期。</div></div></body>"
... ))
'.w .wrap #post .content'
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from lxml.html import HtmlElement

from pipeline.reader import SKIPPED

MAX_BOXES: Final = 16  # names; a page deeper than that is told from others by its outer boxes
MAX_NAMES: Final = 4  # of one box: themes write a post's category and tags last
MAX_NAME: Final = 32  # characters; what is longer was made by a machine for one page

_BOXES: Final = frozenset(
    ("div", "main", "article", "section", "td", "tr", "tbody", "table", "form", "center")
)
_NAMED_TAGS: Final = frozenset(("main", "article", "section", "table"))
_NUMBERS: Final = re.compile(r"[-_]*\d[\da-f]*")


def skeleton_of(root: HtmlElement) -> str:
    """Return the names of the boxes around most of the text, outermost first; "" if it has none.

    From the body inward, into the box that holds at least half of what is not linked, as long as
    there is one.  Hidden text counts: some sites show theirs by a script only.
    """
    names: list[str] = []
    sizes = _sizes(root)
    box = next(root.iter("body"), root)
    while (inner := _largest(box, sizes)) is not None:
        names += [name for name in _names(inner) if name not in names]
        box = inner
    return " ".join(names[:MAX_BOXES])


def _sizes(root: HtmlElement) -> Mapping[HtmlElement, int]:
    """Return the number of characters in each element that are text, and in no link."""
    sizes: dict[HtmlElement, int] = {}
    for element in reversed([one for one in root.iter() if isinstance(one.tag, str)]):
        parent = element.getparent()
        own = sizes.get(element, 0)
        if element.tag in SKIPPED or element.tag == "a":
            own = 0
        else:
            own += len((element.text or "").strip())
        sizes[element] = own
        if parent is not None:
            sizes[parent] = sizes.get(parent, 0) + own + len((element.tail or "").strip())
    return sizes


def _largest(box: HtmlElement, sizes: Mapping[HtmlElement, int]) -> HtmlElement | None:
    inner = [child for child in box if child.tag in _BOXES]
    best = max(inner, key=lambda child: sizes[child], default=None)
    if best is None or sizes[best] == 0 or 2 * sizes[best] < sizes[box]:
        return None
    return best


def _names(element: HtmlElement) -> Iterator[str]:
    if element.tag in _NAMED_TAGS:
        yield element.tag
    if name := _plain(element.get("id") or ""):
        yield f"#{name}"
    classes = sorted({_plain(one) for one in (element.get("class") or "").split()[:MAX_NAMES]})
    yield from (f".{one}" for one in classes if one)


def _plain(name: str) -> str:
    """Return a name without its numbers, as `post` for `post-12`; "" if nothing can be told."""
    plain = _NUMBERS.sub("", name.strip().lower()).strip("-_")
    return plain if len(plain) <= MAX_NAME and plain.isprintable() and " " not in plain else ""
