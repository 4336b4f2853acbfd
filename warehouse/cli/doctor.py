"""`fatiao doctor`: what is wrong here, and how to mend it."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Final

import click

from warehouse.cli.project import the_project
from warehouse.doctor.diagnosis import Diagnosis, Verdict
from warehouse.doctor.examine import examine
from warehouse.exits import Exit

_MARKS: Final = {Verdict.GOOD: "ok  ", Verdict.NOTE: "note", Verdict.BAD: "BAD "}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Say it as JSON.")
@click.pass_obj
def doctor(folder: Path | None, as_json: bool) -> int:
    """Look at the installation, the folder, the lock, the disk and each enabled source.

    Asks each site for robots.txt and for its start page, under the configured name, and changes
    nothing.  Ends with 10 where something is bad, and says the mend with it; with 78 where
    fatiao.toml is.
    """
    project = the_project(folder)
    found = []
    for diagnosis in examine(project):
        found.append(diagnosis)
        if not as_json:
            _tell(diagnosis)
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False))
    is_bad = any(one.verdict is Verdict.BAD for one in found)
    return Exit.DEGRADED if is_bad else Exit.OK


def _tell(diagnosis: Diagnosis) -> None:
    click.echo(f"{_MARKS[diagnosis.verdict]}  {diagnosis.subject}: {diagnosis.words}")
    if diagnosis.mend:
        click.echo(f"      mend: {diagnosis.mend}")
