"""One crawl of hosts that attack what carries a page: bodies, headers, robots, sitemaps, loops."""

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from crawler import settings
from crawler.archive import scan
from crawler.frontier.schedule import MAX_RETRIES
from tests.hostile import attacks
from tests.hostile.hosts import Host, serve
from tests.hostile.processes import Watched, frontier, run, words, write_config

PEAK_MB: Final = 400.0  # of memory, at most; measured 265 to 294
CPU_SECONDS: Final = 60.0  # of the crawl, at most; measured 5 to 12
SECONDS: Final = 300  # of crawling at most; on two idle cores it takes 12, and is done then
CODINGS: Final = ("gzip", "gzip2", "gzip3", "deflate", "br", "zstd", "mixed")


@dataclass(frozen=True, slots=True)
class Storm:
    folder: Path
    hosts: dict[str, Host]
    crawl: Watched

    def words(self, source: str) -> dict[str, tuple[int | None, str, str | None]]:
        return words(self.folder, source)

    def errors(self, source: str) -> dict[str, str | None]:
        return {path: error for path, (_, _, error) in self.words(source).items()}

    def asked(self, source: str) -> list[str]:
        return self.hosts[source].asked


@pytest.fixture(scope="module")
def storm(tmp_path_factory: pytest.TempPathFactory) -> Generator[Storm]:
    folder = tmp_path_factory.mktemp("storm")
    secret = folder / "secret.txt"
    secret.write_text("/read-from-a-local-file", encoding="utf-8")
    hosts = {
        "bombs": attacks.bombs(),
        "endless": attacks.endless(),
        "headers": attacks.headers(),
        "truncated": attacks.truncated(),
        "loops": attacks.loops(),
        "calendar": attacks.calendar(),
        "maps": attacks.sitemaps(2),
        "many-maps": attacks.many_sitemaps(3_000),
        "xml": attacks.xml_bombs(str(secret)),
        "captcha": attacks.captcha(),
        "same": attacks.same_text(),
    }
    hosts |= attacks.obedience() | attacks.slow()
    with serve(*hosts.values()):
        write_config(folder, hosts)
        crawl = run(folder, "crawl", "--for", f"{SECONDS}s")
        yield Storm(folder, hosts, crawl)


def test_s05_to_s18_are_bounded_in_memory_and_time(storm: Storm) -> None:
    crawl = storm.crawl
    took = f"peak {crawl.peak_mb:.0f} MB, {crawl.cpu_seconds:.0f} s of CPU"
    print(f"\n{len(storm.hosts)} hostile hosts: {took}")
    assert crawl.process.returncode == 0, crawl.errors
    assert 0 < crawl.peak_mb < PEAK_MB
    assert 0 < crawl.cpu_seconds < CPU_SECONDS
    assert frontier(storm.folder, "SELECT outcome FROM run") == [("finished",)]


@pytest.mark.parametrize("coding", CODINGS)
def test_s05_a_bomb_is_too_large(storm: Storm, coding: str) -> None:
    assert storm.words("bombs")[f"/{coding}"] == (None, "error", "too_large")
    assert storm.asked("bombs").count(f"/{coding}") == 1


def test_s05_what_is_not_packed_as_it_says_is_unreadable(storm: Storm) -> None:
    assert storm.words("bombs")["/garbage"] == (None, "error", "unreadable")


def test_s05_a_packed_sitemap_without_an_end_yields_nothing_and_is_noted(storm: Storm) -> None:
    assert storm.errors("xml")["/unpacked.xml.gz"] == "no_entries"
    assert storm.errors("xml")["/wide.xml.gz"] == "no_entries"


@pytest.mark.parametrize("path", ["/close", "/chunked", "/feed", "/claimed", "/fifty"])
def test_s06_a_body_without_an_end_is_too_large(storm: Storm, path: str) -> None:
    assert storm.words("endless")[path] == (None, "error", "too_large")
    assert storm.asked("endless").count(path) == 1


@pytest.mark.parametrize("name", ["headers", "body", "silent"])
def test_s07_a_server_that_takes_its_time_has_thirty_seconds(storm: Storm, name: str) -> None:
    assert storm.words(f"slow-{name}")[f"/{name}"] == (None, "error", "timeout")
    assert 1 <= storm.asked(f"slow-{name}").count(f"/{name}") <= MAX_RETRIES + 1
    assert settings.DOWNLOAD_TIMEOUT == 30


