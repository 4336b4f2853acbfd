"""A small warehouse filled by plain INSERTs, for the tests of views, checks, publishing, report.

Three sources, two runs, nine articles: an original with an exact and a near repost, a form
letter, a second copy on one source, one page that is gone, one with two versions; right, wrong
and unresolved citations.  All sentences are our own.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

from duckdb import DuckDBPyConnection

from warehouse.store import transaction, write_meta

BUILT_AT = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
REGISTRY_VERSION = "0123456789ab"

_LOAN = (
    "借给朋友的钱要不回来怎么办\n"
    "根据《民法典》第六百七十五条，借款人应当按照约定的期限返还借款。\n"
    "以前的《合同法》第一百零七条也讲违约责任，不过它已经废止。\n"
    "起诉前请先整理转账记录和聊天记录，并写清楚催款的日期。"
)
_LOAN_NEAR = _LOAN.replace("起诉前请先", "提起诉讼以前，请您先") + "\n本所律师可以代为整理。"
_DIVORCE = (
    "离婚时孩子归谁抚养\n"
    "不满两周岁的孩子，按《民法典》第一千零八十四条第三款，以由母亲直接抚养为原则。\n"
    "有人引用《民法典》第一千三百条，这一条并不存在。\n"
    "另见《婚姻法》第三十六条，以及《抚养费指引（试行）》的说法。"
)
_DIVORCE_OLD = _DIVORCE.replace("另见", "并参见")
_LETTER_A = "致甲公司全体债权人：本公司自本日起停止催收业务，详情请联系客服。"
_LETTER_B = _LETTER_A.replace("甲公司", "乙公司")
_GONE = "网贷逾期以后\n依照《民法典》第六百七十六条，逾期要支付逾期利息。\n先和平台协商分期。"
_CARD = "信用卡分期\n先看合同里的费率，再和银行谈，不要以贷养贷。"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    name: str  # article id is made of it
    source: str
    title: str
    text: str
    published_on: date | None
    fetched_at: datetime
    relation: str = "original"
    canonical: str | None = None  # name of the article it repeats
    similarity: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cited:
    page: str
    raw: str
    law: tuple[str | None, str]  # statute id, title
    article_no: int | None
    verdict: str
    paragraph_no: int | None = None
    correction: tuple[str, int] | None = None  # law, article


_FIRST = datetime(2026, 11, 10, 1, 0, tzinfo=UTC)
_SECOND = datetime(2026, 11, 19, 1, 0, tzinfo=UTC)

_PAGES = (
    _Page(
        name="loan",
        source="lawfirm",
        title="借给朋友的钱要不回来怎么办",
        text=_LOAN,
        published_on=date(2024, 3, 1),
        fetched_at=_FIRST,
    ),
    _Page(
        name="loan-exact",
        source="debt",
        title="朋友借钱不还？",
        text=_LOAN,
        published_on=date(2024, 3, 9),
        fetched_at=_FIRST + timedelta(minutes=1),
        relation="exact",
        canonical="loan",
    ),
    _Page(
        name="loan-near",
        source="portal",
        title="要债三步走",
        text=_LOAN_NEAR,
        published_on=None,
        fetched_at=_SECOND,
        relation="near",
        canonical="loan",
        similarity=0.86,
    ),
    _Page(
        name="divorce",
        source="lawfirm",
        title="离婚时孩子归谁抚养",
        text=_DIVORCE,
        published_on=date(2019, 5, 4),
        fetched_at=_SECOND,
    ),
    _Page(
        name="divorce-m",
        source="lawfirm",
        title="离婚时孩子归谁抚养",
        text=_DIVORCE,
        published_on=date(2019, 5, 4),
        fetched_at=_SECOND,
        relation="exact",
        canonical="divorce",
    ),
    _Page(
        name="letter-a",
        source="debt",
        title="停止催收告知函",
        text=_LETTER_A,
        published_on=date(2025, 7, 1),
        fetched_at=_FIRST,
    ),
    _Page(
        name="letter-b",
        source="debt",
        title="停止催收告知函（乙）",
        text=_LETTER_B,
        published_on=date(2025, 7, 2),
        fetched_at=_FIRST,
        relation="template",
        canonical="letter-a",
        similarity=0.95,
    ),
    _Page(
        name="gone",
        source="portal",
        title="网贷逾期以后",
        text=_GONE,
        published_on=date(2023, 1, 2),
        fetched_at=_FIRST,
    ),
    _Page(
        name="card",
        source="portal",
        title='=HYPERLINK("信用卡") <b>分期</b>',
        text=_CARD,
        published_on=date(2026, 11, 1),
        fetched_at=_SECOND,
    ),
)

_CIVIL, _CONTRACT = ("civil-code", "中华人民共和国民法典"), ("contract-law", "中华人民共和国合同法")
_MARRIAGE = ("marriage-law", "中华人民共和国婚姻法")
_LOAN_CITED = (
    ("《民法典》第六百七十五条", _CIVIL, 675, "in_force", None),
    ("《合同法》第一百零七条", _CONTRACT, 107, "repealed", ("民法典", 577)),
)

_CITED = (
    *(
        _Cited(page=page, raw=raw, law=law, article_no=number, verdict=verdict, correction=mend)
        for page in ("loan", "loan-exact", "loan-near")
        for raw, law, number, verdict, mend in _LOAN_CITED
    ),
    *(
        _Cited(page=page, raw=raw, law=law, article_no=number, verdict=verdict, paragraph_no=third)
        for page in ("divorce", "divorce-m")
        for raw, law, number, verdict, third in (
            ("《民法典》第一千零八十四条第三款", _CIVIL, 1084, "not_yet_in_force", 3),
            ("《民法典》第一千三百条", _CIVIL, 1300, "no_such_article", None),
            ("《婚姻法》第三十六条", _MARRIAGE, 36, "in_force", None),
            ("《抚养费指引（试行）》", (None, "抚养费指引（试行）"), None, "unknown_law", None),
        )
    ),
    _Cited(
        page="gone", raw="《民法典》第六百七十六条", law=_CIVIL, article_no=676, verdict="in_force"
    ),
)


def page_id(name: str) -> str:
    """Return the article id of the page called `name` here, such as `loan`."""
    return sha256(f"https://{name}.example/".encode()).hexdigest()[:16]


def citation_id(page: str, raw: str) -> str:
    """Return the id of the citation `raw` on the page called `page` here."""
    return sha256(f"{page} {raw}".encode()).hexdigest()[:16]


def fill_warehouse(connection: DuckDBPyConnection) -> None:
    """Fill the empty warehouse of `connection` with the rows described above."""
    with transaction(connection):
        _fill_operations(connection)
        _fill_statutes(connection)
        for number, page in enumerate(_PAGES, start=1):
            _fill_page(connection, number, page)
        _fill_old_version(connection)
        _fill_thread(connection)
        for cited in _CITED:
            _fill_citation(connection, cited)
        _fill_override(connection)
        _fill_relation(connection)
        connection.execute(
            "UPDATE core.article SET gone_at = ? WHERE article_id = ?", [_SECOND, page_id("gone")]
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
    names = [page.name for page in _PAGES if page.canonical is None][:2]
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


def _fill_operations(connection: DuckDBPyConnection) -> None:
    for number, start in enumerate((_FIRST, _SECOND), start=1):
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
    for name in ("lawfirm", "debt", "portal"):
        insert_row(
            connection,
            "ops.source_run",
            run_id=2,
            source=name,
            requests=1 if name == "debt" else 3,
            ok=0 if name == "debt" else 3,
            not_modified=0,
            errors=1 if name == "debt" else 0,
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
    for fetch_id, reason in ((101, "listing"), (102, "needs_javascript")):
        url = f"https://portal.example/{reason}"
        insert_row(
            connection,
            "ops.fetch",
            fetch_id=fetch_id,
            run_id=1,
            source="portal",
            url=url,
            fetched_at=_FIRST,
            status=200,
            kind="listing",
            bytes=2048,
            archive_file="fatiao-20261110-00001.warc.gz",
            archive_offset=fetch_id * 1000,
            archive_length=900,
            payload_digest="sha256:" + "0" * 64,
        )
        insert_row(
            connection,
            "core.rejection",
            fetch_id=fetch_id,
            source="portal",
            url=url,
            fetched_at=_FIRST,
            reason=reason,
            detail="自编的例子",
        )
    insert_row(
        connection,
        "ops.fetch",
        fetch_id=103,
        run_id=2,
        source="debt",
        kind="error",
        url="https://debt.example/down",
        fetched_at=_SECOND,
        status=503,
        error="HTTP 503",
    )


def _fill_statutes(connection: DuckDBPyConnection) -> None:
    rows = (
        (*_CIVIL, "民法典", None, None, date(2021, 1, 1), None, 1260),
        (
            *_CONTRACT,
            "合同法",
            date(2021, 1, 1),
            "civil-code",
            date(1999, 10, 1),
            date(2020, 12, 31),
            428,
        ),
        (
            *_MARRIAGE,
            "婚姻法",
            date(2021, 1, 1),
            "civil-code",
            date(2001, 4, 28),
            date(2020, 12, 31),
            51,
        ),
    )
    for statute_id, title, short, repealed, successor, start, end, count in rows:
        insert_row(
            connection,
            "core.statute",
            statute_id=statute_id,
            title=title,
            short_title=short,
            kind="law",
            repealed_on=repealed,
            replaced_by=successor,
            is_confirmed=True,
            origin="test",
        )
        insert_row(
            connection,
            "core.statute_version",
            statute_id=statute_id,
            effective_from=start,
            effective_to=end,
            article_count=count,
            is_confirmed=True,
            origin="test",
        )
        insert_row(connection, "core.statute_alias", alias=short, statute_id=statute_id)


def _fill_page(connection: DuckDBPyConnection, number: int, page: _Page) -> None:
    article_id = page_id(page.name)
    url = f"https://{page.source}.example/{page.name}.html"
    insert_row(
        connection,
        "ops.fetch",
        fetch_id=number,
        run_id=1 if page.fetched_at < _SECOND else 2,
        source=page.source,
        url=url,
        fetched_at=page.fetched_at,
        status=200,
        kind="article",
        bytes=4096,
        archive_file="fatiao-20261110-00001.warc.gz",
        archive_offset=number * 5000,
        archive_length=1500,
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
    _insert_version(connection, page, number=1, fetch_id=number)
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


def _fill_old_version(connection: DuckDBPyConnection) -> None:
    """The divorce page read otherwise on the first run; its citations then are kept too."""
    page = next(page for page in _PAGES if page.name == "divorce")
    before = _Page(
        name=page.name,
        source=page.source,
        title=page.title,
        text=_DIVORCE_OLD,
        published_on=page.published_on,
        fetched_at=_FIRST,
    )
    connection.execute(
        "UPDATE core.article_version SET version_no = 2 WHERE article_id = ?", [page_id("divorce")]
    )
    insert_row(
        connection,
        "ops.fetch",
        fetch_id=100,
        run_id=1,
        source=page.source,
        url="https://lawfirm.example/divorce.html",
        fetched_at=_FIRST,
        status=200,
        kind="article",
        bytes=4000,
        archive_file="fatiao-20261110-00001.warc.gz",
        archive_offset=1,
        archive_length=1400,
        payload_digest="sha256:" + "1" * 64,
    )
    _insert_version(connection, before, number=0, fetch_id=100, valid_to=_SECOND)
    connection.execute("UPDATE core.article_version SET version_no = 1 WHERE version_no = 0")
    connection.execute(
        "UPDATE core.article SET first_fetched_at = ? WHERE article_id = ?",
        [_FIRST, page_id("divorce")],
    )


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


def _insert_version(
    connection: DuckDBPyConnection,
    page: _Page,
    *,
    number: int,
    fetch_id: int,
    valid_to: datetime | None = None,
) -> None:
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


def _fill_citation(connection: DuckDBPyConnection, cited: _Cited) -> None:
    page = next(page for page in _PAGES if page.name == cited.page)
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


def insert_row(connection: DuckDBPyConnection, table: str, **values: Any) -> None:
    """Insert one row; columns not named are NULL."""
    columns, places = ", ".join(values), ", ".join("?" * len(values))
    connection.execute(
        f"INSERT INTO {table} ({columns}) VALUES ({places})",  # noqa: S608 - names are ours
        list(values.values()),
    )
