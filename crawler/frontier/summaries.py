"""What the frontier tells of its runs and its sources."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One crawl."""

    run_id: int
    started_at: datetime
    finished_at: datetime | None  # None: running, or killed
    outcome: str | None
    requests: int
    errors: int


@dataclass(frozen=True, slots=True)
class SourceRun:
    """What one run did for one source, and how it was judged; counts of requests."""

    run_id: int
    source: str
    requests: int
    ok: int
    not_modified: int
    errors: int
    articles_seen: int
    state: str | None  # None: the run was killed before it was judged
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSummary:
    """What the frontier knows of one source."""

    source: str
    urls: int
    articles: int
    listings: int
    queued: int  # never fetched, to be fetched
    parked: int
    gone: int
    due_now: int  # queued or due again
    next_due: datetime | None  # the next time anything is due
    last_fetch: datetime | None
    errors: int  # URLs whose last request failed
    waiting_until: datetime | None  # its host refuses or cannot be reached
    waiting_reason: str | None
