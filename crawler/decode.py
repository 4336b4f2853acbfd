"""Bytes to text, and text to what may be stored.

A page says in up to four places how it is encoded, and on old Chinese sites
they disagree or are wrong.  All it says are candidates, beside the encodings
that Chinese pages have; the candidate whose text reads as Chinese wins, and
between equals the one the page named first.

>>> decode("利息".encode("gbk"), "text/html; charset=utf-8").text
'利息'
"""

import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from crawler.frequent_characters import FREQUENT
from crawler.misaligned import realign

REPLACEMENT: Final = "\ufffd"
DECLARATION_BYTES: Final = 16_384  # where a <meta> may stand; HTML says 1,024, sites care little
SAMPLE_BYTES: Final = 65_536  # of non-ASCII text, to choose by
CLEAR_LEAD: Final = 0.15  # by how much a guess must read better than what the page declares
SURE: Final = 0.5  # what a page declares and reads so well by, it is: wrong ones read as 0.1
SURE_BYTES: Final = 600  # of the sample; in less, frequent characters may come by chance
FOREIGN_LEAD: Final = 0.4  # than Japanese or Korean, whose pages have few Chinese characters
DAMAGE_WEIGHT: Final = 2.0  # a broken character counts against as two frequent ones count for

# Labels are read as browsers read them: the larger character set of each family.
_FAMILIES: Final = {
    "gb18030": "gb2312 gb_2312 gb_2312-80 gb2312-80 gbk x-gbk cp936 ms936 936 gb18030 gb euc-cn "
    "chinese csgb2312 iso-ir-58 zh-cn",
    "big5hkscs": "big5 big-5 big5-hkscs big5hkscs cn-big5 csbig5 x-x-big5 cp950 ms950",
    # Who can read the label in single bytes has no UTF-16 before them; browsers do the same.
    "utf-8": "utf-8 utf8 utf-16 utf-16le utf-16be unicode-1-1-utf-8 utf_8 utf-8-sig unicode",
    "cp1252": "iso-8859-1 iso8859-1 latin1 latin-1 ascii us-ascii windows-1252 iso-8859-15",
    "euc-jp": "euc-jp",
    "cp932": "shift_jis shift-jis sjis x-sjis windows-31j",
    "cp949": "euc-kr ks_c_5601-1987 cp949",
    "hz": "hz-gb-2312 hz",
}
_CODECS: Final = {label: codec for codec, labels in _FAMILIES.items() for label in labels.split()}
_FOREIGN: Final = frozenset({"euc-jp", "cp932", "cp949"})
_GUESSES: Final = ("utf-8", "gb18030", "big5hkscs")
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEADER_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE)
_META_CHARSET: Final = re.compile(
    rb"<(?:meta\b[^>]{0,300}?charset|\?xml\b[^>]{0,100}?encoding)\s*=\s*[\"']?\s*([\w:.-]{2,40})",
    re.IGNORECASE,
)
# Long ASCII says nothing; its first byte may be the second half of a character.
_LONG_ASCII: Final = re.compile(rb"(?<=[\x00-\x7f])[\x00-\x7f]{7,}")

_ASCII: Final = re.compile(r"[\x00-\x7f]+")

# What GB text is full of from half a character on: places left to private use, and damage.
_SHIFTED: Final = re.compile("[\ue000-\uf8ff\ufffd]")

_SELECTORS: Final = re.compile("[\U000e0100-\U000e01ef]")  # the only ones that Python would print
_NEW_LINES: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNSTORABLE: Final = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x9f"  # control characters but tab and line feed
    "\u00ad\u061c\u180e\u200b-\u200f\u2060-\u2064\ufeff"  # of no width
    "\u202a-\u202e\u2066-\u206f"  # direction: what is read is not what is stored
    "\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff"  # surrogates, no characters
    "\U000e0000-\U000e0fff"  # tags
    "]+"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The text of a response, and how it was got."""

    text: str
    chosen: str  # Python's name of the codec
    declared: str | None  # the label the response named first, as written, in small letters
    damaged: int  # replacement characters in `text`


def decode(body: bytes, content_type: str | None = None) -> Decoded:
    """Return the text of `body`, whose header named `content_type`.  Never raises."""
    declared = list(_declared(body, content_type))
    named = [_CODECS[label] for label in declared if label in _CODECS]
    mark, codec = next((bom for bom in _BOMS if body.startswith(bom[0])), (b"", None))
    body = body[len(mark) :]
    if codec == "utf-8":  # said by one file of a page put together from several
        named, codec = [codec, *named], None
    codec = codec or _utf16_by_zeros(body) or _choose(body, named)
    text = body.decode(codec, "replace")
    if codec == "gb18030" and _SHIFTED.search(text):
        text = realign(body).decode(codec, "replace")
    return Decoded(
        text=text,
        chosen=codec,
        declared=declared[0] if declared else None,
        damaged=text.count(REPLACEMENT),
    )


def clean_text(text: str) -> str:
    """Return `text` as it may be stored and compared: composed, without invisible characters.

    Tabs and line feeds stay; every other line end becomes a line feed.
    """
    if not is_storable(text):
        text = _UNSTORABLE.sub("", _NEW_LINES.sub("\n", text))
    return unicodedata.normalize("NFC", text)


def is_storable(text: str) -> bool:
    """Say whether a line has nothing that may not be stored; several times as quick as looking."""
    return text.isprintable() and _SELECTORS.search(text) is None


def _declared(body: bytes, content_type: str | None) -> Iterator[str]:
    in_header = _HEADER_CHARSET.search(content_type or "")
    if in_header:
        yield in_header[1].lower()
    for match in _META_CHARSET.finditer(body[:DECLARATION_BYTES]):
        yield match[1].decode("ascii").lower()


def _choose(body: bytes, named: list[str]) -> str:
    """Return the candidate that reads best; the first named one unless another clearly leads."""
    sample = _LONG_ASCII.sub(b" ", body)[:SAMPLE_BYTES]
    candidates = list(dict.fromkeys([*named, *_GUESSES]))
    if sample.isascii() and "hz" not in named:
        return candidates[0]
    first = _reading(sample, candidates[0])
    if named and first >= SURE and len(sample) >= SURE_BYTES:
        return named[0]
    readings = {codec: _reading(sample, codec) for codec in candidates[1:]}
    readings[candidates[0]] = first
    best = max(candidates, key=partial(_rank, readings))
    for codec in named:
        is_foreign = codec in _FOREIGN and readings[codec] >= 0
        lead = FOREIGN_LEAD if is_foreign else CLEAR_LEAD
        if (readings[codec] > 0 or is_foreign) and readings[best] - readings[codec] < lead:
            return codec
    return best


def _rank(readings: dict[str, float], codec: str) -> float:
    return readings[codec]


def _utf16_by_zeros(body: bytes) -> str | None:
    """Return UTF-16's name if every other byte of much of the markup is zero."""
    head = body[:1000]
    for codec, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if zeros.count(0) > len(zeros) / 4:
            return codec
    return None


def _reading(sample: bytes, codec: str) -> float:
    """Return how much the sample reads as Chinese in `codec`: at most 1, below 0 if damaged.

    Running Chinese text scores about 0.8, a wrong encoding 0.1 or less.
    """
    text = _ASCII.sub("", sample.decode(codec, "replace"))
    if not text:
        return 0.0
    frequent = sum(map(FREQUENT.__contains__, text))
    return (frequent - DAMAGE_WEIGHT * text.count(REPLACEMENT)) / len(text)
