"""`make bench`, engines: one archive built by each; pages per second, and what does not scale.

python -m tests.bench.engines [PAGES]

PAGES pages of a site (2,000) are imported and built once, so that its template is known.  Then all
is built again: as usual, by the pool with 1 and 2 workers, by Ray Data, and from parts that are all
done: that is the driver's own share, which no worker takes from it.  Where datatrove is installed
its Ray executor is given the same pieces.  By the clock, so run it on a quiet machine.
"""

import cProfile
import pstats
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb

from crawler.frontier.store import open_frontier
from crawler.importer import import_warc
from crawler.sources import Project, load_project
from pipeline.dedup.prepare import prepare
from tests.bench.run import site
from tests.warehouse.commands import write_config
from tests.warehouse.test_build import SITE, Response, write_warc
from warehouse import build as building
from warehouse.engine.choose import engine_named
from warehouse.engine.engine import Engine
from warehouse.engine.part import discard_parts
from warehouse.engine.plan import units_of
from warehouse.engine.unit import Unit, work
from warehouse.stale import discard
from warehouse.teaching import with_templates

WORKERS = 2
# What the build does with a page whose part is done, and the function that does it.
STAGES = (
    ("parts read, results made of them", "engine/part.py", "read_part"),
    ("which part a page is in", "engine/part.py", "job_key"),
    ("rows into the tables", "warehouse/load.py", "load_batch"),
    ("texts withheld", "health/withhold.py", "withhold"),
    ("grouping, all", "warehouse/grouping.py", "group_fetched"),
    ("  texts signed, or their signatures stored", "warehouse/signing.py", "sign_new"),
    ("  pairs of texts compared", "warehouse/clusters.py", "_judge"),
    ("opening, statutes, templates: once a build", "warehouse/stale.py", "discard_stale"),
    ("  and", "warehouse/stale.py", "refresh"),
)
IN_A_PIECE = 200
SHOWN = 120  # characters of another engine's refusal


def main(pages: int = 2_000) -> None:
    """Print a line for each way."""
    folder = Path(tempfile.mkdtemp(prefix="fatiao-engines-"))
    try:
        project = archived(folder, pages)
        rebuilt(project, None)
        show("as usual, 2 workers", pages, rebuilt(project, None))
        for workers in (1, WORKERS):
            engine = engine_named("pool", workers=workers, pages=IN_A_PIECE)
            show(f"--engine pool, workers: {workers}", pages, rebuilt(project, engine))
        parts_of(project, pages)
        show("parts all done: the driver's share", pages, rebuilt(project, engine, is_fresh=False))
        driver(project, engine, pages)
        if find_spec("ray"):
            engine = engine_named("ray", workers=WORKERS, pages=IN_A_PIECE)
            show("--engine ray (Ray Data), 2 workers", pages, rebuilt(project, engine))
            show("  the pieces alone", pages, timed(lambda: drain(engine, pieces(project))))
        if find_spec("ray") and find_spec("datatrove"):
            discard_parts(project.parts)
            show("  datatrove's Ray executor", pages, timed(lambda: by_datatrove(pieces(project))))
            print(f"    parts written: {len(list(project.parts.glob('*.json')))}")
    finally:
        shutil.rmtree(folder)


def show(what: str, pages: int, seconds: float) -> None:
    print(f"{what:40} {seconds:7.1f} s {pages / seconds:7.1f} pages/s", flush=True)


def parts_of(project: Project, pages: int) -> None:
    """Print how large the parts are, and what it took to make what finds reposts in them."""
    size = sum(part.stat().st_size for part in project.parts.glob("*.parquet"))
    rows = duckdb.sql(f"SELECT text FROM '{project.parts}/*.parquet' WHERE text IS NOT NULL")  # noqa: S608 - our own path
    texts = [text for (text,) in rows.fetchall()]
    before = time.process_time()
    made = len(list(prepare(texts)))
    took = 1000 * (time.process_time() - before) / made
    length = sum(map(len, texts)) / made
    print(
        f"  the parts: {size / pages / 1000:.2f} kB a page; made in them to find a text's reposts:"
        f" {took:.2f} ms of the processor a text of {length:.0f} characters",
        flush=True,
    )


