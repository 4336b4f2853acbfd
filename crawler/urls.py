"""URLs: one spelling for each page, whose host it is, and what making it is of.

Everything that is keyed by URL is keyed by its canonical spelling, so that one
page is fetched once however it is linked.  Parameters that choose a page
(`?id=`, `?p=`, `page=`) are kept; those that only say where a reader came from
are not.

>>> canonicalize("../hf/177001.html?utm_source=wx#top", "HTTP://www.site.cn:80/list/a.html")
'http://www.site.cn/hf/177001.html'
"""

import ipaddress
import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Final, NewType
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

import idna
import tldextract

from crawler.sources import Source
from crawler.tracking import is_tracking
from crawler.url_rules import UrlRules

CanonicalUrl = NewType("CanonicalUrl", str)
"""A URL that has passed through `canonicalize`."""

MAX_URL: Final = 2_000  # characters; longer ones are traps, and past what servers accept

_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_ASCII_HOST: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?")
# Most URLs of a sitemap: nothing to do, and so nothing done (a tenth of the time).
_CANONICAL: Final = re.compile(
    r"https?://(?=[a-z])(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,63}"
    r"/(?:(?:[A-Za-z0-9_~-][A-Za-z0-9_.~-]{0,99}/){0,9}[A-Za-z0-9_~-][A-Za-z0-9_.~-]{0,99}/?)?"
)
_ESCAPE: Final = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
# What RFC 3986 lets stand in a path or query, and "%", whose escapes are dealt with before.
_SAFE_IN_PATH: Final = "%/:@!$&'()*+,;=~"
_SAFE_IN_QUERY: Final = _SAFE_IN_PATH + "?[]"  # brackets: `a[]=1` is everywhere in PHP
_EMPTY_SEGMENTS: Final = re.compile(r"(?<!:)/{2,}")  # not those of an address in the path
_PATH_SESSION: Final = re.compile(r";jsessionid=[^/;]*", re.IGNORECASE)

_ASSET: Final = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|ico|bmp|avif|css|m?js|json|map|woff2?|ttf|eot|otf|mp[34]|m4a|"
    r"wav|avi|mov|flv|wmv|mkv|webm|zip|rar|7z|tar|t?gz|bz2|exe|msi|apk|dmg|iso|pdf|docx?|xlsx?|"
    r"pptx?|wps|txt|csv|epub|swf)$",
    re.IGNORECASE,
)

_extract = tldextract.TLDExtract(
    suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True
)


def canonicalize(
    url: str, base: str | None = None, keep: tuple[str, ...] = ()
) -> CanonicalUrl | None:
    """Return the one spelling of `url`, read relative to `base`.

    Fragment, default port and tracking parameters (but for those in `keep`) go; host, escapes,
    dot segments and the order of the parameters are made regular.

    Returns:
        None for what is not http(s), cannot be parsed, holds a user name, or
        is longer than `MAX_URL`.
    """
    if len(url) > 2 * MAX_URL:
        return None
    if _CANONICAL.fullmatch(url):
        return CanonicalUrl(url)
    return _canonicalize(url, base or "", keep)


@lru_cache(maxsize=16_384)  # a page's links are asked for by its links, its lines, its scope
def _canonicalize(url: str, base: str, keep: tuple[str, ...]) -> CanonicalUrl | None:
    try:
        parts = urlsplit(urljoin(base, _as_browsers_read(url)))
        netloc = _canonical_netloc(parts)
    except ValueError:  # brackets, ports and the like; urllib has no better class for them
        return None
    scheme = parts.scheme.lower()
    if netloc is None:
        return None
    path, query = _canonical_path(parts.path), _canonical_query(parts.query, keep)
    canonical = urlunsplit((scheme, netloc, path, query, ""))
    return CanonicalUrl(canonical) if len(canonical) <= MAX_URL else None