def test_s06_what_is_no_page_is_not_downloaded(storm: Storm) -> None:
    assert storm.words("endless")["/picture"] == (200, "not_html", None)


@pytest.mark.parametrize("path", ["/line", "/lines", "/never-ending", "/status", "/cookies"])
def test_s08_s09_floods_of_headers_are_refused_and_not_asked_for_again(
    storm: Storm, path: str
) -> None:
    assert storm.words("headers")[path] == (None, "error", "too_large")
    assert storm.asked("headers").count(path) == 1


def test_s08_a_header_line_that_is_none_is_skipped_as_browsers_do(storm: Storm) -> None:
    assert storm.words("headers")["/no-colon"] == (200, "article", None)


def test_s10_s11_no_cookie_is_ever_sent_back(storm: Storm) -> None:
    assert storm.words("headers")["/some-cookies"][0] == 200
    assert storm.words("headers")["/odd-cookies"][0] == 200
    for host in storm.hosts.values():
        assert not [one for one in host.requests if "\ncookie" in one.lower()]
        assert max(map(len, host.requests)) < 3_000


def test_s12_redirects_in_a_ring_end_with_their_word(storm: Storm) -> None:
    errors = storm.errors("loops")
    assert errors["/self"] == "redirect_loop"
    assert "redirect_loop" in {errors["/one"], errors["/two"], errors["/three"]}
    grown = [path for path in storm.asked("loops") if path.startswith("/grow")]
    assert len(grown) <= 6
    assert errors[grown[-1]] == "redirect_loop"


def test_s13_a_calendar_without_an_end_is_left(storm: Storm) -> None:
    assert len(storm.asked("calendar")) <= 130
    states = frontier(
        storm.folder,
        "SELECT count(*) FROM url WHERE source = 'calendar' AND state = 'queued'",
    )
    assert states == [(0,)]


def test_s14_sitemaps_of_sitemaps_are_bounded_in_depth_and_number(storm: Storm) -> None:
    depths = frontier(
        storm.folder,
        "SELECT max(depth), count(*) FROM url WHERE source = 'maps' AND role = 'sitemap'",
    )
    assert depths[0][0] <= 3
    assert depths[0][1] <= 1 + 2 + 4 + 8
    known = frontier(
        storm.folder,
        "SELECT count(*) FROM url WHERE source = 'many-maps' AND role = 'sitemap'",
    )
    assert known[0][0] <= 500
    asked = [path for path in storm.asked("maps") if path.endswith(".xml")]
    assert len(asked) == len(set(asked))


def test_s15_entities_are_not_expanded_and_the_loss_is_noted(storm: Storm) -> None:
    assert storm.errors("xml")["/laughs.xml"] == "no_entries"
    assert storm.errors("xml")["/empty.xml"] == "no_entries"
    assert "yields nothing" in storm.crawl.output
    assert "laughs.xml" in storm.crawl.output or "empty.xml" in storm.crawl.output


def test_s16_no_entity_reads_a_local_file(storm: Storm) -> None:
    assert not [path for path in storm.asked("xml") if "local-file" in path]
    rows = frontier(storm.folder, "SELECT count(*) FROM url WHERE url LIKE '%local-file%'")
    assert rows == [(0,)]


@pytest.mark.parametrize("name", ["r-500", "r-503", "r-429", "r-refused", "r-silent"])
def test_s17_where_robots_txt_fails_nothing_is_fetched(storm: Storm, name: str) -> None:
    assert set(storm.asked(name)) == {"/robots.txt"}
    assert set(storm.errors(name).values()) <= {"robots_unreachable", "connection", "timeout"}
    assert {kind for _, kind, _ in storm.words(name).values()} == {"error"}
    assert len(storm.asked(name)) <= 3


@pytest.mark.parametrize("name", ["r-404", "r-file", "r-loop"])
def test_s17_where_there_is_no_robots_txt_all_is_allowed(storm: Storm, name: str) -> None:
    assert {"/open", "/secret"} <= set(storm.asked(name))
    assert storm.asked(name).count("/robots.txt") <= 6


