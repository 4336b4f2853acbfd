"""Lines that frame an article rather than belong to it, told by how they are worded.

Asked only about lines at the head and the tail of a text, and about captions: in the
middle of an article the same words are content, and a list of them applied to whole
texts was measured to do harm.
"""

import re
from typing import Final

MAX_CREDIT: Final = 90  # characters; a longer line that begins 来源： tells a story
MAX_LABEL: Final = 20  # characters
MAX_NOTICE: Final = 270  # characters; disclaimers are long, but not that long

_BULLETS: Final = r"^[\s（(【\[〔《*·•▲◆■—\-|]*"
_SOURCE: Final = (
    r"(?:本文|文章|稿件|资料|信息|图片|新闻|内容|综合|部分)?\s*"
    r"(?:来源|来自|转自|转载自|摘自|出处|(?:综合)?整理自)"
)
_ROLE: Final = (
    r"(?:责任|本文|本期|实习|值班|执行|网络|文字|版面|本版|签发|见习)?\s*"
    r"(?:编辑|责编|编审|主编|监制|校对|审核|审稿|初审|复审|终审|核稿|签发|排版|美编|制图|编排)"
)
_PERSON: Final = r"作者|通讯员|供稿|撰稿|投稿"
_TIME: Final = (
    r"(?:提问|咨询|回答|回复|发帖|添加|上传|录入|刊发|发布|发表|更新)(?:时间|日期|于|者|人)|"
    r"发布|发表|更新|时间|日期|最后(?:修改|更新|编辑)"
)
_COUNT: Final = r"(?:浏览|阅读|点击|访问|评论)(?:次数|量|数|率)?|人气|字号|字体"
_LABEL: Final = r"标签|关键[词字]|分类|栏目|tags?|原标题|原题"
_BUTTON: Final = rf"(?:(?:纠错|打印|收藏|分享|举报)[】\])）\s]+{_BULLETS[1:]})"
_CREDIT: Final = re.compile(
    rf"""
    {_BULLETS} {_BUTTON}?
    (?: {_SOURCE} | {_ROLE} | {_PERSON} | {_TIME} | {_COUNT} | {_LABEL} )
    \s* (?: [:：/丨|] | \s\S | $ )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SIGNED: Final = re.compile(  # 编辑 王五 校对 赵六
    rf"{_BULLETS}(?:编辑|责编|校对|审核|记者|见习记者|实习生)\s+\S{{2,4}}(?:\s|$)"
)
_CREDITS: Final = re.compile(  # more than one of them in a line that begins with a name
    r"(?:来源|作者|编辑|责编|校对|审核|监制|摄影)\s*[:：]\s*\S"
)
_COMPILED: Final = re.compile(rf"{_BULLETS}(?:综合)?整理自.{{2,40}}$")

_COPYING: Final = (  # who may copy, and what for
    r"未经[^。]{0,12}(?:授权|许可|允许|同意|书面)[^。]{0,16}(?:转载|复制|使用|摘编)|"
    r"(?:转载|引用)[^。]{0,6}请[^。]{0,8}(?:注明|联系|附上)"
)
_DISCLAIMER: Final = (
    r"^\W*(?:版权|免责|郑重|特别|平台|本站|网站)(?:声明|申明|说明)\W|^\W*(?:声明|申明)\s*[:：]|"
    r"^\W*(?:本文|原文)(?:链接|地址|网址)\s*[:：]|^[\s(（]*(?:©|copyright\b)|"
    r"请[^。]{0,6}(?:赞赏|打赏)\W*$"
)
_SHARING: Final = (
    r"(?:扫(?:描|一扫)|长按|识别)[^。]{0,12}二维码|(?:关注|扫码)[^。]{0,10}(?:公众号|微信号)\W*$|"
    r"^\W*分享(?:到|给|至)?\W*(?:朋友|微信|微博|朋友圈|举报|收藏|$)|"
    r"点击(?:进入|查看|阅读|下载|复制|这里)[^。]{0,14}$|"
    r"扫(?:描|一扫|码)[^。]{0,8}(?:微信|公众号|小程序|关注|咨询)[^。]{0,8}$|"
    r"^\W*(?:点击|长按|戳)?(?:上方|下方|上面|下面|[左右][上下]角)[^。]{0,8}"
    r"(?:蓝字|名片|卡片|二维码|关注)[^。]{0,10}$|"
    r"^\W*(?:点个?|求个?)\W{0,2}(?:在看|赞|关注)(?:\W|$)|"
    r"尽在[^，。]{2,12}(?:APP|客户端)\W*$|^\W*(?:打开|下载)[^。，]{2,12}(?:APP|客户端)[^。]{0,16}$"
)
_END: Final = r"正文已结束|^\W*(?:the\s*)?end\W*$|^\W*(?:全文|正文)?完\W*$"
_ENDING: Final = rf"{_END}|^\W*[上下前后]一[篇页条章]"
_BUTTONS: Final = (
    r"^(?:\W*(?:打赏|赞赏|点赞|收藏|举报|分享|投诉|纠错|打印(?:本[页文])?|关闭(?:窗口|本页)?|"
    r"返回(?:顶部|列表|首页)?|评论|推荐|图集))+\W*(?:$|\s|\d)"
)
_RELATED: Final = (
    r"^\W*(?:相关|推荐|延伸|更多|热门|猜你喜欢|往期|精彩)\s*"
    r"(?:回顾|推荐|阅读|文章|新闻|推荐|资讯|链接|专题|内容|报道|标签|搜索)?\W*$"
)
_NOTICE: Final = re.compile(
    "|".join((_COPYING, _DISCLAIMER, _SHARING, _ENDING, _BUTTONS, _RELATED)), re.IGNORECASE
)
_SUMMING: Final = re.compile(r"^\W*(?:以上|上面|上述)(?:就|便)?(?:是|为|内容)")
_PAGES: Final = re.compile(  # 【1】【2】【3】, 2/5
    r"^(?:[【\[(（]?\d{1,2}[】\])）]?\s*){2,}$|^\W*第?\s*\d+\s*/\s*\d+\s*页?\W*$"
)
_HASHTAGS: Final = re.compile(r"^(?:#\S+\s*)+$")
_DATE: Final = re.compile(r"(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}")
_AGE: Final = re.compile(r"\d\s*(?:秒|分[钟鐘]|小[时時]|天|周|个?月|年)前")
_CLOCK: Final = re.compile(r"\d\s*[:：]\s*[0-5]\d(?!\d)")
_DAY_AND_CLOCK: Final = re.compile(
    r"(?<!\d)(?:0?[1-9]|1[0-2])\s*[-/月]\s*(?:[0-2]?\d|3[01])\s*[日号]?\s+[0-2]?\d\s*[:：]\s*[0-5]\d(?!\d)"
)
_INFO: Final = re.compile(r"来源|作者|编辑|记者|浏览|阅读|点击|人气|评论|字号")
_BARE_DATE: Final = re.compile(r"^[\W\d年月日时分秒星期周一二三四五六七上下午]*$")
_ASK: Final = r"(?:立即|免费|在线|电话|马上|一键|我要)(?:法律)?咨询(?:律师|[我他她]|TA)?\W*"
_CONTACT: Final = re.compile(
    r"(?:电话|手机|微信|热线|QQ)\s*(?:号码?|咨询)?\s*[:：]\s*[\d+（(]|执业证(?:号码?|书)?\s*[:：]\s*\d"
    rf"|^\W*(?:{_ASK})+$|^[^。]{{0,20}}[？?]\W*{_ASK}$"
)
_SERVICE: Final = re.compile(  # what a lawyer's card boasts of; with a full stop it is a sentence
    r"^[^。]{0,30}(?:已?(?:帮助|服务)(?:过|了)?\s*[\d,.]+\s*[万千]?\+?\s*人|\d\s*分钟(?:内|快速)?(?:响应|解答|回复)"
    r"|好评率?\s*[:：]?\s*\d)[^。]{0,30}$|^\W*(?:擅长|专长)(?:领域)?\s*[:：][^。]{0,40}$"
)
_NUMBER: Final = r"(?<!\d)(?:1[3-9]\d{9}|400[-\s]?\d{3,4}[-\s]?\d{3,4}|0\d{2,3}-\d{7,8})(?!\d)"
_CALL: Final = re.compile(
    rf"(?:法律|律师)[^。]{{0,40}}(?:拨打|致电|联系|咨询|来电)[^。]{{0,12}}{_NUMBER}"
)
_PICTURE_CREDIT: Final = re.compile(r"^\W*(?:配?图片?|图源)\s*(?:由|来自|来源|源自|源于|/|：|:)")


def is_credit(text: str) -> bool:
    """Say whether a line names source, author, editor, time or counts, as labels do."""
    if len(text) > MAX_CREDIT:
        return False
    if any(pattern.search(text) for pattern in (_CREDIT, _SIGNED, _COMPILED)):
        return True
    return "。" not in text and len(_CREDITS.findall(text)) > 1


def is_notice(text: str) -> bool:
    """Say whether a line is a disclaimer, a share button, page numbers or the like."""
    return len(text) <= MAX_NOTICE and any(
        pattern.search(text) for pattern in (_NOTICE, _PAGES, _HASHTAGS, _CALL)
    )


def sums_up(text: str) -> bool:
    """Say whether a line begins with 以上就是, as those do that say what the article was about."""
    return len(text) <= MAX_NOTICE and _SUMMING.search(text) is not None


def is_info(text: str) -> bool:
    """Say whether a line tells date and time, or a date with source or counts."""
    if "。" in text or len(text) > MAX_CREDIT:
        return False
    if _AGE.search(text) or _DAY_AND_CLOCK.search(text):
        return True
    return _DATE.search(text) is not None and bool(_CLOCK.search(text) or _INFO.search(text))


def offers_contact(text: str) -> bool:
    """Say whether a line is a telephone number with its label, or a button to ask a lawyer."""
    return len(text) <= MAX_CREDIT and bool(_CONTACT.search(text) or _SERVICE.search(text))


def is_related(text: str) -> bool:
    """Say whether a line is the label of links to other articles: 延伸阅读, 相关新闻."""
    return len(text) <= MAX_LABEL and re.search(_RELATED, text) is not None


def is_end(text: str) -> bool:
    """Say whether a line says that the text has ended, and nothing else."""
    return len(text) <= MAX_LABEL and re.search(_END, text, re.IGNORECASE) is not None


def is_bare_date(text: str) -> bool:
    """Say whether a line is a date and nothing else."""
    return _DATE.search(text) is not None and _BARE_DATE.search(text) is not None


def is_picture_credit(text: str) -> bool:
    """Say whether a caption names only where the picture is from."""
    return _PICTURE_CREDIT.search(text) is not None
