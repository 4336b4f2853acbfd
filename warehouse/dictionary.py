"""The data dictionary: what every view, macro, table and column of a file means, as Markdown.

Nothing is said here that is not in the file: the comments travel with it, so a dictionary can be
made from any published file, and the one in `warehouse/docs/` is held to the SQL by a test.
"""

from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final

from duckdb import DuckDBPyConnection

from warehouse.store import list_sql, read_sql

_INTRODUCTION: Final = """\
# 数据说明 · What is in the file

由 `fatiao docs` 依据文件自带的注释生成，请勿手改；要改的是 `warehouse/sql/comments.sql`。
Written by `fatiao docs` from the comments inside the file; change those, not this page.

先看视图和宏；`core`、`ops` 里是它们下面的表。
已公布的文件里，`core.citation` 和 `core.article_version` 另有视图要连接的各列（`source`、`title`、
`url` 等）：自行连接表时，列名前请写明表名，如 `c.url`。
时间一律按北京时间显示，日期即北京日期；字数与偏移以 Unicode 码位计。
Begin with the views and macros; the tables of `core` and `ops` lie below them.  In a published
file `core.citation` and `core.article_version` also hold what the views would join (`source`,
`title`, `url`, …): in a join of tables name each column with its table, `c.url`.  Times are shown
in Beijing time, dates are Beijing dates; lengths and offsets count Unicode code points.
`fatiao sql`, then `.schema citations`, shows the same in the shell.
"""
_TITLES: Final = {"view": "视图 · Views", "macro": "宏 · Macros", "table": "表 · Tables"}


def describe(connection: DuckDBPyConnection) -> str:
    """Return the dictionary of the file that `connection` has as its catalog `fatiao`."""
    things = connection.execute(read_sql("docs/things.sql")).fetchall()
    columns = connection.execute(read_sql("docs/columns.sql")).fetchall()
    parts = [_INTRODUCTION]
    for kind, group in groupby(things, key=lambda thing: str(thing[0])):
        parts.append(f"## {_TITLES[kind]}\n")
        for _, name, call, comment in group:
            parts.append(f"### {call}\n\n{comment or ''}\n")
            parts.append(_table([row for row in columns if row[0] == name]))
    parts.append(_examples())
    return "\n".join(part for part in parts if part)


def _table(columns: Sequence[tuple[Any, ...]]) -> str:
    if not columns:
        return ""
    rows = [f"| `{column}` | {kind} | {_cell(comment)} |" for _, column, kind, comment in columns]
    return "\n".join(["| 列 · column | 类型 · type | 含义 · meaning |", "|---|---|---|", *rows, ""])


def _examples() -> str:
    names = list_sql("examples")
    first_lines = [read_sql(f"examples/{name}.sql").split("\n", 1)[0][3:] for name in names]
    rows = [f"| `{name}` | {line} |" for name, line in zip(names, first_lines, strict=True)]
    head = (
        "## 例题 · Questions that come with it\n\nRun one by name: `fatiao sql --example NAME`.\n"
    )
    return "\n".join([head, "| name | question |", "|---|---|", *rows, ""])


def _cell(comment: str | None) -> str:
    return (comment or "").replace("|", "\\|").replace("\n", " ")
