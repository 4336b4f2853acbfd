"""A `fatiao` in a pretended network: `python -m tests.hostile.network TABLE LOG ARGUMENTS`.

TABLE is a JSON file: names to the addresses they resolve to, under "names", and the global
addresses that a host on loopback, of the same family, stands in for, under "hosts".  Every address
that the process dials is written to LOG, as dialled; none outside the loopback is ever reached.
Only what the operating system does is replaced here, nothing of ours.
"""

import json
import socket
import sys
from pathlib import Path
from typing import Any

from warehouse.cli.main import main

_getaddrinfo = socket.getaddrinfo
_gethostbyname = socket.gethostbyname


def pretend(  # noqa: C901 - three small functions that share the table
    names: dict[str, list[str]], hosts: dict[str, int], log: Path
) -> None:
    """Let `names` resolve, and connections to `hosts` end at that port of the loopback."""

    def getaddrinfo(host: Any, port: Any, *arguments: Any, **options: Any) -> Any:
        known = host.decode() if isinstance(host, bytes) else host
        found: list[Any] = []
        for address in names.get(known, [known]):
            found += _getaddrinfo(address, port, *arguments, **options)
        return found

    def gethostbyname(host: str) -> str:
        found = [one for one in names.get(host, [host]) if ":" not in one]
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, f"{host}: only an IPv6 address")
        return _gethostbyname(found[0])

    class Socket(socket.socket):
        def connect_ex(self, address: Any) -> int:
            return super().connect_ex(self._led(address))

        def connect(self, address: Any) -> None:
            super().connect(self._led(address))

        def _led(self, address: Any) -> Any:
            if self.family == socket.AF_UNIX:
                return address
            with log.open("a", encoding="utf-8") as out:
                out.write(f"{address[0]}\n")
            # Nothing listens at 9: what the guard lets through by mistake goes nowhere.
            port = hosts.get(address[0], 9)
            return ("127.0.0.1", port) if self.family == socket.AF_INET else ("::1", port)

    socket.getaddrinfo = getaddrinfo
    socket.gethostbyname = gethostbyname
    socket.socket = Socket  # type: ignore[misc]


if __name__ == "__main__":
    table = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    pretend(table["names"], table["hosts"], Path(sys.argv[2]))
    sys.argv[1:] = sys.argv[3:]
    main()
