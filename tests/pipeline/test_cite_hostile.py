"""Text made to be slow: each finishes in a process of its own, within a generous time."""

import subprocess
import sys
from pathlib import Path

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
