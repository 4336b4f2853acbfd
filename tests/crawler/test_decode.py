"""Bytes to text, whatever is declared; and text that may be stored."""

import sys
import unicodedata
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from crawler.decode import Decoded, clean_text, decode, is_storable
from crawler.frequent_characters import FREQUENT

SIMPLIFIED = (
    "借款人逾期还款，应当按照约定支付利息。律师提示：收到法院传票以后，要在规定的时间内提交证据，"
    "不要因为害怕而不去开庭；双方也可以在开庭之前协商还款方案。"
)
TRADITIONAL = (
    "借款人逾期還款，應當按照約定支付利息。律師提示：收到法院傳票以後，要在規定的時間內提交證據，"
    "不要因為害怕而不去開庭；雙方也可以在開庭之前協商還款方案。"
)
RARE_IN_GB2312 = "朱镕基、喆、堃、瑄、玥、珺"  # names in GBK that GB2312 has no place for

REAL = {
    "utf-8": SIMPLIFIED,
    "gbk": SIMPLIFIED + RARE_IN_GB2312,
    "gb2312": SIMPLIFIED,
    "gb18030": SIMPLIFIED + "𠮷",
    "big5": TRADITIONAL,
    "utf-16": SIMPLIFIED,
}
DECLARED = ("utf-8", "gbk", "gb2312", "gb18030", "big5", "iso-8859-1", "x-unknown", None)


def page(text: str, meta: str | None) -> str:
    declaration = f'<meta charset="{meta}">' if meta else ""
    return f"<html><head>{declaration}<title>t</title></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize("real", REAL)
@pytest.mark.parametrize(("header", "meta"), list(product(DECLARED, DECLARED)))
def test_the_text_is_read_whatever_is_declared(
    real: str, header: str | None, meta: str | None
) -> None:
    html = page(REAL[real], meta)
    content_type = f"text/html; charset={header}" if header else "text/html"
    decoded = decode(html.encode(real), content_type)
    assert decoded.text == html
    assert decoded.damaged == 0
    assert decoded.declared == (header or (meta if real != "utf-16" else None))


@pytest.mark.parametrize("real", ["utf-8", "gbk", "big5"])
@pytest.mark.parametrize("declared", DECLARED)
def test_broken_bytes_in_the_middle_do_not_flip_a_good_reading(
    real: str, declared: str | None
) -> None:
    body = page(REAL[real], declared).encode(real)
    for junk in (b"\xff", b"\xe5\x80", b"\x81\x20\xfe", b"\x80\x80\x80"):
        broken = body[:100] + junk + body[100:]
        decoded = decode(broken, None)
        assert decoded.chosen == {"gbk": "gb18030", "big5": "big5hkscs"}.get(real, real)
        assert decoded.text.startswith(page(REAL[real], declared)[:40])
        assert decoded.text.endswith("</p></body></html>")


@pytest.mark.parametrize("real", ["utf-8", "gbk", "gb2312", "gb18030", "big5"])
@pytest.mark.parametrize(
    ("header", "meta"), [pair for pair in product(DECLARED, DECLARED) if pair[0] != pair[1]]
)
def test_broken_bytes_in_the_text_cost_a_few_characters_whatever_two_things_are_declared(
    real: str, header: str | None, meta: str | None
) -> None:
    before, after = REAL[real][:40], REAL[real][40:]
    html = page(f"{before}§{after}", meta)
    head, tail = html.split("§")
    content_type = f"text/html; charset={header}" if header else None
    for junk in (b"\xff", b"\xe5\x80", b"\x80\x80\x80", b"\x00\xfe"):
        decoded = decode(head.encode(real) + junk + tail.encode(real), content_type)
        assert decoded.text.startswith(head)
        assert decoded.text.endswith(tail[4:] if real != "big5" else tail[-40:])
        assert decoded.damaged <= 4
        assert decoded.declared == (header or meta)


@pytest.mark.parametrize("real", ["utf-8", "gb18030"])
@pytest.mark.parametrize("title", ["联通", "律师", "利息", "逾期怎么办", "首页"])
def test_few_characters_are_enough(real: str, title: str) -> None:
    assert decode(title.encode(real), f"text/html; charset={real}").text == title
    if title != "联通":  # whose GBK bytes happen to be good UTF-8
        assert decode(title.encode(real), None).text == title


@pytest.mark.parametrize(
    "label", ["GB2312", "gbk", "x-gbk", "cp936", "'gb2312'", '"GBK"', "zh-cn", "gb_2312-80"]
)
def test_labels_of_the_family_are_read_as_the_largest_of_it(label: str) -> None:
    body = (SIMPLIFIED + RARE_IN_GB2312 + "𠮷").encode("gb18030")
    decoded = decode(body, f"text/html;charset={label}")
    assert decoded.text == SIMPLIFIED + RARE_IN_GB2312 + "𠮷"
    assert decoded.chosen == "gb18030"


def test_the_first_of_equals_is_what_was_declared_first() -> None:
    assert decode(b"<p>plain", "text/html; charset=gbk").chosen == "gb18030"
    assert decode(b"<p>plain", None).chosen == "utf-8"
    assert decode(b"", None) == Decoded(text="", chosen="utf-8", declared=None, damaged=0)


