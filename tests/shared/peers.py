"""Extraction beside its peers in one run: the development pages, with and without history.

    python -m tests.shared.peers [PEER ...]

Each peer is installed by pip into a folder of its own under .venv, once; one that cannot be
installed prints as such.  Pages a second are of CPU time, title and date included, learning not.

With history, a site's pages are divided in four: each quarter is read by the template that the
other three taught.  `five pages` is the same with a template from the first five pages of the site.
"""

import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from pipeline.article import Article, Page, Rejection, extract
from pipeline.template.apply import TemplateReader, was_read_by_template
from pipeline.template.learn import MIN_PAGES, learn
from tests.shared.extraction import SHARED, load_scorer
from tests.shared.figures import table
from tests.shared.peer_run import PEERS

REQUIRED: Final = {
    "readability-lxml": ("readability-lxml==0.9", "lxml-html-clean"),
    "goose3": ("goose3[chinese]==3.1.22",),
    "newspaper4k": ("newspaper4k[zh]==0.9.6",),
    "gne": ("gne==0.4.3",),
}
FOLDS: Final = 4
SECONDS: Final = 900
HEADING: Final = (
    "extractor", "pages", "P", "R", "F1", "line F1", "leak", "empty", "title", "date", "wrong",
    "pages/s",
)  # fmt: skip
_RUNNER: Final = Path(__file__).with_name("peer_run.py")
_FOLDER: Final = Path(sys.prefix) / "peers"
Predictions = dict[str, dict[str, Any]]


def main(names: Sequence[str]) -> int:
    """Print the table of each part; 1 where ../shared is absent."""
    if not SHARED.is_dir():
        print("../shared is absent", file=sys.stderr)
        return 1
    scorer = load_scorer()
    rows = scorer.load()
    pages = {row["id"]: _page(row) for row in rows}
    found: dict[str, Predictions] = {"fatiao": _timed(pages, lambda _id: extract)}
    found["fatiao, history"] = _with_history(rows, pages, _quarters)
    found["fatiao, five pages"] = _with_history(rows, pages, _five)
    for name in names or PEERS:
        if name in REQUIRED and not _is_installed(name):
            print(f"{name}: can't be installed here")
            continue
        found[name] = _of_peer(name, pages)
    for part, has in _parts(rows).items():
        lines = [_line(name, scorer, one, has) for name, one in found.items()]
        print(f"\n{part}\n{table([HEADING, *lines])}")
    return 0


def _parts(rows: Sequence[Mapping[str, Any]]) -> dict[str, Callable[[Any], bool]]:
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        counts[row["site"]] += 1
    large = [site for site, count in counts.items() if count > MIN_PAGES]
    parts: dict[str, Callable[[Any], bool]] = {"all": lambda _row: True}
    parts |= {f"site {site}": partial(_is_of, site) for site in large}
    return parts | {"sites with few pages": lambda row: row["site"] not in large}


def _is_of(site: str, row: Mapping[str, Any]) -> bool:
    return bool(row["site"] == site)


def _page(row: Mapping[str, Any]) -> Page:
    html = (SHARED / "extraction" / row["html"]).read_text(encoding="utf-8")
    return Page(html=html, url=row["url"])


Read = Callable[[Page], Article | Rejection]


def _timed(pages: Mapping[str, Page], reader: Callable[[str], Read]) -> Predictions:
    found: Predictions = {}
    for key, page in pages.items():
        read = reader(key)
        started = time.process_time()
        result = read(page)
        found[key] = _prediction(result) | {"sec": time.process_time() - started}
    return found


def _prediction(result: Article | Rejection) -> dict[str, Any]:
    if isinstance(result, Rejection):
        return {"text": "", "title": "", "date": ""}
    date = result.published.on.isoformat() if result.published else ""
    return {"text": result.text, "title": result.title, "date": date}


def _with_history(
    rows: Sequence[Mapping[str, Any]],
    pages: Mapping[str, Page],
    divide: Callable[[Sequence[str]], list[tuple[Sequence[str], Sequence[str]]]],
) -> Predictions:
    """Read each page by what other pages of its site taught; alone where that is nothing."""
    sites: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        sites[row["site"]].append(row["id"])
    readers: dict[str, Read] = {}
    for site, ids in sites.items():
        for taught, held in divide(ids) if len(ids) > MIN_PAGES else ():
            template = learn([pages[one] for one in taught], source=site)
            if template is not None:
                readers |= dict.fromkeys(held, TemplateReader(template).extract)
    found = _timed(pages, lambda key: readers.get(key, extract))
    used = sum(_is_by_template(readers[key](pages[key])) for key in readers)
    print(f"{divide.__name__.strip('_')}: {used} of {len(readers)} pages read by a template")
    return found


def _is_by_template(result: Article | Rejection) -> bool:
    return isinstance(result, Article) and was_read_by_template(result.extractor)


def _quarters(ids: Sequence[str]) -> list[tuple[Sequence[str], Sequence[str]]]:
    held = [ids[start::FOLDS] for start in range(FOLDS)]
    return [([one for one in ids if one not in part], part) for part in held]


def _five(ids: Sequence[str]) -> list[tuple[Sequence[str], Sequence[str]]]:
    return [(ids[:MIN_PAGES], ids[MIN_PAGES:])]


def _is_installed(name: str) -> bool:
    folder = _FOLDER / name
    if (folder / "ready").exists():
        return True
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--root-user-action=ignore", "--target", str(folder), *REQUIRED[name]]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
    except subprocess.SubprocessError as error:
        print(str(getattr(error, "stderr", b"") or error)[-300:], file=sys.stderr)
        return False
    (folder / "ready").touch()
    return True


def _of_peer(name: str, pages: Mapping[str, Page]) -> Predictions:
    lines = (
        json.dumps({"id": key, "html": page.html, "url": page.url}) for key, page in pages.items()
    )
    library = {"PYTHONPATH": str(_FOLDER / name)} if name in REQUIRED else {}
    done = subprocess.run(
        [sys.executable, str(_RUNNER), name],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        env=os.environ | library,
    )
    if done.returncode:
        print(f"{name}: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
    return {row["id"]: row for row in map(json.loads, done.stdout.splitlines())}


def _line(
    name: str, scorer: Any, found: Predictions, has: Callable[[Any], bool]
) -> tuple[object, ...]:
    figures = scorer.evaluate(found, has)[0]
    shown = [figures[key] for key in ("P", "R", "F", "LF", "leak", "empty")]
    told = [figures[key] for key in ("title", "date", "date_wrong")]
    cells = [f"{value:.3f}" if value is not None else "-" for value in (*shown, *told)]
    speed = f"{figures['pps']:.1f}" if figures["pps"] else "-"
    return name, figures["n"], *cells, speed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
