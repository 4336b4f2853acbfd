"""Many kills of whole `fatiao run` cycles: `python -m tests.crash.soak [KILLS] [MINUTES] [SEED]`.

A new folder and site every 40 kills, one kill in three at a named point, the others at a random
moment.  The folder is in memory where the system has room there: a killed process loses nothing
that it has handed to the system, on a disk or not.  Prints a line a folder and the figures at the
end; any broken promise ends it.
"""

import random
import sys
import tempfile
import time
from pathlib import Path

from crawler.faults import Point
from tests.crash.world import Tally, World, kill_at, nursery, world

POINTS = [point for point in Point if "replace" not in point]
KILLS_A_FOLDER = 40
IN_MEMORY = Path("/dev/shm")  # noqa: S108 - only looked for
MANY = 30  # articles at once, so that some runs commit more than one batch


def main(kills: int = 1_000, minutes: float = 600.0, seed: int = 20261121) -> None:
    chance = random.Random(seed)  # noqa: S311 - not a secret
    tally, started = Tally(), time.monotonic()
    until = started + 60 * minutes
    where = IN_MEMORY if IN_MEMORY.is_dir() else None
    with nursery() as forked:
        while tally.kills < kills and time.monotonic() < until:
            with (
                tempfile.TemporaryDirectory(prefix="fatiao-soak-", dir=where) as folder,
                world(Path(folder), forked, tally) as one,
            ):
                _live(one, chance, min(tally.kills + KILLS_A_FOLDER, kills), until)
            _say(tally)
    print("killed at:", ", ".join(f"{at} {count}" for at, count in tally.reached.most_common()))
    print(f"{(time.monotonic() - started) / 60:.0f} minutes")


def _live(one: World, chance: random.Random, kills: int, until: float) -> None:
    """Kill runs on one folder, then let one end and check that nothing is missing."""
    lasted = 3.0
    while one.tally.kills < kills and time.monotonic() < until:
        one.grow(MANY if chance.random() < 1 / 12 else chance.randint(1, 3))
        if chance.random() < 1 / 3:
            kill_at(one, chance.choice(POINTS), chance)
        else:
            started = time.monotonic()
            if one.run(after=chance.random() * lasted) == 0:
                lasted = time.monotonic() - started
            else:
                lasted *= 1.02  # until some run gets to its end
        one.check()
    one.grow(1)
    assert one.run() == 0, one.output
    one.check()
    one.check_complete()


def _say(tally: Tally) -> None:
    print(
        f"{tally.kills} kills in {tally.runs} runs: 0 URLs lost, 0 pages stored twice;"
        f" {tally.records} records whole, {tally.texts} texts the same;"
        f" {tally.refetched} of {tally.requests} requests made again,"
        f" at most {tally.worst_refetched} after one kill",
        flush=True,
    )


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
