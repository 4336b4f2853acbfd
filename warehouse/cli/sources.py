"""`fatiao init` and `fatiao sources`: which sites there are, changed from the command line."""

import json
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import click

from crawler.sources import CONFIG_NAME, ConfigError, Source
from crawler.toml_edit import (
    UnknownSourceError,
    add_source,
    disable_source,
    enable_source,
    write_initial,
)
from warehouse.cli.project import the_project
from warehouse.cli.templates import tell_templates
from warehouse.cli.try_site import try_
from warehouse.places_shown import places_shown
from warehouse.templates import versions_of


@click.command("init")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), required=False)
@click.pass_obj
def init(project_folder: Path | None, folder: Path | None) -> None:
    """Write a commented fatiao.toml into FOLDER, by default the current one.

    It names two known sites, disabled until you fill in a contact address.
    A fatiao.toml that is there already is left alone.
    """
    target = folder or project_folder or Path()
    try:
        file = write_initial(target)
    except FileExistsError:
        file = target / CONFIG_NAME
        raise click.UsageError(f"{file} is there already; edit it, or move it away") from None
    click.echo(f"Wrote {file}")
    click.echo("Next: fill in `contact` there, then: fatiao sources enable hefeilaws && fatiao run")


@click.group("sources")
def sources() -> None:
    """Show and change the sites that are crawled.

    They stand in fatiao.toml, where every key is explained, also [source.urls]:
    how a site spells its URLs (drop, keep, rewrite).  These commands keep its
    comments.
    """


sources.add_command(try_)


@sources.command("add")
@click.argument("url")
@click.option("--name", help="A short name: a-z, 0-9, _ and -.  Default: made from the host.")
@click.pass_obj
def add(folder: Path | None, url: str, name: str | None) -> None:
    """Add a site that is read from URL on: its home page, or a list of articles.

    The new source is enabled if fatiao.toml has a contact address.
    """
    file = the_project(folder).file
    try:
        source = add_source(file, url, name)
    except ConfigError:
        raise
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    click.echo(f'Added "{source.name}" ({source.start[0]}), {_state(source)}, to {file}')
    if not source.enabled:
        click.echo(f"Fill in `contact` there, then: fatiao sources enable {source.name}")
    if _is_private(source.start[0]):
        click.echo("It is on a private address, which is dialled only with allow_private = true")


@sources.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, with every key.")
@click.pass_obj
def list_sources(folder: Path | None, as_json: bool) -> None:
    """List the sites: name, enabled or disabled, where they are read from."""
    listed = the_project(folder).sources
    if as_json:
        for source in listed:
            click.echo(json.dumps(asdict(source), ensure_ascii=False, default=str))
        return
    width = max((len(source.name) for source in listed), default=0)
    for source in listed:
        click.echo(f"{source.name:<{width}}  {_state(source):<8}  {' '.join(source.start)}")
    if not listed:
        click.echo("No sources yet; add one with: fatiao sources add URL")


@sources.command("show")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="All versions, as they are stored.")
@click.pass_obj
def show(folder: Path | None, name: str, as_json: bool) -> None:
    """Show what was learned of the pages of the site called NAME.

    Where the text, the title and so on stand, which lines repeat, how well pages fit, and when and
    why each version was learned.
    """
    project = the_project(folder)
    source = next((one for one in project.sources if one.name == name), None)
    versions = versions_of(project.templates, name)
    if source is None and not versions:
        known = ", ".join(one.name for one in project.sources) or "none"
        raise click.UsageError(f"no source is called {name!r}; there are: {known}")
    if as_json:
        config = None if source is None else asdict(source)
        told = {"name": name, "source": config, "templates": [asdict(one) for one in versions]}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1, default=str))
        return
    if source is not None:
        click.echo(f"{name}  {_state(source)}  {' '.join(source.start)}")
    for line in tell_templates(versions, partial(places_shown, project)):
        click.echo(line)


@sources.command("enable")
@click.argument("name")
@click.pass_obj
def enable(folder: Path | None, name: str) -> None:
    """Crawl the site called NAME from the next run on."""
    _change(folder, name, enable_source)


@sources.command("disable")
@click.argument("name")
@click.pass_obj
def disable(folder: Path | None, name: str) -> None:
    """Fetch nothing more of the site called NAME; what is known of it stays."""
    _change(folder, name, disable_source)


def _change(folder: Path | None, name: str, change: Callable[[Path, str], Source]) -> None:
    try:
        source = change(the_project(folder).file, name)
    except UnknownSourceError as error:
        raise click.UsageError(str(error)) from error
    click.echo(f'"{source.name}" is {_state(source)}')


def _is_private(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return host == "localhost"


def _state(source: Source) -> str:
    return "enabled" if source.enabled else "disabled"
