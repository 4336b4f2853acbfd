"""What the three site templates share: requests, responses, pages of a list, relative times."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from html import escape
from typing import Final

from tests.practice.articles import PracticeArticle

BEIJING: Final = timezone(timedelta(hours=8))
PAGE_SIZE: Final = 5  # articles on a list page: small, so that 10 articles make a series of pages


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request, as a template sees it."""

    base: str  # "http://127.0.0.1:8701", no slash at the end
    path: str
    query: dict[str, str]
    now: datetime  # the server's time, aware
    visit: int  # how often this address was asked for before


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One answer; `modified` makes the server send and honour validators."""

    body: bytes
    content_type: str
    status: int = 200
    location: str | None = None
    modified: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """One page of a series of list pages."""

    articles: Sequence[PracticeArticle]
    number: int
    count: int


def list_page(articles: Sequence[PracticeArticle], number: int) -> ListPage | None:
    """Return page `number`, from 1, or None beyond the end; an empty list has one page."""
    count = max(1, -(-len(articles) // PAGE_SIZE))
    if not 1 <= number <= count:
        return None
    start = (number - 1) * PAGE_SIZE
    return ListPage(articles=articles[start : start + PAGE_SIZE], number=number, count=count)


def link(url: str, text: str, css: str = "") -> str:
    """Return an anchor, of the CSS class `css` where there is one."""
    attribute = f' class="{css}"' if css else ""
    return f'<a href="{escape(url)}"{attribute}>{escape(text)}</a>'


def html_response(page: str) -> Response:
    """Return a UTF-8 page whose charset is in the header."""
    return Response(body=page.encode(), content_type="text/html; charset=utf-8")


def ago(published: datetime, now: datetime) -> str:
    """Return the age as Chinese sites print it, in seconds, minutes, hours or days.

    Days are counted by the calendar in Beijing, so that a reader who subtracts them from the
    server's day finds the day of publication.
    """
    seconds = max(0, int((now - published).total_seconds()))
    if seconds < 60:
        return f"{seconds}秒前"
    if seconds < 3600:
        return f"{seconds // 60}分钟前"
    if seconds < 86400:
        return f"{seconds // 3600}小时前"
    return f"{days_between(published, now)}天前"


def days_between(earlier: datetime, later: datetime) -> int:
    """Return the calendar days from one moment to another, in Beijing."""
    return (later.astimezone(BEIJING).date() - earlier.astimezone(BEIJING).date()).days
