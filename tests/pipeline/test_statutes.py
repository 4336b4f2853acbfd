"""The registry as a whole, and the laws whose history must be right."""

import csv
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.cite.check import cite
from pipeline.statutes import Registry, Statute, StatuteId, load_registry

DATA = Path(__file__).resolve().parents[2] / "pipeline" / "data"


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


def only(registry: Registry, title: str) -> Statute:
    (statute,) = registry.find(title)
    return statute


def test_every_id_in_a_table_is_an_act(registry: Registry) -> None:
    ids = set(registry.by_id)
    assert len(ids) == len(registry.statutes)
    assert {version.statute_id for version in registry.versions} <= ids
    assert {alias.statute_id for alias in registry.aliases} <= ids
    assert {number.statute_id for number in registry.numbers} <= ids
    assert {act.replaced_by for act in registry.statutes if act.replaced_by} <= ids


def test_titles_are_unique(registry: Registry) -> None:
    titles = [act.title for act in registry.statutes]
    assert len(titles) == len(set(titles))


def test_tables_are_sorted_and_clean() -> None:
    for file in sorted(DATA.glob("*.csv")):
        rows = list(csv.reader(file.read_text(encoding="utf-8").splitlines()))
        width = len(rows[0])
        assert all(len(row) == width for row in rows), file.name
        assert all(cell == cell.strip() for row in rows for cell in row), file.name
        assert len({tuple(row) for row in rows}) == len(rows), f"{file.name} repeats a row"


def test_the_version_in_force_on_any_day_is_unambiguous(registry: Registry) -> None:
    """Each version ends where the next begins, and the last ends with the act."""
    for act in registry.statutes:
        versions = registry.versions_of(act.statute_id)
        for former, later in pairwise(versions):
            assert former.effective_to == later.effective_from, act.title
        for version in versions:
            ends = version.effective_to
            assert ends is None or version.effective_from < ends, act.title
            promulgated = version.promulgated_on
            assert promulgated is None or promulgated <= version.effective_from, act.title
        if versions:
            assert versions[-1].effective_to == act.repealed_on, act.title


def test_looking_up_a_day_agrees_with_the_table(registry: Registry) -> None:
    for version in registry.versions:
        first, end = version.effective_from, version.effective_to
        assert registry.in_force_on(version.statute_id, first) == version
        if end is not None:
            assert registry.in_force_on(version.statute_id, end - timedelta(days=1)) == version
            assert registry.in_force_on(version.statute_id, end) != version
    for act in registry.statutes:
        assert registry.in_force_on(act.statute_id, date(1900, 1, 1)) is None


def test_repealed_acts_are_not_in_force_afterwards(registry: Registry) -> None:
    for act in registry.statutes:
        if act.repealed_on:
            assert registry.in_force_on(act.statute_id, act.repealed_on) is None, act.title


@pytest.mark.parametrize(
    ("law", "day", "count"),
    [
        ("民事诉讼法", date(2008, 3, 31), 270),
        ("民事诉讼法", date(2008, 4, 1), 268),
        ("民事诉讼法", date(2013, 1, 1), 284),
        ("民事诉讼法", date(2021, 12, 31), 284),
        ("民事诉讼法", date(2022, 1, 1), 291),
        ("民事诉讼法", date(2023, 12, 31), 291),
        ("民事诉讼法", date(2024, 1, 1), 306),
        ("民法典", date(2021, 1, 1), 1260),
        ("刑法", date(2025, 1, 1), 452),
        ("公司法", date(2024, 6, 30), 218),
        ("公司法", date(2024, 7, 1), 266),
        ("监察法", date(2025, 5, 31), 69),
        ("监察法", date(2025, 6, 1), 78),
        ("行政复议法", date(2023, 12, 31), 43),
        ("行政复议法", date(2024, 1, 1), 90),
        ("仲裁法", date(2026, 2, 28), 80),
        ("仲裁法", date(2026, 3, 1), 96),
        ("治安管理处罚法", date(2025, 12, 31), 119),
        ("治安管理处罚法", date(2026, 1, 1), 144),
        ("合同法", date(2020, 12, 31), 428),
        ("征信业管理条例", date(2025, 1, 1), 47),
        ("民间借贷司法解释", date(2020, 8, 19), 33),
        ("民间借贷司法解释", date(2020, 8, 20), 32),
        ("民间借贷司法解释", date(2021, 1, 1), 31),
        ("刑诉法解释", date(2021, 3, 1), 655),
    ],
)
def test_articles_of_the_version_in_force(
    registry: Registry, law: str, day: date, count: int
) -> None:
    version = registry.in_force_on(only(registry, law).statute_id, day)
    assert version is not None
    assert version.article_count == count
    assert version.is_confirmed


