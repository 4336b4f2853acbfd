# ruff: noqa: E501 - the pages are markup with Chinese text, which counts double
"""Articles split over pages in the ways of DedeCMS, Z-Blog, phpcms and Discuz!, in our own words."""

from tests.crawler.site import Reply

TITLE = "离职时公司不开证明怎么办"


def parts_of(name: str) -> tuple[str, str, str]:
    """Return the three parts of the article on the system `name`, a paragraph each."""
    return (
        f"{_OPENINGS[name]}离职证明是用人单位应当主动出具的文件，写明工作期限、岗位和解除日期，不需要劳动者先申请才开。",
        f"{_OPENINGS[name]}书面通知之后仍然不开的，可以到劳动监察大队投诉，通常一两周就有结果，依据是《劳动合同法》第五十条。",
        f"{_OPENINGS[name]}因为没有证明而丢掉新工作的，可以主张赔偿，但要有录用通知和撤回录用的书面材料来证明损失有多少。",
    )


_OPENINGS = {
    "dede": "很多人在离职以后才发现这件事没有想的那么简单。",
    "zblog": "人事部门的口头答复往往当不了证据。",
    "phpcms": "新单位等着入职材料，旧单位却一拖再拖。",
    "discuz": "本人在广州，上个月刚刚离职。",
    "lossy": "仲裁委员会的门口常常有人在问这个问题。",
}


def _page(title: str, body: str, *, head: str = "", encoding: str = "utf-8") -> Reply:
    html = (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={encoding}">'
        f"<title>{title}</title>{head}</head><body>{body}</body></html>"
    )
    return Reply(html.encode(encoding), headers={"Content-Type": "text/html"})


def home(*links: str) -> Reply:
    """Return a home page that names the first part of each article alone."""
    items = "".join(f'<li><h3><a href="{link}">{TITLE}</a></h3></li>' for link in links)
    return _page("东门法律网", f"<ul>{items}</ul>")


def dede(parts: tuple[str, ...] = parts_of("dede"), folder: str = "/a") -> dict[str, Reply]:
    """`12.html`, `12_2.html`: 共3页, title and info line on every part, in GBK."""
    urls = [f"{folder}/12.html", *(f"{folder}/12_{n}.html" for n in range(2, len(parts) + 1))]
    replies = {}
    for at, text in enumerate(parts):
        numbers = "".join(
            f"<li class='thisclass'><a href='#'>{n}</a></li>"
            if n == at + 1
            else f"<li><a href='{urls[n - 1].rsplit('/', 1)[1]}'>{n}</a></li>"
            for n in range(1, len(parts) + 1)
        )
        back = (
            f"<li><a href='{urls[at - 1].rsplit('/', 1)[1]}'>上一页</a></li>"
            if at
            else "<li><a href='#'>上一页</a></li>"
        )
        on = (
            f"<li><a href='{urls[at + 1].rsplit('/', 1)[1]}'>下一页</a></li>"
            if at + 1 < len(parts)
            else "<li><a href='#'>下一页</a></li>"
        )
        suffix = f"({at + 1})" if at else ""
        replies[urls[at]] = _page(
            f"{TITLE}{suffix}_劳动纠纷_东门法律网",
            f'<div class="place">当前位置: <a href="/">主页</a> > 劳动纠纷 ></div><div class="viewbox"><div class="title"><h2>{TITLE}{suffix}</h2></div>'
            f'<div class="info"><small>时间:</small>2024-06-01 09:15<small>来源:</small>未知 <small>作者:</small>周敏 <small>点击:</small>32次</div>'
            f'<div class="content"><table><tr><td><p>{text}</p></td></tr></table></div>'
            f'<div class="dede_pages"><ul class="pagelist"><li><a>共{len(parts)}页: </a></li>{back}{numbers}{on}</ul></div></div>'
            f'<div class="context"><ul><li>上一篇：没有了</li></ul></div>',
            encoding="gbk",
        )
    return replies


