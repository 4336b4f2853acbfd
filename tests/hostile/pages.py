"""Hostile pages: markup, encodings, titles, addresses and dates, under one home page."""

from datetime import date, timedelta
from typing import Final

from tests.crawler.site import page, prose
from tests.hostile.attacks import article, menu
from tests.hostile.hosts import Host, Speak, reply

GBK: Final = "text/html; charset=gbk"
BARE: Final = "text/html"
RARE: Final = "朱镕基与喆字在旧编码里没有的字"  # 镕 and 喆 are in GBK and not in gb2312
TITLES: Final = {
    "formula": "=cmd|' /C calc'!A0 借款合同的利息怎么算",
    "plus": "+86 热线电话里问到的借款合同利息",
    "at": "@律师 借款合同的利息到底该怎么算呢",
    "minus": "-1+1 借款合同的利息到底该怎么算呢",
    "script": "&lt;script&gt;alert(1)&lt;/script&gt; 借款合同的利息",
    "quote": "'); DROP TABLE core.article; -- 借款合同的利息",
    "escape": "\x1b[2J\x1b]0;owned\x07\x9b31m 借款合同的利息怎么算",
    "direction": "\u202e借款合同\u200b的利息\u2066怎么算\ufeff才对",
    "lines": "借款合同的利息\r\n怎么算\u2028才算\x85合理呢",
    "nul": "借款\x00合同的利息怎么算才&#0;合理&#xD800;呢",
}


TWO_MONTHS_AGO: Final = date.today() - timedelta(days=66)  # noqa: DTZ011 - the fetch is at any hour


def hostile_pages() -> Host:
    paths: dict[str, Speak | bytes] = {}
    for number, (name, title) in enumerate(TITLES.items()):
        paths[f"/title/{name}.html"] = reply(
            _about(title, 10 + number).encode("utf-8", "surrogatepass")
        )
    paths |= _encodings() | _markup() | _dates() | _addresses()
    paths["/"] = menu(*((path, f"第{n}篇是关于合同的文章") for n, path in enumerate(paths)))
    return Host(paths)


def _about(title: str, number: int, *, meta: str = "utf-8", body: str = "") -> str:
    return (
        f"<html><head><meta charset={meta}><title>{title}</title></head><body><h1>{title}</h1>"
        f"<div class=info>发布时间：2026-05-{number % 28 + 1:02d}</div>"
        f"<div class=content><p>{prose(number)}</p><p>{prose(number + 300)}</p>{body}</div></body>"
    )


def _encodings() -> dict[str, Speak | bytes]:
    return {
        "/code/bare.html": reply(
            _about(f"{RARE}一", 31).replace("<meta charset=utf-8>", "").encode("gbk"), kind=BARE
        ),
        "/code/gb2312.html": reply(_about(f"{RARE}二", 32, meta="gb2312").encode("gbk"), kind=BARE),
        "/code/says-utf8.html": reply(_about(f"{RARE}三", 33, meta="gbk").encode("gbk")),
        "/code/says-gbk.html": reply(_about(f"{RARE}四", 34).encode(), kind=GBK),
    }


def _markup() -> dict[str, Speak | bytes]:
    attributes = " ".join(f'a{n}="{n}"' for n in range(200_000))
    some = " ".join(f'a{n}="{n}"' for n in range(1_900))
    shapes = {
        "attributes": f"<p {attributes}>x</p>",
        "attributes-below-the-bound": f"<p {some}>x</p>" * 100,
        "divs": "<div>" * 190_000 + "深",
        "inline": "<b><i>" * 90_000 + "深",
        "tables": "<table><tr><td>" * 3_000 + "深",
        "one-paragraph": f"<p>{prose(2) * 5_000}</p>",
        "entities": "&amp;" * 1_000_000,
        "unclosed": "<a href='" * 150_000,
        "comments": "<!--" * 150_000,
        "quotes": "《" * 400_000,
    }
    return {
        f"/markup/{name}.html": reply(
            _about("一篇标记写得古怪的文章标题", 50 + number, body=body).encode()
        )
        for number, (name, body) in enumerate(shapes.items())
    }


def _dates() -> dict[str, Speak | bytes]:
    def dated(info: str, body: str = "") -> bytes:
        return page(
            "两个月以前写下的一篇文章标题",
            f"<h1>两个月以前写下的一篇文章标题</h1><div class=info>{info}</div>"
            f"<div class=content><p>{prose(70)}{info}</p><p>{body}</p><p>{prose(71)}</p></div>",
        )

    law = "自2021年1月1日起施行的《民法典》取代了1999年的旧法，2020年旧法仍可参照。"
    return {
        "/date/none.html": dated("作者：林海", law),
        "/date/full.html": dated("发布时间:2026年2月3日", law),
        "/date/ago.html": dated(f"2个月前 ({TWO_MONTHS_AGO:%m-%d})", law),
        "/date/day.html": dated("2个月前 (02-03)", law),
    }


def _addresses() -> dict[str, Speak | bytes]:
    # As they are asked for: escapes in capitals, as RFC 3986 has them.
    targets = ("/path/..%2F..%2F..%2Fetc/passwd.html", "/path/" + "%E6%B3%95" * 100 + ".html",
               "/path/a%00b.html", "/path/%0D%0AX-Injected:1.html", "/path/%1B%5B2J.html",
               "/path/'%22%3E%3Cscript%3E.html")  # fmt: skip
    return {
        target: article(f"地址写得古怪的第{n}篇文章标题", 80 + n)
        for n, target in enumerate(targets)
    }
