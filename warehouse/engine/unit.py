"""One piece of work: some pages of one archive segment in, one Parquet part out.

It runs wherever the archive, the templates and the folder of the parts can be reached under the
same paths.  The part is written under another name and renamed, then its marker is: a piece that
was killed anywhere left nothing that is taken for done.
"""

import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from crawler.disk import naming
from pipeline.article import EXTRACT_VERSION
from pipeline.cite.check import CITE_VERSION
from pipeline.dedup.signature import DEDUP_VERSION
from pipeline.statutes import load_registry
from warehouse.engine.part import job_key, write_part
from warehouse.engine.record import text_of
from warehouse.texts import open_texts
from warehouse.workers import PageJob, PageResult, each_result

PAGES: Final = 1_000  # at most in one piece: some 20 s of work, which a kill costs at most


class StoppedError(RuntimeError):
    """The work was called off."""


@dataclass(frozen=True, kw_only=True)
class Unit:
    """Pages of one segment that are worked on at once."""

    segment: str  # its file's name
    jobs: tuple[PageJob, ...]  # never empty
    folder: Path  # of the parts

    @cached_property
    def key(self) -> str:
        """20 hexadecimal digits: others when any page, template, text or version is another."""
        said = self.made_by + "".join(job_key(job) for job in self.jobs)
        return sha256(said.encode()).hexdigest()[:20]

    @property
    def made_by(self) -> str:
        """What makes the results here: versions of the program, the registry, the statutes."""
        statutes = self.jobs[0].statutes
        texts = open_texts(statutes).digest if statutes else ""
        return repr((EXTRACT_VERSION, CITE_VERSION, DEDUP_VERSION, load_registry().version, texts))

    @property
    def part(self) -> Path:
        """The Parquet file that it becomes."""
        return self.folder / f"{self.jobs[0].fetch_id:012}-{self.key}.parquet"

    @property
    def segment_bytes(self) -> int:
        """How long the segment is as seen from here; 0: it is no file here."""
        archive = self.jobs[0].archive
        path = archive / self.segment if isinstance(archive, Path) else None
        return path.stat().st_size if path and path.exists() else 0

    @property
    def marker(self) -> Path:
        """The file that says that the part is whole."""
        return self.part.with_suffix(".json")

    def is_done(self) -> bool:
        """Say whether the part is there, and whole."""
        try:
            said = json.loads(self.marker.read_text(encoding="utf-8"))
            return bool(said["bytes"] == self.part.stat().st_size)
        except (OSError, ValueError, KeyError, TypeError):
            return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a piece of work came to; its marker says the same."""

    key: str  # of its unit
    segment: str
    pages: int
    articles: int
    citations: int
    bytes: int  # of the part
    seconds: float  # by the clock


def work(unit: Unit, should_stop: Callable[[], bool] = bool) -> Done:
    """Work on all pages of `unit` and write its part, whole or not at all.

    Raises:
        StoppedError: `should_stop`, asked after each page, said so.
        BrokenProcessPool: no worker stays alive.
        OSError: the disk is full, or the folder cannot be written.
        duckdb.Error: the same, as DuckDB says it.
    """
    started = time.monotonic()
    try:
        results = list(_results(unit, should_stop))
    except BrokenProcessPool:  # its worker was killed before it had a page; once may be chance
        results = list(_results(unit, should_stop))
    unit.folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".part-", dir=unit.folder) as folder:
        fresh, marker = Path(folder, "part.parquet"), Path(folder, "part.json")
        write_part(results, fresh)
        done = Done(
            key=unit.key,
            segment=unit.segment,
            pages=len(results),
            articles=sum(text_of(one) is not None for one in results),
            citations=sum(len(one.citations) for one in results),
            bytes=fresh.stat().st_size,
            seconds=round(time.monotonic() - started, 3),
        )
        with naming(unit.marker):
            marker.write_text(json.dumps(asdict(done)) + "\n", encoding="utf-8")
        fresh.replace(unit.part)
        marker.replace(unit.marker)
    return done


def _results(unit: Unit, should_stop: Callable[[], bool]) -> Iterator[PageResult]:
    for result in each_result(unit.jobs, workers=1):
        if should_stop():
            raise StoppedError
        yield result
