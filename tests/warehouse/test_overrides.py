from datetime import date
from pathlib import Path

import pytest

from crawler.sources import load_project
from tests.warehouse.commands import fatiao, write_config
from tests.warehouse.test_build import FILLER, SITE, START, Response, ask, page, take
from warehouse.build import build
from warehouse.correct import OverrideReport
from warehouse.exits import InputError
from warehouse.overrides import read_overrides
from warehouse.stale import discard

HEADER = "kind,url,words,occurrence,value,note\n"
OLD_LAW = "那时的规定见《合同法》第二百零六条。"
NEW_LAW = "现在看《民法典》第六百七十五条，以及《民法典》第六百七十五条的释义。"
WORDS = "《民法典》第六百七十五条"


def write(folder: Path, *lines: str) -> Path:
    file = folder / "overrides.csv"
    file.write_text(HEADER + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return file


OTHER = (
    "欠条要写清楚三件事：谁欠谁、欠多少、什么时候还。姓名按身份证来写，金额用大写再写一遍。",
    "写完当面签字，最好按上手印，两边各留一份。以后对方搬了家换了电话，这张纸还在你手里。",
    "如果是货款变成的欠款，把合同和送货单也钉在一起，免得将来说不清这笔钱是怎么来的。",
)


def pages() -> list[Response]:
    """An article, the same one day later, and a third that cites nothing."""
    body = (OLD_LAW, NEW_LAW, FILLER, FILLER[::-1])
    return [
        Response("/1.html", page("借条没写还款日期怎么办", *body)),
        Response("/2.html", page("借条没写还款日期", *body), 1),
        Response("/3.html", page("怎样写一张欠条", *OTHER), 2),
    ]


def build_again(project: Path) -> OverrideReport:
    loaded = load_project(project / "fatiao.toml")
    done = build(loaded, now=START, is_time_up=lambda: False, progress=lambda _done, _all: None)
    return done.overrides


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_config(tmp_path, f'name = "lawsite"\nstart = "{SITE}/"\nenabled = false')
    return tmp_path


def test_each_kind_of_line_is_read(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        "verdict,HTTPS://Law.example:443/1.html,《合同法》第一条,,in_force,旧案",
        "",
        'date,https://law.example/2.html,,,2023/5/4,"页脚, 是备案日期"',
        "no_repost,https://law.example/3.html,,,https://other.example/9.html,同题不同文",
    )
    verdict, dated, pair = read_overrides(file)
    assert (verdict.line, verdict.url, verdict.occurrence) == (2, "https://law.example/1.html", 1)
    assert (dated.line, dated.published_on, dated.note) == (4, date(2023, 5, 4), "页脚, 是备案日期")
    assert (pair.line, pair.value) == (5, "https://other.example/9.html")


@pytest.mark.parametrize("charset", ["gbk", "utf-8-sig"])
def test_a_file_saved_by_a_spreadsheet_program_is_read(tmp_path: Path, charset: str) -> None:
    text = HEADER + "date,https://law.example/2.html,,,2023-05-04,页脚是备案日期\n"
    file = tmp_path / "overrides.csv"
    file.write_text(text.replace("\n", "\r\n"), encoding=charset, newline="")
    assert [one.note for one in read_overrides(file)] == ["页脚是备案日期"]


def test_empty_columns_to_the_right_are_no_columns(tmp_path: Path) -> None:
    file = tmp_path / "overrides.csv"
    line = "date,https://law.example/2.html,,,2023-05-04,页脚是备案日期,,\n"
    file.write_text(HEADER.strip() + ",,\n" + line, encoding="utf-8")
    assert [one.note for one in read_overrides(file)] == ["页脚是备案日期"]


def test_no_file_means_no_corrections(tmp_path: Path) -> None:
    assert read_overrides(tmp_path / "overrides.csv") == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("kind,url,word,occurrence,value,note\n", ":1: unknown column 'word'; did you mean words?"),
        ("kind,url\n", ":1: words must be there once; write kind,url,words,"),
        (HEADER + "verdikt,https://a.example/,x,,in_force,n\n", ":2: .*did you mean verdict?"),
        (HEADER + "verdict,https://a.example/,x,,in_farce,n\n", ":2: .*did you mean in_force?"),
        (HEADER + "verdict,https://a.example/,,,in_force,n\n", ":2: words is empty"),
        (HEADER + "verdict,https://a.example/,x,零,in_force,n\n", ":2: occurrence '零' is no"),
        (HEADER + "verdict,a.example,x,,in_force,n\n", ":2: url 'a.example' is no address"),
        (HEADER + "verdict,https://a.example/,x,,in_force,\n", ":2: note must say why"),
        (HEADER + "\ndate,https://a.example/,,,2023-13-01,n\n", ":3: .*is no date"),
        (HEADER + "date,https://a.example/,,,24-01-05,n\n", ":2: .*no day of publication"),
        (HEADER + "date,https://a.example/,,,2924-01-05,n\n", ":2: .*no day of publication"),
        (HEADER + "date,https://a.example/,,,2023-12-01,n,m\n", ":2: has too many cells"),
        (HEADER + "date,https://a.example/,x,,2023-12-01,n\n", ":2: words and occurrence are for"),
        (HEADER + "date,https://a.example/,,,2023-12-01\n", ":2: has 5 cells instead of 6"),
        (HEADER + 'date,"https://a.example/,,,2023-12-01,n\n', ":2: .*quotes"),
        (
            HEADER + "no_repost,https://a.example/,,,https://b.example/,n\n"
            "no_repost,https://b.example/,,,https://a.example/,n\n",
            ":3: corrects the same as line 2",
        ),
    ],
)
def test_a_wrong_line_is_named_with_its_mend(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "overrides.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_overrides(file)


def test_a_wrong_line_ends_a_build_with_65_and_changes_nothing(project: Path) -> None:
    write(project, f"verdict,{SITE}/1.html,{WORDS},2,no_such_article,引的是别的条")
    take(project, *pages())
    write(project, "dates,x")
    done = fatiao(project, "build")
    assert (done.returncode, "overrides.csv:2:" in done.stderr) == (65, True)
    assert ask(project, "SELECT state FROM overrides") == [("applied",)]


JUDGED = """
    SELECT raw_text, verdict, verdict_today, is_bad, overridden
    FROM citations WHERE url = 'https://lawsite.example/1.html' ORDER BY start_char"""
FOUND = [
    ("《合同法》第二百零六条", "repealed", "repealed", True, None),
    (WORDS, "in_force", "in_force", False, None),
    (WORDS, "in_force", "in_force", False, None),
]


def test_a_verdict_is_corrected_for_that_one_citation_until_the_line_is_removed(
    project: Path,
) -> None:
    write(project, f"verdict,{SITE}/1.html,{WORDS},2,no_such_article,引的是别的条")
    take(project, *pages())
    corrected = (WORDS, "no_such_article", "no_such_article", True, "引的是别的条")
    assert ask(project, JUDGED) == [*FOUND[:2], corrected]
    assert ask(project, "SELECT sum(bad_citations) FROM sources") == [(3,)]
    discard(load_project(project / "fatiao.toml"))
    assert build_again(project).applied == 1
    assert ask(project, JUDGED) == [*FOUND[:2], corrected]
    (project / "overrides.csv").unlink()
    assert build_again(project) == OverrideReport()
    assert ask(project, JUDGED) == FOUND


DATED = "SELECT published_on, published_precision, overridden FROM articles ORDER BY url LIMIT 2"


def test_a_corrected_date_moves_the_verdicts_and_the_order_of_reposts(project: Path) -> None:
    take(project, *pages())
    original = "SELECT original_url FROM reposts"
    assert ask(project, original) == [(f"{SITE}/1.html",)]
    write(project, f"date,{SITE}/2.html,,,2019-05-04,落款写明是2019年")
    build_again(project)
    assert ask(project, DATED) == [
        (date(2025, 2, 18), "minute", None),
        (date(2019, 5, 4), "day", "落款写明是2019年"),
    ]
    judged = "SELECT verdict, as_of, overridden FROM citations WHERE url LIKE '%/2.html'"
    assert {row[0] for row in ask(project, judged)} == {"in_force", "not_yet_in_force"}
    assert {row[1:] for row in ask(project, judged)} == {(date(2019, 5, 4), "落款写明是2019年")}
    assert ask(project, original) == [(f"{SITE}/2.html",)]
    lag = "SELECT lag_days FROM reposts"
    assert ask(project, lag) == [((date(2025, 2, 18) - date(2019, 5, 4)).days,)]
    (project / "overrides.csv").unlink()
    build_again(project)
    assert ask(project, original) == [(f"{SITE}/1.html",)]
    assert {row[0] for row in ask(project, judged)} == {"repealed", "in_force"}


def test_a_pair_that_is_no_repost_stands_apart(project: Path) -> None:
    take(project, *pages())
    assert ask(project, "SELECT count(*) FROM originals") == [(2,)]
    write(project, f"no_repost,{SITE}/1.html,,,{SITE}/2.html,问的不是一件事")
    build_again(project)
    assert ask(project, "SELECT count(*), count(DISTINCT cluster_id) FROM originals") == [(3, 3)]
    assert ask(project, "FROM reposts") == []
    noted = "SELECT relation, overridden FROM articles WHERE overridden IS NOT NULL"
    assert ask(project, noted) == [("original", "问的不是一件事")]


def test_what_no_longer_fits_is_kept_and_reported(project: Path) -> None:
    write(
        project,
        f"verdict,{SITE}/1.html,{WORDS},3,unverifiable,第三处",
        f"verdict,{SITE}/1.html,{WORDS},1,in_force,本来就对",
        f"date,{SITE}/9.html,,,2019-05-04,没有这一页",
        f"no_repost,{SITE}/1.html,,,{SITE}/3.html,本来就不是",
    )
    take(project, *pages())
    done = fatiao(project, "build")
    assert "Corrections: 0 applied, 2 not needed any more, 2 no longer fit." in done.stdout
    assert f"overrides.csv:2: {SITE}/1.html: the article cites with these words 2" in done.stdout
    assert f"overrides.csv:4: {SITE}/9.html: no article has this address" in done.stdout
    assert ask(project, JUDGED) == FOUND
    states = [row[0] for row in ask(project, "SELECT state FROM overrides ORDER BY line")]
    assert states == ["misfit", "unneeded", "misfit", "unneeded"]
