"""A bound on the crawl's memory that looks at what it takes now.

Scrapy's own looks at the most it ever took, and Linux gives a process the most that its parent
ever took to start with: a crawl started by a large program would end before its first request.
"""

import resource
from pathlib import Path
from typing import Final

from scrapy.extensions.memusage import MemoryUsage

EXCEEDED: Final = "memusage_exceeded"  # why Scrapy says that it closed

_STATM: Final = Path("/proc/self/statm")
_RESIDENT: Final = 1  # place in it, in pages


class MemoryNow(MemoryUsage):
    """Ends the crawl when it takes more than MEMUSAGE_LIMIT_MB, at this moment."""

    def get_virtual_size(self) -> int:
        """Return the bytes that are resident; where only the most is known (macOS), that."""
        try:
            pages = int(_STATM.read_text(encoding="ascii").split()[_RESIDENT])
        except FileNotFoundError:
            return int(super().get_virtual_size())
        return pages * resource.getpagesize()
