"""Changing `fatiao.toml` as its owner would: everything else stays, byte for byte.

Whatever a change would write is read back and checked first, so that a file
that works never becomes one that does not.
"""

import os
import re
import shutil
import tempfile
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import tomlkit

from crawler.config_values import read_name, read_url
from crawler.sources import (
    CONFIG_NAME,
    Project,
    Source,
    check_project,
    load_project,
    read_config_text,
)
from crawler.toml_lines import key_lines
from crawler.urls import canonicalize, host_key

MAX_NAME: Final = 40  # characters, as crawler.config_values has it


class UnknownSourceError(LookupError):
    """There is no source of that name."""


def initial_toml() -> str:
    """Return the `fatiao.toml` that a new project begins with."""
    return files("crawler").joinpath("initial.toml").read_text(encoding="utf-8")


def write_initial(folder: Path) -> Path:
    """Write a `fatiao.toml` into `folder`, which is made if need be.

    Raises:
        FileExistsError: there is one; it is left alone.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / CONFIG_NAME
    with file.open("x", encoding="utf-8", newline="\n") as stream:
        stream.write(initial_toml())
    return file


def add_source(file: Path, url: str, name: str | None = None) -> Source:
    """Add a source that starts at `url` to `file`; enabled if the file names a contact.

    Without a `name` it is made from the host.

    Raises:
        ConfigError: the file cannot be used as it is.
        ValueError: `url` or `name` is unfit, or taken.
    """
    project = load_project(file)
    url = read_url(url)
    start = canonicalize(url)
    if start is None:
        raise ValueError(
            f"{url!r} is not a URL fatiao can fetch; write it as https://site.example/"
        )
    for source in project.sources:
        if start in map(canonicalize, source.start):
            raise ValueError(f'{url} is already the start of source "{source.name}"')
    taken = {source.name for source in project.sources}
    if name in taken:
        raise ValueError(f'there is a source "{name}" already; choose another with --name')
    new_name = read_name(name if name is not None else _free_name(start, taken))
    text = _with_source(read_config_text(file), new_name, url, is_enabled=bool(project.contact))
    return _replace(file, text, new_name)


def enable_source(file: Path, name: str) -> Source:
    """Let the source called `name` be crawled again.

    Raises:
        ConfigError: the file cannot be used, or names no contact.
        UnknownSourceError: it has no such source.
    """
    return _set_enabled(file, name, value=True)


def disable_source(file: Path, name: str) -> Source:
    """Keep the source called `name`, but fetch nothing of it; errors as `enable_source`."""
    return _set_enabled(file, name, value=False)


def name_frontier(file: Path, url: str) -> None:
    """Let `file` name the Postgres at `url`, which has been checked, as its frontier.

    Raises:
        ConfigError: the file cannot be used.
    """
    document = tomlkit.parse(read_config_text(file))
    document.setdefault("fatiao", tomlkit.table())["frontier"] = url
    _write(file, tomlkit.dumps(document))


def _set_enabled(file: Path, name: str, *, value: bool) -> Source:
    project = load_project(file)
    names = [source.name for source in project.sources]
    if name not in names:
        near = get_close_matches(name, names, n=1)
        hint = (
            f"; did you mean {near[0]}?" if near else f"; there are: {', '.join(names) or 'none'}"
        )
        raise UnknownSourceError(f'no source "{name}" in {file}{hint}')
    text = _with_enabled(read_config_text(file), names.index(name), value=value)
    return _replace(file, text, name)


def _with_enabled(text: str, index: int, *, value: bool) -> str:
    document = tomlkit.parse(text)
    table = document["source"][index]
    line = key_lines(text).get(("source", index, "name"))
    if "enabled" in table or line is None:
        table["enabled"] = value
        return tomlkit.dumps(document)
    # tomlkit would add the key below comments that belong to the next source.
    lines = text.splitlines(keepends=True)
    before = lines[line - 1]
    line_end = before[len(before.rstrip("\r\n")) :] or "\n"
    lines[line - 1] = f"{before.rstrip(line_end)}{line_end}enabled = {str(value).lower()}{line_end}"
    return "".join(lines)


def _with_source(text: str, name: str, url: str, *, is_enabled: bool) -> str:
    lines = (
        "[[source]]",
        f"name = {tomlkit.string(name).as_string()}",
        f"start = {tomlkit.string(url).as_string()}",
        f"enabled = {str(is_enabled).lower()}",
    )
    line_end = "\r\n" if "\r\n" in text else "\n"
    gap = "" if not text or text.endswith("\n") else line_end
    return text + gap + line_end + "".join(line + line_end for line in lines)


def _free_name(start: str, taken: set[str]) -> str:
    """Return a name made from the host: `hefeilaws`, `bbs-site`, `127-0-0-1-8101`."""
    domain = host_key(start)
    if ":" in domain:
        words = domain
    else:
        host = urlsplit(start).hostname or domain
        words = f"{host.removesuffix(domain).removeprefix('www.')}{domain.partition('.')[0]}"
    base = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[: MAX_NAME - 4] or "site"
    numbered = (f"{base}-{count}" for count in range(2, 1000))
    return next(name for name in (base, *numbered) if name not in taken)


def _replace(file: Path, text: str, name: str) -> Source:
    """Put `text` in the place of `file`, if it is a good file, and return its source `name`."""
    project = _write(file, text)
    return next(source for source in project.sources if source.name == name)


def _write(file: Path, text: str) -> Project:
    """Put `text` in the place of `file`, if it is a good file."""
    project = check_project(file, text)
    target = file.resolve()  # a symbolic link stays one
    handle, draft = tempfile.mkstemp(dir=target.parent, prefix=".fatiao-", suffix=".toml")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(text.encode())
            stream.flush()
            os.fsync(stream.fileno())
        shutil.copymode(target, draft)
        Path(draft).replace(target)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    return project
