"""Titles and document numbers of norms: one form to compare them in, and the names they go by.

A title is written with and without 中华人民共和国, with 《〈〉》 in any width or none, with or
without its issuer.  All of these have one `title_key`; `short_names` lists what else people
call an act, so that the registry's tables need to hold only what no rule can derive.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

STATE: Final = "中华人民共和国"

ISSUER: Final = (
    r"(?:最高人民法院|最高人民检察院|最高法院|最高检察院|最高法|最高检|最高院|两高|公安部|司法部"
    r"|国家安全部|民政部|财政部|商务部|教育部|劳动部|劳动和社会保障部|人力资源(?:和)?社会保障部|人社部"
    r"|卫生部|建设部|国务院办公厅|国务院|中国人民银行|中国银监会|银监会|中国银保监会|银保监会"
    r"|中国银行保险监督管理委员会|国家金融监督管理总局|中国证监会|国家市场监督管理总局|国家税务总局"
    r"|全国人民代表大会常务委员会|全国人大常委会|中共中央纪委|中央纪委|国家监委|国家监察委员会"
    r"|[一-龥]{2,6}(?:省|市|自治区)(?:高级人民法院|中级人民法院|高院|中院))"
    r"(?:办公厅)?"
)
ISSUERS: Final = re.compile(rf"{ISSUER}(?:[、，,和与及\s]{{0,2}}{ISSUER}){{0,6}}\s?$")

_TAGS: Final = re.compile(r"</?[A-Za-z][^<>]{0,100}>|&nbsp;")
_NOISE: Final = re.compile(r"[\s《》〈〉<>＜＞『』「」“”\"'‘’()（）\[\]【】〔〕、，,·・]+")
_YEAR_NOTE: Final = re.compile(
    r"[（(](?:19|20)\d\d\s*年?[^（）()]{0,8}?(?:修正|修订|修改|版|本|年)?[)）]$"
)
_PART: Final = re.compile(r"(?<=典)[·•・\-—－:：]?[一-龥]{2,5}编(?:通则|分则)?$")
_WRITTEN_SHORT: Final = (
    ("最高院", "最高人民法院"),
    ("最高法院", "最高人民法院"),
    ("最高检察院", "最高人民检察院"),
)

_HIGH_COURT: Final = re.compile(r"^([一-龥]{2,6}(?:省|市|自治区))高院")
_NORM_ENDING: Final = re.compile(
    r"(?:法|法典|条例|规定|办法|解释|通知|意见|决定|规则|细则|批复|纲要|公约|协定|议定书|条约|指引|标准"
    r"|准则|规范|纪要|改革方案|答复|解答|复函|函|公告|通则|章程|总则|规程|安排|修正案|措施|决议|通告|标准化规定)"
    r"(?:[（(](?:试行|暂行|修订|(?:公开)?征求意见稿|(?:修[订正])?草案|送审稿|[一二三四五六七八九十])[)）]){0,2}$"
)
_NO_NORM: Final = re.compile(
    r"用户|会员|隐私(?!.*法$)|平台规则|服务协议|本站|网站|论坛|公司章程|员工手册|合同(?:范本|文本)?$|协议(?:书)?$"
    r"|申请|承诺|^(?:决定|通知|公告|规则|函|标准|规范|措施|方案|章程|复函|通告)$|(?:书|表|单|证|信)$"
    r"|(?:方|疗|手|语|文|书|兵|妙|心|技|大|魔|佛|秘|算|做|写|用|看|想|说|玩|战|练|教学|分析)法$"
)

_NUMBER: Final = re.compile(
    r"(?P<prefix>[一-龥A-Za-z()（）]{1,24}?)\s*[〔\[［【（(﹝]?\s*(?P<year>(?:19|20)\d\d)\s*年?\s*"
    r"[〕\]］】）)﹞]?\s*第?\s*(?P<serial>\d{1,4})\s*号"
)
_DECREE: Final = re.compile(
    r"(?P<prefix>[一-龥]{2,20}令)\s*[〔（(]?\s*第?\s*(?P<serial>\d{1,4})\s*号"
)
_DECREE_LAST: Final = re.compile(r"(?P<prefix>[一-龥]{2,12}?)第\s?(?P<serial>\d{1,4})\s?号令")
_STANDARD: Final = re.compile(
    r"(?P<prefix>GB(?:/[TZ])?)\s*(?P<serial>[\d.]+)\s*[-—–]+\s*(?P<year>\d{4})"
)


_CUE: Final = re.compile(
    r"^(?:.*(?:根据|依据|依照|按照|参照|适用|违反|符合|以及|现行|关于)|.*[，。；：]|[以依按据见由经和及与的]+)"
)


@lru_cache(maxsize=16384)
def title_key(title: str) -> str:
    """Return the form in which two writings of one title are equal."""
    bare = _TAGS.sub("", title)
    for short, full in _WRITTEN_SHORT:
        if bare.startswith(short):
            bare = full + bare[len(short) :]
    key = _NOISE.sub("", _with_court(bare)).replace(STATE, "")
    return key.replace("若干问题的", "若干问题") or bare.strip()


def _with_court(title: str) -> str:
    """Return `title` with the court that issued it in full: 浙江省高院 is 浙江省高级人民法院."""
    return _HIGH_COURT.sub(r"\1高级人民法院", title)


def without_year_note(title: str) -> str:
    """Return `title` without a note like （2023年修订） at its end."""
    return _YEAR_NOTE.sub("", title)


def without_part(title: str) -> str:
    """Return `title` without the 编 of a code that it names: 民法典·合同编 is 民法典."""
    return _PART.sub("", title)


def without_issuer(title: str) -> str:
    """Return `title` from its 关于 on, where what stands before is its issuer."""
    at = title.find("关于")
    before = title[:at].rstrip("《〈")
    return title[at:] if at > 0 and before.endswith(tuple("院部委会局厅署府行室高法检")) else title


def canonical_form(title: str) -> str:
    """Return a title outside the registry as labels write it: inner marks 〈〉, wide brackets."""
    text = re.sub(r"\s+", "", _TAGS.sub("", title))
    return _with_court(text).translate(str.maketrans("《》<>＜＞()", "〈〉〈〉〈〉（）"))


def looks_like_norm(title: str) -> bool:
    """Say whether an unknown 《title》 is a norm's, not a contract's, a form's or a book's."""
    bare = canonical_form(title)
    return bool(_NORM_ENDING.search(bare)) and not _NO_NORM.search(bare)


def normalize_number(text: str) -> str | None:
    """Return a document number as issuers print it (法释〔2020〕17号), None where it is none."""
    if match := _STANDARD.search(text):
        return f"{match['prefix']} {match['serial']}—{match['year']}"
    if match := _NUMBER.search(text):
        prefix = (
            _CUE.sub("", match["prefix"].strip())
            .lstrip("（(")
            .replace("(", "（")
            .replace(")", "）")
        )
        if prefix.endswith("令"):
            return f"{prefix}{match['year']}年第{int(match['serial'])}号"
        return f"{prefix.rstrip('（')}〔{match['year']}〕{int(match['serial'])}号"
    if match := _DECREE_LAST.search(text):
        return f"{_CUE.sub('', match['prefix'])}令第{int(match['serial'])}号"
    if match := _DECREE.search(text):
        return f"{match['prefix'].removeprefix(STATE)}第{int(match['serial'])}号"
    return None


def number_year(number: str) -> int | None:
    """Return the year in a document number, None for one that has none (国务院令第586号)."""
    match = re.search(r"(?:19|20)\d\d", number)
    return int(match[0]) if match else None


def short_names(title: str) -> Iterator[str]:
    """Yield what people call the act of this title, weakest last; other acts may share a name."""
    plain = re.sub("[《》〈〉]", "", title).replace(STATE, "")
    tail = without_issuer(plain)
    if tail != plain:
        yield tail
    if tail.startswith("关于"):
        yield from _names_of_interpretation(tail.removeprefix("关于"))
    if (untried := re.sub(r"[（(](?:试行|暂行)[)）]$", "", tail)) != tail:
        yield untried
    if (unnumbered := re.sub(r"[（(][一二三四五六七八九十][)）]$", "", tail)) != tail:
        yield unnumbered


def is_name_in_prose(name: str) -> bool:
    """Say whether `name` can be a name without book marks: 公司法的规定 is what that law says."""
    return len(name) > _SHORTEST_IN_PROSE and not _SAYS_OF_LAW.search(name)


_SHORTEST_IN_PROSE: Final = 4
_SAYS_OF_LAW: Final = re.compile(r"(?:法|典|条例)(?:若干问题)?的?(?:规定|意见)$|的规定$")
_APPLYING: Final = re.compile(
    r"(?:贯彻执行|适用|执行)(?P<law>.{2,24}?(?:法|典|条例)(?:[一-龥]{2,6}编(?:通则)?|有关担保制度)?)"
    r"(?:若干问题)?的(?P<kind>解释|规定|意见|解答)(?P<number>[（(][一二三四五六七八九十][)）])?$"
)
_TRYING: Final = re.compile(
    r"(?:人民法院)?(?:审理|办理|处理)?(?P<matter>.{2,24}?)(?P<cases>纠纷案件|刑事案件|民事案件|案件)?"
    r"(?:(?:具体)?(?:适用|应用)法律)?(?:有关|若干)?问题的(?P<kind>解释|规定|意见)"
    r"(?P<number>[（(][一二三四五六七八九十][)）])?$"
)


def _names_of_interpretation(tail: str) -> Iterator[str]:
    yield tail
    if match := _APPLYING.match(tail):
        stems = [match["law"]]
        kinds = [
            match["kind"],
            "解释",
            "司法解释",
            "的司法解释",
            f"的{match['kind']}",
            f"若干问题的{match['kind']}",
        ]
    elif match := _TRYING.match(tail):
        stems = [match["matter"], match["matter"] + (match["cases"] or "")]
        kinds = [match["kind"], "司法解释"]
    else:
        return
    number = match["number"] or ""
    for stem in stems:
        for kind in kinds:
            yield stem + kind + number
            if number:
                yield stem + kind
