"""The command line as a user meets it: help, errors, exit codes."""

import gzip
import json
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.warehouse.commands import fatiao, write_config
from warehouse.cli.main import COMMANDS
from warehouse.cli.main import fatiao as cli


def test_help_names_every_command_and_the_exit_codes(tmp_path: Path) -> None:
    done = fatiao(tmp_path, "--help")
    assert done.returncode == 0
    for name in COMMANDS:
        assert f"  {name} " in done.stdout
    assert "75 locked" in done.stdout
    assert "\n  By cron:    fatiao run" in done.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    done = CliRunner().invoke(cli, [name, "--help"])
    assert done.exit_code == 0
    assert len(done.output.splitlines()) > 5


def test_without_a_config_it_says_how_to_write_one(tmp_path: Path) -> None:
    done = fatiao(tmp_path, "run")
    assert done.returncode == 78
    assert "fatiao init" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_config_is_named_by_line(tmp_path: Path) -> None:
    write_config(tmp_path, 'name = "a"\nstart = "https://law.example/"\ndelai = 3')
    done = fatiao(tmp_path, "status")
    assert done.returncode == 78
    assert "fatiao.toml:7" in done.stderr
    assert "delay" in done.stderr


def test_unreadable_toml_is_named_by_line(tmp_path: Path) -> None:
    (tmp_path / "fatiao.toml").write_text("[fatiao\ncontact = 1\n", encoding="utf-8")
    done = fatiao(tmp_path, "run")
    assert done.returncode == 78
    assert "fatiao.toml:1" in done.stderr


def test_an_unknown_source_is_a_usage_error_that_lists_the_known(tmp_path: Path) -> None:
    write_config(tmp_path, 'name = "a"\nstart = "https://law.example/"\nenabled = false')
    done = fatiao(tmp_path, "run", "--source", "b")
    assert done.returncode == 64
    assert "it has: a" in done.stderr


def test_an_unknown_option_is_a_usage_error(tmp_path: Path) -> None:
    assert fatiao(tmp_path, "run", "--fro", "5m").returncode == 64


def test_a_start_url_that_refuses_is_a_broken_source(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: connections are refused
        port = taken.getsockname()[1]
        start = f"http://127.0.0.1:{port}/"
        write_config(tmp_path, f'name = "a"\nstart = "{start}"\nallow_private = true\ndelay = 0')
        done = fatiao(tmp_path, "run", "--for", "20s")
    assert done.returncode == 20, done.stdout + done.stderr
    assert "a: unreachable" in done.stdout


def test_what_is_not_utf8_is_named_by_its_byte(tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_bytes("根据《民法典》".encode("gb18030"))
    done = fatiao(tmp_path, "cite", "text.txt")
    assert done.returncode == 65
    assert "byte 0 is not UTF-8" in done.stderr


def test_a_bad_line_is_named_and_the_lines_before_it_are_written(tmp_path: Path) -> None:
    good = json.dumps({"id": "1", "text": "依据《民法典》第五百七十七条。"}, ensure_ascii=False)
    (tmp_path / "texts.jsonl").write_text(f"{good}\nnot json\n", encoding="utf-8")
    done = fatiao(tmp_path, "cite", "texts.jsonl")
    assert done.returncode == 65
    assert "texts.jsonl:2" in done.stderr
    assert json.loads(done.stdout.splitlines()[0])["id"] == "1"


def test_cite_gives_one_object_a_row_also_from_gzip(tmp_path: Path) -> None:
    rows = [
        {"id": "then", "text": "《合同法》第一百零七条规定如此。", "as_of": "2019-05-01"},
        {"id": "now", "text": "《合同法》第一百零七条规定如此。", "as_of": "2024-05-01"},
    ]
    with gzip.open(tmp_path / "texts.jsonl.gz", "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(row) + "\n" for row in rows)
    done = fatiao(tmp_path, "cite", "texts.jsonl.gz")
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["id"] for one in found] == ["then", "now"]
    assert [one["citations"][0]["verdict"] for one in found] == ["in_force", "repealed"]
    assert [one["citations"][0]["verdict_today"] for one in found] == ["repealed", "repealed"]
    start, end = found[0]["citations"][0]["start"], found[0]["citations"][0]["end"]
    assert rows[0]["text"][start:end] == "《合同法》第一百零七条"


def test_a_day_that_is_none_costs_its_own_row_only(tmp_path: Path) -> None:
    text = "《合同法》第一百零七条规定如此。"
    days = ["2019-05-01", "昨天", "2019-13-01", "2024-05-01"]
    rows = [{"id": str(n), "text": text, "as_of": day} for n, day in enumerate(days)]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "texts.jsonl").write_text(lines, encoding="utf-8")
    done = fatiao(tmp_path, "cite", "texts.jsonl")
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [len(one["citations"]) for one in found] == [1, 0, 0, 1]
    assert "昨天" in found[1]["detail"]
    assert found[1]["rejected"] == "error"
    (tmp_path / "text.txt").write_text(text, encoding="utf-8")
    assert fatiao(tmp_path, "cite", "text.txt", "--as-of", "昨天").returncode == 65


def test_a_time_that_is_none_costs_its_own_row_only(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(PAGE.encode("gbk"))
    times = ["2025-10-21T07:12:34+08:00", "last week", {"year": 2025}, None]
    rows = [{"id": n, "html_path": "a.html", "fetched_at": time} for n, time in enumerate(times)]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "pages.jsonl").write_text(lines, encoding="utf-8")
    done = fatiao(tmp_path, "extract", "pages.jsonl")
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one.get("rejected") for one in found] == [None, "error", "error", None]
    assert "last week" in found[1]["detail"]
    assert fatiao(tmp_path, "extract", "a.html", "--fetched-at", "last week").returncode == 65


