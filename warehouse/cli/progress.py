"""One line of progress on a terminal; silence anywhere else."""

import sys
from types import TracebackType
from typing import Self

from crawler.session import Progress as CrawlProgress


class Progress:
    """Shows how far a long job is, on standard error, and wipes it at the end."""

    def __init__(self) -> None:
        # The real one: sys.stderr lets nothing pass that moves a cursor (warehouse.cli.terminal).
        self._terminal = sys.__stderr__ if sys.stderr.isatty() else None
        self._has_line = False

    def __enter__(self) -> Self:
        """Start with nothing shown."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Wipe the line, so that the summary stands alone."""
        if self._has_line and self._terminal is not None:
            self._terminal.write("\r\x1b[K")
            self._terminal.flush()

    def crawling(self, progress: CrawlProgress) -> None:
        """Show how many pages were asked for."""
        self._show(
            f"crawling: {progress.requests} requests, {progress.articles} articles,"
            f" {progress.errors} errors, {progress.seconds:.0f} s"
        )

    def building(self, done: int, total: int) -> None:
        """Show how many fetches are built."""
        self._show(f"building: {done} of {total}")

    def _show(self, line: str) -> None:
        if self._terminal is not None:
            self._terminal.write(f"\r\x1b[K{line}")
            self._terminal.flush()
            self._has_line = True
