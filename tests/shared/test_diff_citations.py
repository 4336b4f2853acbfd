"""Gains and losses: what is told of two runs over one text, and that a run can be made."""

from tests.shared.diff_citations import ROOT, cited, differences

TEXT = "先看《民法典》第十条，再看《刑法》第二条。"


def test_the_program_here_is_run_and_agrees_with_itself() -> None:
    seconds, (found,) = cited(ROOT, [TEXT])
    assert seconds > 0
    assert [row["raw"] for row in found] == ["《民法典》第十条", "《刑法》第二条"]
    assert list(differences(TEXT, found, found)) == []


def test_gains_losses_and_changes_are_told_apart() -> None:
    _, (found,) = cited(ROOT, [TEXT])
    code, penal = found
    assert [kind for kind, _ in differences(TEXT, [code], found)] == ["gained"]
    assert [kind for kind, _ in differences(TEXT, found, [penal])] == ["lost"]
    ((kind, words),) = differences(TEXT, found, [code | {"article": 11}, penal])
    assert kind == "changed"
    assert "[《民法典》第十条]" in words
    assert "民法典 10 in_force -> " in words
