"""Scrapy's settings: the hard limits, and everything off that a polite crawler does not need.

The limits are those of research/crawl.md §2a.10 and §3, where the default's damage was measured.
What differs from source to source (delay, contact, private addresses) goes with each request.
"""

from typing import Any, Final

BOT_NAME: Final = "fatiao"
SPIDER_MODULES: Final = ["crawler.spider"]
ADDONS: Final[dict[str, int]] = {}
TWISTED_REACTOR: Final = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
FORCE_CRAWLER_PROCESS: Final = True  # as crawler.run does it

# Ours: the queue, the rules of robots.txt, the guard at the socket.
SCHEDULER: Final = "crawler.frontier.scrapy_scheduler.FrontierScheduler"
ROBOTSTXT_OBEY: Final = True
# Scrapy's default knows IPv4 alone: a site with only an IPv6 address would not be found.
TWISTED_DNS_RESOLVER: Final = "scrapy.resolver.CachingHostnameResolver"
DOWNLOAD_HANDLERS: Final[dict[str, str | None]] = {
    "http": "crawler.guard.GuardedHandler",
    "https": "crawler.guard.GuardedHandler",
    "data": None,
    "file": None,  # file://allowed.host/etc/... would read the local file (S4)
    "ftp": None,
    "s3": None,
}
DOWNLOADER_MIDDLEWARES: Final[dict[str, int | None]] = {
    "crawler.robots_middleware.RobotsMiddleware": 100,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # crawler.urls.in_scope
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,  # crawler.frontier.schedule
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,  # crawler.visit
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": None,
    "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": None,
}
SPIDER_MIDDLEWARES: Final[dict[str, int | None]] = {
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
}
EXTENSIONS: Final[dict[str, int | None]] = {
    "scrapy.extensions.memusage.MemoryUsage": None,
    "crawler.memory.MemoryNow": 0,  # in its place
    "scrapy.extensions.feedexport.FeedExporter": None,
    "scrapy.extensions.spiderstate.SpiderState": None,
    "scrapy.extensions.closespider.CloseSpider": None,
    "scrapy.extensions.throttle.AutoThrottle": None,
    "scrapy.extensions.memdebug.MemoryDebugger": None,
    "scrapy.extensions.telnet.TelnetConsole": None,
    "scrapy.extensions.remote_control.RemoteControl": None,
}

# Both are on by default and run Python for whoever can reach the local port.
TELNETCONSOLE_ENABLED: Final = False
REMOTE_CONTROL_ENABLED: Final = False

COOKIES_ENABLED: Final = False  # 3,000 Set-Cookie made a Cookie header of 3 MB (S10)
REDIRECT_ENABLED: Final = False
METAREFRESH_ENABLED: Final = False
RETRY_ENABLED: Final = False
HTTPPROXY_ENABLED: Final = False  # proxies of the environment are ignored
HTTPERROR_ALLOW_ALL: Final = True  # every answer is entered, 404 too
REFERER_ENABLED: Final = False

DOWNLOAD_MAXSIZE: Final = 8 << 20  # bytes, default 1 GiB: a bomb of 4.8 KB took 1.1 GB (S5)
DOWNLOAD_WARNSIZE: Final = 0
DOWNLOAD_TIMEOUT: Final = 30  # seconds, a total; default 180 (S7)
DOWNLOAD_FAIL_ON_DATALOSS: Final = True  # S20
# Many small sites have broken chains; what they publish is public, and nothing secret is sent.
DOWNLOAD_VERIFY_CERTIFICATES: Final = False
MEMUSAGE_LIMIT_MB: Final = 1536  # 200,000 header lines took 216 MB (S9); beyond is no crawl of ours
DEPTH_LIMIT: Final = 0  # crawler.frontier.schedule.MAX_DEPTH

CONCURRENT_ITEMS: Final = 1  # none are made; at 100 Scrapy starts 100 tasks a response
CONCURRENT_REQUESTS: Final = 64  # hosts at once; one request each
CONCURRENT_REQUESTS_PER_DOMAIN: Final = 1
DOWNLOAD_DELAY: Final = 0  # per source, in the downloader's slot
DOWNLOAD_DELAY_JITTER: Final = 0  # half the agreed delay would be impolite
DEFAULT_REQUEST_HEADERS: Final = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",  # default "en"
}
USER_AGENT: Final = "fatiao"  # with the contact: on each request, by crawler.spider

LOG_LEVEL: Final = "INFO"
LOGSTATS_INTERVAL: Final = 60.0
WARN_ON_GENERATOR_RETURN_VALUE: Final = False


def as_dict() -> dict[str, Any]:
    """Return all settings, for a crawl that is started from Python."""
    return {name: value for name, value in globals().items() if name.isupper()}
