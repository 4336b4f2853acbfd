"""The command `fatiao serve`: what is public, on loopback, for a look or behind one's own proxy."""

from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import click

from crawler.sources import Project
from warehouse.cli.project import the_project
from warehouse.publish import DATABASE_NAME, MANIFEST_NAME, REPORT_NAME

ADDRESS: Final = "127.0.0.1"  # never another: who wants to share it has a proxy for that
PORT: Final = 8712

# What can be asked for; nothing else of the folder exists for a visitor.
_FILES: Final = {
    "/": REPORT_NAME,
    **{f"/{name}": name for name in (REPORT_NAME, DATABASE_NAME, MANIFEST_NAME)},
}


class Handler(SimpleHTTPRequestHandler):
    """Answers GET and HEAD for the three published files."""

    server_version = "fatiao"
    sys_version = ""
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".html": "text/html; charset=utf-8",
        ".json": "application/json; charset=utf-8",
        ".duckdb": "application/octet-stream",
    }

    def __init__(self, *arguments: object, public: Path) -> None:
        self._public = public
        super().__init__(*arguments)  # type: ignore[arg-type]  # what socketserver hands over

    def translate_path(self, path: str) -> str:
        """Return the file of the present snapshot; of what is not published, one never there."""
        name = _FILES.get(urlsplit(path).path)
        return str(self._public.resolve() / name) if name else ""

    def send_head(self) -> object:  # type: ignore[override]  # a file, or None after an error
        """Answer 404 for what is not published, before any file is looked at."""
        if not self.translate_path(self.path):
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return super().send_head()

    def end_headers(self) -> None:
        """Let a browser neither guess types nor keep what the next run replaces."""
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()


def open_server(project: Project, port: int) -> ThreadingHTTPServer:
    """Return a server of what is public at each moment, bound to loopback; 0 is any free port.

    Raises:
        OSError: the port is taken.
    """
    return ThreadingHTTPServer((ADDRESS, port), partial(Handler, public=project.public))


@click.command()
@click.option("--port", type=click.IntRange(0, 65_535), default=PORT, show_default=True)
@click.pass_obj
def serve(folder: Path | None, port: int) -> None:
    """Serve the report, the file and its manifest on 127.0.0.1 until Ctrl-C.

    Each request gets what is public at that moment.  To share it, put a proxy of your own before
    it: this one knows no encryption and no passwords.
    """
    project = the_project(folder)
    try:
        server = open_server(project, port)
    except OSError as error:
        raise click.ClickException(f"port {port}: {error.strerror}; give another --port") from error
    with server:
        click.echo(f"http://{ADDRESS}:{server.server_port}/   (Ctrl-C ends it)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo("")
