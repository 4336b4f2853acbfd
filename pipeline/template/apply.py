"""Reading a page by what its site's earlier pages taught.

Only the places that the template names are read, which is what makes it fast: the page is parsed,
its container found, repeated lines and boxes left out, and the rest trimmed and printed as
`pipeline.article` does it.  A page that does not fit is read as if nothing were known of its
site, and says so: a template never decides silently.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from lxml.html import HtmlElement

from pipeline.article import (
    MIN_LETTERS,
    THREAD,
    Article,
    Page,
    Rejection,
    clean,
    compose,
    extract,
    is_thread,
    lists_articles,
    may_be_thread,
    parse_page,
    seen,
)
from pipeline.body import LINKED, is_prose
from pipeline.declared import read_declared
from pipeline.lines import Line, fold
from pipeline.metadata import surroundings
from pipeline.reader import read_lines
from pipeline.render import Rendered, print_lines, render
from pipeline.template.layout import Layout, Template
from pipeline.template.places import LONG_TEXTS, Places, inside
from pipeline.title import find_title
from pipeline.trim import cites_statute, trim, trim_ends

PREFIX: Final = "template:"  # of `Article.extractor`, before the template's name
# A page may differ from those learned from, but not by so much; shares of characters.
MAX_SHARE: Final = 0.5  # left out, or outside: always allowed up to here
MARGIN: Final = 0.25  # beyond the most that the learned pages showed


class Misfit(StrEnum):
    """Why a page is not read by a template."""

    NO_CONTAINER = "no container"
    NO_TITLE = "no title"
    SHORT = "hardly any text in the container"
    ELSEWHERE = "most text stands outside the container"
    LEFT_OUT = "too much of the container would be left out"
    LISTING = "the container lists articles"


@dataclass(frozen=True, slots=True, kw_only=True)
class ByLayout:
    """A page as read by a layout."""

    article: Article
    lines: tuple[Line, ...]  # that were read
    body: tuple[Line, ...]  # that are the text
    dropped: float  # share of the container's characters left out


@dataclass(frozen=True, slots=True)
class LayoutReader:
    """A layout made ready for reading many pages."""

    layout: Layout
    texts: frozenset[str] = field(init=False)  # folded, of the repeated lines
    repeated: frozenset[tuple[str, str]] = field(init=False)  # way and folded text
    boxes: tuple[str, ...] = field(init=False)
    places: Places = field(init=False)  # to be found on each page

    def __post_init__(self) -> None:
        repeated = frozenset((one.path, fold(one.text)) for one in self.layout.repeated)
        object.__setattr__(self, "repeated", repeated)
        object.__setattr__(self, "texts", frozenset(text for _, text in repeated))
        object.__setattr__(self, "boxes", tuple(box.path for box in self.layout.boxes))
        named = (self.layout.container, self.layout.title)
        places = (*(place.selector for place in named if place), *self.layout.reads)
        object.__setattr__(self, "places", Places(places))

    def read(self, page: Page, root: HtmlElement) -> ByLayout | Misfit:
        """Return the page as this layout reads it, or why it can't."""
        layout = self.layout
        found = self.places.find(root)
        container = found[layout.container.selector]
        if container is None:
            return Misfit.NO_CONTAINER
        lines = self._lines(root, container, found)
        declared = read_declared(root, page.html)
        title = clean(find_title(lines, declared, page.link_texts))
        if not title or (layout.title and found[layout.title.selector] is None):
            return Misfit.NO_TITLE
        rendered = self._print(lines, container, title)
        if _is_short(rendered) or not any(map(is_prose, rendered.lines)):
            return Misfit.SHORT
        dropped = _dropped(lines, container, rendered)
        if len(rendered.text) < layout.short and self._is_elsewhere(root, container):
            return Misfit.ELSEWHERE
        if dropped > max(MAX_SHARE, layout.dropped + MARGIN):
            return Misfit.LEFT_OUT
        if lists_articles(lines, rendered.lines):
            return Misfit.LISTING
        around = surroundings(lines, rendered.lines, title)
        return ByLayout(
            article=compose(page, title, rendered, declared, around),
            lines=tuple(lines),
            body=rendered.lines,
            dropped=dropped,
        )

    def _is_elsewhere(self, root: HtmlElement, container: HtmlElement) -> bool:
        """Say whether most of what a page has to say stands outside the container.

        Asked of short texts only: it costs as much as parsing the page.
        """
        return outside_of(root, container) > max(MAX_SHARE, self.layout.outside + MARGIN)

    def left_out(self, lines: Sequence[Line], container: HtmlElement) -> dict[int, str]:
        """Return the ids of the lines in the container that the site repeats, and where."""
        if not self.texts and not self.boxes:
            return {}
        ways: dict[HtmlElement, str] = {}
        inner = set(container.iter())
        found: dict[int, str] = {}
        for line in lines:
            if line.element not in inner or cites_statute(line.text):
                continue
            if line.element not in ways:
                ways[line.element] = inside(line.element, container)
            way = ways[line.element]
            box = next((one for one in self.boxes if is_under(way, one)), None)
            if box is not None or (way, fold(line.text)) in self.repeated:
                found[id(line)] = way if box is None else box
        return found

    def _lines(
        self, root: HtmlElement, container: HtmlElement, found: Mapping[str, HtmlElement | None]
    ) -> list[Line]:
        if not self.layout.reads:
            return seen(read_lines(root))
        places = [found[place] for place in self.layout.reads]
        chosen = {place for place in (*places, container) if place is not None}
        return seen(
            [
                line
                for place in dict.fromkeys(places)
                if place is not None and not any(box in chosen for box in place.iterancestors())
                for line in read_lines(place)
            ]
        )

    def _print(self, lines: Sequence[Line], container: HtmlElement, title: str) -> Rendered:
        # What repeats goes last: around it the rules see boxes of links for what they are.
        chosen = trim(lines, container, title)
        if left_out := self.left_out(chosen, container):
            chosen = trim_ends([line for line in chosen if id(line) not in left_out], title)
        is_plain = not any(line.link_share >= LINKED for line in chosen)
        if self.layout.printer == "lines" or (self.layout.printer == "plain" and is_plain):
            return print_lines(chosen)
        return render(chosen, container, title)


