from typing import Any

import pytest

from warehouse.health.judgement import SourceFacts, health_of
from warehouse.health.states import Health

WELL: dict[str, Any] = {
    "requests": 40,
    "ok": 40,
    "errors": 0,
    "articles_now": 5,
    "articles_ever": 90,
}


def health(**facts: Any) -> Health:
    return health_of(SourceFacts(source="lawfirm", **(WELL | facts))).state


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({}, Health.OK),
        ({"requests": 0, "ok": 0}, Health.OK),
        ({"requests": 4, "ok": 2, "errors": 2}, Health.OK),
        ({"ok": 32, "errors": 8}, Health.OK),
        ({"ok": 31, "errors": 9}, Health.DEGRADED),
        ({"pages": 30, "rejected": 28}, Health.DEGRADED),
        ({"pages": 3, "rejected": 3}, Health.OK),
        ({"ok": 0, "errors": 40}, Health.BROKEN),
        ({"articles_now": 0, "articles_ever": 0}, Health.BROKEN),
        ({"articles_now": 0, "articles_ever": 0, "unread": 40}, Health.OK),
        ({"articles_now": 0, "articles_ever": 0, "unread": 40, "pages": 9}, Health.BROKEN),
        ({"articles_now": 0, "articles_ever": 0, "unread": 40, "ok": 0}, Health.BROKEN),
        ({"articles_now": 0}, Health.OK),
        ({"is_blocked": True, "ok": 0}, Health.BLOCKED),
        ({"is_unreachable": True, "requests": 0, "ok": 0}, Health.UNREACHABLE),
    ],
)
def test_the_judgement(facts: dict[str, Any], state: Health) -> None:
    assert health(**facts) is state


def test_a_first_run_whose_start_url_refuses_is_broken() -> None:
    refused = SourceFacts(
        source="lawfirm", requests=1, ok=0, errors=1, articles_now=0, articles_ever=0
    )
    found = health_of(refused)
    assert (found.state, found.exit_code) == (Health.BROKEN, 20)
    assert found.reason == "all 1 requests failed"


def test_a_first_run_whose_time_was_up_before_it_read_a_page_ends_no_trouble() -> None:
    facts = WELL | {"articles_now": 0, "articles_ever": 0, "unread": 40}
    found = health_of(SourceFacts(source="lawfirm", **facts))
    assert found.reason == "40 pages answered, none of them read yet"
    assert not found.is_proof


def test_every_state_has_an_exit_code() -> None:
    codes = {Health.OK: 0, Health.DEGRADED: 10, Health.BROKEN: 20, Health.UNREACHABLE: 20,
             Health.BLOCKED: 30}  # fmt: skip
    facts: dict[Health, dict[str, Any]] = {
        Health.OK: {},
        Health.DEGRADED: {"errors": 30, "ok": 10},
        Health.BROKEN: {"ok": 0},
        Health.UNREACHABLE: {"is_unreachable": True},
        Health.BLOCKED: {"is_blocked": True},
    }
    found = {
        state: health_of(SourceFacts(source="x", **(WELL | given))).exit_code
        for state, given in facts.items()
    }
    assert found == codes
