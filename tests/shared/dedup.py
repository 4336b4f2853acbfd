"""Scores of the deduplication on the development set, beside the scorer that comes with it.

    python -m tests.shared.dedup

Peers stand in the table where `FATIAO_PEERS` names a Python that has them:

    python -m venv /tmp/peers
    /tmp/peers/bin/pip install datasketch rensa gaoya datatrove tokenizers text-dedup
    FATIAO_PEERS=/tmp/peers/bin/python python -m tests.shared.dedup

One bulk add and nine batches, pairwise P/R/F1 and recall by edit; the curve of the rarity
bound over corpora of growing size; the two recorded sites' articles; CPU time per text.
"""

import gzip
import json
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from time import process_time
from typing import Any, Final

from pipeline.dedup.normalize import as_text, normalize
from pipeline.dedup.rarity import bound_of
from tests.shared import dedup_peer_run
from tests.shared.curve import Corpus, sizes
from tests.shared.dedup_peer_run import PEERS
from tests.shared.figures import table
from tests.shared.places import load_script, shared
from warehouse.clusters import Document, add_documents, dedup_texts
from warehouse.store import open_warehouse

Row = dict[str, Any]

INCREMENT: Final = 967  # nine batches
BOUNDS: Final = (3, 4, 6, 8, 10, 14, 20, 30, 1_000_000)


def main() -> None:
    """Print all figures."""
    rows = read_rows()
    _print_scores(rows)
    _print_parts(rows)
    _print_sites()
    _print_curve(rows)


