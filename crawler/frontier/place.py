"""Where a frontier is: a file of the folder, or a Postgres that several machines share.

>>> str(Dsn("postgres://crawler:secret@db.example:5433/law?sslmode=require"))
'postgres://crawler@db.example:5433/law'
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

SCHEMES: Final = ("postgres", "postgresql")
_SECRETS: Final = ("password", "sslpassword", "passfile")


@dataclass(frozen=True, slots=True)
class Dsn:
    """A Postgres database by its URL, as libpq reads it; shown without what is secret in it."""

    url: str = field(repr=False)

    def __str__(self) -> str:
        parts = urlsplit(self.url)
        user = f"{parts.username}@" if parts.username else ""
        place = parts.netloc.rpartition("@")[2]
        # A folder of sockets stands in the query.
        host = place or ",".join(parse_qs(parts.query).get("host", []))
        return f"{parts.scheme}://{user}{host}{parts.path}"

    def without_secrets(self, text: str) -> str:
        """Return `text`, an error's, on one line and without a secret of this URL."""
        parts = urlsplit(self.url)
        given = [parts.password or "", unquote(parts.password or ""), parts.query, self.url]
        for name in _SECRETS:
            given += parse_qs(parts.query).get(name, [])
        for secret in sorted(filter(None, given), key=len, reverse=True):
            text = text.replace(secret, "***")
        return " ".join(text.split())


Place = Path | Dsn
