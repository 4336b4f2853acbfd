"""What stands in the article's element and is not the article: head, tail and boxes.

Rules look at evidence, never at words alone in the middle of a text: a line that repeats the
title, one that begins with it and goes on (a copyright line), the echo of an earlier
paragraph cut off with dots, a box of links, a caption that recurs, a credit at either
end.  A line that cites a statute (第…条) is never dropped.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from lxml.html import HtmlElement

from pipeline.body import is_prose
from pipeline.lines import Line, LineKind, fold, path_of

MAX_CREDIT: Final = 90  # characters; a longer line that begins 来源： tells a story
MAX_CAPTION: Final = 40
MIN_ECHO: Final = 12  # characters that a cut-off line shares with the paragraph it echoes
LINKED: Final = 0.6  # share of link characters from which a line at the end is a link
LINKED_BOX: Final = 0.5
MAX_TITLE_HEAD: Final = 4  # the title is repeated within the first lines or not at all

_STATUTE: Final = re.compile(r"第\s*[〇零一二两三四五六七八九十百千\d０-９]+\s*条")
_CUT_OFF: Final = re.compile(r"(?:\.{3,}|…+|\[…\]|\[\.\.\.\])\s*$")
_OPEN: Final = r"^[\s（(【\[〔《*·•▲◆■—\-|]*"
_CREDIT: Final = re.compile(
    _OPEN + r"(?:(?:本文|文章|稿件|资料|信息|图片|新闻|内容|综合|部分)?\s*(?:来源|来自|转自|转载自|摘自|出处)"
    r"|原标题|原题|(?:责任|本文|本期|实习|值班|执行|网络|文字|版面|本版|签发|见习)?\s*(?:编辑|责编|编审|主编|监制)"
    r"|责编|校对|审核|审稿|初审|复审|终审|核稿|签发|排版|美编|制图|编排|作者|通讯员|供稿|撰稿|投稿"
    r"|(?:综合)?整理自|发布(?:时间|日期|于|者|人)?|发表(?:时间|日期|于)?|更新(?:时间|日期|于)?|时间|日期"
    r"|浏览(?:次数|量)?|阅读(?:次数|量|数)?|点击(?:次数|量|率)?|访问(?:次数|量)?|字号|字体|标签|关键[词字]|分类|栏目|Tags?|TAG)"
    r"\s*(?:[:：/丨|]|\s\S|$)"
)
_EDITED: Final = re.compile(_OPEN + r"(?:编辑|责编|校对|审核|记者|见习记者|实习生)\s+\S{2,4}(?:\s|$)")
_NOTICE: Final = re.compile(
    r"未经[^。]{0,12}(?:授权|许可|允许|同意|书面)[^。]{0,16}(?:转载|复制|使用|摘编)|(?:转载|引用)[^。]{0,6}请[^。]{0,8}(?:注明|联系|附上)"
    r"|^\W*(?:版权|免责|郑重|特别)?(?:声明|申明|说明)\s*[:：]|^\W*(?:本文|原文)(?:链接|地址|网址)\s*[:：]"
    r"|扫(?:描|一扫)[^。]{0,12}二维码|(?:关注|扫码)[^。]{0,10}(?:公众号|微信号)\W*$|^\W*分享(?:到|给|至)?\W*"
    r"(?:朋友|微信|微博|朋友圈|举报|收藏|$)|正文已结束|^\W*(?:THE\s*)?END\W*$|^\W*(?:全文|正文)?完\W*$"
    r"|点击(?:进入|查看|阅读|下载|复制|这里)[^。]{0,14}$|^\W*[上下前后]一[篇页条章]"
    r"|^\W*(?:打赏|赞赏|点赞|收藏|举报|分享|投诉|纠错|打印|关闭(?:窗口)?|返回(?:顶部|列表|首页)?|评论|推荐)\W*(?:$|\s|\d)"
    r"|^\W*(?:相关|推荐|延伸|更多|热门|猜你喜欢)\s*(?:阅读|文章|新闻|推荐|资讯|链接|专题|内容|报道|标签|搜索)?\W*$",
    re.IGNORECASE,
)
_META: Final = re.compile(  # nothing but counts, dates and bare punctuation
    r"^[\W\d_a-zA-Z年月日时分秒前天周个小钟点星期一二三四五六七上下午]*$"
)
_DATED: Final = re.compile(r"(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}|\d+\s*(?:秒|分钟|小时|天|周|个?月|年)前")
_PAGES: Final = re.compile(r"^(?:[【\[(（]?\d{1,2}[】\])）]?\s*){2,}$|^\W*第?\s*\d+\s*/\s*\d+\s*页?\W*$")
_HASHTAGS: Final = re.compile(r"^(?:#\S+\s*)+$")
_CAPTION_CREDIT: Final = re.compile(r"^\W*(?:配?图片?|图源|图)\s*(?:由|来自|来源|源自|源于|/|：|:)")
_CAPTION_CLASS: Final = re.compile(r"caption|img[-_]?(?:desc|info|note|title)|pic[-_]?(?:desc|info|txt|title)", re.I)


def trim(lines: Sequence[Line], element: HtmlElement, title: str) -> list[Line]:
    """Return the lines of `element` that are the article's text, in order."""
    boxed = _link_boxes(lines, element)
    captions = _captions(lines, title)
    kept = [line for line in lines if id(line) not in boxed and id(line) not in captions]
    kept = _without_teasers(kept)
    return _without_tail(_without_head(kept, title), title)


