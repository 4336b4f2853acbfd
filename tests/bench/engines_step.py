"""A step of a datatrove pipeline that works on our pieces, for the bench to compare."""

from collections.abc import Iterator, Sequence
from typing import Any

from datatrove.pipeline.base import PipelineStep

from warehouse.engine.unit import Unit, work


class Pieces(PipelineStep):  # type: ignore[misc] # it has no types
    """Every rank works on its share of the pieces."""

    name = "pieces"
    type = "fatiao"

    def __init__(self, units: Sequence[Unit]) -> None:
        super().__init__()
        self.units = units

    def run(self, _data: Any, rank: int = 0, world_size: int = 1) -> Iterator[Any]:
        """Work on each `world_size`-th piece from `rank` on."""
        for unit in self.units[rank::world_size]:
            work(unit)
        yield from ()
