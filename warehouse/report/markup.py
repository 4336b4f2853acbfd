"""Text into HTML, so that nothing from a crawled page can act inside the report.

>>> text('<b>"甲" & 乙</b>')
'&lt;b&gt;&quot;甲&quot; &amp; 乙&lt;/b&gt;'
>>> link("javascript:alert(1)", "标题")
'<bdi>标题</bdi>'
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta, timezone
from html import escape
from typing import Final
from urllib.parse import urlsplit

BEIJING: Final = timezone(timedelta(hours=8))
DASH: Final = '<span class="dim">—</span>'

# Control characters, zero-width ones and those that turn the reading direction: what a title
# could use to look like something else.  Lone surrogates could not even be written as UTF-8.
_UNSEEN: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


def both(chinese: str, english: str) -> str:
    """Return a phrase in both languages, as HTML; the style shows the one that is chosen."""
    return (
        f'<span class="zh" lang="zh-CN">{chinese}</span><span class="en" lang="en">{english}</span>'
    )


def text(value: object) -> str:
    """Return `value` as HTML text, fit for attributes too; None is nothing."""
    return "" if value is None else escape(_UNSEEN.sub("", str(value)), quote=True)


def link(url: str, title: str) -> str:
    """Return a link that tells its target nothing; anything but http and https is only text."""
    shown = f"<bdi>{text(title)}</bdi>"
    if not _is_web(url):
        return shown
    return f'<a href="{text(url)}" rel="noreferrer noopener nofollow">{shown}</a>'


def by_hand(note: str | None) -> str:
    """Return that an analyst corrected something, and why; nothing where nobody did."""
    if not note:
        return ""
    return both(f"人工更正：{text(note)}", f"corrected by hand: {text(note)}")


def number(value: int) -> str:
    """Return a count with thousands separated: `12,345`."""
    return f"{value:,}"


def percent(part: int, whole: int) -> str:
    """Return `part` of `whole` as percent with one decimal; a dash where there is no whole."""
    return f"{100 * part / whole:.1f}%" if whole else "—"


def day(value: date | None) -> str:
    """Return a day as `2025-03-18`, or a dash."""
    return value.isoformat() if value else DASH


def moment(value: datetime | None) -> str:
    """Return a moment in Beijing time, to the minute, or a dash."""
    return f"{value.astimezone(BEIJING):%Y-%m-%d %H:%M}" if value else DASH


def age(value: datetime, now: datetime) -> str:
    """Return how long ago `value` was, in the largest whole unit, in both languages."""
    seconds = max(0, int((now - value).total_seconds()))
    for unit, name, english in ((86400, "天", "d"), (3600, "小时", "h"), (60, "分钟", "min")):
        if seconds >= unit:
            return both(f"{seconds // unit} {name}前", f"{seconds // unit} {english} ago")
    return both("刚刚", "just now")


def section(anchor: str, title: str, body: str) -> str:
    """Return one part of the page; `title` and `body` are HTML."""
    name = f"{anchor}-title"
    heading = f'<h2 id="{name}">{title}</h2>'
    return f'<section id="{anchor}" aria-labelledby="{name}">\n{heading}\n{body}\n</section>'


def empty(chinese: str, english: str) -> str:
    """Return the sentence that stands where there is nothing to show."""
    return f'<p class="empty">{both(chinese, english)}</p>'


def numbers(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return the numbers behind a chart as a table that opens; the cells are HTML."""
    top = "".join(f'<th scope="col">{name}</th>' for name in head)
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return (
        f'<details class="numbers"><summary>{both("数字", "Numbers")}</summary><div class="scroll">'
        f"<table><thead><tr>{top}</tr></thead><tbody>{lines}</tbody></table></div></details>"
    )


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)
