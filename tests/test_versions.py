import json

import pytest

from tests.versions import FILE, STAGES, current


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_whose_output_changes_has_a_new_version(stage: str) -> None:
    recorded = json.loads(FILE.read_text(encoding="utf-8"))[stage]
    now = current(stage)
    if now["digest"] != recorded["digest"]:
        assert now["version"] != recorded["version"], (
            f"{stage}: the output changed; raise it and run: python -m tests.versions"
        )
    assert now == recorded, f"{stage} was raised; record its output: python -m tests.versions"
