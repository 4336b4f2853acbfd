"""Two hundred posts for the sites that are set up here: titles, dates, categories, tags, texts.

Made by rule from words of our own, so that nothing has to be kept, and no two titles are alike.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Final

BEIJING: Final = timezone(timedelta(hours=8))
FIRST: Final = datetime(2023, 3, 1, 9, 30, tzinfo=BEIJING)
APART: Final = timedelta(days=6, hours=5)

_MATTERS: Final = (
    ("房屋租赁", "房东", "租客", "押金", ("押金", "租房", "合同")),
    ("劳动用工", "公司", "员工", "加班费", ("劳动仲裁", "工资", "合同")),
    ("婚姻家庭", "前夫", "前妻", "抚养费", ("抚养费", "离婚", "财产")),
    ("民间借贷", "债务人", "出借人", "借款", ("借条", "利息", "诉讼时效")),
    ("交通事故", "保险公司", "伤者", "赔偿款", ("交通事故", "保险", "误工费")),
    ("消费维权", "商家", "顾客", "预付款", ("预付卡", "退款", "消费者")),
    ("继承纠纷", "兄长", "妹妹", "遗产", ("遗嘱", "继承", "财产")),
    ("物业管理", "物业", "业主", "维修费", ("物业费", "业主", "维修")),
)
_EVENTS: Final = (
    "一直拖着{sum}不给，{weak}该怎么办",
    "说好月底付{sum}又反悔，算不算违约",
    "搬走以后联系不上，{sum}还能要回来吗",
    "只肯退一半{sum}，剩下的怎么主张",
    "拿口头约定扣掉{sum}，站得住脚吗",
)
_PLACES: Final = ("合肥", "芜湖", "苏州", "宁波", "武汉", "长沙", "成都", "青岛", "厦门", "郑州")


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One article of a made site."""

    number: int  # from 1, oldest first
    title: str
    category: str
    tags: tuple[str, ...]
    published: datetime  # aware, Beijing time
    paragraphs: tuple[str, ...]
    comments: int  # how many the page shows


def posts(count: int) -> Iterator[Post]:
    """Yield `count` posts, oldest first."""
    for number in range(1, count + 1):
        category, strong, weak, what, tags = _MATTERS[number % len(_MATTERS)]
        event = _EVENTS[number // len(_MATTERS) % len(_EVENTS)].format(sum=what, weak=weak)
        place = _PLACES[number // (len(_MATTERS) * len(_EVENTS)) % len(_PLACES)]
        yield Post(
            number=number,
            title=f"{place}{strong}{event}",
            category=category,
            tags=(tags[number % 3], tags[(number + 1) % 3], place),
            published=FIRST + APART * number,
            paragraphs=tuple(_paragraphs(number, place, strong, weak, what)),
            comments=3 if number % 5 == 0 else 0,
        )


def _paragraphs(number: int, place: str, strong: str, weak: str, what: str) -> Iterator[str]:
    amount = 800 + 37 * number
    yield (
        f"{place}的一位读者来信说，{strong}欠着{amount}元{what}，前后催了{number % 9 + 2}次，"
        f"对方每次都答应，到了日子又没有下文。{weak}手里有聊天记录，也有转账凭证，就是没有签过书面的东西。"
    )
    yield (
        f"没有书面合同不等于没有合同。{weak}只要能证明双方就{what}的数目和时间说定过，"
        f"就可以要求{strong}照办；聊天记录要保留原始载体，截图最好连同对方的账号信息一起存下来。"
    )
    yield (
        f"第一步写一封催告函，写明{amount}元的由来、到期的日子和付款的账户，"
        f"给对方{number % 10 + 5}天时间。催告函寄出以后，回执要和凭证放在一处，"
        f"这样时效从那一天起重新计算。"
    )
    yield (
        f"对方仍旧不理的，可以向有管辖权的法院起诉。{amount}元的案子一般走小额程序，一审就能了结，"
        f"费用也不高；胜诉以后{strong}还不给，再申请强制执行。"
    )
