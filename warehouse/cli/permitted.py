"""Which statements people may run on a published file: those that read it, or are temporary.

DuckDB itself refuses files, the network and changes of what is locked (`store.open_published`).
But its lock lets settings by that are no options (profiling, verification, logging, the search
path), it attaches databases in memory, and a few functions do the same from within a query.
"""

import re
from typing import Final

from duckdb import PermissionException, Statement, StatementType

_PERMITTED: Final = {
    StatementType.SELECT,
    StatementType.EXECUTE,
    StatementType.TRANSACTION,
    # Only of temporary tables: the file is open read-only.
    StatementType.CREATE,
    StatementType.INSERT,
    StatementType.UPDATE,
    StatementType.DELETE,
    StatementType.DROP,
}
_WRAPPING: Final = {StatementType.EXPLAIN, StatementType.PREPARE}
_BETWEEN: Final = r"(?:\s|/\*[^*]*\*+(?:[^/*][^*]*\*+)*/|--[^\n]*\n)*"
_VARIABLE: Final = re.compile(rf"{_BETWEEN}(?:re)?set{_BETWEEN}variable\b", re.IGNORECASE)
# What is explained by running it, or kept to be run later, is a statement of its own.
_WRAPPED: Final = re.compile(
    rf"""{_BETWEEN}(?:
        explain{_BETWEEN}(?:\({_BETWEEN}(?:analyze|format|verbose)\b[^()]*\){_BETWEEN})?
            (?:analyze\b{_BETWEEN})?(?:verbose\b{_BETWEEN})?
        | prepare{_BETWEEN}(?:\w+|"[^"]*"){_BETWEEN}(?:\([^()]*\){_BETWEEN})?as\b{_BETWEEN}
    )(?P<inner>\w*)""",
    re.IGNORECASE | re.VERBOSE,
)
_READING: Final = frozenset(
    {
        "",  # a parenthesis
        *("select", "with", "from", "values", "table", "pivot", "unpivot", "pivot_wider"),
        *("pivot_longer", "summarize", "describe", "desc", "show", "execute"),
        *("create", "insert", "update", "delete", "drop"),
    }
)
_FIRST: Final = re.compile(rf"{_BETWEEN}(\w*)")
# DuckDB 1.5 makes queries of these by itself.
_PRAGMA: Final = re.compile(
    rf"""{_BETWEEN}pragma{_BETWEEN}(?:table_info|storage_info|show|show_tables|show_databases
    |show_tables_expanded|database_size|version|platform|functions|collations|user_agent)\b""",
    re.IGNORECASE | re.VERBOSE,
)
# Functions that change settings (DuckDB 1.5.5 then aborts as it ends, or on the next statement),
# those that run what another function puts together, and those that reach behind a lake.
_FORBIDDEN: Final = re.compile(
    rf"""(?:enable|disable)_(?:logging|profiling)|truncate_duckdb_logs
    |json_execute_serialized_sql|postgres_\w+"?\s*\(|ducklake_\w+"?\s*\(|__ducklake_metadata
    |\bquery"?{_BETWEEN}\(""",
    re.IGNORECASE | re.VERBOSE,
)


def require_permitted_words(sql: str) -> None:
    """Let pass statements that name no function which does more than read the one file.

    All of `sql` at once: DuckDB 1.5 makes several statements of a PIVOT, and these have no words.

    Raises:
        duckdb.PermissionException: one is named.
    """
    if found := _FORBIDDEN.search(sql):
        name = re.sub(r"\W.*", "", found[0], flags=re.DOTALL)
        raise PermissionException(f"{name} is not permitted: settings are locked")


def require_permitted(statement: Statement) -> None:
    """Let pass a statement of a kind that reads the one file.

    Raises:
        duckdb.PermissionException: it is of another kind.
    """
    kind, text = _kind(statement), statement.query
    if kind in _WRAPPING:
        wrapped = _WRAPPED.match(text)
        is_permitted = wrapped is not None and wrapped["inner"].lower() in _READING
    elif kind is StatementType.MULTI:  # DuckDB 2 says this of what has a PIVOT in it
        is_permitted = _FIRST.match(text)[1].lower() in _READING  # type: ignore[index]  # matches anything
    else:
        is_permitted = kind in _PERMITTED or any(one.match(text) for one in (_VARIABLE, _PRAGMA))
    if not is_permitted:
        name = kind.name.replace("_", " ") if kind else "this"
        raise PermissionException(f"{name} is not permitted: this reads one file, nothing else")


def _kind(statement: Statement) -> StatementType | None:
    try:
        return statement.type
    except ValueError:  # DuckDB 2 has kinds that its Python does not know
        return None
