"""Where learned templates are kept: `data/templates/SOURCE/VERSION.json`, never changed again.

A version applies from one fetch on, so that a rebuild reads each page as it was read at first,
however the fetches fall into batches.  Up to which fetch it was decided whether to learn is kept
beside them, for the same reason: what was decided is not decided again.
"""

import json
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from crawler.disk import naming
from pipeline.template.apply import TemplateReader
from pipeline.template.layout import Template, TemplateFormatError, from_json, to_json

DECIDED: Final = "decided.json"
_SOURCE: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
OPEN_READERS: Final = 16  # templates that one worker keeps ready


def versions_of(folder: Path, source: str) -> list[Template]:
    """Return what was learned of `source`, the oldest first.

    A file that cannot be read is passed over, as if it had not been learned.
    """
    if not _SOURCE.fullmatch(source):  # a site that a row of an input names may be anything
        return []
    found = [_read(file) for file in sorted((folder / source).glob("*.json"), key=_number)]
    return [one for one in found if one is not None]


def template_for(versions: Sequence[Template], fetch_id: int) -> Template | None:
    """Return the newest of `versions` that applies to a page fetched as `fetch_id`."""
    applying = [one for one in versions if one.applies_from <= fetch_id]
    return applying[-1] if applying else None


def newest(folder: Path, source: str | None) -> Path | None:
    """Return the file of the newest version learned of `source`, None where nothing was."""
    versions = versions_of(folder, source) if source else []
    return file_of(folder, versions[-1]) if versions else None


def file_of(folder: Path, template: Template) -> Path:
    """Return where a version is kept."""
    return folder / template.source / f"{template.version}.json"


def save(folder: Path, template: Template) -> Path:
    """Keep a version; whole or not at all, whenever the program is killed."""
    file = file_of(folder, template)
    _write(file, to_json(template))
    return file


def decided_upto(folder: Path) -> int:
    """Return the last fetch that was asked whether it calls for learning."""
    try:
        return int(json.loads((folder / DECIDED).read_text(encoding="utf-8"))["fetch_id"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return 0


def save_decided(folder: Path, fetch_id: int) -> None:
    """Keep that all fetches up to this one were asked."""
    if fetch_id > decided_upto(folder):
        _write(folder / DECIDED, json.dumps({"fetch_id": fetch_id}) + "\n")


def reader_of(file: Path) -> TemplateReader:
    """Return the stored template, ready to read pages; the same while the file is the same.

    Raises:
        FileNotFoundError: the file is not there.
        TemplateFormatError: the file holds no template.
    """
    return _reader(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=OPEN_READERS)
def _reader(file: Path, _changed: int) -> TemplateReader:
    return TemplateReader(from_json(file.read_text(encoding="utf-8")))


def forget_urls(folder: Path, urls: Iterable[str]) -> int:
    """Take `urls` out of all templates; return how many files changed.

    What a template says of a page is its URL as an example; repeated lines stand on three pages or
    more and stay.
    """
    gone, changed = set(urls), 0
    for file in folder.glob("*/*.json"):
        template = _read(file)
        if template is None:
            continue
        kept = _without(template, gone)
        if kept != template:
            _write(file, to_json(kept))
            changed += 1
    return changed


def _without(template: Template, urls: set[str]) -> Template:
    layouts = tuple(
        replace(
            layout,
            examples=tuple(url for url in layout.examples if url not in urls),
            repeated=tuple(
                replace(line, example="") if line.example in urls else line
                for line in layout.repeated
            ),
        )
        for layout in template.layouts
    )
    return replace(template, layouts=layouts)


def _read(file: Path) -> Template | None:
    try:
        return from_json(file.read_text(encoding="utf-8"))
    except (OSError, TemplateFormatError):
        return None


def _number(file: Path) -> int:
    return int(file.stem) if file.stem.isdecimal() else 0


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.fresh")
    with naming(fresh), fresh.open("w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)
