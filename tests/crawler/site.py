"""A small web site on loopback for the crawler's tests: real HTTP, and a log of what was asked."""

import threading
from collections import Counter
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic
from typing import Any

HTML = {"Content-Type": "text/html; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Reply:
    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: HTML)


@dataclass(slots=True)
class Site:
    """`answer` maps a request target to a reply; what it does not know is 404."""

    answer: Callable[[str, Mapping[str, str]], Reply | None]
    asked: list[tuple[float, str]] = field(default_factory=list)  # (monotonic seconds, target)
    agents: set[str] = field(default_factory=set)
    by_agent: Counter[str] = field(default_factory=Counter)
    under_way: int = 0
    most: int = 0  # requests at a time
    lock: threading.Lock = field(default_factory=threading.Lock)
    url: str = ""
    seconds: float = 0.0  # before each answer

    @contextmanager
    def counted(self) -> Generator[None]:
        """Count a request as under way until its answer is about to be sent."""
        with self.lock:
            self.under_way += 1
            self.most = max(self.most, self.under_way)
        yield
        with self.lock:
            self.under_way -= 1

    def reply(self, target: str, headers: Mapping[str, str]) -> Reply:
        agent = headers.get("User-Agent", "")
        self.asked.append((monotonic(), target))
        self.agents.add(agent)
        self.by_agent[agent] += 1
        if self.seconds:
            threading.Event().wait(self.seconds)
        return self.answer(target, headers) or Reply(b"none", 404)

    def counts(self) -> Counter[str]:
        return Counter(target for _, target in self.asked)


def page(title: str, body: str, *, head: str = "") -> bytes:
    return (
        f"<!doctype html><html lang=zh><head><meta charset=utf-8><title>{title}</title>{head}"
        f"</head><body>{body}</body></html>"
    ).encode()


def pages(replies: Mapping[str, bytes | Reply]) -> Callable[[str, Mapping[str, str]], Reply | None]:
    def answer(target: str, _headers: Mapping[str, str]) -> Reply | None:
        reply = replies.get(target)
        return Reply(reply) if isinstance(reply, bytes) else reply

    return answer


@contextmanager
def serve(
    answer: Callable[[str, Mapping[str, str]], Reply | None],
) -> Generator[Site]:
    site = Site(answer)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # one segment an answer: no waiting for a delayed acknowledgement
        timeout = 30

        def do_GET(self) -> None:
            with site.counted():
                reply = site.reply(self.path, dict(self.headers))
            self.send_response_only(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if reply.status != 304:
                self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            if reply.status != 304:
                self.wfile.write(reply.body)
            self.wfile.flush()

        def log_message(self, *_args: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 64

        def handle_error(self, *_args: Any) -> None:
            pass  # a killed client goes away in the middle of an answer

    server = Server(("127.0.0.1", 0), Handler)
    site.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def blog(articles: int, *, per_page: int = 20) -> dict[str, bytes | Reply]:
    """Return a blog: a paginated list of articles, each with prose and neighbours."""
    replies: dict[str, bytes | Reply] = {}
    lists = -(-articles // per_page)
    for number in range(1, lists + 1):
        first = (number - 1) * per_page + 1
        shown = range(first, min(first + per_page, articles + 1))
        items = "".join(
            f"<li><h2><a href=/post/{one}.html>{title_of(one)}</a></h2>"
            f"<p>{prose(one)[:60]}</p></li>"
            for one in shown
        )
        pager = "".join(f"<a href=/list/{n}/>{n}</a>" for n in range(2, lists + 1))
        replies["/" if number == 1 else f"/list/{number}/"] = page(
            "法律随笔", f"<h1>法律随笔</h1><ul>{items}</ul><div class=pager>{pager}</div>"
        )
    for one in range(1, articles + 1):
        url = f"/post/{one}.html"
        beside = "".join(
            f"<a href=/post/{near}.html>{title_of(near)}</a>"
            for near in (one - 1, one + 1)
            if 1 <= near <= articles
        )
        replies[url] = page(
            f"{title_of(one)} - 法律随笔",
            f"<h1>{title_of(one)}</h1><div class=info>发布时间：2026-05-{one % 28 + 1:02d}</div>"
            f"<div class=content><p>{prose(one)}</p><p>{prose(one + 1)}</p></div>{beside}",
            head=f'<link rel="canonical" href="{url}">',
        )
    return replies


def title_of(number: int) -> str:
    return f"第{number}号来信：房屋租赁到期后押金应当如何退还"


def prose(number: int) -> str:
    return (
        f"来信人{number}在租期届满后向房东索要押金，房东以墙面磨损为由拒绝。正常使用造成的损耗不属于违约，"
        f"承租人可以要求返还全部押金；双方协商{number}次仍不能达成一致的，可以向人民法院提起诉讼，"
        "并准备好合同、付款凭证和交接时的照片。"
    )
