"""Which pieces of work a stretch of the archive is cut into."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from warehouse.engine.unit import PAGES, Unit
from warehouse.workers import PageJob


def units_of(jobs: Sequence[PageJob], folder: Path, pages: int = PAGES) -> Iterator[Unit]:
    """Yield the pieces that `jobs` make, by segment, parts to be written into `folder`.

    Each has pages of one segment alone, at most `pages`, in the order in which they were fetched.
    """
    by_segment: dict[str, list[PageJob]] = defaultdict(list)
    for job in jobs:
        by_segment[job.location.file].append(job)
    for segment, found in by_segment.items():
        for first in range(0, len(found), pages):
            yield Unit(segment=segment, jobs=tuple(found[first : first + pages]), folder=folder)