def read_rows() -> list[Row]:
    """Return the development set's rows, in the file's order."""
    with gzip.open(shared("dedup/dev.jsonl.gz"), "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def increments(rows: Sequence[Row], size: int) -> dict[str, str]:
    """Return each row's cluster after adds of `size` rows, in their order."""
    texts = {row["id"]: row["text"] for row in rows}
    documents = [
        Document(id=row["id"], order=f"{place:09}", text=row["text"])
        for place, row in enumerate(rows)
    ]
    with open_warehouse(":memory:") as connection:
        for start in range(0, len(documents), size):
            add_documents(
                connection,
                documents[start : start + size],
                lambda ids: {id_: texts[id_] for id_ in ids},
            )
        found = connection.execute("SELECT article_id, cluster_id FROM core.duplicate").fetchall()
    return dict(found)


def related_parts(rows: Sequence[Row]) -> Counter[tuple[str, str]]:
    """Return how each excerpt, merge and quotation is tied to its base, by edit and by what."""
    texts = {row["id"]: row["text"] for row in rows}
    documents = [
        Document(id=row["id"], order=f"{place:09}", text=row["text"])
        for place, row in enumerate(rows)
    ]
    with open_warehouse(":memory:") as connection:
        add_documents(connection, documents, lambda ids: {id_: texts[id_] for id_ in ids})
        clusters = dict(
            connection.execute("SELECT article_id, cluster_id FROM core.duplicate").fetchall()
        )
        related = connection.execute(_RELATED).fetchall()
    family = {row["id"]: row["fam"] for row in rows}
    base = {row["fam"]: clusters[row["id"]] for row in rows if row["label"] == "base"}
    ties = {
        (one, family[other]): relation
        for later, earlier, relation in related
        for one, other in ((later, earlier), (earlier, later))
    }
    return Counter(
        (
            row["edit"],
            "cluster"
            if clusters[row["id"]] == base[row["fam"]]
            else ties.get((row["id"], row["fam"]), "nothing"),
        )
        for row in rows
        if row["label"] == "part"
    )


_RELATED: Final = """
    SELECT c.head_id, p.head_id, r.relation
    FROM core.relation AS r
    JOIN core.signature AS c ON c.text_no = r.text_no
    JOIN core.signature AS p ON p.text_no = r.other_no
    ORDER BY ALL
"""


def cross_site_pairs() -> tuple[set[frozenset[str]], set[frozenset[str]], Sequence[Row]]:
    """Return found and true pairs that cross the two recorded sites, and the whole outcome."""
    sites = [_gold(name) for name in ("zblog-tpure", "hexo-gbk")]
    site_of = {row["url"]: number for number, rows in enumerate(sites) for row in rows}
    rows = [row for rows in sites for row in rows]
    found = dedup_texts([{"id": row["url"], "text": row["text"]} for row in rows])
    clusters = {str(one["id"]): one["cluster"] for one in found}
    gold = {row["url"]: row["cluster"] for row in rows if row["cluster"]}
    return _crossing(clusters, site_of), _crossing(gold, site_of), found


def _gold(name: str) -> list[Row]:
    lines = shared(f"sites/{name}.gold.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _crossing(clusters: dict[str, Any], site_of: dict[str, int]) -> set[frozenset[str]]:
    return {
        frozenset((one, other))
        for one in clusters
        for other in clusters
        if clusters[one] == clusters[other] and site_of[one] < site_of[other]
    }


def _print_scores(rows: Sequence[Row]) -> None:
    scorer = load_script("dedup/score.py")
    head: list[tuple[object, ...]] = [("", "P", "R", "F1", "false pairs", "CPU ms/text")]
    recall: dict[str, dict[str, float]] = {}
    ways = {"bulk": len(rows), "in 9 batches": INCREMENT}
    for name, size in ways.items():
        started = process_time()
        clusters = increments(rows, size)
        cost = (process_time() - started) / len(rows) * 1000
        score = scorer.score(rows, clusters)
        head.append((name, score["P"], score["R"], score["F1"], score["fp"], f"{cost:.3f}"))
        recall[name] = score["recall"]
    for name, score, cost in _peers(rows, scorer.score):
        head.append((name, score["P"], score["R"], score["F1"], score["fp"], f"{cost:.3f}"))
        recall[name] = score["recall"]
    print(table(head), "\n\nrecall by edit", sep="")
    edits = [(edit, *(one[edit] for one in recall.values())) for edit in recall["bulk"]]
    print(table([("edit", *recall), *edits]))


def _peers(
    rows: Sequence[Row], score: Callable[..., Any]
) -> Iterator[tuple[str, dict[str, Any], float]]:
    """Yield each peer's name, score and CPU ms a text; as usually used, and on normalised texts."""
    python = os.environ.get("FATIAO_PEERS", sys.executable)
    kinds = {
        "": [row["text"] for row in rows],
        ", our normalisation": [as_text(normalize(row["text"])) for row in rows],
    }
    for kind, texts in kinds.items():
        with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
            json.dump(texts, file)
            file.flush()
            for name in PEERS:
                found = _run_peer(python, file.name, name)
                if "error" in found:
                    print(f"{name}: not run: {found['error']}")
                    continue
                ids = (row["id"] for row in rows)
                clusters = dict(zip(ids, found["groups"], strict=True))
                yield name + kind, score(rows, clusters), found["seconds"] / len(rows) * 1000


def _run_peer(python: str, path: str, name: str) -> dict[str, Any]:
    command = [python, dedup_peer_run.__file__, path, name]
    ran = subprocess.run(command, capture_output=True, check=False, text=True)
    lines = ran.stdout.splitlines()
    if ran.returncode or not lines:
        return {"error": (ran.stderr.splitlines() or ["no answer"])[-1]}
    found: dict[str, Any] = json.loads(lines[-1])
    return found


def _print_parts(rows: Sequence[Row]) -> None:
    found = related_parts(rows)
    edits, ties = (sorted({key[place] for key in found}) for place in (0, 1))
    lines = [(edit, *(found[edit, tie] for tie in ties)) for edit in edits]
    print("\nexcerpts, merges, quotations: how they are tied to their base (a passage that is")
    print("nothing but statute ties none)")
    print(table([("edit", *ties), *lines]))


def _print_sites() -> None:
    found, true, outcome = cross_site_pairs()
    templates = [one for one in outcome if one["relation"] == "template"]
    print(f"\ntwo sites: {len(found & true)} of {len(true)} crossing pairs, ", end="")
    print(f"{len(found - true)} others; {len(templates)} typed as template:")
    for one in templates:
        print(f"  {one['substitution']}")


def _print_curve(rows: Sequence[Row]) -> None:
    corpus = Corpus(rows, load_script("dedup/score.py").score)
    chance = random.Random(5)  # noqa: S311 - which families make up a corpus
    lines: list[tuple[object, ...]] = [("texts", "kind", "ours", *BOUNDS[:-1], "none")]
    for size in sizes(len(rows)):
        for kind in ("mixed", "one topic"):
            scores = corpus.scores(size, kind, BOUNDS, chance)
            lines.append((size, kind, bound_of(size), *(scores[bound] for bound in BOUNDS)))
    print("\nF1 by the bound of rarity, in corpora drawn from the set (means of several draws)")
    print(table(lines))


if __name__ == "__main__":
    main()
