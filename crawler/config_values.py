"""Readers of single values of `fatiao.toml`: each returns the checked value.

A reader's `ValueError` says what the value must be and, after a semicolon,
what to write; `crawler.sources` puts file, line and key before it.
"""

import math
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Final
from urllib.parse import urlsplit

from crawler.bucket import SCHEMES as STORES
from crawler.bucket import Bucket
from crawler.frontier.place import SCHEMES, Dsn

Reader = Callable[[object], object]

MAX_DELAY: Final = 600.0  # seconds; slower than this no site is ever read to the end
MAX_RUN: Final = 7 * 86_400.0  # seconds
MAX_URL: Final = 2_000  # characters, as in crawler.urls
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_DURATION: Final = re.compile(r"(\d{1,7}(?:\.\d{1,3})?)\s*([smhd])", re.IGNORECASE)
_UNIT_SECONDS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_MAIL: Final = re.compile(r"[!-~]+@[!-~]+\.[!-~]+")
_WEB: Final = re.compile(r"https?://[!-~]+")
_MEMORY: Final = re.compile(r"(\d{1,4}(?:\.\d)?)\s*(MB|GB)", re.IGNORECASE)
LEAST_MEMORY: Final = 0.1  # GB; with less even a small warehouse cannot be published
_FETCH_TIMES: Final = ("clock", "date-header")


def read_name(value: object) -> str:
    """Return the name of a source."""
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise ValueError(
            "must be 1 to 40 of a-z, 0-9, _ and -, beginning with a letter or digit; "
            'write name = "my-site"'
        )
    return value


def read_start(value: object) -> tuple[str, ...]:
    """Return the start URLs, given as one text or a list of them."""
    urls = value if isinstance(value, list) else [value]
    if not urls:
        raise ValueError('must name at least one URL; write start = "https://site.example/"')
    return tuple(dict.fromkeys(read_url(url) for url in urls))


def read_url(value: object) -> str:
    """Return an absolute http(s) URL."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError('must be a URL in quotes; write start = "https://site.example/"')
    url = value.strip()
    problem = _url_problem(url)
    if problem:
        bare = url.partition("://")[2] or url
        host = bare.split("/")[0].rpartition("@")[2] or "site.example"
        raise ValueError(f"{value!r} {problem}; write it as https://{host}/")
    return url


def read_bool(value: object) -> bool:
    """Return a yes or no."""
    if not isinstance(value, bool):
        raise ValueError("must be true or false, without quotes; write true or false")
    return value


def read_delay(value: object) -> float:
    """Return the seconds between two requests to one host."""
    seconds = _as_number(value)
    if seconds is None or not 0 <= seconds <= MAX_DELAY:
        raise ValueError(f"must be a number of seconds from 0 to {MAX_DELAY:g}; write delay = 3")
    return seconds


def read_duration(value: object) -> float:
    """Return the seconds of a duration such as `"45m"`."""
    match = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    seconds = float(match[1]) * _UNIT_SECONDS[match[2].lower()] if match else 0.0
    if not 0 < seconds <= MAX_RUN:
        raise ValueError(
            f"must be a duration from 1s to {MAX_RUN / 86_400:g}d, in s, m, h or d; "
            'write "45m", "90s" or "2h"'
        )
    return seconds


def read_memory(value: object) -> str:
    """Return how much memory the warehouse may take, such as `"2GB"`."""
    match = _MEMORY.fullmatch(value.strip()) if isinstance(value, str) else None
    gigabytes = float(match[1]) / (1000 if match[2].upper() == "MB" else 1) if match else 0.0
    if match is None or gigabytes < LEAST_MEMORY:
        raise ValueError('must be 100MB or more, in MB or GB; write memory = "2GB"')
    return f"{match[1]}{match[2].upper()}"


def read_patterns(value: object) -> tuple[str, ...]:
    """Return regular expressions, given as one text or a list of them."""
    patterns = value if isinstance(value, list) else [value]
    for pattern in patterns:
        if not isinstance(pattern, str) or not pattern:
            raise ValueError(r"must be a list of regular expressions; write ['/news/\d+\.html$']")
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(
                f"{pattern!r} is no regular expression ({error}); put \\ before . ? ( ) [ ] + * "
                "that stand for themselves, and use single quotes"
            ) from None
    return tuple(patterns)


def read_date(value: object) -> date:
    """Return a day."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise ValueError("must be a date; write since = 2024-01-31") from None


def read_fetched_at(value: object) -> str:
    """Return where the time of fetching is taken from."""
    if value not in _FETCH_TIMES or not isinstance(value, str):
        choices = " or ".join(f'"{choice}"' for choice in _FETCH_TIMES)
        raise ValueError(f"must be {choices}; write fetched_at = {choices.split()[0]}")
    return value


def read_contact(value: object) -> str:
    """Return a mail address or web page where a site's owner finds the user; may be empty."""
    text = value.strip() if isinstance(value, str) else None
    if text is None or (text and not _MAIL.fullmatch(text) and not _WEB.fullmatch(text)):
        raise ValueError(
            'must be a mail address or a URL, in ASCII; write contact = "you@example.org"'
        )
    return text


def read_webhook(value: object) -> str:
    """Return the URL that is told of troubles; may be empty: nobody is."""
    text = value.strip() if isinstance(value, str) else None
    if text is None or (text and (not _WEB.fullmatch(text) or _url_problem(text))):
        raise ValueError(
            "must be an http or https URL that takes a POST of JSON; "
            'write webhook = "https://hooks.example/fatiao"'
        )
    return text


def read_frontier(value: object) -> Dsn:
    """Return the Postgres that holds the frontier; what it says never shows the password."""
    text = value.strip() if isinstance(value, str) else ""
    scheme, _, rest = text.partition("://")
    if scheme not in SCHEMES or not rest or _url_breaks(text):
        raise ValueError(
            "must be the URL of a Postgres database; write frontier = "
            '"postgres://fatiao@db.example/fatiao", and its password into ~/.pgpass'
        )
    return Dsn(text)


def read_archive(value: object) -> Bucket:
    """Return the store that has the archive."""
    text = value.strip() if isinstance(value, str) else ""
    scheme, _, rest = text.partition("://")
    if scheme not in STORES or not rest.strip("/") or _url_breaks(text) or "@" in rest:
        raise ValueError(
            'must be the URL of a store; write archive = "s3://bucket/prefix" (keys: ~/.aws), or '
            '"file:///mnt/share" of a folder that all machines have'
        )
    return Bucket(text)


def whole_number(key: str, least: int, most: int, usual: int) -> Reader:
    """Return the reader of a whole number between `least` and `most`."""

    def read(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise ValueError(
                f"must be a whole number from {least} to {most}; write {key} = {usual}"
            )
        return value

    return read


def _as_number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)


def _url_breaks(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.port == 0 or re.search(r"\s", url) is not None
    except ValueError:
        return True


def _url_problem(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        return f"is not a URL ({error})"
    if parts.scheme.lower() not in ("http", "https"):
        return "does not begin with http:// or https://"
    if not host or re.search(r"[\s\x00-\x1f]", url) or len(url) > MAX_URL or port == 0:
        return "is not a URL"
    if parts.username is not None:
        return "has a user name or password in it, which fatiao never sends"
    return None
