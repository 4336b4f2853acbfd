"""The report's Chinese words for what the warehouse names in English.

A name without an entry is shown as it is, so a new verdict never breaks the report.
"""

from typing import Final, NamedTuple


class Word(NamedTuple):
    """A name for readers, the CSS class of its colour, and what it means."""

    name: str
    tone: str  # good, bad, warn, dim
    meaning: str = ""


VERDICTS: Final = {
    "in_force": Word("有效", "good", "文章发布当天，该法与该条现行有效"),
    "repealed": Word("已废止", "bad", "文章发布当天，该法已经失效"),
    "no_such_article": Word("条文不存在", "bad", "该法没有这一条"),
    "wrong_article": Word("条号错误", "bad", "所引内容出自另一条"),
    "quote_differs": Word("引文有误", "bad", "所引文字改变了该条的内容"),
    "wrong_title": Word("名称有误", "bad", "没有这个名称的文件，应为另一名称"),
    "wrong_document_number": Word("文号错误", "bad", "文件编号与文件不符"),
    "not_yet_in_force": Word("尚未施行", "bad", "文章发布当天，该法还未生效"),
    "ambiguous": Word("指代不明", "warn", "可能指多部法律，不作猜测"),
    "unknown_law": Word("查无此法", "warn", "登记库中没有这个名称：杜撰、误写，或尚未收录"),
    "unverifiable": Word("无法核实", "dim", "缺少核实所需的资料"),
}

REASONS: Final = {
    "not_html": "不是网页",
    "listing": "列表页",
    "no_text": "没有正文",
    "too_short": "正文太短",
    "needs_javascript": "需要运行脚本才有正文",
    "blocked": "被拦截（验证码等）",
    "no_title": "没有标题",
    "error": "处理出错",
    "timeout": "处理超时",
    "too_large": "页面过大",
    "too_old": "早于所要的日期",
    "repeated_text": "与多篇文章正文相同，未采用",
    "collapsed_text": "原文大半不见，未采用",
    "leads_home": "转往首页，未作下架",
}

RELATIONS: Final = {
    "exact": "原文照搬",
    "near": "改写",
    "excerpt": "节选",
    "contains": "扩写",
}


def verdict_word(verdict: str) -> Word:
    """Return the words for a verdict."""
    return VERDICTS.get(verdict, Word(verdict, "dim"))
