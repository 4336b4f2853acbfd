"""Duplicate clusters in the warehouse: which stored articles are one, at the cost of what is new.

Each distinct normalised text has at most one match: the most similar *earlier* text that is one
article with it (`pipeline.dedup.confirm`).  The matches form trees, and a tree is a cluster.  A
match depends on earlier texts and on the epoch's rarity alone, so within an epoch clusters are a
function of the articles and their order: in whatever batches they come, the outcome is the same.

Nothing here begins or commits: the caller's transaction holds the whole or nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Final

import numpy as np
from duckdb import DuckDBPyConnection

from pipeline.dedup.confirm import PREFILTER_JACCARD, Comparison, find_match
from pipeline.dedup.credits import credits_in
from pipeline.dedup.passages import LEAST_FRAGMENTS
from pipeline.dedup.prepare import Prepared
from pipeline.dedup.relations import relate
from pipeline.dedup.sift import Sieve, weigh_all
from warehouse.buckets import add_pairs
from warehouse.comparing import (
    PART,
    Pairs,
    TextOf,
    Work,
    candidates,
    stored_rarity,
)
from warehouse.crowns import crown
from warehouse.epochs import enter_epoch
from warehouse.passages import relate_passages
from warehouse.runs import open_run, write_run
from warehouse.signing import digests, sign_new
from warehouse.staging import Column, strings
from warehouse.store import one_thread, open_warehouse, read_sql

NOTHING_PREPARED: Final[Mapping[str, Prepared]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article as the clusters see it."""

    id: str
    order: str  # sorts as the articles came to be; equal ones go by id
    text: str
    seen: str = ""  # sorts as they were fetched; as they came to be where it is not said
    source: str = ""
    day: str = ""  # the day it is dated to, ISO 8601; empty where none is known
    is_timed: bool = False  # whether its date tells the minute
    names: tuple[str, ...] = ()  # what its site and it may be called by, as `known_as` writes them
    credits: tuple[str, ...] = ()  # where the page says it was taken from, beside the text


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterReport:
    """What one call did."""

    added: int  # articles
    judged: int  # texts whose match was sought
    compared: int  # pairs of texts
    epoch: int  # 0 below 16 texts, then one more at each doubling
    seconds: float


def add_documents(
    connection: DuckDBPyConnection,
    documents: Sequence[Document],
    text_of: TextOf,
    prepared: Mapping[str, Prepared] = NOTHING_PREPARED,
) -> ClusterReport:
    """Add articles and group them with what is stored; settle what removals left open.

    An article already there is replaced; of two with one id the last counts.

    Args:
        connection: a warehouse, in a transaction.
        documents: the new articles, in any order; they may be none.
        text_of: returns the texts of stored articles by id; not asked for those of `documents`.
        prepared: by text, what is kept of it, where somebody has made it already.
    """
    started = perf_counter()
    given = {document.id: document for document in documents}

    def read(ids: Sequence[str]) -> dict[str, str]:
        stored = [id_ for id_ in ids if id_ not in given]
        found = {id_: given[id_].text for id_ in ids if id_ in given}
        return {**found, **text_of(stored)} if stored else found

    work = Work(connection, read, prepared={one.digest: one for one in prepared.values()})
    with one_thread(connection):
        if given:
            remove_documents(connection, list(given))
            _store_members(work, list(given.values()), prepared)
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
        [(leaving,)] = work.insert(read_sql("dedup/leaving.sql"), {"article_id": strings(ids)})
        if leaving:
            work.run("remove")


def _store_members(
    work: Work, documents: Sequence[Document], prepared: Mapping[str, Prepared]
) -> None:
    texts = [document.text for document in documents]
    computed = digests([text for text in texts if text not in prepared])
    digests_of_all = [prepared[one].digest if one in prepared else next(computed) for one in texts]
    columns: dict[str, Column] = {
        "article_id": strings(document.id for document in documents),
        "order_key": strings(document.order for document in documents),
        "text_digest": strings(digests_of_all),
        "seen_key": strings(document.seen or document.order for document in documents),
        "source": strings(document.source for document in documents),
        "day": strings(document.day for document in documents),
        "is_timed": np.array([document.is_timed for document in documents], dtype=np.bool_),
        "names": strings("\n".join(document.names) for document in documents),
        "credits": strings("\n".join(_credits(document)) for document in documents),
    }
    work.insert(read_sql("dedup/add_members.sql"), columns)


