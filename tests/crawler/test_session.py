from pathlib import Path

import pytest

from crawler.run import crawl
from crawler.sources import ConfigError, load_project

CONFIG = """
[fatiao]
contact = "{contact}"
[[source]]
name = "letters"
start = "http://letters.example/"
enabled = false
"""


def test_a_public_host_is_not_asked_anything_without_a_contact(tmp_path: Path) -> None:
    file = tmp_path / "fatiao.toml"
    file.write_text(CONFIG.format(contact=""), encoding="utf-8")
    with pytest.raises(ConfigError, match=r'write contact = "you@example\.org" under'):
        crawl(load_project(file), sources=["letters"], run_for=1.0)
    assert not (tmp_path / "data").exists()
