"""What is measured of each source, and what it means where it is not as usual, in two languages.

Each measure is an SQL file in `warehouse/sql/health/measures/` that says of each page or request
whether it is bad.  To add a measure is to add a file and a row here.
"""

from dataclasses import dataclass
from typing import Final

from warehouse.health.states import Health


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What is counted, and what a source is that has too many."""

    name: str  # the SQL file's stem
    state: Health
    words: str  # what is the matter; {bad}, {total}, {detail}: the most frequent one
    words_zh: str
    broken_from: float | None = None  # share of bad ones from which the source is broken
    prior: int = 0  # good observations taken for granted before there are any


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """How many there were before, among the observations that the new ones are held against."""

    bad: int
    total: int


_ALARM: Final = Health.DEGRADED
MEASURES: Final = (
    Measure(
        name="moved",
        state=_ALARM,
        words="{bad} of {total} requests lead to {detail}",
        words_zh="{total} 次请求中有 {bad} 次被转往 {detail}",
        broken_from=0.5,
    ),
    Measure(
        name="refused",
        state=Health.BLOCKED,
        words="{bad} of {total} requests are refused ({detail})",
        words_zh="{total} 次请求中有 {bad} 次被拒绝（{detail}）",
    ),
    Measure(
        name="lost",
        state=_ALARM,
        words="{bad} of {total} pages hold no article ({detail})",
        words_zh="{total} 个页面中有 {bad} 个没有正文（{detail}）",
        broken_from=0.8,
    ),
    Measure(
        name="canary",
        state=_ALARM,
        words="{bad} of {total} articles looked at again have lost their text ({detail})",
        words_zh="重看的 {total} 篇文章中有 {bad} 篇原文不见了（{detail}）",
        broken_from=0.8,
        prior=20,  # an article that loses its text is rarer than one in twenty everywhere
    ),
    Measure(
        name="failed",
        state=_ALARM,
        words="{bad} of {total} requests failed ({detail})",
        words_zh="{total} 次请求中有 {bad} 次失败（{detail}）",
        broken_from=0.8,
    ),
    Measure(
        name="collapsed",
        state=_ALARM,
        words="{bad} of {total} requests lead to one page",
        words_zh="{total} 次请求中有 {bad} 次被转往同一页面",
        broken_from=0.8,
    ),
    Measure(
        name="untitled",
        state=_ALARM,
        words="{bad} of {total} articles have another's title ({detail})",
        words_zh="{total} 篇文章中有 {bad} 篇标题与别的文章相同（{detail}）",
    ),
    Measure(
        name="undated",
        state=_ALARM,
        words="{bad} of {total} articles tell no date",
        words_zh="{total} 篇文章中有 {bad} 篇没有日期",
    ),
    Measure(
        name="damaged",
        state=_ALARM,
        words="{bad} of {total} texts have unreadable characters ({detail})",
        words_zh="{total} 篇正文中有 {bad} 篇含乱码（{detail}）",
    ),
    Measure(
        name="short",
        state=_ALARM,
        words="{bad} of {total} texts are shorter than half the usual {detail}",
        words_zh="{total} 篇正文中有 {bad} 篇不到通常长度的一半（{detail}）",
    ),
    Measure(
        name="long",
        state=_ALARM,
        words="{bad} of {total} texts are thrice as long as the usual {detail}",
        words_zh="{total} 篇正文中有 {bad} 篇超过通常长度的三倍（{detail}）",
    ),
    Measure(
        name="uncited",
        state=_ALARM,
        words="{bad} of {total} articles cite nothing",
        words_zh="{total} 篇文章中有 {bad} 篇没有引用法条",
    ),
    # What the texts lose by it, the measures above tell; a new look alone is no trouble.
    Measure(
        name="template",
        state=Health.OK,
        words="{bad} of {total} pages have another template: {detail}",
        words_zh="{total} 个页面中有 {bad} 个换了模板：{detail}",
    ),
    Measure(
        name="charset",
        state=Health.OK,
        words="{bad} of {total} pages are in {detail}",
        words_zh="{total} 个页面中有 {bad} 个换了编码：{detail}",
    ),
)


def usually(usual: Usual) -> tuple[str, str]:
    """Return the clause that says what was usual before, in English and in Chinese."""
    if not usual.total:
        return "hardly any usually do", "通常几乎没有"
    return (
        f"usually {usual.bad} of {usual.total}",
        f"以往 {usual.total} 中有 {usual.bad}",
    )
