"""The pages and citations of the small warehouse that `tests.warehouse.filled` fills.

Three sources, two runs, nine articles: an original with an exact and a near repost, a form
letter, a second copy on one source, one page that is gone, one with two versions; right, wrong
and unresolved citations.  All sentences are our own.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

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
DIVORCE_OLD = _DIVORCE.replace("另见", "并参见")
_LETTER_A = "致甲公司全体债权人：本公司自本日起停止催收业务，详情请联系客服。"
_LETTER_B = _LETTER_A.replace("甲公司", "乙公司")
_GONE = "网贷逾期以后\n依照《民法典》第六百七十六条，逾期要支付逾期利息。\n先和平台协商分期。"
_CARD = "信用卡分期\n先看合同里的费率，再和银行谈，不要以贷养贷。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
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
class Cited:
    page: str
    raw: str
    law: tuple[str | None, str]  # statute id, title
    article_no: int | None
    verdict: str
    paragraph_no: int | None = None
    correction: tuple[str, int] | None = None  # law, article


FIRST = datetime(2026, 11, 10, 1, 0, tzinfo=UTC)
SECOND = datetime(2026, 11, 19, 1, 0, tzinfo=UTC)

PAGES = (
    Page(
        name="loan",
        source="lawfirm",
        title="借给朋友的钱要不回来怎么办",
        text=_LOAN,
        published_on=date(2024, 3, 1),
        fetched_at=FIRST,
    ),
    Page(
        name="loan-exact",
        source="debt",
        title="朋友借钱不还？",
        text=_LOAN,
        published_on=date(2024, 3, 9),
        fetched_at=FIRST + timedelta(minutes=1),
        relation="exact",
        canonical="loan",
    ),
    Page(
        name="loan-near",
        source="portal",
        title="要债三步走",
        text=_LOAN_NEAR,
        published_on=None,
        fetched_at=SECOND,
        relation="near",
        canonical="loan",
        similarity=0.86,
    ),
    Page(
        name="divorce",
        source="lawfirm",
        title="离婚时孩子归谁抚养",
        text=_DIVORCE,
        published_on=date(2019, 5, 4),
        fetched_at=SECOND,
    ),
    Page(
        name="divorce-m",
        source="lawfirm",
        title="离婚时孩子归谁抚养",
        text=_DIVORCE,
        published_on=date(2019, 5, 4),
        fetched_at=SECOND,
        relation="exact",
        canonical="divorce",
    ),
    Page(
        name="letter-a",
        source="debt",
        title="停止催收告知函",
        text=_LETTER_A,
        published_on=date(2025, 7, 1),
        fetched_at=FIRST,
    ),
    Page(
        name="letter-b",
        source="debt",
        title="停止催收告知函（乙）",
        text=_LETTER_B,
        published_on=date(2025, 7, 2),
        fetched_at=FIRST,
        relation="template",
        canonical="letter-a",
        similarity=0.95,
    ),
    Page(
        name="gone",
        source="portal",
        title="网贷逾期以后",
        text=_GONE,
        published_on=date(2023, 1, 2),
        fetched_at=FIRST,
    ),
    Page(
        name="card",
        source="portal",
        title='=HYPERLINK("信用卡") <b>分期</b>',
        text=_CARD,
        published_on=date(2026, 11, 1),
        fetched_at=SECOND,
    ),
)

CIVIL, CONTRACT = ("civil-code", "中华人民共和国民法典"), ("contract-law", "中华人民共和国合同法")
MARRIAGE = ("marriage-law", "中华人民共和国婚姻法")
_LOAN_CITED = (
    ("《民法典》第六百七十五条", CIVIL, 675, "in_force", None),
    ("《合同法》第一百零七条", CONTRACT, 107, "repealed", ("民法典", 577)),
)

CITED = (
    *(
        Cited(page=page, raw=raw, law=law, article_no=number, verdict=verdict, correction=mend)
        for page in ("loan", "loan-exact", "loan-near")
        for raw, law, number, verdict, mend in _LOAN_CITED
    ),
    *(
        Cited(page=page, raw=raw, law=law, article_no=number, verdict=verdict, paragraph_no=third)
        for page in ("divorce", "divorce-m")
        for raw, law, number, verdict, third in (
            ("《民法典》第一千零八十四条第三款", CIVIL, 1084, "not_yet_in_force", 3),
            ("《民法典》第一千三百条", CIVIL, 1300, "no_such_article", None),
            ("《婚姻法》第三十六条", MARRIAGE, 36, "in_force", None),
            ("《抚养费指引（试行）》", (None, "抚养费指引（试行）"), None, "unknown_law", None),
        )
    ),
    Cited(
        page="gone", raw="《民法典》第六百七十六条", law=CIVIL, article_no=676, verdict="in_force"
    ),
)
