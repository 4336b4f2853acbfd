"""Three machines publish into one lake at once, in processes of their own; some are killed."""

import json
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from crawler.sources import Project
from tests.lake.machines import NAMES, Place, folder_of, lake_of, machine, mark
from tests.postgres import Cluster
from tests.warehouse.commands import environment
from warehouse.lake.reading import open_for_questions
from warehouse.lake.tidy import unnamed

ROUNDS: Final = 3
SECONDS: Final = 240  # much more than it takes, on a machine with much else to do

Process = subprocess.Popen[str]


def start(project: Project, *arguments: str) -> Process:
    return subprocess.Popen(
        [sys.executable, "-m", *arguments],
        cwd=project.folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def publishing(project: Project) -> Process:
    return start(project, "warehouse.cli", "publish")


def end_of(process: Process) -> str:
    """Wait for it; what went wrong is what the test then says."""
    said, wrong = process.communicate(timeout=SECONDS)
    assert process.returncode == 0, wrong
    return said


def numbers(project: Project) -> dict[str, list[float]]:
    """Return which numbers (`mark`) are public, by publisher."""
    with closing(open_for_questions(lake_of(project))) as db:
        rows = db.execute(
            "SELECT if(contains(source, '-'), split_part(source, '-', 2), 'north') AS name,"
            " list(DISTINCT category::INTEGER), count(*) FROM articles GROUP BY name"
        ).fetchall()
    assert {count for *_, count in rows} == {9}
    return {name: found for name, found, _ in rows}


def until_it_writes(project: Project, process: Process) -> None:
    """Wait until `process` has written a first file that no snapshot names yet."""
    lake = lake_of(project)
    known = set(folder_of(lake).glob(f"{lake.publisher}/**/*.parquet"))
    deadline = time.monotonic() + SECONDS
    while set(folder_of(lake).glob(f"{lake.publisher}/**/*.parquet")) <= known:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.002)


@pytest.fixture
def machines(tmp_path: Path, place: Place) -> list[Project]:
    made = [machine(tmp_path / name, name, place) for name in NAMES]
    for project in made:
        mark(project, 0)
    return made


def test_three_at_once_lose_nothing_and_a_reader_sees_whole_publications(
    machines: list[Project], tmp_path: Path
) -> None:
    for process in [publishing(project) for project in machines]:  # also the lake is new to all
        end_of(process)
    assert numbers(machines[0]) == {name: [0] for name in NAMES}
    stop = tmp_path / "stop"
    reader = start(machines[0], "tests.lake.ask_on", str(machines[0].folder), str(stop))
    for number in range(1, ROUNDS + 1):
        for project in machines:
            mark(project, number)
        for process in [publishing(project) for project in machines]:
            end_of(process)
        assert numbers(machines[0]) == {name: [number] for name in NAMES}
    stop.touch()
    seen = json.loads(end_of(reader))
    assert seen["mixed"] == []
    assert seen["asked"] >= ROUNDS


def test_one_that_is_killed_costs_its_own_publication_and_leaves_nothing(
    machines: list[Project],
) -> None:
    for project in machines:
        end_of(publishing(project))
        mark(project, 1)
    killed, *others = machines
    process = publishing(killed)
    until_it_writes(killed, process)
    process.kill()
    process.communicate(timeout=SECONDS)
    for one in [publishing(project) for project in others]:
        end_of(one)
    assert numbers(killed) == {"north": [0], "south": [1], "west": [1]}
    assert unnamed(lake_of(killed)) > 0
    end_of(publishing(killed))
    assert numbers(killed) == {name: [1] for name in NAMES}
    assert unnamed(lake_of(killed)) == 0


def test_a_postgres_that_restarts_in_the_middle_is_waited_for(
    machines: list[Project], postgres: Cluster
) -> None:
    project = machines[0]
    end_of(publishing(project))
    mark(project, 1)
    process = publishing(project)
    until_it_writes(project, process)
    postgres.stop()
    postgres.start()
    assert "Published" in end_of(process)
    assert numbers(project) == {"north": [1]}
    assert unnamed(lake_of(project)) == 0
