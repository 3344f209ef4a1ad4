"""What answers at a host: names by a given resolver and by this machine's own, ports and certificates on loopback."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from infra.verify.outcome import Verdict
from infra.verify.wire import AddressKind, Handshake, Wire, system_resolve
from tests.infra.verify.certificates import serving, trusting

HOST = "stlake.blob.core.windows.net"
ZONE = "privatelink.blob.core.windows.net"
LOOPBACK = ("127.0.0.1",)


def resolving(*addresses: str) -> Callable[[str], tuple[str, ...]]:
    return lambda _host: addresses


@pytest.mark.parametrize(
    ("kind", "addresses", "verdict"),
    [
        (AddressKind.PRIVATE, ("10.40.1.4",), Verdict.PASSED),
        (AddressKind.PRIVATE, ("20.60.1.4",), Verdict.FAILED),
        (AddressKind.PRIVATE, ("10.40.1.4", "20.60.1.4"), Verdict.FAILED),
        (AddressKind.PUBLIC, ("20.60.1.4",), Verdict.PASSED),
        (AddressKind.PUBLIC, ("10.40.1.4",), Verdict.FAILED),
        (AddressKind.PUBLIC, ("fd00::4",), Verdict.FAILED),
        (AddressKind.EITHER, ("10.40.1.4",), Verdict.PASSED),
        (AddressKind.EITHER, ("20.60.1.4",), Verdict.PASSED),
    ],
)
def test_a_name_resolves_to_the_kind_that_is_due(
    kind: AddressKind, addresses: tuple[str, ...], verdict: Verdict
) -> None:
    step, found = Wire(resolve=resolving(*addresses)).name(HOST, kind, ZONE)
    assert step.verdict is verdict
    assert found == (addresses if verdict is Verdict.PASSED else ())
    assert (ZONE in step.to_do) is (verdict is Verdict.FAILED)


def test_a_name_that_does_not_resolve_says_what_to_look_at() -> None:
    def missing(_host: str) -> tuple[str, ...]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    step, _ = Wire(resolve=missing).name(HOST, AddressKind.PRIVATE, ZONE)
    assert step.found == f"{HOST} does not resolve (Name or service not known)"
    assert ZONE in step.to_do


def test_a_resolver_that_never_answers_is_not_waited_for() -> None:
    ended = threading.Event()

    def silent(_host: str) -> tuple[str, ...]:
        ended.wait(30)
        return LOOPBACK

    step, _ = Wire(resolve=silent, seconds=0.1).name(HOST, AddressKind.EITHER, "")
    ended.set()
    assert step.found == f"{HOST}: no answer of the resolver in 0.1 s"


def test_this_machines_own_resolver_is_asked() -> None:
    assert "127.0.0.1" in system_resolve("localhost")
    step, _ = Wire().name("localhost", AddressKind.PUBLIC, "")
    assert step.verdict is Verdict.FAILED
    step, addresses = Wire().name("localhost", AddressKind.EITHER, "")
    assert (step.verdict, "127.0.0.1" in addresses) == (Verdict.PASSED, True)
    step, _ = Wire().name("a..b", AddressKind.EITHER, "")
    assert step.verdict is Verdict.FAILED


def test_a_port_that_answers_with_the_hosts_certificate(tmp_path: Path) -> None:
    with serving(tmp_path, HOST) as port:
        steps = Wire(trust=trusting(tmp_path)).port(HOST, LOOPBACK, port, Handshake.TLS)
    assert [(step.name, step.verdict) for step in steps] == [
        ("tcp", Verdict.PASSED),
        ("tls", Verdict.PASSED),
    ]


@pytest.mark.parametrize(
    ("host", "ended", "says"),
    [("other.example.com", False, "Hostname mismatch"), (HOST, True, "expired")],
)
def test_another_certificate_breaks_the_road(tmp_path: Path, host: str, ended: bool, says: str) -> None:  # noqa: FBT001
    with serving(tmp_path, host, ended=ended) as port:
        tls = Wire(trust=trusting(tmp_path)).port(HOST, LOOPBACK, port, Handshake.TLS)[-1]
    assert (tls.name, tls.verdict) == ("tls", Verdict.FAILED)
    assert says in tls.found


def test_an_authority_that_nobody_trusts_is_for_those_who_have_their_own(tmp_path: Path) -> None:
    with serving(tmp_path, HOST) as port:
        assert Wire().port(HOST, LOOPBACK, port, Handshake.TLS)[-1].verdict is Verdict.FAILED
        assert Wire().port(HOST, LOOPBACK, port, Handshake.OWN_TLS)[-1].verdict is Verdict.PASSED


def test_who_accepts_and_says_nothing_is_not_waited_for(tmp_path: Path) -> None:
    with serving(tmp_path, HOST, silent=True) as port:
        tls = Wire(seconds=0.3).port(HOST, LOOPBACK, port, Handshake.TLS)[-1]
    assert tls.found == "no handshake in 0.3 s"


def test_a_closed_port_and_one_that_drops_what_is_sent(tmp_path: Path) -> None:
    with serving(tmp_path, HOST) as port:
        pass
    (closed,) = Wire().port(HOST, LOOPBACK, port, Handshake.TLS)
    assert (closed.name, closed.verdict) == ("tcp", Verdict.FAILED)
    assert "Connection refused" in closed.found

    def dropped(_address: tuple[str, int], _seconds: float) -> socket.socket:
        raise TimeoutError

    (late,) = Wire(connect=dropped).port(HOST, ("10.40.1.4", "10.40.1.5"), 443, Handshake.TLS)
    assert late.found == "10.40.1.4:443 does not answer in 10 s; 10.40.1.5:443 does not answer in 10 s"


def test_a_protocol_of_its_own_is_asked_for_its_port_alone(tmp_path: Path) -> None:
    with serving(tmp_path, HOST) as port:
        (tcp,) = Wire().port(HOST, LOOPBACK, port, Handshake.NONE)
    assert tcp.verdict is Verdict.PASSED
