from collections.abc import Generator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.frontier.store import Frontier, open_frontier
from crawler.frontier.verdicts import incidents
from tests.warehouse.receiver import Receiver, receive
from warehouse import notify as module
from warehouse.health.findings import Finding
from warehouse.health.judgement import SourceHealth
from warehouse.health.states import Health
from warehouse.notify import Outcome, WebhookError, notify, send

NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)

WELL = SourceHealth(source="paper", state=Health.OK, reason="9 of 9 requests answered")
ILL = SourceHealth(
    source="paper",
    state=Health.BROKEN,
    reason="20 of 24 pages hold no article",
    findings=(
        Finding(
            source="paper",
            measure="lost",
            state=Health.BROKEN,
            words="20 of 24 pages hold no article",
            words_zh="24 个页面中有 20 个没有正文",
            bad=20,
            total=24,
            usual_bad=0,
            usual_total=40,
            chance=1e-9,
            examples=("https://paper.example/a/1.html",),
        ),
    ),
)
UNASKED = replace(WELL, reason="nothing was due", is_proof=False)


@pytest.fixture
def receiver() -> Generator[Receiver]:
    with receive() as receiver:
        yield receiver


@pytest.fixture
def frontier() -> Generator[Frontier]:
    with open_frontier(Path(":memory:")) as frontier:
        yield frontier


def tell(frontier: Frontier, webhook: str, *health: SourceHealth, unpublished: str = "") -> int:
    outcome = Outcome(
        run_id=7, project="law", sources=("paper",), health=health, unpublished=unpublished
    )
    return notify(frontier, webhook, outcome, NOW)


def test_an_incident_is_told_once_and_its_end_once(frontier: Frontier, receiver: Receiver) -> None:
    counts = [tell(frontier, receiver.url, one) for one in (WELL, ILL, ILL, WELL, WELL)]
    assert counts == [0, 1, 0, 1, 0]
    begun, ended = receiver.messages
    assert (begun["event"], begun["source"], begun["state"]) == ("incident", "paper", "broken")
    assert begun["findings"][0]["examples"] == ["https://paper.example/a/1.html"]
    assert "law: paper: broken: 20 of 24" in begun["text"]
    assert (ended["event"], ended["state"], ended["was"]) == ("recovery", "ok", "broken")
    assert ended["since"] == begun["since"]


def test_what_worsens_is_told_again_and_what_wavers_is_not(
    frontier: Frontier, receiver: Receiver
) -> None:
    slight = replace(ILL, state=Health.DEGRADED, reason="4 of 24 pages hold no article")
    told = [tell(frontier, receiver.url, one) for one in (slight, ILL, slight, ILL, WELL)]
    assert told == [1, 1, 0, 0, 1]
    begun, worse, ended = receiver.messages
    assert [one["event"] for one in receiver.messages] == ["incident", "worse", "recovery"]
    assert (worse["state"], worse["was"], worse["since"]) == ("broken", "degraded", begun["since"])
    assert worse["findings"][0]["examples"] == ["https://paper.example/a/1.html"]
    assert ended["was"] == "broken"


def test_a_run_that_asked_for_nothing_ends_no_incident(
    frontier: Frontier, receiver: Receiver
) -> None:
    assert [tell(frontier, receiver.url, one) for one in (ILL, UNASKED, ILL)] == [1, 0, 0]


def test_what_cannot_be_published_is_an_incident_too(
    frontier: Frontier, receiver: Receiver
) -> None:
    for failure in ("future_dates: 3 rows", "future_dates: 3 rows", ""):
        tell(frontier, receiver.url, WELL, unpublished=failure)
    assert [one["event"] for one in receiver.messages] == ["incident", "recovery"]
    assert receiver.messages[0]["source"] is None


@pytest.mark.parametrize("status", [302, 404, 500])
def test_what_was_not_taken_is_told_after_the_next_run(
    frontier: Frontier, receiver: Receiver, status: int
) -> None:
    receiver.status = status
    with pytest.raises(WebhookError) as raised:
        tell(frontier, receiver.url, ILL)
    assert "secret" not in str(raised.value)
    receiver.status = 200
    assert tell(frontier, receiver.url, ILL) == 1


def test_nobody_there_is_an_error_of_one_kind() -> None:
    with receive() as gone:
        pass
    with pytest.raises(WebhookError):
        send(gone.url, {})


def test_a_receiver_that_never_answers_is_given_up(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "DEADLINE", 0.2)
    receiver.seconds = 2
    with pytest.raises(WebhookError, match="did not answer"):
        send(receiver.url, {})


def test_a_source_taken_out_of_the_configuration_is_forgotten(
    frontier: Frontier, receiver: Receiver
) -> None:
    tell(frontier, receiver.url, ILL)
    outcome = Outcome(run_id=8, project="law", sources=(), health=(), unpublished="")
    assert notify(frontier, receiver.url, outcome, NOW) == 0
    assert incidents(frontier) == {}
