"""What becomes of pages over time: imported from WARC files of our own making, then built."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import duckdb
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.importer import import_warc
from crawler.sources import load_project
from tests.warehouse.commands import environment, fatiao, write_config
from warehouse.build import build

SITE = "https://lawsite.example"
START = datetime(2025, 3, 1, 4, tzinfo=UTC)
FIRST = "借条上没有写还款日期的，出借人可以随时要求归还，依据是《民法典》第六百七十五条。"
SECOND = "借条上没有写还款日期的，出借人仍要给对方合理的准备时间，见《民法典》第六百七十五条。"
FILLER = (
    "打官司之前，先把借条、转账记录和聊天记录整理好，按时间顺序排列，每一份都注明想证明什么。"
    "对方承认欠款的话最有用，录音要保留原始文件，不要剪辑，也不要只留文字稿。"
)


@dataclass(frozen=True)
class Response:
    """One response to put into a WARC file."""

    path: str
    body: str
    days: int = 0  # after START
    status: str = "200 OK"


def page(title: str, *paragraphs: str) -> str:
    lines = "".join(f"<p>{one}</p>" for one in paragraphs)
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title} - 城南法律网</title>'
        f'</head><body><div class="nav"><a href="/">首页</a></div><h1>{title}</h1>'
        f'<div class="info">作者：李文 发布时间：2025-02-18 10:20</div>'
        f'<div class="body">{lines}</div></body></html>'
    )


def article(path: str, first: str, days: int = 0) -> Response:
    return Response(path, page("借条没写还款日期怎么办", first, FILLER, FILLER[::-1]), days)


def write_warc(file: Path, *responses: Response) -> Path:
    with file.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for one in responses:
            headers = StatusAndHeaders(
                one.status, [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1"
            )
            when = (START + timedelta(days=one.days)).strftime("%Y-%m-%dT%H:%M:%SZ")
            record = writer.create_warc_record(
                SITE + one.path,
                "response",
                payload=BytesIO(one.body.encode()),
                http_headers=headers,
                warc_headers_dict={"WARC-Date": when},
            )
            writer.write_record(record)
            record.raw_stream.close()  # warcio keeps a temporary file open there
    return file


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_config(tmp_path, f'name = "lawsite"\nstart = "{SITE}/"\nenabled = false')
    return tmp_path


def take(project: Path, *responses: Response) -> None:
    """Import the responses and build."""
    loaded = load_project(project / "fatiao.toml")
    imported = import_warc(loaded, write_warc(project / "pages.warc.gz", *responses), None)
    assert imported.problem is None
    now = datetime.now(UTC)
    build(loaded, now=now, is_time_up=lambda: False, progress=lambda _done, _all: None)


def ask(project: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect() as db:
        db.execute(f"ATTACH '{project}/data/warehouse.duckdb' AS fatiao (READ_ONLY)")
        db.execute("USE fatiao")
        return db.execute(sql).fetchall()


VERSIONS = "SELECT version_no, is_current, char_change FROM versions ORDER BY version_no"


def test_a_changed_text_is_a_new_version_with_its_own_citations(project: Path) -> None:
    take(project, article("/a/1.html", FIRST), article("/a/1.html", SECOND, days=9))
    change = len(SECOND) - len(FIRST)
    assert ask(project, VERSIONS) == [(1, False, None), (2, True, change)]
    assert ask(project, "SELECT count(*) FROM core.citation") == [(2,)]
    assert ask(project, "SELECT count(*) FROM citations") == [(1,)]


SPANS = "SELECT text LIKE '%随时%', valid_from::DATE::VARCHAR FROM versions ORDER BY version_no"
TO_AND_FRO = [(True, "2025-03-01"), (False, "2025-03-10"), (True, "2025-03-21")]


def test_a_text_that_comes_back_is_a_version_of_its_own(project: Path) -> None:
    take(project, article("/a/1.html", FIRST), article("/a/1.html", SECOND, days=9))
    take(project, article("/a/1.html", FIRST, days=20))
    assert ask(project, SPANS) == TO_AND_FRO
    assert ask(project, "SELECT count(*) FROM core.citation") == [(3,)]
    assert fatiao(project, "publish").returncode == 0


def test_pages_that_come_out_of_their_order_are_put_in_it(project: Path) -> None:
    take(project, article("/a/1.html", FIRST, days=20))
    take(project, article("/a/1.html", FIRST), article("/a/1.html", SECOND, days=9))
    assert ask(project, SPANS) == TO_AND_FRO
    assert ask(project, "SELECT version_no, is_current FROM versions WHERE is_current") == [
        (3, True)
    ]
    assert fatiao(project, "publish").returncode == 0


def test_an_older_page_with_the_same_text_only_makes_it_older(project: Path) -> None:
    take(project, article("/a/1.html", FIRST, days=20))
    take(project, article("/a/1.html", FIRST))
    assert ask(project, SPANS) == [(True, "2025-03-01")]
    first = "SELECT first_fetched_at::DATE::VARCHAR, last_fetched_at::DATE::VARCHAR"
    assert ask(project, f"{first} FROM core.article") == [("2025-03-01", "2025-03-21")]
    assert fatiao(project, "publish").returncode == 0


def test_markup_that_changes_around_the_same_text_is_no_change(project: Path) -> None:
    same = page("借条没写还款日期怎么办", FIRST, FILLER, FILLER[::-1]).replace(
        '<div class="nav">', '<div class="menu"><a href="/vip/">会员</a>'
    )
    take(project, article("/a/1.html", FIRST), Response("/a/1.html", same, days=5))
    assert ask(project, "SELECT count(*) FROM versions") == [(1,)]
    ((days,),) = ask(
        project, "SELECT datediff('day', first_fetched_at, last_fetched_at) FROM core.article"
    )
    assert days == 5


def test_a_page_that_is_gone_stays_with_the_day_it_went(project: Path) -> None:
    take(project, article("/a/1.html", FIRST))
    take(project, Response("/a/1.html", "", days=30, status="404 Not Found"))
    ((gone,),) = ask(project, "SELECT gone_at::DATE::VARCHAR FROM core.article")
    assert gone == "2025-03-31"


def test_a_page_without_an_article_is_a_row_with_a_reason(project: Path) -> None:
    shell = '<html><head><title>x</title><script src="/app.js"></script></head><body>'
    take(project, Response("/a/2.html", shell + '<div id="app"></div></body></html>'))
    ((reason, detail),) = ask(project, "SELECT reason, detail FROM rejections")
    assert reason
    assert detail


def test_importing_the_same_file_again_changes_nothing(project: Path) -> None:
    take(project, article("/a/1.html", FIRST))
    done = fatiao(project, "import", "pages.warc.gz")
    assert "0 of 1 responses imported; 1 were there already" in done.stdout


def test_a_truncated_warc_gives_what_is_whole_and_says_where_it_ends(project: Path) -> None:
    file = write_warc(
        project / "pages.warc.gz", *(article(f"/a/{n}.html", f"{n}、{FIRST}") for n in range(5))
    )
    os.truncate(file, file.stat().st_size - 40)
    done = fatiao(project, "import", "pages.warc.gz")
    assert done.returncode == 65
    assert "4 of 4 responses imported" in done.stdout
    assert "pages.warc.gz" in done.stderr
    assert fatiao(project, "build").returncode == 0
    assert ask(project, "SELECT count(*) FROM articles") == [(4,)]


def test_a_build_killed_anywhere_is_taken_up_by_the_next(project: Path) -> None:
    write_warc(
        project / "pages.warc.gz", *(article(f"/a/{n}.html", f"{n}、{FIRST}") for n in range(60))
    )
    assert fatiao(project, "import", "pages.warc.gz").returncode == 0
    command = [sys.executable, "-m", "warehouse.cli", "build"]
    for seconds in (0.5, 0.9, 1.3, 1.7):
        build = subprocess.Popen(command, cwd=project, env=environment(), stdout=subprocess.DEVNULL)
        time.sleep(seconds)
        build.send_signal(signal.SIGKILL)
        build.wait()
    done = fatiao(project, "build")
    assert done.returncode == 0, done.stdout + done.stderr
    assert ask(project, "SELECT count(*), count(DISTINCT article_id) FROM articles") == [(60, 60)]
    assert ask(project, "SELECT count(*) FROM core.citation") == [(60,)]
    assert fatiao(project, "publish").returncode == 0
