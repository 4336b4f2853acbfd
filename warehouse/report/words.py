"""The report's words, in Chinese and English, for what the warehouse names.

A name without an entry is shown as it is, so a new verdict never breaks the report.
"""

from typing import Final, NamedTuple

from warehouse.report.markup import both, text


class Word(NamedTuple):
    """A name for readers, the CSS class of its colour, and what it means."""

    name: str
    tone: str  # good, bad, warn, dim
    meaning: str = ""
    english: str = ""
    english_meaning: str = ""

    @property
    def html(self) -> str:
        """The name in both languages."""
        return both(text(self.name), text(self.english or self.name))

    @property
    def meaning_html(self) -> str:
        """The meaning in both languages."""
        return both(text(self.meaning), text(self.english_meaning))


VERDICTS: Final = {
    "in_force": Word(
        "有效",
        "good",
        "文章发布当天，该法与该条现行有效",
        "In force",
        "law and article were in force on the page's date",
    ),
    "repealed": Word(
        "已废止",
        "bad",
        "文章发布当天，该法已经失效",
        "Repealed",
        "the law was no longer in force on the page's date",
    ),
    "no_such_article": Word(
        "条文不存在", "bad", "该法没有这一条", "No such article", "the law has no such article"
    ),
    "wrong_article": Word(
        "条号错误",
        "bad",
        "所引内容出自另一条",
        "Wrong article",
        "the words are those of another article",
    ),
    "quote_differs": Word(
        "引文有误",
        "bad",
        "所引文字改变了该条的内容",
        "Quotation differs",
        "the quoted words change what the article says",
    ),
    "wrong_title": Word(
        "名称有误",
        "bad",
        "没有这个名称的文件，应为另一名称",
        "Wrong title",
        "there is no law of this title; another is meant",
    ),
    "wrong_document_number": Word(
        "文号错误",
        "bad",
        "文件编号与文件不符",
        "Wrong number",
        "the document number is not that document's",
    ),
    "not_yet_in_force": Word(
        "尚未施行",
        "bad",
        "文章发布当天，该法还未生效",
        "Not yet in force",
        "the law was not in force yet on the page's date",
    ),
    "ambiguous": Word(
        "指代不明",
        "warn",
        "可能指多部法律，不作猜测",
        "Ambiguous",
        "several laws may be meant; nothing is guessed",
    ),
    "unknown_law": Word(
        "查无此法",
        "warn",
        "登记库中没有这个名称：杜撰、误写，或尚未收录",
        "Unknown law",
        "no such title in the registry: invented, misspelt, or missing there",
    ),
    "unverifiable": Word(
        "无法核实",
        "dim",
        "缺少核实所需的资料",
        "Unverifiable",
        "what would decide it is not at hand",
    ),
}

REASONS: Final = {
    "not_html": ("不是网页", "not a web page"),
    "listing": ("列表页", "listing page"),
    "no_text": ("没有正文", "no text"),
    "too_short": ("正文太短", "text too short"),
    "needs_javascript": ("需要运行脚本才有正文", "text needs JavaScript"),
    "blocked": ("被拦截（验证码等）", "blocked (captcha and the like)"),
    "no_title": ("没有标题", "no title"),
    "error": ("处理出错", "failed"),
    "timeout": ("处理超时", "took too long"),
    "too_large": ("页面过大", "page too large"),
    "part": ("分页，首页未获取", "later page of an article whose first is not known"),
    "too_old": ("早于所要的日期", "older than wanted"),
    "repeated_text": ("与多篇文章正文相同，未采用", "one text under many addresses, not taken"),
    "collapsed_text": ("原文大半不见，未采用", "most of the text gone, not taken"),
    "leads_home": ("转往首页，未作下架", "leads to the home page, not taken as gone"),
}

RELATIONS: Final = {
    "original": ("原文", "original"),
    "exact": ("原文照搬", "exact copy"),
    "near": ("改写", "near copy"),
    "excerpt": ("节选", "excerpt"),
    "contains": ("扩写", "contains it"),
    "merges": ("合编", "merges several"),
    "mirror": ("镜像", "mirror"),
    "template": ("同一模板", "same template"),
}

# By what the original of a group was found: core.cluster.rule.
RULES: Final = {
    "named": ("别的文章注明转自它", "others name it as their source"),
    "dated": ("日期最早", "the earliest date"),
    "credited": ("其余各篇注明转自别处", "the others name a source"),
    "timed": ("同一天中时刻最早", "the earliest minute of one day"),
    "reputed": ("其网站多为原文", "its site has more originals"),
    "first": ("最先抓到", "fetched first"),
}


def verdict_word(verdict: str) -> Word:
    """Return the words for a verdict."""
    return VERDICTS.get(verdict, Word(verdict, "dim"))


def reason_words(reason: str) -> str:
    """Return why a page was not taken, in both languages."""
    return both(*(text(word) for word in REASONS.get(reason, (reason, reason))))


def relation_words(relation: str) -> str:
    """Return how two articles stand to one another, in both languages."""
    return both(*(text(word) for word in RELATIONS.get(relation, (relation, relation))))


def rule_words(rule: str) -> str:
    """Return by what an article was found to be the original, in both languages."""
    return both(*(text(word) for word in RULES.get(rule, (rule, rule))))
