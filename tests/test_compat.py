import subprocess
from pathlib import Path

import pytest

from tests.compat import VERSIONS, differences, install, publish_filled, read_with


def test_every_question_is_answered_however_the_file_is_opened(tmp_path: Path) -> None:
    answers = read_with(None, publish_filled(tmp_path))
    assert len(answers) > 80
    assert {question: answer for question, answer in answers.items() if " rows" not in answer} == {}


def test_the_first_duckdb_that_is_promised_answers_the_same(tmp_path: Path) -> None:
    """The other versions are tried by `make compat`: each is a download of some 20 MB."""
    version = VERSIONS[0]
    library = tmp_path / "library"
    try:
        install(version, library)
    except subprocess.SubprocessError:
        pytest.skip(f"no package index gives duckdb {version} for this Python")
    file = publish_filled(tmp_path)
    assert differences(read_with(library, file), read_with(None, file)) == []
