"""The archive of raw pages: WARC files, one gzip member a record.

What was fetched is kept for ever and is the source of everything derived.  A page is found again
by its `Location` (file, offset, length), which the frontier commits together with the file's
length; what lies beyond the committed length was never promised and is cut off at the next start
(`crawler.archive_writer`).  A torn gzip tail would otherwise be read as a whole page by every WARC
reader, and appending behind it corrupts what follows.

A body that is the one archived before is not kept again: a `revisit` record says that it was the
same (WARC 1.1, 6.7.2), and which page it was; the frontier knows where that one lies.
"""

import errno
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from warcio.archiveiterator import ArchiveIterator

from crawler.bucket import Bucket

ArchivePlace = Path | Bucket

READ_BYTES: Final = 1 << 16
_PAGE_TYPES: Final = ("response", "revisit")
# Of a share that is mounted and gone.
_AWAY: Final = frozenset({errno.ESTALE, errno.ETIMEDOUT, errno.EHOSTDOWN, errno.ENOTCONN})


class ArchiveError(ValueError):
    """A WARC file that cannot be read at the place the message names."""


class ArchiveAwayError(ArchiveError):
    """The archive does not answer: that says nothing about the page.  Try again later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedPage:
    """One response, as it is kept."""

    url: str
    fetched_at: datetime  # aware, UTC, whole milliseconds
    status: int
    headers: tuple[tuple[str, str], ...]  # as received, in order
    body: bytes  # content decoding (gzip, br) undone, character encoding untouched
    digest: str  # "sha256:" and 64 hex digits, of the body
    is_revisit: bool = False  # only in the file: the body is that of an earlier page

    def header(self, name: str) -> str | None:
        """Return the first value of the header `name`, whatever its case."""
        lowered = name.lower()
        return next((value for key, value in self.headers if key.lower() == lowered), None)


@dataclass(frozen=True, slots=True)
class Location:
    """Where in the archive a page lies."""

    file: str  # name inside the archive folder
    offset: int  # bytes
    length: int  # bytes, of the gzip member


def digest_of(body: bytes) -> str:
    """Return the digest by which `body` is known."""
    return "sha256:" + hashlib.sha256(body).hexdigest()


def read_page(
    folder: ArchivePlace, location: Location, original: Location | None = None
) -> ArchivedPage:
    """Return the page at `location`, checked against its digest.

    Args:
        folder: of the archive.
        location: of a response, or of a revisit.
        original: where the page lies that a revisit refers to
            (`crawler.frontier.store.Fetch.original`); its body is taken.

    Raises:
        ArchiveError: the file is absent, the place holds no response, or the body is not the one
            that was archived.
    """
    place = f"{location.file} at {location.offset}"
    pages = _pages(BytesIO(read_member(folder, location)), location.file, location.offset)
    try:
        page, claimed = next(pages)
    except StopIteration:
        raise ArchiveError(f"{place}: no response there") from None
    if page.is_revisit:
        if original is None:
            raise ArchiveError(f"{place}: only says that the page was the same as before")
        body = read_page(folder, original).body
        page = replace(page, body=body, digest=digest_of(body), is_revisit=False)
    if claimed is not None and claimed != page.digest:
        raise ArchiveError(f"{place}: the body is not the one archived ({claimed})")
    return page


def read_member(folder: ArchivePlace, location: Location) -> bytes:
    """Return the record at `location` as it stands in the file, compressed.

    Raises:
        ArchiveError: the file is absent or too short.
        ArchiveAwayError: the store or the share that it is in does not answer.
    """
    place = f"{location.file} at {location.offset}"
    try:
        if isinstance(folder, Bucket):
            member = folder.read(location.file, location.offset, location.length)
        else:
            with (folder / location.file).open("rb") as stream:
                stream.seek(location.offset)
                member = stream.read(location.length)
    except OSError as error:
        is_absent = isinstance(error, FileNotFoundError)
        is_away = error.errno in _AWAY or (isinstance(folder, Bucket) and not is_absent)
        kind = ArchiveAwayError if is_away else ArchiveError
        raise kind(f"{place}: {error.strerror or error}") from error
    if len(member) < location.length:
        raise ArchiveError(f"{place}: cut off, {location.length - len(member)} bytes are missing")
    return member


def scan(path: Path) -> Iterator[ArchivedPage]:
    """Yield the responses of any WARC file, in order.

    Raises:
        ArchiveError: at the place where the file stops making sense; all before it is yielded.
    """
    try:
        stream = path.open("rb")
    except OSError as error:
        raise ArchiveError(f"{path}: {error.strerror}") from error
    with stream:
        for page, _ in _pages(stream, path.name, 0):
            if not page.is_revisit:
                yield page


def scan_all(place: ArchivePlace) -> Iterator[ArchivedPage]:
    """Yield the responses of all segments of an archive.

    Raises:
        ArchiveError: a segment makes no sense from a place on.
        OSError: the store does not answer.
    """
    if isinstance(place, Bucket):
        for name, size in sorted(place.sizes().items()):
            for page, _ in _pages(BytesIO(place.read(name, 0, size)), name, 0):
                if not page.is_revisit:
                    yield page
        return
    for path in sorted(place.glob("*.warc.gz")):
        yield from scan(path)


def _pages(stream: Any, name: str, base: int) -> Iterator[tuple[ArchivedPage, str | None]]:
    """Yield (page, digest claimed by our own header) for each response in `stream`."""
    records: Any = None
    offset = 0
    try:
        records = ArchiveIterator(stream)
        for record in records:
            if record.rec_type in _PAGE_TYPES and record.http_headers is not None:
                yield _page_of(record)
            # Asking for the offset reads the record to its end, so only now.
            offset = records.get_record_offset() + records.get_record_length()
        unread = stream.seek(0, os.SEEK_END) - offset
        if unread > 0:
            raise ArchiveError(f"cut off, {unread} bytes there are no record")
    except ArchiveError as error:
        raise ArchiveError(f"{name} from {base + offset} on: {error}") from None
    except Exception as error:
        # warcio raises its own, zlib's, struct's and plain errors on damaged input.
        raise ArchiveError(f"{name} from {base + offset} on: {error}") from error


def _page_of(record: Any) -> tuple[ArchivedPage, str | None]:
    headers = record.rec_headers
    raw = record.raw_stream
    stream = record.content_stream()
    body = b"".join(iter(lambda: stream.read(READ_BYTES), b""))  # one read may give less
    unread = getattr(raw, "limit", 0)
    if unread:
        # A file cut off in the middle of a record: warcio gives the short body without a word.
        raise ArchiveError(f"cut off, {unread} bytes are missing")
    url = headers.get_header("WARC-Target-URI")
    date = headers.get_header("WARC-Date")
    if not url or not date:
        raise ArchiveError("a response without WARC-Target-URI or WARC-Date")
    page = ArchivedPage(
        url=url.strip("<>"),
        fetched_at=datetime.fromisoformat(date).astimezone(UTC),
        status=int(record.http_headers.get_statuscode()),
        headers=tuple((str(name), str(value)) for name, value in record.http_headers.headers),
        body=body,
        digest=digest_of(body),
        is_revisit=record.rec_type == "revisit",
    )
    claimed = headers.get_header("WARC-Payload-Digest")
    return page, claimed if claimed and claimed.startswith("sha256:") else None
