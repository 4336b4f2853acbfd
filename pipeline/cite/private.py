"""Contracts, insurance terms, house rules: they count in 第…条 too, and cite nothing."""

import re
from typing import Final

_AROUND: Final = 200  # characters on either side, in which a contract calls itself one
_PRIVATE: Final = re.compile(
    r"本(?:保险|借款|租赁|劳动|买卖|服务)?(?:合同(?!法)|协议|契约|保单|制度|手册|平台|网站)"
    r"|本公司(?!的?股|债)|[甲乙丙]方|一式[两二三四]份|打卡|(?:用户|会员|服务)协议"
)


def is_among_clauses(plain: str, at: int) -> bool:
    """Say whether the words around a 第…条 that hangs on no law are those of a private paper."""
    return _PRIVATE.search(plain, max(0, at - _AROUND), at + _AROUND) is not None
