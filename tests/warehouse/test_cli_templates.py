"""What the command line tells of templates: `sources show`, `extract --explain`, `--relearn`."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.warehouse.commands import fatiao, write_config
from tests.warehouse.test_build import SITE
from tests.warehouse.test_teaching import PROMOTION, new_design, old_design, take

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_config(tmp_path, f'name = "lawsite"\nstart = "{SITE}/"\nenabled = false')
    return tmp_path


def test_a_source_shows_what_was_learned_of_it(project: Path) -> None:
    assert "No template yet" in fatiao(project, "sources", "show", "lawsite").stdout
    take(project, old_design, range(1, 7))

    shown = fatiao(project, "sources", "show", "lawsite").stdout
    told = json.loads(fatiao(project, "sources", "show", "lawsite", "--json").stdout)

    assert "container div.text  (6 pages)  “关于" in shown
    assert "(6 pages)  “作者：李文 2025-02-1" in shown
    assert f"6×  {PROMOTION}" in shown
    assert f"{SITE}/a/1.html" in shown
    assert "first 6 articles" in shown
    (template,) = told["templates"]
    assert template["layouts"][0]["container"]["selector"] == "div.text"


def test_learning_anew_shows_the_lines_that_change(project: Path) -> None:
    take(project, old_design, range(1, 5))  # read alone: nothing was learned yet
    take(project, old_design, range(5, 7))

    told = fatiao(project, "build", "--relearn").stdout

    assert "learned lawsite@2 from 6 articles: div.text" in told
    assert f"    -{PROMOTION}" in told
    assert "4 texts changed" in told
    assert "0 texts changed" in fatiao(project, "build", "--relearn").stdout


def test_each_line_of_a_page_is_explained(project: Path) -> None:
    take(project, old_design, range(1, 7))
    (project / "page.html").write_text(old_design(8), encoding="utf-8")
    (project / "other.html").write_text(new_design(8), encoding="utf-8")

    told = fatiao(project, "extract", "--explain", "page.html", "--source", "lawsite").stderr
    assert "怎么办之8 · 李文 · 2025-02-18, by “2025-02-18 10:20” beside the title" in told
    assert "read by template:lawsite@1" in told

    def explained(*arguments: str) -> list[str]:
        return fatiao(project, "extract", "--explain", *arguments).stdout.splitlines()

    alone = explained("other.html")
    known = explained("page.html", "--source", "lawsite")

    assert any(line.startswith("+ 依照《民法典》第五百七十七条") for line in alone)
    assert any(line.startswith("- 首页   ← outside the element") for line in alone)
    assert f"+ {PROMOTION}" in alone
    assert f"- {PROMOTION}   ← lawsite@1: the site repeats it, at div.promo" in known
    assert any("tells the title" in line for line in known)


def test_the_explained_page_is_one_file_that_loads_and_runs_nothing(project: Path) -> None:
    evil = old_design(3).replace(
        "<div class=text>",
        "<div class=text onclick=alert(1)><script>alert(1)</script><img src=http://x.example/1.gif>"
        "<p style='background:url(http://x.example/2)'><a href=javascript:alert(1)>点开看看</a>",
    )
    (project / "page.html").write_text(evil, encoding="utf-8")

    fatiao(project, "extract", "page.html", "--html", "out.html")

    shown = (project / "out.html").read_text(encoding="utf-8")
    assert "alert" not in shown
    assert "x.example" not in shown
    assert 'class="kept" title="cites a statute"' in shown
    assert 'class="dropped" title="outside the element that holds the article' in shown


@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
def test_chromium_shows_kept_lines_on_green(project: Path) -> None:
    (project / "page.html").write_text(old_design(3), encoding="utf-8")
    fatiao(project, "extract", "page.html", "--html", "out.html")

    command = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"]
    command.append((project / "out.html").as_uri())
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)

    assert '<span class="kept" title="cites a statute">' in done.stdout


def test_pages_of_one_site_in_a_jsonl_teach_each_other(project: Path) -> None:
    rows = []
    for number in range(6):
        (project / f"{number}.html").write_text(old_design(number), encoding="utf-8")
        rows.append({"id": str(number), "html_path": f"{number}.html", "site": "some site"})
    text = "\n".join(json.dumps(row) for row in rows)
    (project / "pages.jsonl").write_text(text, encoding="utf-8")

    found = fatiao(project, "extract", "pages.jsonl").stdout.splitlines()

    for line in found:
        row = json.loads(line)
        assert row["extractor"].startswith("template:")
        assert PROMOTION not in row["text"]
        assert "第五百七十七条" in row["text"]
