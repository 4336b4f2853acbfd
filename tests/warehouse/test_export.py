import csv
import json
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from crawler.sources import Project
from tests.compat import publish_filled
from tests.warehouse.commands import fatiao, write_config
from warehouse.cli.export import export_
from warehouse.exits import InputError
from warehouse.export import Format, export
from warehouse.snapshots import DATABASE_NAME
from warehouse.store import open_published


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_filled(tmp_path_factory.mktemp("export"))


@pytest.mark.parametrize("form", list(Format))
def test_every_file_has_the_rows_of_its_view(published: Path, tmp_path: Path, form: Format) -> None:
    manifest = export(published, tmp_path / "out", form)
    assert json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8")) == manifest
    assert manifest["exported_from"]["run_id"] == 2
    with open_published(published) as db, duckdb.connect() as reader:
        for name, described in manifest["files"].items():
            view = name.removesuffix(f".{form}")
            ((rows,),) = db.execute(f"SELECT count(*) FROM {view}").fetchall()  # noqa: S608
            ((read,),) = reader.execute(
                f"SELECT count(*) FROM '{tmp_path / 'out' / name}'"  # noqa: S608
            ).fetchall()
            assert described["rows"] == rows == read, name


def test_parquet_keeps_types_texts_and_times(published: Path, tmp_path: Path) -> None:
    export(published, tmp_path / "out", Format.PARQUET)
    ours = "SELECT * FROM {} ORDER BY article_id"
    with open_published(published) as db, duckdb.connect() as reader:
        reader.execute("SET TimeZone = 'Asia/Shanghai'")
        file = f"'{tmp_path / 'out' / 'articles.parquet'}'"
        assert (
            reader.execute(ours.format(file)).fetchall()
            == db.execute(ours.format("articles")).fetchall()
        )


def test_a_copy_that_was_fetched_before_its_original_is_exported_in_seconds(
    published: Path, tmp_path: Path
) -> None:
    """Parquet knows no interval below zero."""
    with duckdb.connect(published) as db:
        db.execute("UPDATE core.repost SET fetch_lag = INTERVAL (-90) MINUTE")
    manifest = export(published, tmp_path / "out", Format.PARQUET)
    with duckdb.connect() as reader:
        file = tmp_path / "out" / "reposts.parquet"
        assert reader.execute(f"SELECT DISTINCT fetch_lag FROM '{file}'").fetchall() == [(-5400,)]  # noqa: S608
    (lag,) = [
        c for c in manifest["files"]["reposts.parquet"]["columns"] if c["name"] == "fetch_lag"
    ]
    assert lag["type"] == "DOUBLE"
    assert "seconds" in lag["meaning"]


def test_two_exports_of_one_file_are_the_same(published: Path, tmp_path: Path) -> None:
    first = export(published, tmp_path / "one", Format.PARQUET)
    assert export(published, tmp_path / "two", Format.PARQUET) == first


def test_no_cell_of_a_csv_is_a_formula(published: Path, tmp_path: Path) -> None:
    manifest = export(published, tmp_path / "out", Format.CSV)
    for name in manifest["files"]:
        with (tmp_path / "out" / name).open(encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert [cell for cell in cells if cell[:1] in tuple("=+@＝＋－＠\t\r\n")] == []
        assert all(cell[1:2].isdigit() for cell in cells if cell.startswith("-"))
        if name == "articles.csv":
            assert '\'=HYPERLINK("信用卡") <b>分期</b>' in cells


def test_dbt_is_told_what_every_column_means(published: Path, tmp_path: Path) -> None:
    export(published, tmp_path / "out", Format.PARQUET)
    lines = (tmp_path / "out" / "sources.yml").read_text(encoding="utf-8").splitlines()
    described = [
        line.strip().removeprefix("description: ") for line in lines if "scription:" in line
    ]
    assert all(" / " in json.loads(text) or "/ " in json.loads(text) for text in described)
    assert "      - name: citations" in lines
    assert "          - name: verdict_today" in lines


def test_an_earlier_export_is_replaced_and_nothing_else_is(published: Path, tmp_path: Path) -> None:
    export(published, tmp_path / "out", Format.PARQUET)
    export(published, tmp_path / "out", Format.CSV)
    assert not list((tmp_path / "out").glob("*.parquet"))
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.docx").touch()
    with pytest.raises(InputError, match="name another folder"):
        export(published, mine, Format.CSV)
    assert [path.name for path in mine.iterdir()] == ["thesis.docx"]


def test_the_command_names_each_file(published: Path, tmp_path: Path) -> None:
    folder = published.parents[1]
    write_config(folder)
    project = Project(file=folder / "fatiao.toml", folder=folder)
    assert (project.public / DATABASE_NAME).is_file()
    for form in Format:
        done = CliRunner().invoke(
            export_, [str(tmp_path / "out"), "--format", form.value], obj=folder
        )
        assert done.exit_code == 0, done.output
        assert f"9  {tmp_path / 'out' / f'articles.{form}'}" in done.output


def test_a_full_disk_leaves_the_export_before_and_says_so(published: Path, tmp_path: Path) -> None:
    folder = published.parents[1]
    write_config(folder)
    target = tmp_path / "out"
    assert fatiao(folder, "export", str(target)).returncode == 0
    before = sorted(path.name for path in target.iterdir())
    for form in Format:
        done = fatiao(folder, "export", str(target), "--format", form.value, largest_file=2_000)
        assert done.returncode == 74, done.stdout + done.stderr
        assert "free some space" in done.stderr
        assert sorted(path.name for path in target.iterdir()) == before
        assert [path.name for path in tmp_path.iterdir()] == ["out"]
