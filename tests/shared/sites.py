"""Crawl the two recorded sites from their start URL alone and compare with the gold.

    python -m tests.shared.sites

Prints article recall, pages asked for per article, text F1, date accuracy, the precision and
recall of "this page is an article", and the reposts found across the two sites.
"""

import json
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import duckdb

from tests.shared.figures import is_date_right, table, trigram_f1
from tests.shared.places import load_script, shared

SITES: Final = ("zblog-tpure", "hexo-gbk")


@dataclass(frozen=True)
class SiteFigures:
    """What a crawl of one recorded site came to; shares are from 0 to 1."""

    name: str
    articles: int
    recall: float
    requests: int
    text_f1: float
    dates: float
    titles: float
    categories: float
    kind_precision: float
    kind_recall: float

    @property
    def pages_each(self) -> float:
        """Requests per article found."""
        return self.requests / max(1, round(self.recall * self.articles))


@dataclass(frozen=True)
class Outcome:
    """The figures of both sites, and the pairs of reposts that cross them."""

    sites: tuple[SiteFigures, ...]
    pairs_found: int
    pairs_wrong: int
    pairs_gold: int
    seconds: float


@contextmanager
def replayed(name: str) -> Generator[tuple[str, Counter[str]]]:
    """Serve a recording on a free port; give its base URL and a count of requests by path.

    The pages' links are absolute and name the recorded port, so they are rewritten.
    """
    replay = load_script("sites/replay.py")
    responses = replay.load(shared(f"sites/{name}.warc.gz"))
    recorded = f"127.0.0.1:{replay.recorded_port(responses)}"
    requests: Counter[str] = Counter()
    moved: dict[str, Any] = {}

    class Counting(replay.handler_for(moved)):  # type: ignore[misc] # made at run time
        def do_GET(self) -> None:  # noqa: N802 - http.server's name
            requests[self.path] += 1
            super().do_GET()

    with replay.Server(("127.0.0.1", 0), Counting) as server:
        here = f"127.0.0.1:{server.server_port}"
        moved.update({key: _moved(one, recorded, here) for key, one in responses.items()})
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://{here}/", requests
        server.shutdown()


def _moved(response: Any, old: str, new: str) -> Any:
    return response._replace(
        headers=[(key, value.replace(old, new)) for key, value in response.headers],
        body=response.body.replace(old.encode(), new.encode()),
    )


def crawl_and_compare(folder: Path) -> Outcome:
    """Run the main job on both recorded sites in `folder` and return the figures."""
    with ExitStack() as stack:
        served = {name: stack.enter_context(replayed(name)) for name in SITES}
        write_config(folder, {name: url for name, (url, _) in served.items()})
        started = datetime.now().astimezone()
        run_fatiao(folder, "run", "--for", "20m")
        seconds = (datetime.now().astimezone() - started).total_seconds()
        requests = {name: count.total() for name, (_, count) in served.items()}
    with duckdb.connect(str(folder / "public" / "fatiao.duckdb"), read_only=True) as db:
        gold = {name: list(_gold(name)) for name in SITES}
        sites = tuple(_figures(db, name, gold[name], requests[name]) for name in SITES)
        found, wrong = _cross_pairs(db), _gold_pairs(gold)
    return Outcome(
        sites=sites,
        pairs_found=len(found & wrong),
        pairs_wrong=len(found - wrong),
        pairs_gold=len(wrong),
        seconds=seconds,
    )


def write_config(folder: Path, sites: dict[str, str]) -> None:
    """Write a fatiao.toml for sites on loopback whose Date header is the time of fetching."""
    lines = ['[fatiao]\ncontact = "mailto:tests@fatiao.example"\n']
    lines += [
        f'[[source]]\nname = "{name}"\nstart = "{url}"\ndelay = 0\nallow_private = true\n'
        'fetched_at = "date-header"\n'
        for name, url in sites.items()
    ]
    (folder / "fatiao.toml").write_text("\n".join(lines), encoding="utf-8")


