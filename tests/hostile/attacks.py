"""The hostile hosts of one crawl: what each of them does, by row of the table of attacks."""

import gzip
import itertools
import random
from functools import cache
from typing import Final

import brotli  # type: ignore[import-untyped]  # it ships no types
from backports import zstd

from tests.crawler.site import page, prose
from tests.hostile.hosts import (
    XML,
    Host,
    Speak,
    Wire,
    gzip_bomb,
    packed,
    redirect,
    reply,
)

BOMB_MB: Final = 300  # unpacked; the limit is 8
SITEMAP: Final = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def article(title: str, number: int, *, extra: str = "", head: str = "") -> bytes:
    """Return an article page with prose of its own."""
    return page(
        f"{title} - 法律随笔",
        f"<h1>{title}</h1><div class=info>作者：林海 发布时间：2026-05-{number % 28 + 1:02d}</div>"
        f"<div class=content><p>{prose(number)}</p><p>{prose(number + 500)}</p>{extra}</div>",
        head=head,
    )


def menu(*links: tuple[str, str], extra: str = "", head: str = "") -> bytes:
    """Return a home page that links to each (address, words)."""
    items = "".join(f'<li><a href="{address}">{words}</a></li>' for address, words in links)
    return page("法律随笔", f"<h1>法律随笔</h1><ul>{items}</ul>{extra}", head=head)


def home_of(paths: dict[str, Speak | bytes]) -> dict[str, Speak | bytes]:
    """Return `paths` under a home page that links to all of them."""
    return {"/": menu(*((path, f"条目{path}") for path in paths))} | paths


# ── S5, S6: bombs and bodies without an end ──────────────────────────────────────────────────


@cache
def _zeros() -> bytes:
    return b" " * (BOMB_MB << 20)


def bombs() -> Host:
    return Host(
        home_of(
            {
                "/gzip": packed(gzip_bomb(BOMB_MB), "gzip"),
                "/gzip2": packed(gzip_bomb(BOMB_MB, times=2), "gzip, gzip"),
                "/gzip3": packed(gzip_bomb(BOMB_MB, times=3), "gzip, gzip, gzip"),
                "/deflate": packed(gzip_bomb(BOMB_MB)[10:-8], "deflate"),
                "/br": packed(brotli.compress(_zeros(), quality=1), "br"),
                "/zstd": packed(zstd.compress(_zeros()), "zstd"),
                "/mixed": packed(brotli.compress(gzip_bomb(BOMB_MB)), "gzip, br"),
                "/garbage": packed(b"no gzip at all", "gzip"),
            }
        )
    )


def endless() -> Host:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\n%s\r\n"

    def to_the_close(kind: bytes, chunk: bytes) -> Speak:
        def speak(wire: Wire) -> None:
            wire.send(head % (kind, b"Connection: close\r\n"))
            wire.send_for_ever(chunk)

        return speak

    def chunked(wire: Wire) -> None:
        wire.send(head % (b"text/html", b"Transfer-Encoding: chunked\r\n"))
        wire.send_for_ever(b"10000\r\n" + b"<p>x</p>" * 8192 + b"\r\n")

    return Host(
        home_of(
            {
                "/close": to_the_close(b"text/html", b"<p>" + b"x" * 65_536),
                "/chunked": chunked,
                "/feed": to_the_close(b"application/rss+xml", b"<rss>" + b"<item/>" * 9_000),
                "/claimed": reply(b"x" * 100, length=50 << 20),
                "/fifty": reply(b"<p>" + b"x" * (50 << 20)),
                "/picture": to_the_close(b"image/png", b"\x89PNG" * 20_000),
            }
        )
    )


# ── S7: servers that take their time ─────────────────────────────────────────────────────────


