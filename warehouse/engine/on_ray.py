"""Pieces of work on a Ray cluster, by Ray Data: one task a piece.

`RAY_ADDRESS` names the cluster, as for any Ray program; without it one is started on this machine
for as long as the work lasts.  All its nodes must see the user's folder under the same path.

Ray is used by a process of its own (`warehouse.engine.apart`): it ends with Ray's node server.
"""

import logging
import os
import pickle
import re
import socket
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from warehouse.engine.apart import DiedError, results_apart
from warehouse.engine.engine import SAME_PATH, Failed, failed
from warehouse.engine.unit import PAGES, Done, Unit, work
from warehouse.exits import EngineError

SAID: Final = 160  # characters of Ray's own words
_PREFIX: Final = re.compile(r"^\[[^\]]*\] \S+: ")  # of its log: when, who, from where
_MEND: Final = "run again: the parts that are done stay"


@dataclass(frozen=True, slots=True, kw_only=True)
class RayEngine:
    """As many pieces at once as the cluster has cores, or as `workers` says."""

    workers: int | None = None  # None: as many as there are cores
    pages: int = PAGES

    def run(self, units: Sequence[Unit]) -> Iterator[Done | Failed]:
        """Yield what became of each of `units`, as they end.

        A piece whose worker died is begun again on another, by Ray.

        Raises:
            EngineError: Ray gave up, or died.
        """
        if not units:
            return
        try:
            yield from results_apart(_on_ray, (self.workers, tuple(units)))
        except DiedError as error:
            said = _PREFIX.sub("", str(error))[:SAID]
            raise EngineError(f"ray: its node server, or another of its processes, died ({said});"
                              f" {_MEND}") from None  # fmt: skip


def _on_ray(job: tuple[int | None, Sequence[Unit]]) -> Iterator[Done | Failed]:
    """Yield what became of each unit; in a process that Ray may end."""
    # Seconds of importing, in this process alone.
    import ray.data  # noqa: PLC0415
    import ray.exceptions  # noqa: PLC0415

    workers, units = job
    _connect(workers)
    try:
        rows = ray.data.from_items(
            [{"unit": pickle.dumps(unit), "seen": pickle.dumps(seen(unit))} for unit in units],
            override_num_blocks=len(units),
        )
        done = rows.map(_work, num_cpus=1, concurrency=workers)
        for row in done.iter_rows():
            outcome: Done | Failed = pickle.loads(row["outcome"])  # noqa: S301 - our own worker's
            yield outcome
    except (ray.exceptions.RayError, ConnectionError, TimeoutError) as error:
        said = " ".join(str(error).split())[:300]
        raise EngineError(f"ray: {said}; {_MEND}") from None
    finally:
        ray.shutdown()


def _work(row: dict[str, Any]) -> dict[str, Any]:
    unit: Unit = pickle.loads(row["unit"])  # noqa: S301 - what the driver made
    try:
        outcome: Done | Failed = work_here(unit, pickle.loads(row["seen"]))  # noqa: S301 - likewise
    except Exception as error:  # a piece that fails costs itself
        outcome = failed(unit, error)
    return {"outcome": pickle.dumps(outcome)}


def seen(unit: Unit) -> tuple[int, str]:
    """Return what a process has to see, and to be, to work on `unit`: the segment, the versions."""
    return unit.segment_bytes, unit.made_by


def work_here(unit: Unit, wanted: tuple[int, str]) -> Done:
    """Work on `unit` where all is as the driver has `seen` it.

    Raises:
        OSError: the archive is not: each of its pages would be taken for lost.
        RuntimeError: this is another fatiao, or has other statutes: the part would be another.
    """
    node = f"node {socket.gethostname()}"
    segment_bytes, made_by = wanted
    if unit.segment_bytes != segment_bytes:
        path = f"{unit.jobs[0].archive}/{unit.segment}"
        raise FileNotFoundError(f"{node}: {path} is not what it is for the driver; {SAME_PATH}")
    if unit.made_by != made_by:
        raise RuntimeError(f"{node}: has another fatiao, or other statutes: install the driver's")
    return work(unit)


def _connect(workers: int | None) -> None:
    """Join the cluster, or start one."""
    import ray  # noqa: PLC0415
    from ray.data import DataContext  # noqa: PLC0415

    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # else Ray reports home
    DataContext.get_current().enable_progress_bars = False
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR}
    if os.environ.get("RAY_ADDRESS"):
        ray.init(**quiet)
    else:
        ray.init(num_cpus=workers, include_dashboard=False, **quiet)
