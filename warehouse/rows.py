"""The rows of the warehouse's tables, made from fetches and from workers' results; pure."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from crawler.decode import clean_text
from crawler.frontier.store import Fetch
from crawler.urls import CanonicalUrl, article_id
from pipeline.article import EXTRACT_VERSION, Article
from pipeline.cite.check import CITE_VERSION, CheckedCitation
from pipeline.dates import Published
from pipeline.parts.record import Part
from pipeline.statutes import load_registry
from warehouse.workers import PageResult, VersionPage, text_digest

Row = Mapping[str, Any]

_SENTENCE_ENDS: Final = "。！？!?；;\n"
_SENTENCE_REACH: Final = 120  # characters shown at most on either side of a citation


def fetch_row(fetch: Fetch) -> Row:
    """Return the row of `ops.fetch` for one fetch of the frontier."""
    location = fetch.location
    return {
        "fetch_id": fetch.fetch_id,
        "run_id": fetch.run_id,
        "source": fetch.source,
        "url": clean_text(fetch.final_url),
        "fetched_at": fetch.fetched_at,
        "status": fetch.status,
        "kind": fetch.kind,
        "error": fetch.error,
        "bytes": fetch.bytes,
        "archive_file": location.file if location else None,
        "archive_offset": location.offset if location else None,
        "archive_length": location.length if location else None,
        "payload_digest": fetch.payload_digest,
        "robots_at": fetch.robots_at,
        "robots_rule": None if fetch.robots_rule is None else clean_text(fetch.robots_rule),
    }


def outcome_row(fetch: Fetch, outcome: str) -> Row:
    """Return a page row for a fetch that brought no page: `not_modified` or `gone`."""
    return {
        "fetch_id": fetch.fetch_id,
        "outcome": outcome,
        "article_id": article_id(CanonicalUrl(fetch.final_url)),
        "source": fetch.source,
        "url": fetch.final_url,
        "fetched_at": fetch.fetched_at,
    }


def page_row(result: PageResult) -> Row:
    """Return the page row of one worker's result."""
    job, page = result.job, result.page
    identity = article_id(CanonicalUrl(result.url))
    row: dict[str, Any] = {
        "fetch_id": job.fetch_id,
        "article_id": identity,
        "source": job.source,
        "url": result.url,
        "fetched_at": job.fetched_at,
        "charset_declared": result.charset_declared,
        "charset_chosen": result.charset_chosen,
        "skeleton": result.skeleton,
        "extract_version": EXTRACT_VERSION,
    }
    if not isinstance(page, Article):
        return row | {
            "outcome": "rejected",
            "reason": str(page.reason),
            "detail": clean_text(page.detail),
        }
    return row | {
        "outcome": "article",
        "version_id": version_id(identity, page.text),
        **_article_cells(page),
        "incomplete": result.incomplete,
        "pages": [_page(one) for one in result.pages],
    }


def _article_cells(page: Article) -> Row:
    """Return what the article itself says."""
    return {
        "title": page.title,
        "author": page.author,
        "category": page.category,
        **_dated(page.published),
        "published_place": page.published.place or None if page.published else None,
        "publisher": page.publisher,
        "tags": list(page.tags),
        "origin": page.origin.name if page.origin else None,
        "origin_url": page.origin.url if page.origin else None,
        "parts": [_part(number, part) for number, part in enumerate(page.parts, 1)],
        "text": page.text,
        "text_sha256": text_digest(page.text),
        "char_count": len(page.text),
        "extractor": page.extractor,
    }


def _dated(published: Published | None) -> Row:
    """Return the cells of a date, a time as Beijing writes it."""
    at = published.at if published else None
    return {
        "published_at": at.isoformat() if at else None,
        "published_on": published.on.isoformat() if published else None,
        "published_precision": published.precision if published else None,
        "published_evidence": clean_text(published.evidence) if published else None,
    }


def _part(number: int, part: Part) -> Row:
    return {
        "part_no": number,
        "kind": str(part.kind),
        "start_char": part.start,
        "end_char": part.end,
        "author": part.author,
        **_dated(part.published),
        "is_accepted": part.is_accepted,
    }


