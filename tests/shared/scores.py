"""Extraction, citation and dedup scores on the development sets, by the scorers beside them.

python -m tests.shared.scores
"""

import runpy
from contextlib import suppress

PARTS = (
    "tests.shared.extraction",
    "tests.shared.peers",
    "tests.shared.citations",
    "tests.shared.verdicts",
    "tests.shared.dedup",
    "tests.shared.rewrites",
    "tests.shared.crossposts",
)


def main() -> None:
    """Print the figures of every development set."""
    for part in PARTS:
        print(f"\n== {part}")
        with suppress(SystemExit):  # each ends as a command of its own does
            runpy.run_module(part, run_name="__main__")


if __name__ == "__main__":
    main()
