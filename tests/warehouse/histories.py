"""Histories of sources written straight into a warehouse, run by run, and judged."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from duckdb import DuckDBPyConnection

from warehouse.health.findings import Finding, find
from warehouse.health.states import Health

START = datetime(2026, 1, 1, 4, tzinfo=UTC)
GOOD: dict[str, Any] = {
    "lost": False,
    "dated": True,
    "chars": 1200,
    "citations": 2,
    "skeleton": ".wrap .content",
}
Page = dict[str, Any]  # what it differs in from `GOOD`


@dataclass(slots=True)
class History:
    """The runs of one source or more."""

    db: DuckDBPyConnection
    runs: int = 0
    fetches: int = 0
    day: float = 0
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def run(
        self, pages: Sequence[Page], *, after: float = 1, outcome: str = "finished"
    ) -> list[Finding]:
        """Add a run of `pages` of the source `a`; return what is found."""
        return self.run_all({"a": pages}, after=after, outcome=outcome)

    def run_all(
        self,
        pages: Mapping[str, Sequence[Page]],
        *,
        after: float = 1,
        outcome: str = "finished",
    ) -> list[Finding]:
        """Add a run, `after` days from the last one; return what is found."""
        self.add_run(pages, after=after, outcome=outcome)
        found = find(self.db, self.runs)
        worst: dict[str, Health] = {}
        for one in found:
            worst[one.source] = max(
                one.state, worst.get(one.source, Health.OK), key=lambda state: state.gravity
            )
        for source in pages:
            self._add("ops.source_run", source=source, state=worst.get(source, Health.OK).value)
        self._insert()
        return found

    def add_run(
        self,
        pages: Mapping[str, Sequence[Page]],
        *,
        after: float = 1,
        outcome: str = "finished",
    ) -> None:
        """Add a run that is not judged, and so counts as well."""
        self.runs += 1
        self.day += after
        at = START + timedelta(days=self.day)
        run = {"started_at": at, "finished_at": at, "outcome": outcome}
        self._add("ops.run", **run, requests=1, errors=0)
        for source, given in pages.items():
            self._fetch(source, at, kind="listing", url=f"http://{source}.example/")
            for page in given:
                self._page(source, at, GOOD | page)
        self._insert()

    def _add(self, table: str, **row: Any) -> None:
        counts = {"requests": 0, "ok": 0, "not_modified": 0, "errors": 0, "articles_seen": 0}
        known = {"run_id": self.runs} if table in ("ops.run", "ops.source_run", "ops.fetch") else {}
        more = counts if table == "ops.source_run" else {}
        self.rows.setdefault(table, []).append(known | more | row)

    def _insert(self) -> None:
        # As the loader does: a file of JSON Lines is read a hundred times faster than parameters.
        with TemporaryDirectory() as folder:
            for table, rows in self.rows.items():
                spool = Path(folder, f"{table}.jsonl")
                spool.write_text("".join(json.dumps(row, default=str) + "\n" for row in rows))
                self.db.execute(
                    f"INSERT INTO {table} BY NAME SELECT * FROM read_json(?)",  # noqa: S608
                    [str(spool)],
                )
        self.rows.clear()

    def _fetch(self, source: str, at: datetime, **values: Any) -> int:
        self.fetches += 1
        row = {"status": 200, "error": None} | values
        self._add("ops.fetch", fetch_id=self.fetches, source=source, fetched_at=at, **row)
        return self.fetches

    def _page(self, source: str, at: datetime, page: Page) -> None:
        url = page.get("url", f"http://{source}.example/{self.fetches + 1}.html")
        kind = page.get("kind", "article")
        known = {"kind": kind, "url": url, "error": page.get("error")}
        fetch = self._fetch(source, at, **known, status=page.get("status", 200))
        if kind != "article":
            return
        outcome = "rejected" if page["lost"] else page.get("outcome", "new")
        self._add("ops.page", fetch_id=fetch, outcome=outcome, skeleton=page["skeleton"])
        if page["lost"]:
            return
        self._add(
            "ops.reading",
            fetch_id=fetch,
            article_id=f"{fetch:016x}",
            title=page.get("title", f"t{fetch}"),
            text_sha256=f"{fetch:064x}",
            char_count=page["chars"],
            is_dated=page["dated"],
            is_damaged=False,
            citations=page["citations"],
            charset=page.get("charset", "utf-8"),
        )
        if page.get("is_stored"):
            self._article(source, at, url, fetch)

    def _article(self, source: str, at: datetime, url: str, fetch: int) -> None:
        """Store what was published on the day on which it was fetched."""
        article, version = f"{fetch:016x}", f"{fetch:016x}-v"
        self._add(
            "core.article",
            article_id=article,
            source=source,
            url=url,
            first_fetched_at=at,
            last_fetched_at=at,
            current_version_id=version,
        )
        self._add(
            "core.article_version",
            version_id=version,
            article_id=article,
            version_no=1,
            fetch_id=fetch,
            valid_from=at,
            title="t",
            published_on=at.date(),
            published_precision="day",
            text="x",
            text_sha256="x",
            char_count=1,
            charset_chosen="utf-8",
            extract_version=1,
        )
