"""The site 檐溪法律笔记 (`yanxi`): built like a Z-Blog site with the theme tpure.

Its traps: a calendar without end, relative dates, a related list that is drawn anew at each
request, a copy notice beside the body, and an alias that redirects.
"""

import random
import re
from datetime import date
from html import escape
from typing import Final

from tests.practice.articles import PracticeArticle, of_site
from tests.practice.markup import as_html, summary
from tests.practice.web import (
    BEIJING,
    ListPage,
    Request,
    Response,
    ago,
    days_between,
    html_response,
    link,
    list_page,
)

NAME: Final = "檐溪法律笔记"
CATEGORIES: Final = {
    "借贷纠纷": "jdjf",
    "婚姻家事": "hyjs",
    "消费维权": "xfwq",
    "劳动用工": "ldyg",
    "房屋租赁": "fwzl",
    "交通赔偿": "jtpc",
}
AUTHORS: Final = {"檐溪律师": 1, "沈砚秋": 2}
TAGS: Final = tuple(sorted({tag for article in of_site("yanxi") for tag in article.tags}))
_LIST_PATH: Final = re.compile(
    r"/(?P<key>page|[a-z]{4}|tags-\d+|author-\d+)(?:_(?P<page>\d+))?\.html"
)


def respond(request: Request) -> Response | None:
    """Return the answer to a request, or None where there is no such page."""
    if request.path == "/":
        return _front(request)
    article = next((a for a in of_site("yanxi") if a.path == request.path), None)
    if article:
        return html_response(_article_page(article, request))
    match = _LIST_PATH.fullmatch(request.path)
    return _listing(match["key"], int(match["page"] or 1), request) if match else None


def _front(request: Request) -> Response | None:
    if "id" in request.query:
        url = f"{request.base}/hf/{request.query['id']}.html"
        return Response(body=b"", content_type="text/html", status=302, location=url)
    if "date" in request.query:
        return _month(request.query["date"], request)
    return _listing("page", 1, request)


def _listing(key: str, number: int, request: Request) -> Response | None:
    chosen = _articles_under(key)
    page = list_page(chosen[1], number) if chosen else None
    if not chosen or not page:
        return None
    title = f"{chosen[0]} - {NAME}" if key != "page" else NAME
    body = _list_body(chosen[0], page, key, request)
    return html_response(_frame(request, title, "category", body))


def _articles_under(key: str) -> tuple[str, list[PracticeArticle]] | None:
    """Return the heading and the articles of a list, or None where the list is unknown."""
    articles = of_site("yanxi")
    if key == "page":
        return "最新文章", list(articles)
    lists: dict[str, tuple[str, list[PracticeArticle]]] = {}
    for name, slug in CATEGORIES.items():
        lists[slug] = (name, [a for a in articles if a.category == name])
    for number, tag in enumerate(TAGS, start=1):
        lists[f"tags-{number}"] = (tag, [a for a in articles if tag in a.tags])
    for name, number in AUTHORS.items():
        lists[f"author-{number}"] = (name, [a for a in articles if a.author == name])
    return lists.get(key)


def _month(text: str, request: Request) -> Response | None:
    match = re.fullmatch(r"(\d{4})-(\d{1,2})", text)
    if not match or not 1 <= int(match[2]) <= 12 or not 2 <= int(match[1]) <= 9998:
        return None
    month = date(int(match[1]), int(match[2]), 1)
    articles = [a for a in of_site("yanxi") if a.published.date().replace(day=1) == month]
    heading = f"{month.year}年{month.month}月"
    page = ListPage(articles=articles, number=1, count=1)
    body = _list_body(heading, page, "page", request)
    return html_response(_frame(request, f"{heading} - {NAME}", "date", body, month=month))


def _list_body(heading: str, page: ListPage, key: str, request: Request) -> str:
    items = "\n".join(_list_item(article, request) for article in page.articles)
    numbers = [
        link(
            _series_url(request.base, key, n),
            str(n),
            "now-page" if n == page.number else "",
        )
        for n in range(1, page.count + 1)
    ]
    if page.number < page.count:
        numbers.append(link(_series_url(request.base, key, page.number + 1), "下一页"))
    bar = "".join(numbers) if page.count > 1 else ""
    return f"""<div class="sitemap">当前位置：{link(f"{request.base}/", "首页")}
 &gt; {escape(heading)}</div>
<div id="sticky"><div class="content listcon"><div class="block custom">
<div class="filternav"><h1>{escape(heading)}</h1></div>
{items}
</div><div class="pagebar"><div class="nav-links">{bar}</div></div>
</div></div>"""


def _series_url(base: str, key: str, number: int) -> str:
    if number == 1:
        return f"{base}/" if key == "page" else f"{base}/{key}.html"
    return f"{base}/{key}_{number}.html"


def _list_item(article: PracticeArticle, request: Request) -> str:
    url = request.base + article.path
    return f"""<div class="post item"><h2>{link(url, article.title)}</h2>
<div class="info">{_info(article, request)}</div>
<div class="intro">{escape(summary(article.body))}
{link(url, "阅读全文", "more")}</div></div>"""


def _info(article: PracticeArticle, request: Request) -> str:
    author = link(
        f"{request.base}/author-{AUTHORS[article.author or '檐溪律师']}.html",
        article.author or "",
    )
    category = link(f"{request.base}/{CATEGORIES[article.category]}.html", article.category)
    views = article.number % 97 + request.visit  # grows with each look, as such counters do
    return (
        f'<span class="user">{author}</span>'
        f'<span class="date">{_date(article, request)}</span>'
        f'<span class="cate">{category}</span><span class="view">{views}</span>'
    )


