"""The copy that is published: without what is to be left out, and made wide for questions.

An UPDATE would leave the old words in the file's free blocks, readable by anyone, and takes
longer than to write them anew; so the copy is written row by row, from a private copy that is
then removed.

In the private file the views join what the tables hold at that moment: always right, and seconds
at a million articles.  In the copy, where nothing changes any more, columns hold what these joins
found (`sql/flat`), and the same views read them.  What depends on today (`verdict_today`) is
reckoned at each question in both.
"""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from duckdb import DuckDBPyConnection

from crawler.sources import Project
from warehouse.masking import CANDIDATE, mask, mask_url
from warehouse.rows import sentence_around
from warehouse.store import COMMENTS_SQL, open_warehouse, quote_path, read_sql

# Columns of words from pages; the text itself and the sentences of citations are apart.
_WORDS: Final = {
    "core.article_version": (
        *("title", "author", "category", "published_evidence", "publisher", "tags"),
        *("origin", "origin_url", "incomplete", "charset_declared"),
    ),
    "core.part": ("author", "published_evidence"),
    "core.rejection": ("detail",),
    "core.citation": (
        *("law_title", "document_number", "detail", "detail_en", "evidence_words"),
        *("correction_law", "correction_number"),
    ),
    "core.member": ("names", "credits"),
    "core.cluster": ("evidence",),
    "core.duplicate": ("substitution",),
    "core.signature": ("substitution",),
    "ops.fetch": ("error", "robots_rule"),
    "ops.finding": ("words", "words_zh"),
    "ops.override": ("words", "value", "note", "detail"),
    "ops.reading": ("title",),
    "ops.source_run": ("reason",),
}
_ADDRESSES: Final = {
    "core.article": ("url",),
    "core.rejection": ("url",),
    "core.version_page": ("url",),
    "ops.fetch": ("url",),
    "ops.finding": ("examples",),
    "ops.override": ("url",),
}
_LISTS: Final = frozenset({"tags", "names", "credits", "examples"})
_WIDE: Final = {
    "core.citation": ("flat_citation", "citation_id"),
    "core.article_version": ("flat_version", "version_id"),
}
_COMMENT: Final = re.compile(
    r"^COMMENT ON (?:VIEW|COLUMN) (?:articles|reposts|cited)[. ].*?;$",
    re.DOTALL | re.MULTILINE,
)
_NOTHING: Final = r"\b\B"  # matches nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Omission:
    """What is left out of a publication."""

    has_text: bool  # whether the articles' texts are published
    is_masked: bool  # whether people's numbers and addresses are masked

    def __str__(self) -> str:
        parts = [] if self.has_text else ["texts"]
        if self.is_masked:
            parts.append("phone numbers, ID-card numbers, mail addresses (masked)")
        return "; ".join(parts) or "nothing"


def omission_of(project: Project) -> Omission:
    """Return what fatiao.toml wants left out."""
    return Omission(has_text=project.publish_text, is_masked=project.publish_masked)


def write_copy(
    source: Path, target: Path, omission: Omission, copy: Callable[[Path, Path], None]
) -> None:
    """Write the file `target` with the rows of the checkpointed file `source`, less `omission`.

    `copy` copies a file; the intermediate copy lies beside `source`, which is private.
    """
    private = source.with_name("publishing.duckdb")
    try:
        copy(source, private)
        with open_warehouse(target) as db:
            _fill(db, private, omission)
            db.execute("CHECKPOINT fatiao")
    finally:
        private.unlink(missing_ok=True)
        shutil.rmtree(f"{target}.tmp", ignore_errors=True)  # where a large sort spilled


def _fill(db: DuckDBPyConnection, private: Path, omission: Omission) -> None:
    db.create_function("mask", mask, ["VARCHAR"], "VARCHAR")
    db.create_function("mask_url", mask_url, ["VARCHAR"], "VARCHAR")
    db.create_function(
        "sentence_around",
        sentence_around,
        ["VARCHAR", "INTEGER", "INTEGER"],
        "VARCHAR",
    )
    db.execute(f"ATTACH {quote_path(private)} AS private (READ_ONLY)")
    looked_for = CANDIDATE if omission.is_masked else _NOTHING
    for name in ("redact/masked.sql", "flat/work_out.sql"):
        db.execute(_with(read_sql(name), looked_for))
    tables = db.execute(read_sql("redact/tables.sql")).fetchall()
    db.execute(read_sql("flat/columns.sql"))
    for (table,) in tables:
        db.execute(_with(_insert(table, omission), looked_for))
    db.execute(_with(read_sql("flat/reposts.sql"), looked_for))
    for name in ("flat/views.sql", "flat/comments.sql"):
        db.execute(read_sql(name))
    db.execute(_comments_again())
    db.execute("DETACH private")


def _insert(table: str, omission: Omission) -> str:
    """All names are our own."""
    if table == "core.citation":
        rows = f"({read_sql('redact/citations.sql')})"
    else:
        rows = f"private.{table}"
    select = f"SELECT t.* {_replaced(table, omission)} FROM {rows} AS t"  # noqa: S608 - see above
    if table == "core.article_version":
        select += " LEFT JOIN masked_text AS m ON m.version_id = t.version_id"
    if table in _WIDE:
        wide, key = _WIDE[table]
        select = f"""
            SELECT narrow.*, wide.* EXCLUDE ({key})
            FROM ({select}) AS narrow
            LEFT JOIN {wide} AS wide ON wide.{key} = narrow.{key}
        """  # noqa: S608
    verb = "INSERT OR REPLACE" if table == "ops.meta" else "INSERT"  # a new file has some of it
    return f"{verb} INTO fatiao.{table} {select}"


def _comments_again() -> str:
    """A view made anew has lost its comments."""
    lines = "\n".join(read_sql(name) for name in COMMENTS_SQL)
    return "\n".join(found[0] for found in _COMMENT.finditer(lines))


def _with(sql: str, candidate: str) -> str:
    return sql.replace("$candidate", f"'{candidate}'")


def _replaced(table: str, omission: Omission) -> str:
    cells: dict[str, str] = {}
    if omission.is_masked:
        cells = {name: _masked(name, "mask") for name in _WORDS.get(table, ())}
        cells |= {name: _masked(name, "mask_url") for name in _ADDRESSES.get(table, ())}
    if table == "core.article_version":
        cells["text"] = "coalesce(m.text, t.text)" if omission.has_text else "''"
    replaced = ", ".join(f"{cell} AS {name}" for name, cell in cells.items())
    return f"REPLACE ({replaced})" if replaced else ""


def _masked(name: str, masking: str) -> str:
    own = f"t.{name}"
    if name in _LISTS:
        looked_at, masked = f"array_to_string({own}, ' ')", f"[{masking}(one) FOR one IN {own}]"
    else:
        looked_at, masked = own, f"{masking}({own})"
    return f"CASE WHEN regexp_matches({looked_at}, $candidate) THEN {masked} ELSE {own} END"
