"""One thing that was looked at, and how it is."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How a thing that was looked at is."""

    GOOD = "good"
    NOTE = "note"  # worth knowing, no trouble
    BAD = "bad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """One thing that was looked at."""

    subject: str  # installation, folder, disk, lock, …, or a source's name
    verdict: Verdict
    words: str  # one line
    mend: str = ""


def good(subject: str, words: str) -> Diagnosis:
    """Return that `subject` is as it should be."""
    return Diagnosis(subject=subject, verdict=Verdict.GOOD, words=words)


def note(subject: str, words: str, mend: str = "") -> Diagnosis:
    """Return what is worth knowing of `subject`."""
    return Diagnosis(subject=subject, verdict=Verdict.NOTE, words=words, mend=mend)


def bad(subject: str, words: str, mend: str) -> Diagnosis:
    """Return what is wrong with `subject`, and how it is put right."""
    return Diagnosis(subject=subject, verdict=Verdict.BAD, words=words, mend=mend)


def first_line(error: Exception) -> str:
    """Return the first line of an error's message, which is all that people can use of it."""
    return (str(error).splitlines() or [type(error).__name__])[0]
