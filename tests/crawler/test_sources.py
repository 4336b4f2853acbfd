"""`fatiao.toml`: what it may hold, and errors that name line, key and mend."""

from datetime import date
from pathlib import Path

import pytest

from crawler.config_values import read_name
from crawler.sources import ConfigError, find_project, load_project, parse_duration
from crawler.toml_edit import initial_toml
from crawler.url_rules import NO_RULES


def written(folder: Path, text: str) -> Path:
    file = folder / "fatiao.toml"
    file.write_text(text, encoding="utf-8")
    return file


WHOLE = """
[fatiao]
contact = "me@law.example"
run_for = "90s"
keep_snapshots = 5
webhook = "https://hooks.example/x?key=1"
memory = "1.5 gb"

[[source]]
name = "one"
start = ["http://one.example/", "https://one.example/list"]
delay = 0.5
include = ['/hf/\\d+']
exclude = '[?&]date='
since = 2020-01-31
max_articles = 7
allow_private = true
fetched_at = "date-header"

[[source]]
name = "two"
start = "http://two.example/"
enabled = false
"""


def test_every_key_arrives(tmp_path: Path) -> None:
    project = load_project(written(tmp_path, WHOLE))
    one, two = project.sources
    assert (project.contact, project.run_for, project.keep_snapshots) == ("me@law.example", 90, 5)
    assert project.webhook == "https://hooks.example/x?key=1"
    assert project.memory == "1.5GB"
    assert one.start == ("http://one.example/", "https://one.example/list")
    assert (one.delay, one.since, one.max_articles) == (0.5, date(2020, 1, 31), 7)
    assert (one.include, one.exclude) == ((r"/hf/\d+",), ("[?&]date=",))
    assert (one.allow_private, one.fetched_at, one.enabled) == (True, "date-header", True)
    assert (two.enabled, two.delay, two.fetched_at) == (False, 3, "clock")


def test_what_is_published_is_chosen(tmp_path: Path) -> None:
    project = load_project(written(tmp_path, "[publish]\nmask = false\nsearch_index = true\n"))
    assert (project.publish_text, project.publish_masked, project.search_index) == (
        True,
        False,
        True,
    )
    assert not load_project(written(tmp_path, "")).search_index


def test_a_source_needs_only_name_and_start(tmp_path: Path) -> None:
    text = (
        '[fatiao]\ncontact = "https://me.example/"\n[[source]]\nname="a"\nstart="http://a.example"'
    )
    assert load_project(written(tmp_path, text)).sources[0].enabled


def test_paths_lie_in_the_project_folder(tmp_path: Path) -> None:
    project = load_project(written(tmp_path, WHOLE))
    assert project.frontier == tmp_path / "data" / "frontier.sqlite"
    assert project.public.parent == project.snapshots.parent == tmp_path
    assert project.user_agent.startswith("fatiao/")
    assert project.user_agent.endswith(" (+me@law.example)")


SOURCE = '[fatiao]\ncontact = "a@b.cn"\n[[source]]\nname = "a"\nstart = "http://a.example/"\n'

# text, line, key, part of the mend
WRONG = [
    (SOURCE + "delay = 'slow'", 6, "source.delay", "write delay = 3"),
    (SOURCE + "delay = -1", 6, "source.delay", "from 0 to 600"),
    (SOURCE + "delay = 1e9", 6, "source.delay", "from 0 to 600"),
    (SOURCE + "delay = nan", 6, "source.delay", "from 0 to 600"),
    (SOURCE + "delay = true", 6, "source.delay", "from 0 to 600"),
    (SOURCE + "dealy = 3", 6, "source.dealy", "did you mean delay?"),
    (SOURCE + "colour = 3", 6, "source.colour", "known are name, start"),
    (SOURCE + "enabled = 'yes'", 6, "source.enabled", "true or false"),
    (SOURCE + "since = 2024", 6, "source.since", "write since = 2024-01-31"),
    (SOURCE + "since = 2024-01-31T10:00:00", 6, "source.since", "must be a date"),
    (SOURCE + "max_articles = 0", 6, "source.max_articles", "write max_articles = 20000"),
    (SOURCE + "include = ['(']", 6, "source.include", "no regular expression"),
    (SOURCE + "include = [3]", 6, "source.include", "list of regular expressions"),
    (SOURCE + "fetched_at = 'never'", 6, "source.fetched_at", '"clock" or "date-header"'),
    (SOURCE + SOURCE[27:], 8, "source.name", "is there twice"),
    (SOURCE.replace("http:", "ftp:"), 5, "source.start", "http:// or https://"),
    (SOURCE.replace('"http://a.example/"', "[]"), 5, "source.start", "at least one URL"),
    (SOURCE.replace('"http://a.example/"', "7"), 5, "source.start", "a URL in quotes"),
    (SOURCE.replace("a.example", "u:p@a.example"), 5, "source.start", "user name"),
    (SOURCE.replace("a.example", "[::1"), 5, "source.start", "is not a URL"),
    (SOURCE.replace('"a"', '"Ä b"'), 4, "source.name", 'write name = "my-site"'),
    (SOURCE.replace('name = "a"\n', ""), 3, "source.name", "is missing"),
    (SOURCE.replace('start = "http://a.example/"\n', ""), 3, "source.start", "is missing"),
    (SOURCE.replace("a@b.cn", ""), 2, "fatiao.contact", 'source "a" is enabled'),
    (SOURCE.replace("a@b.cn", "someone"), 2, "fatiao.contact", "mail address or a URL"),
    (SOURCE.replace("a@b.cn", "a@b.cn\\r\\nX: y"), 2, "fatiao.contact", "mail address or a URL"),
    (SOURCE.replace('contact = "a@b.cn"', "run_for = 45"), 2, "fatiao.run_for", 'write "45m"'),
    (SOURCE.replace('contact = "a@b.cn"', "memory = '50MB'"), 2, "fatiao.memory", "100MB or more"),
    (
        SOURCE.replace('contact = "a@b.cn"', "memory = 2"),
        2,
        "fatiao.memory",
        'write memory = "2GB"',
    ),
    (SOURCE.replace("contact", "kontact"), 2, "fatiao.kontact", "did you mean contact?"),
    ("[fatiaos]\n", 1, "fatiaos", "did you mean fatiao?"),
    ("fatiao = 3\n", 1, "fatiao", "write [fatiao]"),
    ("\n[source]\nname = 'a'\n", 2, "source", "write [[source]]"),
    ("[fatiao]\ncontact = me\n", 2, "syntax", "texts stand in quotes"),
    ("[fatiao]\ncontact = 'a\n", 2, "syntax", "texts stand in quotes"),
]


