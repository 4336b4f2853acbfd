"""How the pages and citations of the small warehouse become rows of its tables."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from duckdb import DuckDBPyConnection

from tests.warehouse.filled_pages import PAGES, SECOND, Cited, Page

REGISTRY_VERSION = "0123456789ab"


def page_id(name: str) -> str:
    """Return the article id of the page called `name` here, such as `loan`."""
    return sha256(f"https://{name}.example/".encode()).hexdigest()[:16]


def citation_id(page: str, raw: str) -> str:
    """Return the id of the citation `raw` on the page called `page` here."""
    return sha256(f"{page} {raw}".encode()).hexdigest()[:16]


def insert_row(connection: DuckDBPyConnection, table: str, **values: Any) -> None:
    """Insert one row; columns not named are NULL."""
    columns, places = ", ".join(values), ", ".join("?" * len(values))
    connection.execute(
        f"INSERT INTO {table} ({columns}) VALUES ({places})",  # noqa: S608 - names are ours
        list(values.values()),
    )


def insert_fetch(connection: DuckDBPyConnection, *, fetch_id: int, **values: Any) -> None:
    """Insert an answered fetch with a place of its own in the archive; `values` go first."""
    defaults = {
        "status": 200,
        "kind": "article",
        "bytes": 4096,
        "archive_file": "fatiao-20261110-00001.warc.gz",
        "archive_offset": fetch_id * 5000,
        "archive_length": 1500,
        "payload_digest": "sha256:" + "0" * 64,
    }
    insert_row(connection, "ops.fetch", fetch_id=fetch_id, **(defaults | values))


def insert_page(connection: DuckDBPyConnection, number: int, page: Page) -> None:
    """Insert an article with its fetch, `number`, its version and its place among the reposts."""
    article_id = page_id(page.name)
    url = f"https://{page.source}.example/{page.name}.html"
    insert_fetch(
        connection,
        fetch_id=number,
        run_id=1 if page.fetched_at < SECOND else 2,
        source=page.source,
        url=url,
        fetched_at=page.fetched_at,
        payload_digest="sha256:" + sha256(page.text.encode()).hexdigest(),
    )
    insert_row(
        connection,
        "core.article",
        article_id=article_id,
        source=page.source,
        url=url,
        first_fetched_at=page.fetched_at,
        last_fetched_at=page.fetched_at,
        current_version_id=f"{article_id}-1",
    )
    insert_version(connection, page, number=1, fetch_id=number)
    _insert_place(connection, page)


def _insert_place(connection: DuckDBPyConnection, page: Page) -> None:
    """Insert what is said of the page's group."""
    article_id = page_id(page.name)
    canonical = page_id(page.canonical or page.name)
    insert_row(
        connection,
        "core.member",
        article_id=article_id,
        order_key=str(page.fetched_at),
        seen_key=str(page.fetched_at),
        source=page.source,
        is_timed=False,
        names=[],
        credits=[],
    )
    insert_row(
        connection,
        "core.duplicate",
        article_id=article_id,
        cluster_id=canonical,
        canonical_id=canonical,
        relation=page.relation,
        similarity=page.similarity,
        rare_similarity=page.similarity,
        matched_id=canonical if page.canonical else None,
        epoch=1,
    )
    if page.canonical:
        connection.execute(
            "INSERT OR IGNORE INTO core.cluster (cluster_id, canonical_id, rule, evidence)"
            " VALUES (?, ?, 'dated', '2024-01-01 < 2024-02-01')",
            [canonical, canonical],
        )


def insert_version(
    connection: DuckDBPyConnection,
    page: Page,
    *,
    number: int,
    fetch_id: int,
    valid_to: datetime | None = None,
) -> None:
    """Insert what the page said from `page.fetched_at` on."""
    article_id = page_id(page.name)
    dated = page.published_on is not None
    insert_row(
        connection,
        "core.article_version",
        version_id=f"{article_id}-{number}",
        article_id=article_id,
        version_no=number,
        fetch_id=fetch_id,
        valid_from=page.fetched_at,
        valid_to=valid_to,
        title=page.title,
        author="王律师",
        category="债权债务",
        published_on=page.published_on,
        published_precision="day" if dated else None,
        published_evidence=f"发布时间：{page.published_on}" if dated else None,
        text=page.text,
        text_sha256=sha256(page.text.encode()).hexdigest(),
        char_count=len(page.text),
        charset_chosen="utf-8",
        extract_version=1,
    )


def insert_citation(connection: DuckDBPyConnection, cited: Cited) -> None:
    """Insert a citation, and its verdict."""
    page = next(page for page in PAGES if page.name == cited.page)
    start = page.text.index(cited.raw)
    statute_id, title = cited.law
    law, number = cited.correction or (None, None)
    insert_row(
        connection,
        "core.citation",
        citation_id=citation_id(cited.page, cited.raw),
        version_id=f"{page_id(page.name)}-1",
        article_id=page_id(page.name),
        start_char=start,
        end_char=start + len(cited.raw),
        raw_text=cited.raw,
        sentence=next(line for line in page.text.split("\n") if cited.raw in line),
        statute_id=statute_id,
        law_title=title,
        article_no=cited.article_no,
        paragraph_no=cited.paragraph_no,
        form="title_short",
        is_anaphoric=False,
        as_of=page.published_on or page.fetched_at.date(),
        verdict=cited.verdict,
        confidence="medium",
        detail="自编的例子",
        detail_en="a made-up example",
        evidence_table="statutes" if statute_id else None,
        evidence_origin="made up",
        correction_law=law,
        correction_article_no=number,
        cite_version=1,
        registry_version=REGISTRY_VERSION,
    )
