"""The numbers of articles: read every spelling, write the one that statutes print.

Statutes count 第一千一百六十五条; web pages also write 第1165条, 第１１６５条, 第一一六五条,
第1千1百65条 and, after machine conversion to traditional characters, 第壹仟壹佰陸拾伍條.
"""

from functools import lru_cache
from typing import Final

MAX_NUMERAL: Final = 9999  # the longest statute, the Civil Code, has 1,260 articles

NUMERAL_CHARS: Final = (
    "0123456789０１２３４５６７８９"
    "〇零○一二两三四五六七八九十百千廿卅"
    "壹贰貳叁參肆伍陆陸柒捌玖拾佰仟兩"
)

_DIGITS: Final = "零一二三四五六七八九"
_UNITS: Final = (("千", 1000), ("百", 100), ("十", 10))
_UNIT_VALUES: Final = dict(_UNITS)
_PLAIN: Final = str.maketrans(
    "０１２３４５６７８９〇○两兩壹贰貳叁參肆伍陆陸柒捌玖拾佰仟",
    "0123456789零零二二一二二三三四五六六七八九十百千",
)
_TO_CHINESE: Final = str.maketrans("0123456789", _DIGITS)
_TO_DECIMAL: Final = str.maketrans(_DIGITS, "0123456789")


class NumeralError(ValueError):
    """The text spells no number from 1 to `MAX_NUMERAL`, or could spell two."""


@lru_cache(maxsize=4096)
def parse_numeral(text: str) -> int:
    """Return the number, from 1 to `MAX_NUMERAL`, that `text` spells.

    Reads decimals, digit by digit notation (一〇五), and notation with units, where a
    zero may be missing (一千六十 for 一千零六十) as older statutes print it.  Not read:
    一百五, which speakers say for 150 and careless writers for 105.

    Raises:
        NumeralError: `text` is something else; the caller has no citation then.
    """
    plain = "".join(text.split()).translate(_PLAIN).replace("廿", "二十").replace("卅", "三十")
    decimal = plain.translate(_TO_DECIMAL)
    if decimal.isascii() and decimal.isdecimal() and len(decimal) <= len(str(MAX_NUMERAL)):
        value = int(decimal)
    else:
        value = _from_units(plain.translate(_TO_CHINESE))
    if not 1 <= value <= MAX_NUMERAL:
        raise NumeralError(f"no numeral from 1 to {MAX_NUMERAL}: {text!r}")
    return value


def format_numeral(value: int) -> str:
    """Return `value` as statutes print it: 105 is 一百零五, 10 is 十.

    Raises:
        NumeralError: `value` is not from 1 to `MAX_NUMERAL`.
    """
    if not 1 <= value <= MAX_NUMERAL:
        raise NumeralError(f"not from 1 to {MAX_NUMERAL}: {value}")
    spelled = _spell(value)
    return spelled.removeprefix("一") if spelled.startswith("一十") else spelled


def _spell(value: int) -> str:
    spelled = ""
    gap = False
    for unit, size in (*_UNITS, ("", 1)):
        digit, value = divmod(value, size)
        if digit:
            spelled += ("零" if gap else "") + _DIGITS[digit] + unit
            gap = False
        else:
            gap = bool(spelled)
    return spelled


def _from_units(spelled: str) -> int:
    """Return the value of unit notation, 0 where it is malformed."""
    value, digit, last_unit, after_zero = 0, 0, MAX_NUMERAL, False
    for char in spelled:
        unit = _UNIT_VALUES.get(char)
        if unit is not None:
            if unit >= last_unit or (not digit and unit != 10):
                return 0
            value, digit, last_unit, after_zero = value + (digit or 1) * unit, 0, unit, False
        elif char == "零":
            if digit or after_zero or last_unit == MAX_NUMERAL:
                return 0
            after_zero = True
        elif char in _DIGITS and not digit:
            digit = _DIGITS.index(char)
        else:
            return 0
    spoken = digit and last_unit > 10 and not after_zero and last_unit != MAX_NUMERAL
    return 0 if spoken or (after_zero and not digit) else value + digit
