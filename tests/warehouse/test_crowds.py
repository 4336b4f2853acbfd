"""Crowds that tempt into comparing all with all: what their texts are to each other is right."""

from collections import Counter
from collections.abc import Sequence
from random import Random

from pipeline.dedup.normalize import as_text, normalize
from tests.warehouse.library import sentences
from warehouse.clusters import Document, add_documents
from warehouse.store import open_warehouse

Rows = list[tuple[str, str, str | None, str | None]]  # article, relation, matched, substitution


def _grouped(texts: Sequence[str]) -> tuple[dict[str, str], Rows, int]:
    """Return each text's cluster, what it is to which other, and the relations between clusters."""
    names = [f"{place:05}" for place in range(len(texts))]
    by_name = dict(zip(names, texts, strict=True))
    with open_warehouse(":memory:") as db:
        documents = [Document(id=name, order=name, text=by_name[name]) for name in names]
        add_documents(db, documents, lambda ids: {id_: by_name[id_] for id_ in ids})
        rows = db.execute(
            "SELECT article_id, cluster_id, relation, matched_id, substitution FROM core.duplicate"
            " ORDER BY article_id"
        ).fetchall()
        related = db.execute("SELECT count(*) FROM core.relation").fetchall()[0][0]
    clusters = {row[0]: row[1] for row in rows}
    return clusters, [(row[0], *row[2:]) for row in rows], related


def test_an_article_reposted_300_times_is_one_cluster_of_its_copies() -> None:
    """Every third word for word, the others in a frame of their own; fifty articles beside them."""
    article = sentences("article", 20)
    others = ["\n".join(sentences(f"other {n}", 20)) for n in range(50)]
    copies = [
        "\n".join(article if n % 3 == 0 else [*sentences(f"{n}", 1), *article]) for n in range(300)
    ]
    clusters, rows, related = _grouped([*others, "\n".join(article), *copies])
    assert len(set(clusters.values())) == 51
    assert {clusters[f"{n:05}"] for n in range(50, 351)} == {"00050"}
    assert Counter(row[1] for row in rows[51:]) == {"exact": 100, "near": 200}
    assert related == 0


def test_a_template_with_1000_fillings_is_one_cluster_each_typed_with_its_two_names() -> None:
    lines = sentences("template", 12)
    names = [as_text(normalize(sentences(f"name {n}", 1)[0][:4])) for n in range(1000)]
    clusters, rows, _ = _grouped(["\n".join(name + line for line in lines) for name in names])
    by_id = {row[0]: name for row, name in zip(rows, names, strict=True)}
    assert len(set(clusters.values())) == 1
    for article, relation, matched, substitution in rows[1:]:
        old, _, new = (substitution or "").partition("→")  # without what both begin or end with
        assert (relation, len(old) > 1) == ("template", True)
        assert old in by_id[matched or ""]
        assert new in by_id[article]


def test_articles_that_quote_one_statute_at_length_are_neither_copies_nor_related() -> None:
    """Two thirds of each are the statute's words; which is known once there are sixteen."""
    statute = sentences("statute", 20)
    texts = [
        "\n".join([*sentences(f"{n}", 5), *statute, *sentences(f"{n} end", 5)]) for n in range(1000)
    ]
    clusters, rows, related = _grouped(texts)
    assert len(set(clusters.values())) == 1000
    assert {row[1] for row in rows} == {"original"}
    assert related == 0


def test_five_megabytes_and_their_copy_are_one_and_part_of_them_is_an_excerpt() -> None:
    chance = Random("long")  # noqa: S311 - texts for a test
    text = "".join(map(chr, chance.choices(range(0x4E00, 0x5600), k=1_700_000)))
    assert len(text.encode()) > 5_000_000
    clusters, rows, _ = _grouped([text, f"转载自别处的文章\n{text}", text[: len(text) // 2]])
    assert set(clusters.values()) == {"00000"}
    assert [row[1] for row in rows] == ["original", "near", "excerpt"]


def test_texts_with_nothing_in_them_are_no_copies_and_equal_words_are() -> None:
    kinds = ("", "。", "法", "同意。", "同意！", "请问")
    clusters, rows, related = _grouped([kinds[n % 6] for n in range(600)])
    groups = Counter(Counter(clusters.values()).values())
    assert groups == {1: 200, 100: 2, 200: 1}
    relations = Counter((int(row[0]) % 6, row[1]) for row in rows)
    assert relations[0, "original"] == relations[1, "original"] == 100
    assert relations[2, "exact"] == relations[5, "exact"] == 99
    assert related == 0
