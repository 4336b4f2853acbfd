"""Find the mentions of statutes in a text, each as written; `resolve` says what they mean.

A mention begins at an anchor (a 《title》, a name, 本法, 前款, or 第…条 alone) and takes in the
list of provisions that follows it.
"""

import re
from dataclasses import dataclass
from typing import Final

from pipeline.cite import grammar
from pipeline.cite.anchors import Anchor, Form, anchors, definition
from pipeline.cite.names import Name, is_used_as_law
from pipeline.cite.pinpoint import NO_PINPOINT, Part, Pinpoint, read_parts
from pipeline.cite.titles import normalize_number
from pipeline.statutes import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A mention of a norm or provision, as written; `start` and `end` are code points."""

    start: int
    end: int
    form: Form
    name: str | None = None  # the law as written, without marks; None: carried
    pinpoint: Pinpoint = NO_PINPOINT
    number: str | None = None  # document number, normalised
    head: int | None = None  # start of the mention whose law a list item shares
    defines: str | None = None  # short name that the text gives this law: 以下简称…


@dataclass(frozen=True, slots=True)
class _Tail:
    """What follows a title before its article."""

    at: int  # where the article may begin
    number: str | None
    defines: str | None


_FORM_ALONE: Final = {
    Form.TITLE_FULL: Form.TITLE_ONLY,
    Form.TITLE_SHORT: Form.TITLE_ONLY,
    Form.BARE: Form.BARE_ONLY,
    Form.ANAPHOR_LAW: Form.ANAPHOR_LAW_ONLY,
    Form.ANAPHOR_SOFT: Form.ANAPHOR_SOFT,
}
_NUMBER_WINDOW: Final = 40  # characters before a title in which its document number stands
_MAX_PARENTHESES: Final = 2  # 《…》（试行）（法释〔2020〕17号）
# （2018年修正）, （1998年3月10日）; not who passed it when: （2020年12月25日审判委员会…通过）
_EDITION: Final = re.compile(r"(?:19|20)\d\d[^，,。；;]{0,12}$|试行|暂行|[一二三四五六七八九十]$")
# 第一条 counts other things too, and contracts have articles.
_COUNTED: Final = re.compile(
    r"\s?(?:记录|建议|信息|消息|短信|新闻|评论|微博|回复|经验|底线|红线|途径|出路|意见|理由|路|线|街|船|鱼|狗"
    r"|腿|命|生产|措施|原因|是[，,:：]|就是|铁律|军规|数据|语句|指令|通知|留言|朋友圈|视频|款项)"
)
_CONTRACT: Final = re.compile(
    r"(?:合同|协议|保单|条款|章程|公约|约定|用户|本站|网站|保证书|承诺书|借条|遗嘱|手册|制度|说明书|判决|裁定"
    r"|标书|清单)(?:书)?[》”\"]?(?:文本|中|的|之|里|约定|项下)?\s?$"
)
_HEADING_OF_TEXT: Final = re.compile(r"(?:、|\**[^\S\n]{2,}\S)")
_IS_DEFINED: Final = re.compile(r"(?<!所)称为?[：:]?\s?$")  # （以下简称《规定》
_NAMES_A_LAW: Final = re.compile(r"(?:法|条例|办法|法典|解释)$")


def find_mentions(plain: str, registry: Registry) -> list[Mention]:
    """Return the mentions in `plain` in order; spans never overlap."""
    mentions: list[Mention] = []
    end = 0
    for anchor in anchors(plain, registry):
        if anchor.start >= end:
            found, end = _mentions_at(plain, anchor)
            mentions += found
    return mentions


def _mentions_at(plain: str, anchor: Anchor) -> tuple[list[Mention], int]:
    """Return the mentions that begin here, and the end of what was read for them."""
    tail = _tail(plain, anchor)
    parts = _parts(plain, anchor, tail.at)
    if not parts:
        found = _without_article(plain, anchor, tail)
        return found, found[-1].end if found else anchor.start
    if anchor.form is Form.CARRY and _is_no_provision(plain, parts[0]):
        return [], parts[-1].end
    first = Mention(
        start=anchor.start,
        end=parts[0].end,
        form=anchor.form,
        name=anchor.name,
        pinpoint=parts[0].pinpoint,
        number=tail.number or _number_before(plain, anchor),
        defines=tail.defines,
    )
    following = [
        Mention(start=p.start, end=p.end, form=Form.LIST, pinpoint=p.pinpoint, head=first.start)
        for p in parts[1:]
    ]
    return [first, *following], parts[-1].end


def _parts(plain: str, anchor: Anchor, at: int) -> list[Part]:
    if anchor.form is Form.CARRY:
        return read_parts(plain, at)
    if anchor.form is Form.ANAPHOR_SOFT:
        return read_parts(plain, at, NO_PINPOINT)
    lead = grammar.LEAD.match(plain, at)
    return read_parts(plain, lead.end() if lead else at)


def _without_article(plain: str, anchor: Anchor, tail: _Tail) -> list[Mention]:
    """Return the mention of a law without an article, where it counts as one."""
    form, name = _FORM_ALONE.get(anchor.form), anchor.name or ""
    if form is None:
        return []
    if form is Form.BARE_ONLY and not is_used_as_law(plain, Name(anchor.start, anchor.end, name)):
        return []
    if form is Form.ANAPHOR_LAW_ONLY and _IS_DEFINED.search(
        plain[max(0, anchor.start - 6) : anchor.start]
    ):
        form = Form.TITLE_ONLY
    if form is Form.ANAPHOR_LAW_ONLY and not _NAMES_A_LAW.search(name):
        return []
    mention = Mention(
        start=anchor.start,
        end=tail.at if tail.number else anchor.end,
        form=form,
        name=anchor.name,
        number=tail.number or _number_before(plain, anchor),
        defines=tail.defines,
    )
    return [mention]


def _tail(plain: str, anchor: Anchor) -> _Tail:
    """Read the parentheses after a title: edition, document number, short name."""
    at, number = anchor.end, None
    if anchor.form in {Form.CARRY, Form.ANAPHOR_SOFT}:
        return _Tail(at, None, None)
    for _ in range(_MAX_PARENTHESES):
        match = grammar.PARENTHESIS.match(plain, at)
        if match is None:
            break
        if found := grammar.NUMBER.search(match["inside"]):
            number = normalize_number(found["number"])
        elif not _EDITION.match(match["inside"]):
            break
        at = match.end()
    return _Tail(at, number, definition(plain, anchor.end))


def _number_before(plain: str, anchor: Anchor) -> str | None:
    if anchor.form not in {Form.TITLE_FULL, Form.TITLE_SHORT}:
        return None
    window = plain[max(0, anchor.start - _NUMBER_WINDOW) : anchor.start]
    if "号" not in window and "GB" not in window:
        return None
    match = grammar.NUMBER_BEFORE.search(window)
    return normalize_number(match["number"]) if match else None


def _is_no_provision(plain: str, part: Part) -> bool:
    """Say whether 第一条 counts advice, stands in a contract, or heads a text that is the norm."""
    before = plain[max(0, part.start - 16) : part.start]
    if before.rstrip().endswith("》"):  # a title that was found to be no norm's
        return True
    if _CONTRACT.search(before) or _COUNTED.match(plain, part.end):
        return True
    begins_line = not before.strip(" \t　*#") or before.rstrip(" \t　*#").endswith("\n")
    return begins_line and _HEADING_OF_TEXT.match(plain, part.end) is not None
