"""Which addresses are dialled, and which schemes: a site in the open net that leads inwards."""

import json
import os
import socket
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from scrapy import Request
from scrapy.core.downloader.handlers import DownloadHandlers
from scrapy.exceptions import NotSupported
from scrapy.settings.default_settings import DOWNLOAD_HANDLERS_BASE
from scrapy.utils.misc import load_object
from scrapy.utils.test import get_crawler

from crawler import settings
from crawler.guard import GuardedHandler, is_dialled
from crawler.spider import SourceSpider
from tests.crawler.site import page
from tests.hostile.attacks import SITEMAP, article, menu
from tests.hostile.hosts import XML, Host, Speak, redirect, reply, serve
from tests.hostile.processes import (
    Watched,
    frontier,
    listening,
    run,
    words,
    write_config,
)

OUTSIDE: Final = "93.184.215.14"  # any global address; the hostile host stands in for it
OUTSIDE_6: Final = "2400:3200::1"  # the same, of a site that has no IPv4 address
SITE: Final = "http://law.hostile.com"
# Names of the site's own domain, so that scope alone does not keep the crawl away from them.
INWARD: Final = {
    "v4.hostile.com": ["127.0.0.1"],
    "v6.hostile-v6.com": ["::1"],
    "lan.hostile.com": ["10.1.2.3", "192.168.0.1"],
    "both.hostile.com": ["127.0.0.1", OUTSIDE],
    "mapped.hostile-mapped.com": ["::ffff:127.0.0.1"],
    "nat64.hostile-nat64.com": ["64:ff9b::7f00:1"],
    "sixtofour.hostile-sixtofour.com": ["2002:7f00:1::"],
    "cloud.hostile.com": ["169.254.169.254"],
    "carrier.hostile.com": ["100.64.0.1"],
    "unique.hostile-unique.com": ["fc00::1"],
    "zero.hostile.com": ["0.0.0.0"],  # noqa: S104 - as an address to be refused
    "link.hostile-link.com": ["fe80::1"],
    "scoped.hostile-scoped.com": ["fe80::1%lo"],
    "teredo.hostile-teredo.com": ["2001:0:4136:e378:8000:63bf:80ff:fffe"],  # of 127.0.0.1
    "both-v6.hostile-both.com": ["::1", OUTSIDE],
}
LITERALS: Final = (
    "127.0.0.1", "2130706433", "0x7f.1", "0x7f000001", "017700000001", "0177.0.0.1", "127.1",
    "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
    "[fc00::1]", "[fe80::1]", "[fe80::1%25lo]", "[fe80::1%25eth0]",
    "169.254.169.254", "100.64.0.1", "10.0.0.1", "localhost",
)  # fmt: skip
SCHEMES: Final = (
    "file:///etc/hostname", "file://law.hostile.com/etc/hostname", "file://localhost/etc/hostname",
    "data:text/html,<h1>x</h1>", "ftp://law.hostile.com/x", "s3://law.hostile.com/x",
    "gopher://law.hostile.com/x", "javascript:alert(1)", "view-source:http://law.hostile.com/",
    "//law.hostile.com:99999/x", "http:///etc/hostname", "http://user:pass@law.hostile.com/x",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Inward:
    folder: Path
    site: Host
    six: Host  # known by an IPv6 address alone
    secret: tuple[Host, Host]  # on loopback, IPv4 and IPv6
    dialled: set[str]
    crawl: Watched


def _site() -> Host:
    inward = [f"http://{name}/" for name in INWARD]
    links = [*inward, *(f"http://{literal}/" for literal in LITERALS), *SCHEMES]
    urls = "".join(f"<url><loc>{one}</loc></url>" for one in [*links, f"{SITE}/mapped.html"])
    items = "".join(f"<item><title>t</title><link>{one}</link></item>" for one in links)
    paths: dict[str, Speak | bytes] = {
        "/": menu(
            *((one, f"一篇关于合同的文章{n}") for n, one in enumerate(links)),
            *((f"/to/{n}", f"转到第{n}处") for n in range(len(links))),
            ("/meta", "自动转到"), ("/base", "相对地址"), ("/canonical", "别处的原文"),
            ("/refresh", "刷新"),
            head='<link rel=alternate type="application/rss+xml" href="/feed.xml">'
            '<link rel=next href="file:///etc/hostname">',
        ),
        "/sitemap.xml": reply(
            f"<urlset {SITEMAP}>{urls}</urlset>".encode(), kind=XML
        ),
        "/feed.xml": reply(
            f"<rss><channel>{items}</channel></rss>".encode(), kind="application/rss+xml"
        ),
        "/meta": page("转", '', head='<meta http-equiv=refresh content="0;url=http://127.0.0.1/">'),
        "/refresh": reply(b"<p>x</p>", headers={"Refresh": "0; url=http://127.0.0.1/"}),
        "/base": page("基", '<a href="etc/hostname">文件</a>', head='<base href="file:///">'),
        "/canonical": article(
            "别处的原文说的是同一件事情", 4, head='<link rel=canonical href="file:///etc/hostname">'
        ),
        "/mapped.html": article("地图里才有的一篇文章标题", 5),
    }  # fmt: skip
    paths |= {f"/to/{n}": redirect(one) for n, one in enumerate(links)}
    return Host(paths)


@pytest.fixture(scope="module")
def inward(tmp_path_factory: pytest.TempPathFactory) -> Generator[Inward]:
    folder = tmp_path_factory.mktemp("network")
    site = _site()
    robots = Host({"/robots.txt": redirect("http://127.0.0.1/robots.txt")})
    six = Host({"/": menu(("/a.html", "一篇关于合同的文章")), "/a.html": article("合同的文章", 6)})
    six.address = "::1"
    secret = Host({"/": article("内网的页面", 7)}), Host({"/": article("内网的页面", 8)})
    secret[1].address = "::1"
    names = INWARD | {
        "law.hostile.com": [OUTSIDE],
        "robots.hostile.net": ["93.184.215.15"],
        "law.hostile-six.com": [OUTSIDE_6],
    }
    starts = [f"http://{name}/" for name in (*INWARD, *LITERALS)] + ["https://localhost/"]
    with serve(site, robots, six, *secret):
        hosts = {OUTSIDE: site.port, "93.184.215.15": robots.port, OUTSIDE_6: six.port}
        table = folder / "table.json"
        table.write_text(json.dumps({"names": names, "hosts": hosts}), encoding="utf-8")
        redirects = [f"{SITE}{path}" for path in site.paths if path.startswith("/to/")]
        sources: dict[str, str | list[str]] = {"site": [f"{SITE}/", *redirects]}
        sources |= {"robots": "http://robots.hostile.net/", "six": "http://law.hostile-six.com/"}
        sources |= {f"start-{n}": one for n, one in enumerate(starts)}
        sources |= {f"start-own-{n}": f"{one.url}/" for n, one in enumerate(secret)}
        write_config(folder, sources, allow_private=False, include=["."])
        log = folder / "dialled.txt"
        arguments = (str(table), str(log), "crawl", "--for", "4m")
        crawl = run(folder, *arguments, module="tests.hostile.network")
        assert log.exists(), crawl.output + crawl.errors
        dialled = set(log.read_text(encoding="utf-8").split())
        yield Inward(folder, site, six, secret, dialled, crawl)


def test_s01_s19_only_global_addresses_are_ever_dialled(inward: Inward) -> None:
    assert inward.crawl.process.returncode == 0, inward.crawl.errors
    assert inward.dialled == {OUTSIDE, "93.184.215.15", OUTSIDE_6}
    assert all(map(is_dialled, inward.dialled))
    # The site itself was crawled: the guard is what kept the rest away.
    assert {"/", "/robots.txt", "/sitemap.xml", "/feed.xml", "/mapped.html"} <= set(
        inward.site.asked
    )
    assert [host.asked for host in inward.secret] == [[], []]


def test_a_site_with_an_ipv6_address_alone_is_crawled(inward: Inward) -> None:
    assert words(inward.folder, "six")["/a.html"] == (200, "article", None)
    assert "/a.html" in inward.six.asked


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_loopback_is_dialled_where_the_source_allows_it(tmp_path: Path, address: str) -> None:
    host = Host({"/": menu(("/a.html", "一篇关于合同的文章")), "/a.html": article("合同", 6)})
    host.address = address
    with serve(host):
        write_config(tmp_path, {"open": host}, allow_private=True)
        assert run(tmp_path, "crawl").process.returncode == 0
    assert {"/robots.txt", "/", "/a.html"} <= set(host.asked)


def test_s36_no_port_is_listening_while_it_runs(inward: Inward) -> None:
    with socket.create_server(("127.0.0.1", 0)) as ours:
        assert f"0100007F:{ours.getsockname()[1]:04X}" in listening(os.getpid())
    assert inward.crawl.listening == set()


def test_s01_each_inward_start_is_refused_by_name(inward: Inward) -> None:
    rows = frontier(
        inward.folder,
        "SELECT source, url, error FROM fetch JOIN url USING (url_id)"
        " WHERE source LIKE 'start-%' AND role = 'start'",
    )
    has_both = {url for _, url, _ in rows if "//both" in url}
    assert {error for _, url, error in rows if url not in has_both} <= {"private_address", "dns"}
    assert len({source for source, *_ in rows}) >= len(INWARD) + len(LITERALS) - 2
    # A name with a global address too is asked at that one, and at no other.
    assert {(url, error) for _, url, error in rows if url in has_both} == {
        ("http://both.hostile.com/", None),
        ("http://both-v6.hostile-both.com/", None),
    }


def test_s19_a_robots_txt_that_leads_inwards_stops_its_source(inward: Inward) -> None:
    assert {error for _, _, error in words(inward.folder, "robots").values()} == {"private_address"}


def test_s02_s03_s04_no_other_scheme_is_ever_known(inward: Inward) -> None:
    others = frontier(
        inward.folder,
        "SELECT url FROM url WHERE url NOT GLOB 'http://*' AND url NOT GLOB 'https://*'",
    )
    assert others == []
    credentials = frontier(inward.folder, "SELECT url FROM url WHERE url LIKE '%@%'")
    assert credentials == []


def test_s02_redirects_out_of_http_are_named_bad(inward: Inward) -> None:
    site = words(inward.folder, "site")
    first = len(INWARD) + len(LITERALS)
    for number, scheme in enumerate(SCHEMES, start=first):
        found = site.get(f"/to/{number}")
        assert found is not None, scheme
        if not scheme.startswith(("http:", "//")):
            assert found[1:] == ("redirect", "bad_redirect"), scheme


def test_s04_every_enabled_handler_is_the_guarded_one() -> None:
    handlers = DOWNLOAD_HANDLERS_BASE | settings.DOWNLOAD_HANDLERS
    enabled = {scheme: handler for scheme, handler in handlers.items() if handler is not None}
    assert enabled == dict.fromkeys(("http", "https"), "crawler.guard.GuardedHandler")


@pytest.mark.parametrize("scheme", [*DOWNLOAD_HANDLERS_BASE, "h2", "ws", "gopher"])
def test_s03_s04_scrapy_itself_has_no_way_to_any_other_scheme(scheme: str) -> None:
    crawler = get_crawler(SourceSpider, settings.as_dict())
    handlers = DownloadHandlers(crawler)
    if scheme in {"http", "https"}:
        assert load_object(handlers._schemes[scheme]) is GuardedHandler
        return
    assert handlers._get_handler(scheme) is None
    request = Request(f"{scheme}://law.hostile.com/etc/hostname")
    with pytest.raises(NotSupported, match=scheme):
        handlers.download_request_async(request).send(None)