PAGE = """<!DOCTYPE html><html><head><meta charset="gbk">
<title>租房押金不退怎么办 - 城南法律网</title></head><body>
<div class="nav"><a href="/">首页</a><a href="/fang/">租房</a></div>
<h1>租房押金不退怎么办</h1><div class="info">作者：李文 发布时间：2025-03-18 10:20</div>
<div class="body">
<p>租期届满，房子完好，房东却以各种理由不退押金，这样的纠纷每年都有很多，处理并不难。</p>
<p>首先看合同怎么写。押金的用途、退还的时间和扣除的条件，合同里写明的，双方都应当照办。</p>
<p>其次要保留证据，包括转账记录、交房时的照片、聊天记录和水电结清的凭据。</p></div></body></html>"""


def test_extract_reads_one_page_and_many(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(PAGE.encode("gbk"))
    (tmp_path / "empty.html").write_bytes(b"")
    one = json.loads(fatiao(tmp_path, "extract", "page.html").stdout)
    assert one["title"] == "租房押金不退怎么办"
    assert one["published_at"] == "2025-03-18T10:20:00+08:00"
    rows = [
        {"id": "a", "html_path": "page.html", "site": "x"},
        {"id": "b", "html_path": "empty.html", "site": "x"},
        {"id": "c", "html_path": "missing.html"},
    ]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "pages.jsonl").write_text(lines, encoding="utf-8")
    done = fatiao(tmp_path, "extract", "pages.jsonl")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["id"] for one in found] == ["a", "b", "c"]
    assert found[0]["text"] == one["text"]
    assert found[1]["rejected"]
    assert "missing.html" in found[2]["detail"]


def test_dedup_groups_reposts(tmp_path: Path) -> None:
    base = "借条上没有写明还款日期的，出借人可以随时要求归还，但要给对方留出合理的准备时间。" * 3
    rows = [
        {"id": "1", "text": base},
        {"id": "2", "text": base.replace("，", ",")},
        {
            "id": "3",
            "text": "交通事故发生以后，先报警，再通知保险公司，现场的照片要尽量拍得完整一些。" * 3,
        },
    ]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "texts.jsonl").write_text(lines, encoding="utf-8")
    done = fatiao(tmp_path, "dedup", "texts.jsonl")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["cluster"] for one in found] == ["1", "1", "3"]


def test_a_damaged_private_file_is_made_again_from_the_archive(tmp_path: Path) -> None:
    write_config(tmp_path, 'name = "a"\nstart = "https://law.example/"\nenabled = false')
    assert fatiao(tmp_path, "build").returncode == 0
    file = tmp_path / "data" / "warehouse.duckdb"
    file.write_bytes(b"\0" * 5_000)
    done = fatiao(tmp_path, "build")
    assert done.returncode == 0, done.stderr
    assert "damaged" in done.stdout
    assert fatiao(tmp_path, "publish").returncode == 0


def test_a_public_folder_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    write_config(tmp_path, 'name = "a"\nstart = "https://law.example/"\nenabled = false')
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / "mine.txt").write_text("keep")
    done = fatiao(tmp_path, "publish")
    assert done.returncode == 40
    assert "move it away" in done.stderr
    assert (tmp_path / "public" / "mine.txt").read_text() == "keep"
