"""The build's view of an engine: it reads pages by batches, and they have been worked on already.

Work is handed over in spans of fetches.  Where templates were decided before, as in a rebuild, one
span is all of it, and the build loads the first parts while the engine works on the others.  Where
they are still to be learned a span is short at first and doubles: what a batch teaches changes how
later pages are read, and those of the span are worked on again, here.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from crawler.frontier.store import Fetch, Frontier
from pipeline.dedup.prepare import Prepared
from warehouse.engine.engine import Engine, Failed, unseen
from warehouse.engine.part import PartPage, read_part
from warehouse.engine.plan import units_of
from warehouse.engine.record import text_of
from warehouse.engine.unit import Done, Unit
from warehouse.exits import EngineError, EngineFullError
from warehouse.workers import PageJob, PageResult, each_result, without_walls

FIRST_SPAN: Final = 800  # fetches; in twenty sites' first pages most templates are learned
LARGEST_SPAN: Final = 200_000  # fetches; their jobs are in memory at once, some 1 kB each

JobsOf = Callable[[Sequence[Fetch]], list[PageJob]]  # with the templates that apply now
Progress = Callable[[int, int], None]  # pages worked on, of the span


@dataclass(slots=True)
class Ahead:
    """Works ahead of a build; `read` is what the build asks for its pages.

    Close it: what the engine still works on is called off then.
    """

    engine: Engine
    folder: Path  # of the parts
    frontier: Frontier
    jobs_of: JobsOf
    progress: Progress
    span: int = FIRST_SPAN
    upto: int = 0  # last fetch that was handed over
    # Of the batch that was read last: what finds the reposts of each text, by the text.
    prepared: Mapping[str, Prepared] = field(default_factory=dict)
    _outcomes: Iterator[Done | Failed] = field(default_factory=lambda: iter(()))
    _due: dict[str, Unit] = field(default_factory=dict)  # by key; handed over, not done
    _done: dict[str, Unit] = field(default_factory=dict)  # by key; not yet read to the end
    _worked: int = 0  # pages of the span
    _failures: list[Failed] = field(default_factory=list)

    def close(self) -> None:
        """Call off what is under way; parts that are done stay."""
        close = getattr(self._outcomes, "close", None)
        if close is not None:
            close()

    def prepare(self, first: int, last: int, decided: int) -> None:
        """See that the fetches `first` to `last` are worked on, and begin with some after them.

        `decided`: the last one for which it is known by which template it is read.

        Raises:
            EngineError: a piece of work came to nothing; the others have been brought to their end.
        """
        self._done = {
            key: unit for key, unit in self._done.items() if unit.jobs[-1].fetch_id >= first
        }
        while self.upto < last:
            self._wait_for(self.upto)
            fetches = self._span(max(first, self.upto + 1), decided)
            self._hand_over(list(units_of(self.jobs_of(fetches), self.folder, self.engine.pages)))
            self.upto = fetches[-1].fetch_id
        self._wait_for(last)

    def read(self, jobs: Sequence[PageJob]) -> list[PageResult]:
        """Return the result of each of `jobs`, from the parts; what they lack is worked on now."""
        of_part: dict[int, PartPage] = {}
        by_fetch = {job.fetch_id: job for job in jobs}
        for unit in self._done.values():
            own = {job.fetch_id for job in unit.jobs} & by_fetch.keys()
            if own:
                of_part |= read_part(unit.part, [by_fetch[fetch_id] for fetch_id in sorted(own)])
        found = {fetch_id: page.result for fetch_id, page in of_part.items()}
        self.prepared = {
            text: page.prepared
            for page in of_part.values()
            if page.prepared is not None and (text := text_of(page.result)) is not None
        }
        missing = [job for job in jobs if job.fetch_id not in found]
        found |= {one.job.fetch_id: one for one in each_result(missing)}
        return without_walls([found[job.fetch_id] for job in jobs])

    def _span(self, start: int, decided: int) -> list[Fetch]:
        """Return the fetches from `start` on to hand over at once; never none."""
        if start <= decided:
            found = self.frontier.fetches_after(start - 1, LARGEST_SPAN)
            return [fetch for fetch in found if fetch.fetch_id <= decided] or found
        found = self.frontier.fetches_after(start - 1, self.span)
        self.span = min(self.span * 2, LARGEST_SPAN)
        return found

    def _hand_over(self, units: Sequence[Unit]) -> None:
        self._worked = 0
        for unit in units:
            if unit.is_done():
                self._done[unit.key] = unit
                self._worked += len(unit.jobs)
            else:
                self._due[unit.key] = unit
        self._outcomes = self.engine.run(list(self._due.values()))

    def _wait_for(self, last: int) -> None:
        """Return when all pages up to the fetch `last` are worked on."""
        while any(unit.jobs[0].fetch_id <= last for unit in self._due.values()):
            self._take(next(self._outcomes))
            if self._failures:
                self._give_up()

    def _take(self, outcome: Done | Failed) -> None:
        unit = self._due.pop(outcome.key)
        if isinstance(outcome, Failed):
            self._failures.append(outcome)
            return
        if not unit.is_done():
            self._failures.append(unseen(unit))
            return
        self._done[unit.key] = unit
        self._worked += len(unit.jobs)
        waiting = sum(len(one.jobs) for one in self._due.values())
        self.progress(self._worked, self._worked + waiting)

    def _give_up(self) -> None:
        """Let the other pieces come to their end, so that a failure costs itself alone."""
        for outcome in self._outcomes:
            self._take(outcome)
        worst = next((one for one in self._failures if one.is_full), self._failures[0])
        kind = EngineFullError if worst.is_full else EngineError
        raise kind(
            f"{worst.segment}: {worst.reason}; {len(self._failures)} pieces of work failed,"
            " the others are kept; run again"
        )
