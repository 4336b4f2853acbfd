"""Find the words that a text gives as those of a provision it cites.

They stand in quotation marks after the citation, follow 规定：, are set out on the same or the
next line, or are a paraphrase that ends with the sentence.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pipeline.cite.numerals import NUMERAL_CHARS


class Manner(StrEnum):
    """How words are given."""

    QUOTED = "quoted"  # in quotation marks
    SET_OUT = "set_out"  # after 规定：, or below the citation, or after it like a heading
    PARAPHRASE = "paraphrase"


@dataclass(frozen=True, slots=True)
class Claim:
    """Words given as a provision's; half-open code points."""

    start: int
    end: int
    manner: Manner


_LONGEST: Final = 600  # characters; longer articles are compared by their beginning
_PARAPHRASE: Final = 240
_SHORTEST: Final = 10
_BEFORE: Final = 20
_CLOSING: Final = {"“": "”", "「": "」", "『": "』", '"': '"'}
_QUOTED: Final = re.compile(r"[^。；！？\n“”「」『』\"]{0,16}(?P<open>[“「『\"])")
_INTRODUCED: Final = re.compile(r"(?P<lead>[^。；！？，,\n《第]{0,14})[：:][^\S\n]*\n?[^\S\n]*")
# 第三条规定的正当理由：… says what a word of the provision means, and not what it says.
_EXPLAINED: Final = re.compile(r"(?:规定|所称|所指)的?(?!内容|下列|以下|情形)[^是为如]{2,}$")
_BELOW: Final = re.compile(r"[^\S\n]*(?:\**[^\S\n]*)?\n\s{0,6}")
_HEADING: Final = re.compile(
    r"[^\S\n]*[【〔\[（][^】〕\]）\n]{1,24}[】〕\]）][^\S\n]*|[^\S\n]+|的?规定[^\S\n]+"
)
# A citation introduces its content only before a pause: 规定，… but not 规定的…情形.
_LEADING: Final = re.compile(
    r"(?:的|之|中|所|已经|明确|相关|有关|等)*(?:规定|指出|要求|明确|内容|精神)?(?:了|的是|可知|可见)?"
    r"[，,：:][^\S\n]*(?:即|也就是|由此可知[，,])?"
)
# 将第十四条修改为…: the words are new ones.  没有规定…: they are not the provision's.
_OTHER_WORDS: Final = re.compile(
    r"[^。；，,\n“]{0,16}(?:修改|修正|改为|删[除去]|增加|没有|并未|未对|不是|并非|无关|不适用)"
)
_CUE: Final = re.compile(
    r"(?:根据|依据|依照|按照|参照|结合|基于|遵照|法律依据|我国|现行|规定|[依据按照和及与、：:；;。！？!?\n>》】」』”\s]|^)"
    r"[“\s]*$"
)
_NO_CUE: Final = re.compile(
    r"(?:适用|违反|符合|属于|构成|触犯|认定为|作为|涉及|修改|[将对])[“\s]*$"
)
_NUMERAL_BEFORE: Final = re.compile(rf"[{NUMERAL_CHARS}]$")
# The version meant is not the one in force: 修改前的《公司法》, 《公司法》（2018年修正）.
_FORMER: Final = re.compile(
    r"(?:修[改正订]前|修[改正订]后|原|旧|当时|现已失效|(?:19|20)\d\d\s?年?[^，。；\n]{0,6}?"
    r"|(?:19|20)\d\d年[月日\d]{0,6}(?:发布|公布|颁布|施行|实施|修[改正订]|通过|[并起和]){1,4})的?"
    r"(?:中华人民共和国)?[《〈]?$"
)
_AMENDS: Final = re.compile(r"(?:删除|删去|废止|取消)(?:了|原)?$")
_AMENDED: Final = re.compile(
    r"[，,]?(?:修改为|改为|作为|删[除去]|[^。；，,\n“]{0,12}(?:修改为|改为第))"
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d|修[改正订]|失效|废止|旧")
_SENTENCE_END: Final = re.compile(r"[。！？!?\n]")
_NO_PROVISION: Final = re.compile(
    r"[\s\-*•·#>→]*(?:《|第[^\s，。]{1,9}条|[一二三四五六七八九十\d]{1,3}[、.．])"
)


def claim_after(plain: str, start: int, end: int, stop: int) -> Claim | None:
    """Return the words given of the provision cited at `start` to `end`.

    `stop` is where the next law is named: a paraphrase ends there, a quotation need not.
    """
    before = plain[max(0, start - _BEFORE) : start]
    if _NUMERAL_BEFORE.search(before) or _OTHER_WORDS.match(plain, end):
        return None
    claim = (
        _quoted(plain, end, stop)
        or _introduced(plain, end)
        or _below(plain, end)
        or _headed(plain, end)
        or _paraphrased(plain, before, end, stop)
    )
    return claim if claim and claim.end - claim.start >= _SHORTEST else None


def means_former(plain: str, start: int, end: int) -> bool:
    """Say whether a citation names a version by its year, or as a former one."""
    before = plain[max(0, start - _BEFORE) : start]
    return bool(_FORMER.search(before) or _YEAR.search(plain, start, end))


def is_amended(plain: str, start: int, end: int) -> bool:
    """Say whether a provision is named as one that an amendment changes: 删除第十一条.

    Its number is that of the version before.
    """
    before = plain[max(0, start - _BEFORE) : start]
    return bool(_AMENDS.search(before) or _AMENDED.match(plain, end))


def _quoted(plain: str, end: int, stop: int) -> Claim | None:
    match = _QUOTED.match(plain, end)
    if match is None or match.end() > stop:
        return None
    close = plain.find(_CLOSING[match["open"]], match.end(), match.end() + _LONGEST)
    return Claim(match.end(), close, Manner.QUOTED) if close - match.end() >= _SHORTEST else None


def _introduced(plain: str, end: int) -> Claim | None:
    match = _INTRODUCED.match(plain, end)
    if match is None or _EXPLAINED.search(match["lead"]):
        return None
    return _line(plain, match.end())


def _below(plain: str, end: int) -> Claim | None:
    match = _BELOW.match(plain, end)
    return _line(plain, match.end()) if match else None


def _headed(plain: str, end: int) -> Claim | None:
    match = _HEADING.match(plain, end)
    return _line(plain, match.end()) if match else None


def _line(plain: str, start: int) -> Claim | None:
    if _NO_PROVISION.match(plain, start):
        return None
    line_end = plain.find("\n", start, start + _LONGEST)
    close = line_end if line_end >= 0 else min(len(plain), start + _LONGEST)
    return Claim(start, close, Manner.SET_OUT)


def _paraphrased(plain: str, before: str, end: int, stop: int) -> Claim | None:
    lead = _LEADING.match(plain, end)
    if lead is None or _NO_CUE.search(before) or not _CUE.search(before):
        return None
    start = lead.end()
    last = min(stop, start + _PARAPHRASE)
    match = _SENTENCE_END.search(plain, start, last)
    return Claim(start, match.start() if match else last, Manner.PARAPHRASE)
