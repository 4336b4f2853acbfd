"""`fatiao pair` and `fatiao cluster`, on files and on a published file."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.warehouse.filled import fill_warehouse, insert_row, page_id
from warehouse.cli.pairs import cluster, pair
from warehouse.exits import InputError
from warehouse.store import open_warehouse

TEXT = "借款到期以后朋友一直不还钱，先把借条和转账记录整理好，再发一封催款函，写明数额和期限。"


@pytest.fixture(name="published", scope="module")
def _published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("published") / "fatiao.duckdb"
    with open_warehouse(file) as connection:
        fill_warehouse(connection)
    return file


def _pair(*arguments: str | Path) -> Result:
    return CliRunner().invoke(pair, [str(one) for one in arguments], catch_exceptions=True)


def _cluster(arguments: Sequence[str | Path]) -> Result:
    return CliRunner().invoke(cluster, [str(one) for one in arguments], catch_exceptions=True)


def test_two_files_are_explained(tmp_path: Path) -> None:
    one, other = tmp_path / "one.txt", tmp_path / "other.txt"
    one.write_text(TEXT, encoding="utf-8")
    other.write_text("转载：" + TEXT, encoding="utf-8")
    result = _pair(one, other)
    assert result.exit_code == 0
    assert "one article   yes" in result.output
    assert "relation      near" in result.output
    assert "why           What is rare agrees" in result.output


def test_two_articles_are_explained_the_earlier_first(published: Path) -> None:
    result = _pair(page_id("loan-near"), page_id("loan"), "--file", published)
    assert result.exit_code == 0, result.output
    assert page_id("loan") in result.output
    assert "rare Jaccard" in result.output


def test_neither_a_file_nor_an_article_is_told(published: Path) -> None:
    result = _pair("0" * 16, page_id("loan"), "--file", published)
    assert isinstance(result.exception, InputError)
    assert "neither a file here nor an article's id" in str(result.exception)


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "gbk.txt").write_bytes("借款".encode("gbk"))
    result = _pair(tmp_path / "gbk.txt", tmp_path / "gbk.txt")
    assert isinstance(result.exception, InputError)


def test_a_cluster_is_shown_with_its_original_first(published: Path) -> None:
    by_member = _cluster([page_id("loan-near"), "--file", published])
    assert by_member.exit_code == 0, by_member.output
    assert by_member.output.startswith(page_id("loan"))
    assert "original, by its date: 2024-01-01 < 2024-02-01" in by_member.output
    assert by_member.output == _cluster([page_id("loan"), "--file", published]).output
    assert "[-" in by_member.output or "{+" in by_member.output


def test_a_cluster_as_a_page_marks_what_differs(published: Path, tmp_path: Path) -> None:
    page = tmp_path / "cluster.html"
    result = _cluster([page_id("loan"), "--file", published, "--html", page])
    assert result.exit_code == 0
    written = page.read_text(encoding="utf-8")
    assert written.count("<article>") == 3
    assert "<ins>" in written or "<del>" in written
    assert "<script" not in written
    assert "3 articles, the original first." in written
    assert written.count('<a href="http') == 3


def test_an_unknown_cluster_is_told(published: Path) -> None:
    result = _cluster(["nothing", "--file", published])
    assert isinstance(result.exception, InputError)


@pytest.fixture(name="without_texts")
def _without_texts(tmp_path: Path) -> Path:
    """The file as it is with `publish.text = false`, one repost freed by a correction."""
    file = tmp_path / "fatiao.duckdb"
    with open_warehouse(file) as connection:
        fill_warehouse(connection)
        connection.execute("UPDATE core.article_version SET text = ''")
        insert_row(
            connection,
            "ops.override",
            line=3,
            kind="no_repost",
            url="https://portal.example/loan-near.html",
            value="https://lawfirm.example/loan.html",
            note="同题不同文",
            state="applied",
            detail="made up",
            freed_id=page_id("loan-near"),
        )
    return file


def test_where_no_texts_are_published_nothing_is_said_of_them(
    without_texts: Path, tmp_path: Path
) -> None:
    result = _pair(page_id("loan"), page_id("loan-near"), "--file", without_texts)
    assert "its text is not published" in str(result.exception)
    members = _cluster([page_id("letter-a"), "--file", without_texts]).output
    assert "(the text is not published)" in members
    assert "the same to the letter" not in members
    page = tmp_path / "cluster.html"
    _cluster([page_id("letter-a"), "--file", without_texts, "--html", page])
    assert "(the text is not published)" in page.read_text(encoding="utf-8")


def test_a_corrected_repost_stands_for_itself_with_the_reason(without_texts: Path) -> None:
    freed = _cluster([page_id("loan-near"), "--file", without_texts]).output
    assert freed.count("https://") == 1
    assert "corrected: 同题不同文" in freed
    assert page_id("loan-near") not in _cluster([page_id("loan"), "--file", without_texts]).output
