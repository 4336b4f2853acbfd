"""Crawl the five seed pages, served on loopback, and compare with what is expected of each.

    python -m tests.shared.seeds

The pages are served by stand-ins of their hosts: every link is rewritten to a loopback port, and
the Date header is the time of fetching that `sites.json` gives.  Done twice: without statute
texts, and with those of ../shared imported before the run.
"""

import json
import sys
import tempfile
import threading
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import duckdb

from tests.shared.figures import line_f1, table
from tests.shared.places import shared
from tests.shared.sites import run_fatiao, write_config

LINE_F1: Final = 0.98  # the target for each page's body
# Verdicts that need the statutes' texts.
NEEDS_TEXT: Final = frozenset({"wrong_article"})


@dataclass(frozen=True)
class SeedResult:
    """What came out of one seed page, against what is expected."""

    seed: str
    wrong_fields: tuple[str, ...]  # of title, author, category, date
    line_f1: float
    leaks: tuple[str, ...]  # lines of widgets that came out
    citations: int  # found with the right law and numbers
    citations_expected: int
    extra: tuple[str, ...]  # citations that are none
    wrong_verdicts: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        """Whether all that can be asked of this version holds."""
        return (
            not (self.wrong_fields or self.leaks or self.extra or self.wrong_verdicts)
            and self.line_f1 >= LINE_F1
            and self.citations == self.citations_expected
        )


@contextmanager
def served_hosts() -> Generator[dict[str, str]]:
    """Serve each host of `sites.json` on a port of loopback; give its base URL by host."""
    sites = json.loads(shared("seeds/sites.json").read_text(encoding="utf-8"))
    with ExitStack() as stack:
        servers = {
            host: stack.enter_context(ThreadingHTTPServer(("127.0.0.1", 0), _Pages))
            for host in sites
        }
        bases = {host: f"http://127.0.0.1:{one.server_port}" for host, one in servers.items()}
        for host, server in servers.items():
            _PAGES[server.server_port] = _answers(sites[host]["pages"], bases)
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield {host: bases[host] + sites[host]["start"] for host in sites}
        for server in servers.values():
            server.shutdown()


_PAGES: Final[dict[int, dict[str, tuple[bytes, str]]]] = {}  # port -> path -> body, Date


class _Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, ThreadingHTTPServer)
        body, date = _PAGES[self.server.server_port].get(self.path, (b"", ""))
        self.send_response_only(200 if body else 404)
        self.send_header("Date", date or self.date_time_string())
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
        del format, args


def _answers(pages: dict[str, Any], bases: dict[str, str]) -> dict[str, tuple[bytes, str]]:
    answers = {}
    for path, page in pages.items():
        html = shared(f"seeds/{page['file']}").read_text(encoding="utf-8")
        for host, base in bases.items():
            html = html.replace(f"https://{host}", base)
        fetched = datetime.fromisoformat(page["fetched_at"])
        answers[path] = (html.encode("utf-8"), format_datetime(fetched))
    return answers


def crawl_and_compare(folder: Path, *texts: Path) -> list[SeedResult]:
    """Import `texts`, run the main job on the seeds' hosts in `folder`, return the comparison."""
    with served_hosts() as starts:
        names = {host: f"site{number}" for number, host in enumerate(starts)}
        write_config(folder, {names[host]: start for host, start in starts.items()})
        for path in texts:
            run_fatiao(folder, "statutes", "import", str(path))
        run_fatiao(folder, "run", "--for", "5m")
    exempt = frozenset() if texts else NEEDS_TEXT
    with duckdb.connect(str(folder / "public" / "fatiao.duckdb"), read_only=True) as db:
        lines = shared("seeds/expected.jsonl").read_text(encoding="utf-8").splitlines()
        return [_compare(db, names, json.loads(line), exempt) for line in lines]


def _compare(
    db: duckdb.DuckDBPyConnection,
    names: dict[str, str],
    expected: dict[str, Any],
    exempt: frozenset[str],
) -> SeedResult:
    rows = db.execute(
        "SELECT article_id, url, title, author, category, published_on::VARCHAR, text"
        " FROM articles WHERE source = ?",
        [names[expected["host"]]],
    ).fetchall()
    ours = next((row for row in rows if urlsplit(row[1]).path == expected["path"]), None)
    wanted = expected["citations"]
    if ours is None:
        return SeedResult(expected["id"], ("missing",), 0.0, (), 0, len(wanted), (), ())
    article_id, _, *fields, text = ours
    published = expected["published_at"]
    want = (
        expected["title"],
        expected["author"],
        expected["category"],
        published["date"] if published else None,
    )
    found = db.execute(
        "SELECT c.raw_text, c.law_title, c.article_no, c.article_suffix, c.paragraph_no, c.item_no,"
        " c.document_number, c.verdict FROM core.citation c WHERE c.article_id = ?"
        " ORDER BY c.start_char",
        [article_id],
    ).fetchall()
    by_key = {tuple(row[:7]): row[7] for row in found}
    keys = {_key(one): one for one in wanted}
    return SeedResult(
        seed=expected["id"],
        wrong_fields=tuple(
            f"{name} {got!r}"
            for name, got, right in zip(
                ("title", "author", "category", "date"), fields, want, strict=True
            )
            if got != right
        ),
        line_f1=line_f1(text, expected["text"], expected["optional_lines"]),
        leaks=tuple(one for one in expected["must_not_contain"] if one in text),
        citations=len(set(by_key) & set(keys)),
        citations_expected=len(keys),
        extra=tuple(key[0] for key in by_key if key not in keys),
        wrong_verdicts=tuple(
            f"{key[0]}: {by_key[key]}"
            for key, one in keys.items()
            if key in by_key
            and one["verdict"] not in exempt
            and by_key[key] not in (one["verdict"], *one["also_acceptable"])
        ),
    )


def _key(citation: dict[str, Any]) -> tuple[Any, ...]:
    names = ("text", "canonical", "article", "suffix", "paragraph", "item", "doc_number")
    return tuple(citation[name] for name in names)


def main() -> None:
    """Print the tables; the exit code says whether all is as expected."""
    everything = True
    for words, texts in (("without", ()), ("with", (shared("statutes/texts.tar.gz"),))):
        with tempfile.TemporaryDirectory(prefix="fatiao-seeds-") as folder:
            results = crawl_and_compare(Path(folder), *texts)
        print(f"\n{words} statute texts\n{_table(results)}")
        everything &= all(one.is_right for one in results)
    sys.exit(not everything)


def _table(results: list[SeedResult]) -> str:
    heading = ("seed", "wrong fields", "line F1", "leaks", "citations", "extra", "wrong verdicts")
    rows = [
        (
            one.seed,
            "; ".join(one.wrong_fields) or "-",
            one.line_f1,
            "; ".join(one.leaks) or "-",
            f"{one.citations}/{one.citations_expected}",
            "; ".join(one.extra) or "-",
            "; ".join(one.wrong_verdicts) or "-",
        )
        for one in results
    ]
    return table([heading, *rows])


if __name__ == "__main__":
    main()