def host_key(url: str) -> str:
    """Return whose site `url` is: its registrable domain, or `host:port` where it has none."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    domain = _registrable_domain(host)
    if domain:
        return domain
    return f"{host}:{parts.port or _DEFAULT_PORTS.get(parts.scheme, 80)}"


def respell(url: CanonicalUrl, rules: UrlRules) -> CanonicalUrl:
    """Return how a source spells `url` by the rules that its owner has written down.

    A rewriting that does not lead to a URL is left out.
    """
    if not rules.rewrite and not rules.drop:
        return url
    text: str = url
    for pattern, becomes in rules.rewrite:
        text = re.sub(pattern, becomes, text)
    head, mark, query = text.partition("?")
    pieces = [one for one in query.split("&") if not _is_dropped(one, rules.drop)]
    return canonicalize(head + mark + "&".join(pieces), None, rules.keep) or url


def _is_dropped(piece: str, drop: tuple[str, ...]) -> bool:
    return "*" in drop or piece.partition("=")[0].lower() in drop


def in_scope(url: str, source: Source) -> bool:
    """Return whether `source` wants `url` looked at.

    Its start URLs always are; of others those on the start URLs' hosts (with
    and without `www.`), or with `include` those on their domains in which one
    of its expressions is found; never one in which one of `exclude` is found.
    """
    scope = _scope_of(source)
    url = respell(CanonicalUrl(url), source.urls)
    if any(pattern.search(url) for pattern in scope.exclude):
        return False
    if url in scope.starts:
        return True
    if scope.include:
        found = any(pattern.search(url) for pattern in scope.include)
        return found and host_key(url) in scope.domains
    return _site(url) in scope.sites


def is_asset(url: str) -> bool:
    """Return whether the path's extension names a picture, script, download or the like."""
    return _ASSET.search(urlsplit(url).path) is not None


def article_id(url: CanonicalUrl) -> str:
    """Return the id of the article at `url`: 16 hexadecimal digits."""
    return sha256(url.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class _Scope:
    starts: frozenset[str]
    sites: frozenset[tuple[str, int | None]]
    domains: frozenset[str]
    include: tuple[re.Pattern[str], ...]
    exclude: tuple[re.Pattern[str], ...]


@lru_cache(maxsize=1024)
def _scope_of(source: Source) -> _Scope:
    starts = frozenset(filter(None, map(canonicalize, source.start)))
    return _Scope(
        starts=starts,
        sites=frozenset(map(_site, starts)),
        domains=frozenset(map(host_key, starts)),
        include=tuple(map(re.compile, source.include)),
        exclude=tuple(map(re.compile, source.exclude)),
    )


def _site(url: str) -> tuple[str, int | None]:
    """Return host without `www.`, and the port where it is not the scheme's own."""
    parts = urlsplit(url)
    return (parts.hostname or "").removeprefix("www."), parts.port


@lru_cache(maxsize=4096)
def _registrable_domain(host: str) -> str:
    if "." not in host or _is_address(host):
        return ""
    # A suffix that is not on the list (.example, .test) is taken as one label, as the list says.
    return _extract(host).top_domain_under_public_suffix or ".".join(host.split(".")[-2:])


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _as_browsers_read(url: str) -> str:
    """Drop what browsers drop, and mend the two commonest slips of hand-made links."""
    url = re.sub(r"[\t\r\n]", "", url).strip("\x00 \u3000\xa0\x0b\x0c")
    head, mark, query = url.partition("?")
    return head.replace("\\", "/") + mark + query.replace("&amp;", "&")


def _canonical_netloc(parts: SplitResult) -> str | None:
    if parts.scheme.lower() not in _DEFAULT_PORTS or "@" in parts.netloc:
        return None
    host = _canonical_host(parts.hostname or "")
    if host is None:
        return None
    port = parts.port
    if port in (None, _DEFAULT_PORTS[parts.scheme.lower()]):
        return host
    return f"{host}:{port}" if port else None


def _canonical_host(host: str) -> str | None:
    if ":" in host:
        return f"[{ipaddress.IPv6Address(host)}]"
    host = host.rstrip(".")
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError:
            return None
    return host if _ASCII_HOST.fullmatch(host) and ".." not in host else None


def _canonical_path(path: str) -> str:
    path = _canonical_escapes(_PATH_SESSION.sub("", path), _SAFE_IN_PATH)
    return _without_dots(_EMPTY_SEGMENTS.sub("/", path)) or "/"


def _without_dots(path: str) -> str:
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments and segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _canonical_query(query: str, keep: tuple[str, ...]) -> str:
    pieces = (piece.partition("=") for piece in query.split("&") if piece.strip("="))
    kept = [
        (_canonical_escapes(name, _SAFE_IN_QUERY), mark + _canonical_escapes(value, _SAFE_IN_QUERY))
        for name, mark, value in pieces
        if name.lower() in keep or not is_tracking(name.lower(), value)
    ]
    # Sorted by name only: the order of one name's values may matter (`a[]=2&a[]=1`).
    kept.sort(key=lambda parameter: parameter[0])
    return "&".join(map("".join, kept))


def _canonical_escapes(text: str, safe: str) -> str:
    """Escape what must be escaped and nothing else, with capital digits."""
    text = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text)
    text = _ESCAPE.sub(_canonical_escape, text)
    return quote(text, safe=safe, errors="replace")


def _canonical_escape(match: re.Match[str]) -> str:
    char = chr(int(match[1], 16))
    return char if char in _UNRESERVED else f"%{match[1].upper()}"
