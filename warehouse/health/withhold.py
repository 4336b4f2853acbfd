"""Texts that are not published: no article is replaced by what its site shows instead of it.

A page that holds no article never touches the one that was there.  But a site that breaks may go
on serving pages that can be read: one notice under every URL, a few lines of each article, another
text; or it sends all of them home, as it would those that are gone.  A single page cannot tell;
several can.  Runs with every batch of a build, before the grouping, and depends on nothing but what
was fetched: a rebuild withholds the same.
"""

from typing import Final

from duckdb import DuckDBPyConnection

from warehouse.store import read_sql

LEAST_ALIKE: Final = 3  # articles; two may well be copies of each other

_RULES: Final = ("repeated", "collapsed", "homeward")


def withhold(db: DuckDBPyConnection, first: int, last: int) -> list[str]:
    """Take back what the fetches `first` to `last` show to be no article's text.

    Returns the articles that earlier batches had given such a text: group them again.  The caller
    holds the transaction.
    """
    span = {"first": first, "last": last, "least": LEAST_ALIKE}
    db.execute(read_sql("health/kept.sql"))
    affected: set[str] = set()
    for rule in _RULES:
        rows = read_sql(f"health/{rule}.sql").rstrip().removesuffix(";")
        db.execute(f"CREATE OR REPLACE TEMP TABLE withheld AS {rows}", span)
        earlier = db.execute(
            "SELECT article_id FROM ops.reading JOIN withheld USING (fetch_id) WHERE fetch_id < ?",
            [first],
        ).fetchall()
        affected |= {article for (article,) in earlier}
        if db.execute("SELECT count(*) FROM withheld").fetchall() != [(0,)]:
            db.execute(read_sql("health/withhold.sql"))
    return sorted(affected)
