import pytest

from crawler.guard import GuardedReactor, PrivateAddressError, is_dialled


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "100.64.0.1"),
        *("0.0.0.0", "255.255.255.255", "224.0.0.1", "192.0.2.1", "198.18.0.1"),  # noqa: S104
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b::a00:1"),
        *("64:ff9b:1::a00:1", "2002:7f00:1::", "2002:a00:1::1", "2001:0:0:0:0:0:f5ff:fffe"),
        *("localhost", "2130706433", "0x7f.1", ""),  # names never reach the socket
    ],
)
def test_what_is_not_global_is_not_dialled(address: str) -> None:
    assert not is_dialled(address)


@pytest.mark.parametrize(
    "address",
    [
        *("93.184.215.14", "114.114.114.114", "2400:3200::1", "::ffff:114.114.114.114"),
        *("64:ff9b::114.114.114.114", "2002:7272:7272::1"),
    ],
)
def test_what_is_global_is_dialled(address: str) -> None:
    assert is_dialled(address)


def test_the_guarded_reactor_connects_to_nothing_else() -> None:
    class Reactor:
        def __init__(self) -> None:
            self.dialled: list[tuple[str, int]] = []

        def connectTCP(self, host: str, port: int, _factory: object) -> None:  # noqa: N802
            self.dialled.append((host, port))

    reactor = Reactor()
    guarded = GuardedReactor(reactor)
    guarded.connectTCP("114.114.114.114", 80, None)
    with pytest.raises(PrivateAddressError, match=r"127\.0\.0\.1"):
        guarded.connectTCP("127.0.0.1", 80, None)
    with pytest.raises(PrivateAddressError):
        guarded.connectSSL("114.114.114.114", 443, None)
    with pytest.raises(PrivateAddressError):
        guarded.connectUNIX("/run/socket", None)
    assert reactor.dialled == [("114.114.114.114", 80)]
