"""From a citation to the bytes it was read from, checked against the archive."""

import re
from dataclasses import dataclass
from typing import Any, Final

from duckdb import DuckDBPyConnection

from crawler.archive import ArchivedPage, ArchiveError, ArchivePlace, Location, read_page
from warehouse.store import read_sql

CONTEXT: Final = 60  # characters of the page's source shown on either side of the words

_BETWEEN: Final = r"(?:<[^<>]{0,2000}>|\s|&nbsp;)*"  # what a page may put inside a citation


class EvidenceError(ValueError):
    """No such citation, or its page is not in the archive as it was; the message says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A citation's way back to the archive, found whole and unchanged."""

    facts: tuple[tuple[str, str], ...]  # a word and what it says, in reading order
    page: str  # the page's source, decoded as the build decoded it


def find_evidence(
    connection: DuckDBPyConnection, archive: ArchivePlace, citation_id: str
) -> Evidence:
    """Follow `citation_id` to its page in the folder `archive` and check the page's digest.

    Raises:
        EvidenceError: there is no such citation, or the archive does not hold what was read.
    """
    done = connection.execute(read_sql("evidence.sql"), [citation_id])
    columns = [column[0] for column in done.description or ()]
    rows = done.fetchall()
    if not rows:
        raise EvidenceError(f"{citation_id}: no such citation in the published file")
    row = dict(zip(columns, rows[0], strict=True))
    archived = _read(archive, row)
    page = _decode(archived.body, row["charset_chosen"])
    return Evidence(facts=_facts(row, page, len(archived.body)), page=page)


def _read(archive: ArchivePlace, row: dict[str, Any]) -> ArchivedPage:
    if row["archive_file"] is None:
        raise EvidenceError(f"{row['citation_id']}: its page was not archived")
    location = Location(
        file=row["archive_file"], offset=row["archive_offset"], length=row["archive_length"]
    )
    try:
        archived = read_page(archive, location)
    except ArchiveError as error:
        raise EvidenceError(f"the archive does not hold this page: {error}") from error
    if archived.digest != row["payload_digest"]:
        raise EvidenceError(
            f"{location.file} at {location.offset}: holds {archived.digest},"
            f" but the warehouse was built from {row['payload_digest']}"
        )
    return archived


def _decode(body: bytes, charset: str) -> str:
    try:
        return body.decode(charset, errors="replace")
    except LookupError:  # a charset this Python does not know: better some text than none
        return body.decode("utf-8", errors="replace")


def _facts(row: dict[str, Any], page: str, size: int) -> tuple[tuple[str, str], ...]:
    place = f"offset {row['archive_offset']}, length {row['archive_length']}"
    return (
        ("citation", f"{row['raw_text']}  ({row['verdict']})"),
        ("sentence", row["sentence"]),
        ("text", f"characters {row['start_char']} to {row['end_char']} of {row['version_id']}"),
        ("title", row["title"]),
        ("page", row["fetched_url"]),
        ("fetched", f"{row['fetched_at']:%Y-%m-%d %H:%M:%S %Z}, run {row['run_id']}"),
        ("archive", f"{row['archive_file']}, {place}"),
        ("digest", f"{row['payload_digest']}  (checked, {size} bytes)"),
        ("read by", _read_by(row)),
        ("html", _context(page, row["raw_text"])),
    )


def _read_by(row: dict[str, Any]) -> str:
    return (
        f"{row['extractor'] or 'extraction'}, extraction {row['extract_version']},"
        f" citing {row['cite_version']}, registry {row['registry_version']}"
    )


def _context(page: str, words: str) -> str:
    pattern = _BETWEEN.join(re.escape(char) for char in words if not char.isspace())
    match = re.search(pattern, page)
    if match is None:
        return "the words are not in one piece in the page's source; --text shows all of it"
    start, end = max(match.start() - CONTEXT, 0), match.end() + CONTEXT
    return " ".join(f"…{page[start:end]}…".split())
