"""Text to an HTML tree, once for a page, within bounds.

The one place where lxml is set up: every stage that looks at markup gets its
tree from here, so that they all see the same one.
"""

import re
from typing import Final

from lxml import etree, html

MAX_CHARS: Final = 8 * 1024 * 1024  # as the crawl's DOWNLOAD_MAXSIZE; pages are 10 to 800 kB
MAX_TAGS: Final = 200_000  # the largest of 120 real pages has 6,500; past this it is an attack
MAX_ATTRIBUTES: Final = 2_000  # on one tag; libxml2 takes 20 s for 40,000, the square of it
MIN_ATTRIBUTE: Final = 2  # characters that one takes with what parts it from the next

_OVERLOADED_TAG: Final = re.compile(
    rf"""
    <[A-Za-z][^\s/>]*+
    (?:                                            # one attribute, as HTML5 reads it
        [\s/]*+ [^\s=>/][^\s=>/]*+
        (?: \s*+ = \s*+ (?: "[^"]*+" | '[^']*+' | [^\s>"'][^\s>]*+ ) )?+
    ){{{MAX_ATTRIBUTES}}}
    """,
    re.VERBOSE,
)
# Control characters that XML has no place for; lxml would end the text at a NUL.
_UNFIT: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_CONTROLS: Final = bytes((*range(9), 0x0B, *range(0x0E, 0x20), 0x7F))
# lxml refuses text whose XML declaration names an encoding, and there is nothing left to decode.
# lxml asks a Python function which class each element is of, unless a table in C tells it; only
# its classes of forms are lost by that, which nobody here asks for anything.
_CLASSES: Final = etree.ElementDefaultClassLookup(
    element=html.HtmlElement,
    comment=html.HtmlComment,
    pi=html.HtmlProcessingInstruction,
    entity=html.HtmlEntity,
)
_XML_DECLARATION: Final = re.compile(r"\A\s*<\?xml[^>]{0,200}>", re.IGNORECASE)


def parse_html(text: str) -> html.HtmlElement | None:
    """Return the root element of the page `text`.

    Takes whatever browsers take: unclosed tags, NUL characters, an XML
    declaration, a bare fragment.

    Returns:
        None for what has no element at all, or is past the bounds of this module.
    """
    if _is_past_bounds(text):
        return None
    data = _fit(_XML_DECLARATION.sub("", text.lstrip("\ufeff")))
    if not data.strip() or not text.strip():
        return None
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=False, remove_pis=True)
    parser.set_element_class_lookup(_CLASSES)
    try:
        # As bytes: lxml's way from str depends on the width the interpreter stored it in.
        root = html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError):  # "Document is empty"
        return None
    return root


def _is_past_bounds(text: str) -> bool:
    """Say whether a page is too large to parse; what is too short for a bound is not counted."""
    size = len(text)
    return (
        size > MAX_CHARS
        or (size > MAX_TAGS and text.count("<") > MAX_TAGS)
        or (size > MAX_ATTRIBUTES * MIN_ATTRIBUTE and _OVERLOADED_TAG.search(text) is not None)
    )


def _fit(text: str) -> bytes:
    """Return `text` in UTF-8 without what XML has no place for."""
    try:
        data = text.encode()
    except UnicodeEncodeError:  # lone surrogates
        return _UNFIT.sub("", text).encode()
    data = data.translate(None, _CONTROLS)  # ten times as quick as the pattern
    for unfit in ("\ufffe", "\uffff"):
        if unfit in text:  # quicker to see in text than in bytes
            data = data.replace(unfit.encode(), b"")
    return data