def _date(article: PracticeArticle, request: Request) -> str:
    """Return the age; from a week on with month and day, from a year on with the year."""
    days = days_between(article.published, request.now)
    day = article.published.astimezone(BEIJING)
    if days < 7:
        return ago(article.published, request.now)
    if days < 365:
        age = f"{days // 7}周前" if days < 30 else f"{days // 30}个月前"
        return f'{age}<span class="datetime"> ({day:%m-%d})</span>'
    return f'{days // 365}年前<span class="datetime"> ({day:%Y-%m-%d})</span>'


def _article_page(article: PracticeArticle, request: Request) -> str:
    base, url = request.base, request.base + article.path
    category = link(f"{base}/{CATEGORIES[article.category]}.html", article.category)
    tags = "".join(link(f"{base}/tags-{TAGS.index(tag) + 1}.html", tag) for tag in article.tags)
    body = f"""<div class="sitemap">当前位置：{link(f"{base}/", "首页")}
 &gt; {category} &gt; 正文内容</div>
<div id="sticky"><div class="content">
<div data-cateurl="{base}/{CATEGORIES[article.category]}.html" class="block"><div class="post">
<h1>{escape(article.title)}</h1>
<div class="info">{_info(article, request)}
<div class="ctrl"><a href="javascript:;" title="增加字号"></a></div></div>
<div class="single viewall">
{as_html(article.body)}
</div>
<div class="copynotice"><div data-qrurl="{url}" class="tpureqr"></div><div class="copynoticetxt">
<p>扫描二维码推送至手机访问。</p>
<p>版权声明：本文由<strong>{NAME}</strong>整理发布，转载请保留出处。</p>
<p>本文链接：{link(url, url)}</p></div></div>
<div class="tags">{tags}</div>
<div class="sharebox"><div class="label">分享给朋友：</div>
<div class="sharebtn"><div class="sharing"><a href="#" class="share-icon icon-weibo">微博</a>
<a href="#" class="share-icon icon-wechat">微信</a></div></div></div></div></div>
{_neighbours(article, base)}
{_related(article, request)}
</div></div>"""
    return _frame(request, f"{article.title} - {NAME}", "article", body, canonical=url)


def _neighbours(article: PracticeArticle, base: str) -> str:
    articles = of_site("yanxi")
    place = articles.index(article)
    lines = ""
    if place + 1 < len(articles):
        older = articles[place + 1]
        lines += f"<p>上一篇：{link(base + older.path, older.title, 'single-prev')}</p>"
    if place > 0:
        newer = articles[place - 1]
        lines += f"<p>下一篇：{link(base + newer.path, newer.title, 'single-next')}</p>"
    back = f"{base}/{CATEGORIES[article.category]}.html"
    return f'<div class="pages"><a href="{back}" class="backlist">返回列表</a>{lines}</div>'


def _related(article: PracticeArticle, request: Request) -> str:
    others = [other for other in of_site("yanxi") if other is not article]
    # Another draw at each request, yet the same one in each run: raw bytes differ, texts do not.
    draw = random.Random(f"{article.path} {request.visit}").sample(others, 4)  # noqa: S311 - no secret
    items = "\n".join(
        f'<div class="relate"><div class="relateinfo">'
        f"<h3>{link(request.base + a.path, a.title)}</h3>"
        f"<p>{escape(summary(a.body))}</p></div></div>"
        for a in draw
    )
    return (
        f'<div class="block"><div class="posttitle"><h4>“{escape(article.title)}” 的相关文章</h4>'
        f'</div><div class="relatecon">{items}</div></div>'
    )


def _calendar(base: str, month: date) -> str:
    before = date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)
    after = date(month.year + (month.month == 12), month.month % 12 + 1, 1)
    return (
        '<dl class="sidebox" id="divCalendar"><dt class="sidetitle">日历</dt><dd><table><caption>'
        f"{link(f'{base}/?date={before.year}-{before.month}', '«')} "
        f"{month.year}年{month.month}月 "
        f"{link(f'{base}/?date={after.year}-{after.month}', '»')}</caption></table></dd></dl>"
    )


def _frame(
    request: Request,
    title: str,
    kind: str,
    body: str,
    canonical: str | None = None,
    month: date | None = None,
) -> str:
    base = request.base
    menu = "".join(f"<li>{link(f'{base}/{slug}.html', n)}</li>" for n, slug in CATEGORIES.items())
    newest = "".join(f"<li>{link(base + a.path, a.title)}</li>" for a in of_site("yanxi")[:4])
    shown = month or request.now.astimezone(BEIJING).date().replace(day=1)
    canonical_link = f'<link rel="canonical" href="{canonical}" />' if canonical else ""
    return f"""<!DOCTYPE html>
<html xml:lang="zh-Hans" lang="zh-Hans"><head><meta charset="utf-8">
<title>{escape(title)}</title><meta name="generator" content="Z-BlogPHP 1.7">
{canonical_link}</head>
<body class="{kind}"><div class="wrapper"><div class="header fixed"><div class="wrap">
<div class="logo"><a href="{base}/">{NAME}</a></div><div class="menu"><ul>
<li>{link(base + "/", "首页")}</li>{menu}</ul></div></div></div>
<div class="main fixed"><div class="wrap">
{body}
<div class="sidebar">{_calendar(base, shown)}
<dl class="sidebox"><dt class="sidetitle">最近发表</dt><dd><ul>{newest}</ul></dd></dl>
<dl class="sidebox"><dt class="sidetitle">随便看看</dt>
<dd>{link(base + "/?id=1005", "换一篇")}</dd></dl>
</div></div></div>
<div class="footer"><p>Copyright © {NAME} 仅供学习，不构成法律意见</p></div></div></body></html>"""
