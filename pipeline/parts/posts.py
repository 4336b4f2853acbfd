"""One post of a thread: what its author says, without what the forum puts around it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile
from typing import Final

from lxml.html import HtmlElement

from pipeline.body import LINKED, is_prose
from pipeline.dates import Published, find_date, parse_stamp
from pipeline.document import fit
from pipeline.furniture import is_bare_date, is_credit, is_info, is_notice
from pipeline.lines import Line, LineKind, fold, path_of, squeeze
from pipeline.trim import cites_statute

MAX_NAME: Final = 16  # characters of an author's name
MAX_LABEL: Final = 24  # characters of a button or a counter; longer lines are text

_BUTTON: Final = re.compile(
    r"""
    ^\W*(?: 采纳|已采纳|最佳答案|满意(?:答案|回答)|精选回答|推荐答案|赞同?|已?点赞|反对|踩|顶|支持
      | 有用|没用|有帮助|无帮助|回复|回复\s*(?:楼主|本帖|TA)|举报|投诉|评论|追问|追答|收藏|分享|引用
      | 只看(?:该作者|楼主)|显示全部楼层|使用道具|楼主|沙发|板凳|地板|电梯直达|[上下]一页
      | 展开(?:全文|更多)?|收起|查看(?:更多|详情|全部|主页)?
      | (?:立即|在线|电话|向[他她TA]+|马上|免费|一对一|我要|点击)?\s*
        (?:咨询|提问|追问)(?:[我他她]|TA|律师)?
      | (?:律师|网友|专家|全部|其他|最佳|满意|推荐)?\s*(?:回答|解答|回复|答案)
      | 签名(?:档)?|个人签名
    )\W*(?:[(（\[]?\d{1,6}[)）\]]?\W*(?:条|个|人|次|楼)?)?\W*$
    | ^\W*\d{1,5}\s*(?:楼|\#|F|人(?:赞同|采纳|觉得有用)|个?(?:赞|回答|评论|回复))\W*$
    | ^\W*(?:帮助(?:过|了)?|已?服务|好评|采纳率|擅长|执业|电话|手机|微信|地区|积分|帖子|精华
      |注册时间|在线时间|等级) .{0,20}(?:\d|[:：])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_EDITED: Final = re.compile(r"本帖最后由.{1,40}编辑|此帖(?:已)?被?.{0,20}(?:编辑|评分)")
_TO_WHOM: Final = re.compile(
    r"^\W*回复\s*(?:楼主|\d+\s*(?:楼|#)|第?\s*\d+\s*(?:楼|#)?)?.{0,24}(?:的帖子|楼主)?\s*[:：]?\s*$"
)
_LABEL: Final = re.compile(
    r"^\W*(?:问题(?:描述|补充|详情|内容)|补充(?:问题|说明)|咨询(?:内容|详情)|答|问|律师(?:解答|回答|回复|答)|最佳答案|回答|解答)\s*[:：]\s*"
)
_SENTENCE: Final = re.compile(r"[，。！？；,.!?;]")
_MARKED: Final = re.compile(
    r"^\W*(?:(?:咨询|提问|回答|答复|回复|解答)(?:人|者|时间|日期|律师)|悬赏(?:分)?|浏览(?:次数)?)\s*[:：]"
)
_PROFILE: Final = re.compile(
    r"执业|认证|好评|帮助|擅长|专长|咨询|电话|律所|事务所|回复(?:数|率|量)|积分|等级|采纳|服务"
)
_NAMED: Final = re.compile(
    r"(?:^|[-_\s])(?:author|user(?:name)?|nick(?:name)?|name|lawyer(?:name)?|xw1|writer)(?:$|[-_\s])",
    re.IGNORECASE,
)
_CONTENT: Final = re.compile(
    r"(?:^|[-_\s])(?:con|cont|content|text|txt|detail|desc|words?|msg|message|body)(?:$|[-_\s\d])",
    re.IGNORECASE,
)
_SAID_NAME: Final = re.compile(
    r"(?:提问者|提问人|咨询人|咨询者|回答者|回答人|答复人|(?:答复|回答|解答|回复)律师|作者|网友|律师姓名)\s*[:：]\s*([^\s:：|，。]{2,16})"
)
_LAWYER: Final = re.compile(r"^\s*([\u4e00-\u9fa5·]{2,6}\s*律师)(?:$|[\s|（(])")
_NOT_A_NAME: Final = re.compile(r"\d{3,}|\*{2}|[。！？：:]|回[答复]|提问|问题|咨询|发表|来源")


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What one person wrote in a thread."""

    lines: tuple[str, ...]  # as they are put out
    author: str | None
    published: Published | None
    is_accepted: bool = False


def read_post(
    lines: Sequence[Line],
    box: HtmlElement | None,
    fetched_at: datetime | None,
    *,
    text: HtmlElement | None = None,
) -> Post:
    """Return the post that `lines` are, all of one `box`; its words stand in `text` where known."""
    if text is None and box is not None:
        text = _worded(lines, box)
    inside = set(text.iter()) if text is not None else set()
    worded = [line for line in lines if line.element in inside] if inside else list(lines)
    body = _body(worded, is_known=bool(inside))
    kept = {id(line) for line in body}
    around = [line for line in lines if id(line) not in kept]
    return Post(
        lines=tuple(said for line in body if (said := _said(line, box))),
        author=_author(box, around, kept, lines),
        published=_date(box, around, fetched_at),
        is_accepted=any(re.search(r"最佳|满意|已?采纳", line.text[:MAX_LABEL]) for line in around),
    )


def _worded(lines: Sequence[Line], box: HtmlElement) -> HtmlElement | None:
    """Return the element inside `box` that is called its content and holds most of its prose."""
    prose = [line for line in lines if is_prose(line)]
    whole = sum(len(line.text) for line in prose)
    for element in box.iterdescendants("div", "p", "dd", "td", "span", "section", "article"):
        if not _CONTENT.search(element.get("class") or ""):
            continue
        inside = set(element.iter())
        if 2 * sum(len(line.text) for line in prose if line.element in inside) > whole > 0:
            return element
    return None


def _body(lines: Sequence[Line], *, is_known: bool) -> list[Line]:
    """Return the lines that are the author's: between meta lines and buttons, without either."""
    kept = [line for line in lines if not is_furniture(line)]
    if is_known:
        return kept
    speaking = [at for at, line in enumerate(kept) if _speaks(line)]
    return list(kept[speaking[0] : speaking[-1] + 1]) if speaking else []


def is_furniture(line: Line) -> bool:
    """Say whether a line is the forum's: a button, a counter, who edited when, a quoted head."""
    text = line.text
    if cites_statute(text):
        return False
    if len(text) <= MAX_LABEL and _BUTTON.search(text):
        return True
    if "。" not in text and _MARKED.search(text):
        return True
    if "。" not in text and len(set(_PROFILE.findall(text))) > 1:
        return True
    if _EDITED.search(text) or (len(text) <= 40 and _TO_WHOM.search(text)):
        return True
    if line.link_share >= LINKED or is_bare_date(text) or is_info(text):
        return True
    return not is_prose(line) and (is_credit(text) or is_notice(text))


def _speaks(line: Line) -> bool:
    if line.kind is LineKind.HEADING:
        return False
    return is_prose(line) or (len(fold(line.text)) >= 4 and bool(_SENTENCE.search(line.text)))


def _said(line: Line, box: HtmlElement | None) -> str:
    """Return a line as it is put out; that the post itself is an item of a list, is no mark."""
    own = takewhile(lambda element: element is not box, path_of(line.element))
    mark = line.mark if any(element.tag == "li" for element in own) else ""
    return mark + _LABEL.sub("", fit(line.text))


def _author(
    box: HtmlElement | None, around: Sequence[Line], kept: set[int], lines: Sequence[Line]
) -> str | None:
    for line in around:
        if (match := _SAID_NAME.search(line.spaced)) and _is_name(fit(match[1])):
            return fit(match[1])
    own = {line.element for line in lines if id(line) in kept}
    for element in box.iter() if box is not None else ():
        if not isinstance(element.tag, str) or element in own:
            continue
        is_named = element.get("itemprop") == "author" or _NAMED.search(element.get("class") or "")
        name = fit(next(filter(str.strip, element.itertext()), "")) if is_named else ""
        if _is_name(name):
            return name
    for line in around:
        if match := _LAWYER.search(line.text):
            return squeeze(match[1])
    return None


def _is_name(text: str) -> bool:
    return 2 <= len(text) <= MAX_NAME and not _NOT_A_NAME.search(text)


def _date(
    box: HtmlElement | None, around: Sequence[Line], fetched_at: datetime | None
) -> Published | None:
    for element in box.iter("time", "meta", "span") if box is not None else ():
        if element.get("itemprop") in ("dateCreated", "datePublished") or element.tag == "time":
            stamp = element.get("datetime") or element.get("content") or ""
            if found := parse_stamp(stamp, fetched_at):
                return replace(found, place="attribute beside the post")
    for line in around:
        if (found := find_date(line.spaced, fetched_at)) is not None:
            return replace(found, place="beside the post")
    return None
