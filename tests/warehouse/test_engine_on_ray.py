"""What dies on a Ray cluster costs its own piece, and what a node does not see is not lost."""
# ruff: noqa: F811 - fixtures come by import, and arguments have their names

from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.warehouse.processes import descendants, struck
from tests.warehouse.test_engine import (  # noqa: F401 - fixtures by their names
    A_PIECE,
    SECONDS,
    archived,
    built,
    differences,
    markers,
    pieces,
    started,
    taught,
    usual,
    wait_until,
)

pytestmark = pytest.mark.skipif(find_spec("ray") is None, reason="Ray is not installed")

UNAVAILABLE = 69


def at_work_on_ray(of: int) -> list[int]:
    return [pid for pid, command in descendants(of) if "ray::Map" in command]


def node_servers_of_ray(of: int) -> list[int]:
    return [pid for pid, command in descendants(of) if "raylet/raylet" in command.split(" ")[0]]


def test_a_killed_worker_of_ray_costs_its_own_piece(taught: Path, usual: Path) -> None:
    process = started(taught, "--engine", "ray", *A_PIECE)
    wait_until(lambda: markers(taught) and struck(at_work_on_ray(process.pid)), process)
    _, errors = process.communicate(timeout=SECONDS)
    assert process.returncode == 0, errors
    assert differences(taught, usual) == {}


def test_a_killed_node_server_of_ray_is_one_line_and_the_next_build_goes_on(
    taught: Path, usual: Path
) -> None:
    process = started(taught, "--engine", "ray", *A_PIECE)
    wait_until(lambda: markers(taught) and struck(node_servers_of_ray(process.pid)), process)
    _, errors = process.communicate(timeout=SECONDS)
    assert process.returncode == UNAVAILABLE, errors
    (line,) = errors.splitlines()
    assert line.startswith("fatiao: ray: ")  # its own words, where it still finds them
    assert "died" in line
    assert "run again" in line
    done = markers(taught)
    built(taught, "--engine", "pool", "--keep-parts", *A_PIECE)
    after = markers(taught)
    assert {name: after[name] for name in done} == done, "what was done was done again"
    assert differences(taught, usual) == {}


def test_a_node_that_does_not_see_the_archive_takes_no_page_for_lost(
    taught: Path, tmp_path: Path
) -> None:
    from warehouse.engine.on_ray import seen, work_here

    (unit, *_) = pieces(taught)
    elsewhere = replace(
        unit, jobs=tuple(replace(job, archive=tmp_path / "not-mounted") for job in unit.jobs)
    )
    with pytest.raises(OSError, match="under one path"):
        work_here(elsewhere, seen(unit))
    assert not elsewhere.part.exists()
    with pytest.raises(RuntimeError, match="another fatiao"):
        work_here(unit, (unit.segment_bytes, "an older one"))
    assert not unit.part.exists()
    assert work_here(unit, seen(unit)).articles
