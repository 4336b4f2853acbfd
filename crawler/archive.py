"""The archive of raw pages: WARC files, one gzip member a record.

What was fetched is kept for ever and is the source of everything derived.  A page is found again
by its `Location` (file, offset, length), which the frontier commits together with the file's
length; what lies beyond the committed length was never promised and is cut off at the next start
(`truncate_to`).  A torn gzip tail would otherwise be read as a whole page by every WARC reader,
and appending behind it corrupts what follows.
"""

import hashlib
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Final

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

SEGMENT_BYTES: Final = 1 << 30  # 1 GB, the size web archives use; research/crawl.md §2a.9
READ_BYTES: Final = 1 << 16
_SEGMENT_NAME: Final = re.compile(r"fatiao-(\d{8})-(\d{5})\.warc\.gz")
# The body is kept decoded, so headers that describe its transport would be untrue.
_TRANSPORT_HEADERS: Final = frozenset({"content-encoding", "transfer-encoding", "content-length"})

Clock = Callable[[], datetime]


class ArchiveError(ValueError):
    """A WARC file that cannot be read at the place the message names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedPage:
    """One response, as it is kept."""

    url: str
    fetched_at: datetime  # aware, UTC, whole milliseconds
    status: int
    headers: tuple[tuple[str, str], ...]  # as received, in order
    body: bytes  # content decoding (gzip, br) undone, character encoding untouched
    digest: str  # "sha256:" and 64 hex digits, of the body

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


class ArchiveWriter:
    """Appends pages to the newest segment of the day, or to a new one.

    Only one writer may be open on a folder (the project lock sees to it), and `truncate_to` must
    have been called before the first append.
    """

    def __init__(self, folder: Path, clock: Clock, *, segment_bytes: int = SEGMENT_BYTES) -> None:
        self._folder = folder
        self._clock = clock
        self._segment_bytes = segment_bytes
        self._file: BinaryIO | None = None
        self._name = ""
        self._lengths: dict[str, int] = {}
        folder.mkdir(parents=True, exist_ok=True)

    def append(self, page: ArchivedPage) -> Location:
        """Write `page` behind the last one; it is on disk after the next `flush`."""
        stream = self._segment()
        offset = stream.tell()
        _write_response(stream, page)
        length = stream.tell() - offset
        self._lengths[self._name] = offset + length
        return Location(self._name, offset, length)

    def flush(self) -> None:
        """Hand everything appended to the disk, so that its locations may be committed."""
        if self._file is not None:
            self._file.flush()
            os.fsync(self._file.fileno())

    @property
    def committed_length(self) -> dict[str, int]:
        """The length, in bytes, of each segment appended to since the writer was opened."""
        return dict(self._lengths)

    def close(self) -> None:
        """Flush and close the open segment."""
        if self._file is not None:
            self.flush()
            self._file.close()
            self._file = None

    def _segment(self) -> BinaryIO:
        day = self._clock().astimezone(UTC).strftime("%Y%m%d")
        if self._file is not None:
            is_full = self._file.tell() >= self._segment_bytes
            if not is_full and self._name.startswith(f"fatiao-{day}-"):
                return self._file
            self.close()
        self._name = self._next_name(day)
        self._file = (self._folder / self._name).open("ab")
        if self._file.tell() == 0:
            _write_info(self._file, self._name)
        return self._file

    def _next_name(self, day: str) -> str:
        of_today = sorted(self._folder.glob(f"fatiao-{day}-*.warc.gz"))
        if not of_today:
            return f"fatiao-{day}-00001.warc.gz"
        newest = of_today[-1]
        if newest.stat().st_size < self._segment_bytes:
            return newest.name
        match = _SEGMENT_NAME.fullmatch(newest.name)
        number = int(match[2]) if match else len(of_today)
        return f"fatiao-{day}-{number + 1:05d}.warc.gz"


def truncate_to(folder: Path, lengths: Mapping[str, int]) -> None:
    """Cut every segment in `folder` to the length committed for it; 0 where none is.

    Raises:
        ArchiveError: a segment is shorter than what was committed: the archive was damaged from
            outside, and the frontier's locations are no longer true.
    """
    for path in sorted(folder.glob("fatiao-*.warc.gz")):
        committed = lengths.get(path.name, 0)
        size = path.stat().st_size
        if size < committed:
            raise ArchiveError(f"{path}: {size} bytes, but {committed} were committed")
        if committed == 0:
            path.unlink()
        elif size > committed:
            os.truncate(path, committed)


def read_page(folder: Path, location: Location) -> ArchivedPage:
    """Return the page at `location`, checked against its digest.

    Raises:
        ArchiveError: the file is absent, the place holds no response, or the body is not the one
            that was archived.
    """
    place = f"{location.file} at {location.offset}"
    try:
        with (folder / location.file).open("rb") as stream:
            stream.seek(location.offset)
            member = stream.read(location.length)
    except OSError as error:
        raise ArchiveError(f"{place}: {error.strerror}") from error
    pages = _pages(BytesIO(member), location.file, location.offset)
    try:
        page, claimed = next(pages)
    except StopIteration:
        raise ArchiveError(f"{place}: no response there") from None
    if claimed is not None and claimed != page.digest:
        raise ArchiveError(f"{place}: the body is not the one archived ({claimed})")
    return page


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
            yield page


def _pages(stream: Any, name: str, base: int) -> Iterator[tuple[ArchivedPage, str | None]]:
    """Yield (page, digest claimed by our own header) for each response in `stream`."""
    records: Any = None
    offset = 0
    try:
        records = ArchiveIterator(stream)
        for record in records:
            if record.rec_type == "response" and record.http_headers is not None:
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
    )
    claimed = headers.get_header("WARC-Payload-Digest")
    return page, claimed if claimed and claimed.startswith("sha256:") else None


def _write_response(stream: BinaryIO, page: ArchivedPage) -> None:
    writer = WARCWriter(stream, gzip=True, warc_version="1.1")
    kept = [
        (name, _printable(value))
        for name, value in page.headers
        if name.lower() not in _TRANSPORT_HEADERS
    ]
    kept.append(("Content-Length", str(len(page.body))))
    record = writer.create_warc_record(
        page.url,
        "response",
        payload=BytesIO(page.body),
        length=len(page.body),
        http_headers=StatusAndHeaders(f"{page.status} Archived", kept, protocol="HTTP/1.1"),
        warc_headers_dict={
            "WARC-Date": page.fetched_at.astimezone(UTC).isoformat(timespec="milliseconds")[:-6]
            + "Z",
            "WARC-Payload-Digest": page.digest,
        },
    )
    writer.write_record(record)


def _printable(value: str) -> str:
    """Return a header value on one line; a line break in it would end the header block."""
    return re.sub(r"[\r\n\0]+", " ", value)


def _write_info(stream: BinaryIO, name: str) -> None:
    writer = WARCWriter(stream, gzip=True, warc_version="1.1")
    info = {"software": "fatiao", "format": "WARC File Format 1.1"}
    writer.write_record(writer.create_warcinfo_record(name, info))
