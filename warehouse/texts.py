"""The imported words of statutes: one SQLite file in the project's folder.

A version's words are one compressed row, read when a citation of that version is checked, so
opening costs nothing however many statutes there are.
"""

import sqlite3
import zlib
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from pipeline.cite.wording import clause_keys
from pipeline.provisions import read_provisions
from pipeline.statutes import StatuteId, StatuteVersion
from pipeline.texts import NO_TEXTS, Saying, StatuteText, StatuteTexts

FILE_NAME: Final = "texts.sqlite"
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS statute_text (
    statute_id     TEXT NOT NULL,
    effective_from TEXT NOT NULL,
    source         TEXT NOT NULL,
    sha256         TEXT NOT NULL,
    words          BLOB NOT NULL,
    PRIMARY KEY (statute_id, effective_from)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS numbered (
    text           INTEGER PRIMARY KEY,
    statute_id     TEXT NOT NULL,
    effective_from TEXT NOT NULL,
    UNIQUE (statute_id, effective_from)
);
CREATE TABLE IF NOT EXISTS said (
    clause  INTEGER NOT NULL,
    text    INTEGER NOT NULL,
    article INTEGER NOT NULL,
    suffix  INTEGER NOT NULL,
    PRIMARY KEY (clause, text, article, suffix)
) WITHOUT ROWID
"""
_SAYING: Final = """
SELECT statute_id, effective_from, article, suffix
FROM said
JOIN numbered USING (text)
WHERE clause = ?
LIMIT ?
"""
_KEPT_CLAUSES: Final = 20_000  # looked up, of which most found nothing: 3 MB
_MOST_SAYING: Final = 40  # articles; what more have is a formula


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredText:
    """The words of one version as they are kept."""

    statute_id: StatuteId
    effective_from: date
    source: str  # the file that they were taken from, relative to what was imported
    words: str = field(repr=False)

    @property
    def sha256(self) -> str:
        """The hexadecimal digest of the words."""
        return sha256(self.words.encode()).hexdigest()


class TextStore:
    """The words in one file, open for reading; each version is read and cut once."""

    def __init__(self, file: Path) -> None:
        """Open `file`, which must be there."""
        self._db = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
        self._texts: dict[tuple[StatuteId, date], StatuteText | None] = {}
        rows = self._db.execute(
            "SELECT statute_id, effective_from, sha256 FROM statute_text ORDER BY 1, 2"
        ).fetchall()
        self._held = {(row[0], date.fromisoformat(row[1])) for row in rows}
        self._said: dict[int, Sequence[Saying]] = {}
        self._has_clauses = _has_table(self._db, "said")
        self._digest = sha256(repr(rows).encode()).hexdigest()[:12] if rows else ""

    @property
    def digest(self) -> str:
        """12 hexadecimal digits of all that is held; empty where nothing is."""
        return self._digest

    @property
    def held(self) -> set[tuple[StatuteId, date]]:
        """The versions held: statute and first day in force."""
        return self._held

    def text_of(self, version: StatuteVersion) -> StatuteText | None:
        """Return the words of this version, None where they were not imported."""
        key = (version.statute_id, version.effective_from)
        if key not in self._held:
            return None
        if key not in self._texts:
            self._texts[key] = StatuteText.of(version, self._read(key))
        return self._texts[key]

    def saying(self, key: int) -> Sequence[Saying]:
        """Return the articles that have the clause of this key."""
        if not self._has_clauses:  # imported before clauses were kept
            return ()
        if key not in self._said:
            if len(self._said) >= _KEPT_CLAUSES:
                self._said.clear()
            self._said[key] = self._look_up(key)
        return self._said[key]

    def _look_up(self, key: int) -> Sequence[Saying]:
        rows = self._db.execute(_SAYING, (key, _MOST_SAYING + 1)).fetchall()
        if len(rows) > _MOST_SAYING:
            return ()
        return tuple(
            Saying(StatuteId(statute), date.fromisoformat(day), (article, suffix))
            for statute, day, article, suffix in rows
        )

    def _read(self, key: tuple[StatuteId, date]) -> str:
        (blob,) = self._db.execute(
            "SELECT words FROM statute_text WHERE statute_id = ? AND effective_from = ?",
            (key[0], key[1].isoformat()),
        ).fetchone()
        return zlib.decompress(blob).decode()


def _has_table(db: sqlite3.Connection, name: str) -> bool:
    query = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?"
    return bool(db.execute(query, (name,)).fetchone()[0])


def open_texts(folder: Path) -> StatuteTexts:
    """Return the texts imported into `folder`; the same object while the file is the same."""
    file = folder / FILE_NAME
    if not file.is_file():
        return NO_TEXTS
    stamp = file.stat()
    return _opened(file.resolve(), stamp.st_mtime_ns, stamp.st_size)


@cache
def _opened(file: Path, _changed: int, _size: int) -> TextStore:
    return TextStore(file)


@contextmanager
def _writing(folder: Path) -> Generator[sqlite3.Connection]:
    """Open the file for writing: all that the block did is kept, or nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    db = sqlite3.connect(folder / FILE_NAME)
    try:
        with db:
            for statement in _SCHEMA.split(";"):
                db.execute(statement)
            yield db
    finally:
        db.close()


def read_all(folder: Path) -> dict[tuple[StatuteId, date], StoredText]:
    """Return all that is held, for an import to compare with."""
    if not (folder / FILE_NAME).is_file():
        return {}
    with _writing(folder) as db:
        rows = db.execute(
            "SELECT statute_id, effective_from, source, words FROM statute_text"
        ).fetchall()
    return {
        (StatuteId(statute), date.fromisoformat(day)): StoredText(
            statute_id=StatuteId(statute),
            effective_from=date.fromisoformat(day),
            source=source,
            words=zlib.decompress(blob).decode(),
        )
        for statute, day, source, blob in rows
    }


def write_texts(folder: Path, texts: Iterable[StoredText]) -> None:
    """Keep `texts`, each in place of the one held of its version, in one transaction."""
    kept = list(texts)
    with _writing(folder) as db:
        db.executemany(
            "INSERT OR REPLACE INTO statute_text VALUES (?, ?, ?, ?, ?)",
            (
                (
                    text.statute_id,
                    text.effective_from.isoformat(),
                    text.source,
                    text.sha256,
                    zlib.compress(text.words.encode(), 9),
                )
                for text in kept
            ),
        )
        _write_clauses(db, kept)


def lacks_clauses(folder: Path) -> bool:
    """Say whether texts are held whose clauses are not: they were imported before those were."""
    if not (folder / FILE_NAME).is_file():
        return False
    with _writing(folder) as db:
        query = "SELECT (SELECT count(*) FROM statute_text) > (SELECT count(*) FROM numbered)"
        return bool(db.execute(query).fetchone()[0])


def _write_clauses(db: sqlite3.Connection, texts: Iterable[StoredText]) -> None:
    rows: set[tuple[int, int, int, int]] = set()
    db.execute("CREATE TEMP TABLE again (text INTEGER PRIMARY KEY)")
    for text in texts:
        number = _number_of(db, text)
        db.execute("INSERT INTO again VALUES (?)", (number,))
        for each in read_provisions(text.words):
            words = text.words[each.start : each.end]
            place = each.article, each.suffix or 0
            rows.update((key, number, *place) for key in clause_keys(words))
    db.execute("DELETE FROM said WHERE text IN (SELECT text FROM again)")
    db.executemany("INSERT INTO said VALUES (?, ?, ?, ?)", sorted(rows))
    db.execute("DROP TABLE again")


def _number_of(db: sqlite3.Connection, text: StoredText) -> int:
    version = text.statute_id, text.effective_from.isoformat()
    db.execute("INSERT OR IGNORE INTO numbered (statute_id, effective_from) VALUES (?, ?)", version)
    query = "SELECT text FROM numbered WHERE statute_id = ? AND effective_from = ?"
    return int(db.execute(query, version).fetchone()[0])
