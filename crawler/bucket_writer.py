"""Appending to an archive in a store (`crawler.bucket`): a segment a batch."""

from collections.abc import Collection, Mapping
from datetime import UTC
from io import BytesIO
from typing import BinaryIO

from crawler.archive_writer import ArchiveWriter, Clock, run_of, write_info
from crawler.bucket import Bucket


class BucketWriter(ArchiveWriter):
    """Keeps a batch in memory, and writes it as one segment when it is flushed."""

    # Half a minute's pages, some MB: an object a second would be a thousand times too many.
    batch_pages = 500
    batch_seconds = 20.0

    def __init__(self, bucket: Bucket, clock: Clock, *, run_id: int) -> None:
        self._bucket = bucket
        self._clock = clock
        self._run_id = run_id
        self._count = 0
        self._file: BytesIO | None = None
        self._name = ""
        self._lengths: dict[str, int] = {}

    def flush(self) -> None:
        """Write the batch to the store, so that its locations may be committed.

        Raises:
            OSError: the store does not take it.
        """
        if self._file is not None:
            self._bucket.write(self._name, self._file.getvalue())
            self._file = None

    def close(self) -> None:
        """Drop what was not flushed: it was never promised."""
        self._file = None

    def _segment(self) -> BinaryIO:
        if self._file is None:
            self._count += 1
            day = self._clock().astimezone(UTC).strftime("%Y%m%d")
            self._name = f"fatiao-{day}-{self._count:05d}-r{self._run_id}.warc.gz"
            self._file = BytesIO()
            self._lengths.clear()  # the batches before have been committed
            write_info(self._file, self._name)
        return self._file

    @property
    def _place(self) -> str:
        return f"{self._bucket}/{self._name}"


def remove_strangers(bucket: Bucket, lengths: Mapping[str, int], but: Collection[int]) -> None:
    """Remove the segments that no commit names, but those of the runs that are at work.

    Raises:
        OSError: the store does not answer.
    """
    for name in bucket.sizes():
        run_id = run_of(name)
        if name not in lengths and run_id is not None and run_id not in but:
            bucket.remove(name)
