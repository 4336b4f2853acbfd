"""Numbers of articles in every spelling met on web pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cite.numerals import (
    MAX_NUMERAL,
    NUMERAL_CHARS,
    NumeralError,
    format_numeral,
    parse_numeral,
)

NUMBERS = st.integers(1, MAX_NUMERAL)


@given(NUMBERS)
def test_what_statutes_print_is_read_back(value: int) -> None:
    assert parse_numeral(format_numeral(value)) == value


@given(NUMBERS)
def test_decimals_of_any_width_are_read(value: int) -> None:
    wide = str(value).translate({ord("0") + n: chr(ord("０") + n) for n in range(10)})
    assert parse_numeral(str(value)) == parse_numeral(wide) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一千零六十三", 1063),
        ("一千六十", 1060),  # without the zero, as older texts print it
        ("一百十五", 115),
        ("二〇二", 202),
        ("一○五", 105),
        ("壹佰贰拾", 120),
        ("貳佰", 200),
        ("廿三", 23),
        ("两百", 200),
        ("1千1百6十5", 1165),
        ("十", 10),
        ("2 3", 23),
    ],
)
def test_reads_other_spellings(text: str, value: int) -> None:
    assert parse_numeral(text) == value


@pytest.mark.parametrize("text", ["", "零", "一百五", "百", "十百", "一一十", "百零", "12345", "x"])
def test_refuses_what_is_no_number_or_two(text: str) -> None:
    with pytest.raises(NumeralError):
        parse_numeral(text)


@pytest.mark.parametrize("value", [0, -1, MAX_NUMERAL + 1])
def test_only_numbers_in_range_are_written(value: int) -> None:
    with pytest.raises(NumeralError):
        format_numeral(value)


@given(st.text(alphabet=NUMERAL_CHARS + "第条 x", max_size=12))
def test_reading_gives_a_number_in_range_or_refuses(text: str) -> None:
    try:
        value = parse_numeral(text)
    except NumeralError:
        return
    assert 1 <= value <= MAX_NUMERAL
