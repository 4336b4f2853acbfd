"""The site 清禾法务网 (`qinghe`): built like a WordPress site with a poster window.

Its traps: relative dates, the copyright line inside the body, a poster that repeats title and
summary, a previous-article box with a time of its own, and a folder that robots.txt forbids.
Its help: a feed and a sitemap.
"""

import re
from datetime import UTC
from email.utils import format_datetime
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

NAME: Final = "清禾法务网"
CATEGORIES: Final = {"金融债务": "jinrong", "婚姻家庭": "hunyin", "交通事故": "jiaotong"}
FORBIDDEN: Final = "/neibu/moban.html"  # linked from every page, disallowed in robots.txt
_LIST_PATH: Final = re.compile(r"/(?:(?P<key>[a-z]+)/)?(?:page/(?P<page>\d+)/?)?")


def respond(request: Request) -> Response | None:
    """Return the answer to a request, or None where there is no such page."""
    if request.path == "/robots.txt":
        text = f"User-agent: *\nDisallow: /neibu/\nSitemap: {request.base}/sitemap.xml\n"
        return Response(body=text.encode(), content_type="text/plain; charset=utf-8")
    if request.path == "/sitemap.xml":
        return _sitemap(request)
    if request.path == "/feed":
        return _feed(request)
    if request.path == FORBIDDEN:
        return html_response(_frame(request, f"内部模板 - {NAME}", None, "<h1>内部模板</h1>"))
    article = next((a for a in of_site("qinghe") if a.path == request.path), None)
    return html_response(_article_page(article, request)) if article else _listing(request)


def _listing(request: Request) -> Response | None:
    match = _LIST_PATH.fullmatch(request.path)
    names = {slug: name for name, slug in CATEGORIES.items()}
    if not match or (match["key"] and match["key"] not in names):
        return None
    heading = names[match["key"]] if match["key"] else "最新发布"
    articles = [a for a in of_site("qinghe") if not match["key"] or a.category == heading]
    page = list_page(articles, int(match["page"] or 1))
    if not page:
        return None
    folder = f"{request.base}/{match['key']}/" if match["key"] else f"{request.base}/"
    canonical = folder if page.number == 1 else f"{folder}page/{page.number}"
    body = _list_body(heading, page, folder, request)
    return html_response(_frame(request, f"{heading} - {NAME}", canonical, body))


def _list_body(heading: str, page: ListPage, folder: str, request: Request) -> str:
    items = "\n".join(
        f'<li class="post-list-item"><div class="post-info">'
        f"<h2>{link(request.base + a.path, a.title)}</h2>"
        f'<div class="post-excerpt">{escape(summary(a.body))}</div><div class="list-footer">'
        f'<span class="b2timeago">{_time(a, request)}</span></div></div></li>'
        for a in page.articles
    )
    pages = "".join(
        link(folder if n == 1 else f"{folder}page/{n}", str(n)) for n in range(1, page.count + 1)
    )
    bar = (
        f'<div class="b2-pagenav"><div class="btn-pager">{pages}</div></div>'
        if page.count > 1
        else ""
    )
    return f'<h1 class="archive-title">{heading}</h1><ul class="post-list">{items}</ul>{bar}'


def _time(article: PracticeArticle, request: Request) -> str:
    """Return the age within a month, the day after it."""
    if days_between(article.published, request.now) < 30:
        return ago(article.published, request.now)
    return f"{article.published.astimezone(BEIJING):%Y-%m-%d}"


def _article_page(article: PracticeArticle, request: Request) -> str:
    base = request.base
    category = link(f"{base}/{CATEGORIES[article.category]}/", article.category)
    body = f"""<article class="single-article"><header class="entry-header">
<h1>{escape(article.title)}</h1>
<ul class="post-meta"><li class="single-cat">{category}</li>\
<li class="single-date"><span class="b2timeago">{_time(article, request)}</span></li>\
<li class="single-eye"><b>{article.number % 89 + request.visit}</b></li></ul></header>
<div class="entry-content">
{as_html(article.body, heading="h2")}
<p>{escape(article.title)}，本文为{NAME}原创，未经许可请勿转载，个案请另行咨询。</p>
</div>
<div class="content-footer"><div class="content-footer-poster">\
<button>分享</button><button>举报</button></div></div>
{_previous(article, request)}</article>
{_poster(article, request)}"""
    return _frame(request, f"{article.title} - {NAME}", base + article.path, body)


