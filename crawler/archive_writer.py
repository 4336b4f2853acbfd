"""Appending to the archive: one open segment at a time, and what a killed run left cut off.

`crawler.archive` says what an archive is, and reads it.
"""

import os
import re
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.archive import ArchivedPage, ArchiveError, Location
from crawler.disk import naming

SEGMENT_BYTES: Final = 1 << 30  # 1 GB, the size web archives use; research/crawl.md §2a.9
_SEGMENT_NAME: Final = re.compile(r"fatiao-(\d{8})-(\d{5})(?:-r(\d+))?\.warc\.gz")
_SAME_PAYLOAD: Final = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
# The body is kept decoded, so headers that describe its transport would be untrue.
_TRANSPORT_HEADERS: Final = frozenset({"content-encoding", "transfer-encoding", "content-length"})

Clock = Callable[[], datetime]


class ArchiveWriter:
    """Appends pages to the newest segment of the day, or to a new one.

    Only one writer may be open on a folder (the project lock sees to it), and `truncate_to` must
    have been called before the first append.
    """

    batch_pages = 20  # research/crawl.md §2a.3: 3.2 ms CPU a page at 20, 4.5 at 1
    batch_seconds = 1.0

    def __init__(
        self,
        folder: Path,
        clock: Clock,
        *,
        segment_bytes: int = SEGMENT_BYTES,
        run_id: int | None = None,
    ) -> None:
        """Begin; `run_id` is given where several share a frontier, and tells their files apart."""
        self._folder = folder
        self._suffix = "" if run_id is None else f"-r{run_id}"
        self._clock = clock
        self._segment_bytes = segment_bytes
        self._file: BinaryIO | None = None
        self._name = ""
        self._lengths: dict[str, int] = {}
        folder.mkdir(parents=True, exist_ok=True)

    def append(self, page: ArchivedPage) -> Location:
        """Write `page` behind the last one; it is on disk after the next `flush`."""
        return self._append(lambda stream: _write_response(stream, page))

    def append_revisit(self, page: ArchivedPage, first_at: datetime) -> Location:
        """Write that `page` has the body of the one archived at `first_at`, and not the body."""
        return self._append(lambda stream: _write_revisit(stream, page, first_at))

    def flush(self) -> None:
        """Hand everything appended to the disk, so that its locations may be committed."""
        if self._file is not None:
            with naming(self._place):
                self._file.flush()
                os.fsync(self._file.fileno())

    @property
    def committed_length(self) -> dict[str, int]:
        """The length, in bytes, of each segment appended to since the writer was opened."""
        return dict(self._lengths)

    def close(self) -> None:
        """Flush and close the open segment."""
        if self._file is not None:
            file, self._file = self._file, None
            # A buffer that the disk refuses is dropped here, not at the program's end with a trace.
            with naming(self._place), file:
                file.flush()
                os.fsync(file.fileno())

    def _append(self, write: Callable[[BinaryIO], None]) -> Location:
        stream = self._segment()
        offset = stream.tell()
        with naming(self._place):
            write(stream)
        length = stream.tell() - offset
        self._lengths[self._name] = offset + length
        return Location(self._name, offset, length)

    @property
    def _place(self) -> Path | str:
        return self._folder / self._name

    def _segment(self) -> BinaryIO:
        day = self._clock().astimezone(UTC).strftime("%Y%m%d")
        if self._file is not None:
            is_full = self._file.tell() >= self._segment_bytes
            if not is_full and self._name.startswith(f"fatiao-{day}-"):
                return self._file
            self.close()
        self._name = next_name(self._folder, day, self._segment_bytes, self._suffix)
        self._file = (self._folder / self._name).open("ab")
        if self._file.tell() == 0:
            with naming(self._place):
                write_info(self._file, self._name)
        return self._file