def _credits(document: Document) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*document.credits, *credits_in(document.text))))


def _settle(work: Work) -> tuple[int, int]:
    """Bring signatures, matches and clusters in line with the members; texts judged, epoch."""
    started = perf_counter()
    work.run_of_keys = open_run(work.connection)
    work.run("work")
    [(met,)] = work.run("heads")
    if met:
        work.run("displaced")
    epoch = enter_epoch(work, sign_new(work))
    work.known = stored_rarity(work)
    add_pairs(work, LEAST_FRAGMENTS)
    judged = [int(row[0]) for row in work.run("judged")]
    if len(work.pairs[0]) or judged:
        _judge(work)
        _relate_matches(work)
    work.run("close_epoch", epoch=epoch, pairs=work.compared, seconds=perf_counter() - started)
    _find_roots(work)
    crown(work, epoch)
    relate_passages(work)
    write_run(work.connection, work.run_of_keys)
    return len(judged), epoch


def _judge(work: Work) -> None:
    """Compare the pairs that were found and give each text its best match."""
    sieve = Sieve(work.known)
    for pairs in candidates(work, PREFILTER_JACCARD):
        work.compared += len(pairs[0])
        passes = sieve.passes(*pairs, work.profiles)
        _store_verdicts(work, list(_matches(work, (pairs[0][passes], pairs[1][passes]))))
    work.run("best")


def _matches(work: Work, pairs: Pairs) -> Iterator[tuple[int, int, Comparison]]:
    """Yield those pairs that are one article: the later text, the earlier one, how alike."""
    numbers = np.unique(np.concatenate(pairs)).tolist()
    weighed = weigh_all([work.profiles[number] for number in numbers], work.known)
    texts = dict(zip(numbers, weighed, strict=True))
    for parent, child in zip(pairs[0].tolist(), pairs[1].tolist(), strict=True):
        match = find_match(texts[parent], texts[child], work.known)
        if match:
            yield child, parent, match


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
        columns: dict[str, Column] = {
            "text_no": np.array([row[0] for row in part], dtype=np.int32),
            "relation": strings(kinship.relation.value for kinship in kinships),
            "substitution": strings(
                str(kinship.substitution) if kinship.substitution else None for kinship in kinships
            ),
        }
        work.insert(read_sql("dedup/store_relations.sql"), columns)


def _find_roots(work: Work) -> None:
    """Follow the matches to the canonical texts; note which texts lead to another than before."""
    stored = work.fetch("roots")
    numbers, matched = stored["text_no"], stored["matched_no"]
    if not len(numbers):
        return
    at = np.minimum(np.searchsorted(numbers, matched), len(numbers) - 1)
    is_here = numbers[at] == matched
    roots = np.where(is_here, at, np.arange(len(numbers)))
    while not np.array_equal(roots[roots], roots):
        roots = roots[roots]
    # What leads out of these clusters leads to a text whose own root is as it was.
    final = np.where(is_here[roots], numbers[roots], stored["matched_root"][roots])
    changed = final != stored["root_no"]
    columns = {"text_no": numbers[changed], "root_no": final[changed].astype(np.int32)}
    work.insert(read_sql("dedup/store_roots.sql"), columns)


def dedup_texts(rows: Iterable[Mapping[str, object]]) -> list[dict[str, object]]:
    """Group texts of `{id, text, published_at?}`; one object a row, in the rows' order.

    Rows with a `published_at` come first, the earliest first; the others as they stand.  Each
    object has `id, cluster, canonical, relation, similarity` (Jaccard over all shingles with the
    article it was matched with; 1.0 for a canonical one), `rare_similarity`, `matched` and
    `substitution`.  A cluster is named by the id of its earliest row; the canonical one is another
    of that day where the earliest says that it was taken from elsewhere.
    """
    given = list(rows)
    documents = [
        Document(
            id=f"{place:012}",
            order=_order(row),
            text=str(row.get("text") or ""),
            day=str(row.get("published_at") or "")[:10],
        )
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