@pytest.mark.parametrize("name", ["r-moved", "r-binary", "r-gbk", "r-huge", "r-endless", "r-stars"])
def test_s17_s18_rules_are_read_whatever_stands_around_them(storm: Storm, name: str) -> None:
    assert "/open" in storm.asked(name)
    assert "/secret" not in storm.asked(name)
    assert storm.errors(name)["/secret"] == "robots"


def test_s17_gbk_rules_forbid_no_more_than_they_name(storm: Storm) -> None:
    assert storm.errors("r-gbk")["/%E6%B3%95%E5%BE%8B/1"] == "robots"
    assert storm.errors("r-gbk")["/open"] is None


def test_s18_of_a_huge_robots_txt_only_the_beginning_counts(storm: Storm) -> None:
    kept = frontier(storm.folder, "SELECT max(length(body)) FROM robots")
    assert 500 << 10 <= kept[0][0] <= 512 << 10


def test_s17_the_decision_stands_with_each_fetch(storm: Storm) -> None:
    """A row says `robots` where the rules forbid it; the rules themselves stand beside it."""
    origin = storm.hosts["r-gbk"].url
    kept = frontier(storm.folder, "SELECT status, body FROM robots WHERE origin = ?", origin)
    assert kept == [(200, "User-agent: *\nDisallow: /secret\nDisallow: /法律\n")]
    forbidden = frontier(
        storm.folder,
        "SELECT count(*) FROM fetch WHERE error = 'robots' AND status IS NULL AND file IS NULL",
    )
    assert forbidden[0][0] >= 6
    rows = frontier(
        storm.folder,
        "SELECT substr(url, length(?) + 1), robots_rule, robots_at > 1.7e9 FROM fetch"
        " JOIN url USING (url_id) WHERE source = 'r-gbk'",
        origin,
    )
    assert set(rows) >= {
        ("/", None, 1),
        ("/open", None, 1),
        ("/secret", "disallow: /secret", 1),
        ("/%E6%B3%95%E5%BE%8B/1", "disallow: /%E6%B3%95%E5%BE%8B", 1),
    }
    # Nothing was fetched by a decision that is not written down.
    unheld = frontier(
        storm.folder,
        "SELECT DISTINCT error FROM fetch WHERE robots_at IS NULL",
    )
    assert {error for (error,) in unheld} <= {"robots_unreachable", "connection", "timeout"}


def test_s20_a_body_cut_short_is_asked_for_again_and_never_kept(storm: Storm) -> None:
    errors = storm.errors("truncated")
    assert errors["/short"] == errors["/chunk"] == "connection"
    assert 2 <= storm.asked("truncated").count("/short") <= 3
    urls = {page.url for file in _segments(storm) for page in scan(file)}
    assert not [url for url in urls if url.endswith(("/short", "/chunk"))]


def test_a_captcha_under_status_200_blocks_its_source(storm: Storm) -> None:
    assert "blocked" in storm.errors("captcha").values()
    assert len(storm.asked("captcha")) <= 8
    assert _waits(storm, "captcha") == "blocked"


def test_one_text_under_many_urls_blocks_its_source(storm: Storm) -> None:
    assert list(storm.errors("same").values()).count("blocked") >= 3
    assert len(storm.asked("same")) <= 10
    assert _waits(storm, "same") == "blocked"


def test_s29_archive_files_are_named_by_us(storm: Storm) -> None:
    assert all(file.name.startswith("fatiao-2") for file in _segments(storm))


def test_nothing_of_the_hosts_breaks_a_log_line(storm: Storm) -> None:
    for file in (storm.folder / "data" / "log").iterdir():
        text = file.read_text(encoding="utf-8")
        assert not [char for char in text if ord(char) < 32 and char != "\n"]
        # What belongs to a record is indented, so that no line can pretend to be one.
        assert "\n    {'downloader" in text


def _segments(storm: Storm) -> list[Path]:
    return sorted((storm.folder / "data" / "archive").iterdir())


def _waits(storm: Storm, name: str) -> str | None:
    rows = frontier(
        storm.folder,
        "SELECT reason FROM host WHERE host = ? AND retry_at > 0",
        storm.hosts[name].url.removeprefix("http://"),
    )
    return rows[0][0] if rows else None
