"""The words by which captcha pages and error pages under status 200 give themselves away.

An article may be about captchas or missing pages; so the words count only on
a page that has next to nothing else to say.
"""

import re
from typing import Final

from lxml.html import HtmlElement

from crawler.page_facts import PageFacts, plain

MAX_WORDS: Final = 400  # characters outside of links; the longest block pages known have some 300
MAX_TITLE_LINKS: Final = 5  # an error page may recommend some articles; a list has more
MAX_BODY: Final = 120  # characters of prose; an article this short has other evidence
MAX_SENTENCE: Final = 120  # characters of a line that says what is the matter
MIN_HEADLINE: Final = 9  # characters; walls are titled in fewer, or with words to the reader
MAX_VISIBLE: Final = 200  # characters in all, of a page that is a challenge by its scripts
SCRIPT_ONLY: Final = 30  # characters that a page shows which is only a script's carrier

# Said in so many words; "验证码" alone stands on every login and comment form.
_BLOCKED: Final = re.compile(
    r"(?:安全|访问|人机|身份|智能|行为)验证|请(?:先|您)?(?:完成|进行|通过).{0,8}验证"
    r"|(?:拖动|按住|滑动).{0,6}滑块|请(?:依次)?点击(?:图中|下图|下方图).{0,8}|不是(?:一个)?机器人|是否是真人"
    r"|输入.{0,8}验证码.{0,12}(?:继续|访问|浏览)|访问.{0,6}验证码"
    r"|访问(?:过于频繁|太频繁|受限|被拒绝|被拦截|已被拦截|异常)|(?:请求|访问|操作).{0,12}(?:拦截|阻断|频繁)"
    r"|您的(?:访问|请求|操作|ip).{0,24}(?:拦截|阻断|拒绝|禁止|封禁|封锁|限制|频率|过快)"
    r"|(?:访问|请求|操作)(?:的)?(?:频率|速度)?(?:过高|过快|太快)|所在的?(?:地区|区域|国家).{0,6}(?:无法|不能|禁止).{0,2}访问"
    r"|疑似.{0,6}攻击|网站(?:防火墙|卫士)|正在(?:进行)?(?:安全检[查测]|检[查测].{0,6}(?:浏览器|连接))"
    r"|浏览器安全检[查测]|检查您的连接|云锁|安全狗|创宇盾|护卫神|d盾|防火墙.{0,6}拦截"
    r"|宝塔.{0,6}防火墙|雷池.{0,6}(?:waf|防火墙|防护)|^(?:安全)?检测中[.…]*$|^403 forbidden"
    r"|just a moment\.\.\.|attention required|checking your browser|verify(?:ing)? you are"
    r"|are you a robot|unusual traffic|access denied|request (?:is |was )?blocked"
    r"|web application firewall",
    re.IGNORECASE,
)
_TO_THE_READER: Final = re.compile(r"您|请|抱歉|对不起|提示|警告|your|please|sorry", re.IGNORECASE)
_BLOCKED_MARKUP: Final = re.compile(
    r"cf[-_]chl|challenge-platform|acw_sc__v|__jsl_clearance|_waf_|aliyun_?waf|tencentcaptcha|geetest"
    r"|hcaptcha|recaptcha|turnstile|safeline|edge_?one|yunsuo|_guard/|btwaf",
    re.IGNORECASE,
)
_SETS_COOKIE: Final = re.compile(
    r"document\.cookie|location\.(?:reload|replace|href)|eval\(|setTimeout\(|window\[",
    re.IGNORECASE,
)
# "未找到相关内容" is no error: an empty list says so.
_ERROR: Final = re.compile(
    r"(?:页面?|网页|文章|帖子|主题|资源|文件|链接|地址|您?访问的.{0,6})(?:已经|已|可能)?"
    r"(?:不存在|未找到|没有找到|找不到|被?删除|失效|走丢|丢失|不见了|出错)"
    r"|(?:找不到|没有找到|未找到|无法(?:找到|访问|打开)).{0,8}(?:页面?|网页|文章|帖子|站点|网站)"
    r"|(?:网站|站点|系统|服务器|数据库).{0,6}(?:维护|升级|关闭|繁忙|错误|出错|暂停|连接失败|到期|停止)"
    r"|系统发生错误|没有权限|请先登录|需要登录|权限不足|无权访问|指定的.{0,6}不存在|网站建设中"
    r"|站点创建成功|good luck to you|welcome to nginx|apache2? .{0,20}default page|iis windows"
    r"|^it works!?$|(?:page|file) not found|not found$|^\W*404\b|\b404\W*$"
    r"|404 (?:not found|error|错误)"
    r"|\b50[0234]\b.{0,30}(?:error|gateway|unavailable|错误)|internal server error"
    r"|error establishing|sql syntax|^fatal error|暂无权限|域名.{0,10}(?:过期|出售|未备案)",
    re.IGNORECASE,
)


def blocked_sign(tree: HtmlElement, facts: PageFacts) -> str | None:
    """Return what shows that the page asks for a proof of humanity instead of answering."""
    if not _says_little(facts):
        return None
    if (match := _first_match(_BLOCKED, facts)) and not _is_dated_article(facts, match):
        return match
    scripts = " ".join((each.text or "") + each.get("src", "") for each in tree.iter("script"))
    visible = sum(len(line.text) for line in facts.lines)
    if visible < MAX_VISIBLE and (mark := _BLOCKED_MARKUP.search(scripts)):
        return mark[0]
    if visible < SCRIPT_ONLY and not facts.title and (mark := _SETS_COOKIE.search(scripts)):
        return f"nothing but a script with {mark[0]}"
    return None


def error_sign(facts: PageFacts) -> str | None:
    """Return the words by which a page admits that it is not what was asked for."""
    if not _says_little(facts):
        return None
    return _first_match(_ERROR, facts)


def _is_dated_article(facts: PageFacts, match: str) -> bool:
    """Return whether a short page of walls' words is an article about them all the same.

    It has a title of its own, of which the words are a small part and which does not address the
    reader, and beside it a date or an author.
    """
    headline = plain(facts.headline.text) if facts.headline else ""
    return (
        facts.names_when_or_who
        and len(headline) >= MIN_HEADLINE
        and (plain(match) not in headline or 3 * len(plain(match)) < 2 * len(headline))
        and _TO_THE_READER.search(headline) is None
    )


def _says_little(facts: PageFacts) -> bool:
    return (
        facts.own_text <= MAX_WORDS
        and facts.title_links <= MAX_TITLE_LINKS
        and facts.body <= MAX_BODY
    )


def _first_match(pattern: re.Pattern[str], facts: PageFacts) -> str | None:
    # Menus and side bars say nothing about the page: only its title and what is not linked.
    own = (line.text for line in facts.lines if not line.linked and len(line.text) <= MAX_SENTENCE)
    matches = (pattern.search(text) for text in (facts.title, *own))
    return next((match[0] for match in matches if match), None)
