"""Where two versions of an article differ, for people to see."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

_MOST: Final = 1_000_000  # characters times characters; above it a change is shown whole


class Change(StrEnum):
    """What became of a piece of the earlier text."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters, and whether both texts have it."""

    change: Change
    text: str


def differences(earlier: str, later: str) -> list[Piece]:
    """Return the pieces of both texts in order: first by lines, then by characters.

    Those that are the same or gone make up the earlier text, those the same or new the later one.

    >>> [(piece.change.value, piece.text) for piece in differences("三年以内", "两年以内")]
    [('gone', '三'), ('new', '两'), ('same', '年以内')]
    """
    pieces = list[Piece]()
    for piece in _by_lines(earlier, later):
        if pieces and pieces[-1].change == piece.change:
            pieces[-1] = Piece(piece.change, pieces[-1].text + piece.text)
        elif piece.text:
            pieces.append(piece)
    return pieces


def _by_lines(earlier: str, later: str) -> Iterator[Piece]:
    left, right = earlier.splitlines(keepends=True), later.splitlines(keepends=True)
    for _, start, end, other, until in SequenceMatcher(
        None, left, right, autojunk=False
    ).get_opcodes():
        yield from _by_characters("".join(left[start:end]), "".join(right[other:until]))


def _by_characters(old: str, new: str) -> Iterator[Piece]:
    if old == new:
        yield Piece(Change.SAME, old)
        return
    if len(old) * len(new) > _MOST:
        yield from (Piece(Change.GONE, old), Piece(Change.NEW, new))
        return
    for tag, start, end, other, until in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            yield Piece(Change.SAME, old[start:end])
        else:
            yield from (Piece(Change.GONE, old[start:end]), Piece(Change.NEW, new[other:until]))