def neighbours() -> dict[str, Reply]:
    """Return two articles, `/case-3.html` and `-4.html`, each with the other as 上一页, 下一页."""
    replies = {}
    for number, link in (
        (3, '<a href="case-4.html">下一页</a>'),
        (4, '<a href="case-3.html">上一页</a>'),
    ):
        title = f"第{number}个案子：试用期里被辞退"
        text = (
            f"第{number}个案子里，公司在试用期的最后一天口头通知不再录用，没有写明理由，也没有给补偿。"
            * 3
        )
        body = f"<h1>{title}</h1><div class=info>2026-03-0{number}</div><div class=text><p>{text}</p></div>"
        replies[f"/case-{number}.html"] = _page(title, f"{body}<p>{link}</p>")
    return replies


def zblog(parts: tuple[str, ...] = parts_of("zblog")) -> dict[str, Reply]:
    """`?id=7`, `?id=7&page=2`: a bar of numbers with ‹‹ and ››."""
    replies = {}
    for at, text in enumerate(parts):
        bar = "".join(
            f'<span class="page now-page">{n}</span>'
            if n == at + 1
            else f'<a href="/?id=7{"" if n == 1 else f"&amp;page={n}"}"><span class="page">{n}</span></a>'
            for n in range(1, len(parts) + 1)
        )
        replies["/?id=7" if at == 0 else f"/?id=7&page={at + 1}"] = _page(
            f"{TITLE}-东门法律网",
            f'<div class="post single"><h2 class="post-title">{TITLE}</h2><div class="post-info">2024年06月01日 周敏</div>'
            f'<div class="post-body"><p>{text}</p></div><div class="pagebar">{bar}</div></div>',
        )
    return replies


def phpcms(parts: tuple[str, ...] = parts_of("phpcms")) -> dict[str, Reply]:
    """`show-4-88-1.html`, `show-4-88-2.html`: 上一页 1 2 3 下一页 with a canonical of the first."""
    urls = [f"/show-4-88-{n}.html" for n in range(1, len(parts) + 1)]
    replies = {}
    for at, text in enumerate(parts):
        numbers = " ".join(
            f"<span>{n}</span>" if n == at + 1 else f'<a href="{urls[n - 1]}">{n}</a>'
            for n in range(1, len(parts) + 1)
        )
        on = f'<a class="a1" href="{urls[min(at + 1, len(parts) - 1)]}">下一页</a>'
        replies[urls[at]] = _page(
            f"{TITLE} - 东门法律网",
            f'<div id="Article"><h1>{TITLE}<br><span>2024-06-01 09:15:00&nbsp;&nbsp;&nbsp;来源：东门日报&nbsp;&nbsp;评论：0 点击：</span></h1>'
            f'<div class="content"><p>{text}</p><div id="pages" class="text-c"><a class="a1" href="{urls[max(at - 1, 0)]}">上一页</a> {numbers} {on}</div></div></div>',
            head=f'<link rel="canonical" href="{urls[0]}">',
        )
    return replies


def discuz() -> dict[str, Reply]:
    """`thread-9-1-1.html`, `thread-9-2-1.html`: a question, then answers on two pages."""
    posts = [
        *parts_of("discuz"),
        "谢谢各位，已经按照楼上说的把书面通知寄出去了，有结果再来告诉大家。",
    ]
    replies = {}
    for number, own in ((1, posts[:2]), (2, posts[2:])):
        floors = "".join(
            f'<div id="post_{number}{at}"><table id="pid{number}{at}"><tr><td class="pls"><div class="authi"><a href="/" class="xw1">网友{number}{at}</a></div></td>'
            f'<td class="plc"><div class="authi"><em id="authorposton{number}{at}">发表于 2024-06-0{number} 09:1{at}:00</em></div>'
            f'<table><tr><td class="t_f" id="postmessage_{number}{at}">{text}</td></tr></table><div class="sign">愿天下无讼，万事顺遂，开心每一天。</div></td></tr></table></div>'
            for at, text in enumerate(own)
        )
        other = 3 - number
        replies[f"/thread-9-{number}-1.html"] = _page(
            f"{TITLE} - 劳动维权 - 东门论坛 - Powered by Discuz!",
            f'<div id="pt"><a href="/">首页</a><em>›</em><a href="/">劳动维权</a></div><h1 class="ts"><span id="thread_subject">{TITLE}</span></h1>{floors}'
            f'<div class="pg"><strong>{number}</strong><a href="thread-9-{other}-1.html">{other}</a></div>',
        )
    return replies
