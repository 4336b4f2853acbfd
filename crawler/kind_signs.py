"""The words by which captcha pages and error pages under status 200 give themselves away.

An article may be about captchas or missing pages; so the words count only on
a page that has next to nothing else to say.
"""

import re
from typing import Final

from lxml.html import HtmlElement

from crawler.page_facts import PageFacts

MAX_WORDS: Final = 400  # characters outside of links; the longest block pages known have some 300
MAX_TITLE_LINKS: Final = 5  # an error page may recommend some articles; a list has more
MAX_BODY: Final = 120  # characters of prose; an article this short has other evidence
SCRIPT_ONLY: Final = 30  # characters that a page shows which is only a script's carrier

_BLOCKED: Final = re.compile(
    r"(?:安全|访问|人机|身份|滑[动块]|智能|行为)验证|验证码|请(?:先)?完成.{0,8}验证|拖动.{0,6}滑块|我不是机器人"
    r"|访问(?:过于频繁|太频繁|受限|被拒绝|被拦截|已被拦截|异常)|(?:请求|访问|操作).{0,12}(?:拦截|阻断|频繁)"
    r"|疑似.{0,6}攻击|网站防火墙|安全防护|安全检查|浏览器安全|云锁|安全狗|创宇盾|云盾|雷池|护卫神"
    r"|宝塔.{0,6}防火墙"
    r"|just a moment|attention required|checking your browser|verify(?:ing)? you are (?:a )?human"
    r"|are you a robot|unusual traffic|access denied|request blocked|captcha"
    r"|web application firewall",
    re.IGNORECASE,
)
_BLOCKED_MARKUP: Final = re.compile(
    r"cf[-_]chl|challenge-platform|acw_sc__v|__jsl_clearance|_waf_|aliyun_?waf|tencentcaptcha|geetest"
    r"|hcaptcha|recaptcha|turnstile|safeline|edge_?one|yunsuo|_guard/|btwaf",
    re.IGNORECASE,
)
_SETS_COOKIE: Final = re.compile(
    r"document\.cookie|location\.(?:reload|replace|href)|eval\(|setTimeout\(|window\[",
    re.IGNORECASE,
)
_ERROR: Final = re.compile(
    r"(?:页面|网页|内容|文章|信息|帖子|主题|资源|文件|链接|地址).{0,10}"
    r"(?:不存在|未找到|没有找到|找不到|已?被?删除|已失效|走丢|丢失|不见了|出错)"
    r"|(?:找不到|没有找到|未找到|无法(?:找到|访问|打开)).{0,10}(?:页面|网页|内容|文章|站点|网站)"
    r"|(?:网站|站点|系统|服务器|数据库).{0,6}(?:维护|升级|关闭|繁忙|错误|出错|暂停|连接失败|到期|停止)"
    r"|系统发生错误|数据库连接|没有权限|请先?登录|需要登录|权限不足|无权访问|指定的.{0,4}不存在|建设中"
    r"|站点创建成功|good luck to you|welcome to nginx"
    r"|apache2? .{0,20}default page|iis windows"
    r"|it works!|page not found|not found|404|50[0234] |bad gateway|internal server error|forbidden"
    r"|database error|error establishing|sql syntax|fatal error"
    r"|暂无权限|域名.{0,10}(?:过期|出售|未备案)",
    re.IGNORECASE,
)


def blocked_sign(tree: HtmlElement, facts: PageFacts) -> str | None:
    """Return what shows that the page asks for a proof of humanity instead of answering."""
    if not _says_little(facts):
        return None
    shown = _shown(facts)
    if match := _BLOCKED.search(shown):
        return match[0]
    scripts = " ".join((each.text or "") + each.get("src", "") for each in tree.iter("script"))
    if len(shown) < MAX_WORDS and (match := _BLOCKED_MARKUP.search(scripts)):
        return match[0]
    visible = sum(len(line.text) for line in facts.lines)
    if visible < SCRIPT_ONLY and not facts.title and (match := _SETS_COOKIE.search(scripts)):
        return f"nothing but a script with {match[0]}"
    return None


def error_sign(facts: PageFacts) -> str | None:
    """Return the words by which a page admits that it is not what was asked for."""
    if not _says_little(facts):
        return None
    match = _ERROR.search(_shown(facts))
    return match[0] if match else None


def _says_little(facts: PageFacts) -> bool:
    return (
        facts.own_text <= MAX_WORDS
        and facts.title_links <= MAX_TITLE_LINKS
        and facts.body <= MAX_BODY
    )


def _shown(facts: PageFacts) -> str:
    # Menus and side bars say nothing about the page: only its title and what is not linked.
    own = (line.text for line in facts.lines if not line.is_link)
    return " ".join([facts.title, *own])
