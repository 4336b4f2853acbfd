"""Duplicate clusters in the warehouse: which stored articles are one, at the cost of what is new.

Each distinct normalised text has at most one match: the most similar *earlier* text that is one
article with it (`pipeline.dedup.confirm`).  The matches form trees, and a tree is a cluster.  A
match depends on earlier texts and on the epoch's rarity alone, so within an epoch clusters are a
function of the articles and their order: in whatever batches they come, the outcome is the same.

Nothing here begins or commits: the caller's transaction holds the whole or nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from time import perf_counter
from typing import Any

import numpy as np
from duckdb import DuckDBPyConnection
from numpy.typing import NDArray

from pipeline.dedup.confirm import (
    PREFILTER_JACCARD,
    Comparison,
    find_match,
    profile_of,
    weigh,
)
from pipeline.dedup.normalize import normalize
from pipeline.dedup.relations import relate
from pipeline.dedup.signature import BANDS, Signatures, bands, hash_shingles, signatures
from warehouse.comparing import (
    PART,
    Numbers,
    TextOf,
    Work,
    candidates,
    keep_profiles,
    stored_rarity,
    strings,
)
from warehouse.epochs import enter_epoch
from warehouse.passages import relate_passages, store_fragments
from warehouse.store import open_warehouse, read_sql


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article as the clusters see it."""

    id: str
    order: str  # sorts as the articles came to be; equal ones go by id
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterReport:
    """What one call did."""

    added: int  # articles
    judged: int  # texts whose match was sought
    compared: int  # pairs of texts
    epoch: int  # 0 below 16 texts, then one more at each doubling
    seconds: float


def add_documents(
    connection: DuckDBPyConnection, documents: Sequence[Document], text_of: TextOf
) -> ClusterReport:
    """Add articles and group them with what is stored; settle what removals left open.

    An article already there is replaced; of two with one id the last counts.

    Args:
        connection: a warehouse, in a transaction.
        documents: the new articles, in any order; they may be none.
        text_of: returns the texts of stored articles by id; not asked for those of `documents`.
    """
    started = perf_counter()
    given = {document.id: document for document in documents}

    def read(ids: Sequence[str]) -> dict[str, str]:
        stored = [id_ for id_ in ids if id_ not in given]
        found = {id_: given[id_].text for id_ in ids if id_ in given}
        return {**found, **text_of(stored)} if stored else found

    work = Work(connection, read)
    if given:
        remove_documents(connection, list(given))
        _store_members(work, list(given.values()))
    judged, epoch = _settle(work)
    return ClusterReport(
        added=len(given),
        judged=judged,
        compared=work.compared,
        epoch=epoch,
        seconds=perf_counter() - started,
    )


def remove_documents(connection: DuckDBPyConnection, ids: Sequence[str]) -> None:
    """Take articles out; unknown ids are passed over.

    The clusters they leave are settled by the next `add_documents`, which has the texts to do it
    and may be given no article; call it in the same transaction.
    """
    work = Work(connection, lambda _: {})
    if ids:
        work.insert(read_sql("dedup/remove.sql"), {"article_id": strings(ids)})


def _store_members(work: Work, documents: Sequence[Document]) -> None:
    columns = {
        "article_id": strings(document.id for document in documents),
        "order_key": strings(document.order for document in documents),
        "text_digest": strings(_digest(document.text) for document in documents),
    }
    work.insert(read_sql("dedup/add_members.sql"), columns)


def _digest(text: str) -> str:
    """Return 32 hex digits of the normalised text; none where nothing is left of it."""
    code_points = normalize(text).astype("<u4").tobytes()
    return blake2b(code_points, digest_size=16).hexdigest() if code_points else ""


def _settle(work: Work) -> tuple[int, int]:
    """Bring signatures, matches and clusters in line with the members; texts judged, epoch."""
    started = perf_counter()
    for step in ("work", "heads", "displaced"):
        work.run(step)
    epoch = enter_epoch(work, _sign_new(work))
    judged = [int(row[0]) for row in work.run("judged")]
    if work.pairs or judged:
        _judge(work)
        _relate_matches(work)
    work.run("close_epoch", epoch=epoch, pairs=work.compared, seconds=perf_counter() - started)
    _find_roots(work)
    work.run("grouped")
    work.run("refresh", epoch=epoch)
    work.run("events", epoch=epoch)
    relate_passages(work, stored_rarity(work))
    return len(judged), epoch


def _sign_new(work: Work) -> int:
    """Sign the texts that are not stored yet; return how many."""
    unsigned = work.run("unsigned")
    first = int(work.run("next_text")[0][0])
    for start in range(0, len(unsigned), PART):
        heads = unsigned[start : start + PART]
        numbers = np.arange(first + start, first + start + len(heads), dtype=np.int32)
        texts = work.text_of([head_id for head_id, _, _ in heads])
        hashed = [hash_shingles(normalize(texts[head_id])) for head_id, _, _ in heads]
        profiles = [profile_of(hashes) for hashes in hashed]
        keep_profiles(work, dict(zip(numbers.tolist(), profiles, strict=True)))
        store_fragments(work, numbers, hashed)
        _store_signatures(work, numbers, heads, signatures([item.shingles for item in profiles]))
    return len(unsigned)


