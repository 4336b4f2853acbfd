import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.masking import CANDIDATE, mask

PEOPLE = (
    ("电话13800138000微信同号", "电话***********微信同号"),
    ("手机：138 0013 8000。", "手机：*** **** ****。"),
    ("+86-138-0013-8000", "+**-***-****-****"),
    ("１３８００１３８０００", "***********"),
    ("座机0551-65112233转8", "座机****-********转8"),
    ("（010）62201234", "（***）********"),
    ("13800138000/13900139000", "***********/***********"),
    ("138.0013.8000", "***.****.****"),
    ("座机0551-6511-2233", "座机****-****-****"),
    ("010 6220 1234", "*** **** ****"),
    ("110105 19900307 663X", "****** ******** ****"),
    ("email=wang.li%40163.com", "email=*******%40163.com"),
    ("身份证11010519900307663X号", "身份证******************号"),
    ("旧证110105900307663", "旧证***************"),
    ("邮箱wang.li+x@163.com", "邮箱*********@163.com"),
    ("写信至12345678＠qq.com", "写信至********＠qq.com"),
)
OTHERS = (
    "《民法典》第一千零八十四条", "法释〔2020〕17号", "（2020）粤0304民初12345号",
    "2024-01-02 10:11:12", "2024年1月2日10时30分", "本金1380013800元", "12348热线", "400-820-8820",
    "订单号20240102030405060708", "年利率15.4%", "@所有人", "1380013800138001380",
    "ISBN 9787511881234", "ISBN 978-7-5118-8123-4", "金额138.12345678万元", "2024.01.02 10.11.12",
)  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PEOPLE)
def test_peoples_numbers_and_addresses_are_masked(text: str, expected: str) -> None:
    assert mask(text) == expected


@pytest.mark.parametrize("text", OTHERS)
def test_other_numbers_are_left(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize("text", [text for text, _ in PEOPLE])
def test_what_is_masked_is_looked_at(text: str) -> None:
    import re

    assert re.search(CANDIDATE, text)


PIECES = st.lists(
    st.sampled_from(
        ["138", "0013", "8000", "0551-", "65112233", "-", " ", "@", "qq.com", "法", "x"]
    )
    | st.text(max_size=6)
).map("".join)


@given(PIECES)
def test_a_masked_text_is_as_long_and_masked_for_good(text: str) -> None:
    once = mask(text)
    assert len(once) == len(text)
    assert mask(once) == once
    assert all(new in (old, "*") for new, old in zip(once, text, strict=True))
