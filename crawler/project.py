"""A user's folder as a value: its sources and settings, and where everything in it lies.

`crawler.sources` reads it from `fatiao.toml`.
"""

from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from crawler.archive import ArchivePlace
from crawler.bucket import Bucket
from crawler.frontier.place import Dsn, Place
from crawler.lake import Lake
from crawler.url_rules import NO_RULES, UrlRules


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One site to crawl.  Only `name` and `start` have to be given."""

    name: str  # [a-z0-9][a-z0-9_-]{0,39}
    start: tuple[str, ...]  # absolute http(s) URLs
    enabled: bool = True
    delay: float = 3.0  # seconds between two requests to one host
    include: tuple[str, ...] = ()  # regexes searched in the URL; empty: the start URLs' hosts
    exclude: tuple[str, ...] = ()  # regexes searched in the URL; stronger than `include`
    since: date | None = None  # articles older than this are not wanted
    max_articles: int = 20_000
    allow_private: bool = False  # may dial addresses that are not global (loopback, LAN)
    fetched_at: str = "clock"  # "date-header": the response's Date is the time of fetching
    urls: UrlRules = NO_RULES  # how the site spells its URLs


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A user's folder: its `fatiao.toml`, and where everything else lies in it."""

    file: Path
    folder: Path
    contact: str = ""  # mail address or URL for site owners
    run_for: float = 2700.0  # seconds
    keep_snapshots: int = 3
    publish_text: bool = True  # [publish] text: the articles' texts are published
    publish_masked: bool = True  # [publish] mask: people's numbers and addresses are not
    search_index: bool = False  # [publish] search_index: what is published has one
    database: Dsn | None = None  # a Postgres that several machines share, for the frontier
    bucket: Bucket | None = None  # a store that several machines share, for the archive
    lake: Lake | None = None  # [publish] warehouse: where it is published, instead of in a file
    memory: str | None = None  # DuckDB's, of a build or a publication, as "2GB"; None: its default
    webhook: str = ""  # URL that is told when a source's trouble begins and ends
    sources: tuple[Source, ...] = ()

    @property
    def user_agent(self) -> str:
        """How we name ourselves to the sites, with a way to reach the user."""
        return f"fatiao/{_short_version()} (+{self.contact})"

    @property
    def frontier(self) -> Place:
        """URLs, hosts, leases, runs."""
        return self.database or self.frontier_file

    @property
    def frontier_file(self) -> Path:
        """The frontier of a folder that shares none."""
        return self.folder / "data" / "frontier.sqlite"

    @property
    def data(self) -> Path:
        """The folder of what is kept."""
        return self.folder / "data"

    @property
    def archive(self) -> ArchivePlace:
        """Where the WARC files are."""
        return self.bucket or self.archive_folder

    @property
    def archive_folder(self) -> Path:
        """The folder of the WARC files, of a project that has them in no store."""
        return self.folder / "data" / "archive"

    @property
    def warehouse(self) -> Path:
        """The private DuckDB file; only the build opens it."""
        return self.folder / "data" / "warehouse.duckdb"

    @property
    def statutes(self) -> Path:
        """The folder of imported statute texts."""
        return self.folder / "data" / "statutes"

    @property
    def templates(self) -> Path:
        """The folder of learned page templates."""
        return self.folder / "data" / "templates"

    @property
    def parts(self) -> Path:
        """The folder of pages that were worked on ahead of a build."""
        return self.folder / "data" / "parts"

    @property
    def log(self) -> Path:
        """The folder of log files."""
        return self.folder / "data" / "log"

    @property
    def lock(self) -> Path:
        """The file whose lock the one running fatiao holds."""
        return self.folder / "data" / "fatiao.lock"

    @property
    def snapshots(self) -> Path:
        """The folder of published snapshots, one folder a run."""
        return self.folder / "snapshots"

    @property
    def public(self) -> Path:
        """The symbolic link to the snapshot that analysts open."""
        return self.folder / "public"

    @property
    def overrides(self) -> Path:
        """The analyst's corrections."""
        return self.folder / "overrides.csv"


def _short_version() -> str:
    try:
        return ".".join(version("fatiao").split(".")[:2])
    except PackageNotFoundError:  # a checkout that was never installed
        return "0"
