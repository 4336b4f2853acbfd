"""An S3 of one test: moto's server on loopback, and a bucket `law` in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.request import Request, urlopen

import pytest

KEY = "a-key-of-ours"


@contextmanager
def object_store(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Serve it, and let the environment name it to us and to what we start; skip without moto."""
    s3fs: Any = pytest.importorskip("s3fs", reason="fatiao[s3] is not installed")
    moto: Any = pytest.importorskip("moto.server", reason="moto is not installed")
    server = moto.ThreadedMotoServer("127.0.0.1", 0)
    server.start()
    host, port = server.get_host_and_port()
    known = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "a",
        "AWS_SECRET_ACCESS_KEY": KEY,
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    for name, value in known.items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()  # an earlier test's is bound to that one's port
    try:
        urlopen(Request(f"{known['AWS_ENDPOINT_URL']}/law", method="PUT")).close()  # noqa: S310
        yield
    finally:
        server.stop()
