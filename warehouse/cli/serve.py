"""The command `fatiao serve`: what is public, on loopback, for a look or behind one's own proxy."""

import sys
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import click

from crawler.sources import Project
from warehouse.cli.project import the_project
from warehouse.snapshots import DATABASE_NAME, MANIFEST_NAME, REPORT_NAME

ADDRESS: Final = "127.0.0.1"  # never another: who wants to share it has a proxy for that
PORT: Final = 8712
_OWN_NAMES: Final = frozenset({ADDRESS, "localhost", "::1"})
_PATIENCE: Final = 30  # seconds that a visitor may take to ask

_UNKNOWN_NAME: Final = "fatiao serve answers to no such host; --name NAME lets it."

# What can be asked for; nothing else of the folder exists for a visitor.
_FILES: Final = {
    "/": REPORT_NAME,
    **{f"/{name}": name for name in (REPORT_NAME, DATABASE_NAME, MANIFEST_NAME)},
}


class Handler(SimpleHTTPRequestHandler):
    """Answers GET and HEAD for the three published files."""

    timeout = _PATIENCE
    server_version = "fatiao"
    sys_version = ""
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".html": "text/html; charset=utf-8",
        ".json": "application/json; charset=utf-8",
        ".duckdb": "application/octet-stream",
    }

    def __init__(self, *arguments: object, public: Path, names: frozenset[str]) -> None:
        self._public = public
        self._names = names
        super().__init__(*arguments)  # type: ignore[arg-type]  # what socketserver hands over

    def translate_path(self, path: str) -> str:
        """Return the file of the present snapshot; nothing for what is not published."""
        name = _FILES.get(_path_of(path))
        file = self._public.resolve() / (name or "")
        return str(file) if name and not file.is_symlink() else ""

    def send_head(self) -> object:  # type: ignore[override]  # a file, or None after an error
        """Answer 404 for what is not published, before any file is looked at.

        A browser that was led here by a name of somebody else's (whoever owns a name can let it
        point at 127.0.0.1) would hand the answer to that somebody's page: 421.
        """
        if not self._is_asked_by_name():
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST, explain=_UNKNOWN_NAME)
            return None
        if not self.translate_path(self.path):
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return super().send_head()

    def _is_asked_by_name(self) -> bool:
        host = self.headers.get("Host")
        if host is None:  # no browser
            return True
        try:
            return urlsplit(f"//{host}").hostname in self._names
        except ValueError:
            return False

    def end_headers(self) -> None:
        """Let a browser neither guess types nor keep what the next run replaces."""
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()


class _Server(ThreadingHTTPServer):
    """Says nothing of visitors who leave before the answer is whole."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Print what went wrong here, and only that."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def _path_of(target: str) -> str:
    try:
        return urlsplit(target).path
    except ValueError:  # "//[" is no address
        return ""


def open_server(project: Project, port: int, *names: str) -> ThreadingHTTPServer:
    """Return a server of what is public at each moment, bound to loopback; 0 is any free port.

    It answers to the names of loopback and to `names`, those of a proxy before it.

    Raises:
        OSError: the port is taken.
    """
    answering = _OWN_NAMES | {name.lower() for name in names}
    handler = partial(Handler, public=project.public, names=answering)
    return _Server((ADDRESS, port), handler)


@click.command()
@click.option("--port", type=click.IntRange(0, 65_535), default=PORT, show_default=True)
@click.option("--name", "names", multiple=True, help="A host name to answer to, of your proxy.")
@click.pass_obj
def serve(folder: Path | None, port: int, names: tuple[str, ...]) -> None:
    """Serve the report, the file and its manifest on 127.0.0.1 until Ctrl-C.

    Each request gets what is public at that moment.  To share it, put a proxy of your own before
    it: this one knows no encryption and no passwords.  Requests for another host than this one
    are refused; where your proxy hands its own name on, give it with --name.
    """
    project = the_project(folder)
    try:
        server = open_server(project, port, *names)
    except OSError as error:
        raise click.ClickException(f"port {port}: {error.strerror}; give another --port") from error
    with server:
        click.echo(f"http://{ADDRESS}:{server.server_port}/   (Ctrl-C ends it)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo("")
