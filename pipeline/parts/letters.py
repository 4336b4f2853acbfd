"""Letters to an office and its answers, as tables of labels: 来信内容 | …, 回复内容 | ….

>>> from lxml import html
>>> from pipeline.reader import read_lines
>>> rows = "<tr><th>来信内容<td>暖气不热。<tr><th>回复内容<td>已经修好。<tr><th>回复单位<td>住建局"
>>> [post.lines for _, post in letters(read_lines(html.fromstring(f"<table>{rows}</table>")), None)]
[('暖气不热。',), ('已经修好。',)]
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from pipeline.dates import Published, find_date
from pipeline.document import fit
from pipeline.lines import Line, LineKind
from pipeline.parts.posts import Post
from pipeline.parts.record import PartKind

_ASK: Final = r"(?:来信|信件|留言|咨询|提问|写信|诉求|投诉|问题)"
_TELL: Final = r"(?:回复|答复|办理|处理|回信)"
_ASKED: Final = re.compile(rf"^{_ASK}(?:内容|正文|描述|详情)?\s*[:：]?\s*\|")
_TOLD: Final = re.compile(rf"^{_TELL}(?:内容|意见|结果|情况)\s*[:：]?\s*\|")
_ASKED_ON: Final = re.compile(rf"^{_ASK}(?:时间|日期)\s*[:：]?\s*\|")
_TOLD_ON: Final = re.compile(rf"^{_TELL}(?:时间|日期)\s*[:：]?\s*\|")
_TOLD_BY: Final = re.compile(rf"^{_TELL}(?:单位|部门|机构)\s*[:：]?\s*\|")


def letters(lines: Sequence[Line], fetched_at: datetime | None) -> list[tuple[PartKind, Post]]:
    """Return the letter and the answer that a table's rows hold; nothing where one is missing."""
    rows = [line.text for line in lines if line.kind is LineKind.ROW]
    asked, told = _cell(rows, _ASKED), _cell(rows, _TOLD)
    if not asked or not told:
        return []
    question = Post(lines=(fit(asked),), author=None, published=_day(rows, _ASKED_ON, fetched_at))
    answer = Post(
        lines=(fit(told),),
        author=_cell(rows, _TOLD_BY),
        published=_day(rows, _TOLD_ON, fetched_at),
    )
    return [(PartKind.QUESTION, question), (PartKind.ANSWER, answer)]


def _cell(rows: Sequence[str], label: re.Pattern[str]) -> str | None:
    return next((row.split("|", 1)[1].strip() for row in rows if label.search(row)), None) or None


def _day(
    rows: Sequence[str], label: re.Pattern[str], fetched_at: datetime | None
) -> Published | None:
    return find_date(_cell(rows, label) or "", fetched_at)