def _previous(article: PracticeArticle, request: Request) -> str:
    articles = of_site("qinghe")
    older = articles[articles.index(article) + 1 :][:1] or articles[:1]
    url = request.base + older[0].path
    return f"""<div class="entry-page"><div class="entry-page-prev j-lazy"><a href="{url}">\
<span>{escape(older[0].title)}</span></a><div class="entry-page-info">\
<span class="pull-left">« 上一篇</span><span class="pull-right">6分钟前</span></div></div></div>"""


def _poster(article: PracticeArticle, request: Request) -> str:
    day = article.published.astimezone(BEIJING)
    return f"""<div class="modal poster-box"><div class="modal-content">
<span class="close-button">×</span>
<div class="poster-content"><div class="poster-box-left"><div class="poster-image">
<div class="poster-date"><div class="poster-date-day">{day:%d}</div>\
<div class="poster-date-year">{day:%Y %m}</div></div></div>
<div class="poster-info"><h2>{escape(article.title)}</h2>
<p>{escape(summary(article.body))}</p></div></div>
<div class="poster-share"><div class="fuzhi"><p>点击复制推广网址：</p>\
<input type="text" value="{request.base}{article.path}" readonly></div>
<div class="poster-down-load"><p>下载海报：</p>
<button class="poster-share-download">下载</button></div>
</div></div></div></div>"""


def _feed(request: Request) -> Response:
    items = "".join(
        f"<item><title>{escape(a.title)}</title><link>{request.base}{a.path}</link>"
        f"<pubDate>{format_datetime(a.published)}</pubDate>"
        f"<description>{escape(summary(a.body))}</description></item>"
        for a in of_site("qinghe")[:6]
    )
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>'
        f"<title>{NAME}</title><link>{request.base}/</link>"
        f"<description>{NAME}</description>{items}</channel></rss>"
    )
    return Response(body=xml.encode(), content_type="application/rss+xml; charset=utf-8")


def _sitemap(request: Request) -> Response:
    articles = "".join(
        f"<url><loc>{request.base}{a.path}</loc>"
        f"<lastmod>{a.published.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z</lastmod></url>"
        for a in of_site("qinghe")
    )
    folders = "".join(f"<url><loc>{request.base}/{s}/</loc></url>" for s in CATEGORIES.values())
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        f"<url><loc>{request.base}/</loc></url>{folders}{articles}</urlset>"
    )
    return Response(body=xml.encode(), content_type="application/xml")


def _frame(request: Request, title: str, canonical: str | None, body: str) -> str:
    base = request.base
    menu = "".join(f"<li>{link(f'{base}/{slug}/', name)}</li>" for name, slug in CATEGORIES.items())
    newest = "".join(f"<li>{link(base + a.path, a.title)}</li>" for a in of_site("qinghe")[:3])
    canonical_link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="UTF-8"><title>{escape(title)}</title>
{canonical_link}
<link rel="alternate" type="application/rss+xml" title="{NAME}" href="{base}/feed"></head>
<body><div id="page" class="site"><header id="masthead" class="site-header">
<div class="site-branding"><a href="{base}/">{NAME}</a></div>
<nav class="main-navigation"><ul class="menu"><li>{link(base + "/", "首页")}</li>{menu}</ul></nav>
</header>
<div id="content" class="site-content"><main id="main" class="site-main">
{body}
</main><aside id="secondary" class="widget-area"><section class="widget">
<h2 class="widget-title">最新文章</h2><ul>{newest}</ul></section></aside></div>
<footer id="colophon" class="site-footer"><div class="site-info">Copyright © {NAME} \
{link(base + FORBIDDEN, "内部模板")}</div></footer></div></body></html>"""
