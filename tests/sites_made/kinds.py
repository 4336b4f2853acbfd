"""What a crawl asked for, by kind of page: where its requests went."""

import sqlite3
from contextlib import closing
from pathlib import Path

_SQL = """
    SELECT CASE
               WHEN error IS NOT NULL THEN 'without a page: ' || error
               WHEN role IN ('feed', 'sitemap') THEN role
               WHEN fetch.kind IN ('redirect', 'article', 'not_modified') THEN fetch.kind
               ELSE fetch.kind || CASE WHEN yielded THEN ' that led to articles'
                                       ELSE ' that led to none' END || ': ' || shape
           END AS what,
           count(*)
    FROM fetch JOIN url USING (url_id)
    WHERE error IS NULL OR error NOT IN ('robots', 'robots_unreachable')
    GROUP BY what ORDER BY 2 DESC, 1
"""


def kinds_asked(folder: Path) -> dict[str, int]:
    """Return the requests of all runs in the project folder, without robots.txt, by kind."""
    with closing(sqlite3.connect(folder / "data" / "frontier.sqlite")) as connection:
        return dict(connection.execute(_SQL).fetchall())
