"""The sources to crawl, as `fatiao.toml` describes them, checked.

The only module that knows what may stand in `fatiao.toml`.  Whatever is wrong
in it is a `ConfigError` that names the line, the key and the mend, so that
nobody needs this file to write theirs.  `crawler.toml_edit` changes the file.

>>> parse_duration("45m")
2700.0
"""

import re
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from crawler.config_values import (
    Reader,
    read_archive,
    read_bool,
    read_contact,
    read_date,
    read_delay,
    read_duration,
    read_fetched_at,
    read_frontier,
    read_memory,
    read_name,
    read_patterns,
    read_start,
    read_webhook,
    whole_number,
)
from crawler.lake import Lake, lake_of, read_catalog, read_files, read_publisher
from crawler.project import Project, Source
from crawler.toml_lines import key_lines
from crawler.url_rules import read_url_rules

__all__ = [
    "CONFIG_NAME",
    "ConfigError",
    "Project",
    "Source",
    "check_project",
    "find_project",
    "load_project",
    "parse_duration",
    "read_config_text",
]

CONFIG_NAME: Final = "fatiao.toml"

_SOURCE_KEYS: Final[Mapping[str, Reader]] = {
    "name": read_name,
    "start": read_start,
    "enabled": read_bool,
    "delay": read_delay,
    "include": read_patterns,
    "exclude": read_patterns,
    "since": read_date,
    "max_articles": whole_number("max_articles", 1, 10_000_000, 20_000),
    "allow_private": read_bool,
    "fetched_at": read_fetched_at,
    "urls": read_url_rules,
}
_PROJECT_KEYS: Final[Mapping[str, Reader]] = {
    "contact": read_contact,
    "run_for": read_duration,
    "keep_snapshots": whole_number("keep_snapshots", 1, 1000, 3),
    "webhook": read_webhook,
    "memory": read_memory,
    "frontier": read_frontier,
    "archive": read_archive,
}
_PUBLISH_KEYS: Final[Mapping[str, Reader]] = {
    "text": read_bool,
    "mask": read_bool,
    "search_index": read_bool,
    "warehouse": read_catalog,
    "files": read_files,
    "publisher": read_publisher,
}
_TABLES: Final = ("fatiao", "publish", "source")
_SYNTAX_PLACE: Final = re.compile(r" \((?:at line (\d+), column \d+|at end of document)\)$")


class ConfigError(ValueError):
    """`fatiao.toml` cannot be used; the message is `FILE:LINE: KEY: what and how to mend it`."""


def load_project(file: Path) -> Project:
    """Return the project that `file`, a `fatiao.toml`, describes.

    Raises:
        ConfigError: the file is missing, unreadable, or holds anything that is not as documented.
    """
    return check_project(file, read_config_text(file))


def check_project(file: Path, text: str) -> Project:
    """Return the project that `text` describes, as the content of `file`; as `load_project`."""
    return _Checker(file, text).project(_parse_toml(file, text))


def find_project(start: Path) -> Path | None:
    """Return the nearest `fatiao.toml` in `start` or above it."""
    folder = start.resolve()
    candidates = (parent / CONFIG_NAME for parent in (folder, *folder.parents))
    return next((file for file in candidates if file.is_file()), None)


def parse_duration(text: str) -> float:
    """Return the seconds of a duration such as `45m`, `90s` or `2h`.

    Raises:
        ValueError: `text` is no such duration.
    """
    return read_duration(text)


def read_config_text(file: Path) -> str:
    """Return the text of `file`, without a byte order mark.

    Raises:
        ConfigError: it cannot be read, or is not UTF-8.
    """
    try:
        return file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(f"{file}:1: file: there is none; write one with: fatiao init") from None
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise ConfigError(f"{file}:1: file: {reason}; make it readable") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ConfigError(f"{file}:{line}: file: is not UTF-8; save it as UTF-8") from error


