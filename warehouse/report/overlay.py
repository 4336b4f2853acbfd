"""A crawled page as its extraction sees it: kept lines green, dropped ones grey, why on hover.

One file that loads nothing.  Of the page only its text and the shape of its boxes are left: no
script, no style, no address, no attribute, so that nothing of it acts.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Final

from lxml import etree, html
from lxml.html import HtmlElement

from pipeline.article import Article
from pipeline.dates import Published
from pipeline.explain import Explained, Explanation
from pipeline.lines import path_of, squeeze
from pipeline.reader import BLOCKS, SKIPPED
from warehouse.report.markup import text

_STYLE: Final = """
:root { color-scheme: light dark }
body { font: 16px/1.7 system-ui, sans-serif; margin: 0 auto; max-width: 60rem;
  padding: 0 1rem 4rem }
header { position: sticky; top: 0; background: Canvas; border-bottom: 1px solid #8886;
  padding: .6rem 0; margin-bottom: 1rem; font-size: .875rem; z-index: 1 }
header h1 { font-size: 1rem; margin: 0 }
.kept { background: #2da44e33; box-shadow: -3px 0 0 #2da44e }
.dropped { color: #6e7781; background: #8882; text-decoration-color: #8886 }
.told { box-shadow: -3px 0 0 #0969da }
span[title]:hover { outline: 2px solid #0969da }
.element { outline: 2px dashed #2da44e88; outline-offset: 6px }
table { border-collapse: collapse } td, th { border: 1px solid #8884; padding: .1rem .4rem }
@media (prefers-color-scheme: dark) { .dropped { color: #9aa4af } .kept { background: #2da44e44 } }
"""
_KEPT_ATTRIBUTES: Final = ("colspan", "rowspan", "start")
Marks = Mapping[HtmlElement, Sequence[Explained]]


def overlay(explanation: Explanation, name: str) -> str:
    """Return the page called `name` as an HTML document with each line marked."""
    body = "<p>The page could not be read.</p>"
    if explanation.root is not None:
        body = html.tostring(_marked(explanation), encoding="unicode")
    return (
        '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\';'
        " style-src 'unsafe-inline'\">"
        f"<title>{text(name)}</title><style>{_STYLE}</style></head><body>"
        f"<header>{_heading(explanation)}</header>{body}</body></html>\n"
    )


def _heading(explanation: Explanation) -> str:
    result = explanation.result
    kept = sum(1 for line in explanation.lines if line.is_kept)
    count = f"{kept} of {len(explanation.lines)} lines kept"
    if not isinstance(result, Article):
        return f"<h1>{text(result.reason)}</h1>{text(result.detail)}; {count}"
    published = _date(result.published) if result.published else "no date"
    told = [published, result.author or "no author", result.category or "no category"]
    return (
        f"<h1>{text(result.title)}</h1>{text(' · '.join([*told, result.extractor, count]))}"
        ' · <span class="kept">kept</span> <span class="dropped">dropped</span>'
        ' <span class="dropped told">tells of it</span>, why on hover'
    )


def _date(published: Published) -> str:
    """Return the date, as far as it is known, and the characters that tell it."""
    at = f"{published.at:%Y-%m-%d %H:%M}" if published.at else published.on.isoformat()
    return at if published.evidence == at else f"{at} ({published.evidence})"


def _marked(explanation: Explanation) -> HtmlElement:
    """Return a copy of the page's body with each piece of text in a marked span."""
    root = explanation.root
    assert root is not None  # noqa: S101 - the caller asked
    by_block: dict[HtmlElement, list[Explained]] = {}
    for line in explanation.lines:
        by_block.setdefault(line.line.element, []).append(line)
    copied = deepcopy(root)
    twins = dict(zip(root.iter(), copied.iter(), strict=True))
    marks = {twins[block]: lines for block, lines in by_block.items()}
    frame = None if explanation.element is None else twins[explanation.element]
    body = next(copied.iter("body"), copied)
    etree.strip_elements(body, etree.Comment, *SKIPPED, with_tail=False)
    for element in list(body.iter()):
        _strip(element)
        _wrap(element, marks)
    if frame is not None:
        frame.set("class", "element")
    body.tag = "main"
    return body


def _strip(element: HtmlElement) -> None:
    kept = {name: element.get(name) for name in _KEPT_ATTRIBUTES if element.get(name)}
    element.attrib.clear()
    element.attrib.update(kept)
    if element.tag in ("a", "img", "font"):
        element.tag = "u" if element.tag == "a" else "span"


def _wrap(element: HtmlElement, marks: Marks) -> None:
    """Put the text at the beginning of `element` and behind each of its children into spans."""
    for child in list(element):
        if child.tail and child.tail.strip():
            span = _span(child.tail, element, marks)
            child.tail = None
            child.addnext(span)
    if element.text and element.text.strip():
        span = _span(element.text, element, marks)
        element.text = None
        element.insert(0, span)


def _span(words: str, element: HtmlElement, marks: Marks) -> HtmlElement:
    span = html.Element("span")
    span.text = words
    block = next((box for box in path_of(element) if box in marks or box.tag in BLOCKS), None)
    lines = marks.get(block, ()) if block is not None else ()
    line = next((one for one in lines if squeeze(words) in squeeze(one.line.spaced)), None)
    line = line or next((one for one in lines if squeeze(words)[:12] in one.line.text), None)
    if line is not None:
        told = " told" if "tells the " in line.why else ""
        span.set("class", "kept" if line.is_kept else f"dropped{told}")
        span.set("title", text(line.why))
    return span
