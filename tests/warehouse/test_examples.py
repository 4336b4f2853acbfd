"""The examples in warehouse/docs/examples run, without Jupyter and marimo, on a published file."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.compat import publish_filled

EXAMPLES = Path(__file__).parents[2] / "warehouse" / "docs" / "examples"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_filled(tmp_path_factory.mktemp("examples"))


@pytest.fixture(autouse=True)
def asked(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FATIAO_FILE", str(published))


def test_the_notebook_runs_from_top_to_bottom() -> None:
    notebook = json.loads((EXAMPLES / "fatiao.ipynb").read_text(encoding="utf-8"))
    names: dict[str, Any] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == [], "outputs are not committed"
            exec("".join(cell["source"]), names)  # noqa: S102 - our own example
    wrong, lineage, found = names["answers"]
    assert wrong
    assert lineage
    assert found


def test_the_marimo_cells_run_in_their_order() -> None:
    text = (EXAMPLES / "fatiao_marimo.md").read_text(encoding="utf-8")
    names: dict[str, Any] = {}
    for cell in re.findall(r"```python \{\.marimo\}\n(.*?)```", text, re.DOTALL):
        exec(cell, names)  # noqa: S102 - see above
    assert names["by_source"]
    assert names["to_mend"]
    names["db"].close()
