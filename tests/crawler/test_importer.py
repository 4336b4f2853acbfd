import gzip
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.archive import ArchiveError, read_page
from crawler.frontier.store import open_frontier
from crawler.importer import import_warc
from crawler.sources import ConfigError, Project, load_project
from tests.crawler.crawl_once import write_project
from tests.crawler.site import Reply, blog

START = "http://www.site.cn/"
RECORDED = "2024-06-01T08:30:00Z"


def project_in(folder: Path) -> Project:
    return load_project(write_project(folder, START))


def write_warc(file: Path, replies: Mapping[str, bytes | Reply]) -> None:
    """Write a WARC as other tools do: bodies gzipped, no digest of ours."""
    with file.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for path, reply in replies.items():
            body, status = (reply.body, reply.status) if isinstance(reply, Reply) else (reply, 200)
            headers = [("Content-Type", "text/html"), ("Content-Encoding", "gzip")]
            packed = gzip.compress(body)
            writer.write_record(
                writer.create_warc_record(
                    START + path.removeprefix("/"),
                    "response",
                    payload=BytesIO(packed),
                    length=len(packed),
                    http_headers=StatusAndHeaders(f"{status} X", headers, protocol="HTTP/1.1"),
                    warc_headers_dict={"WARC-Date": RECORDED},
                )
            )


def test_imported_pages_keep_their_time_and_are_not_added_twice(tmp_path: Path) -> None:
    replies = blog(12)
    write_warc(tmp_path / "other.warc.gz", replies | {"/busy": Reply(b"busy", 503)})
    project = project_in(tmp_path)
    report = import_warc(project, tmp_path / "other.warc.gz", None)
    again = import_warc(project, tmp_path / "other.warc.gz", "site")
    assert (report.responses, report.pages, report.failures) == (14, 13, 1)
    assert (again.pages, again.known) == (0, 13)
    with open_frontier(project.frontier) as frontier:
        fetches = frontier.fetches_after(0, 100)
    assert {one.fetched_at for one in fetches} == {datetime(2024, 6, 1, 8, 30, tzinfo=UTC)}
    assert sum(one.kind == "article" for one in fetches) == 12
    for one in fetches:
        assert one.location is not None
        page = read_page(project.archive, one.location)
        assert page.body == replies[one.url.replace(START, "/")]


def test_a_cut_off_file_brings_what_is_whole(tmp_path: Path) -> None:
    file = tmp_path / "other.warc.gz"
    write_warc(file, blog(12))
    file.write_bytes(file.read_bytes()[:-200])
    report = import_warc(project_in(tmp_path), file, None)
    assert report.pages == 12
    assert report.problem is not None
    assert "other.warc.gz from" in report.problem


def test_pages_of_no_source_are_left_out(tmp_path: Path) -> None:
    file = tmp_path / "other.warc.gz"
    write_warc(file, blog(2))
    project = load_project(write_project(tmp_path, "http://elsewhere.cn/"))
    report = import_warc(project, file, None)
    assert (report.pages, report.out_of_scope) == (0, 3)


def test_what_cannot_be_read_is_one_clear_error(tmp_path: Path) -> None:
    file = tmp_path / "page.warc.gz"
    file.write_bytes(b"<html>no archive</html>")
    with pytest.raises(ArchiveError, match=r"page\.warc\.gz"):
        import_warc(project_in(tmp_path), file, None)
    with pytest.raises(ConfigError, match="nosuch"):
        import_warc(project_in(tmp_path), file, "nosuch")
