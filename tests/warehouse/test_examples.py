"""The examples in warehouse/docs/examples run, without Jupyter and marimo, on a published file."""

from pathlib import Path

import pytest

from tests.compat import publish_filled
from tests.notebooks import run_jupyter, run_marimo


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_filled(tmp_path_factory.mktemp("examples"))


@pytest.fixture(autouse=True)
def asked(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FATIAO_FILE", str(published))


def test_the_notebook_runs_from_top_to_bottom() -> None:
    wrong, lineage, found = run_jupyter()["answers"]
    assert wrong
    assert lineage
    assert found


def test_the_marimo_cells_run_in_their_order() -> None:
    names = run_marimo()
    assert names["by_source"]
    assert names["to_mend"]
    names["db"].close()