def _page(page: VersionPage) -> Row:
    return {
        "page_no": page.number,
        "fetch_id": page.fetch_id,
        "url": clean_text(page.url),
        "start_char": page.start,
        "end_char": page.end,
    }


def version_id(article: str, text: str) -> str:
    """Return the identity of one text of one article, 33 characters.

    Where a text comes back, `sql/load/pages.sql` appends a number.
    """
    return f"{article}-{text_digest(text)[:16]}"


def citation_rows(result: PageResult) -> list[Row]:
    """Return the rows of `core.citation` for one worker's result."""
    if not isinstance(result.page, Article):
        return []
    identity = article_id(CanonicalUrl(result.url))
    text = result.page.text
    version = version_id(identity, text)
    return checked_rows(identity, version, text, result.as_of, result.citations)


def checked_rows(
    article: str, version: str, text: str, as_of: date, found: Iterable[CheckedCitation]
) -> list[Row]:
    """Return the rows of `core.citation` for the citations found in one version of an article."""
    of_all = {
        "version_id": version,
        "article_id": article,
        "as_of": as_of,
        "cite_version": CITE_VERSION,
        "registry_version": load_registry().version,
    }
    return [
        {
            "citation_id": _citation_id(version, one.start, one.end),
            "sentence": sentence_around(text, one.start, one.end),
            **of_all,
            **_found_cells(one),
            **_verdict_cells(one),
        }
        for one in found
    ]


def _found_cells(one: CheckedCitation) -> Row:
    """Return what was read."""
    return {
        "start_char": one.start,
        "end_char": one.end,
        "raw_text": one.raw,
        "statute_id": one.statute_id,
        "law_title": one.canonical,
        "article_no": one.article,
        "article_suffix": one.article_suffix,
        "article_end": one.article_end,
        "paragraph_no": one.paragraph,
        "item_no": one.item,
        "item_end": one.item_end,
        "document_number": one.doc_number,
        "form": str(one.form),
        "is_anaphoric": one.anaphoric,
        "antecedent_start": one.antecedent,
    }


def _verdict_cells(one: CheckedCitation) -> Row:
    """Return what was made of it, why, and what should be cited instead."""
    mend = one.correction
    return {
        "verdict": str(one.verdict),
        "confidence": str(one.confidence),
        "detail": one.detail,
        "detail_en": one.detail_en,
        **_evidence_cells(one),
        "correction_law": mend.canonical if mend else None,
        "correction_article_no": mend.article if mend else None,
        "correction_suffix": mend.article_suffix if mend else None,
        "correction_number": mend.doc_number if mend else None,
    }


def _evidence_cells(one: CheckedCitation) -> Row:
    evidence, quote = one.evidence, one.quote
    return {
        "evidence_table": str(evidence.table) if evidence else None,
        "evidence_from": evidence.effective_from if evidence else None,
        "evidence_origin": evidence.origin if evidence else None,
        "evidence_words": evidence.words if evidence else None,
        "quote_start": quote.start if quote else None,
        "quote_end": quote.end if quote else None,
        "quote_similarity": quote.alike if quote else None,
    }


def sentence_around(text: str, start: int, end: int) -> str:
    """Return the sentence in which `text[start:end]` stands, without surrounding space.

    >>> sentence_around("先说结论。依《民法典》第五条。完", 6, 11)
    '依《民法典》第五条。'
    """
    left = max((text.rfind(mark, 0, start) + 1 for mark in _SENTENCE_ENDS), default=0)
    ends = [at for mark in _SENTENCE_ENDS if (at := text.find(mark, end)) >= 0]
    right = min(ends, default=len(text) - 1) + 1
    return text[max(left, start - _SENTENCE_REACH) : min(right, end + _SENTENCE_REACH)].strip()


def _citation_id(version: str, start: int, end: int) -> str:
    return hashlib.sha256(f"{version}:{start}:{end}".encode()).hexdigest()[:16]
