"""Why each line of a page is in its article or not: the rules' decisions, in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from lxml.html import HtmlElement

from pipeline.article import Article, Page, Rejection, examine, is_thread, parse_page, seen
from pipeline.lines import Line, fold
from pipeline.reader import read_lines
from pipeline.template.apply import PREFIX, ByLayout, LayoutReader, TemplateReader
from pipeline.template.places import find
from pipeline.trim import Reason, cites_statute, says_what, trim_steps

HIDDEN: Final = "hidden by the page's own markup"
OUTSIDE: Final = "outside the element that holds the article"
NO_POST: Final = "of no question or answer"
MIN_SAID: Final = 8  # letters of a line of a post that may stand behind a label
LEFT_OUT: Final = "left out by trafilatura, and neither prose nor a citation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """What became of one line, and why."""

    line: Line
    is_kept: bool
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A page, what came of it, and of each of its lines."""

    result: Article | Rejection
    root: HtmlElement | None
    element: HtmlElement | None  # that was taken to hold the article
    lines: tuple[Explained, ...]


def explain(page: Page, template: TemplateReader | None = None) -> Explanation:
    """Return what becomes of each visible line of `page`, read by `template` or alone."""
    by_template = None if template is None else template.extract(page)
    if template is not None and not (by_template and is_thread(by_template)):
        root = parse_page(page, None)
        if not isinstance(root, Rejection):
            for reader in template.readers:
                # The lines of the whole page are wanted, not only of the places that are read.
                whole = LayoutReader(replace(reader.layout, reads=()))
                found = whole.read(page, root)
                if isinstance(found, ByLayout):
                    return _by_layout(root, whole, found, template)
    return _alone(page, by_template)


def _alone(page: Page, by_template: Article | Rejection | None) -> Explanation:
    found = examine(page)
    result = found.result if by_template is None else by_template
    if found.root is None:
        return Explanation(result=result, root=None, element=None, lines=())
    if isinstance(result, Article) and result.parts:
        return _of_thread(found.root, found.lines, result)
    if found.element is None:
        why = f"the page was refused: {_refusal(result)}"
        lines = [Explained(line=line, is_kept=False, why=why) for line in found.lines]
        return Explanation(result=result, root=found.root, element=None, lines=tuple(lines))
    reasons = _reasons(found.lines, found.element, _title(result), found.body)
    return Explanation(
        result=result,
        root=found.root,
        element=found.element,
        lines=tuple(_explained(found.root, found.lines, found.body, reasons, result)),
    )


def _of_thread(root: HtmlElement, lines: Sequence[Line], article: Article) -> Explanation:
    """Explain a thread, whose posts are no lines of one element: by what its text says."""
    said = {fold(text) for text in article.text.split("\n")}
    long = [text for text in said if len(text) >= MIN_SAID]
    body = [
        line
        for line in lines
        if fold(line.text) in said or any(text in fold(line.text) for text in long)
    ]
    reasons = {id(line): NO_POST for line in lines}
    explained = tuple(_explained(root, lines, body, reasons, article))
    return Explanation(result=article, root=root, element=None, lines=explained)


def _by_layout(
    root: HtmlElement, reader: LayoutReader, found: ByLayout, template: TemplateReader
) -> Explanation:
    container = find(root, reader.layout.container.selector)
    title = found.article.title
    reasons = _reasons(found.lines, container, title, found.body)
    kept = {id(line) for line in found.body}
    if container is not None:
        for line in found.lines:
            place = reader.left_out([line], container).get(id(line))
            if place is not None and id(line) not in kept:
                reasons[id(line)] = f"{template.template.name}: the site repeats it, at {place}"
    result = replace(found.article, extractor=PREFIX + template.template.name)
    return Explanation(
        result=result,
        root=root,
        element=container,
        lines=tuple(_explained(root, found.lines, found.body, reasons, result)),
    )


def _reasons(
    lines: Sequence[Line], element: HtmlElement | None, title: str, body: Sequence[Line]
) -> dict[int, str]:
    """Return why each dropped line was dropped, by its id."""
    if element is None:
        return {}
    inner = set(element.iter())
    left = [line for line in lines if line.element in inner]
    reasons = {id(line): OUTSIDE for line in lines if line.element not in inner}
    for reason, after in trim_steps(lines, element, title):
        kept = {id(line) for line in after}
        for line in left:
            if id(line) not in kept:
                reasons[id(line)] = _words(reason, line)
        left = after
    kept = {id(line) for line in body}
    return reasons | {id(line): LEFT_OUT for line in left if id(line) not in kept}


def _words(reason: Reason, line: Line) -> str:
    if reason not in (Reason.HEAD, Reason.TAIL):
        return str(reason)
    what = says_what(line)
    return f"{reason}: {what}" if what else f"{reason}: the title again, or no letters"


def _explained(
    root: HtmlElement,
    lines: Sequence[Line],
    body: Sequence[Line],
    reasons: Mapping[int, str],
    result: Article | Rejection,
) -> Iterator[Explained]:
    """Yield all lines of the page, the hidden ones too, in their order."""
    everything = read_lines(root)
    shown = {id(line): own for line, own in zip(seen(everything), lines, strict=True)}
    kept = {id(line) for line in body}
    for line in everything:
        own = shown.get(id(line))
        if own is None:
            yield Explained(line=line, is_kept=False, why=HIDDEN)
        elif id(own) in kept:
            why = "cites a statute" if cites_statute(own.text) else "text"
            yield Explained(line=own, is_kept=True, why=why)
        else:
            why = "; ".join([reasons.get(id(own), OUTSIDE), *_told_by(own, result)])
            yield Explained(line=own, is_kept=False, why=why)


def _told_by(line: Line, result: Article | Rejection) -> Iterator[str]:
    """Yield what the page's metadata may have been read from a line that is not text."""
    if isinstance(result, Rejection):
        return
    if fold(line.text) == fold(result.title):
        yield "tells the title"
    if result.published and result.published.evidence in line.spaced:
        yield "tells the date"
    if result.author and result.author in line.spaced:
        yield "tells the author"


def _title(result: Article | Rejection) -> str:
    return result.title if isinstance(result, Article) else ""


def _refusal(result: Article | Rejection) -> str:
    return f"{result.reason}, {result.detail}" if isinstance(result, Rejection) else ""
