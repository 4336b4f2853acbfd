"""One text as a page: each citation marked by its verdict, explained where the pointer rests."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from importlib.resources import files
from typing import Final

from pipeline.cite.check import CheckedCitation
from pipeline.cite.explain import spelled
from pipeline.cite.finding import Confidence
from pipeline.statutes import Place
from warehouse.report.markup import text
from warehouse.report.page import POLICY
from warehouse.report.words import VERDICTS, verdict_word

_SURE: Final = {Confidence.HIGH: "高", Confidence.MEDIUM: "中", Confidence.LOW: "低"}
Words = Callable[[str, Place], str | None]  # of an act by its title: an article's, where imported


def marked_page(title: str, body: str, citations: Sequence[CheckedCitation], words: Words) -> str:
    """Return a page that shows `body` with its citations; needs no network and no script."""
    style = "".join(
        files("warehouse.report").joinpath(name).read_text(encoding="utf-8")
        for name in ("style.css", "marked.css")
    )
    return (
        '<!DOCTYPE html>\n<html lang="zh"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{text(title)}</title><style>{style}</style></head>"
        '<body class="marked">'
        f'<header class="top"><h1>{text(title)}</h1>{_key(citations)}</header>'
        f'<main class="text">{"".join(_marked(body, citations, words))}</main></body></html>\n'
    )


def _key(citations: Sequence[CheckedCitation]) -> str:
    counts = Counter(str(citation.verdict) for citation in citations)
    items = (
        f'<li><i class="v-{verdict}"></i>{text(verdict_word(verdict).name)} {counts[verdict]}</li>'
        for verdict in VERDICTS
        if counts[verdict]
    )
    return f'<ul class="key">{"".join(items)}</ul>'


def _marked(body: str, citations: Sequence[CheckedCitation], words: Words) -> Iterator[str]:
    at = 0
    for citation in citations:
        yield text(body[at : citation.start])
        yield (
            f'<mark class="u-{citation.verdict}" tabindex="0">{text(citation.raw)}'
            f'<span class="note">{_note(citation, words)}</span></mark>'
        )
        at = citation.end
    yield text(body[at:])


def _note(citation: CheckedCitation, words: Words) -> str:
    mend = _correction(citation)
    name = text(verdict_word(citation.verdict).name)
    lines = [
        f"<b>{name} <small>把握{_SURE[citation.confidence]}</small></b>{text(citation.detail)}",
        f'<span class="en" lang="en">{text(citation.detail_en)}</span>',
        *([f"<b>应为 {text(mend)}</b>"] if mend else []),
        *(f"<q>{text(line)}</q>" for line in _provisions(citation, words)),
    ]
    return "".join(lines)


def _correction(citation: CheckedCitation) -> str:
    """Return what should have been cited, empty where that is not known."""
    mend = citation.correction
    if mend is None:
        return ""
    title = f"《{mend.canonical}》" if mend.canonical else ""
    place = spelled((mend.article, mend.article_suffix or 0)) if mend.article else ""
    return f"{title}{place}{mend.doc_number or ''}"


def _provisions(citation: CheckedCitation, words: Words) -> Iterator[str]:
    """Yield the words of the article cited and of the one that should have been."""
    mend = citation.correction
    places: list[tuple[str, Place]] = []
    if citation.article and citation.canonical:
        places.append((citation.canonical, (citation.article, citation.article_suffix or 0)))
    if mend and mend.article and mend.canonical:
        places.append((mend.canonical, (mend.article, mend.article_suffix or 0)))
    for title, place in places:
        if found := words(title, place):
            name = "" if title == citation.canonical else f"《{title}》"
            yield f"{name}{spelled(place)}　{found}"
