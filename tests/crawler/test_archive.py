import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from crawler.archive import ArchivedPage, ArchiveError, Location, digest_of, read_page, scan
from crawler.archive_writer import ArchiveWriter, truncate_to

NOON = datetime(2026, 11, 21, 12, 0, 0, 123000, tzinfo=UTC)


def clock() -> datetime:
    return NOON


def page_of(body: bytes, url: str = "http://www.site.cn/a.html") -> ArchivedPage:
    return ArchivedPage(
        url=url,
        fetched_at=NOON,
        status=200,
        headers=(("Content-Type", "text/html; charset=gbk"), ("Content-Encoding", "gzip")),
        body=body,
        digest=digest_of(body),
    )


def write(folder: Path, bodies: Sequence[bytes]) -> tuple[list[Location], dict[str, int]]:
    writer = ArchiveWriter(folder, clock)
    locations = [writer.append(page_of(body)) for body in bodies]
    writer.close()
    return locations, writer.committed_length


@given(bodies=st.lists(st.binary(max_size=5000), min_size=1, max_size=4))
def test_what_is_archived_is_read_back(
    bodies: list[bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("archive")
    locations, lengths = write(folder, bodies)
    for location, body in zip(locations, bodies, strict=True):
        page = read_page(folder, location)
        assert (page.body, page.fetched_at, page.status) == (body, NOON, 200)
        assert page.header("content-type") == "text/html; charset=gbk"
        assert page.header("content-encoding") is None
    file = folder / locations[0].file
    assert [page.body for page in scan(file)] == bodies
    assert lengths == {file.name: file.stat().st_size}


def test_a_day_has_one_file_until_it_is_full(tmp_path: Path) -> None:
    write(tmp_path, [b"one"])
    write(tmp_path, [b"two"])
    writer = ArchiveWriter(tmp_path, clock, segment_bytes=1)
    writer.append(page_of(b"three"))
    writer.append(page_of(b"four"))
    writer.close()
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == [f"fatiao-20261121-{number:05d}.warc.gz" for number in (1, 2, 3)]
    assert [page.body for page in scan(tmp_path / names[0])] == [b"one", b"two"]


def test_what_was_not_committed_is_cut_off(tmp_path: Path) -> None:
    locations, _ = write(tmp_path, [b"kept", b"torn" * 1000])
    file = tmp_path / locations[0].file
    with file.open("r+b") as stream:
        stream.truncate(file.stat().st_size - 3)
    truncate_to(tmp_path, {file.name: locations[1].offset})
    write(tmp_path, [b"later"])
    assert [page.body for page in scan(file)] == [b"kept", b"later"]


def test_a_file_that_was_never_committed_is_removed(tmp_path: Path) -> None:
    write(tmp_path, [b"lost"])
    truncate_to(tmp_path, {})
    assert list(tmp_path.iterdir()) == []


def test_an_archive_shorter_than_committed_is_refused(tmp_path: Path) -> None:
    _, lengths = write(tmp_path, [b"body"])
    ((name, length),) = lengths.items()
    with pytest.raises(ArchiveError, match=f"{length + 1} were committed"):
        truncate_to(tmp_path, {name: length + 1})


@pytest.mark.parametrize("missing", [30, 200, 350])
def test_a_cut_off_file_gives_what_is_whole_and_names_the_place(
    tmp_path: Path, missing: int
) -> None:
    locations, _ = write(tmp_path, [b"whole", bytes(range(256)) * 4])
    file = tmp_path / locations[0].file
    data = file.read_bytes()
    file.write_bytes(data[: locations[1].offset + locations[1].length - missing])
    found: list[bytes] = []
    with pytest.raises(ArchiveError, match=f"from {locations[1].offset} on"):
        found.extend(page.body for page in scan(file))
    assert found[0] == b"whole"


def test_a_page_met_again_is_a_small_record_that_leads_to_the_first(tmp_path: Path) -> None:
    page = page_of(random.Random(3).randbytes(20_000))  # noqa: S311 - not a secret
    again = replace(page, fetched_at=NOON + timedelta(days=9))
    writer = ArchiveWriter(tmp_path, clock)
    first = writer.append(page)
    second = writer.append_revisit(again, page.fetched_at)
    writer.close()
    assert second.length < 700 < 20_000 < first.length
    assert read_page(tmp_path, second, first) == replace(
        again, headers=read_page(tmp_path, first).headers
    )
    with pytest.raises(ArchiveError, match="the same as before"):
        read_page(tmp_path, second)
    other = write(tmp_path / "other", [b"another body"])[0][0]
    (tmp_path / "other" / other.file).rename(tmp_path / "other.warc.gz")
    with pytest.raises(ArchiveError, match="not the one archived"):
        read_page(tmp_path, second, replace(other, file="other.warc.gz"))
    assert [found.body for found in scan(tmp_path / first.file)] == [page.body]
    with (tmp_path / first.file).open("rb") as stream:
        records = [
            (one.rec_type, one.rec_headers.get_header("WARC-Refers-To-Date"))
            for one in ArchiveIterator(stream)
        ]
    assert records[1:] == [("response", None), ("revisit", "2026-11-21T12:00:00.123Z")]


def test_another_body_at_the_place_is_noticed(tmp_path: Path) -> None:
    locations, _ = write(tmp_path, [b"first", b"second"])
    writer = ArchiveWriter(tmp_path / "other", clock)
    forged = page_of(b"forged")
    location = writer.append(
        ArchivedPage(
            url=forged.url,
            fetched_at=forged.fetched_at,
            status=200,
            headers=(),
            body=b"forged",
            digest=digest_of(b"true"),
        )
    )
    writer.close()
    with pytest.raises(ArchiveError, match="not the one archived"):
        read_page(tmp_path / "other", location)
    with pytest.raises(ArchiveError, match=r"absent\.warc\.gz at 0"):
        read_page(tmp_path, Location("absent.warc.gz", 0, 10))
    with pytest.raises(ArchiveError):
        read_page(tmp_path, Location(locations[0].file, locations[0].offset + 1, 10))


def test_what_is_no_warc_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(b"<html>" * 100)
    with pytest.raises(ArchiveError, match=r"page\.html"):
        list(scan(file))


def test_a_header_with_a_line_break_cannot_forge_another(tmp_path: Path) -> None:
    page = page_of(b"body")
    writer = ArchiveWriter(tmp_path, clock)
    location = writer.append(
        ArchivedPage(
            url=page.url,
            fetched_at=page.fetched_at,
            status=200,
            headers=(("X-Title", "a\r\nX-Forged: yes\r\n\r\nbody"),),
            body=page.body,
            digest=page.digest,
        )
    )
    writer.close()
    assert read_page(tmp_path, location).header("x-forged") is None
