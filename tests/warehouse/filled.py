"""A small warehouse filled by plain INSERTs, for the tests of views, checks, publishing, report.

What it holds stands in `tests.warehouse.filled_pages`.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from duckdb import DuckDBPyConnection

from tests.warehouse.filled_pages import (
    CITED,
    CIVIL,
    CONTRACT,
    DIVORCE_OLD,
    FIRST,
    MARRIAGE,
    PAGES,
    SECOND,
    Page,
)
from tests.warehouse.filled_rows import (
    REGISTRY_VERSION,
    citation_id,
    insert_citation,
    insert_fetch,
    insert_page,
    insert_row,
    insert_version,
    page_id,
)
from warehouse.store import transaction, write_meta

BUILT_AT = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)

__all__ = ["BUILT_AT", "citation_id", "fill_warehouse", "insert_row", "page_id"]


def fill_warehouse(connection: DuckDBPyConnection) -> None:
    """Fill the empty warehouse of `connection` with the rows described above."""
    with transaction(connection):
        _fill_runs(connection)
        for name in ("lawfirm", "debt", "portal"):
            _fill_source(connection, name)
        _fill_refusals(connection)
        _fill_statutes(connection)
        for number, page in enumerate(PAGES, start=1):
            insert_page(connection, number, page)
        _fill_old_version(connection)
        _fill_thread(connection)
        for cited in CITED:
            insert_citation(connection, cited)
        _fill_override(connection)
        _fill_relation(connection)
        connection.execute(
            "UPDATE core.article SET gone_at = ? WHERE article_id = ?", [SECOND, page_id("gone")]
        )
        write_meta(
            connection,
            {
                "built_at": BUILT_AT.isoformat(),
                "code_version": "0.1.0",
                "run_id": "2",
                "registry_version": REGISTRY_VERSION,
            },
        )


def _fill_relation(connection: DuckDBPyConnection) -> None:
    """Two articles of different groups share their first words."""
    names = [page.name for page in PAGES if page.canonical is None][:2]
    for number, name in enumerate(names, start=1):
        insert_row(
            connection,
            "core.signature",
            text_no=number,
            text_digest=name,
            head_id=page_id(name),
            head_order=str(number),
            signature=[],
            root_no=number,
        )
    insert_row(
        connection,
        "core.relation",
        text_no=2,
        other_no=1,
        relation="quotes",
        similarity=0.5,
        start_char=0,
        end_char=8,
        other_start=0,
        other_end=8,
        other_paragraph=0,
    )


def _fill_override(connection: DuckDBPyConnection) -> None:
    insert_row(
        connection,
        "ops.override",
        line=2,
        kind="date",
        url="https://portal.example/lost.html",
        value="2024-01-31",
        published_on=date(2024, 1, 31),
        note="自编的例子",
        state="misfit",
        detail="no article has this address",
    )


def _fill_statutes(connection: DuckDBPyConnection) -> None:
    _fill_statute(connection, CIVIL, "民法典", since=date(2021, 1, 1), articles=1260)
    for law, short, since, articles in (
        (CONTRACT, "合同法", date(1999, 10, 1), 428),
        (MARRIAGE, "婚姻法", date(2001, 4, 28), 51),
    ):
        _fill_statute(connection, law, short, since=since, articles=articles)
        connection.execute(
            "UPDATE core.statute SET repealed_on = '2021-01-01', replaced_by = ?"
            " WHERE statute_id = ?",
            [CIVIL[0], law[0]],
        )
        connection.execute(
            "UPDATE core.statute_version SET effective_to = '2020-12-31' WHERE statute_id = ?",
            [law[0]],
        )


def _fill_statute(
    connection: DuckDBPyConnection, law: tuple[str, str], short: str, *, since: date, articles: int
) -> None:
    statute_id, title = law
    origin = {"is_confirmed": True, "origin": "test"}
    insert_row(
        connection,
        "core.statute",
        statute_id=statute_id,
        title=title,
        short_title=short,
        kind="law",
        **origin,
    )
    insert_row(
        connection,
        "core.statute_version",
        statute_id=statute_id,
        effective_from=since,
        article_count=articles,
        **origin,
    )
    insert_row(connection, "core.statute_alias", alias=short, statute_id=statute_id)


def _fill_thread(connection: DuckDBPyConnection) -> None:
    """The divorce page is a question, and the answer to it the rest of its text."""
    ((version, text),) = connection.execute(
        "SELECT version_id, text FROM core.article_version WHERE article_id = ?"
        " ORDER BY version_no DESC LIMIT 1",
        [page_id("divorce")],
    ).fetchall()
    end = text.index("\n") if "\n" in text else len(text) // 2
    for number, kind, start, stop in ((1, "question", 0, end), (2, "answer", end + 1, len(text))):
        insert_row(
            connection,
            "core.part",
            version_id=version,
            article_id=page_id("divorce"),
            part_no=number,
            kind=kind,
            start_char=start,
            end_char=stop,
            author="小满",
            is_accepted=False,
        )


def _fill_runs(connection: DuckDBPyConnection) -> None:
    for number, start in enumerate((FIRST, SECOND), start=1):
        insert_row(
            connection,
            "ops.run",
            run_id=number,
            started_at=start,
            requests=8,
            errors=1,
            finished_at=start + timedelta(minutes=20),
            outcome="finished",
        )


def _fill_source(connection: DuckDBPyConnection, name: str) -> None:
    """One of them, `debt`, failed in the second run."""
    failed = name == "debt"
    insert_row(
        connection,
        "ops.source_run",
        run_id=2,
        source=name,
        requests=1 if failed else 3,
        ok=0 if failed else 3,
        not_modified=0,
        errors=1 if failed else 0,
        articles_seen=2,
        state="ok",
        reason="3 of 3 requests answered",
    )
    insert_row(
        connection,
        "core.source",
        source=name,
        enabled=True,
        delay_s=3.0,
        start_url=f"https://{name}.example/",
    )


def _fill_refusals(connection: DuckDBPyConnection) -> None:
    """Two pages that are no article, and one that was not answered."""
    for fetch_id, reason in ((101, "listing"), (102, "needs_javascript")):
        said: dict[str, Any] = {
            "fetch_id": fetch_id,
            "source": "portal",
            "url": f"https://portal.example/{reason}",
            "fetched_at": FIRST,
        }
        insert_fetch(connection, run_id=1, kind="listing", **said)
        insert_row(connection, "core.rejection", reason=reason, detail="自编的例子", **said)
    insert_row(
        connection,
        "ops.fetch",
        fetch_id=103,
        run_id=2,
        source="debt",
        kind="error",
        url="https://debt.example/down",
        fetched_at=SECOND,
        status=503,
        error="HTTP 503",
    )


def _fill_old_version(connection: DuckDBPyConnection) -> None:
    """The divorce page read otherwise on the first run; its citations then are kept too."""
    page = next(page for page in PAGES if page.name == "divorce")
    before = Page(
        name=page.name,
        source=page.source,
        title=page.title,
        text=DIVORCE_OLD,
        published_on=page.published_on,
        fetched_at=FIRST,
    )
    connection.execute(
        "UPDATE core.article_version SET version_no = 2 WHERE article_id = ?", [page_id("divorce")]
    )
    insert_fetch(
        connection,
        fetch_id=100,
        run_id=1,
        source=page.source,
        url="https://lawfirm.example/divorce.html",
        fetched_at=FIRST,
    )
    insert_version(connection, before, number=0, fetch_id=100, valid_to=SECOND)
    connection.execute("UPDATE core.article_version SET version_no = 1 WHERE version_no = 0")
    connection.execute(
        "UPDATE core.article SET first_fetched_at = ? WHERE article_id = ?",
        [FIRST, page_id("divorce")],
    )
