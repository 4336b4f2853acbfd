"""Everything that `fatiao doctor` looks at, in the order in which it says it.

Looks and changes nothing; of each enabled source it asks for robots.txt and, where that allows
it, for the first start URL.
"""

import importlib
import socket
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from typing import Final
from urllib.parse import urlsplit

from crawler.sources import Project
from warehouse.doctor.diagnosis import Diagnosis, bad, good, note
from warehouse.doctor.folder import look_at_folder
from warehouse.doctor.sites import look_at_source

_PACKAGES: Final = {  # distribution: module that must load
    "duckdb": "duckdb",
    "pytz": "pytz",
    "lxml": "lxml.html",
    "lxml_html_clean": "lxml_html_clean",
    "scrapy": "scrapy",
    "trafilatura": "trafilatura",
    "datasketch": "datasketch",
}
_REINSTALL: Final = "pip install --no-deps --require-hashes -r requirements.lock"
_CONNECT: Final = 5.0  # seconds


def examine(project: Project) -> Iterator[Diagnosis]:
    """Look at everything, the sources last, one after the other."""
    yield from _installation()
    yield from look_at_folder(project)
    if project.webhook:
        yield _webhook(project.webhook)
    enabled = [source for source in project.sources if source.enabled]
    if not enabled:
        mend = "fatiao sources add URL, or fatiao sources enable NAME"
        yield note("sources", "none is enabled", mend)
    for source in enabled:
        yield look_at_source(project, source)


def _installation() -> Iterator[Diagnosis]:
    subject, found = "installation", []
    for package, module in _PACKAGES.items():
        try:
            importlib.import_module(module)
            found.append(f"{package} {version(package)}")
        except (ImportError, PackageNotFoundError) as error:
            yield bad(subject, f"{package} does not load: {error}", _REINSTALL)
    python = ".".join(map(str, sys.version_info[:3]))
    yield good(subject, f"Python {python}; {', '.join(found)}")


def _webhook(address: str) -> Diagnosis:
    """Nothing is sent: a message would be taken for an incident."""
    parts = urlsplit(address)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    place = f"{parts.hostname}:{port}"  # the rest of the address is a secret
    try:
        socket.create_connection((parts.hostname or "", port), _CONNECT).close()
    except OSError as error:
        words = f"{place} cannot be reached: {error}"
        return bad("webhook", words, "look at `webhook` in fatiao.toml, and at the network")
    return good("webhook", f"{place} can be reached")
