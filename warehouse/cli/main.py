"""The command `fatiao`: its sub-commands, loaded when asked for, and its exit codes."""

import importlib
import signal
import sys
from pathlib import Path
from typing import Any, Final, NoReturn

import click

from warehouse.cli.endings import end_with, terminated
from warehouse.cli.terminal import tame_terminal
from warehouse.exits import Exit

# name: (module, function, one line of help); a command's module is imported only to run it
COMMANDS: Final = {
    "init": ("warehouse.cli.sources", "init", "Write a fatiao.toml to start from."),
    "sources": ("warehouse.cli.sources", "sources", "Add, list, enable and disable sources."),
    "run": ("warehouse.cli.run", "run", "Crawl what is due, build, check, publish."),
    "crawl": ("warehouse.cli.operate", "crawl", "Only fetch what is due."),
    "build": ("warehouse.cli.operate", "build", "Only clean, cite, verify and group."),
    "publish": ("warehouse.cli.operate", "publish", "Only check and publish."),
    "import": ("warehouse.cli.operate", "import_", "Take pages from a WARC file."),
    "status": ("warehouse.cli.status", "status", "Say what is known of each source."),
    "forget": ("warehouse.cli.forget", "forget", "Take a page or a site out for good."),
    "retain": ("warehouse.cli.retain", "retain", "Thin out the archive."),
    "doctor": ("warehouse.cli.doctor", "doctor", "Find what is wrong here, and the mend."),
    "schedule": ("warehouse.cli.schedule", "schedule", "Print a crontab line, a systemd timer."),
    "backup": ("warehouse.cli.backup", "backup", "Copy what cannot be made again."),
    "why": ("warehouse.cli.why", "why", "Tell the whole history of one URL."),
    "frontier": ("warehouse.cli.frontier", "frontier", "Move the frontier into a Postgres."),
    "lake": ("warehouse.cli.lake", "lake", "Say who publishes into the shared lake."),
    "sql": ("warehouse.cli.ask", "sql", "Ask the published file, in SQL."),
    "serve": ("warehouse.cli.serve", "serve", "Show the published folder on loopback."),
    "export": ("warehouse.cli.export", "export_", "Write the tables as Parquet or CSV."),
    "docs": ("warehouse.cli.docs", "docs", "Write what every view and column means."),
    "raw": ("warehouse.cli.ask", "raw", "Show and check the bytes behind a citation."),
    "extract": ("warehouse.cli.extract", "extract", "Take the article out of a page."),
    "cite": ("warehouse.cli.cite", "cite", "Find and check the citations in a text."),
    "statutes": ("warehouse.cli.statutes", "statutes", "Import and show the words of statutes."),
    "dedup": ("warehouse.cli.dedup", "dedup", "Group texts with their reposts."),
    "pair": ("warehouse.cli.pairs", "pair", "Explain how two texts are related."),
    "cluster": ("warehouse.cli.pairs", "cluster", "Show a group of reposts, differences marked."),
}


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of the table."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name, importing it."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, name, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from the table, without importing any."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, _, line) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="fatiao")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder with fatiao.toml.  Default: the nearest one, upward from here.",
)
@click.pass_context
def fatiao(ctx: click.Context, folder: Path | None) -> None:
    """Crawl Chinese legal-advice sites and check every statute they cite.

    \b
    Start:      fatiao init, then fill in `contact` and enable a source in fatiao.toml
    By cron:    fatiao run --for 45m
    Ask:        fatiao sql "FROM citations WHERE verdict = 'repealed'"
    One input:  fatiao extract PAGE.html · fatiao cite TEXT.txt · fatiao dedup TEXTS.jsonl

    \b
    Exit codes: 0 ok · 10 degraded · 20 a source is broken · 30 blocked · 40 not published
                64 usage · 65 data · 69 no engine · 74 disk · 75 locked · 78 config
                130/143 interrupted
    """  # noqa: D301 - click wants its own \b, not two characters
    ctx.obj = folder


def main() -> NoReturn:
    """Run the command line and end the process with one of the documented codes."""
    signal.signal(signal.SIGTERM, terminated)
    tame_terminal()
    sys.exit(_run(sys.argv[1:]))


def _run(arguments: list[str]) -> int:
    try:
        result: Any = fatiao.main(arguments, prog_name="fatiao", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return Exit.USAGE if isinstance(error, click.UsageError) else error.exit_code
    except (Exception, KeyboardInterrupt) as error:
        return end_with(error)
    return result if isinstance(result, int) else Exit.OK
