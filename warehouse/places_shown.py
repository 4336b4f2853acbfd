"""What stands in the places that a template names, on a page that it was learned from."""

from collections.abc import Mapping
from typing import Final

from lxml.html import HtmlElement

from crawler.archive import ArchiveError, read_page
from crawler.decode import decode
from crawler.frontier.history import read_history
from crawler.frontier.store import has_frontier, open_frontier
from crawler.parse import parse_html
from crawler.sources import Project
from pipeline.document import fit
from pipeline.template.layout import FIELDS, Layout, Place
from pipeline.template.places import Places

MAX_TEXT: Final = 40  # characters shown of what stands in a place


def places_shown(project: Project, layout: Layout) -> Mapping[str, str]:
    """Return by selector what stands there on the first of the layout's examples still archived."""
    places: list[Place | None] = [getattr(layout, name) for name in ("container", *FIELDS)]
    selectors = [place.selector for place in places if place]
    for url in layout.examples:
        root = _newest(project, url)
        if root is not None:
            found = Places(selectors).find(root)
            return {name: _said(box) for name, box in found.items() if box is not None}
    return {}


def _newest(project: Project, url: str) -> HtmlElement | None:
    """Return the tree of what was archived last of `url`, None where nothing is."""
    if not has_frontier(project.frontier):
        return None
    with open_frontier(project.frontier) as frontier:
        fetches = [one for known in read_history(frontier, url) for one in known.fetches]
    location = next((one.location for one in reversed(fetches) if one.location), None)
    if location is None:
        return None
    try:
        archived = read_page(project.archive, location)
    except ArchiveError:  # thinned out since
        return None
    content_type = next((v for k, v in archived.headers if k.lower() == "content-type"), None)
    return parse_html(decode(archived.body, content_type).text)


def _said(box: HtmlElement) -> str:
    text = fit(" ".join(box.itertext()))
    return text if len(text) <= MAX_TEXT else f"{text[:MAX_TEXT]}…"
