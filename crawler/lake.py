"""Where a lake is: a DuckLake that several machines publish into, its catalog in a Postgres.

>>> parameters = read_catalog("ducklake:postgres://fatiao:secret@db.example:5433/lake")
>>> lake = Lake(parameters=parameters, files=Path("/srv/lake"), publisher="north")
>>> str(lake)
'ducklake:postgres://fatiao@db.example:5433/lake'
>>> lake.conninfo
"host='db.example' port='5433' dbname='lake' user='fatiao' connect_timeout='10'"
"""

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

from crawler.bucket import Bucket

Parameters = tuple[tuple[str, str], ...]  # of a connection, by libpq's names

CONNECT_SECONDS: Final = "10"  # libpq waits minutes for a machine that is gone
_PREFIX: Final = "ducklake:postgres:"
_URL: Final = re.compile(r"(?:postgres(?:ql)?:)?//")
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_TAKEN: Final = ("main", "information_schema", "pg_catalog")  # schemas that are there already
_UNFIT: Final = re.compile(r"[\s@'\"?#*]")  # in the name of a store: keys, or a pattern
_KEYWORD: Final = re.compile(r"[a-z_]+")
_EXAMPLE: Final = 'warehouse = "ducklake:postgres://fatiao@db.example/lake"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Lake:
    """A lake, and who we are in it; shown without its password."""

    parameters: Parameters = field(repr=False)
    files: Path | Bucket  # of Parquet files, shared by all machines and all who ask
    publisher: str  # whose rows ours are; the name of our schema

    def __str__(self) -> str:
        said = dict(self.parameters)
        user = f"{said['user']}@" if "user" in said else ""
        port = f":{said['port']}" if "port" in said else ""
        return f"ducklake:postgres://{user}{said.get('host', '')}{port}/{said.get('dbname', '')}"

    @property
    def conninfo(self) -> str:
        """The connection as libpq reads it, without the password."""
        said = {name: value for name, value in self.parameters if name != "password"}
        said.setdefault("connect_timeout", CONNECT_SECONDS)
        return " ".join(f"{name}='{_escaped(value)}'" for name, value in said.items())

    @property
    def password(self) -> str:
        """Empty where there is none: libpq then looks into ~/.pgpass."""
        return dict(self.parameters).get("password", "")


def read_catalog(value: object) -> Parameters:
    """Return the connection to the Postgres that holds a lake's catalog."""
    text = value.strip() if isinstance(value, str) else ""
    if not text.startswith(_PREFIX):
        raise ValueError(f"must be the place of a DuckLake's catalog; write {_EXAMPLE}")
    rest = text.removeprefix(_PREFIX)
    try:
        read = _of_url(rest) if _URL.match(rest) else _of_words(rest)
    except ValueError:
        read = {}
    if not read.get("dbname") or not all(map(_KEYWORD.fullmatch, read)):
        raise ValueError(f"names no database of a Postgres; write {_EXAMPLE}")
    return tuple(read.items())


def read_files(value: object) -> Path | Bucket:
    """Return the folder of a lake's files, or the store."""
    text = value.strip() if isinstance(value, str) else ""
    if text.startswith("s3://") and text[5:].strip("/") and not _UNFIT.search(text[5:]):
        return Bucket(text)
    if not text.startswith("/"):
        raise ValueError(
            "must be the absolute path of a folder that all machines share, or a store; "
            'write files = "/srv/lake", or files = "s3://bucket/lake" (keys: ~/.aws)'
        )
    return Path(text)


def read_publisher(value: object) -> str:
    """Return the name by which a folder publishes."""
    if not isinstance(value, str) or not _NAME.fullmatch(value) or value in _TAKEN:
        raise ValueError(
            "must be 1 to 40 of a-z, 0-9, _ and -, another in each folder; "
            'write publisher = "north"'
        )
    return value


def lake_of(chosen: Mapping[str, object]) -> Lake | None:
    """Return the lake that the checked keys of [publish] describe, or None: a file is published.

    Raises:
        KeyError: one of the three keys is missing; its only argument is that key's name.
    """
    keys = ("warehouse", "files", "publisher")
    if not any(key in chosen for key in keys):
        return None
    for key in keys:
        if key not in chosen:
            raise KeyError(key)
    parameters, files, publisher = (chosen[key] for key in keys)
    return Lake(parameters=parameters, files=files, publisher=publisher)  # type: ignore[arg-type]  # each was read by its key's reader


def _of_url(text: str) -> dict[str, str]:
    parts = urlsplit(text)
    said = {
        "host": parts.hostname,
        "port": str(parts.port) if parts.port else None,
        "dbname": unquote(parts.path.removeprefix("/")),
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
    }
    known = {name: value for name, value in said.items() if value}
    return known | dict(parse_qsl(parts.query))


def _of_words(text: str) -> dict[str, str]:
    pairs = [word.partition("=") for word in shlex.split(text)]
    if not all(equals for _, equals, _ in pairs):
        raise ValueError(text)
    return {name: value for name, _, value in pairs}


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace("'", r"\'")
