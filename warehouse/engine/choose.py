"""The engines by name: `pool` on this machine's cores, `ray` on a cluster."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Final

from warehouse.engine.engine import Engine
from warehouse.engine.pool import PoolEngine
from warehouse.engine.unit import PAGES
from warehouse.exits import UsageError

NAMES: Final = ("pool", "ray")


def engine_named(name: str, *, workers: int | None = None, pages: int = PAGES) -> Engine:
    """Return the engine of that name, for `workers` pieces at once of at most `pages` each.

    Raises:
        UsageError: what it needs is not installed.
    """
    if name == "pool":
        return PoolEngine(workers=workers, pages=pages)
    if find_spec("ray") is None:
        raise UsageError("--engine ray: Ray is not installed; run: pip install 'fatiao[ray]'")
    made: Callable[..., Engine] = import_module("warehouse.engine.on_ray").RayEngine
    return made(workers=workers, pages=pages)
