"""The examples for Jupyter and marimo, run cell by cell without either.

`python -m tests.notebooks`; FATIAO_FILE names the published file, and nothing but the duckdb that
is found is needed.
"""

import json
import re
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).parents[1] / "warehouse" / "docs" / "examples"


def run_jupyter() -> dict[str, Any]:
    """Run the notebook; return what its names stand for at the end."""
    notebook = json.loads((EXAMPLES / "fatiao.ipynb").read_text(encoding="utf-8"))
    names: dict[str, Any] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == [], "outputs are not committed"
            exec("".join(cell["source"]), names)  # noqa: S102 - our own example
    return names


def run_marimo() -> dict[str, Any]:
    """Run the cells in their order; return what their names stand for."""
    text = (EXAMPLES / "fatiao_marimo.md").read_text(encoding="utf-8")
    names: dict[str, Any] = {}
    for cell in re.findall(r"```python \{\.marimo\}\n(.*?)```", text, re.DOTALL):
        exec(cell, names)  # noqa: S102 - see above
    return names


if __name__ == "__main__":
    run_jupyter()
    run_marimo()
