"""The archive in one store for all machines: S3 and what speaks it, through fsspec.

Objects there are written whole and never appended to: each batch is a segment of its own, in the
store before its commit.  Needs the extra fatiao[s3]; keys come from the environment or ~/.aws, as
boto reads them, never from fatiao.toml.

>>> print(Bucket("s3://law/archive/"))
s3://law/archive
"""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

SCHEMES: Final = ("s3", "file")


@dataclass(frozen=True, slots=True)
class Bucket:
    """A place of segments, by its URL: `s3://bucket/prefix`, or `file:///mnt/share`."""

    url: str

    def __str__(self) -> str:
        return self.url.rstrip("/")

    def read(self, name: str, offset: int, length: int) -> bytes:
        """Return `length` bytes of a segment from `offset` on, fewer where it ends before.

        Raises:
            OSError: there is no such segment, or the store does not answer.
        """
        with self._opened() as store:
            content: bytes = store.cat_file(self._path(name), start=offset, end=offset + length)
        return content

    def write(self, name: str, content: bytes) -> None:
        """Write a segment; it is there whole when this returns.

        Raises:
            OSError: the store does not take it.
        """
        with self._opened() as store:
            store.pipe_file(self._path(name), content)

    def sizes(self) -> dict[str, int]:
        """Return the size of each segment, in bytes, by name.

        Raises:
            OSError: the store does not answer.
        """
        with self._opened() as store:
            try:
                found = store.ls(self._path(""), detail=True, refresh=True)
            except FileNotFoundError:
                return {}
        sizes = {str(one["name"]).rpartition("/")[2]: int(one["size"]) for one in found}
        return {name: size for name, size in sizes.items() if name.endswith(".warc.gz")}

    def remove(self, name: str) -> None:
        """Remove a segment."""
        with self._opened() as store:
            store.rm_file(self._path(name))

    def _path(self, name: str) -> str:
        return f"{self}/{name}" if name else str(self)

    @contextmanager
    def _opened(self) -> Generator[Any]:
        try:
            import fsspec  # noqa: PLC0415 - of the extra fatiao[s3]

            store, _ = fsspec.url_to_fs(str(self), **_OPTIONS.get(self.url.partition(":")[0], {}))
        except ImportError:
            raise OSError(f"{self}: needs more packages: pip install 'fatiao[s3]'") from None
        try:
            yield store
        except OSError as error:
            error.filename = error.filename or str(self)
            raise
        except Exception as error:  # boto has a hundred of its own
            raise OSError(f"{self}: {error}") from error


_OPTIONS: Final[Mapping[str, Mapping[str, Any]]] = {"file": {"auto_mkdir": True}}
