"""Tells a webhook what befell a source: when a trouble begins, when it worsens, when it is over.

What was told stands in the frontier, so that a trouble of many runs is one message.  A webhook
that cannot be reached never fails a run: what could not be told is told after the next one.
Standard library only: `urllib` posts JSON well enough, and is bounded here by a thread.
"""

import json
import threading
import urllib.request
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from http.client import HTTPException, HTTPMessage
from typing import IO, Any, Final

from crawler.frontier.store import Frontier
from crawler.frontier.verdicts import Incident, close_incident, incidents, open_incident
from warehouse.health.findings import finding_record
from warehouse.health.judgement import SourceHealth
from warehouse.health.states import Health

DEADLINE: Final = 15.0  # seconds for one message, whatever the other side does
SOCKET_TIMEOUT: Final = 10.0  # seconds
PUBLICATION: Final = ""  # stands for the source where nothing could be published


class WebhookError(RuntimeError):
    """A message was not taken; the message says why, without the webhook's address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run has to tell of itself."""

    run_id: int
    project: str  # name of the user's folder
    sources: tuple[str, ...]  # that are still to be crawled
    health: Sequence[SourceHealth]
    unpublished: str  # why a check stood in the way; empty: none did


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message, and what to remember once it has been taken."""

    body: dict[str, Any]
    opened: Incident | None = None
    closed: str | None = None  # source


def notify(frontier: Frontier, webhook: str, outcome: Outcome, now: datetime) -> int:
    """Tell `webhook` what this run began, worsened or ended; return how many messages it took.

    Raises:
        WebhookError: it did not take one; the rest is left for the next run.
    """
    told = incidents(frontier)
    for source in set(told) - {*outcome.sources, PUBLICATION}:
        close_incident(frontier, source)  # taken out of fatiao.toml: nobody waits for it
    count = 0
    for message in _messages(outcome, told, now):
        send(webhook, message.body)
        if message.opened:
            open_incident(frontier, message.opened)
        if message.closed is not None:
            close_incident(frontier, message.closed)
        frontier.commit()
        count += 1
    return count


def send(webhook: str, body: dict[str, Any]) -> None:
    """Post `body` as JSON to `webhook`, within `DEADLINE`.

    Raises:
        WebhookError: it was not taken with a 2xx answer in that time.
    """
    failures: list[str] = []
    thread = threading.Thread(target=_post, args=(webhook, body, failures), daemon=True)
    thread.start()
    thread.join(DEADLINE)
    if thread.is_alive():
        raise WebhookError(f"the webhook did not answer within {DEADLINE:.0f} s")
    if failures:
        raise WebhookError(f"the webhook took no message: {failures[0]}")


def _post(webhook: str, body: dict[str, Any], failures: list[str]) -> None:
    data = json.dumps(body, ensure_ascii=False, default=str).encode()
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "fatiao"}
    # Proxies of the environment are ignored, as for the crawl; a POST is not redirected.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect())
    try:
        request = urllib.request.Request(webhook, data, headers, method="POST")  # noqa: S310 - checked: http or https
        with opener.open(request, timeout=SOCKET_TIMEOUT):
            pass
    except (OSError, HTTPException, ValueError) as error:
        failures.append(str(error) or type(error).__name__)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> None:
        """Follow none: the answer is an error then."""


def _messages(outcome: Outcome, told: dict[str, Incident], now: datetime) -> Iterator[Message]:
    for health in outcome.health:
        known = told.get(health.source)
        if health.state is Health.OK:
            if known and health.is_proof:
                yield _closing(outcome, known, health.reason, now)
            continue
        findings = [finding_record(one) for one in health.findings]
        if known is None:
            yield _opening(outcome, health.source, health.state, health.reason, now, findings)
        elif health.state.gravity > Health(known.state).gravity:
            yield _worsening(outcome, known, health, findings)
    if outcome.unpublished and PUBLICATION not in told:
        yield _opening(outcome, PUBLICATION, "not published", outcome.unpublished, now)
    elif not outcome.unpublished and PUBLICATION in told:
        yield _closing(outcome, told[PUBLICATION], "published again", now)


def _opening(
    outcome: Outcome,
    source: str,
    state: str,
    reason: str,
    now: datetime,
    findings: Iterable[dict[str, Any]] = (),
) -> Message:
    incident = Incident(
        source=source, run_id=outcome.run_id, state=str(state), reason=reason, since=now
    )
    body = _body("incident", outcome, incident, reason) | {"findings": list(findings)}
    return Message(body=body, opened=incident)


def _worsening(
    outcome: Outcome, known: Incident, health: SourceHealth, findings: list[dict[str, Any]]
) -> Message:
    """The incident goes on under its worst state: what wavers is not told again and again."""
    incident = replace(known, state=str(health.state), reason=health.reason)
    body = _body("worse", outcome, incident, health.reason) | {"was": known.state}
    return Message(body=body | {"findings": findings}, opened=incident)


def _closing(outcome: Outcome, incident: Incident, reason: str, now: datetime) -> Message:
    body = _body("recovery", outcome, incident, reason)
    return Message(body=body | {"until": now.isoformat()}, closed=incident.source)


def _body(event: str, outcome: Outcome, incident: Incident, reason: str) -> dict[str, Any]:
    state = "ok" if event == "recovery" else incident.state
    what = incident.source or "publication"
    return {
        "event": event,
        "text": f"fatiao {outcome.project}: {what}: {state}: {reason}",  # what chat hooks show
        "project": outcome.project,
        "source": incident.source or None,
        "state": state,
        "was": incident.state,
        "reason": reason,
        "run_id": outcome.run_id,
        "since": incident.since.isoformat(),
    }
