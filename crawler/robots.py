r"""What a robots.txt says to us, as RFC 9309 has it.

2xx: its rules; 4xx: everything is allowed; 5xx, 429 or no answer: nothing is fetched now.  Read
are at most 512 KiB, as UTF-8 or, where that fails, as GB18030 (a GBK `Disallow: /法律` decoded
with loss would forbid the whole site).  `crawler.robots_middleware` fetches it.

>>> Rules("User-agent: *\nDisallow: /admin/").allows("http://www.site.cn/admin/login")
False
"""

import re
from dataclasses import dataclass
from typing import Final

from protego import Protego
from protego._utils import _quote_path

TOKEN: Final = "fatiao"  # noqa: S105 - a product token, the name that robots.txt files use
MAX_BYTES: Final = 512 << 10  # RFC 9309 §2.5 asks for 500 KiB at least; 957 MB at no limit (S18)
MAX_CRAWL_DELAY: Final = 60.0  # seconds; sites that ask for more mean to forbid, but do not


# RFC 9309 §2.2.1: what names us is the product token; a version after it changes nothing.
_VERSION: Final = re.compile(rf"(?im)^([ \t]*user-agent[ \t]*:[ \t]*{TOKEN})[/ ][^\r\n]*")


@dataclass(frozen=True, slots=True)
class Decision:
    """By what one request was allowed or forbidden."""

    rule: str | None  # such as `disallow: /secret`, as escaped for URLs; None: no rule fits
    read_at: float  # when the robots.txt was fetched, seconds since 1970


class Rules:
    r"""What one robots.txt says to us.

    >>> Rules("User-agent: *\nDisallow: /a\nAllow: /a/b").rule_for("http://www.site.cn/a/b/c")
    'allow: /a/b'
    """

    def __init__(self, text: str) -> None:
        self._parsed = Protego.parse(_VERSION.sub(r"\1", text))

    def allows(self, url: str) -> bool:
        """Return whether `url` may be fetched."""
        return bool(self._parsed.can_fetch(url, TOKEN))

    def rule_for(self, url: str) -> str | None:
        """Return the rule that decides whether `url` may be fetched; None: none does."""
        # Protego tells only the outcome.  Were these names changed, nothing would be fetched, and
        # tests/crawler/test_robots.py fail.
        group = self._parsed._get_matching_rule_set(TOKEN)
        if group is None:
            return None
        quoted = _quote_path(url)
        prefixes = group._plain_prefixes
        if prefixes is None:
            prefixes = group._build_index()
        # Most URLs begin like no rule at all, which one comparison tells.
        for rule in group._rules if quoted.startswith(prefixes) else group._special_rules:
            if rule.value.match(quoted):
                return f"{rule.field}: {rule.value._pattern}"
        return None

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
