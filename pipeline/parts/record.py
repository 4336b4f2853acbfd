"""What an article is made of: the posts of a thread, and the pages that it was joined from."""

from dataclasses import dataclass
from enum import StrEnum

from pipeline.dates import Published


class PartKind(StrEnum):
    """What somebody said, and in which place."""

    QUESTION = "question"  # the first post of a thread
    ANSWER = "answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One post of a question-and-answer page or forum thread."""

    kind: PartKind
    start: int  # half-open, in code points of the article's text
    end: int
    author: str | None
    published: Published | None
    is_accepted: bool = False  # marked as the best answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """Where in the joined text one of its pages stands."""

    number: int  # of the page, from 1
    start: int  # half-open, in code points
    end: int
