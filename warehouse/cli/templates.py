"""A learned template in words, for the terminal."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

import click

from pipeline.template.layout import FIELDS, Layout, Place, Template
from warehouse.relearn import TextChange

MAX_LINES: Final = 12  # repeated lines and boxes shown of a layout; --json has all
MAX_TEXT: Final = 60  # characters of one
_NOWHERE: Final = "in no one place of the page; taken where a page declares or labels it"


def tell_templates(
    versions: Sequence[Template], shown: Callable[[Layout], Mapping[str, str]]
) -> Iterator[str]:
    """Yield the lines that tell the newest of `versions`, and when each was learned.

    `shown` says by selector what stands there on a page that the layout was learned from.
    """
    if not versions:
        yield "No template yet: one is learned at the first five articles."
        return
    newest = versions[-1]
    yield f"template {newest.name}, from {newest.pages} articles up to {newest.learned_on}"
    for number, layout in enumerate(newest.layouts, 1):
        yield ""
        if len(newest.layouts) > 1:
            yield f"layout {number} of {len(newest.layouts)}"
        yield from _layout(layout, shown(layout))
    yield ""
    yield "versions"
    for one in versions:
        since = f"from fetch {one.applies_from}" if one.applies_from else "all pages"
        when = f"{one.version:>3}  {one.learned_on}  {one.pages:>3} articles"
        yield f"  {when}  {since}: {one.because}"


def tell_relearned(templates: Sequence[Template], changed: Iterable[TextChange]) -> None:
    """Say what was learned anew, and which texts that changed, line by line."""
    for one in templates:
        containers = ", ".join(layout.container.selector for layout in one.layouts)
        click.echo(f"learned {one.name} from {one.pages} articles: {containers}")
    count = 0
    for change in changed:
        count += 1
        click.echo(f"changed {change.url}")
        for line in change.diff:
            click.echo(f"    {line}")
    click.echo(f"{count} texts changed")


def _layout(layout: Layout, said: Mapping[str, str]) -> Iterator[str]:
    for field in ("container", *FIELDS):
        place: Place | None = getattr(layout, field)
        shown = f"{place.selector}  ({place.pages} pages)" if place else _NOWHERE
        example = said.get(place.selector) if place else None
        yield f"  {field:<10}{shown}" + (f"  “{example}”" if example else "")
    yield f"  {'fit':<10}{layout.fit:.0%} of {layout.pages} pages, held out, came out as alone"
    read = "only these places" if layout.reads else "the whole page"
    yield f"  {'reads':<10}{read}; printed by {_printer(layout)}"
    yield from _listed("repeated", [(one.pages, one.text, one.path) for one in layout.repeated])
    yield from _listed("left out", [(one.pages, one.says, one.path) for one in layout.boxes])
    for url in layout.examples:
        yield f"  {'example':<10}{url}"


def _printer(layout: Layout) -> str:
    if layout.printer == "lines":
        return "us, as trafilatura printed all that was learned from"
    if layout.printer == "plain":
        return "us where no line is a link, as trafilatura printed; else by trafilatura"
    return "trafilatura"


def _listed(name: str, found: Sequence[tuple[int, str, str]]) -> Iterator[str]:
    if not found:
        yield f"  {name:<10}nothing"
    for pages, text, path in found[:MAX_LINES]:
        cut = text if len(text) <= MAX_TEXT else f"{text[:MAX_TEXT]}…"
        yield f"  {name:<10}{pages:>4}×  {cut}   at {path or 'the container'}"
    if len(found) > MAX_LINES:
        yield f"  {name:<10}and {len(found) - MAX_LINES} more: --json"
