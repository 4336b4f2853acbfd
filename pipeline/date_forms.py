"""The forms in which Chinese pages print dates, as patterns; `pipeline.dates` reads them.

>>> YEARLESS.search("发表于 10月24日 08:30")["month"]
'10'
"""

import re
from typing import Final

NUMERALS: Final = "〇零○Ｏ一二三四五六七八九十"
SEPARATORS: Final = r"\s*[年./\-]\s*"
CLOCK: Final = r"""
    (?: [T\s,，(（星期周一二三四五六日天)）]{0,9}?
        (?P<half>凌晨|清晨|早上|早晨|早|上午|中午|下午|傍晚|晚上|晚间|晚)? \s*
        (?P<hour>[01]?\d|2[0-4]) \s* (?: [:：时時点點] )
        (?: \s*(?P<minute>[0-5]\d) (?: \s*[:：分] \s*(?P<second>[0-5]\d)? )? )?
        (?: \.\d+ )? \s*(?P<zone>Z|[+-][01]\d:?[0-5]\d)?
    )?
"""
ABSOLUTE: Final = re.compile(
    rf"""
    (?<![\d.\-/])
    (?P<year>(?:19|20)\d\d) {SEPARATORS}
    (?P<month>0?[1-9]|1[0-2]) \s*[月./\-]\s*
    (?P<day>3[01]|[12]\d|0?[1-9]) (?!\d) \s*[日号號]?
    {CLOCK}
    """,
    re.VERBOSE,
)
COMPACT: Final = re.compile(  # 20251024, 20251024083000: machine-readable fields only
    r"^(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)"
    r"(?:T?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?)?$"
)
WRITTEN: Final = re.compile(
    rf"(?P<year>[二一][{NUMERALS}]{{3}})\s*年\s*(?P<month>[{NUMERALS}]{{1,2}})\s*月\s*"
    rf"(?P<day>[{NUMERALS}]{{1,3}})\s*日"
)
AGO: Final = re.compile(
    r"""
    (?: (?<![\d.第])(?P<hours>\d{1,2})\s*小[时時] (?=\s*\d) )? \s*
    (?: (?<![\d.第])(?P<count>\d{1,3}) | (?P<half>半)
      | (?: ^ | (?<=[\s:：|·,，(（于]) ) (?P<word>[一两二三四五六七八九十]{1,2}) ) \s*个?個?
    (?P<unit>秒[钟鐘]?|分[钟鐘]|小[时時]|[钟鐘][头頭]|天|日|周|週|星期|月|年) \s*[以之]?前
    (?: \s*[(（]\s* (?: (?P<year>(?:19|20)\d\d)\s*[-/.年]\s* )?
        (?P<month>0?[1-9]|1[0-2])\s*[-/.月]\s*(?P<day>3[01]|[12]\d|0?[1-9])\s*日?\s*[)）] )?
    """,
    re.VERBOSE,
)
WORD: Final = re.compile(
    r"(?<!大)(?P<word>刚刚|剛剛|刚才|今天|今日|昨天|昨日|前天|上周|上週|上星期|上个?月|上個月|去年(?!\s*\d))"
    r"(?:\s*(?P<hour>[01]?\d|2[0-3])\s*[:：]\s*(?P<minute>[0-5]\d))?"
)
YEARLESS: Final = re.compile(
    rf"(?:(?P<which>[今去前]年)\s*)?(?<![\d.\-/:：])(?<!\d年)(?<!\d年\s)(?P<month>0?[1-9]|1[0-2])\s*(?:月\s*(?P<day>3[01]|[12]\d|0?[1-9])\s*[日号號]"
    rf"|[-/](?P<day2>3[01]|[12]\d|0[1-9])(?![\d\-/.年]))\s*{CLOCK}",
    re.VERBOSE,
)
_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec"
MONTHS: Final = {name: number for number, name in enumerate(_MONTHS.split(), 1)}
ENGLISH: Final = re.compile(
    rf"""
    \b (?: (?P<day1>3[01]|[12]\d|0?[1-9]) (?:st|nd|rd|th)? \s+ )?
    (?P<name>{_MONTHS.replace(" ", "|")})[a-z]{{0,6}}\.? \s+
    (?: (?P<day2>3[01]|[12]\d|0?[1-9]) (?:st|nd|rd|th)? \s*,?\s+ )?
    (?P<year>(?:19|20)\d\d) \b
    (?: ,?\s+ (?:at\s+)? (?P<hour>[01]?\d|2[0-3]) : (?P<minute>[0-5]\d) (?: :(?P<second>[0-5]\d) )?
        \s* (?P<half>[ap]\.?m\.?)? )?
    """,
    re.VERBOSE | re.IGNORECASE,
)
CALENDAR: Final = re.compile(  # a leaf of a calendar: 21 / 2025 10
    r"^\s*(?P<day>3[01]|[12]\d|0?[1-9])[\s日]+(?P<year>20\d\d)[\s年./\-]+(?P<month>1[0-2]|0?[1-9])\s*月?\s*$"
)