def cites_statute(line: Line) -> bool:
    """Say whether a line names an article of a statute, 第…条."""
    return _STATUTE.search(line.text) is not None


def is_credit(line: Line) -> bool:
    """Say whether a line names source, author, editor or date in the way of a label."""
    return len(line.text) <= MAX_CREDIT and (
        _CREDIT.search(line.text) is not None or _EDITED.search(line.text) is not None
    )


def _link_boxes(lines: Sequence[Line], element: HtmlElement) -> set[int]:
    groups: dict[HtmlElement, list[Line]] = {}
    for line in lines:
        for outer in path_of(line.element):
            if outer is element:
                break
            groups.setdefault(outer, []).append(line)
    return {id(line) for group in groups.values() if _is_link_box(group) for line in group}


def _is_link_box(group: Sequence[Line]) -> bool:
    if len(group) < 2 or any(is_prose(line) or cites_statute(line) for line in group):
        return False
    linked = sum(line.linked for line in group)
    return linked >= LINKED_BOX * sum(len(line.text) for line in group)


def _captions(lines: Sequence[Line], title: str) -> set[int]:
    near = [line for line in lines if _may_be_caption(line)]
    times = Counter(line.text for line in near)
    return {
        id(line)
        for line in near
        if times[line.text] > 1
        or fold(line.text) == fold(title)
        or _CAPTION_CREDIT.search(line.text)
    }


def _may_be_caption(line: Line) -> bool:
    if len(line.text) > MAX_CAPTION * 2 or cites_statute(line):
        return False
    if line.after_image or line.kind is LineKind.CAPTION:
        return True
    return _CAPTION_CLASS.search(line.element.get("class") or "") is not None


def _without_teasers(lines: Sequence[Line]) -> list[Line]:
    """Drop pairs of a linked title and a summary that is cut off: other articles."""
    dropped: set[int] = set()
    for title, summary in zip(lines, lines[1:], strict=False):
        if title.link_share >= LINKED and _CUT_OFF.search(summary.text) and is_prose(summary):
            dropped |= {id(title), id(summary)}
    return [line for line in lines if id(line) not in dropped]


def _without_head(lines: Sequence[Line], title: str) -> list[Line]:
    start = 0
    for index, line in enumerate(lines[: MAX_TITLE_HEAD + 4]):
        if _repeats_title(line, title) and index <= MAX_TITLE_HEAD:
            start = index + 1
        elif index == start and _opens_nothing(line):
            start = index + 1
    return list(lines[start:])


def _repeats_title(line: Line, title: str) -> bool:
    """Say whether a line is the title, or a heading that is the title's first half."""
    own, whole = fold(line.text), fold(title)
    if not own or not whole:
        return False
    return own == whole or (
        line.kind is LineKind.HEADING and len(own) >= 6 and whole.startswith(own)
    )


def _opens_nothing(line: Line) -> bool:
    if cites_statute(line):
        return False
    if line.link_share >= LINKED or is_credit(line) or _PAGES.search(line.text):
        return True
    return not is_prose(line) and _DATED.search(line.text) is not None and _is_meta(line)


def _is_meta(line: Line) -> bool:
    return _META.search(line.text) is not None or "来源" in line.text or "作者" in line.text


def _without_tail(lines: Sequence[Line], title: str) -> list[Line]:
    end = len(lines)
    while end and _closes_nothing(lines[end - 1], lines[: end - 1], title):
        end -= 1
    return list(lines[:end])


def _closes_nothing(line: Line, before: Sequence[Line], title: str) -> bool:
    if cites_statute(line):
        return False
    text = line.text
    if line.link_share >= LINKED or is_credit(line):
        return True
    if any(pattern.search(text) for pattern in (_NOTICE, _PAGES, _HASHTAGS)):
        return len(text) <= MAX_CREDIT * 3
    return not fold(text) or _begins_with_title(line, title) or _echoes(line, before)


def _begins_with_title(line: Line, title: str) -> bool:
    whole = fold(title)
    return len(whole) >= 6 and fold(line.text).startswith(whole)


def _echoes(line: Line, before: Iterable[Line]) -> bool:
    stem = fold(_CUT_OFF.sub("", line.text))
    if not _CUT_OFF.search(line.text) or len(stem) < MIN_ECHO:
        return False
    return any(fold(earlier.text).startswith(stem) for earlier in before)
