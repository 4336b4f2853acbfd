"""Find the mentions of statutes in a text, each as written; `resolve` says what they mean.

A mention begins at an anchor (a 《title》, a name, 本法, 前款, or 第…条 alone) and takes in the
list of provisions that follows it.  A title must look like a norm's or be in the registry.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain
from typing import Final

from pipeline.cite import grammar
from pipeline.cite.names import Name, NameIndex, is_used_as_law
from pipeline.cite.pinpoint import Part, Pinpoint, read_parts
from pipeline.cite.titles import ISSUERS, looks_like_norm, normalize_number
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
class Mention:
    """A mention of a norm or provision, as written; `start` and `end` are code points."""

    start: int
    end: int
    form: Form
    name: str | None = (
        None  # the law as written: 民法典, 本法, 《解释》 without marks; None: carried
    )
    pinpoint: Pinpoint = Pinpoint()
    number: str | None = None  # document number, normalised
    head: int | None = None  # start of the mention whose law a list item shares
    defines: str | None = None  # short name that the text gives this law: 以下简称…


@dataclass(frozen=True, slots=True, kw_only=True)
class _Anchor:
    start: int
    end: int
    name: str | None
    form: Form  # the form with an article


# Titles that name a kind of norm alone stand for one named before.
GENERIC: Final = re.compile(
    r"^[新原老旧]?(?:条例|解释|司法解释|规定|意见|办法|解答|决定|通知|纪要|细则|规则|批复|准则|若干意见|若干规定)$"
)
_MAKES_FULL: Final = ("中华人民共和国", "最高人民法院", "最高人民检察院")
# 第一条 counts other things too, and contracts have articles.
_COUNTED: Final = re.compile(
    r"\s?(?:记录|建议|信息|消息|短信|新闻|评论|微博|回复|经验|底线|红线|途径|出路|意见|理由|路|线|街|船|鱼|狗"
    r"|腿|命|生产|措施|原因|、|是[，,:：]|就是|铁律|军规|数据|语句|指令|通知|留言|朋友圈|视频|款项)"
)
_CONTRACT: Final = re.compile(
    r"(?:合同|协议|保单|保险条款|条款|章程|公约|约定|用户|本站|网站|保证书|承诺书|借条|遗嘱|手册|制度|说明书"
    r"|判决|裁定|标书|清单)(?:书)?[》”\"]?(?:文本|中|的|之|里|约定|项下)?\s?$"
)
_HEADING_OF_TEXT: Final = re.compile(r"\s*\**\s*(?:[【〔\[]|[ \t　]{2,}\S)")
_SOFT_USE: Final = re.compile(
    r"\s?(?:第|规定|所|的规定|之规定|中|情形|行为|以外|至|或|和|、|，|。|；|：|是|明确|适用|但书|款)"
)
_LAW_ALONE: Final = re.compile(r"(?:法|条例|办法|法典|解释)$")


def find_mentions(plain: str, registry: Registry) -> list[Mention]:
    """Return the mentions in `plain` in order; spans never overlap."""
    mentions: list[Mention] = []
    end = 0
    for anchor in sorted(_anchors(plain, registry), key=lambda a: (a.start, -a.end)):
        if anchor.start >= end and (found := _mentions_at(plain, anchor)):
            mentions += found
            end = found[-1].end
    return mentions


_indexes: dict[str, NameIndex] = {}


def _anchors(plain: str, registry: Registry) -> Iterable[_Anchor]:
    if registry.version not in _indexes:
        _indexes[registry.version] = NameIndex(registry.names())
    titles = [*_titles(plain, registry)]
    return chain(
        titles,
        _bare(_indexes[registry.version].find(plain), Form.BARE),
        _defined(plain, titles),
        _law_anaphors(plain),
        _soft_anaphors(plain),
        _articles_alone(plain),
    )


def _titles(plain: str, registry: Registry) -> Iterator[_Anchor]:
    starts = set()
    for match in grammar.TITLE.finditer(plain):
        starts.add(match.start())
        if (
            registry.find(match["title"])
            or looks_like_norm(match["title"])
            or GENERIC.match(match["title"])
        ):
            yield _title_anchor(plain, match)
    for match in chain(grammar.UNCLOSED.finditer(plain), grammar.OTHER_MARKS.finditer(plain)):
        if match.start() not in starts and registry.find(match["title"]):
            yield _title_anchor(plain, match)


def _title_anchor(plain: str, match: re.Match[str]) -> _Anchor:
    start, name = match.start(), match["title"]
    if name.startswith("关于"):
        before = plain[max(0, start - 80) : start]
        if issuers := ISSUERS.search(before):
            start -= len(before) - issuers.start()
            name = plain[start : match.start()].strip() + name
    is_generic = GENERIC.match(name) is not None
    is_full = match["title"].startswith(_MAKES_FULL)
    form = Form.TITLE_FULL if is_full else Form.TITLE_SHORT
    return _Anchor(
        start=start, end=match.end(), name=name, form=Form.ANAPHOR_LAW if is_generic else form
    )


def _bare(names: Iterable[Name], form: Form) -> Iterator[_Anchor]:
    for name in names:
        yield _Anchor(start=name.start, end=name.end, name=name.text, form=form)


def _defined(plain: str, titles: Iterable[_Anchor]) -> Iterator[_Anchor]:
    """Yield later uses, without marks, of short names that the text defines."""
    for title in titles:
        name = _definition(plain, title.end)
        if name and len(name) > 1 and looks_like_norm(name):
            for match in re.finditer(re.escape(name), plain[title.end :]):
                start = title.end + match.start()
                if plain[start - 1] not in '《称为“"':
                    yield _Anchor(start=start, end=start + len(name), name=name, form=Form.BARE)


def _law_anaphors(plain: str) -> Iterator[_Anchor]:
    for match in grammar.LAW_ANAPHOR.finditer(plain):
        yield _Anchor(start=match.start(), end=match.end(), name=match[0], form=Form.ANAPHOR_LAW)


def _soft_anaphors(plain: str) -> Iterator[_Anchor]:
    for match in grammar.SOFT_ANAPHOR.finditer(plain):
        is_former = match[0].startswith("前")
        follows = plain[match.end() : match.end() + 1]
        if (is_former and follows not in "车目") or _SOFT_USE.match(plain, match.end()):
            if match[0][0] == "同" and (
                follows != "第" or plain[match.start() - 1 : match.start()] in "合不相共"
            ):
                continue
            yield _Anchor(
                start=match.start(), end=match.end(), name=match[0], form=Form.ANAPHOR_SOFT
            )


def _articles_alone(plain: str) -> Iterator[_Anchor]:
    for match in grammar.PINPOINT.finditer(plain):
        yield _Anchor(start=match.start(), end=match.start(), name=None, form=Form.CARRY)


def _mentions_at(plain: str, anchor: _Anchor) -> list[Mention]:
    at, number, defines = _after_title(plain, anchor)
    number_end = at if number else anchor.end
    if number is None and anchor.form not in {Form.CARRY, Form.ANAPHOR_SOFT}:
        number = _number_before(plain, anchor.start)
    parts = _parts(plain, anchor, at)
    if not parts:
        return _alone(plain, anchor, number_end, number, defines)
    if anchor.form is Form.CARRY and _is_no_provision(plain, parts[0]):
        return []
    first = Mention(
        start=anchor.start, end=parts[0].end, form=anchor.form, name=anchor.name,
        pinpoint=parts[0].pinpoint, number=number, defines=defines,
    )  # fmt: skip
    following = [
        Mention(start=p.start, end=p.end, form=Form.LIST, pinpoint=p.pinpoint, head=first.start)
        for p in parts[1:]
    ]
    return [first, *following]


def _parts(plain: str, anchor: _Anchor, at: int) -> list[Part]:
    if anchor.form is Form.CARRY:
        return read_parts(plain, at)
    if anchor.form is Form.ANAPHOR_SOFT:
        return [replace(p, start=p.start) for p in read_parts(plain, at, Pinpoint())]
    lead = grammar.LEAD.match(plain, at)
    return read_parts(plain, lead.end() if lead else at)


def _alone(
    plain: str, anchor: _Anchor, end: int, number: str | None, defines: str | None
) -> list[Mention]:
    """Return the mention of a law without an article, where it counts as one."""
    name = anchor.name or ""
    form = {
        Form.TITLE_FULL: Form.TITLE_ONLY,
        Form.TITLE_SHORT: Form.TITLE_ONLY,
        Form.BARE: Form.BARE_ONLY,
        Form.ANAPHOR_LAW: Form.ANAPHOR_LAW_ONLY,
    }.get(anchor.form, anchor.form)
    if form is Form.CARRY:
        return []
    if form is Form.BARE_ONLY and not is_used_as_law(plain, Name(anchor.start, anchor.end, name)):
        return []
    if form is Form.ANAPHOR_LAW_ONLY and not _LAW_ALONE.search(name):
        return []
    return [
        Mention(
            start=anchor.start, end=end, form=form, name=anchor.name, number=number, defines=defines
        )
    ]


def _after_title(plain: str, anchor: _Anchor) -> tuple[int, str | None, str | None]:
    """Return where the article may begin, the document number, and the short name defined."""
    at, number, defines = anchor.end, None, None
    if anchor.form in {Form.CARRY, Form.ANAPHOR_SOFT}:
        return at, None, None
    for _ in range(2):
        match = grammar.PARENTHESIS.match(plain, at)
        if match is None:
            break
        inside = match["inside"]
        if found := grammar.NUMBER.search(inside):
            number = normalize_number(found["number"])
        elif (definition := grammar.DEFINES.match(inside)) is not None:
            return at, number, definition["name"]
        elif not re.match(r"(?:19|20)\d\d|试行|暂行|[一二三四五六七八九十]$", inside):
            break
        at = match.end()
    return at, number, _definition(plain, at) or defines


def _definition(plain: str, at: int) -> str | None:
    match = grammar.PARENTHESIS.match(plain, at)
    found = grammar.DEFINES.match(match["inside"]) if match else None
    return found["name"] if found else None


def _number_before(plain: str, start: int) -> str | None:
    match = grammar.NUMBER_BEFORE.search(plain, max(0, start - 40), start)
    return normalize_number(match["number"]) if match else None


def _is_no_provision(plain: str, part: Part) -> bool:
    """Say whether 第一条 counts advice, stands in a contract, or heads a text that is the norm."""
    before = plain[max(0, part.start - 16) : part.start]
    if _CONTRACT.search(before) or _COUNTED.match(plain, part.end):
        return True
    begins_line = not before.strip(" \t　*#") or before.rstrip(" \t　*#").endswith("\n")
    return begins_line and _HEADING_OF_TEXT.match(plain, part.end) is not None
