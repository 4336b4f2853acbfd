"""Where a text says that it was taken from."""

import pytest

from pipeline.dedup.credits import credits_in

BODY = "\n借款到期以后对方不还，可以先发催款函。\n仍然不还的，向法院起诉。\n"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("【来源】北桥法律网", ("北桥法律网",)),
        ("来源 | 北桥法律网 | 阅读 25", ("北桥法律网",)),
        ("（转自：北桥法律网）", ("北桥法律网",)),
        ("資料來源：北橋法律網", ("北橋法律網",)),
        ("轉載自：北橋法律網", ("北橋法律網",)),
        ("本文来源于北桥法律网，仅供学习", ("北桥法律网",)),
        ("原文链接：https://www.beiqiao.example/a", ("beiqiao.example", "beiqiao.example/a")),
    ],
)
def test_reads_the_ways_a_source_is_named(line: str, names: tuple[str, ...]) -> None:
    assert credits_in(line + BODY) == credits_in(BODY + line) == names


@pytest.mark.parametrize(
    "line",
    [
        "来源于生活的案例很多",
        "数据来源：国家统计局",
        "转载请注明来源：北桥法律网",
        "来源：网络，如有侵权请联系删除",
        "來源：網絡",
    ],
)
def test_does_not_take_other_words_for_a_source(line: str) -> None:
    assert credits_in(line + BODY) == ()
