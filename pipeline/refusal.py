"""Why a page has no article: what it shows instead, or that it shows nothing.

>>> reject(RejectionReason.NO_TEXT, "no visible text").reason.value
'no_text'
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

from lxml.html import HtmlElement

from pipeline.body import LINKED, is_cut_off, is_prose, teasers
from pipeline.lines import Line, LineKind, fold
from pipeline.render import Rendered
from pipeline.scripted import needs_script

MIN_HEADINGS: Final = 3  # linked headings with prose below that make a list of articles
MIN_LETTERS: Final = 40  # letters and digits; less is a notice, not an article
MAX_BLOCK_PAGE: Final = 400  # letters shown; an article about captchas is longer

_BLOCKING: Final = re.compile(
    r"访问(?:过于频繁|被拒绝|受限|异常|验证)|(?:安全|人机|滑动|行为)验证|请(?:完成|输入|进行)验证|验证码|"
    r"请求(?:已被|被)(?:拦截|阻断)|网站防火墙|拦截提示|access denied|captcha|"
    r"checking your browser|attention required|verify you are human",
    re.IGNORECASE,
)


class RejectionReason(StrEnum):
    """Why a page has no article."""

    NOT_HTML = "not_html"
    LISTING = "listing"
    NO_TEXT = "no_text"
    TOO_SHORT = "too_short"
    NEEDS_JAVASCRIPT = "needs_javascript"
    BLOCKED = "blocked"
    NO_TITLE = "no_title"
    ERROR = "error"
    TIMEOUT = "timeout"
    TOO_LARGE = "too_large"
    PART = "part"  # of an article whose first page was not had
    TOO_OLD = "too_old"  # published before what the source wants


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A page without an article, and why."""

    reason: RejectionReason
    detail: str


def judged(root: HtmlElement, lines: Sequence[Line], rendered: Rendered) -> Rejection | None:
    """Return why the chosen text is no article, None where it is one."""
    body, text = rendered.lines, rendered.text
    if len(fold(text)) < MIN_LETTERS or (is_linked(lines) and not any(map(is_prose, body))):
        return _too_short(root, text, lines)
    if lists_articles(lines, body):
        return reject(RejectionReason.LISTING, "the text is under linked titles of other pages")
    return None


def lists_articles(lines: Sequence[Line], body: Sequence[Line]) -> bool:
    """Say whether the text stands below several linked headings, or is summaries alone."""
    kept = {id(line) for line in body}
    headings = [
        above
        for above, below in pairwise(lines)
        if above.kind is LineKind.HEADING and above.link_share >= LINKED and id(below) in kept
    ]
    summaries = teasers(lines)
    prose = [line for line in body if is_prose(line)]
    return len(headings) >= MIN_HEADINGS or (
        bool(prose) and all(id(line) in summaries or is_cut_off(line) for line in prose)
    )


def is_linked(lines: Sequence[Line]) -> bool:
    """Say whether most of what a page shows is links, or summaries that were cut off."""
    away = sum(len(line.text) if is_cut_off(line) else line.linked for line in lines)
    return away * 2 > sum(len(line.text) for line in lines)


def refuse(lines: Sequence[Line], title: str | None, html: str) -> Rejection | None:
    """Return why what a page shows can't be an article's, None where it may be."""
    shown = "".join(line.text for line in lines)
    letters = len(fold(shown))
    blocked = _BLOCKING.search(f"{title or ''} {shown}") if letters <= MAX_BLOCK_PAGE else None
    if blocked:
        return reject(RejectionReason.BLOCKED, blocked.group())
    return None if letters else _nothing(html)


def _nothing(html: str) -> Rejection:
    if "<script" in html.lower():
        return reject(RejectionReason.NEEDS_JAVASCRIPT, "no text without scripts")
    return reject(RejectionReason.NO_TEXT, "no visible text")


def _too_short(root: HtmlElement, text: str, lines: Sequence[Line]) -> Rejection:
    if sign := needs_script(root, lines):
        return reject(RejectionReason.NEEDS_JAVASCRIPT, sign)
    if is_linked(lines):
        return reject(RejectionReason.LISTING, "mostly links and cut-off summaries")
    if not text:
        return reject(RejectionReason.NO_TEXT, "no running text")
    return reject(RejectionReason.TOO_SHORT, f"{len(fold(text))} letters of text")


def reject(reason: RejectionReason, detail: str) -> Rejection:
    """Return the rejection for `reason`."""
    return Rejection(reason=reason, detail=detail)
