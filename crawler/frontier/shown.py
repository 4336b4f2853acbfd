"""What the lists of one run have shown so far: the ground for walking on, or leaving it.

Only the listings that were dry in a row are remembered from run to run; for the rest each run
begins anew, and so looks a little further than it need.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from crawler.frontier.queue import Task
from crawler.frontier.worth import Lately


@dataclass(slots=True)
class _Source:
    dry: int = 0
    recaptured: set[str] = field(default_factory=set)
    thrift: int = 0


@dataclass(slots=True)
class Shown:
    """The article links that pages have shown, by shape, and what was new of late, by source."""

    by_shape: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    by_source: dict[str, _Source] = field(default_factory=dict)

    def count_fresh(self, task: Task, urls: Sequence[str]) -> int:
        """Return how many of `urls` no earlier page of the task's shape has shown."""
        seen = self.by_shape.setdefault((task.source, task.shape), set())
        fresh = sum(url not in seen for url in urls)
        seen.update(urls)
        return fresh

    def begin(self, source: str, dry: int) -> None:
        """Go on where the last run stopped, with `dry` listings in a row that brought nothing."""
        self._of(source).dry = dry

    def note_known(self, source: str, urls: Iterable[str]) -> None:
        """Count the articles at `urls`, which a list showed and which were known before."""
        self._of(source).recaptured.update(urls)

    def note_dry(self, source: str) -> None:
        """Count a listing that brought nothing."""
        self._of(source).dry += 1

    def note_news(self, source: str) -> None:
        """Begin to count anew: something led to an article that was not known."""
        one = self._of(source)
        one.dry = 0
        one.recaptured.clear()

    def lately(self, source: str) -> Lately:
        """Return what the lists of `source` brought of late."""
        one = self._of(source)
        return Lately(dry=one.dry, recaptured=len(one.recaptured))

    def thrift(self, source: str) -> int:
        """Return how much of `source` is put off: 0 nothing, 1 further pages, 2 all untried."""
        return self._of(source).thrift

    def save_thrift(self, source: str, thrift: int) -> None:
        """Remember how much of `source` is put off."""
        self._of(source).thrift = thrift

    def leave(self, source: str) -> None:
        """Forget what the lists of `source` have shown."""
        self.by_source.pop(source, None)
        self.by_shape = {key: seen for key, seen in self.by_shape.items() if key[0] != source}

    def _of(self, source: str) -> _Source:
        return self.by_source.setdefault(source, _Source())
