import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

import duckdb
import pytest
from wcwidth import wcswidth

from warehouse.cli.results import ROWS_SHOWN, Result, as_csv, as_json, as_table, run_statements


@pytest.fixture
def db() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def result(*rows: tuple[object, ...], columns: tuple[str, ...] = ("a", "b")) -> Result:
    return Result(columns=columns, rows=rows)


def test_chinese_and_latin_rows_line_up() -> None:
    lines = as_table(result(("法条", 1), ("law", 22))).splitlines()
    assert lines == ["a      b", "────  ──", "法条   1", "law   22", "(2 rows)"]


@pytest.mark.parametrize("width", [30, 44, 61, 80, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    table = as_table(result(("民法典" * 20, "x" * 90), ("短", None)), width)
    assert max(map(wcswidth, table.splitlines())) <= width


def test_too_many_columns_are_written_as_lists() -> None:
    columns = tuple(f"column_{number}" for number in range(20))
    table = as_table(result(tuple("法" * 60 for _ in columns), columns=columns), 60)
    assert "column_19  法法" in table
    assert max(map(wcswidth, table.splitlines())) <= 60


def test_a_pages_text_cannot_move_the_cursor_of_the_terminal() -> None:
    table = as_table(result(("\x1b[31mred\nnext\u202e", 1)))
    assert "\x1b" not in table
    assert "\u202e" not in table
    assert len(table.splitlines()) == 4


def test_a_terminal_shows_the_first_rows_and_says_so() -> None:
    many = result(*((number, number) for number in range(ROWS_SHOWN + 1)))
    assert as_table(many, 80).endswith(f"({ROWS_SHOWN + 1} rows, the first {ROWS_SHOWN} shown)")
    assert len(as_table(many).splitlines()) == ROWS_SHOWN + 4


def test_an_empty_result_still_names_its_columns() -> None:
    assert as_table(result()) == "a  b\n─  ─\n(0 rows)"
    assert as_csv(result()) == "a,b"
    assert as_json(result()) == "[]"


def test_every_type_of_the_warehouse_can_be_written(db: duckdb.DuckDBPyConnection) -> None:
    sql = """
        SELECT 1, 1.5, 2.50::DECIMAL(4,2), 'x', TRUE, NULL, DATE '2026-11-21', INTERVAL 1 DAY,
            TIMESTAMPTZ '2026-11-21 08:00:00+08', [1, 2], {'a': '法'}, 'ab'::BLOB, uuid(),
            170141183460469231731687303715884105727, TIME '08:00:00', 'NaN'::DOUBLE
    """
    (found,) = run_statements(db, sql)
    for render in (as_csv, as_json, as_table):
        assert render(found)
    assert list(json.loads(as_json(found))[0].values())[-1] is None  # JSON has no NaN


def test_json_keeps_numbers_and_writes_times_as_iso() -> None:
    row = (Decimal("2.5"), datetime(2026, 1, 2, 3, 4, 5), date(2026, 1, 2), timedelta(hours=1))  # noqa: DTZ001 - a TIMESTAMP without a zone
    text = as_json(Result(columns=("n", "at", "on", "age"), rows=(row,)))
    assert (
        text == '[\n{"n": 2.5, "at": "2026-01-02T03:04:05", "on": "2026-01-02", "age": 3600.0}\n]'
    )


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_text_is_left_that_a_spreadsheet_takes_for_a_formula(cell: str) -> None:
    assert as_csv(result((cell, cell))).splitlines()[1].lstrip('"').startswith("'")


def test_statements_without_rows_have_no_result(db: duckdb.DuckDBPyConnection) -> None:
    found = run_statements(db, "CREATE TABLE t (n INTEGER); SELECT 7 AS seven")
    assert [one.columns for one in found][-1] == ("seven",)
