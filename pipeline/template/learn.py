"""Learning a site's template from its pages, each of which was first read alone.

What most pages agree in is taken: the container, the places of title, date, author and category,
the lines that repeat.  Then the pages are read by it, each half by what the other half taught,
and a layout that does not give what reading alone gave is not kept.  The same pages in the same
order teach the same.
"""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Final, TypeVar
from zlib import crc32

from pipeline.article import Article, Page, examine, is_thread, may_be_thread
from pipeline.lines import fold
from pipeline.template.apply import ByLayout, LayoutReader, outside_of
from pipeline.template.layout import FIELDS, Layout, Template
from pipeline.template.places import find
from pipeline.template.repeated import boxes, lines_of, repeated_lines
from pipeline.template.samples import Sample, samples_of
from pipeline.template.vote import container_place, field_places, reading_order

MIN_PAGES: Final = 5  # of one layout; fewer may agree by chance
MAX_PAGES: Final = 60  # learned from; more teach hardly anything new, and cost time
MIN_FIT: Final = 0.8  # share of held-out pages that must come out as alone
SAME_TEXT: Final = 0.95  # share of letters on lines in common that makes two texts the same
SAME_PRINT: Final = 0.98  # share of pages that our printing must give as trafilatura prints them
MAX_EXAMPLES: Final = 3

Item = TypeVar("Item")


def learn(
    pages: Sequence[Page],
    *,
    source: str,
    version: int = 1,
    because: str = "first pages",
    applies_from: int = 0,
) -> Template | None:
    """Return what `pages` of `source` have in common; None where that is too little to use."""
    examined = [examine(page) for page in spread(pages, MAX_PAGES)]
    samples = samples_of(examined)
    layouts = _layouts(samples)
    if not layouts:
        return None
    fetched = [one.page.fetched_at.date().isoformat() for one in samples if one.page.fetched_at]
    return Template(
        source=source,
        version=version,
        learned_on=max(fetched, default=""),
        because=because,
        applies_from=applies_from,
        pages=len(samples),
        has_threads=any(is_thread(one.result) for one in examined),
        has_signs=any(may_be_thread(one.page) for one in samples),
        layouts=tuple(layouts),
    )


def spread(items: Sequence[Item], most: int) -> list[Item]:
    """Return at most `most` of `items`, evenly spread, in their order."""
    if len(items) <= most:
        return list(items)
    return [items[number * len(items) // most] for number in range(most)]


def _layouts(samples: Sequence[Sample]) -> list[Layout]:
    rest, layouts = list(samples), list[Layout]()
    while len(rest) >= MIN_PAGES:
        draft = _draft(rest)
        if draft is None:
            break
        covered = [one for one in rest if find(one.root, draft.container.selector) is not None]
        layout = _finished(draft, covered)
        if layout is not None:
            layouts.append(layout)
        rest = [one for one in rest if one not in covered]
    return layouts


def _draft(samples: Sequence[Sample]) -> Layout | None:
    """Return the layout of most of `samples`, read and printed in the sure, slow way."""
    place = container_place(samples)
    if place is None:
        return None
    pairs = [
        (one, container)
        for one in samples
        if (container := find(one.root, place.selector)) is not None
    ]
    pages = [lines_of(sample, container) for sample, container in pairs]
    told = field_places([sample for sample, _ in pairs])
    return Layout(
        container=replace(place, pages=len(pairs)),
        **told,
        repeated=repeated_lines(pages),
        boxes=boxes(pages),
        reads=(),
        printer="trafilatura",
        outside=1.0,
        short=0,
        dropped=1.0,
        pages=len(pairs),
        fit=0.0,
        examples=tuple(sample.url for sample, _ in pairs[:MAX_EXAMPLES]),
    )


def _finished(draft: Layout, samples: Sequence[Sample]) -> Layout | None:
    """Return the draft with its fit, its bounds and the quickest way that gives the same."""
    if len(samples) < MIN_PAGES:
        return None
    fit = _held_out_fit(samples)
    if fit < MIN_FIT:
        return None
    reader = LayoutReader(draft)
    read = [(one, found) for one in samples if (found := _agreeing(reader, one)) is not None]
    if len(read) < MIN_FIT * len(samples):
        return None
    bounded = replace(
        draft,
        fit=round(fit, 4),
        outside=round(max(_outside(one, draft) for one, _ in read), 4),
        short=sorted(len(found.article.text) for _, found in read)[len(read) // 4],
        dropped=round(max(found.dropped for _, found in read), 4),
    )
    return _quickest(bounded, read)


def _outside(sample: Sample, layout: Layout) -> float:
    container = find(sample.root, layout.container.selector)
    return 1.0 if container is None else outside_of(sample.root, container)


def _held_out_fit(samples: Sequence[Sample]) -> float:
    """Return the share of pages that come out as alone, each half read by what the other taught.

    The halves are drawn by the pages' digests: what alternates on a site must not divide them.
    """
    right = 0
    mixed = sorted(samples, key=lambda one: crc32(one.page.html.encode("utf-8", "replace")))
    for held, taught in ((mixed[::2], mixed[1::2]), (mixed[1::2], mixed[::2])):
        draft = _draft(taught)
        if draft is not None:
            reader = LayoutReader(draft)
            right += sum(1 for one in held if _agreeing(reader, one) is not None)
    return right / len(samples)


def _agreeing(reader: LayoutReader, sample: Sample) -> ByLayout | None:
    """Return the page as read by the layout, None where that is not what reading alone gave.

    Lines that the site repeats may be missing: to leave them out is what the layout is for.
    """
    found = reader.read(sample.page, sample.root)
    container = find(sample.root, reader.layout.container.selector)
    if not isinstance(found, ByLayout) or container is None:
        return None
    if fold(found.article.title) != fold(sample.article.title):
        return None
    left_out = reader.left_out(sample.body, container)
    wanted = [fold(line.text) for line in sample.body if id(line) not in left_out]
    return found if _is_same(wanted, [fold(line.text) for line in found.body]) else None


def _is_same(wanted: Sequence[str], found: Sequence[str]) -> bool:
    common = set(wanted) & set(found)
    both = sum(len(text) for text in wanted if text in common)
    both += sum(len(text) for text in found if text in common)
    return both >= SAME_TEXT * (sum(map(len, wanted)) + sum(map(len, found)))


Read = Sequence[tuple[Sample, ByLayout]]


def _quickest(layout: Layout, read: Read) -> Layout:
    """Return the layout with what saves time, as far as the pages come out the same with it."""
    places = [layout.container, *(getattr(layout, name) for name in FIELDS)]
    reads = reading_order([one for one, _ in read], [place for place in places if place])
    quick = replace(layout, reads=reads)
    if _shares_result(quick, read) < SAME_PRINT:
        quick = layout
    for printer in ("lines", "plain"):
        printed = replace(quick, printer=printer)
        if _shares_result(printed, read) >= SAME_PRINT:
            return printed
    return quick


def _shares_result(layout: Layout, read: Read) -> float:
    """Return the share of pages that come out as they were read, but for what is beside the point.

    Tags and a named source may go missing: where they stand in no one place, they are mostly
    another article's.
    """
    reader = LayoutReader(layout)
    same = 0
    for sample, before in read:
        found = reader.read(sample.page, sample.root)
        if isinstance(found, ByLayout):
            same += _main(found.article) == _main(before.article)
    return same / len(read)


def _main(article: Article) -> dict[str, object]:
    return {
        field.name: getattr(article, field.name)
        for field in fields(article)
        if field.name not in ("extractor", "tags", "origin")
    }
