"""Text into HTML, so that nothing from a crawled page can act inside the report.

>>> text('<b>"甲" & 乙</b>')
'&lt;b&gt;&quot;甲&quot; &amp; 乙&lt;/b&gt;'
>>> link("javascript:alert(1)", "标题")
'<bdi>标题</bdi>'
"""

import re
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


def text(value: object) -> str:
    """Return `value` as HTML text, fit for attributes too; None is nothing."""
    return "" if value is None else escape(_UNSEEN.sub("", str(value)), quote=True)


def link(url: str, title: str) -> str:
    """Return a link that tells its target nothing; anything but http and https is only text."""
    shown = f"<bdi>{text(title)}</bdi>"
    if not _is_web(url):
        return shown
    return f'<a href="{text(url)}" rel="noreferrer noopener nofollow">{shown}</a>'


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
    """Return how long ago `value` was, in the largest whole unit."""
    seconds = max(0, int((now - value).total_seconds()))
    for unit, name in ((86400, "天"), (3600, "小时"), (60, "分钟")):
        if seconds >= unit:
            return f"{seconds // unit} {name}前"
    return "刚刚"


def section(anchor: str, title: str, subtitle: str, body: str) -> str:
    """Return one part of the page; `body` is HTML."""
    return (
        f'<section id="{anchor}"><h2>{title} <small lang="en">{subtitle}</small></h2>\n'
        f"{body}\n</section>"
    )


def empty(sentence: str) -> str:
    """Return the sentence that stands where there is nothing to show."""
    return f'<p class="empty">{sentence}</p>'


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)