@pytest.mark.parametrize(("text", "line", "key", "mend"), WRONG)
def test_errors_name_line_key_and_mend(
    tmp_path: Path, text: str, line: int, key: str, mend: str
) -> None:
    file = written(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load_project(file)
    message = str(caught.value)
    assert message.startswith(f"{file}:{line}: {key}: ")
    assert mend in message
    assert "\n" not in message


def test_a_missing_file_says_how_to_write_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="fatiao init"):
        load_project(tmp_path / "fatiao.toml")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="file: "):
        load_project(tmp_path)


def test_a_file_in_gbk_is_told_to_be_utf8(tmp_path: Path) -> None:
    file = tmp_path / "fatiao.toml"
    file.write_bytes('[fatiao]\n# 联系\ncontact = ""\n'.encode("gbk"))
    with pytest.raises(ConfigError, match=r"toml:2: file: is not UTF-8"):
        load_project(file)


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "fatiao.toml"
    file.write_bytes(b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode())
    assert len(load_project(file).sources) == 2


def test_the_nearest_file_upward_is_found(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert find_project(inner) in (None, *(p / "fatiao.toml" for p in tmp_path.parents))
    file = written(tmp_path, WHOLE)
    assert find_project(inner) == file.resolve()


@pytest.mark.parametrize(
    ("text", "seconds"), [("45m", 2700), ("90s", 90), ("2h", 7200), ("1d", 86400), ("1.5 h", 5400)]
)
def test_durations_are_read(text: str, seconds: float) -> None:
    assert parse_duration(text) == seconds


@pytest.mark.parametrize("text", ["", "45", "m", "-1m", "0s", "8d", "1h30m", "9" * 40 + "s"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="45m"):
        parse_duration(text)


def test_the_initial_file_is_good_and_polite(tmp_path: Path) -> None:
    project = load_project(written(tmp_path, initial_toml()))
    hosts = [start for source in project.sources for start in source.start]
    assert any("www.hefeilaws.com" in host for host in hosts)
    assert any("www.523it.com" in host for host in hosts)
    assert not any(source.enabled for source in project.sources)
    assert all(source.delay >= 3 for source in project.sources)


def test_the_initial_file_explains_every_key(tmp_path: Path) -> None:
    project = load_project(written(tmp_path, initial_toml()))
    for key in type(project.sources[0]).__dataclass_fields__:
        assert f"{key} =" in initial_toml() or f"[source.{key}]" in initial_toml()


def test_names_are_short_and_plain() -> None:
    assert read_name("a-1_b") == "a-1_b"
    for name in ("", "-a", "A", "a" * 41, "a/b", "..", "律师", "a\n"):
        with pytest.raises(ValueError, match="my-site"):
            read_name(name)


def test_a_source_may_say_how_it_spells_its_urls(tmp_path: Path) -> None:
    file = tmp_path / "fatiao.toml"
    file.write_text(
        """[[source]]
name = "a"
start = "https://www.a.cn/"
enabled = false
[source.urls]
drop = ["SID", "ref"]
keep = "from"
rewrite = [['^http://m\\.', 'https://www.']]
[[source]]
name = "b"
start = "https://b.cn/"
enabled = false
""",
        encoding="utf-8",
    )
    first, second = load_project(file).sources
    assert first.urls.drop == ("sid", "ref")
    assert first.urls.keep == ("from",)
    assert first.urls.rewrite == ((r"^http://m\.", "https://www."),)
    assert second.urls == NO_RULES


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("dorp = ['sid']", "did you mean drop?"),
        ("drop = ['a=b']", "must list names of parameters"),
        ("rewrite = ['http', 'https']", "must be a list of pairs"),
        ("rewrite = [['^http://(m', 'x']]", "cannot be done"),
        ("rewrite = [['^http:', '\\3']]", "cannot be done"),
        ("rewrite = [['', 'x']]", "empty expression"),
    ],
)
def test_a_wrong_rule_for_urls_names_its_line_and_the_mend(
    line: str, says: str, tmp_path: Path
) -> None:
    file = tmp_path / "fatiao.toml"
    head = '[[source]]\nname = "a"\nstart = "https://a.cn/"\nenabled = false\n'
    file.write_text(f"{head}[source.urls]\n{line}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"fatiao\.toml:\d+: source\.urls: ") as caught:
        load_project(file)
    assert says in str(caught.value)
    assert "; " in str(caught.value)
