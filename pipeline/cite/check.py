"""Find, resolve and verify in one call: what the warehouse and `fatiao cite` use."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from pipeline.cite.anchors import Form
from pipeline.cite.context import Resolved
from pipeline.cite.find import find_mentions
from pipeline.cite.pinpoint import Pinpoint
from pipeline.cite.plain import plain_text
from pipeline.cite.resolve import is_anaphoric, resolve
from pipeline.cite.verify import Correction, Verdict, verify
from pipeline.statutes import Registry, StatuteId

CITE_VERSION: Final = 2  # raise it when the same text gives other citations or verdicts

_PLACE: Final = ("article", "article_suffix", "article_end", "paragraph", "item", "item_end")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedCitation:
    """A citation with its verdict; positions are half-open code points into the text given."""

    start: int
    end: int
    raw: str
    canonical: str | None  # the law's full title; None: an anaphor without antecedent
    statute_id: StatuteId | None  # None: not in the registry, or ambiguous
    article: int | None
    article_suffix: int | None  # 1 in 第三百八十八条之一
    article_end: int | None
    paragraph: int | None
    item: int | None
    item_end: int | None
    doc_number: str | None
    form: Form
    anaphoric: bool
    antecedent: int | None  # start of the citation it hangs on
    verdict: Verdict  # as of the day asked for
    detail: str
    correction: Correction | None
    verdict_today: Verdict
    quote: None = None  # quotations are not compared yet


def cite(
    text: str, *, as_of: date, today: date, registry: Registry, title: str | None = None
) -> list[CheckedCitation]:
    """Return the citations in `text`, in order, judged by the law in force on `as_of`.

    `title` is the page's: where the text is a statute, and the title its name, 本法 means it.
    Pure, linear in the length of the text, and never raises, whatever the text holds.
    """
    plain = plain_text(text)
    resolved = resolve(plain, find_mentions(plain, registry), registry, page_title=title)
    return [_checked(text, each, as_of, today, registry) for each in resolved]


def as_json(citation: CheckedCitation) -> dict[str, Any]:
    """Return the citation as `fatiao cite` prints it; fields may be added, never changed.

    `article` and the parts below it are places in `canonical`.  Where the law named elsewhere was
    not found there is no such place, and the numbers stand under `unresolved`.
    """
    row = asdict(citation)
    row["unresolved"] = None
    if citation.canonical is None:
        row["unresolved"] = {name: row[name] for name in _PLACE}
        row |= dict.fromkeys(_PLACE)
    return row


def _checked(
    text: str, resolved: Resolved, as_of: date, today: date, registry: Registry
) -> CheckedCitation:
    mention, law = resolved.mention, resolved.law
    pinpoint: Pinpoint = resolved.pinpoint
    finding = verify(law, pinpoint, mention.number, day=as_of, registry=registry)
    now = verify(law, pinpoint, mention.number, day=today, registry=registry)
    only = law.candidates[0] if law and len(law.candidates) == 1 else None
    return CheckedCitation(
        start=mention.start,
        end=mention.end,
        raw=text[mention.start : mention.end],
        canonical=law.title if law else None,
        statute_id=only.statute_id if only else None,
        article=pinpoint.article,
        article_suffix=pinpoint.suffix,
        article_end=pinpoint.article_end,
        paragraph=pinpoint.paragraph,
        item=pinpoint.item,
        item_end=pinpoint.item_end,
        doc_number=mention.number,
        form=mention.form,
        anaphoric=is_anaphoric(resolved),
        antecedent=resolved.antecedent,
        verdict=finding.verdict,
        detail=finding.detail,
        correction=finding.correction,
        verdict_today=now.verdict,
    )
