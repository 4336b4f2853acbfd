"""What two texts are compared by: the letters and digits that carry meaning, and nothing else.

One lookup table takes each code point to the one it is compared as: width and compatibility
forms folded (NFKC), lower case, traditional characters as simplified ones by OpenCC's data;
punctuation, spaces, marks and control characters go.  Measured on edited Chinese legal texts this
is worth 8.5 points of F1 (raw 3-grams .908, normalised .993 with exact Jaccard).

>>> as_text(normalize("《民法典》 第 ６７５ 條：借款人應當…"))
'民法典第675条借款人应当'
"""

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Final

import numpy as np
import opencc
from numpy.typing import NDArray

from pipeline.dedup.laid import Laid, kept

CodePoints = NDArray[np.uint32]

_TABLE_SIZE: Final = 0x110000
_ASSIGNED: Final = 0x32400  # above it: tags, selectors and private use, nothing that is read
_DROPPED: Final = 0  # U+0000 itself is a control character, so 0 can stand for "off"


def normalize(text: str) -> CodePoints:
    """Return the code points that `text` is compared by; empty where nothing is left of it."""
    mapped = _mapped(text)
    found: CodePoints = mapped[mapped != _DROPPED]
    return found


def normalize_all(texts: Sequence[str]) -> Laid:
    """Return the code points that each of many texts is compared by."""
    mapped = _mapped("".join(texts))
    edges = np.cumsum([0, *map(len, texts)], dtype=np.intp)
    return kept(Laid(mapped, edges[:-1], edges[1:]), mapped != _DROPPED)


def places(text: str) -> NDArray[np.intp]:
    """Return where in `text` each of its normalised code points stands."""
    found: NDArray[np.intp] = np.flatnonzero(_mapped(text) != _DROPPED)
    return found


def as_text(code_points: CodePoints) -> str:
    """Return normalised code points as a string again, for people to read."""
    return code_points.astype("<u4").tobytes().decode("utf-32-le")


def _mapped(text: str) -> CodePoints:
    """Return what each code point of `text` is compared as, 0 for those that go."""
    raw = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")
    if len(raw) != len(text):  # some take two units there
        raw = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    # `take` by places of the machine's own width is three times as fast as an index.
    mapped: CodePoints = _table().take(raw.astype(np.intp))
    return mapped


@cache
def _table() -> CodePoints:
    table = np.zeros(_TABLE_SIZE, dtype=np.uint32)
    kept = [code for code in range(_ASSIGNED) if unicodedata.category(chr(code))[0] in "LN"]
    folded = [_fold(chr(code)) for code in kept]
    table[kept] = [ord(char) for char in _simplify(folded)]
    return table


def _fold(char: str) -> str:
    """Return the one character `char` is folded to, or itself where it would become several."""
    folded = unicodedata.normalize("NFKC", char).lower()
    return folded if len(folded) == 1 else char


def _simplify(chars: list[str]) -> list[str]:
    """Return each character in simplified form, converted a line each: no phrase joins two."""
    lines = opencc.OpenCC("t2s").convert("\n".join(chars)).split("\n")
    return [line if len(line) == 1 else char for char, line in zip(chars, lines, strict=True)]
