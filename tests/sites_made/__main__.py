"""Set up real sites, crawl each with `fatiao run`, and count what it asked for.

    python -m tests.sites_made [wordpress] [hexo]

Two hundred posts on Debian's WordPress and on Hexo from npm, both behind an nginx that compresses.
Prints how many articles the first run found and with how many requests each, by kind of page; then
all times in the frontier are set back by ten hours, so that listings are due, and the second
run's requests are printed.  A site whose software is absent is left out, with the line to install
it.
"""

import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from types import ModuleType
from typing import Final
from urllib.parse import urlsplit

from tests.shared.sites import run_fatiao, write_config
from tests.sites_made import hexo, wordpress
from tests.sites_made.kinds import kinds_asked
from tests.sites_made.nginx import Site
from tests.sites_made.posts import Post, posts

POSTS: Final = 200
LATER: Final = 10 * 3600.0  # seconds; a listing without news comes back after nine hours
SITES: Final = {"wordpress": wordpress, "hexo": hexo}


def main(names: list[str]) -> None:
    made = list(posts(POSTS))
    for name in names or SITES:
        module = SITES[name]
        absent = [need for need in module.NEEDS if shutil.which(need) is None
                  and not Path(need).is_file()]  # fmt: skip
        if absent:
            print(f"{name}: skipped, {', '.join(absent)} absent; {module.TOLD}")
            continue
        with tempfile.TemporaryDirectory(prefix=f"fatiao-{name}-") as scratch:
            _measure(name, module, Path(scratch), made)


def _measure(name: str, module: ModuleType, scratch: Path, made: list[Post]) -> None:
    folder, place = scratch / "fatiao", scratch / "site"
    folder.mkdir()
    with module.site(place, made) as site:
        write_config(folder, {name: f"{site.url}/"})
        run_fatiao(folder, "run", "--for", "20m")
        first = site.asked()
        articles = module.article_paths(place)
        found = {path for path in articles if (200, path) in first}
        print(f"{name}: {len(found)} of {len(articles)} articles, {len(first)} requests,"
              f" {len(first) / max(1, len(found)):.2f} each")  # fmt: skip
        for kind, count in kinds_asked(folder).items():
            print(f"  {count:4} {kind}")
        _let_pass(folder / "data" / "frontier.sqlite", LATER)
        run_fatiao(folder, "run", "--for", "20m")
        _print_second(site, len(first), articles)


def _print_second(site: Site, before: int, articles: set[str]) -> None:
    asked = site.asked()[before:]
    again = [target for _, target in asked if urlsplit(target).path in articles]
    targets = [target for _, target in asked]
    print(f"  ten hours later: {len(asked)} requests, {len(again)} of articles,"
          f" {len(targets) - len(set(targets))} asked twice,"
          f" {sum(status == 304 for status, _ in asked)} answered 304")  # fmt: skip
    for status, target in asked:
        print(f"    {status} {target}")


def _let_pass(frontier: Path, seconds: float) -> None:
    """Set every time in the frontier back, as if `seconds` had passed."""
    columns = {
        "url": ("due_at", "found_at", "fetched_at"),
        "host": ("last_request", "retry_at"),
        "robots": ("fetched_at", "expires_at"),
        "run": ("started_at", "finished_at"),
        "fetch": ("fetched_at",),
    }
    with closing(sqlite3.connect(frontier)) as connection, connection:
        for table, names in columns.items():
            change = ", ".join(f"{name} = {name} - :seconds" for name in names)
            connection.execute(f"UPDATE {table} SET {change}", {"seconds": seconds})  # noqa: S608 - constants


if __name__ == "__main__":
    main(sys.argv[1:])
