"""A lake's files in S3, or what speaks it: DuckDB's third extension, and the keys that boto knows.

Keys come from the environment or ~/.aws, as for an archive there, never from fatiao.toml.
"""

from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlsplit

from crawler.bucket import Bucket
from crawler.lake import Lake
from warehouse.store import quote_path

EXTENSION: Final = "httpfs"


def is_in_store(lake: Lake) -> bool:
    """Say whether the files are in a store, not in a folder."""
    return isinstance(lake.files, Bucket)


def secret(lake: Lake) -> Iterator[str]:
    """Yield the statement that gives DuckDB the keys, where the files are in a store.

    Raises:
        ImportError: the extra fatiao[s3] is not installed.
    """
    if not isinstance(lake.files, Bucket):
        return
    import botocore.session  # noqa: PLC0415 - of the extra fatiao[s3]

    session: Any = botocore.session.get_session()
    # Only it knows of all places where a region and another endpoint may be named.
    client = session.create_client("s3")
    endpoint = urlsplit(client.meta.endpoint_url)
    words = {"REGION": client.meta.region_name, "ENDPOINT": endpoint.netloc}
    if not endpoint.netloc.endswith(".amazonaws.com"):
        words["URL_STYLE"] = "path"
    found = session.get_credentials()
    if found is not None:
        keys = found.get_frozen_credentials()
        words |= {"KEY_ID": keys.access_key, "SECRET": keys.secret_key}
        if keys.token:
            words["SESSION_TOKEN"] = keys.token
    cells = "".join(f", {name} {quote_path(value)}" for name, value in words.items() if value)
    ssl = "true" if endpoint.scheme == "https" else "false"
    scope = quote_path(str(lake.files))
    yield f"CREATE SECRET files (TYPE s3, SCOPE {scope}, USE_SSL {ssl}{cells})"
