"""Changing `fatiao.toml` leaves everything else as it was."""

from pathlib import Path

import pytest

from crawler.sources import ConfigError, load_project
from crawler.toml_edit import (
    UnknownSourceError,
    add_source,
    disable_source,
    enable_source,
    write_initial,
)

TEXT = """# 我的站点
[fatiao]
contact = "me@law.example"   # mine

[[source]]
name = "one"   # the first
start = "http://one.example/"
delay = 10

# about two
[[source]]
name = "two"
start = [
    "http://two.example/",  # both
    "http://two.example/b",
]
enabled = false  # for now
# the end"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "fatiao.toml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_adding_appends_and_changes_nothing_else(file: Path) -> None:
    source = add_source(file, "https://www.three.com.cn/list.html")
    assert (source.name, source.enabled) == ("three", True)
    text = file.read_text(encoding="utf-8")
    assert text.startswith(TEXT)
    assert [each.name for each in load_project(file).sources] == ["one", "two", "three"]


def test_enabling_changes_one_word(file: Path) -> None:
    assert enable_source(file, "two").enabled
    assert file.read_text(encoding="utf-8") == TEXT.replace("enabled = false", "enabled = true")


def test_disabling_adds_one_line_at_its_source(file: Path) -> None:
    assert not disable_source(file, "one").enabled
    first = 'name = "one"   # the first\n'
    assert file.read_text(encoding="utf-8") == TEXT.replace(first, first + "enabled = false\n")


def test_windows_line_ends_stay(file: Path) -> None:
    file.write_bytes(TEXT.replace("\n", "\r\n").encode())
    add_source(file, "http://three.example/")
    disable_source(file, "one")
    enable_source(file, "two")
    assert file.read_bytes().count(b"\n") == file.read_bytes().count(b"\r\n")
    assert [each.enabled for each in load_project(file).sources] == [False, True, True]


def test_names_are_made_from_the_host_and_stay_apart(file: Path) -> None:
    urls = [
        "http://bbs.site.cn/",
        "http://www.site.cn/",
        "http://site.com/",
        "http://127.0.0.1:8101/",
        "http://律师.中国/",
    ]
    names = [add_source(file, url).name for url in urls]
    assert names[:4] == ["bbs-site", "site", "site-2", "127-0-0-1-8101"]
    assert len(set(names)) == len(urls)


def test_without_a_contact_a_new_source_is_disabled(tmp_path: Path) -> None:
    file = write_initial(tmp_path)
    assert not add_source(file, "http://three.example/").enabled
    before = file.read_bytes()
    with pytest.raises(ConfigError, match="contact"):
        enable_source(file, "three")
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("url", "name", "problem"),
    [
        ("three.example", None, "http://"),
        ("ftp://three.example/", None, "http://"),
        ("http://one.example:80/#x", None, 'already the start of source "one"'),
        ("http://three.example/", "one", "already"),
        ("http://three.example/", "No!", "my-site"),
    ],
)
def test_what_cannot_be_added_changes_nothing(
    file: Path, url: str, name: str | None, problem: str
) -> None:
    with pytest.raises(ValueError, match=problem):
        add_source(file, url, name)
    assert file.read_text(encoding="utf-8") == TEXT


def test_an_unknown_source_is_named_with_the_nearest(file: Path) -> None:
    with pytest.raises(UnknownSourceError, match="did you mean one"):
        enable_source(file, "onne")


def test_a_broken_file_is_left_alone(file: Path) -> None:
    file.write_text(TEXT + "\nnonsense", encoding="utf-8")
    for change in (enable_source, disable_source):
        with pytest.raises(ConfigError):
            change(file, "one")
    with pytest.raises(ConfigError):
        add_source(file, "http://three.example/")
    assert file.read_text(encoding="utf-8") == TEXT + "\nnonsense"


def test_no_draft_is_left_and_a_link_stays_a_link(file: Path, tmp_path: Path) -> None:
    link = tmp_path / "sub" / "fatiao.toml"
    link.parent.mkdir()
    link.symlink_to(file)
    file.chmod(0o640)
    enable_source(link, "two")
    assert link.is_symlink()
    assert load_project(file).sources[1].enabled
    assert file.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fatiao.toml", "sub"]


def test_sources_in_one_line_can_be_switched(tmp_path: Path) -> None:
    file = tmp_path / "fatiao.toml"
    line = 'source = [{name = "a", start = "http://a.example/"}]  # short\n'
    file.write_text(line, encoding="utf-8")
    with pytest.raises(ConfigError):
        load_project(file)
    file.write_text(line + '[fatiao]\ncontact = "a@b.cn"\n', encoding="utf-8")
    assert not disable_source(file, "a").enabled


def test_an_existing_file_is_not_overwritten(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "er"
    file = write_initial(folder)
    assert load_project(file).sources
    file.write_text("# mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        write_initial(folder)
    assert file.read_text(encoding="utf-8") == "# mine"
