"""The site 法苑文摘 (`fayuan`): an older CMS, laid out in tables, in GBK.

Its traps: the charset is in no header and misnamed `gb2312` in the page (喆 is not in GB 2312),
titles stand in an h2, paragraphs are indented with full-width spaces.  Its help: absolute dates,
ETag and Last-Modified.
"""

import re
from html import escape
from typing import Final

from tests.practice.articles import PracticeArticle, of_site
from tests.practice.markup import as_html
from tests.practice.web import BEIJING, ListPage, Request, Response, link, list_page

NAME: Final = "法苑文摘"
CATEGORIES: Final = {
    "劳动争议": "ldzy",
    "房屋租赁": "fwzl",
    "消费维权": "xfwq",
    "综合法律": "zhonghe",
}
_LIST_PATH: Final = re.compile(r"/(?:(?P<key>[a-z]+)/)?(?:list_(?P<page>\d+)\.html|index\.html)?")


def respond(request: Request) -> Response | None:
    """Return the answer to a request, or None where there is no such page."""
    article = next((a for a in of_site("fayuan") if a.path == request.path), None)
    if article:
        title = f"{article.title}_{article.category}_{NAME}"
        return _gbk(_frame(request.base, title, _article_body(article, request.base)), [article])
    match = _LIST_PATH.fullmatch(request.path)
    names = {slug: name for name, slug in CATEGORIES.items()}
    if not match or (match["key"] and match["key"] not in names):
        return None
    heading = names[match["key"]] if match["key"] else "最新文章"
    articles = [a for a in of_site("fayuan") if not match["key"] or a.category == heading]
    page = list_page(articles, int(match["page"] or 1))
    if not page:
        return None
    folder = f"{request.base}/{match['key']}/" if match["key"] else f"{request.base}/"
    body = _list_body(heading, page, folder, request.base)
    return _gbk(_frame(request.base, f"{heading}_{NAME}", body), articles)


def _gbk(page: str, articles: list[PracticeArticle]) -> Response:
    newest = max(article.published for article in articles)
    return Response(body=page.encode("gbk"), content_type="text/html", modified=newest)


def _article_body(article: PracticeArticle, base: str) -> str:
    category = link(f"{base}/{CATEGORIES[article.category]}/", article.category)
    articles = of_site("fayuan")
    place = articles.index(article)
    older = articles[place + 1] if place + 1 < len(articles) else None
    newer = articles[place - 1] if place else None
    home = link(f"{base}/", "首页")
    return f"""<tr><td class="weizhi">您现在的位置：{home} &gt; {category} &gt; 正文</td></tr>
<tr><td align="center" class="biaoti"><h2>{escape(article.title)}</h2></td></tr>
<tr><td align="center" class="xinxi">发布时间：{article.published.astimezone(BEIJING):%Y-%m-%d}　\
来源：{NAME}　作者：{escape(article.author or "")}　点击：{article.number * 7}次</td></tr>
<tr><td class="neirong">
{as_html(article.body, indent="　　", heading="h4")}
</td></tr>
<tr><td align="right">【<a href="javascript:window.print()">打印此页</a>】\
【<a href="javascript:window.close()">关闭窗口</a>】</td></tr>
<tr><td class="shangxia">上一篇：{_neighbour(older, base)}<br>
下一篇：{_neighbour(newer, base)}</td></tr>"""


def _neighbour(article: PracticeArticle | None, base: str) -> str:
    return link(base + article.path, article.title) if article else "没有了"


def _list_body(heading: str, page: ListPage, folder: str, base: str) -> str:
    rows = "\n".join(
        f"<tr><td>·{link(base + a.path, a.title)}</td>"
        f'<td width="90" class="riqi">{a.published.astimezone(BEIJING):%Y-%m-%d}</td></tr>'
        for a in page.articles
    )
    before, after = "上一页", "下一页"
    if page.number > 1:
        before = link(_series_url(folder, page.number - 1), before)
    if page.number < page.count:
        after = link(_series_url(folder, page.number + 1), after)
    home = link(f"{base}/", "首页")
    return f"""<tr><td class="weizhi">您现在的位置：{home} &gt; {heading}</td></tr>
<tr><td><table width="100%" class="liebiao">
{rows}
</table></td></tr>
<tr><td align="center">共{page.count}页 第{page.number}页 {before} {after}</td></tr>"""


def _series_url(folder: str, number: int) -> str:
    return folder if number == 1 else f"{folder}list_{number}.html"


def _frame(base: str, title: str, body: str) -> str:
    menu = " | ".join(link(f"{base}/{slug}/", name) for name, slug in CATEGORIES.items())
    return f"""<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">
<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>{escape(title)}</title></head><body>
<table width="960" align="center" border="0" cellspacing="0" cellpadding="4">
<tr><td class="daohang">{link(base + "/", NAME)} | {menu}</td></tr>
{body}
<tr><td align="center" class="dibu">{NAME} 版权所有 建议使用1024×768分辨率浏览</td></tr>
</table></body></html>"""
