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
    StatementType.EXPLAIN,
    StatementType.PREPARE,
    StatementType.EXECUTE,
    StatementType.TRANSACTION,
    # Only of temporary tables: the file is open read-only.
    StatementType.CREATE,
    StatementType.INSERT,
    StatementType.UPDATE,
    StatementType.DELETE,
    StatementType.DROP,
}
_BETWEEN: Final = r"(?:\s|/\*[^*]*\*+(?:[^/*][^*]*\*+)*/|--[^\n]*\n)*"
_VARIABLE: Final = re.compile(rf"{_BETWEEN}(?:re)?set{_BETWEEN}variable\b", re.IGNORECASE)
# Functions that change settings (DuckDB 1.5.5 then aborts as it ends, or on the next statement),
# those that run what another function puts together, and those that reach behind a lake.
_FORBIDDEN: Final = re.compile(
    rf"""(?:enable|disable)_(?:logging|profiling)|truncate_duckdb_logs
    |json_execute_serialized_sql|postgres_\w+"?\s*\(|ducklake_\w+"?\s*\(|__ducklake_metadata
    |\bquery"?{_BETWEEN}\(""",
    re.IGNORECASE | re.VERBOSE,
)


def require_permitted(statement: Statement) -> None:
    """Let pass what reads the one file.

    Raises:
        duckdb.PermissionException: the statement does anything else.
    """
    text = statement.query
    if statement.type not in _PERMITTED and not _VARIABLE.match(text):
        kind = statement.type.name.replace("_", " ")
        raise PermissionException(f"{kind} is not permitted: this reads one file, nothing else")
    if found := _FORBIDDEN.search(text):
        name = re.sub(r"\W.*", "", found[0], flags=re.DOTALL)
        raise PermissionException(f"{name} is not permitted: settings are locked")
