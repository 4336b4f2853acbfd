"""The chosen lines as a small clean HTML document, for an engine that reads documents.

>>> from lxml import html
>>> from pipeline.reader import read_lines
>>> root = html.fromstring("<div><h2>甲</h2>乙<br>丙<ul class=x><li>丁</ul></div>")
>>> document = clean_document(read_lines(root), root, "题")
>>> html.tostring(document.body, encoding="unicode")
'<body><article><h2>甲</h2><p>乙</p><p>丙</p><ul><li class="x">丁</li></ul></article></body>'
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile
from typing import Final

from lxml import etree, html
from lxml.html import HtmlElement

from crawler.decode import clean_text, is_storable
from pipeline.lines import Line, LineKind, path_of, squeeze

_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean_document(lines: Sequence[Line], element: HtmlElement, title: str) -> HtmlElement:
    """Return a document that says what each of `lines` in `element` is, and nothing else.

    The title stands in the head.  A line keeps the names (class, id) of the boxes around
    it and the share of it that is links, which tell widgets and promotions from text.
    """
    root = html.Element("html")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = fit(title)
    article = etree.SubElement(etree.SubElement(root, "body"), "article")
    for wrapper, group in groupby(lines, key=_wrapper):
        parent = article if wrapper is None else etree.SubElement(article, wrapper[0])
        for line in group:
            _add(
                parent, line, list(takewhile(lambda box: box is not element, path_of(line.element)))
            )
    return root


def fit(text: str) -> str:
    """Return `text` as it is stored and as XML can hold it, on one line."""
    return squeeze(_NOT_XML.sub("", clean_text(text)))


def fit_all(texts: Sequence[str]) -> list[str]:
    """Return what `fit` makes of each of `texts`, which are on one line each."""
    whole = "".join(texts)
    if is_storable(whole) and unicodedata.is_normalized("NFC", whole):
        return list(texts)
    joined = "\n".join(texts)
    if clean_text(_NOT_XML.sub("", joined)) == joined:
        return list(texts)
    return [fit(text) for text in texts]


def _escaped(text: str) -> str:
    """Return `text` with its entities escaped, because trafilatura resolves them again."""
    return text.replace("&", "&amp;")


def _wrapper(line: Line) -> tuple[str, HtmlElement | None] | None:
    """Return the list or table that a line shares with its neighbours."""
    if line.kind is LineKind.ROW:
        return "table", next((box for box in path_of(line.element) if box.tag == "table"), None)
    if not line.mark:
        return None
    return "ul" if line.mark == "- " else "ol", line.element.getparent()


def _add(parent: HtmlElement, line: Line, boxes: Sequence[HtmlElement]) -> None:
    if line.kind is LineKind.ROW:
        row = etree.SubElement(parent, "tr")
        for cell in fit(line.text).split("|"):
            etree.SubElement(row, "td").text = _escaped(cell.strip())
        return
    node = etree.SubElement(parent, _tag(line, boxes), dict(_names(boxes)))
    text = fit(line.text)
    linked = 0 if line.kind is LineKind.HEADING and _stays(line.element) else line.linked
    if linked:  # where in the line the link stands is of no account, only its share is
        link = etree.SubElement(node, "a", href="/")
        link.text, link.tail = _escaped(text[:linked]), _escaped(text[linked:])
    else:
        node.text = _escaped(text)


def _stays(heading: HtmlElement) -> bool:
    """Say whether a heading's links lead nowhere else, as those for pointing at it do."""
    return all((link.get("href") or "#").startswith("#") for link in heading.iter("a"))


def _tag(line: Line, boxes: Sequence[HtmlElement]) -> str:
    if line.mark:
        return "li"
    if line.kind is LineKind.HEADING:
        return "h2" if line.element.tag == "h1" else line.element.tag
    return "blockquote" if any(box.tag == "blockquote" for box in boxes) else "p"


def _names(boxes: Sequence[HtmlElement]) -> Iterator[tuple[str, str]]:
    for name in ("class", "id"):
        if value := fit(" ".join(box.get(name) or "" for box in boxes)):
            yield name, value
