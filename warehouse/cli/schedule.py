"""`fatiao schedule`: the lines that run a folder every hour."""

import shlex
import sys
from hashlib import sha256
from pathlib import Path
from typing import Final

import click

from crawler.sources import Project
from warehouse.cli.project import the_project

_FORMS: Final = ("cron", "systemd", "all")


@click.command()
@click.argument("form", type=click.Choice(_FORMS), default="all")
@click.pass_obj
def schedule(folder: Path | None, form: str) -> None:
    """Print a crontab line and a systemd service with its timer for this folder.

    Nothing is installed.  Both run every hour, at a minute of the folder's own, so that not all the
    world's crawls begin at once; both are silent while all is well.
    """
    project = the_project(folder)
    if form in ("cron", "all"):
        click.echo(cron_line(project))
    if form in ("systemd", "all"):
        click.echo(("\n" if form == "all" else "") + systemd_units(project), nl=False)


def cron_line(project: Project) -> str:
    """Return the crontab line of `project`; cron mails what it prints, which is trouble only."""
    # cron takes a bare % for a new line.
    command = " ".join(map(shlex.quote, _command(project))).replace("%", r"\%")
    return f"{minute_of(project)} * * * *  {command}"


def systemd_units(project: Project) -> str:
    """Return a service and a timer, each behind a line with the file to put it into."""
    command = " ".join(_quoted(word) for word in _command(project))
    name = f"fatiao-{_slug(project)}"
    return f"""\
# ~/.config/systemd/user/{name}.service
[Unit]
Description=fatiao: crawl and check {project.folder.resolve().name}

[Service]
Type=oneshot
ExecStart={command}
# another fatiao is at work here: no failure
SuccessExitStatus=75
# a run ends by itself; a download under way may take 30 s
TimeoutStartSec=infinity
TimeoutStopSec=60
Nice=10

# ~/.config/systemd/user/{name}.timer
[Unit]
Description=fatiao: every hour

[Timer]
OnCalendar=*-*-* *:{minute_of(project):02d}:00
Persistent=true

[Install]
WantedBy=timers.target

# systemctl --user enable --now {name}.timer && loginctl enable-linger
"""


def minute_of(project: Project) -> int:
    """Return the minute of the hour at which `project` runs; always the same for a folder."""
    return int(sha256(str(project.folder.resolve()).encode()).hexdigest(), 16) % 60


def _command(project: Project) -> list[str]:
    program = Path(sys.executable).parent / "fatiao"  # not resolved: a venv's Python is a link
    start = [str(program)] if program.exists() else [sys.executable, "-m", "warehouse.cli"]
    return [*start, "--folder", str(project.folder.resolve()), "run", "--quiet"]


def _quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"' if any(char in word for char in " \t\"'\\;$%") else word


def _slug(project: Project) -> str:
    kept = "".join(c if c.isascii() and c.isalnum() else "-" for c in project.folder.resolve().name)
    return kept.strip("-").lower() or "folder"
