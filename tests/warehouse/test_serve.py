import http.client
import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.sources import Project
from warehouse.cli.serve import ADDRESS, open_server


@pytest.fixture
def project(tmp_path: Path) -> Project:
    snapshot = tmp_path / "snapshots" / "run-000001"
    (snapshot / "inner").mkdir(parents=True)
    (snapshot / "report.html").write_text("一", encoding="utf-8")
    (snapshot / "manifest.json").write_text("{}", encoding="utf-8")
    (snapshot / "fatiao.duckdb").write_bytes(b"DUCK")
    (snapshot / "secret.txt").write_text("not published", encoding="utf-8")
    (tmp_path / "fatiao.toml").write_text("", encoding="utf-8")
    (tmp_path / "public").symlink_to("snapshots/run-000001")
    return Project(file=tmp_path / "fatiao.toml", folder=tmp_path)


@pytest.fixture
def port(project: Project) -> Iterator[int]:
    with open_server(project, 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def request(
    port: int, path: str, method: str = "GET", host: str = "localhost"
) -> tuple[int, str | None, bytes]:
    connection = http.client.HTTPConnection(ADDRESS, port, timeout=10)
    connection.putrequest(method, path, skip_host=True)  # sends the path as it is written
    if host:
        connection.putheader("Host", host)
    connection.endheaders()
    answer = connection.getresponse()
    try:
        return answer.status, answer.getheader("Content-Type"), answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("path", "kind", "body"),
    [
        ("/", "text/html; charset=utf-8", "一".encode()),
        ("/report.html?x=1", "text/html; charset=utf-8", "一".encode()),
        ("/manifest.json", "application/json; charset=utf-8", b"{}"),
        ("/fatiao.duckdb", "application/octet-stream", b"DUCK"),
    ],
)
def test_what_is_published_is_served(port: int, path: str, kind: str, body: bytes) -> None:
    assert request(port, path) == (200, kind, body)
    assert request(port, path, "HEAD") == (200, kind, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/secret.txt", "/inner", "/inner/", "/.", "/../fatiao.toml", "/%2e%2e/fatiao.toml",
        "/../../fatiao.toml", "//etc/passwd", "/etc/passwd", "/report.html/", "/report.html%00",
        "/REPORT.HTML", "http://127.0.0.1/secret.txt", "/..%5c..%5cfatiao.toml", "*", "//[",
        "/.git", "/.staging-2/fatiao.duckdb", "/public/report.html", "/./report.html",
        "file:///etc/passwd",
    ],
)  # fmt: skip
def test_nothing_else_is(port: int, path: str) -> None:
    assert request(port, path)[0] == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_only_reading_is_understood(port: int, method: str) -> None:
    assert request(port, "/", method)[0] == 501


def test_a_link_that_leads_elsewhere_is_not_followed(port: int, project: Project) -> None:
    manifest = project.public.resolve() / "manifest.json"
    manifest.unlink()
    manifest.symlink_to(project.file)
    assert request(port, "/manifest.json")[0] == 404


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8712", "localhost", "LOCALHOST:1", "[::1]:8712", "laws.example:443", ""]
)
def test_it_answers_to_loopback_and_to_the_names_given(project: Project, host: str) -> None:
    with open_server(project, 0, "Laws.example") as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        assert request(server.server_port, "/", host=host)[0] == 200
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8712", "localhost.evil.example", "127.0.0.1.evil", "["]
)
def test_a_name_that_somebody_lets_point_here_gets_nothing(port: int, host: str) -> None:
    for path in ("/", "/fatiao.duckdb"):
        status, _, body = request(port, path, host=host)
        assert status == 421
        assert b"DUCK" not in body
        assert "一".encode() not in body


def test_the_next_publication_is_what_the_next_request_gets(port: int, project: Project) -> None:
    second = project.snapshots / "run-000002"
    second.mkdir()
    (second / "report.html").write_text("二", encoding="utf-8")
    project.public.unlink()
    project.public.symlink_to("snapshots/run-000002")
    assert request(port, "/")[2] == "二".encode()
    assert request(port, "/fatiao.duckdb")[0] == 404


def test_a_visitor_who_leaves_early_is_no_news(
    port: int, project: Project, capfd: pytest.CaptureFixture[str]
) -> None:
    (project.public / "fatiao.duckdb").write_bytes(b"DUCK" * 4_000_000)  # more than a socket holds
    visitor = socket.create_connection((ADDRESS, port))
    visitor.sendall(b"GET /fatiao.duckdb HTTP/1.1\r\nHost: localhost\r\n\r\n")
    visitor.recv(100)
    visitor.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    visitor.close()
    assert request(port, "/")[0] == 200
    assert "Traceback" not in capfd.readouterr().err
