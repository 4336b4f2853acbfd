"""Where a citation can begin: a 《title》, a name, 本法, 前款, or 第…条 alone."""

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, islice
from typing import Final

from pipeline.cite import grammar
from pipeline.cite.names import NameIndex
from pipeline.cite.titles import ISSUERS, looks_like_norm
from pipeline.statutes import Registry


class Form(StrEnum):
    """How a citation is written."""

    TITLE_FULL = "title_full"  # 《中华人民共和国民法典》第一条
    TITLE_SHORT = "title_short"  # 《民法典》第一条
    TITLE_ONLY = "title_only"  # 《民法典》
    BARE = "bare"  # 民法典第一条
    BARE_ONLY = "bare_only"  # 民法典
    LIST = "list"  # the second of 第一条、第二条
    CARRY = "carry"  # 第一条, the law named before
    ANAPHOR_LAW = "anaphor_law"  # 本法第一条, 《解释》第一条
    ANAPHOR_LAW_ONLY = "anaphor_law_only"  # 本法
    ANAPHOR_SOFT = "anaphor_soft"  # 前款, 该条第二款


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A place where a citation can begin, with its form if an article follows."""

    start: int
    end: int
    name: str | None  # the law as written, without marks; None: 第…条 alone
    form: Form


# Titles that name a kind of norm alone stand for one named before.
GENERIC: Final = re.compile(
    r"^[新原老旧]?(?:条例|解释|司法解释|规定|意见|办法|解答|决定|通知|纪要|细则|规则|批复|准则|若干意见|若干规定)$"
)
_MAKES_FULL: Final = ("中华人民共和国", "最高人民法院", "最高人民检察院")
_ISSUER_WINDOW: Final = 80  # characters before 《关于…》 in which its issuers stand
_SOFT_USE: Final = re.compile(
    r"\s?(?:第|规定|所|的规定|之规定|中|情形|行为|以外|至|或|和|、|，|。|；|：|是|明确|适用|但书"
    r"|为(?!人)|将|系|对(?!话)|解释|也|还|只|仅|未|没有|并|在|就|应|属于|与|确立|要求|授权|内容|文义|释义|我们|可以)"
)
# 前款 is also the sum paid, the model and the tenant before.
_GOODS: Final = re.compile("[车手项式]|到账|[已未尚]{0,2}[付结还]清?|已[到收]|两清|支付|收到|机型")
# A name that no table has, right before its article: 违反|某某管理规则|第三条.
_UNKNOWN_NAME: Final = re.compile(
    r"[一-龥0-9（）]{3,40}(?:法|条例|规定|办法|解释|细则|规则|准则|规程|纪要|措施)(?:（试行）)?$"
)
_UNKNOWN_WINDOW: Final = 46
_LAST_OF_NAMES: Final = frozenset("法例定释则程要施）")  # saves looking back from most articles
_KINDS_ALONE: Final = frozenset({"公约", "条例", "司法解释", "解释"})
_BEFORE_NAME: Final = re.compile(
    r".*(?:根据|依据|依照|按照|违反|适用|参照|遵守|符合|以及|其中|关于|规定[：，]|[及和与在由对将据按以即了的是为该本]|我国|现行)"
)
_NO_NAME: Final = re.compile(r"(?:没有?|[想无的])办法$")  # 没办法第二条路走
_SHORTEST_UNKNOWN: Final = 5
_LONGEST_UNKNOWN: Final = 30
_LONGEST_UNKNOWN_LAW: Final = 10  # longer, it is a clause that happens to end in 法
_MAX_PARENTHESES: Final = 3  # 《…》（试行）（法释〔2020〕17号）（以下简称《规定》）
_MAX_DEFINITIONS: Final = 40  # each is looked for in the whole text


def anchors(plain: str, registry: Registry) -> list[Anchor]:
    """Return all anchors in `plain` in order, the longer first where two begin together."""
    named = [*_titles(plain, registry), *_bare(plain, registry)]
    known = [
        *named,
        *_defined(plain, named),
        *_law_anaphors(plain),
        *_soft_anaphors(plain),
    ]
    found = chain(known, _articles_alone(plain, {anchor.end for anchor in known}))
    return sorted(found, key=lambda anchor: (anchor.start, -anchor.end))


def definition(plain: str, at: int) -> str | None:
    """Return the short name that one of the parentheses at `at` defines: （以下简称《解释》）."""
    for _ in range(_MAX_PARENTHESES):
        match = grammar.PARENTHESIS.match(plain, at)
        if match is None:
            return None
        if found := grammar.DEFINES.search(match["inside"]):
            return found["name"]
        at = match.end()
    return None


def _titles(plain: str, registry: Registry) -> Iterator[Anchor]:
    starts = set()
    for match in grammar.TITLE.finditer(plain):
        title = match["title"]
        if registry.find(title) or looks_like_norm(title) or GENERIC.match(title):
            starts.add(match.start())
            yield _title_anchor(plain, match, registry)
    for match in grammar.MARKED_INSIDE.finditer(plain):
        if plain[match.start() - 1 : match.start()] != "《" and registry.find(match[0]):
            start, name = _with_issuers(plain, match.start(), match[0])
            yield Anchor(start=start, end=match.end(), name=name, form=Form.BARE)
    for match in chain(
        grammar.UNCLOSED.finditer(plain),
        grammar.MARKS_IN_A_ROW.finditer(plain),
        grammar.OTHER_MARKS.finditer(plain),
    ):
        if match.start() not in starts and registry.find(match["title"]):
            yield _title_anchor(plain, match, registry)


def _title_anchor(plain: str, match: re.Match[str], registry: Registry) -> Anchor:
    start, end, name = match.start(), match.end(), match["title"]
    goes_on = grammar.GOES_ON.match(plain, end)
    if goes_on and _is_one_title(plain, name + goes_on[0], goes_on.end(), registry):
        end, name = goes_on.end(), name + goes_on[0]
    form = Form.TITLE_FULL if name.startswith(_MAKES_FULL) else Form.TITLE_SHORT
    if GENERIC.match(name):
        form = Form.ANAPHOR_LAW
    if name.startswith("关于"):
        start, name = _with_issuers(plain, start, name)
    return Anchor(start=start, end=end, name=name, form=form)


def _is_one_title(plain: str, name: str, end: int, registry: Registry) -> bool:
    """Say whether 《公司法》司法解释（三） is one name; without a number an article must follow."""
    found = registry.find(name)
    return len(found) == 1 or bool(found and plain.startswith("第", end))


def _with_issuers(plain: str, start: int, name: str) -> tuple[int, str]:
    """Return where a 关于 title begins with the issuers glued to it, and its name with them."""
    before = plain[max(0, start - _ISSUER_WINDOW) : start]
    issuers = ISSUERS.search(before)
    if issuers is None:
        return start, name
    return start - len(before) + issuers.start(), issuers[0].strip() + name


_name_indexes: dict[str, NameIndex] = {}  # by the registry's version; building one takes 50 ms


def _bare(plain: str, registry: Registry) -> Iterator[Anchor]:
    if registry.version not in _name_indexes:
        _name_indexes[registry.version] = NameIndex(registry.names())
    for name in _name_indexes[registry.version].find(plain):
        yield Anchor(start=name.start, end=name.end, name=name.text, form=Form.BARE)


def _defined(plain: str, named: Iterable[Anchor]) -> Iterator[Anchor]:
    """Yield the uses of short names that the text defines, in marks and without."""
    defined = {definition(plain, each.end): each.end for each in named}
    for name, since in islice(defined.items(), _MAX_DEFINITIONS):
        if name and len(name) > 1:
            for match in re.finditer(re.escape(name), plain[since:]):
                yield from _use(plain, since + match.start(), name)


def _use(plain: str, start: int, name: str) -> Iterator[Anchor]:
    end = start + len(name)
    if plain[start - 1] == "《":
        if plain.startswith("》", end) and not GENERIC.match(name):
            yield Anchor(start=start - 1, end=end + 1, name=name, form=Form.TITLE_SHORT)
    elif plain[start - 1] not in '称为：“"' and looks_like_norm(name):
        yield Anchor(start=start, end=end, name=name, form=Form.BARE)


def _law_anaphors(plain: str) -> Iterator[Anchor]:
    for match in grammar.LAW_ANAPHOR.finditer(plain):
        before = plain[match.start() - 1 : match.start()]
        if before and before in grammar.OTHER_ENDS.get(match[0][0], ""):
            continue
        if match[0] in _KINDS_ALONE and not _stands_alone(plain, match.start()):
            continue
        form = Form.ANAPHOR_LAW
        yield Anchor(start=match.start(), end=match.end(), name=match[0], form=form)


def _stands_alone(plain: str, start: int) -> bool:
    return grammar.BEFORE_KIND.search(plain[max(0, start - 2) : start]) is not None


def _soft_anaphors(plain: str) -> Iterator[Anchor]:
    for match in grammar.SOFT_ANAPHOR.finditer(plain):
        if _is_soft_anaphor(plain, match):
            form = Form.ANAPHOR_SOFT
            yield Anchor(start=match.start(), end=match.end(), name=match[0], form=form)


def _is_soft_anaphor(plain: str, match: re.Match[str]) -> bool:
    follows = plain[match.end() : match.end() + 1]
    if match[0].startswith("同"):  # 合同条款, 不同条件
        return follows == "第" and plain[match.start() - 1 : match.start()] not in {
            "合",
            "不",
            "相",
        }
    if match[0].startswith("前"):  # 目前款项
        is_end_of_word = plain[match.start() - 1 : match.start()] in {"目", "之", "以", "提", "先"}
        return not is_end_of_word and not _GOODS.match(plain, match.end())
    return _SOFT_USE.match(plain, match.end()) is not None


def _articles_alone(plain: str, ends: AbstractSet[int]) -> Iterator[Anchor]:
    for match in grammar.PINPOINT.finditer(plain):
        start = None if match.start() in ends else _unknown_name(plain, match.start())
        if start is None:
            at = match.start()
            yield Anchor(start=at, end=at, name=None, form=Form.CARRY)
        else:
            name = plain[start : match.start()]
            yield Anchor(start=start, end=match.start(), name=name, form=Form.BARE)


def _unknown_name(plain: str, end: int) -> int | None:
    """Return where a name that ends at `end` and is in no table begins."""
    if plain[end - 1 : end] not in _LAST_OF_NAMES:
        return None
    window = plain[max(0, end - _UNKNOWN_WINDOW) : end]
    match = _UNKNOWN_NAME.search(window)
    if match is None:
        return None
    cue = _BEFORE_NAME.match(match[0])
    name = match[0][cue.end() :] if cue else match[0]
    longest = _LONGEST_UNKNOWN_LAW if name.endswith("法") else _LONGEST_UNKNOWN
    if not _SHORTEST_UNKNOWN <= len(name) <= longest or not looks_like_norm(name):
        return None
    if _NO_NAME.search(name):
        return None
    return end - len(name)
