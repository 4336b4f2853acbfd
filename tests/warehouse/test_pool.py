from tests.warehouse.jobs import work
from warehouse.pool import Limit, Overrun, map_bounded


def run(*jobs: str, seconds: float = 1) -> list[str | Overrun]:
    return list(map_bounded(work, jobs, preload="tests.warehouse.jobs", seconds=seconds))


def test_results_keep_the_order_of_the_jobs() -> None:
    assert run(*"abcdefg") == list("ABCDEFG")


def test_no_jobs_start_no_process() -> None:
    assert run() == []


def test_a_job_that_hangs_is_killed_and_the_rest_goes_on() -> None:
    first, second, third = run("a", "hang", "b", seconds=0.25)
    assert (first, third) == ("A", "B")
    assert second == Overrun(Limit.TIME, "not done in 3 s by the clock")


def test_a_job_is_killed_for_the_time_it_takes_of_the_processor() -> None:
    """Beside others, by the clock, it may take longer: a busy machine costs no page."""
    assert run("a", "toil", "b") == ["A", Overrun(Limit.TIME, "not done in 1 s"), "B"]


def test_a_worker_that_dies_takes_only_its_job_along() -> None:
    results = run("a", "die", "b", "c")
    assert [one for one in results if not isinstance(one, Overrun)] == ["A", "B", "C"]
    assert isinstance(results[1], Overrun)


def test_an_exception_becomes_a_reason() -> None:
    (result,) = run("raise")
    assert result == Overrun(Limit.CRASH, "ValueError: a job's own mistake")


def test_a_job_that_wants_too_much_memory_is_refused_it() -> None:
    devoured, fine = run("devour", "a")
    assert isinstance(devoured, Overrun)
    assert "memory" in devoured.detail.lower()
    assert fine == "A"