def slow() -> dict[str, Host]:
    """Return one host for each way, by name: after three such answers a host is left alone."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"

    def slow_headers(wire: Wire) -> None:
        wire.send(head)
        wire.send_for_ever(b"X: y\r\n", pause=0.5)

    def slow_body(wire: Wire) -> None:
        wire.send(head + b"Connection: close\r\n\r\n")
        wire.send_for_ever(b"<p>x</p>", pause=0.5)

    ways: dict[str, Speak] = {"headers": slow_headers, "body": slow_body, "silent": say_nothing}
    return {f"slow-{name}": Host(home_of({f"/{name}": way})) for name, way in ways.items()}


def say_nothing(wire: Wire) -> None:
    wire.socket.recv(1)  # comes when the client goes away


# ── S8 to S11: headers and cookies ───────────────────────────────────────────────────────────


def headers() -> Host:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"

    numbers = itertools.count(1)

    def with_lines(*lines: bytes) -> Speak:
        body = article("夜班工人的加班费怎么算才合理", next(numbers))
        end = b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(body)
        return lambda wire: wire.send(head + b"".join(lines) + end + body)

    def never_ending(wire: Wire) -> None:
        wire.send(head)
        wire.send_for_ever(b"X-Filler: " + b"y" * 1000 + b"\r\n")

    cookies = [b"Set-Cookie: c%d=%s; Path=/\r\n" % (n, b"v" * 1000) for n in range(3_000)]
    return Host(
        home_of(
            {
                "/line": with_lines(b"X-Long: " + b"y" * (1 << 20) + b"\r\n"),
                "/lines": with_lines(*(b"X-%d: y\r\n" % n for n in range(200_000))),
                "/never-ending": never_ending,
                "/status": lambda wire: wire.send_for_ever(b"HTTP/1.1 200 " + b"O" * 60_000),
                "/cookies": with_lines(*cookies),
                "/some-cookies": with_lines(*cookies[:60]),
                "/odd-cookies": with_lines(
                    b"Set-Cookie: foreign=1; Domain=.com.cn\r\n",
                    b"Set-Cookie: nul=a\0b; Domain=127.0.0.1\r\n",
                    b"Set-Cookie: date=1; Expires=Nonsday, 99-Xxx-9999\r\n",
                ),
                "/no-colon": with_lines(
                    b"what is this\r\n", b": nameless\r\n", b"\xff\xfe: \x80\r\n"
                ),
                "/referrer": with_lines(b"Referrer-Policy: os.system\r\n"),
                "/no-http": lambda wire: wire.send(b"220 ftp.example ready\r\n" * 3),
                "/nothing": lambda _: None,
                "/after": menu(("/line", "条目/line")),
            }
        )
    )


def truncated() -> Host:
    whole = article("房东提前收房应当赔偿哪些损失", 2)
    chunk = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    return Host(
        {
            "/": menu(("/short", "短了一截的页面在此"), ("/chunk", "少了结尾的页面在此")),
            "/short": reply(whole[:-300], length=len(whole)),
            "/chunk": lambda wire: wire.send(chunk + b"%x\r\n%s\r\n" % (len(whole), whole)),
        }
    )


# ── S12 to S16: loops, calendars, sitemaps ───────────────────────────────────────────────────


def loops() -> Host:
    def grow(wire: Wire) -> None:
        number = wire.target.rpartition("=")[2]
        redirect(f"/grow?n={int(number) + 1}" if number.isdecimal() else "/")(wire)

    return Host(
        {
            "/": menu(*((f"/{name}", f"条目{name}") for name in ("self", "one", "grow?n=1"))),
            "/self": redirect("/self"),
            "/one": redirect("/two"),
            "/two": redirect("/three"),
            "/three": redirect("/one"),
        },
        otherwise=grow,
    )


def calendar() -> Host:
    """A calendar without an end and without an article, each link with a fresh token."""
    chance = random.Random(7)  # noqa: S311 - not a secret

    def month(wire: Wire) -> None:
        if not wire.target.startswith("/?") and wire.target != "/":
            return reply(b"none", status="404 Not Found")(wire)
        date = wire.target.partition("d=")[2][:7] or "2026-05"
        year, number = (int(part) for part in date.split("-"))
        months = [(year, number - 1), (year, number + 1), (year - 1, number), (year + 1, number)]
        near = "".join(
            f'<a href="/?d={y + (m - 1) // 12}-{(m - 1) % 12 + 1:02d}'
            f'&t={chance.getrandbits(64):x}">«</a>'
            for y, m in months
        )
        reply(page("归档", f"<h1>{year}年{number}月</h1><p>本月没有文章</p>{near}"))(wire)
        return None

    return Host({}, otherwise=month)


def sitemaps(beside: int) -> Host:
    """An index of sitemaps that names itself, itself plus one, and so on without an end."""

    def index(wire: Wire) -> None:
        if not wire.target.endswith(".xml"):
            return reply(menu(("/about.html", "关于")))(wire)
        name = wire.target.removesuffix(".xml")
        return _index(host, wire.target, *(f"{name}{n}.xml" for n in range(beside)))(wire)

    host = Host({}, otherwise=index)
    return host


def many_sitemaps(number: int) -> Host:
    """An index of more sitemaps than any site has, all of them refused."""

    def index(wire: Wire) -> None:
        _index(host, *(f"/{n}.xml" for n in range(number)))(wire)

    home = menu(("/about.html", "关于"))
    empty = reply(b"", kind="text/plain")
    host = Host(
        {"/": home, "/about.html": home, "/robots.txt": empty, "/sitemap.xml": index},
        otherwise=reply(b"no", status="503 Busy"),
    )
    return host


def _index(host: Host, *names: str) -> Speak:
    locs = "".join(f"<sitemap><loc>{host.url}{name}</loc></sitemap>" for name in names)
    return _xml(f"<sitemapindex {SITEMAP}>{locs}</sitemapindex>")


def xml_bombs(secret: str) -> Host:
    """Sitemaps and feeds of entities; `secret` is a local file that holds an address."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    doctype = f"<!DOCTYPE r [{laughs}]>"
    xxe = f'<!DOCTYPE r [<!ENTITY x SYSTEM "file://{secret}">]>'
    host = Host({})
    named = ("/laughs.xml", "/xxe.xml", "/unpacked.xml.gz", "/wide.xml.gz", "/empty.xml")
    entries = "<url><loc>ftp://elsewhere/法</loc></url>" * 1_100_000
    host.paths = {
        "/": menu(head='<link rel=alternate type="application/rss+xml" href="/feed.xml">'),
        "/robots.txt": reply(
            "".join(f"Sitemap: {name}\n" for name in named).encode(), kind="text/plain"
        ),
        "/laughs.xml": _xml(f"{doctype}<urlset {SITEMAP}><url><loc>/&l9;</loc></url></urlset>"),
        "/xxe.xml": _xml(f"{xxe}<urlset {SITEMAP}><url><loc>&x;</loc></url></urlset>"),
        "/feed.xml": reply(
            f"{xxe}<rss><channel><item><title>&x;</title><link>&x;</link></item></channel></rss>".encode(),
            kind="application/rss+xml",
        ),
        "/unpacked.xml.gz": reply(gzip_bomb(BOMB_MB), kind="application/gzip"),
        "/wide.xml.gz": reply(
            _gzip(f"<urlset {SITEMAP}>{entries}</urlset>"), kind="application/gzip"
        ),
        "/empty.xml": _xml(f"<urlset {SITEMAP}></urlset>"),
    }
    return host