def is_under(way: str, box: str) -> bool:
    """Say whether a way inside the container leads into the box."""
    return way == box or way.startswith(f"{box} > ")


def outside_of(root: HtmlElement, container: HtmlElement) -> float:
    """Return the share of a page's long texts that stand outside `container`."""
    total = sum(map(len, LONG_TEXTS(root)))
    return 1 - sum(map(len, LONG_TEXTS(container))) / total if total else 0.0


def _is_short(rendered: Rendered) -> bool:
    letters = 0
    for line in rendered.lines:  # mostly the first will do
        letters += len(fold(line.text))
        if letters >= MIN_LETTERS:
            return False
    return len(fold(rendered.text)) < MIN_LETTERS


def _dropped(lines: Sequence[Line], container: HtmlElement, rendered: Rendered) -> float:
    inner = set(container.iter())
    whole = sum(len(line.text) for line in lines if line.element in inner)
    return 1 - sum(len(line.text) for line in rendered.lines) / whole if whole else 0.0


class TemplateReader:
    """A template made ready for reading many pages."""

    def __init__(self, template: Template) -> None:
        """Prepare the template's layouts."""
        self.template = template
        self.readers = tuple(map(LayoutReader, template.layouts))

    def extract(self, page: Page, root: HtmlElement | None = None) -> Article | Rejection:
        """Return the article of `page`, or why it has none; never raises.

        `Article.extractor` tells the template that read it, or why none of its layouts did.
        """
        try:
            tree = parse_page(page, root)
        except Exception:
            return extract(page, root)  # which says what is wrong with the page
        if isinstance(tree, Rejection):
            return tree
        alone = extract(page, tree) if self._may_be_thread(page) else None
        if alone is not None and is_thread(alone):
            return alone  # what its posts are, no template says
        try:
            found = self.try_layouts(page, tree)
        except Exception as error:
            found = f"{type(error).__name__}: {error}"
        if isinstance(found, Article):
            return replace(found, extractor=PREFIX + self.template.name)
        alone = alone or extract(page, tree)
        if isinstance(alone, Rejection):
            return alone
        return replace(alone, extractor=f"{alone.extractor}, not {self.template.name}: {found}")

    def _may_be_thread(self, page: Page) -> bool:
        """Say whether a page is to be asked for posts: threads, or their signs, are new here too.

        Only where plain articles bear the signs and no page was a thread, they tell nothing.
        """
        tells = self.template.has_threads or not self.template.has_signs
        return tells and may_be_thread(page)

    def try_layouts(self, page: Page, tree: HtmlElement) -> Article | str:
        """Return the article as the first layout that fits reads it, or why none fits."""
        reasons: list[Misfit] = []
        for reader in self.readers:
            found = reader.read(page, tree)
            if isinstance(found, ByLayout):
                return found.article
            reasons.append(found)
        return str(max(reasons, key=list(Misfit).index))


def was_read_by_template(extractor: str) -> bool:
    """Say whether an article's `extractor` names a template that read it; threads need none."""
    return extractor.startswith((PREFIX, THREAD))
