"""Ask a lake again and again until a file appears: `python -m tests.lake.ask_on FOLDER STOP`.

What is written at the end, as JSON: how often it was asked, and each answer that mixed two
publications of one machine.  `machines.mark` put one number into three tables of each.
"""

import json
import sys
from contextlib import closing
from pathlib import Path
from typing import Final

from crawler.sources import load_project
from tests.lake.machines import lake_of
from warehouse.lake.reading import open_for_questions

REOPEN_EVERY: Final = 10
MIXED: Final = """
    SELECT s.source, s.delay_s::INTEGER, a.numbers, r.numbers, a.articles
    FROM core.source AS s
    JOIN (
        SELECT source, list(DISTINCT category::INTEGER) AS numbers, count(*) AS articles
        FROM articles GROUP BY source
    ) AS a ON a.source = s.source
    LEFT JOIN (
        SELECT source, list(DISTINCT detail::INTEGER) AS numbers FROM rejections GROUP BY source
    ) AS r ON r.source = s.source
    WHERE a.articles <> 3
        OR a.numbers <> [s.delay_s::INTEGER]
        OR coalesce(r.numbers, a.numbers) <> a.numbers
"""


def ask_on(folder: Path, stop: Path) -> dict[str, object]:
    lake = lake_of(load_project(folder / "fatiao.toml"))
    asked, mixed = 0, []
    while not stop.exists():
        with closing(open_for_questions(lake)) as db:
            for _ in range(REOPEN_EVERY):
                mixed += db.execute(MIXED).fetchall()
                asked += 1
    return {"asked": asked, "mixed": mixed}


if __name__ == "__main__":
    print(json.dumps(ask_on(Path(sys.argv[1]), Path(sys.argv[2]))))
