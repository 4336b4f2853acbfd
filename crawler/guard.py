"""The guard at the socket: which addresses are dialled, whatever a name, link or redirect says.

Checked is the address that is really connected to, after name resolution: so decimal and octal
spellings, names that resolve to private addresses, redirects and robots.txt all pass here.
"""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any, Final

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler, _ScrapyAgent
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadFailedError, IgnoreRequest
from scrapy.http import Response
from scrapy.utils._download_handlers import wrap_twisted_exceptions
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.web.client import Agent
from zope.interface import (  # type: ignore[import-untyped]  # it ships no types
    directlyProvides,
    providedBy,
)

from crawler.header_limit import HeadersTooLargeError, LimitedFactory, headers_too_large

ALLOW_PRIVATE: Final = "allow_private"  # key of Request.meta; absent means no

NAT64: Final = IPv6Network("64:ff9b::/96")  # RFC 6052
NAT64_LOCAL: Final = IPv6Network("64:ff9b:1::/48")  # RFC 8215


class PrivateAddressError(OSError):
    """An address that is not global was about to be dialled; its source does not allow that."""


def is_dialled(address: str) -> bool:
    """Return whether `address`, an IP address as dialled, is a global one.

    IPv4 addresses inside IPv6 ones (mapped, NAT64, 6to4, Teredo) are judged as what they are.

    >>> is_dialled("93.184.215.14"), is_dialled("::ffff:10.0.0.1"), is_dialled("64:ff9b::7f00:1")
    (True, False, False)
    """
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = _inner(parsed)
    if inner is not None:
        parsed = inner
    return parsed.is_global and not parsed.is_multicast


def _inner(address: IPv4Address | IPv6Address) -> IPv4Address | None:
    if isinstance(address, IPv4Address):
        return None
    if address in NAT64 or address in NAT64_LOCAL:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    if address.teredo is not None:
        return address.teredo[1]
    return address.ipv4_mapped or address.sixtofour


class NotSentError(IgnoreRequest):
    """Nothing may be sent now: what the run held of a shared frontier may be another's."""


class GuardedReactor:
    """A Twisted reactor that refuses to connect to addresses that are not global."""

    def __init__(self, reactor: Any) -> None:
        self._reactor = reactor
        directlyProvides(self, providedBy(reactor))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reactor, name)

    def connectTCP(self, host: str, port: int, *args: Any, **kwargs: Any) -> Any:  # noqa: N802 - Twisted's name
        """Connect, if `host` is a global address.

        Raises:
            PrivateAddressError: it is not.
        """
        if not is_dialled(host):
            raise PrivateAddressError(f"not a global address: {host}")
        return self._reactor.connectTCP(host, port, *args, **kwargs)

    def connectSSL(self, *_args: Any, **_kwargs: Any) -> Any:  # noqa: N802 - Twisted's name
        """Refuse: Twisted's HTTP client wraps connectTCP and never calls this."""
        raise PrivateAddressError("connectSSL is not guarded")

    def connectUNIX(self, *_args: Any, **_kwargs: Any) -> Any:  # noqa: N802 - Twisted's name
        """Refuse: no URL of ours leads to a socket file."""
        raise PrivateAddressError("connectUNIX is not guarded")


class GuardedHandler(BaseDownloadHandler):
    """Scrapy's download handler for http and https, behind the guard.

    Requests of a source that allows private addresses take an unguarded handler with a connection
    pool of its own, so that no other request can reuse a connection made for them.
    """

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._guarded = _GuardedHTTP11(crawler)
        self._open = HTTP11DownloadHandler(crawler)
        for handler in (self._guarded, self._open):
            handler._pool._factory = LimitedFactory

    async def download_request(self, request: Request) -> Response:
        """Fetch `request`.

        Raises:
            PrivateAddressError: the guard refuses the address.
            HeadersTooLargeError: the server did not come to the body.
            NotSentError: the request has waited for its host's delay, and in vain.
        """
        # The last moment: here it leaves the queue of its host.
        session: Any = getattr(self.crawler.spider, "session", None)
        if session is not None and not session.may_send():
            raise NotSentError(request.url)
        is_open = request.meta.get(ALLOW_PRIVATE) is True
        try:
            return await (self._open if is_open else self._guarded).download_request(request)
        except DownloadFailedError as error:
            if headers_too_large(error):
                raise HeadersTooLargeError("headers too large") from error
            raise

    async def close(self) -> None:
        """Close both pools."""
        await self._guarded.close()
        await self._open.close()


class _GuardedHTTP11(HTTP11DownloadHandler):
    async def download_request(self, request: Request) -> Response:
        agent = _GuardedAgent(
            contextFactory=self._contextFactory,
            pool=self._pool,
            maxsize=self._default_maxsize,
            warnsize=self._default_warnsize,
            fail_on_dataloss=self._fail_on_dataloss,
            crawler=self._crawler,
        )
        with wrap_twisted_exceptions():
            return await maybe_deferred_to_future(agent.download_request(request))


class _GuardedAgent(_ScrapyAgent):
    def _get_agent(self, request: Request, timeout: float) -> Agent:
        agent = super()._get_agent(request, timeout)
        # Twisted has no public way in.  Were the attribute renamed, this line would raise and
        # nothing be fetched; were it unused, tests/crawler/test_guard.py would fail.
        agent._endpointFactory._reactor = GuardedReactor(agent._endpointFactory._reactor)
        return agent
