"""What a response turned out to be: an article, a list of articles, or neither.

Judged from one response, by evidence: each fact has a weight, none decides
alone.  A title repeated over prose and a date make an article; titles that
lead elsewhere make a list.  Whoever knows the extracted text and the site's
other pages corrects the judgement later (`crawler.frontier.learn`).
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from crawler.discover import canonical_of
from crawler.kind_signs import blocked_sign, error_sign
from crawler.lines import Line
from crawler.page_facts import PageFacts, facts_of, page_key, plain
from crawler.series import part_number, read_series
from crawler.urls import canonicalize


class Kind(StrEnum):
    """What a response is."""

    ARTICLE = "article"
    LISTING = "listing"  # any page of links, and whatever else is no article
    FEED = "feed"
    SITEMAP = "sitemap"
    BLOCKED = "blocked"  # a captcha or firewall's page, whatever its status
    NOT_HTML = "not_html"
    ERROR = "error"  # by status, or in words under status 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A kind, and what spoke for and against it."""

    kind: Kind
    evidence: tuple[str, ...] = ()


FEED_ROOTS: Final = frozenset({"rss", "feed", "rdf", "rdf:rdf"})
SITEMAP_ROOTS: Final = frozenset({"urlset", "sitemapindex"})
LONG_TITLE: Final = 9  # characters; names of categories are shorter, titles mostly longer
MANY: Final = 10  # linked titles; what one page of a list has at least
BODY: Final = 200  # characters of prose that a list does not print before its first item
SHORT_BODY: Final = 30  # a line of answer to a question; one summary of a list has 100

_ARTICLE_TYPES: Final = re.compile(
    r'"@type"\s*+:\s*+\[?\s*+"(?:\w*Article|BlogPosting|QAPage|DiscussionForumPosting)"'
)
_LIST_TYPES: Final = re.compile(
    r'"@type"\s*+:\s*+\[?\s*+"(?:CollectionPage|ItemList|SearchResultsPage)"'
)
_NEIGHBOURS: Final = re.compile(
    r"^[\W_]*(?:[上下前后]一[篇条]|[上下]篇\s*[:：])|^[\W_]*(?:previous|next) post\b", re.IGNORECASE
)
_RIGHTS: Final = re.compile(
    r"本文(?:链接|地址|网址|作者|来源|由|为|系|转自|出自|标签)|版权声明|转载请|转载自|未经.{0,6}(?:授权|许可)"
    r"|责任编辑|文章来源|原文(?:链接|地址|出处)|免责声明"
)
_LIST_TITLE: Final = re.compile(
    r"^(?:标签|分类|归档|搜索|专题|栏目|作者|关键词|tags?|categor(?:y|ies)|archives?|search|author)\s*[:：]"
    r"|第\s*\d+\s*页|page\s*\d+|搜索结果|的搜索|列表$|下的(?:文章|内容)|的相关文章$",
    re.IGNORECASE,
)
_ABOUT_THE_SITE: Final = re.compile(
    r"(?:关于|联系|加入)(?:我们|本站)|(?:免责|版权|法律|隐私)(?:声明|条款|政策)|隐私政策|服务条款|用户协议|网站地图"
    r"|广告(?:合作|服务|投放)|友情链接|(?:公司|律所|本所|机构)(?:简介|介绍|概况)|(?:律师|专业|服务)团队|留言[本板]?"
    r"|在线(?:留言|咨询)|登录|注册|site\s?map|about(?: us)?|contact(?: us)?"
)
_LIST_WORDS: Final = frozenset(
    """
    tag tags category categories cat author archives archive page list search so s date index paged
    catalog topics special zt sort column columns user space login
    """.split()  # noqa: SIM905  # as one reads them
)


def judge(
    tree: HtmlElement | None, url: str, *, status: int, link_texts: Collection[str] = ()
) -> Judgement:
    """Return what the response to `url` is.

    Args:
        tree: the parsed body; None for one that is no HTML.
        url: where the body came from, after redirects.
        status: the HTTP status.
        link_texts: what other pages call this one, as far as known.
    """
    if tree is None:
        return Judgement(kind=Kind.NOT_HTML if _is_ok(status) else Kind.ERROR)
    root = _root_name(tree)
    if _is_ok(status) and root in FEED_ROOTS | SITEMAP_ROOTS:
        return Judgement(kind=Kind.FEED if root in FEED_ROOTS else Kind.SITEMAP, evidence=(root,))
    facts = facts_of(tree, url)
    if sign := blocked_sign(tree, facts):
        return Judgement(kind=Kind.BLOCKED, evidence=(f"says {sign}",))
    if not _is_ok(status):
        return Judgement(kind=Kind.ERROR, evidence=(f"status {status}",))
    if sign := error_sign(facts):
        return Judgement(kind=Kind.ERROR, evidence=(f"says {sign}",))
    evidence = list(_evidence(tree, url, facts, link_texts))
    is_article = sum(weight for weight, _ in evidence) > 0
    return Judgement(
        kind=Kind.ARTICLE if is_article else Kind.LISTING,
        evidence=tuple(f"{weight:+g} {what}" for weight, what in evidence),
    )


