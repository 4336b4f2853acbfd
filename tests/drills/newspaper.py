"""A small site to break: a list, a feed, two dozen dated articles that cite a law, all in GBK."""

from collections.abc import Mapping
from html import escape

from tests.crawler.site import Reply

ARTICLES = 24
GBK = {"Content-Type": "text/html"}
XML = {"Content-Type": "application/rss+xml; charset=utf-8"}

_TOPICS = ("借条", "押金", "工资", "保证", "定金", "彩礼", "车祸", "继承", "物业", "网购")
_PLACES = ("城东", "城西", "河南岸", "老街", "新区")


def title(number: int) -> str:
    return f"{_PLACES[number % 5]}的{_TOPICS[number % 10]}纠纷：第{number}位读者怎样讨回公道"


def paragraphs(number: int) -> tuple[str, ...]:
    topic, place = _TOPICS[number % 10], _PLACES[number % 5]
    return (
        (
            f"{place}的读者来信说，因为{topic}的事情和对方争了{number + 2}个月，电话不接，"
            f"上门也见不到人，想知道这样的{topic}纠纷究竟应当从哪里开始处理。"
        ),
        (
            f"先把手里的东西理清楚。凡是能证明{topic}来历的文字、转账和录音都要留好原件，"
            f"尤其是第{number}次催要时对方的答复，往往比合同本身更能说明问题。"
        ),
        (
            f"根据《中华人民共和国民法典》第{_chinese(500 + number)}条的规定，当事人应当"
            f"按照约定履行义务；{place}法院近年处理的{topic}案件大多也是照此办理的。"
        ),
        (
            f"最后提醒一句，{topic}纠纷有诉讼时效，拖到第{number % 3 + 1}年再想起来起诉，"
            "对方只要提出时效抗辩，再充分的证据也很难挽回，能早则早。"
        ),
    )


def article(number: int, *, markup: str = "old") -> str:
    """Return the page of one article in some markup.

    `old` and `new` can be read; `hollow` has its text from a script; `undated` has lost its date,
    `teaser` all but its first lines; `swapped` has another article's text, as long as its own, and
    `promoted` the same advertisement as all others, with a sentence of its own above it.
    """
    texts = {
        "teaser": paragraphs(number)[:1],
        "swapped": paragraphs(number + 7),
        "promoted": _ADVERTISEMENT,
    }.get(markup, paragraphs(number))
    body = "".join(f"<p>{escape(one)}</p>" for one in texts)
    day = f"2026-{number % 9 + 1:02d}-{number % 28 + 1:02d}"
    if markup == "hollow":
        content = '<div id="app"></div><script src="/bundle.js"></script>'
        return _page(f"{title(number)} - 邻里法律报", content)
    if markup == "new":
        content = (
            f'<main><article class="c-a1"><header><h1>{title(number)}</h1>'
            f'<p class="c-b2"><time datetime="{day}">{day}</time></p></header>'
            f'<section class="c-c3">{body}</section></article></main>'
        )
    else:
        info = "邻里法律报" if markup == "undated" else f"发布时间：{day}"
        content = (
            f'<div class="wrap"><h1>{title(number)}</h1><div class="info">{info}</div>'
            f'<div class="content">{body}</div></div>'
        )
    return _page(f"{title(number)} - 邻里法律报", content)


def replies() -> dict[str, Reply]:
    """Return the whole site as it is on a good day, by request target."""
    links = "".join(
        f"<li><h2><a href=/a/{n}.html>{title(n)}</a></h2><p>{paragraphs(n)[0][:40]}</p></li>"
        for n in range(ARTICLES)
    )
    front = _page("邻里法律报", f"<h1>邻里法律报</h1><ul>{links}</ul>", head=_FEED_LINK)
    site = {"/": html(front), "/feed.xml": feed(range(ARTICLES))}
    return site | {f"/a/{n}.html": html(article(n)) for n in range(ARTICLES)}


def feed(numbers: range) -> Reply:
    items = "".join(
        f"<item><title>{title(n)}</title><link>/a/{n}.html</link></item>" for n in numbers
    )
    channel = f"<channel><title>邻里</title>{items}</channel>"
    text = f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>'
    return Reply(text.encode(), headers=XML)


def html(text: str, *, encoding: str = "gb18030", status: int = 200) -> Reply:
    return Reply(text.encode(encoding), status, GBK)


def moved(base: str) -> dict[str, Reply]:
    """Return the site after its move to `base`: everything redirects there."""
    return {target: Reply(b"", 301, GBK | {"Location": base + target}) for target in replies()}


def everywhere(reply: Reply) -> Mapping[str, Reply]:
    """Return a site that gives one answer to all but the feed."""
    return {target: reply for target in replies() if target != "/feed.xml"}


def homeward() -> dict[str, Reply]:
    """Return the articles' addresses, each of which leads to the home page now."""
    return {
        f"/a/{number}.html": Reply(b"", 302, GBK | {"Location": "/"}) for number in range(ARTICLES)
    }


CAPTCHA = html(
    '<!doctype html><html><head><meta charset="gbk"><title>安全验证</title></head><body>'
    '<h3>访问过于频繁，请完成验证后继续访问</h3><form><input name="code"></form></body></html>'
)

_FEED_LINK = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
_NOTICE = (
    "因机房搬迁，本报网站自本周起暂停更新，读者来信仍由编辑部专人收存，恢复之后依次答复，请大家谅解。",
    "搬迁期间需要查阅往期内容的读者，可以到编辑部阅览室翻看合订本，工作日上午九点至下午五点开放。",
    "投稿的作者请留意邮箱里的通知，稿费照常结算；如有急事，可以拨打值班电话或者直接到编辑部来面谈。",
)


_ADVERTISEMENT = tuple(
    f"本报法律热线第{number}期开通，值班律师{hours}在线解答读者疑问，{matter}的读者可以先把材料拍照发来，"
    "编辑部统一登记之后转给对口的律师，三个工作日之内一定有回音，咨询费用由本报承担，"
    "请勿轻信自称本报合作机构的陌生来电，遇到收费要求请立即挂断并向编辑部反映。"
    for number, hours, matter in (
        (1, "周一上午", "借贷"),
        (2, "周二下午", "劳动"),
        (3, "周三晚上", "婚姻"),
        (4, "周四上午", "房产"),
        (5, "周五下午", "继承"),
        (6, "周六全天", "交通"),
        (7, "周日晚上", "消费"),
        (8, "节假日", "物业"),
    )
)


def notice(number: int = 0) -> Reply:
    """Return a page that reads like an article; its text is the same whatever the `number`."""
    body = "".join(f"<p>{one}</p>" for one in _NOTICE)
    content = (
        '<div class="wrap"><h1>关于网站暂停更新的说明</h1>'
        f'<div class="info">发布时间：2026-11-20</div><div class="content">{body}</div></div>'
        f"<!-- {number} -->"
    )
    return html(_page("关于网站暂停更新的说明 - 邻里法律报", content))


def _page(name: str, content: str, *, head: str = "") -> str:
    return (
        f'<!doctype html><html lang="zh"><head><meta charset="gbk"><title>{name}</title>{head}'
        f'</head><body><div class="nav"><a href="/">首页</a><a href="/feed.xml">订阅</a></div>'
        f'{content}<div class="foot">邻里法律报 版权所有</div></body></html>'
    )


def _chinese(number: int) -> str:
    digits = "零一二三四五六七八九"
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    middle = f"{digits[tens]}十" if tens else ("零" if ones else "")
    return f"{digits[hundreds]}百{middle}{digits[ones] if ones else ''}"
