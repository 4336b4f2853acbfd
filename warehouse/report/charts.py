"""The report's charts: plain SVG in percent of its box, so that it fits any screen and prints.

Colours are CSS classes (`c0` … `c7`, or a tone), so that the dark scheme can change them.  What
is drawn carries the words that filter the table of articles (`data-filter`, see script.js); who
can't point finds the same behind the numbers in words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from warehouse.report.markup import number, text

PALETTE = 8  # colours c0 … c7; the last is grey, for all that is lumped together
COLUMN_HEIGHT = 190  # pixels
_TICK_LABELS = 6  # so many stand side by side on a phone


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One coloured part of a bar."""

    value: int
    css: str  # class of the colour
    label: str  # the tooltip
    words: str = ""  # that filter the table of its articles


def to_articles(words: str, body: str) -> str:
    """Return `body`, HTML, as a link to the table of articles, filtered by `words`."""
    return f'<a href="#articles" data-filter="{text(words)}">{body}</a>'


def filter_word(prefix: str, value: str) -> str:
    """Return one word of the filter: no blank stands in it.

    >>> filter_word("law", "民法典 总则")
    'law:民法典_总则'
    """
    return f"{prefix}:{'_'.join(value.split())}"


def bar(segments: Sequence[Segment], whole: int, css: str = "bar") -> str:
    """Return a horizontal bar, its segments side by side, `whole` being the full width."""
    parts: list[str] = []
    left = 0.0
    for segment in segments:
        width = 100 * segment.value / whole if whole else 0.0
        if segment.value:
            parts.append(
                f'<rect class="{segment.css}"{_filter(segment.words)} x="{left:.2f}%" '
                f'width="{width:.2f}%" height="100%"><title>{text(segment.label)}</title></rect>'
            )
        left += width
    return f'<svg class="{css}" aria-hidden="true">{"".join(parts)}</svg>'


def columns(
    buckets: Sequence[str],
    series: Mapping[str, Sequence[int]],
    description: str,
    words: Sequence[str],
) -> str:
    """Return stacked columns: a column a bucket, a colour a series, in the series' order.

    `description` is read out instead of the picture; `words` filter the articles of each bucket.
    """
    sums = [sum(values[n] for values in series.values()) for n in range(len(buckets))]
    top = nice_top(max(sums, default=0))
    parts = [_grid(top)]
    for place, bucket in enumerate(buckets):
        rects = _column(place, bucket, series, len(buckets), top)
        parts.append(f"<g{_filter(words[place])}>{rects}</g>" if rects else "")
    return (
        f'<div class="plot"><svg class="columns" height="{COLUMN_HEIGHT}" role="img" '
        f'aria-label="{text(description)}">{"".join(parts)}</svg>{_ticks(buckets)}</div>'
    )


def legend(names: Sequence[str], totals: Sequence[int]) -> str:
    """Return the series' names with their colours and totals."""
    items = "".join(
        f'<li><i class="{colour(place)}"></i>{text(name)} <b>{number(total)}</b></li>'
        for place, (name, total) in enumerate(zip(names, totals, strict=True))
    )
    return f'<ul class="legend">{items}</ul>'


def colour(place: int) -> str:
    """Return the class of the colour of series `place`, from 0."""
    return f"c{min(place, PALETTE - 1)}"


def nice_top(value: int) -> int:
    """Return the end of the axis: an even number of few digits, at least `value`.

    >>> [nice_top(n) for n in (0, 1, 2, 3, 9, 11, 130, 211, 1001)]
    [2, 2, 2, 4, 10, 20, 200, 300, 2000]
    """
    size = 1
    while True:
        for step in (2, 3, 4, 6, 8, 10):
            if value <= step * size and step * size % 2 == 0:
                return step * size
        size *= 10


def _filter(words: str) -> str:
    return f' data-filter="{text(words)}"' if words else ""


def _grid(top: int) -> str:
    lines = ""
    for share, value in ((0.0, top), (0.5, top // 2)):
        y = 1 + share * (COLUMN_HEIGHT - 1)
        lines += (
            f'<line class="grid" x1="0" x2="100%" y1="{y:.0f}" y2="{y:.0f}"/>'
            f'<text class="axis" x="0" y="{y + 13:.0f}">{number(value)}</text>'
        )
    return f'{lines}<line class="base" x1="0" x2="100%" y1="{COLUMN_HEIGHT}" y2="{COLUMN_HEIGHT}"/>'


def _column(
    place: int, bucket: str, series: Mapping[str, Sequence[int]], count: int, top: int
) -> str:
    step = 93.0 / count  # percent; the first 7 belong to the axis' numbers
    width = min(step * 0.72, 5.0)
    left = 7.0 + step * place + (step - width) / 2
    bottom = float(COLUMN_HEIGHT)
    parts = ""
    for order, (name, values) in enumerate(series.items()):
        height = values[place] / top * (COLUMN_HEIGHT - 1)
        bottom -= height
        if values[place]:
            parts += (
                f'<rect class="{colour(order)}" x="{left:.2f}%" y="{bottom:.1f}" '
                f'width="{width:.2f}%" height="{height:.1f}">'
                f"<title>{text(bucket)} {text(name)}：{values[place]}</title></rect>"
            )
    return parts


def _ticks(buckets: Sequence[str]) -> str:
    every = max(1, -(-len(buckets) // _TICK_LABELS))
    step = 93.0 / max(1, len(buckets))
    labels = "".join(
        f'<span style="left:{7.0 + step * (place + 0.5):.2f}%">{text(bucket)}</span>'
        for place, bucket in enumerate(buckets)
        if place % every == 0
    )
    return f'<div class="ticks">{labels}</div>'
