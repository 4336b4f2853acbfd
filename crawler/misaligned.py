"""A character cut in half, which turns all that follows it into others: found and marked.

Where a page was put together by counting bytes, half a character of GB stands alone; its first
byte then takes the next character's first, and so on to the end of the sentence.

>>> half = "的".encode("gbk")[:1]
>>> realign("利息".encode("gbk") + half + "应当按照约定支付".encode("gbk")).decode("gbk", "replace")
'利息�应当按照约定支付'
"""

import re
from itertools import accumulate
from typing import Final

from crawler.frequent_characters import FREQUENT

MIN_GAIN: Final = 4  # frequent characters more, by which a run reads better without one byte
BROKEN: Final = 0x80  # a byte that no character of GB begins with: read as damage, alone

_RUN: Final = re.compile(rb"[\x80-\xff]{9,4000}")


def realign(body: bytes) -> bytes:
    """Return `body`, GB text, with a byte that shifts those behind it made one of damage."""
    found = [
        match.start() + at
        for match in _RUN.finditer(body)
        if (at := _extra(match.group())) is not None
    ]
    if not found:
        return body
    mended = bytearray(body)
    for at in found:
        mended[at] = BROKEN
    return bytes(mended)


def _extra(run: bytes) -> int | None:
    """Return where in a run the byte too many stands, None where there is none to be seen."""
    before = [0, *accumulate(_flags(run))]
    after = [0, *accumulate(_flags(run[1:]))]
    after += after[-1:] * (len(before) - len(after))
    best = max(range(len(before)), key=lambda at: before[at] - after[at])
    gain = before[best] + after[-1] - after[best] - before[-1]
    return 2 * best if gain >= MIN_GAIN else None


def _flags(pairs: bytes) -> list[bool]:
    """Say of each two bytes whether they are a frequent character."""
    return [
        pairs[at : at + 2].decode("gbk", "replace") in FREQUENT for at in range(0, len(pairs), 2)
    ]
