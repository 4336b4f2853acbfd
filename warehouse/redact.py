"""What of a row is published: its columns, less what is to be left out, as SQL.

In the private file the views join what the tables hold at that moment: always right, and seconds
at a million articles.  In what is published, where nothing changes any more, columns hold what
these joins found (`sql/flat`), and the same views read them; what depends on today is kept as the
days on which it turns.
"""

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from duckdb import DuckDBPyConnection

from crawler.sources import Project
from warehouse.masking import CANDIDATE, RULES, mask, mask_url
from warehouse.rows import sentence_around
from warehouse.store import list_sql, read_sql

# Columns of words from pages; the text itself and the sentences of citations are apart.
_WORDS: Final = {
    "core.article_version": (
        *("title", "author", "category", "published_evidence", "publisher", "tags"),
        *("origin", "origin_url", "incomplete", "charset_declared", "overridden"),
    ),
    "core.part": ("author", "published_evidence"),
    "core.rejection": ("detail",),
    "core.citation": (
        *("law_title", "document_number", "detail", "detail_en", "evidence_words"),
        *("correction_law", "correction_number", "title", "law", "provision", "part_author"),
        *("ruled_note", "dated_note"),
    ),
    "core.member": ("names", "credits"),
    "core.cluster": ("evidence",),
    "core.duplicate": ("substitution",),
    "core.repost": ("repost_title", "original_title"),
    "core.signature": ("substitution",),
    "ops.fetch": ("error", "robots_rule"),
    "ops.finding": ("words", "words_zh"),
    "ops.override": ("words", "value", "note", "detail"),
    "ops.reading": ("title",),
    "ops.source_run": ("reason",),
}
_ADDRESSES: Final = {
    "core.article": ("url",),
    "core.article_version": ("url",),
    "core.citation": ("url",),
    "core.rejection": ("url",),
    "core.repost": ("repost_url", "original_url"),
    "core.version_page": ("url",),
    "ops.fetch": ("url",),
    "ops.finding": ("examples",),
    "ops.override": ("url",),
}
_LISTS: Final = frozenset({"tags", "names", "credits", "examples"})
# Long, and given by the other columns: a text by its digest, a citation's words by their place.
LONG: Final = {"core.article_version": ("text",), "core.citation": ("raw_text", "sentence")}
_WIDE: Final = {
    "core.article_version": "flat/versions.sql",
    "core.citation": "flat/citations.sql",
}
_JOINED: Final = frozenset({"overridden", "url"})  # words that only the published version has
_VIEWS: Final = {
    "core.repost": "fatiao.reposts",
    "core.statute_state": "fatiao.statute_states",
}
_STATE: Final = re.compile(r"\$verdict\((.+?)\)")
_RULE: Final = re.compile(
    r"CASE\s+WHEN c\.statute_id IS NULL THEN.*?END(?= AS verdict\n)", re.DOTALL
)
_CITED: Final = re.compile(r"CREATE OR REPLACE VIEW cited AS\n(.*?);\n", re.DOTALL)
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


def rules_digest() -> str:
    """Return 12 hex digits that change whenever what is masked, or how rows are made wide, does."""
    sql = [read_sql(f"{folder}/{name}.sql") for folder in ("flat", "redact")
           for name in list_sql(folder)]  # fmt: skip
    return sha256("\n".join([RULES, str((_WORDS, _ADDRESSES)), *sql]).encode()).hexdigest()[:12]


def teach(connection: DuckDBPyConnection) -> None:
    """Give the connection the functions that the SQL here calls."""
    connection.create_function("mask", mask, ["VARCHAR"], "VARCHAR")
    connection.create_function("mask_url", mask_url, ["VARCHAR"], "VARCHAR")
    connection.create_function(
        "sentence_around", sentence_around, ["VARCHAR", "INTEGER", "INTEGER"], "VARCHAR"
    )


def unteach(connection: DuckDBPyConnection) -> None:
    """Take them away again."""
    for name in ("mask", "mask_url", "sentence_around"):
        connection.remove_function(name)


def mask_wanted(connection: DuckDBPyConnection, omission: Omission) -> None:
    """Mask the texts of the versions in the temporary table wanted_version."""
    connection.execute(_with(read_sql("redact/masked.sql"), omission))