def driver(project: Project, engine: Engine, pages: int) -> None:
    """Print what of the processor the build itself takes a page, its parts being done."""
    watch = cProfile.Profile()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    rebuilt(project, engine, is_fresh=False)
    took = resource.getrusage(resource.RUSAGE_SELF).ru_utime - before
    watch.runcall(rebuilt, project, engine, is_fresh=False)
    stats = pstats.Stats(watch).stats  # type: ignore[attr-defined]
    whole = sum(own for _, _, own, _, _ in stats.values())
    print(f"  of the processor: {1000 * took / pages:.2f} ms a page; of it, profiled:")
    for what, file, function in STAGES:
        spent = sum(
            of_all
            for (place, _, name), (_, _, _, of_all, _) in stats.items()
            if place.endswith(file) and name == function
        )
        print(f"    {what:46} {spent / whole:6.1%}")


def timed(act: Callable[[], object]) -> float:
    started = time.monotonic()
    act()
    return time.monotonic() - started


def archived(folder: Path, pages: int) -> Project:
    """Return a folder that has a site's pages in its archive, and nothing built."""
    write_config(folder, f'name = "lawsite"\nstart = "{SITE}/"\nenabled = false')
    project = load_project(folder / "fatiao.toml")
    responses = [
        Response(path, reply.decode())
        for path, reply in site(pages).items()
        if isinstance(reply, bytes)
    ]
    import_warc(project, write_warc(folder / "pages.warc.gz", *responses), None)
    return project


def rebuilt(project: Project, engine: Engine | None, *, is_fresh: bool = True) -> float:
    """Return the seconds that building all again takes."""
    discard(project)
    if is_fresh:
        discard_parts(project.parts)
    return timed(
        lambda: building.build(
            project,
            now=datetime.now(UTC),
            is_time_up=bool,
            progress=lambda _done, _all: None,
            engine=engine,
        )
    )


def pieces(project: Project) -> list[Unit]:
    """Return the work of the whole archive, none of it done."""
    discard_parts(project.parts)
    with open_frontier(project.frontier) as frontier:
        fetches = frontier.fetches_after(0, 1_000_000)
    jobs = list(building.jobs_of(project, fetches))
    return list(units_of(with_templates(project.templates, jobs), project.parts, IN_A_PIECE))


def drain(engine: Engine, units: Sequence[Unit]) -> None:
    for _ in engine.run(units):
        pass


def by_datatrove(units: Sequence[Unit]) -> None:
    """Give the same pieces to the other engine; say so where it cannot do them."""
    import ray
    from datatrove.executor.ray import RayPipelineExecutor

    ray.init(num_cpus=WORKERS, include_dashboard=False, log_to_driver=False)
    try:
        with tempfile.TemporaryDirectory() as logs:
            options: dict[str, Any] = {"tasks": len(units), "workers": WORKERS}
            RayPipelineExecutor(pipeline=[step(units)], logging_dir=logs, **options).run()
    except Exception as error:  # what it says is the finding
        print(f"    {type(error).__name__}: {' '.join(str(error).split())[-SHOWN:]}")
    finally:
        ray.shutdown()


def step(units: Sequence[Unit]) -> Any:
    """Return a step of a datatrove pipeline: each rank works on its share of `units`."""
    from datatrove.pipeline.base import PipelineStep

    class Pieces(PipelineStep):  # type: ignore[misc] # it has no types
        name = "pieces"
        type = "fatiao"

        def run(self, _data: Any, rank: int = 0, world_size: int = 1) -> Iterator[Any]:
            for unit in units[rank::world_size]:
                work(unit)
            yield from ()

    return Pieces()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
