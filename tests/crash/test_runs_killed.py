"""Whole `fatiao run` cycles, killed at every named point and at random moments.

`python -m tests.crash.soak` does the same a thousand times.
"""

import random
import time
from pathlib import Path

from crawler.faults import Point
from tests.crash.world import Tally, kill_at, nursery, world

POINTS = [point for point in Point if "replace" not in point]  # those of a run
KILLS = 15


def test_a_kill_at_any_point_or_moment_loses_nothing_and_repeats_nothing(tmp_path: Path) -> None:
    chance = random.Random(20261122)  # noqa: S311 - not a secret
    tally = Tally()
    with nursery() as forked, world(tmp_path, forked, tally) as one:
        for point in POINTS:
            one.grow(3)
            assert kill_at(one, point, chance), f"{point} was not reached"
            one.check()
        one.grow(3)
        started = time.monotonic()
        assert one.run() == 0, one.output
        lasted = time.monotonic() - started
        one.check()
        while tally.kills < len(POINTS) + KILLS:
            one.grow(1)
            one.run(after=chance.random() * lasted)
            one.check()
        one.grow(1)
        assert one.run() == 0, one.output
        one.check()
        one.check_complete()
    assert tally.reached.total() == tally.kills
    assert tally.worst_refetched <= 40, "at most two batches are fetched again after a kill"
