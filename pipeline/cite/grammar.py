"""How a citation is spelled: regular expressions built from named parts.

Every quantifier over text is bounded and no two neighbours can match the same characters, so
that hostile text (第第第…, 《《《…) costs linear time.  All work on plain text, which has the
same length as the text as given (see `pipeline.cite.plain`).
"""

import re
from typing import Final

from pipeline.cite.numerals import NUMERAL_CHARS

# Spaces and tags stand between title and article, and around numbers, on converted pages.
SPACE: Final = r"[^\S\n]{0,3}"
GAP: Final = r"(?:\s|</?[A-Za-z][^<>]{0,60}>|&[a-z]{2,8};|\*\*){0,6}"

NUMERAL: Final = rf"[{NUMERAL_CHARS}]{{1,9}}"
JOIN: Final = rf"{SPACE}(?:、|，|,|；|;|以及|和|与|及|或者|或|并){SPACE}"
TO: Final = rf"{SPACE}(?:至|到|[-—–－~～]{{1,2}}){SPACE}"

# 第十条, 第 10 条, and the slip 第第十条; 之一 only where a number follows 之.
ARTICLE: Final = (
    rf"第{{1,2}}{SPACE}(?P<article>{NUMERAL}){SPACE}条"
    rf"(?:{SPACE}之{SPACE}(?P<suffix>[一二三四五六七八九十]{{1,2}})(?![款项百千年月日]))?"
)
ARTICLE_TO: Final = (
    rf"{TO}第?{SPACE}(?P<article_end>{NUMERAL}){SPACE}条(?:之[一二三四五六七八九十]{{1,2}})?"
)
# Two ways to say from 42 to 46: 第42条至第46条, and 第42至46条.
ARTICLE_RANGE: Final = (
    rf"第{SPACE}(?P<range_from>{NUMERAL}){TO}第?{SPACE}(?P<range_to>{NUMERAL}){SPACE}条"
)
PARAGRAPH: Final = (
    rf"第{SPACE}[（(]?(?P<paragraph>{NUMERAL})[）)]?{SPACE}款(?:{TO}第?{NUMERAL}{SPACE}款)?"
)
ITEM: Final = (
    rf"(?:第{SPACE}[（(]?{SPACE}(?P<item>{NUMERAL}){SPACE}[）)]?|[（(](?P<item_bare>{NUMERAL})[）)])"
    rf"(?:{SPACE}项?{TO}第?{SPACE}[（(]?(?P<item_end>{NUMERAL}){SPACE}[）)]?)?{SPACE}项"
    rf"(?:第{NUMERAL}目)?"
)
BETWEEN: Final = rf"{SPACE}(?:的|之|中的|中)?{SPACE}"

PINPOINT: Final = re.compile(
    rf"""
    (?: (?:{ARTICLE_RANGE} | {ARTICLE}(?:{ARTICLE_TO})?)
        (?:{BETWEEN}{PARAGRAPH})?
        (?:{BETWEEN}{ITEM})?
    )""",
    re.VERBOSE,
)
# 民法典675条, and 第1042条、1043条: without 第 only right after a law or in a list, and from 100
# on, as 《民法典》10条新规 counts articles.
WITHOUT_ORDINAL: Final = re.compile(
    rf"(?P<article>[0-9]{{3,4}}){SPACE}条(?:之(?P<suffix>[一二三四五六七八九十]{{1,2}}))?"
    rf"(?:{BETWEEN}{PARAGRAPH})?(?:{BETWEEN}{ITEM})?"
)
# 第三十八条、三十九条: the later numbers of a list may lack 第 in words too.
LATER_WITHOUT_ORDINAL: Final = re.compile(
    rf"(?P<article>[一二三四五六七八九十百千零〇]{{2,9}})条(?:之(?P<suffix>[一二三四五六七八九十]{{1,2}}))?"
    rf"(?:{BETWEEN}{PARAGRAPH})?(?:{BETWEEN}{ITEM})?"
)
# 第一百三十三条之一、之二: of a later inserted article only 之N is written.
LATER_INSERTED: Final = re.compile(
    rf"之(?P<suffix>[一二三四五六七八九十]{{1,2}})(?![款项条百千年月日分倍])"
    rf"(?:{BETWEEN}{PARAGRAPH})?(?:{BETWEEN}{ITEM})?"
)
# Parts of an article alone; also matches nothing at all, which callers must refuse.
INNER_PINPOINT: Final = re.compile(rf"(?:{PARAGRAPH})?(?:{BETWEEN}{ITEM})?")

# 第三十五、三十六、三十八条 and 第一、二款 and 第（一）、（三）项: one unit after several numbers.
SHARED_UNIT: Final = re.compile(
    rf"(?:第{SPACE}|(?=[（(]))"  # 第三十二条（一）、（三）项
    rf"(?P<numbers>[（(]?{NUMERAL}[）)]?(?:{JOIN}第?{SPACE}[（(]?{NUMERAL}[）)]?){{1,12}}){SPACE}"
    r"(?P<unit>[条款项])"
)
# 《民法典》577、584条: only right after a law, and from 100 on.
SHARED_WITHOUT_ORDINAL: Final = re.compile(
    rf"(?P<numbers>[1-9][0-9]{{2,3}}(?:{JOIN}[1-9][0-9]{{2,3}}){{1,12}}){SPACE}(?P<unit>条)"
)
NUMBER_IN_LIST: Final = re.compile(rf"第?{SPACE}[（(]?(?P<number>{NUMERAL})[）)]?")