def rows_without_long(table: str, omission: Omission) -> str:
    """Return a SELECT of the rows of `table` as they are published, less the columns LONG."""
    excluded = f"EXCLUDE ({', '.join(LONG[table])})" if table in LONG else ""
    replaced = _replace(_masked_cells(table, omission))
    return _with(f"SELECT t.* {excluded} {replaced} FROM {_source(table)} AS t", omission)  # noqa: S608 - our own names


def words(table: str, omission: Omission, among: str) -> tuple[str, str]:
    """Return the columns of `table` that hold words of people, and a SELECT of them as published.

    A text stands there by its digest.  `among` is a join that chooses from the private table `t`.
    """
    own = [*_WORDS.get(table, ()), *_ADDRESSES.get(table, ())]
    names = own if table not in _WIDE else [*(set(own) - _JOINED), "text_sha256"]
    cells = _masked_cells(table, omission)
    chosen = ", ".join(cells.get(name, f"t.{name}") for name in names)
    sql = f"SELECT {chosen} FROM fatiao.{table} AS t {among}"  # noqa: S608 - our own names
    return ", ".join(names), _with(sql, omission)


def rows(table: str, omission: Omission, among: str = "") -> str:
    """Return a SELECT of the rows of `table` as they are published.

    `among` is a join that chooses from them.  The texts of those that are selected must have been
    masked (`mask_wanted`).
    """
    cells, joined = _masked_cells(table, omission), ""
    if table == "core.article_version":
        cells["text"] = "coalesce(m.text, t.text)" if omission.has_text else "''"
        joined = "LEFT JOIN masked_text AS m ON m.version_id = t.version_id"
    if table == "core.citation":
        cells |= {name: f"coalesce(m.{name}, t.{name})" for name in LONG[table]}
        joined = "LEFT JOIN masked_citation AS m ON m.citation_id = t.citation_id"
    sql = f"SELECT t.* {_replace(cells)} FROM {_source(table, among)} AS t {joined}"  # noqa: S608
    return _with(sql, omission)


def _source(table: str, among: str = "") -> str:
    """Return where the rows of `table` come from, chosen before anything is joined to them."""
    if table not in _WIDE:
        return f"(FROM {_VIEWS.get(table, f'fatiao.{table}')} {among})"
    sql = read_sql(_WIDE[table]).replace("$cited", _cited()).replace("$among", among)
    return f"({_STATE.sub(_verdict, sql)})"


def _cited() -> str:
    (view,) = _CITED.findall(read_sql("views.sql"))
    return str(view).replace("FROM core.citation AS c", "FROM (FROM core.citation $among) AS c")


def _verdict(state: re.Match[str]) -> str:
    """Return the verdict on `c` by one row of statute_states, as the view verdict_periods says."""
    (rule,) = _RULE.findall(read_sql("views.sql"))
    return "(" + re.sub(r"\bt\.", f"{state[1]}.", rule) + ")"


def _with(sql: str, omission: Omission) -> str:
    return sql.replace("$candidate", f"'{CANDIDATE if omission.is_masked else _NOTHING}'")


def _replace(cells: dict[str, str]) -> str:
    replaced = ", ".join(f"{cell} AS {name}" for name, cell in cells.items())
    return f"REPLACE ({replaced})" if replaced else ""


def _masked_cells(table: str, omission: Omission) -> dict[str, str]:
    cells: dict[str, str] = {}
    if omission.is_masked:
        cells = {name: _masked(name, "mask") for name in _WORDS.get(table, ())}
        cells |= {name: _masked(name, "mask_url") for name in _ADDRESSES.get(table, ())}
    if table == "core.signature":
        cells["signature"] = "[]"  # a key of grouping too, half a kilobyte
    return cells


def _masked(name: str, masking: str) -> str:
    own = f"t.{name}"
    if name in _LISTS:
        looked_at, masked = f"array_to_string({own}, ' ')", f"[{masking}(one) FOR one IN {own}]"
    else:
        looked_at, masked = own, f"{masking}({own})"
    return f"CASE WHEN regexp_matches({looked_at}, $candidate) THEN {masked} ELSE {own} END"
