r"""Where a text names what was forgotten: by its URLs, or by its titles.  Pure.

>>> named = Mentions("http://a.cn/3", ("http://a.cn/3",), ("借条怎么写才有效",))
>>> named.are_in("see http://www.a.cn/3."), named.are_in("http://a.cn/33")
(True, False)
>>> named.are_in("另见《借条怎么写才有效》")
True
>>> named.scrubbed('["http://a.cn/3", "http://a.cn/33"]')
'["(forgotten)", "http://a.cn/33"]'
"""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from crawler.frontier.tombstones import below
from crawler.urls import canonicalize

REPLACED: Final = "(forgotten)"
MIN_TITLE: Final = 6  # characters; shorter words are in every text

_URL: Final = re.compile(r"https?://[^\s\"'<>()（）《》，。；、\\]+")
_LAST: Final = ".,;:!?"  # behind a URL in a sentence


@dataclass(frozen=True, slots=True)
class Mentions:
    """What a text may name."""

    target: str  # a canonical URL or a host
    urls: tuple[str, ...]  # the target's own, and those that led to it
    titles: tuple[str, ...]
    but: tuple[str, ...] = ()  # URLs that fatiao.toml itself names: its owner's to take out

    @property
    def needles(self) -> tuple[str, ...]:
        """Words of which a text that names it has at least one."""
        hosts = () if "://" in self.target else (self.target,)
        urls = {url.partition("://")[2].removeprefix("www.") for url in self.urls if not hosts}
        return (*hosts, *sorted(urls), *self.titles)

    @property
    def paths(self) -> tuple[str, ...]:
        """How links on pages of the same site may name it."""
        parts = [urlsplit(url) for url in self.urls if "://" in self.target]
        asked = {f"{one.path}?{one.query}" if one.query else one.path for one in parts}
        return tuple(sorted(asked - {"/"}))

    def is_it(self, url: str) -> bool:
        """Return whether `url` is it, or lies below it."""
        all_of_it = below(canonicalize(url) or url)
        if all_of_it[0] in self.but:
            return False
        return self.target in all_of_it or any(one in all_of_it for one in self.urls)

    def are_in(self, text: str) -> bool:
        """Return whether `text` names it."""
        if not any(needle in text for needle in self.needles):
            return False
        if any(title in text for title in self.titles):
            return True
        return any(self.is_it(found.rstrip(_LAST)) for found in _URL.findall(text))

    def scrubbed(self, text: str) -> str:
        """Return `text` with what names it replaced."""
        text = _URL.sub(self._replace, text)
        for title in self.titles:
            text = text.replace(title, REPLACED)
        return text

    def _replace(self, found: re.Match[str]) -> str:
        url = found[0].rstrip(_LAST)
        return REPLACED + found[0][len(url) :] if self.is_it(url) else found[0]
