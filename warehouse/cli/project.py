"""The user's project, found and checked for a command."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import click

from crawler.sources import CONFIG_NAME, ConfigError, Project, find_project, load_project

_STATUTES: Final = Path("data", "statutes")


def statutes_folder(folder: Path | None) -> Path:
    """Return where statute texts are kept, there yet or not.

    In `folder` that is data/statutes, or statutes where only that is there; without `folder`,
    data/statutes beside the nearest fatiao.toml upward, else under the current folder.
    """
    file = None if folder else find_project(Path.cwd())
    base = folder or (file.parent if file else Path.cwd())
    bare = base / "statutes"
    return bare if folder and bare.is_dir() and not (base / "data").is_dir() else base / _STATUTES


def the_project(folder: Path | None, sources: Iterable[str] = ()) -> Project:
    """Load the project of `folder`, or the nearest upward from here, with the named sources.

    Raises:
        ConfigError: there is no fatiao.toml, or it is wrong.
        click.UsageError: a source is not in it.
    """
    file = folder / CONFIG_NAME if folder else find_project(Path.cwd())
    if file is None or not file.is_file():
        where = folder or f"{Path.cwd()} or above"
        raise ConfigError(f"no {CONFIG_NAME} in {where}; write one with: fatiao init")
    project = load_project(file)
    known = [source.name for source in project.sources]
    for name in sources:
        if name not in known:
            raise click.UsageError(
                f"{file}: has no source {name!r}; it has: {', '.join(known) or 'none'}"
            )
    return project
