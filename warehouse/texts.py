"""The imported words of statutes: one SQLite file in the project's folder.

A version's words are one compressed row, read when a citation of that version is checked, so
opening costs nothing however many statutes there are.
"""

import sqlite3
import zlib
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from pipeline.statutes import StatuteId, StatuteVersion
from pipeline.texts import NO_TEXTS, StatuteText, StatuteTexts

FILE_NAME: Final = "texts.sqlite"
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS statute_text (
    statute_id     TEXT NOT NULL,
    effective_from TEXT NOT NULL,
    source         TEXT NOT NULL,
    sha256         TEXT NOT NULL,
    words          BLOB NOT NULL,
    PRIMARY KEY (statute_id, effective_from)
) WITHOUT ROWID
"""


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

    def _read(self, key: tuple[StatuteId, date]) -> str:
        (blob,) = self._db.execute(
            "SELECT words FROM statute_text WHERE statute_id = ? AND effective_from = ?",
            (key[0], key[1].isoformat()),
        ).fetchone()
        return zlib.decompress(blob).decode()


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
            db.execute(_SCHEMA)
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
                for text in texts
            ),
        )
