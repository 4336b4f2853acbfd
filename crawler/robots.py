r"""What a robots.txt says to us, as RFC 9309 has it.

2xx: its rules; 4xx: everything is allowed; 5xx, 429 or no answer: nothing is fetched now.  Read
are at most 512 KiB, as UTF-8 or, where that fails, as GB18030 (a GBK `Disallow: /法律` decoded
with loss would forbid the whole site).  `crawler.robots_middleware` fetches it.

>>> Rules("User-agent: *\nDisallow: /admin/").allows("http://www.site.cn/admin/login")
False
"""

from typing import Final

from protego import Protego

TOKEN: Final = "fatiao"  # noqa: S105 - a product token, the name that robots.txt files use
MAX_BYTES: Final = 512 << 10  # RFC 9309 §2.5 asks for 500 KiB at least; 957 MB at no limit (S18)
MAX_CRAWL_DELAY: Final = 60.0  # seconds; sites that ask for more mean to forbid, but do not


class Rules:
    """What one robots.txt says to us."""

    def __init__(self, text: str) -> None:
        self._parsed = Protego.parse(text)

    def allows(self, url: str) -> bool:
        """Return whether `url` may be fetched."""
        return bool(self._parsed.can_fetch(url, TOKEN))

    @property
    def crawl_delay(self) -> float | None:
        """The seconds asked for between requests, at most `MAX_CRAWL_DELAY`."""
        delay = self._parsed.crawl_delay(TOKEN)
        return None if delay is None else min(float(delay), MAX_CRAWL_DELAY)

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The sitemaps it names, as written."""
        return tuple(self._parsed.sitemaps)


def decode_robots(body: bytes) -> str:
    """Return the text of a robots.txt, cut at `MAX_BYTES` after its last whole line."""
    if len(body) > MAX_BYTES:
        body = body[:MAX_BYTES].rpartition(b"\n")[0]
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("gb18030", errors="replace")


def rules_of(status: int, body: bytes) -> str | None:
    """Return the rules that an answer means, as text; None: nothing may be fetched now."""
    if 200 <= status < 300:
        return decode_robots(body)
    if 400 <= status < 500 and status != 429:
        return ""
    return None
