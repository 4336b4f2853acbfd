"""The small shell behind `fatiao sql` without a query.

The published file is small enough to need no more: statements end with `;`, commands begin with
a dot.  A line editor library gives history, cursor keys and completion.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import click
import duckdb
from duckdb import DuckDBPyConnection
from prompt_toolkit import PromptSession
from prompt_toolkit.application import get_app
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.filters import Condition
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

from warehouse.cli.results import Result, run_statements
from warehouse.store import list_sql, read_sql

HELP: Final = """\
Statements end with ; and may take several lines.
  .tables           what there is, and what it means
  .schema NAME      the columns of one, with their meaning
  .examples         questions that come with fatiao
  .example NAME     run one of them
  .quit             leave (also Ctrl-D)"""
_KEYWORDS: Final = (
    "SELECT", "FROM", "WHERE", "GROUP BY ALL", "ORDER BY", "LIMIT", "JOIN", "USING", "count(*)",
    "DISTINCT", "DESC",
)  # fmt: skip


def run_shell(
    connection: DuckDBPyConnection, show: Callable[[Result], None], history: Path | None
) -> None:
    """Read statements and commands until `.quit` or the end of input."""
    session: PromptSession[str] = PromptSession(
        history=_history(history),
        multiline=Condition(_is_unfinished),
        prompt_continuation="   ...> ",
        completer=WordCompleter(_words(connection), match_middle=True),
        complete_while_typing=False,
        key_bindings=_bindings(),
    )
    click.echo("One published warehouse, read-only.  .help says more, .tables what there is.")
    while True:
        try:
            text = session.prompt("fatiao> ").strip()
        except KeyboardInterrupt:
            continue  # Ctrl-C throws a half-written statement away, as in any shell
        except EOFError:
            return
        if text in (".quit", ".exit"):
            return
        if text:
            answer(connection, text, show)


def answer(connection: DuckDBPyConnection, text: str, show: Callable[[Result], None]) -> None:
    """Run one statement or dot command, and show what it gives or what is wrong with it."""
    try:
        if text.startswith("."):
            _obey(connection, text, show)
        else:
            for result in run_statements(connection, text):
                show(result)
    except duckdb.Error as error:
        click.echo(str(error), err=True)
    except KeyboardInterrupt:
        click.echo("interrupted", err=True)


def examples() -> Result:
    """Return the example questions, by name."""
    rows = tuple((name, example_question(name)) for name in list_sql("examples"))
    return Result(columns=("name", "question"), rows=rows)


def example_question(name: str) -> str:
    """Return the question that the example `name` answers."""
    return read_sql(f"examples/{name}.sql").split("\n", 1)[0].removeprefix("-- ")


def _obey(connection: DuckDBPyConnection, text: str, show: Callable[[Result], None]) -> None:
    command, _, name = text.rstrip(";").partition(" ")
    name = name.strip()
    if command == ".tables":
        show(_query(connection, "shell/tables.sql"))
    elif command == ".schema" and name:
        show(_query(connection, "shell/columns.sql", name))
    elif command == ".examples":
        show(examples())
    elif command == ".example" and name in list_sql("examples"):
        answer(connection, read_sql(f"examples/{name}.sql"), show)
    else:
        click.echo(HELP)


def _query(connection: DuckDBPyConnection, file: str, *values: str) -> Result:
    done = connection.execute(read_sql(file), list(values))
    columns = tuple(column[0] for column in done.description or ())
    return Result(columns=columns, rows=tuple(done.fetchall()))


def _words(connection: DuckDBPyConnection) -> list[str]:
    rows = connection.execute(read_sql("shell/words.sql")).fetchall()
    return [*_KEYWORDS, *(str(row[0]) for row in rows)]


def _history(file: Path | None) -> History:
    if file is None:
        return InMemoryHistory()
    file.parent.mkdir(parents=True, exist_ok=True)
    return FileHistory(str(file))


def _is_unfinished() -> bool:
    text = get_app().current_buffer.text.strip()
    return bool(text) and not text.endswith(";") and not text.startswith(".")


def _bindings() -> KeyBindings:
    bindings = KeyBindings()

    @bindings.add("c-c")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(exception=KeyboardInterrupt())

    return bindings
