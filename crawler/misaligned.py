"""A character cut in half, which turns all that follows it into others: found and marked.

Where a page was put together by counting bytes, half a character of GB stands alone; its first
byte then takes the next character's first, and so on to the end of the sentence.

>>> half = "的".encode("gbk")[:1]
>>> realign("利息".encode("gbk") + half + "应当按照约定支付".encode("gbk")).decode("gbk", "replace")
'利息�应当按照约定支付'
"""

import re
from collections.abc import Iterator
from typing import Final

from crawler.frequent_characters import FREQUENT

COST: Final = 4  # frequent characters that a byte taken for damage must bring
BROKEN: Final = 0x80  # a byte that no character of GB begins with: read as damage, alone

_RUN: Final = re.compile(rb"[\x80-\xff]{9,4000}")
_NO_LEAD: Final = frozenset((0x80, 0xFF))
_NO_SECOND: Final = 0xFF
_PAIRS: Final = frozenset(pair for one in FREQUENT if len(pair := one.encode("gbk", "ignore")) == 2)


def realign(body: bytes) -> bytes:
    """Return `body`, GB text, with the bytes that shift those behind them made ones of damage."""
    mended = bytearray(body)
    for match in _RUN.finditer(body):
        for at in _broken(match.group()):
            mended[match.start() + at] = BROKEN
    return bytes(mended)


def _broken(run: bytes) -> Iterator[int]:
    """Yield where in a run the bytes stand without which most of it reads as frequent characters.

    The best way to each place leads there by a character of two bytes or by one byte of damage.
    """
    score, is_single = [0, -COST], [False, True]
    for end in range(2, len(run) + 1):
        pair = run[end - 2 : end]
        whole, alone = score[end - 2] + (pair in _PAIRS), score[end - 1] - COST
        is_no_pair = pair[0] in _NO_LEAD or pair[1] == _NO_SECOND
        is_single.append(is_no_pair or alone > whole)
        score.append(alone if is_single[end] else whole)
    at = len(run) - (score[-2] > score[-1])  # its last byte may have its second behind the run
    while at > 0:
        if is_single[at]:
            yield at - 1
        at -= 1 if is_single[at] else 2
