"""`fatiao forget` in a folder that publishes into a lake: nothing of the page stays there."""

from contextlib import closing
from pathlib import Path

import duckdb

from crawler.lake import Lake
from crawler.sources import load_project
from tests.crash.world import Tally, nursery, world
from tests.lake.machines import Place, folder_of, lake_of, machine
from tests.warehouse.commands import fatiao
from warehouse.lake.reading import open_for_questions


def words_of(lake: Lake) -> str:
    words = []
    with duckdb.connect() as db:
        for path in folder_of(lake).rglob("*.parquet"):
            words += db.execute("FROM read_parquet(?)", [str(path)]).fetchall()
    return str(words)


def test_a_page_is_taken_out_of_the_lake_and_others_stay(tmp_path: Path, place: Place) -> None:
    other = machine(tmp_path / "south", "south", place)
    assert fatiao(other.folder, "publish").returncode == 0
    with nursery() as forked, world(tmp_path / "north", forked, Tally()) as one:
        one.grow(4)
        assert one.run() == 0
        file = one.folder / "fatiao.toml"
        table = f'[publish]\nwarehouse = "{place.catalog}"\nfiles = "{place.files}"\n'
        file.write_text(f'{file.read_text()}\n{table}publisher = "north"\n')
        lake, url = lake_of(load_project(file)), one.site.url + "/post/3.html"

        published = fatiao(one.folder, "publish")
        assert published.returncode == 0, published.stderr
        assert url in words_of(lake)

        done = fatiao(one.folder, "forget", url, "--because", "the author asked", "--yes")
        assert done.returncode == 0, done.stdout + done.stderr
        told = [line for line in done.stdout.splitlines() if str(lake) in line]
        assert len(told) == 2, done.stdout
        assert all(": 0 of it found" in line for line in told)
        assert url not in words_of(lake)
        with closing(open_for_questions(lake)) as db:
            rows = db.execute("SELECT source LIKE '%south', count(*) FROM articles GROUP BY ALL")
            assert sorted(rows.fetchall()) == [(False, 3), (True, 9)]
