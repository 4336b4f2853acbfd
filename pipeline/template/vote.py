"""Which selector names the same thing on most pages: container, title, date, author, category."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from lxml.html import HtmlElement

from pipeline.body import is_prose
from pipeline.lines import Line, fold, path_of, squeeze
from pipeline.template.layout import Place
from pipeline.template.places import candidates, find, is_named
from pipeline.template.samples import Sample

MIN_VOTES: Final = 2  # of a field: what is found on one page only is no place of the site
MIN_SHARE: Final = 0.5  # of the pages on which a field was found, that its place must name
# A place with a name lasts longer than one that is counted off, if only some pages have the name.
SHARE_OF_NAMED: Final = 0.2
MAX_CANDIDATES: Final = 40  # selectors tried; those most pages have come first
MAX_OUTWARD: Final = 3  # elements around the holder that may do as the container
MAX_EXTRA: Final = 0.1  # share of prose in the container beyond that of the text

Target = tuple[HtmlElement, HtmlElement]  # a page's root, and what is looked for in it


def container_place(samples: Sequence[Sample]) -> Place | None:
    """Return the place of the container on most pages, None where no two pages agree."""
    accepted = [_containers(sample) for sample in samples]
    proposed = Counter(
        name
        for sample, boxes in zip(samples, accepted, strict=True)
        for name in {name for box in boxes for name in candidates(box)}
    )
    best: tuple[tuple[bool, int, int, int], str] | None = None
    for order, name in enumerate(_most_named(proposed)):
        found = [find(sample.root, name) for sample in samples]
        hits = sum(one in boxes for one, boxes in zip(found, accepted, strict=True))
        close = sum(one is sample.holder for one, sample in zip(found, samples, strict=True))
        by_name = is_named(name) and hits >= SHARE_OF_NAMED * len(samples)
        rank = (by_name, hits, close, -order)
        if hits >= MIN_VOTES and (best is None or rank > best[0]):
            best = rank, name
    return Place(selector=best[1], pages=best[0][1]) if best else None


def _most_named(proposed: Counter[str]) -> list[str]:
    """Return the names that most pages know, of equal ones the simplest first."""
    ranked = sorted(proposed.items(), key=lambda item: (-item[1], item[0].count(" "), len(item[0])))
    return [name for name, _ in ranked[:MAX_CANDIDATES]]


def _containers(sample: Sample) -> list[HtmlElement]:
    """Return the holder of the text and what around it adds no other prose."""
    prose = [line for line in sample.lines if is_prose(line)]
    kept = {id(line) for line in sample.body}
    whole = sum(len(line.text) for line in prose if id(line) in kept)
    found: list[HtmlElement] = []
    for box in path_of(sample.holder):
        if (box.tag in ("body", "html") and found) or len(found) > MAX_OUTWARD:
            break
        inner = set(box.iter())
        extra = sum(
            len(line.text) for line in prose if id(line) not in kept and line.element in inner
        )
        if found and extra > MAX_EXTRA * whole:
            break
        found.append(box)
    return found


def place_of(targets: Sequence[Target]) -> Place | None:
    """Return the place at which most of `targets` are found, None where most are not."""
    proposed = Counter(name for _, element in targets for name in set(candidates(element)))
    best: Place | None = None
    for name in _most_named(proposed):
        hits = sum(find(root, name) is element for root, element in targets)
        if hits > (best.pages if best else 0):
            best = Place(selector=name, pages=hits)
    enough = max(MIN_VOTES, MIN_SHARE * len(targets))
    return best if best and best.pages >= enough else None


def field_places(samples: Sequence[Sample]) -> dict[str, Place | None]:
    """Return the places of what pages tell of an article, None where they differ in it."""
    finders: dict[str, Callable[[Sample], HtmlElement | None]] = {
        "title": _title_element,
        "date": _date_element,
        "author": _author_element,
        "category": _category_element,
        "tags": _tags_element,
        "origin": _origin_element,
    }
    return {
        name: place_of([(one.root, box) for one in samples if (box := finder(one)) is not None])
        for name, finder in finders.items()
    }


def _title_element(sample: Sample) -> HtmlElement | None:
    whole = fold(sample.article.title)
    start = next(index for index, line in enumerate(sample.lines) if line is sample.body[0])
    shown = [line for line in sample.lines[: start + 1] if fold(line.text) == whole]
    return shown[-1].element if shown else None


def _date_element(sample: Sample) -> HtmlElement | None:
    published = sample.article.published
    if published is None:
        return None
    around = sample.around
    near = (*around.info, *reversed(around.above), *around.below)
    shown = _element_with(near, published.evidence)
    if shown is not None:
        return shown
    for line in (*around.info, *around.late):  # a calendar leaf: two lines of a box
        box = line.element.getparent()
        if box is not None and squeeze(" ".join(box.itertext())) == squeeze(published.evidence):
            return box
    return None


def _author_element(sample: Sample) -> HtmlElement | None:
    around = sample.around
    return _element_with((*around.info, *around.below), sample.article.author)


def _category_element(sample: Sample) -> HtmlElement | None:
    around = sample.around
    return _element_with((*around.info, *reversed(around.above)), sample.article.category)


def _tags_element(sample: Sample) -> HtmlElement | None:
    tags: Sequence[str] = getattr(sample.article, "tags", ())
    around = sample.around
    box = _element_with((*around.info, *around.late), tags[0]) if tags else None
    while box is not None and box.tag not in ("body", "html"):  # each may be a line of its own
        said = " ".join(box.itertext())
        if all(tag in said for tag in tags):
            return box
        box = box.getparent()
    return None


def _origin_element(sample: Sample) -> HtmlElement | None:
    origin = getattr(sample.article, "origin", None)
    around = sample.around
    return _element_with((*around.info, *around.below), origin.name if origin else None)


def _element_with(lines: Iterable[Line], value: str | None) -> HtmlElement | None:
    """Return the element of the first line that tells `value`."""
    if not value:
        return None
    return next((one.element for one in lines if value in one.spaced or value in one.text), None)


def reading_order(samples: Iterable[Sample], places: Sequence[Place]) -> tuple[str, ...]:
    """Return the selectors of `places` in the order in which most pages have them."""
    orders: Counter[tuple[str, ...]] = Counter()
    names = list(dict.fromkeys(place.selector for place in places))
    for sample in samples:
        at = {element: number for number, element in enumerate(sample.root.iter())}
        found = {name: find(sample.root, name) for name in names}
        known = [(at[box], name) for name, box in found.items() if box is not None]
        orders[tuple(name for _, name in sorted(known))] += 1
    most = max(orders, key=lambda order: (len(order), orders[order]))
    return (*most, *(name for name in names if name not in most))
