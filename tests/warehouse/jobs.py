"""Jobs of every kind for the pool's tests; here because workers import them by name."""

import os
import time


def work(job: str) -> str:
    if job == "hang":
        time.sleep(60)
    if job == "toil":
        until = time.process_time() + 60
        while time.process_time() < until:
            pass
    if job == "die":
        os._exit(7)
    if job == "raise":
        raise ValueError("a job's own mistake")
    if job == "devour":
        return str(len(bytearray(8 * 2**30)))
    return job.upper()


class Poison:
    """Ends the process that compares a day with it, as a page may that crashes a parser."""

    def __gt__(self, other: object) -> bool:
        os._exit(7)
