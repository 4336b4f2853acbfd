"""A bound on what a server may send before the body of its answer.

Twisted bounds a header line (16 KiB) and not their number: 200,000 lines took 216 MB, and a server
that never stops sending them a request's whole 30 seconds (research/crawl.md S8, S9).
"""

from contextlib import suppress
from typing import Any, Final

from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from scrapy.exceptions import DownloadCancelledError
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS
from twisted.web.http_headers import InvalidHeaderName

MAX_HEADER_BYTES: Final = 256 << 10  # of one answer, as Chromium has it; real ones have 1 to 8 KiB


class HeadersTooLargeError(DownloadCancelledError):
    """A server sent more header than any page needs; asking again would bring the same."""


class _TolerantParser(_LenientHTTPClientParser):
    """Skips header lines whose name is none, as browsers do; Twisted gives up the whole page."""

    def headerReceived(self, name: bytes, value: bytes) -> None:  # noqa: N802 - Twisted's name
        with suppress(InvalidHeaderName):
            super().headerReceived(name, value)  # type: ignore[no-untyped-call]


class LimitedFactory(_LenientHTTP11ClientFactory):
    """Makes connections that end where headers do not."""

    def buildProtocol(self, _addr: Any) -> "_LimitedProtocol":  # noqa: N802 - Twisted's name
        """Return the protocol of one connection."""
        return _LimitedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


class _LimitedProtocol(_LenientHTTP11ClientProtocol):
    _header_bytes = 0

    def request(self, request: Any) -> Any:
        response = super().request(request)
        self._header_bytes = 0
        # As Scrapy does it: Twisted names the class of the parser in the middle of a function.
        self._parser.__class__ = _TolerantParser
        # Twisted's own reaction to a long line is to hang up without saying why.
        self._parser.lineLengthExceeded = self._refuse  # type: ignore[union-attr,method-assign]
        return response

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 - Twisted's name
        super().dataReceived(data)  # type: ignore[no-untyped-call]
        if self._parser is not None and self._parser.state in (STATUS, HEADER):
            self._header_bytes += len(data)
            if self._header_bytes > MAX_HEADER_BYTES:
                self._refuse()

    def _refuse(self, _line: bytes = b"") -> None:
        if self._parser is not None:
            reason = Failure(HeadersTooLargeError())  # type: ignore[no-untyped-call]
            self._giveUp(reason)  # type: ignore[no-untyped-call]
        if self.transport is not None:
            self.transport.abortConnection()


def headers_too_large(error: BaseException) -> bool:
    """Return whether a failed download failed for its headers."""
    reasons = getattr(error.__cause__, "reasons", ())
    return any(reason.check(HeadersTooLargeError) for reason in reasons)