def _store_signatures(
    work: Work, numbers: Numbers, heads: Sequence[tuple[str, str, str]], signed: Signatures
) -> None:
    columns: dict[str, NDArray[Any]] = {
        "text_no": numbers,
        "head_id": strings(head_id for head_id, _, _ in heads),
        "head_order": strings(order for _, order, _ in heads),
        "text_digest": strings(digest for _, _, digest in heads),
        "signature": strings(row.astype("<u4").tobytes().hex() for row in signed),
    }
    work.insert(read_sql("dedup/add_signatures.sql"), columns)
    keys: dict[str, NDArray[Any]] = {
        "band": bands(signed).ravel(),
        "text_no": np.repeat(numbers, BANDS),
    }
    work.insert("INSERT INTO core.band SELECT band, text_no FROM staged", keys)
    work.insert("INSERT INTO judged SELECT text_no FROM staged", {"text_no": numbers})


def _judge(work: Work) -> None:
    """Compare the pairs that were found and give each text its best match."""
    known = stored_rarity(work)
    for parents, children in candidates(work, PREFILTER_JACCARD):
        numbers = np.unique(np.concatenate((parents, children))).tolist()
        weighed = {number: weigh(work.profiles[number], known) for number in numbers}
        found: list[tuple[int, int, Comparison]] = []
        for parent, child in zip(parents.tolist(), children.tolist(), strict=True):
            match = find_match(weighed[parent], weighed[child], known)
            if match:
                found.append((child, parent, match))
        work.compared += len(parents)
        _store_verdicts(work, found)
    work.run("best")


def _store_verdicts(work: Work, found: Sequence[tuple[int, int, Comparison]]) -> None:
    if found:
        columns = {
            "child_no": np.array([child for child, _, _ in found], dtype=np.int32),
            "parent_no": np.array([parent for _, parent, _ in found], dtype=np.int32),
            "jaccard": np.array([outcome.jaccard for _, _, outcome in found]),
            "rare_jaccard": np.array([outcome.rare_jaccard for _, _, outcome in found]),
            "containment": np.array([outcome.containment for _, _, outcome in found]),
        }
        work.insert("INSERT INTO verdict FROM staged", columns)


def _relate_matches(work: Work) -> None:
    """Say what each newly matched text is to its match."""
    matches = work.run("matched_texts")
    for start in range(0, len(matches), PART):
        part = matches[start : start + PART]
        texts = work.text_of(sorted({id_ for row in part for id_ in (row[1], row[2])}))
        kinships = [relate(texts[row[2]], texts[row[1]], row[5]) for row in part]
        columns = {
            "text_no": np.array([row[0] for row in part], dtype=np.int32),
            "relation": strings(kinship.relation.value for kinship in kinships),
            "substitution": strings(
                str(kinship.substitution) if kinship.substitution else None for kinship in kinships
            ),
        }
        work.insert(read_sql("dedup/store_relations.sql"), columns)


def _find_roots(work: Work) -> None:
    """Follow the matches to the canonical texts; note which texts lead to another than before."""
    stored = work.connection.execute(read_sql("dedup/matches.sql")).fetchnumpy()
    numbers, matched = np.asarray(stored["text_no"]), np.asarray(stored["matched_no"])
    roots = np.searchsorted(numbers, matched)
    while not np.array_equal(roots[roots], roots):
        roots = roots[roots]
    changed = numbers[roots] != np.asarray(stored["root_no"])
    columns = {"text_no": numbers[changed], "root_no": numbers[roots[changed]]}
    work.insert(read_sql("dedup/store_roots.sql"), columns)


def dedup_texts(rows: Iterable[Mapping[str, object]]) -> list[dict[str, object]]:
    """Group texts of `{id, text, published_at?}`; one object a row, in the rows' order.

    Rows with a `published_at` come first, the earliest first; the others as they stand.  Each
    object has `id, cluster, canonical, relation, similarity` (Jaccard over all shingles with the
    article it was matched with; 1.0 for a canonical one), `rare_similarity`, `matched` and
    `substitution`.  A cluster is named by the id of its canonical row.
    """
    given = list(rows)
    documents = [
        Document(id=f"{place:012}", order=_order(row), text=str(row.get("text") or ""))
        for place, row in enumerate(given)
    ]
    with open_warehouse(":memory:") as connection:
        add_documents(connection, documents, lambda _: {})
        found = connection.execute(read_sql("dedup/outcome.sql")).fetchall()
    names = {document.id: row.get("id") for document, row in zip(documents, given, strict=True)}
    return [_as_object(row, names) for row in found]


def _order(row: Mapping[str, object]) -> str:
    published = row.get("published_at")
    return f"0 {published}" if published else "1"


def _as_object(found: tuple[object, ...], names: Mapping[str, object]) -> dict[str, object]:
    article, cluster, canonical, relation, similarity, rare, matched, substitution = found
    return {
        "id": names[str(article)],
        "cluster": names[str(cluster)],
        "canonical": names[str(canonical)],
        "relation": relation,
        "similarity": similarity,
        "rare_similarity": rare,
        "matched": names.get(str(matched)),
        "substitution": substitution,
    }