def _is_ok(status: int) -> bool:
    return 200 <= status < 300


def _root_name(tree: HtmlElement) -> str:
    """Return the name of the outermost element that is not HTML's frame."""
    for element in tree.iter():
        if isinstance(element.tag, str) and element.tag not in ("html", "body"):
            return element.tag.lower()
    return ""


Evidence = Iterator[tuple[float, str]]


def _evidence(
    tree: HtmlElement, url: str, facts: PageFacts, link_texts: Collection[str]
) -> Evidence:
    yield from _of_headline(facts, link_texts)
    yield from _of_body(facts)
    yield from _of_lists(facts)
    yield from _of_words(facts)
    yield from _of_markup(tree)
    yield from _of_address(tree, url)


def _of_headline(facts: PageFacts, link_texts: Collection[str]) -> Evidence:
    if facts.headline is None:
        yield -1.5, "no headline that the title begins with"
        return
    words, is_long = plain(facts.headline.text), _is_long(facts.headline)
    yield (3, "the title begins with a long headline") if is_long else (0.5, "with a short one")
    if facts.names_when_or_who:
        yield 1, "date or author beside the headline"
    if is_long and any(plain(text) == words for text in link_texts):
        yield 2, "links to it have the headline's words"
    if not is_long and any(
        line.is_link and plain(line.text) == words and not line.heading for line in facts.lines
    ):
        yield -1.5, "the headline is an entry of a menu"


def _is_long(headline: Line | None) -> bool:
    return headline is not None and len(plain(headline.text)) >= LONG_TITLE


def _of_body(facts: PageFacts) -> Evidence:
    if facts.links_before_prose > 1:
        yield -3, f"{facts.links_before_prose} linked titles before any prose"
    elif facts.links_before_prose == 1:
        # A box with the next article may stand before a body; a summary is all that a list has.
        is_box = _is_long(facts.headline) and facts.body >= BODY
        yield (-1 if is_box else -4), "a linked title before any prose"
    if facts.body >= BODY:
        yield 2.5, f"a body of {facts.body} characters"
    elif facts.body >= SHORT_BODY:
        yield 1, f"a body of {facts.body} characters"
    else:
        yield -4, "no body"
    if facts.prose and facts.body < facts.prose / 5:
        yield -1, "most prose is elsewhere"


def _of_lists(facts: PageFacts) -> Evidence:
    if facts.is_first_item:
        yield -4, "what looks like a body is the first of several items"
    if facts.body < BODY and (facts.pairs >= 3 or facts.title_links >= MANY):
        # Below a short text: an article's side bar, or a list under its description.
        is_list = facts.headline is not None and not _is_long(facts.headline)
        yield (-3 if is_list else -1), f"{facts.title_links} linked titles and little text"
    if facts.pages >= 2:
        yield -2, f"a series of {facts.pages} pages"


def _of_words(facts: PageFacts) -> Evidence:
    if _LIST_TITLE.search(facts.title):
        yield -3, "titled as a list"
    name = re.split(r"[\s|_\-–—]", facts.title.strip().lower(), maxsplit=1)[0]
    if _ABOUT_THE_SITE.fullmatch(name):
        yield -3, "titled as a page about the site"
    text = [line.text for line in facts.lines if len(line.text) < 300]
    if any(_NEIGHBOURS.search(line) for line in text):
        yield 3, "a link to the article before or after"
    if any(_RIGHTS.search(line) for line in text):
        yield 0.5, "a line about rights or origin"


def _of_markup(tree: HtmlElement) -> Evidence:
    kinds = [
        meta.get("content", "").lower()
        for meta in tree.iter("meta")
        if meta.get("property") == "og:type"
    ]
    if any(kind.startswith(("article", "news")) for kind in kinds):
        yield 1.5, "og:type"
    data = " ".join(
        script.text or ""
        for script in tree.iter("script")
        if script.get("type") == "application/ld+json"
    )
    if _LIST_TYPES.search(data):
        yield -3, "JSON-LD of a list"
    elif _ARTICLE_TYPES.search(data):
        yield 2, "JSON-LD of an article"


def _of_address(tree: HtmlElement, url: str) -> Evidence:
    own = canonicalize(url) or url
    canonical = canonical_of(tree, url)
    if page_key(canonical) != page_key(own) and not _is_part_of(canonical, tree, own):
        yield -12, f"its canonical address is {canonical}"
    parts = urlsplit(own)
    if parts.path == "/" and not parts.query:
        yield -5, "it is the site's home page"
    words = set(re.split(r"[/_.=&-]|(?<=\D)(?=\d)", unquote(f"{parts.path}/{parts.query}").lower()))
    if words & _LIST_WORDS:
        yield -1.5, f"its address says {min(words & _LIST_WORDS)}"


def _is_part_of(canonical: str, tree: HtmlElement, own: str) -> bool:
    """Say whether a page that names another as its own is a later part of that one."""
    series = read_series(tree, own)
    return series is not None and part_number(canonical, own) == series.number
