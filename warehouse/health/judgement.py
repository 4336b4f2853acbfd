"""How each source is doing, judged from its last run and its history: one word and a reason.

Pure: `warehouse.run` fills in the facts, `warehouse.health.findings` what is unlike the history.

>>> health = health_of(
...     SourceFacts(source="lawfirm", requests=9, ok=5, errors=4, articles_now=3, articles_ever=90)
... )
>>> health.state.value, health.reason, health.exit_code
('degraded', '4 of 9 requests failed', 10)
"""

from dataclasses import dataclass
from typing import Final

from warehouse.health.findings import LEAST_BAD, Finding
from warehouse.health.states import Health

# One dead link in five is a site's ordinary untidiness; of fewer than five requests one failure
# says nothing.
DEGRADED_ERRORS: Final = 0.2
ENOUGH_REQUESTS: Final = 5
# Listings, tag and author pages are refused too, so half is usual; nine in ten is a redesign.
DEGRADED_REJECTIONS: Final = 0.9
ENOUGH_PAGES: Final = 20


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
    unread: int = 0  # fetches, of whatever source, that wait for the next build
    has_history: bool = False  # enough of it to compare with: `findings` tell of losses
    note: str = ""  # what the crawl has to say of the start URL
    findings: tuple[Finding, ...] = ()
    last_state: Health | None = None  # as the run before judged it


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """The judgement, with its reason as a clause for people."""

    source: str
    state: Health
    reason: str
    findings: tuple[Finding, ...] = ()
    is_proof: bool = True  # whether enough was seen to say that a trouble is over

    @property
    def exit_code(self) -> int:
        """What a run with this source should end with, if nothing is worse."""
        return self.state.exit_code


def health_of(facts: SourceFacts) -> SourceHealth:
    """Judge one source; a source with nothing due was not asked, and is well."""
    state, reason = _judge_answers(facts) or _judge_losses(facts)
    worst = max(facts.findings, key=lambda one: one.state.gravity, default=None)
    if worst is not None and worst.state.gravity >= max(state.gravity, 1):
        state, reason = worst.state, worst.words
    return SourceHealth(
        source=facts.source,
        state=state,
        reason=reason,
        findings=facts.findings,
        is_proof=facts.ok > 0
        and (facts.articles_now > 0 or facts.articles_ever == 0)
        and not _is_unread(facts),
    )


def _judge_answers(facts: SourceFacts) -> tuple[Health, str] | None:
    note = f" ({facts.note})" if facts.note else ""
    if facts.is_blocked:
        return Health.BLOCKED, f"the site refuses us{note}"
    if facts.is_unreachable:
        return Health.UNREACHABLE, f"the site does not answer{note}"
    if facts.requests == 0:
        return _judge_unasked(facts.last_state)
    if facts.ok == 0 and (facts.requests >= LEAST_BAD or not facts.has_history):
        return Health.BROKEN, f"all {facts.requests} requests failed{note}"
    if _is_unread(facts):
        return Health.OK, f"{facts.ok} pages answered, none of them read yet"
    if facts.articles_ever == 0 and facts.articles_now == 0:
        return Health.BROKEN, f"{facts.ok} pages answered, no article among them{note}"
    return None


def _is_unread(facts: SourceFacts) -> bool:
    """Say whether the time was up before any page of a new source was read."""
    return facts.articles_ever == 0 and facts.pages == 0 and facts.ok > 0 and facts.unread > 0


def _judge_unasked(last: Health | None) -> tuple[Health, str]:
    """A source that was not asked is as it was: a host that is down is let alone for a while."""
    if last in (Health.BROKEN, Health.BLOCKED, Health.UNREACHABLE):
        return last, "as in the run before; nothing was due to be asked again"
    return Health.OK, "nothing was due"


def _judge_losses(facts: SourceFacts) -> tuple[Health, str]:
    """Judge a source that has no history yet by what is usual elsewhere."""
    answered = Health.OK, f"{facts.ok} of {facts.requests} requests answered"
    if facts.has_history:
        return answered
    if facts.requests >= ENOUGH_REQUESTS and facts.errors > DEGRADED_ERRORS * facts.requests:
        return Health.DEGRADED, f"{facts.errors} of {facts.requests} requests failed"
    if facts.pages >= ENOUGH_PAGES and facts.rejected > DEGRADED_REJECTIONS * facts.pages:
        return Health.DEGRADED, f"{facts.rejected} of {facts.pages} pages held no article"
    return answered