def test_an_xml_declaration_counts() -> None:
    body = f'<?xml version="1.0" encoding="GBK"?><a>{SIMPLIFIED}</a>'.encode("gbk")
    assert decode(body, None).declared == "gbk"
    assert SIMPLIFIED in decode(body, "application/xml").text


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_byte_order_marks_and_utf16_are_known(codec: str) -> None:
    html = page(SIMPLIFIED, None)
    assert decode(html.encode(codec), None).text == html


def test_a_mark_before_text_in_another_encoding_is_not_believed() -> None:
    body = b"\xef\xbb\xbf" + page(SIMPLIFIED, "gbk").encode("gbk")
    assert decode(body, None).text == page(SIMPLIFIED, "gbk")


def test_much_script_before_the_text_does_not_hide_it() -> None:
    body = b"<script>" + b"var a = 1;\n" * 30_000 + b"</script>" + SIMPLIFIED.encode("gbk")
    assert decode(body, "text/html; charset=utf-8").text.endswith(SIMPLIFIED)


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("貸金返還請求の訴えについて、弁護士が説明します。", "euc-jp"),
        ("대출금 반환 청구", "euc-kr"),
    ],
)
def test_other_languages_are_believed_what_they_declare(text: str, codec: str) -> None:
    assert decode(text.encode(codec), f"text/html; charset={codec}").text == text


def test_codecs_that_are_no_text_encodings_are_ignored() -> None:
    for label in ("base64", "rot13", "idna", "unicode_escape", "punycode", "undefined"):
        assert decode(SIMPLIFIED.encode(), f"text/html; charset={label}").text == SIMPLIFIED


@given(st.binary(max_size=200), st.sampled_from([None, "gbk", "utf-8", "big5", "hz", "euc-jp"]))
def test_decoding_never_raises(body: bytes, declared: str | None) -> None:
    decoded = decode(body, f"text/html; charset={declared}" if declared else None)
    assert decoded.damaged == decoded.text.count("\ufffd")


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode()


def test_cleaning_drops_what_is_not_seen_and_keeps_lines() -> None:
    assert (
        clean_text("a\u200bb\u202ec\ufeff\x00\ud800\u00ad\t\r\nd\re\u2028f\x0cg")
        == "abc\t\nd\ne\nf\ng"
    )
    assert clean_text("e\u0301") == "é"
    assert clean_text("第一条\u3000内容\xa0") == "第一条\u3000内容\xa0"


def test_what_python_would_print_is_left_as_it_is() -> None:
    plain = "".join(filter(is_storable, map(chr, range(sys.maxunicode + 1))))

    assert clean_text(plain) == unicodedata.normalize("NFC", plain)
    assert not any(map(is_storable, "\u200b\u202e\ufeff\x00\ud800\u00ad\n\t\u2028\U000e0101"))


def test_the_frequent_characters_are_those_of_both_scripts() -> None:
    assert 400 < len(FREQUENT) < 800
    assert all(not char.isascii() for char in FREQUENT)
    for text in (SIMPLIFIED, TRADITIONAL):
        assert sum(char in FREQUENT for char in text) > 0.6 * len(text)


def test_a_recorded_site_in_gbk_is_read_without_damage() -> None:
    shared = Path(__file__).resolve().parents[2] / ".." / "shared" / "sites"
    if not shared.exists():
        pytest.skip("../shared is absent")
    codecs = []
    with (shared / "hexo-gbk.warc.gz").open("rb") as stream:
        for record in ArchiveIterator(stream):
            if record.rec_type == "response" and record.http_headers.get_statuscode() == "200":
                content_type = record.http_headers.get_header("content-type")
                decoded = decode(record.content_stream().read(), content_type)
                assert decoded.damaged == 0
                codecs.append((decoded.chosen, decoded.declared))
    assert len(codecs) == 136
    assert codecs.count(("gb18030", "gb2312")) == 133  # the feeds and the sitemap are UTF-8


SENTENCES = (
    "借条上没有写利息的，视为没有利息，出借人要求支付利息的，法院不支持，",
    "写明了利率的，不得违反国家的有关规定，超过部分不受保护，",
    "还款期限没有写清楚的，借款人可以随时还，出借人也可以催告在合理期限内归还，",
    "以上都要有证据，转账记录和聊天记录最有用，口头说过的话很难证明。",
)


@pytest.mark.parametrize("damage", ["byte lost", "byte too many", "first overwritten", "second"])
def test_several_broken_bytes_in_one_paragraph_of_gb_cost_each_a_character(damage: str) -> None:
    body = bytearray("".join(SENTENCES).encode("gbk"))
    ends = [len("".join(SENTENCES[:at]).encode("gbk")) for at in (1, 2, 3)]
    for at in reversed([end + 8 for end in ends]):
        if damage == "byte lost":
            del body[at]
        elif damage == "byte too many":
            body[at:at] = b"\xb5"
        else:
            body[at + (damage == "second")] = 0xFF
    text = decode(b"<html><p>" + bytes(body) + b"</p></html>", "text/html; charset=gbk").text

    for sentence in SENTENCES:
        assert sentence[8:] in text
        assert sentence[:3] in text