# 《公司法》司法解释（三）: the marks end where the law's name does, the act's goes on.
GOES_ON: Final = re.compile(
    r"(?:[一-龥]{2,4}编(?:通则)?)?的?(?:司法)?解释(?:[（(]?[一二三四五六][）)]?)?"
)
JOINT: Final = re.compile(JOIN)
# 《民法典》第三编第十二章第六百七十九条
DIVISION: Final = rf"(?:第{SPACE}{NUMERAL}{SPACE}(?:分?编|章|节){SPACE}){{0,4}}"
# What may stand between a law's name and its article: 民法典在第…条, 《民法典》合同编第…条,
# and in lists of a judgment's grounds 《民法典》：第…条.
LEAD: Final = re.compile(
    rf"[》』」]?{GAP}(?:(?:[一-龥]{{2,4}}编(?:通则|分则)?|总则编?|分则|附则)?{DIVISION}"
    rf"(?:在|的|之|中的|中|关于|规定的)?(?:[：:]{SPACE}\n?)?{SPACE}(?=[第0-9]))?"
)

TITLE: Final = re.compile(
    r"""
    《 (?P<title> [^《》\n]{0,90} (?: [《〈][^《》〈〉\n]{1,80}[》〉] [^《》\n]{0,90} ){0,3} ) 》
    """,
    re.VERBOSE,
)
# 最高人民法院关于适用《民法典》…的解释: a title without marks that has a marked title in it.
MARKED_INSIDE: Final = re.compile(
    r"关于[^，。；：《》\n]{0,20}《[^《》\n]{2,40}》[^，。；：《》\n]{0,30}?的?(?:解释|规定|意见|批复|决定|通知|解答)"
    r"(?:[（(][一二三四五六七八九十][)）])?"
)
# 《民法典第十条: the closing mark was lost; only a title that the registry knows is believed.
UNCLOSED: Final = re.compile(
    rf"《(?P<title>[^《》\n，。；：]{{2,40}}?)(?={GAP}第{SPACE}{NUMERAL}{SPACE}条)"
)
# 『民法典』『合同编通则』『司法解释』: one title in several marks.
MARKS_IN_A_ROW: Final = re.compile(
    r"[『「](?P<title>[^『』「」\n]{2,14}(?:[』」][『「][^『』「」\n]{2,14}){1,4})[』」]"
)
OTHER_MARKS: Final = re.compile(
    r"[〈『「＜【](?P<title>[^〈〉『』「」＜＞【】\n，。]{2,60})[〉』」＞】]"
)

PARENTHESIS: Final = re.compile(
    r"\s?[（(](?P<inside>(?:[^（）()\n]|[（(][^（）()\n]{1,8}[）)]){1,80})[）)]"
)
DEFINES: Final = re.compile(
    r"(?:^|[，,；;]\s?)(?:以下|下文|下)?(?:统|简)?(?:简称|称)(?:为)?[：:]?\s?[《〈“\"「『]{0,2}"
    r"(?P<name>[^《》〈〉“”\"「」『』，,；;（）()]{2,30})[》〉”\"」』]{0,2}"
)

# 本法, 该条例, 上述规定第三条.  The kind of norm says which antecedents fit.
NORM_KIND: Final = (
    r"(?:(?:实施)?(?:条例|规定|办法|细则|意见)|司法解释|解释"
    r"|规则|决定|规程|准则|规范|通知|批复|章程|公约)"
)
# After 法 another word may go on: 该法院, 本法律; but 本法规定 is 本法 + 规定.
NOT_LAW: Final = r"(?![院律学官人庭定制师门子警理治]|规(?!定))"
LAW_ANAPHOR: Final = re.compile(
    rf"[本该同](?:法典|法{NOT_LAW}|{NORM_KIND})"
    rf"|其(?:实施条例|实施细则|实施办法|司法解释(?:[（(][一二三四五六][）)]|[一二三四五六](?=第))?)"
    rf"|[上前]述(?:法(?={SPACE}第)|{NORM_KIND})"
    rf"|(?:公约|条例|司法解释|解释)(?={SPACE}第{SPACE}{NUMERAL}{SPACE}条)"
)
# 业主公约第三条 is another's; 按照公约第三条 is that of the norm named before.
BEFORE_KIND: Final = re.compile(r"(?:^|[^一-龥]|照|适用|违反|[依据按由与及和])$")
# Characters before which 本, 该, 同 is the end of another word.  Apart from the expression, that is
# four times as fast where each of its branches begins with a character.
OTHER_ENDS: Final = {"本": "根基资成日版样剧书原标蓝", "该": "应", "同": "共协合相不如"}
SOFT_ANAPHOR: Final = re.compile(
    r"(?P<word>前[一二两三四]?款|本款|前[一二两三四]?条|本条|该条|此条|同条|该款|此款|同款|前项|该项|前[一二两三四]项)"
)

NUMBER: Final = re.compile(
    r"(?P<number>[一-龥]{1,12}(?:[（(][一-龥]{1,4}[）)][一-龥]{0,4})?\s?"
    r"[〔\[［【（(﹝]\s?(?:19|20)\d\d\s?年?\s?[〕\]］】）)﹞]\s?第?\s?\d{1,4}\s?号"
    r"|[一-龥]{2,16}令\s?[〔（(]?(?:(?:19|20)\d\d年)?\s?第?\s?\d{1,4}\s?号"
    r"|[一-龥]{2,12}第\s?\d{1,4}\s?号令"
    r"|[一-龥]{2,12}令\s?[〔\[（(](?:19|20)\d\d[〕\]）)]\s?第?\s?\d{1,4}\s?号"
    r"|GB(?:/[TZ])?\s?[\d.]{3,8}\s?[-—–]{1,2}\s?\d{4})"
)
NUMBER_BEFORE: Final = re.compile(
    rf"{NUMBER.pattern}\s?(?:[）)】]|文件|文|公告)?\s?(?:印发|发布|下发|公布|颁布|颁发|制定|通知)?(?:了|的)?\s?$"
)
