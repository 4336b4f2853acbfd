"""Where articles went: makes `pipeline/data/renumbered.csv` from the texts of ../shared.

python -m tests.shared.renumbering

Facts only: which article of the next version, or of the act that replaced a repealed one, took
over an article's words; none (empty) where no single one did.  An article without a row kept its
number.  Rows that were written by hand (`origin` manual) are kept as they are.
"""

import csv
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from pipeline.cite.compare import same_words_in
from pipeline.cite.words import runs_of_article, share
from pipeline.statutes import Registry, StatuteVersion, load_registry
from pipeline.texts import StatuteText
from tests.shared.citations import imported

FILE: Final = Path(__file__).resolve().parents[2] / "pipeline" / "data" / "renumbered.csv"
COLUMNS: Final = (
    "statute_id", "effective_from", "article", "suffix",
    "new_statute_id", "new_effective_from", "new_article", "new_suffix",
    "share", "origin", "is_confirmed",
)  # fmt: skip
_CLEAR: Final = 0.5  # share of the former article's runs, from which a row counts as confirmed


def pairs_of_versions(registry: Registry) -> Iterator[tuple[StatuteVersion, StatuteVersion]]:
    """Yield each version with the next one, and a repealed act's last with its successor's."""
    for act in registry.statutes:
        versions = registry.versions_of(act.statute_id)
        yield from pairwise(versions)
        if act.replaced_by and act.repealed_on and versions:
            later = registry.in_force_on(act.replaced_by, act.repealed_on)
            if later:
                yield versions[-1], later


def rows_of(
    old: StatuteVersion, new: StatuteVersion, before: StatuteText, after: StatuteText
) -> Iterator[dict[str, Any]]:
    """Yield a row for each article that did not keep its number."""
    for place in before.provisions:
        now = same_words_in(before, place, after)
        if old.statute_id == new.statute_id and now == place:
            continue
        held = share(sorted(runs_of_article(before, place)), runs_of_article(after, now or (0, 0)))
        yield {
            "statute_id": old.statute_id,
            "effective_from": old.effective_from,
            "article": place[0],
            "suffix": place[1] or "",
            "new_statute_id": new.statute_id,
            "new_effective_from": new.effective_from,
            "new_article": now[0] if now else "",
            "new_suffix": (now[1] or "") if now else "",
            "share": f"{held:.2f}" if now else "",
            "origin": "text",
            "is_confirmed": "yes" if held >= _CLEAR else "no",
        }


def main() -> None:
    """Write the table."""
    registry = load_registry()
    with FILE.open(encoding="utf-8", newline="") as file:
        rows: list[dict[str, Any]] = [r for r in csv.DictReader(file) if r["origin"] != "text"]
    with tempfile.TemporaryDirectory(prefix="fatiao-texts-") as folder:
        texts = imported(Path(folder))
        for old, new in pairs_of_versions(registry):
            before, after = texts.text_of(old), texts.text_of(new)
            if before and after and old.article_count:
                rows += rows_of(old, new, before, after)
    rows.sort(key=lambda row: [str(row[name]).zfill(12) for name in COLUMNS])
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
