"""How each source is doing, judged from its last run: one word and a reason.

Pure: `warehouse.run` fills in the facts.

>>> health = health_of(
...     SourceFacts(source="lawfirm", requests=9, ok=5, errors=4, articles_now=3, articles_ever=90)
... )
>>> health.state.value, health.reason, health.exit_code
('degraded', '4 of 9 requests failed', 10)
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

# One dead link in five is a site's ordinary untidiness; of fewer than five requests one failure
# says nothing.
DEGRADED_ERRORS: Final = 0.2
ENOUGH_REQUESTS: Final = 5
# Listings, tag and author pages are refused too, so half is usual; nine in ten is a redesign.
DEGRADED_REJECTIONS: Final = 0.9
ENOUGH_PAGES: Final = 20


class Health(StrEnum):
    """How a source is doing."""

    OK = "ok"
    DEGRADED = "degraded"  # works, but loses pages
    BROKEN = "broken"  # answers, and gives us nothing
    BLOCKED = "blocked"  # refuses us: robots, captcha, 403, 429
    UNREACHABLE = "unreachable"  # does not answer at all


_EXIT_CODES: Final = {
    Health.OK: 0,
    Health.DEGRADED: 10,
    Health.BROKEN: 20,
    Health.UNREACHABLE: 20,
    Health.BLOCKED: 30,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFacts:
    """What is known of one source after a run; counts of requests and pages."""

    source: str
    requests: int  # this run
    ok: int  # answered with a page, or "not modified"
    errors: int  # no answer, or 4xx or 5xx
    articles_now: int  # article pages this run brought, changed or not
    articles_ever: int  # stored from all runs
    is_blocked: bool = False
    is_unreachable: bool = False
    pages: int = 0  # pages the build read this run
    rejected: int = 0  # of those, found to be no article


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """The judgement, with its reason as a clause for people."""

    source: str
    state: Health
    reason: str

    @property
    def exit_code(self) -> int:
        """What a run with this source should end with, if nothing is worse."""
        return _EXIT_CODES[self.state]


def health_of(facts: SourceFacts) -> SourceHealth:
    """Judge one source; a source with nothing due was not asked, and is well."""
    state, reason = _judge_answers(facts) or _judge_losses(facts)
    return SourceHealth(source=facts.source, state=state, reason=reason)


def _judge_answers(facts: SourceFacts) -> tuple[Health, str] | None:
    if facts.is_blocked:
        return Health.BLOCKED, "the site refuses us"
    if facts.is_unreachable:
        return Health.UNREACHABLE, "the site does not answer"
    if facts.requests == 0:
        return Health.OK, "nothing was due"
    if facts.ok == 0:
        return Health.BROKEN, f"all {facts.requests} requests failed"
    if facts.articles_ever == 0 and facts.articles_now == 0:
        return Health.BROKEN, f"{facts.ok} pages answered, no article among them"
    return None


def _judge_losses(facts: SourceFacts) -> tuple[Health, str]:
    if facts.requests >= ENOUGH_REQUESTS and facts.errors > DEGRADED_ERRORS * facts.requests:
        return Health.DEGRADED, f"{facts.errors} of {facts.requests} requests failed"
    if facts.pages >= ENOUGH_PAGES and facts.rejected > DEGRADED_REJECTIONS * facts.pages:
        return Health.DEGRADED, f"{facts.rejected} of {facts.pages} pages held no article"
    return Health.OK, f"{facts.ok} of {facts.requests} requests answered"