def _gzip(text: str) -> bytes:
    return gzip.compress(text.encode(), 6)


def _xml(text: str) -> Speak:
    return reply(text.encode(), kind=XML)


# ── S17 to S19: robots.txt ───────────────────────────────────────────────────────────────────


def obedience() -> dict[str, Host]:
    """Return hosts that differ in their robots.txt alone, by name."""
    rules = b"User-agent: *\nDisallow: /secret\n"
    filler = b"".join(b"Disallow: /filler/%d*x*y*$\n" % n for n in range(500_000))
    return {
        "r-500": _obeyed(reply(b"User-agent: *\nAllow: /", status="500 Oops")),
        "r-503": _obeyed(reply(rules, status="503 Busy", headers={"Retry-After": "600"})),
        "r-429": _obeyed(reply(b"", status="429 Slow down")),
        "r-refused": _obeyed(lambda _: None),
        "r-silent": _obeyed(say_nothing),
        "r-endless": _obeyed(_for_ever(rules)),
        "r-404": _obeyed(reply(rules, status="404 Not Found")),
        "r-file": _obeyed(redirect("file:///etc/hostname")),
        "r-loop": _obeyed(redirect("/robots.txt")),
        "r-moved": _obeyed(redirect("/rules.txt")),
        "r-binary": _obeyed(reply(bytes(range(256)) * 40 + b"\n" + rules, kind="image/png")),
        "r-gbk": _obeyed(reply(rules + "Disallow: /法律\n".encode("gbk"))),
        "r-huge": _obeyed(reply(rules + filler + b"Disallow: /\n", kind="text/plain")),
        "r-stars": _obeyed(
            reply(rules + b"".join(b"Disallow: /" + b"*a" * 40 + b"%d$\n" % n for n in range(999)))
        ),
    }


def _obeyed(robots: Speak) -> Host:
    rules = reply(b"User-agent: *\nDisallow: /secret\n", kind="text/plain")
    return Host(
        {
            "/": menu(
                ("/open", "公开"),
                ("/secret", "不公开"),
                ("/" + "a" * 300, "许多"),
                ("/法律/1", "法律"),
            ),
            "/open": article("公开页面上的一篇文章标题", 3),
            "/rules.txt": rules,
            "/robots.txt": robots,
        }
    )


def _for_ever(rules: bytes) -> Speak:
    def speak(wire: Wire) -> None:
        wire.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n")
        wire.send_for_ever(rules * 1000)

    return speak


# ── captcha and block pages ──────────────────────────────────────────────────────────────────


def captcha() -> Host:
    """A firewall that answers 200 and asks for a proof of humanity, but for the home page."""
    wall = page("访问验证", "<h1>安全验证</h1><p>请完成验证后继续访问</p><div id=slider></div>")
    links = (f"/post/{n}.html" for n in range(1, 12))
    home = menu(*((link, f"第{n}篇文章写的是借款合同的利息") for n, link in enumerate(links)))
    return Host({"/": home}, otherwise=reply(wall))


def same_text() -> Host:
    """A wall without any word that tells it: one text under every URL, but for a number."""
    chance = random.Random(8)  # noqa: S311 - not a secret
    said = (
        "尊敬的用户您好，由于当前网络环境较为特殊，为了给您提供更好的服务体验，请您稍作等待之后再来浏览本页内容。"
        "如果您在较长时间之后仍然看到本提示，可以联系本站的工作人员并告知下面的编号，我们会尽快为您核实处理。"
    )

    def wall(wire: Wire) -> None:
        number = chance.getrandbits(48)
        body = f"<h1>尊敬的用户请您稍作等待</h1><p>{said}</p><p>编号：{number:x}</p>"
        reply(page("尊敬的用户请您稍作等待", body))(wire)

    links = (f"/post/{n}.html" for n in range(1, 12))
    home = menu(*((link, f"第{n}篇文章写的是借款合同的利息") for n, link in enumerate(links)))
    missing = reply(b"none", status="404 Not Found")
    return Host({"/": home, "/robots.txt": missing, "/sitemap.xml": missing}, otherwise=wall)
