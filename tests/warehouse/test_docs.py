from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.warehouse.filled import fill_warehouse
from warehouse.cli.docs import docs
from warehouse.store import open_warehouse

COMMITTED = Path(__file__).parents[2] / "warehouse" / "docs" / "DATA.md"


def test_the_committed_dictionary_is_what_the_file_says() -> None:
    written = CliRunner().invoke(docs, ["-"]).output
    assert COMMITTED.read_text(encoding="utf-8") == written, "run: fatiao docs"


def test_views_macros_tables_and_examples_are_in_it() -> None:
    text = COMMITTED.read_text(encoding="utf-8")
    for words in (
        "### citations\n",
        "### cites(law, art)\n",
        "### core.citation\n",
        "| `verdict_today` | varchar |",
        "| `who_cites_675` |",
    ):
        assert words in text


def test_a_published_file_describes_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "fatiao.duckdb"
    with open_warehouse(file) as db:
        fill_warehouse(db)
        db.execute("COMMENT ON VIEW citations IS '旧注释 / an older comment'")
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(docs, ["--file", str(file)]).exit_code == 0
    assert "an older comment" in (tmp_path / "DATA.md").read_text(encoding="utf-8")
