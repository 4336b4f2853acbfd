"""The pages that a template is learned from, each as it was read alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lxml.html import HtmlElement

from pipeline.article import Article, Examined, Page
from pipeline.body import is_prose
from pipeline.lines import Line, fold, path_of
from pipeline.metadata import Surroundings
from pipeline.trim import cites_statute

# Shares of the letters that the container must hold.  Measured on 8 sites (research): .85 finds
# the right one on each; a lead of one sentence above it would be lost without the second.
COVER: Final = 0.85
COVER_OF_PROSE: Final = 0.97


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sample:
    """One article page as it was read alone."""

    page: Page
    article: Article
    root: HtmlElement
    lines: tuple[Line, ...]
    body: tuple[Line, ...]
    element: HtmlElement  # that the text was chosen in
    around: Surroundings
    holder: HtmlElement  # the smallest element that holds nearly all of the text

    @property
    def url(self) -> str:
        """The page's URL, or nothing where it is not known."""
        return self.page.url or ""


def samples_of(pages: Iterable[Examined]) -> list[Sample]:
    """Return those of `pages` that have an article, other than a thread."""
    return [sample for page in pages if (sample := _sample(page)) is not None]


def _sample(found: Examined) -> Sample | None:
    if not isinstance(found.result, Article) or found.root is None or found.around is None:
        return None
    if found.element is None or not found.body:
        return None
    return Sample(
        page=found.page,
        article=found.result,
        root=found.root,
        lines=found.lines,
        body=found.body,
        element=found.element,
        around=found.around,
        holder=_holder(found.body),
    )


def _holder(body: Sequence[Line]) -> HtmlElement:
    """Return the smallest element that holds nearly all of the text."""
    everything = _weights(body)
    prose = _weights([line for line in body if is_prose(line) or cites_statute(line.text)])
    enough = COVER * max(everything.values(), default=0)
    enough_prose = COVER_OF_PROSE * max(prose.values(), default=0)
    holding = [
        element
        for element, weight in everything.items()
        if weight >= enough and prose.get(element, 0) >= enough_prose
    ]
    return max(holding, key=_depth)


def _weights(lines: Iterable[Line]) -> Mapping[HtmlElement, int]:
    weights: dict[HtmlElement, int] = {}
    for line in lines:
        size = len(fold(line.text))
        for element in path_of(line.element):
            weights[element] = weights.get(element, 0) + size
    return weights


def _depth(element: HtmlElement) -> int:
    return sum(1 for _ in element.iterancestors())
