"""The shape of a URL: pages of one shape are of one making.

>>> url_shape("http://www.site.cn/hf/177001.html")
'/hf/#.html'
"""

import re
from typing import Final
from urllib.parse import unquote_to_bytes, urlsplit

MAX_WORD: Final = 24  # letters; longer pieces of a URL are run-together slugs, not a site's words
MAX_WORDS: Final = 3  # in one segment; more are a title spelled out: /how-to-get-a-loan/
_SEPARATORS: Final = re.compile(r"([-_.~,;:=+!@ ]+)")
_HEX: Final = re.compile(r"(?=.*\d)[0-9a-f]{8,}", re.IGNORECASE)
_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
# Free text, with the numbers that stand beside it: it is still one free text.
_FREE_TEXT: Final = re.compile(
    r"(?:(?:[A-Za-z]*#[A-Za-z#]*|\*)[-_ ])*\*(?:[-_ ](?:[A-Za-z]*#[A-Za-z#]*|\*))*"
)
_SEARCH_TERMS: Final = re.compile(r"q|s|wd|kw|key|keywords?|search|query|tag|title", re.IGNORECASE)


def url_shape(url: str) -> str:
    """Return the path and query of `url` with numbers (`#`) and free text (`*`) generalised.

    Pages of one shape are of one making: `/hf/177001.html` and
    `/hf/177002.html`, `/tags-利息.html` and `/tags-合同.html`, `?date=1955-3`
    and `?date=2126-7`.
    """
    parts = urlsplit(url)
    path = "/".join(map(_segment_shape, parts.path.split("/"))) or "/"
    pieces = (piece.partition("=") for piece in parts.query.split("&") if piece)
    query = "&".join(
        sorted(name + mark + _value_shape(name, value) for name, mark, value in pieces)
    )
    return f"{path}?{query}" if query else path


def _value_shape(name: str, value: str) -> str:
    if value and _SEARCH_TERMS.fullmatch(name) and not value.isdecimal():
        return "*"
    return _segment_shape(value)


def _segment_shape(segment: str) -> str:
    text = _UUID.sub("0", unquote_to_bytes(segment).decode("utf-8", "replace"))
    parts = _SEPARATORS.split(text)
    words, separators = [_word_shape(part) for part in parts[::2]], parts[1::2]
    if sum(1 for word in words if word.isalpha()) > MAX_WORDS:
        words, separators = _as_slug(words, separators)
    joined = words[0] + "".join(map("".join, zip(separators, words[1:], strict=True)))
    return _FREE_TEXT.sub("*", joined)


def _as_slug(words: list[str], separators: list[str]) -> tuple[list[str], list[str]]:
    """Make one free text of a spelled-out title, its extension kept."""
    if separators[-1] == ".":
        return ["*", words[-1]], ["."]
    return ["*"], []


def _word_shape(word: str) -> str:
    if not word.isascii() or len(word) > MAX_WORD:
        return "*"
    if _HEX.fullmatch(word):
        return "#"
    return re.sub(r"\d+", "#", word)
