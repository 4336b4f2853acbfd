"""How long choosing the next URL takes in a large frontier.

    python -m tests.bench.frontier [MILLIONS] [SOURCES]

Fills a frontier by SQL (a twentieth of the URLs queued, a twentieth waiting and due since
yesterday, the others waiting or parked), leases URLs from it one after the other, and prints the
time of a lease, and the size of the file.  The target is 5 ms with 10 million URLs, however few the
sources; `make bench` takes one million, as filling ten takes minutes and 3 GB of disk.
"""

import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

from crawler.frontier import outlook, queue
from crawler.frontier.store import Frontier, open_frontier
from crawler.sources import Source

LEASES = 500
TARGET = 5.0  # ms
NOW = 1_800_000_000.0

_FILL = """
    INSERT INTO url (url_id, source, url, host, shape, role, state, rank, due_at, reason, depth,
                     found_at, kind, fetched_at)
    WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < :count)
    SELECT n,
           'site' || (n * :sources / (:count + 1)),
           'http://www.site' || (n * :sources / (:count + 1)) || '.cn/post/' || n || '.html',
           'site' || (n * :sources / (:count + 1)) || '.cn',
           '/post/#.html', 'page',
           CASE WHEN n % 20 = 0 THEN 'queued' WHEN n % 20 < 4 THEN 'parked' ELSE 'waiting' END,
           CASE WHEN n % 20 = 0 THEN 4 ELSE 8 END,
           CASE WHEN n % 20 = 0 THEN :now WHEN n % 20 = 19 THEN :now - n % 86400
                ELSE :now + (1 + n % 9973) * 1000.0 END,
           'new link', 1, :now - 8640000, 'article',
           CASE WHEN n % 20 < 4 THEN NULL ELSE :now - 864000 END
    FROM number
"""


def main(millions: float = 1.0, sources: float = 50) -> None:
    count = int(millions * 1e6)
    with tempfile.TemporaryDirectory(prefix="fatiao-bench-") as folder:
        path = Path(folder) / "frontier.sqlite"
        with open_frontier(path) as frontier:
            started = time.monotonic()
            _fill(frontier, count, int(sources))
            seconds = time.monotonic() - started
            size = path.stat().st_size / 1e9
            print(
                f"{count} URLs of {sources:.0f} sources, {size:.2f} GB, filled in {seconds:.0f} s"
            )
            _measure(frontier, int(sources))


def _fill(frontier: Frontier, count: int, sources: int) -> None:
    connection = frontier.connection
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -400000")
    indexes = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    ).fetchall()
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    frontier.begin()
    connection.execute(_FILL, {"count": count, "sources": sources, "now": NOW})
    for number in range(sources):
        connection.execute(
            "INSERT INTO shape (source, shape, known, fetched, articles, class)"
            " VALUES (?, '/post/#.html', ?, 9, 9, 'article')",
            (f"site{number}", count // sources),
        )
    for _, sql in indexes:
        connection.execute(sql)
    frontier.commit()
    connection.execute("PRAGMA cache_size = -2000")  # what a crawl has: SQLite's default


def _measure(frontier: Frontier, count: int) -> None:
    sources = [
        Source(name=f"site{number}", start=(f"http://www.site{number}.cn/",), delay=0.0)
        for number in range(count)
    ]
    leases: list[float] = []
    busy: list[float] = []
    looks: list[float] = []
    for number in range(LEASES):
        source = sources[number % count]
        frontier.begin()
        started, worked = time.perf_counter(), time.process_time()
        task = queue.lease(frontier.connection, source, 1, NOW + number, 10)
        leases.append(1_000 * (time.perf_counter() - started))
        busy.append(1_000 * (time.process_time() - worked))
        assert task is not None
        started = time.perf_counter()
        outlook.soonest(frontier.connection, source, NOW + number, 10, 60.0)
        looks.append(1_000 * (time.perf_counter() - started))
        frontier.connection.execute(
            "UPDATE url SET state = 'waiting', due_at = ? WHERE url_id = ?",
            (NOW + 1e7, task.url_id),
        )
        frontier.commit()
    named = {
        "choosing the next URL": leases,
        "the same, processor time": busy,
        "is anything due?": looks,
    }
    for name, times in named.items():
        p99 = quantiles(times, n=100)[98]
        print(f"{name}: median {median(times):.2f} ms, p99 {p99:.2f} ms, most {max(times):.1f} ms")
    print(f"target: choosing under {TARGET:g} ms")


if __name__ == "__main__":
    main(*map(float, sys.argv[1:]))