def run_fatiao(folder: Path, *arguments: str) -> None:
    """Run the command line in `folder`; its output goes to standard error.

    Degraded (code 10) is fine: recordings lack many of the pages that they link to.
    """
    command = [sys.executable, "-m", "warehouse.cli", "--folder", str(folder), *arguments]
    code = subprocess.run(command, check=False, stdout=sys.stderr).returncode
    if code not in {0, 10}:
        raise RuntimeError(f"fatiao ended with code {code}")


def _gold(name: str) -> Iterator[dict[str, Any]]:
    with shared(f"sites/{name}.gold.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _figures(
    db: duckdb.DuckDBPyConnection, name: str, gold: list[dict[str, Any]], requests: int
) -> SiteFigures:
    rows = db.execute(
        "SELECT url, title, category, text, published_on FROM articles WHERE source = ?",
        [name],
    ).fetchall()
    found = {_path(url): rest for url, *rest in rows}
    both = [(g, found[_path(g["url"])]) for g in gold if _path(g["url"]) in found]
    articles = {_path(g["url"]) for g in gold} | _welcome(found)
    dates = [
        is_date_right(
            on,
            datetime.fromisoformat(g["date"]),
            g["date_shown"],
            g["date_shown_precision"],
        )
        for g, (_, _, _, on) in both
    ]
    return SiteFigures(
        name=name,
        articles=len(gold),
        recall=len(both) / len(gold),
        requests=requests,
        text_f1=_mean([trigram_f1(text, g["text"]) for g, (_, _, text, _) in both]),
        dates=sum(dates) / len(gold),
        titles=_mean([title == g["title"] for g, (title, *_) in both]),
        categories=_mean([one[1] == g["category"] for g, one in both]),
        kind_precision=len(set(found) & articles) / max(1, len(found)),
        kind_recall=len(set(found) & articles) / len(articles),
    )


def _welcome(found: dict[str, Any]) -> set[str]:
    """Z-Blog's own first post is an article, though the gold leaves it out."""
    return {path for path, (title, *_) in found.items() if "Z-Blog" in title}


def _cross_pairs(db: duckdb.DuckDBPyConnection) -> set[frozenset[str]]:
    rows = db.execute(
        "SELECT cluster_id, source, url FROM articles WHERE cluster_id IN ("
        "SELECT cluster_id FROM articles GROUP BY ALL HAVING count(DISTINCT source) > 1)"
    ).fetchall()
    return {
        frozenset((_path(a), _path(b)))
        for (one, source, a), (other, another, b) in combinations(rows, 2)
        if one == other and source != another
    }


def _gold_pairs(gold: dict[str, list[dict[str, Any]]]) -> set[frozenset[str]]:
    first, second = gold.values()
    return {
        frozenset((_path(a["url"]), _path(b["url"])))
        for a in first
        for b in second
        if a["cluster"] == b["cluster"]
    }


def _path(url: str) -> str:
    return urlsplit(url).path


def _mean(values: list[Any]) -> float:
    return sum(values) / len(values) if values else 0.0


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory(prefix="fatiao-sites-") as folder:
        outcome = crawl_and_compare(Path(folder))
    heading = (
        "site", "articles", "recall", "requests", "per article", "text F1", "dates", "titles",
        "categories", "kind P", "kind R",
    )  # fmt: skip
    rows = [
        (
            s.name, s.articles, s.recall, s.requests, s.pages_each, s.text_f1, s.dates, s.titles,
            s.categories, s.kind_precision, s.kind_recall,
        )
        for s in outcome.sites
    ]  # fmt: skip
    print(table([heading, *rows]))
    print(
        f"reposts across the two sites: {outcome.pairs_found} of {outcome.pairs_gold} found,"
        f" {outcome.pairs_wrong} wrong; {outcome.seconds:.0f} s in all"
    )


if __name__ == "__main__":
    main()
