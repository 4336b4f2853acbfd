"""Text made to be slow: each finishes in a process of its own, within a generous time."""

import subprocess
import sys
from datetime import date
from pathlib import Path
from time import thread_time

import pytest

from pipeline.cite.check import cite
from pipeline.statutes import load_registry

DAY = date(2025, 1, 1)

SCRIPT = """
from datetime import date
from pipeline.cite.check import cite
from pipeline.statutes import load_registry

DAY = date(2025, 1, 1)
PIECES = [
    '第', '《', '一、', '《》', '第一、', '（', '第一条', '第一条、', '《民法典》', '根据', ' ',
    '《民法典》（', '最高人民法院、', '<', '</a', '本法', '法', '条例', '〔2020〕', '《关于',
    '\\n', '前款', '\\n第一条', '（以下简称《甲法》）', '《乙法》（以下简称《甲法》）', '法释',
    '某某管理规则', '第一条至', '第1条之一',
]
for piece in PIECES:
    for text in (piece * 4000, piece * 4000 + '第一条'):
        cite(text, as_of=DAY, today=DAY, registry=load_registry())
"""


def test_hostile_text_costs_no_more_than_its_length() -> None:
    root = Path(__file__).resolve().parents[2]
    subprocess.run([sys.executable, "-c", SCRIPT], cwd=root, check=True, timeout=60)


NESTED = [
    "《〈",
    "（〔【",
    "第第第",
    "《〈》",
    "第一条之一、",
    "第（一）项、",
    "\n第一条 第一款",
    "〉》",
]
SHORT, LONG = 3_000, 24_000  # pieces
MUCH = 3  # times what linear cost would be: noise and caches, not another power


@pytest.mark.parametrize("piece", NESTED)
def test_eight_times_the_text_costs_eight_times_as_much(piece: str) -> None:
    """Quadratic cost would be sixty-four times as much; the CPU time of this thread is measured."""
    _seconds(piece * SHORT)
    short = min(_seconds(piece * SHORT) for _ in range(3))
    long = _seconds(piece * LONG)
    assert long < MUCH * (LONG / SHORT) * max(short, 0.005)


def _seconds(text: str) -> float:
    began = thread_time()
    cite(text, as_of=DAY, today=DAY, registry=load_registry())
    return thread_time() - began
