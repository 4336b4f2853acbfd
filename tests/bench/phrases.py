"""Sentences of our own for the benches that clean, cite and group."""

import random
from collections.abc import Iterator

_SUBJECTS = ("借款人", "出借人", "担保人", "用人单位", "劳动者", "网贷平台", "夫妻一方", "房东")
_VERBS = ("应当", "可以", "不得", "往往", "有权", "需要", "拒绝", "要求", "承诺", "否认")
_OBJECTS = (
    "按期归还本金和利息",
    "提供完整的转账记录",
    "书面通知对方并保留回执",
    "承担连带清偿责任",
    "在诉讼时效内主张权利",
    "支付逾期利息和违约金",
    "解除合同并赔偿损失",
    "向人民法院申请财产保全",
    "提交借条和聊天记录作为证据",
    "与平台协商分期还款",
)


def sentences(dice: random.Random) -> Iterator[str]:
    for _ in range(34):
        yield (
            "，".join(
                f"{dice.choice(_SUBJECTS)}{dice.choice(_VERBS)}{dice.choice(_OBJECTS)}"
                f"{dice.randrange(1000) if dice.random() < 0.3 else ''}"
                for _ in range(dice.randrange(1, 4))
            )
            + "。"
        )
