"""A first crawl that is longer than one run: what an hourly cron line meets on its first day."""

import re
from pathlib import Path

from tests.crawler.site import blog, pages, serve
from tests.warehouse.commands import fatiao, write_config

ARTICLES = 80
MOST_RUNS = 8  # of twenty seconds; three do on a quiet machine


def articles_in(folder: Path) -> int:
    asked = fatiao(folder, "sql", "--csv", "SELECT count(*) FROM articles")
    assert asked.returncode == 0, asked.stderr
    return int(asked.stdout.split()[-1])


def test_each_run_publishes_what_there_is_and_says_what_remains(tmp_path: Path) -> None:
    counts, told, remained = [0], "", []
    with serve(pages(blog(ARTICLES))) as site:
        start = f'start = "{site.url}/"\nallow_private = true\ndelay = 0.5'
        write_config(tmp_path, f'name = "letters"\n{start}')
        while counts[-1] < ARTICLES and len(counts) <= MOST_RUNS:
            done = fatiao(tmp_path, "run", "--for", "20s")
            assert done.returncode in {0, 10}, done.stdout + done.stderr
            if found := re.search(r"letters: (\d+) pages remain .*", done.stdout):
                remained.append(int(found[1]))
                told = found[0]
            counts.append(articles_in(tmp_path))
        asked = site.counts()
    assert counts[-1] == ARTICLES
    assert counts == sorted(counts)
    assert len(set(counts)) > 2, "published before all was read"
    assert re.search(r"as far as known, 1 min of crawling, (?:one|\d+) more runs? like", told)
    assert remained[-1] < remained[0]
    again = {path: times for path, times in asked.items() if times > 1 and "/post/" in path}
    assert again == {}, "no article is asked for twice"