def _parse_toml(file: Path, text: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        place = _SYNTAX_PLACE.search(message)
        line = (place and place[1]) or len(text.rstrip().splitlines())
        what = _SYNTAX_PLACE.sub("", message)
        mend = 'texts stand in quotes, one key = value a line, e.g. name = "my-site"'
        raise ConfigError(f"{file}:{line}: syntax: {what}; {mend}") from error


class _Checker:
    """Checks one parsed file, and knows on what line of it a key stands."""

    def __init__(self, file: Path, text: str) -> None:
        self._file = file
        self._lines = key_lines(text)

    def project(self, tables: Mapping[str, object]) -> Project:
        for key in tables:
            if key not in _TABLES:
                raise self._error(key, None, 0, _unknown(key, _TABLES, "table"))
        settings, publish = self._table("fatiao", tables), self._table("publish", tables)
        records = tables.get("source", [])
        if not isinstance(records, list) or not all(isinstance(each, dict) for each in records):
            raise self._error("source", None, 0, "must be tables; write [[source]] before each")
        known = self._read("fatiao", 0, settings, _PROJECT_KEYS)
        known["database"] = known.pop("frontier", None)
        known["bucket"] = known.pop("archive", None)
        if known["bucket"] and not known["database"]:
            message = "in a store needs a frontier that is shared; write frontier = as well"
            raise self._error("fatiao", "archive", 0, message)
        chosen = self._read("publish", 0, publish, _PUBLISH_KEYS)
        known["publish_text"] = chosen.get("text", True)
        known["publish_masked"] = chosen.get("mask", True)
        known["search_index"] = chosen.get("search_index", False)
        known["lake"] = self._lake(chosen)
        sources = tuple(self._source(index, record) for index, record in enumerate(records))
        project = Project(file=self._file, folder=self._file.parent, sources=sources, **known)  # type: ignore[arg-type]  # each value was read by its key's reader
        self._check_names(sources)
        self._check_contact(project)
        return project

    def _lake(self, chosen: Mapping[str, object]) -> Lake | None:
        try:
            return lake_of(chosen)
        except KeyError as error:
            (key,) = error.args
            mend = "a lake needs warehouse, files and publisher"
            raise self._error("publish", key, 0, f"is missing; {mend}") from None

    def _table(self, name: str, tables: Mapping[str, object]) -> Mapping[str, object]:
        table = tables.get(name, {})
        if not isinstance(table, dict):
            raise self._error(name, None, 0, f"must be a table; write [{name}]")
        return table

    def _source(self, index: int, record: Mapping[str, object]) -> Source:
        for key in ("name", "start"):
            if key not in record:
                example = 'name = "my-site"' if key == "name" else 'start = "https://site.example/"'
                raise self._error("source", key, index, f"is missing; write {example}")
        return Source(**self._read("source", index, record, _SOURCE_KEYS))  # type: ignore[arg-type]  # each value was read by its key's reader

    def _read(
        self, table: str, index: int, record: Mapping[str, object], readers: Mapping[str, Reader]
    ) -> dict[str, object]:
        values = {}
        for key, value in record.items():
            if key not in readers:
                raise self._error(table, key, index, _unknown(key, tuple(readers), "key"))
            try:
                values[key] = readers[key](value)
            except ValueError as error:
                raise self._error(table, key, index, str(error)) from None
        return values

    def _check_names(self, sources: tuple[Source, ...]) -> None:
        seen: set[str] = set()
        for index, source in enumerate(sources):
            if source.name in seen:
                message = f'"{source.name}" is there twice; give this source another name'
                raise self._error("source", "name", index, message)
            seen.add(source.name)

    def _check_contact(self, project: Project) -> None:
        enabled = [source.name for source in project.sources if source.enabled]
        if enabled and not project.contact:
            message = (
                f'source "{enabled[0]}" is enabled, and site owners need a way to reach you; '
                'write contact = "you@example.org" under [fatiao], or enabled = false'
            )
            raise self._error("fatiao", "contact", 0, message)

    def _error(self, table: str, key: str | None, index: int, message: str) -> ConfigError:
        line = self._lines.get((table, index, key)) or self._lines.get((table, index, None), 1)
        name = f"{table}.{key}" if key else table
        return ConfigError(f"{self._file}:{line}: {name}: {message}")


def _unknown(key: str, known: tuple[str, ...], what: str) -> str:
    near = get_close_matches(key, known, n=1)
    hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
    return f"unknown {what}; {hint}"