def next_name(folder: Path, day: str, segment_bytes: int, suffix: str = "") -> str:
    """Return the segment of `day` (yyyymmdd) to append to: the newest, unless it is full."""
    of_today = sorted(folder.glob(f"fatiao-{day}-?????{suffix}.warc.gz"))
    if not of_today:
        return f"fatiao-{day}-00001{suffix}.warc.gz"
    newest = of_today[-1]
    if newest.stat().st_size < segment_bytes:
        return newest.name
    match = _SEGMENT_NAME.fullmatch(newest.name)
    number = int(match[2]) if match else len(of_today)
    return f"fatiao-{day}-{number + 1:05d}{suffix}.warc.gz"


def run_of(name: str) -> int | None:
    """Return the run that wrote a segment, where several share a frontier.

    >>> run_of("fatiao-20261122-00001-r17.warc.gz"), run_of("fatiao-20261122-00001.warc.gz")
    (17, None)
    """
    match = _SEGMENT_NAME.fullmatch(name)
    return int(match[3]) if match and match[3] else None


def truncate_to(
    folder: Path, lengths: Mapping[str, int], but: Collection[int] | None = None
) -> None:
    """Cut every segment in `folder` to the length committed for it; 0 where none is.

    Args:
        folder: of the archive.
        lengths: in bytes, by name.
        but: of a frontier that several share, the runs that are at work and see to theirs; None:
            of one that is in this folder.  What the other kind of frontier knows is left alone.

    Raises:
        ArchiveError: a segment is shorter than what was committed: the archive was damaged from
            outside, and the frontier's locations are no longer true.
    """
    for path in sorted(folder.glob("fatiao-*.warc.gz")):
        run_id = run_of(path.name)
        if (run_id is None) is not (but is None) or run_id in (but or ()):
            continue
        committed = lengths.get(path.name, 0)
        size = path.stat().st_size
        if size < committed:
            raise ArchiveError(f"{path}: {size} bytes, but {committed} were committed")
        if committed == 0:
            path.unlink()
        elif size > committed:
            os.truncate(path, committed)


def _write_response(stream: BinaryIO, page: ArchivedPage) -> None:
    writer = WARCWriter(stream, gzip=True, warc_version="1.1")
    record = writer.create_warc_record(
        page.url,
        "response",
        payload=BytesIO(page.body),
        length=len(page.body),
        http_headers=_http_headers(page),
        warc_headers_dict={
            "WARC-Date": _warc_date(page.fetched_at),
            "WARC-Payload-Digest": page.digest,
        },
    )
    writer.write_record(record)


def _write_revisit(stream: BinaryIO, page: ArchivedPage, first_at: datetime) -> None:
    writer = WARCWriter(stream, gzip=True, warc_version="1.1")
    record = writer.create_warc_record(
        page.url,
        "revisit",
        payload=BytesIO(),
        length=0,
        http_headers=_http_headers(page),
        warc_headers_dict={
            "WARC-Date": _warc_date(page.fetched_at),
            "WARC-Payload-Digest": page.digest,
            "WARC-Profile": _SAME_PAYLOAD,
            "WARC-Refers-To-Target-URI": page.url,
            "WARC-Refers-To-Date": _warc_date(first_at),
        },
    )
    writer.write_record(record)


def _http_headers(page: ArchivedPage) -> StatusAndHeaders:
    kept = [
        (name, _printable(value))
        for name, value in page.headers
        if name.lower() not in _TRANSPORT_HEADERS
    ]
    kept.append(("Content-Length", str(len(page.body))))
    return StatusAndHeaders(f"{page.status} Archived", kept, protocol="HTTP/1.1")


def _warc_date(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"


def _printable(value: str) -> str:
    """Return a header value on one line; a line break in it would end the header block."""
    return re.sub(r"[\r\n\0]+", " ", value)


def write_info(stream: BinaryIO, name: str) -> None:
    """Write the record that begins a segment and says who wrote it."""
    writer = WARCWriter(stream, gzip=True, warc_version="1.1")
    info = {"software": "fatiao", "format": "WARC File Format 1.1"}
    writer.write_record(writer.create_warcinfo_record(name, info))
