"""Walls without a word that tells them: one text, and little of it, under whatever URL is asked.

A firewall's page says so in words (`crawler.kind_signs`) or it does not; what all of them share is
that they answer every URL alike, but for numbers and tokens, and lead nowhere.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from lxml.html import HtmlElement

IN_A_ROW: Final = 3  # URLs of a host with one text; two may be one page under two addresses
MAX_CHARACTERS: Final = 800  # of a wall; the longest known says some 300
MAX_LINKS: Final = 3  # from a wall into the site; an empty list has the site's menu
MAX_NODES: Final = 2_000  # looked at; a page of more says more than a wall

# Request numbers, addresses, times; short numbers are an article's own.
_PASSING: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.:/-]{5,}|\s+")


@dataclass(slots=True)
class Walls:
    """What each host answered last, and to how many URLs in a row."""

    last: dict[str, tuple[str, int]] = field(default_factory=dict)

    def is_wall(self, host: str, text: str | None) -> bool:
        """Return whether `host` has now given one text, as `wall_text` has it, too often."""
        if text is None:
            self.last.pop(host, None)
            return False
        before, times = self.last.get(host, ("", 0))
        times = times + 1 if before == text else 1
        self.last[host] = text, times
        return times >= IN_A_ROW


def wall_text(tree: HtmlElement, links: int) -> str | None:
    """Return what a page with `links` links says, if so little that it may be a wall."""
    if links > MAX_LINKS:
        return None
    texts: Iterable[str] = tree.xpath("//text()[not(ancestor::script or ancestor::style)]")
    said = lasting("".join(islice(texts, MAX_NODES)))
    return said if 0 < len(said) <= MAX_CHARACTERS else None


def lasting(text: str) -> str:
    """Return what of `text` a wall says under every URL alike: all but its tokens."""
    return _PASSING.sub("", text)