@pytest.mark.parametrize(
    "law",
    [
        "合同法",
        "物权法",
        "婚姻法",
        "继承法",
        "担保法",
        "侵权责任法",
        "民法总则",
        "民法通则",
        "收养法",
    ],
)
def test_the_civil_code_replaced_nine_laws(registry: Registry, law: str) -> None:
    act = only(registry, law)
    assert act.is_confirmed
    assert act.repealed_on == date(2021, 1, 1)
    assert act.replaced_by == only(registry, "民法典").statute_id


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("中华人民共和国民法典", "中华人民共和国民法典"),
        ("公司法（2023年修订）", "中华人民共和国公司法"),
        ("我国刑法", "中华人民共和国刑法"),
        ("消保法", "中华人民共和国消费者权益保护法"),
        (
            "最高人民法院关于适用《中华人民共和国民法典》有关担保制度的解释",
            "最高人民法院关于适用〈中华人民共和国民法典〉有关担保制度的解释",
        ),
        (
            "关于适用<民法典>有关担保制度的解释",
            "最高人民法院关于适用〈中华人民共和国民法典〉有关担保制度的解释",
        ),
        (
            "最高院关于民事诉讼证据的若干规定",
            "最高人民法院关于民事诉讼证据的若干规定",
        ),
        (
            "婚姻法司法解释(二)",
            "最高人民法院关于适用〈中华人民共和国婚姻法〉若干问题的解释（二）",
        ),
    ],
)
def test_a_title_is_found_however_it_is_written(
    registry: Registry, written: str, title: str
) -> None:
    assert only(registry, written).title == title


def test_a_title_without_its_number_is_ambiguous(registry: Registry) -> None:
    titles = {act.title for act in registry.find("合同法司法解释")}
    assert len(titles) == 2
    assert all("合同法" in title for title in titles)


def test_unknown_titles_are_not_guessed(registry: Registry) -> None:
    assert registry.find("社会保险法实施若干细则") == ()
    assert registry.find("") == ()


@pytest.mark.parametrize("number", ["法释〔2020〕17号", "法释[2020]17号", "法释（2020）第17号"])
def test_document_numbers_are_compared_without_their_brackets(
    registry: Registry, number: str
) -> None:
    assert only(registry, "民间借贷司法解释") in registry.with_number(number)


def test_the_content_names_the_version(registry: Registry) -> None:
    assert len(registry.version) == 12
    assert int(registry.version, 16) >= 0


def test_derived_names_are_aliases_and_none_is_another_acts_title(registry: Registry) -> None:
    aliases = [(alias.alias, alias.statute_id) for alias in registry.aliases]
    assert len(aliases) == len(set(aliases))
    act = only(registry, "最高人民法院关于审理民间借贷案件适用法律若干问题的规定")
    assert ("民间借贷规定", act.statute_id) in aliases
    for alias, statute_id in aliases:
        assert statute_id in {found.statute_id for found in registry.find(alias)}, alias


def test_each_alias_is_found_in_its_example(registry: Registry) -> None:
    day = date(2025, 6, 1)
    for alias in registry.aliases:
        if alias.example:
            (one,) = cite(alias.example, as_of=day, today=day, registry=registry)
            assert alias.alias in one.raw, alias.example
            assert one.statute_id == alias.statute_id, alias.example
            assert (one.verdict == "wrong_title") == alias.is_wrong, alias.example
    listed = (DATA / "aliases.csv").read_text(encoding="utf-8").count("\n") - 1
    assert sum(bool(alias.example) for alias in registry.aliases) == listed


@pytest.mark.parametrize(
    ("law", "begins", "article", "day", "now"),
    [
        ("民事诉讼法", date(2017, 7, 1), 119, date(2022, 6, 1), ("民事诉讼法", 122)),
        ("民事诉讼法", date(2013, 1, 1), 253, date(2025, 1, 1), ("民事诉讼法", 264)),
        ("民事诉讼法", date(2017, 7, 1), 9, date(2025, 1, 1), ("民事诉讼法", 9)),
        ("公司法", date(2018, 10, 26), 16, date(2025, 1, 1), ("公司法", 15)),
        ("行政复议法", date(2018, 1, 1), 9, date(2025, 1, 1), ("行政复议法", 20)),
        ("合同法", date(1999, 10, 1), 107, date(2025, 1, 1), ("民法典", 577)),
        ("合同法", date(1999, 10, 1), 52, date(2025, 1, 1), None),
        ("合同法", date(1999, 10, 1), 107, date(2015, 1, 1), ("合同法", 107)),
        ("劳动法", date(1995, 1, 1), 3, date(2025, 1, 1), None),
    ],
)
def test_an_article_is_followed_through_amendments(
    registry: Registry, law: str, begins: date, article: int, day: date, now: tuple[str, int] | None
) -> None:
    versions = registry.versions_of(only(registry, law).statute_id)
    (version,) = [version for version in versions if version.effective_from == begins]
    found = registry.now_at(version, (article, 0), day)
    expected = now and (only(registry, now[0]).statute_id, (now[1], 0))
    assert found == expected


def test_every_renumbering_is_between_versions_that_have_the_articles(registry: Registry) -> None:
    starts = {(v.statute_id, str(v.effective_from)): v.article_count for v in registry.versions}
    with (DATA / "renumbered.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            old = starts[(StatuteId(row["statute_id"]), row["effective_from"])]
            new = starts[(StatuteId(row["new_statute_id"]), row["new_effective_from"])]
            assert old is None or int(row["article"]) <= old, row
            assert new is None or int(row["new_article"] or 1) <= new, row
