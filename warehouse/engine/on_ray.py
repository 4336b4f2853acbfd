"""Pieces of work on a Ray cluster, by Ray Data: one task a piece.

`RAY_ADDRESS` names the cluster, as for any Ray program; without it one is started on this machine
for as long as the work lasts.  All its nodes must see the user's folder under the same path.
"""

import logging
import os
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import ray
import ray.data
import ray.exceptions
from ray.data import DataContext

from warehouse.engine.engine import Failed, failed
from warehouse.engine.unit import PAGES, Done, Unit, work
from warehouse.exits import EngineError


@dataclass(frozen=True, slots=True, kw_only=True)
class RayEngine:
    """As many pieces at once as the cluster has cores, or as `workers` says."""

    workers: int | None = None  # None: as many as there are cores
    pages: int = PAGES

    def run(self, units: Sequence[Unit]) -> Iterator[Done | Failed]:
        """Yield what became of each of `units`, as they end.

        A piece whose worker died is begun again on another, by Ray.

        Raises:
            EngineError: Ray gave up.
        """
        if not units:
            return
        is_ours = _connect(self.workers)
        try:
            rows = ray.data.from_items(
                [{"unit": pickle.dumps(unit)} for unit in units], override_num_blocks=len(units)
            )
            done = rows.map(_work, num_cpus=1, concurrency=self.workers)
            for row in done.iter_rows():
                outcome: Done | Failed = pickle.loads(row["outcome"])  # noqa: S301 - our own worker's
                yield outcome
        except ray.exceptions.RayError as error:
            said = " ".join(str(error).split())[:300]
            raise EngineError(f"ray: {said}; run again: the parts that are done stay") from error
        finally:
            if is_ours:
                ray.shutdown()


def _work(row: dict[str, Any]) -> dict[str, Any]:
    unit: Unit = pickle.loads(row["unit"])  # noqa: S301 - what the driver made
    try:
        outcome: Done | Failed = work(unit)
    except Exception as error:  # a piece that fails costs itself
        outcome = failed(unit, error)
    return {"outcome": pickle.dumps(outcome)}


def _connect(workers: int | None) -> bool:
    """Join the cluster, or start one; return whether it is ours to end."""
    if ray.is_initialized():
        return False
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # else Ray reports home
    DataContext.get_current().enable_progress_bars = False
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR}
    if os.environ.get("RAY_ADDRESS"):
        ray.init(**quiet)
    else:
        ray.init(num_cpus=workers, include_dashboard=False, **quiet)
    return True
