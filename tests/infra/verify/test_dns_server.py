"""Names of a DNS server on loopback, over UDP: what it says, what it refuses, and that nobody waits for it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset
import pytest

from infra.verify.dns_server import DnsServer, ServerError, read_server
from infra.verify.outcome import Verdict
from infra.verify.wire import AddressKind, Wire

HOST = "stlake.blob.core.windows.net"
ZONE = "privatelink.blob.core.windows.net"
ALIAS = "stlake.privatelink.blob.core.windows.net"
Zone = Mapping[str, tuple[str, str]]
"""A name to the type and the data of its one record."""


@contextmanager
def dns_server(zone: Zone, rcode: dns.rcode.Rcode = dns.rcode.NXDOMAIN) -> Iterator[DnsServer]:
    """A server that has a zone, and answers any other name with `rcode`."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))
        stopping = threading.Event()

        def serve() -> None:
            while not stopping.is_set():
                asked, client = listening.recvfrom(4096)
                if asked:
                    listening.sendto(answer_to(asked, zone, rcode), client)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield DnsServer("127.0.0.1", listening.getsockname()[1], seconds=5)
        finally:
            stopping.set()
            # An empty message wakes the thread.
            listening.sendto(b"", listening.getsockname())
            thread.join(5)


def answer_to(asked: bytes, zone: Zone, rcode: dns.rcode.Rcode) -> bytes:
    """Follows aliases, as a resolver does for its clients."""
    query = dns.message.from_wire(asked)
    answer = dns.message.make_response(query)
    answer.flags |= dns.flags.RA
    (question,) = query.question
    name, known = question.name.to_text(omit_final_dot=True), False
    while name in zone:
        known = True
        kind, data = zone[name]
        if kind in ("CNAME", dns.rdatatype.to_text(question.rdtype)):
            answer.answer.append(dns.rrset.from_text(f"{name}.", 60, "IN", kind, data))
        if kind != "CNAME":
            break
        name = data.rstrip(".")
    if not known:
        answer.set_rcode(rcode)
    return answer.to_wire()


def linked(address: str) -> Zone:
    """The account's public name leads to its private one, which has this address."""
    kind = "AAAA" if ":" in address else "A"
    return {HOST: ("CNAME", f"{ALIAS}."), ALIAS: (kind, address)}


@pytest.mark.parametrize(
    ("kind", "address", "verdict"),
    [
        (AddressKind.PRIVATE, "10.40.1.4", Verdict.PASSED),
        (AddressKind.PRIVATE, "20.60.1.4", Verdict.FAILED),
        (AddressKind.PUBLIC, "20.60.1.4", Verdict.PASSED),
        (AddressKind.PUBLIC, "10.40.1.4", Verdict.FAILED),
        (AddressKind.PRIVATE, "fd00::4", Verdict.PASSED),
        (AddressKind.PUBLIC, "fd00::4", Verdict.FAILED),
    ],
)
def test_the_kind_of_address_is_that_of_the_servers_answer(
    kind: AddressKind, address: str, verdict: Verdict
) -> None:
    with dns_server(linked(address)) as server:
        step, _ = Wire(resolve=server.resolve).name(HOST, kind, ZONE)
    assert step.verdict is verdict
    assert address in step.found


@pytest.mark.parametrize(
    ("rcode", "says"),
    [
        (dns.rcode.NXDOMAIN, "has no address of it"),
        (dns.rcode.NOERROR, "has no address of it"),
        (dns.rcode.SERVFAIL, "does not answer the question"),
        (dns.rcode.REFUSED, "does not answer the question"),
    ],
)
def test_a_server_without_an_address_says_so(rcode: dns.rcode.Rcode, says: str) -> None:
    with dns_server({}, rcode) as server:
        step, addresses = Wire(resolve=server.resolve).name(HOST, AddressKind.PRIVATE, ZONE)
    assert (step.verdict, addresses) == (Verdict.FAILED, ())
    assert f"127.0.0.1:{server.port} {says}" in step.found
    assert ZONE in step.to_do


def test_a_silent_server_is_not_waited_for() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        server = DnsServer("127.0.0.1", silent.getsockname()[1], seconds=0.3)
        step, _ = Wire(resolve=server.resolve, seconds=5).name(HOST, AddressKind.EITHER, "")
    assert "no answer of the resolver" in step.found


@pytest.mark.parametrize(
    ("text", "address", "port"),
    [
        ("10.0.0.10", "10.0.0.10", 53),
        ("10.0.0.10:5353", "10.0.0.10", 5353),
        ("fd00::10", "fd00::10", 53),
        ("[fd00::10]:5353", "fd00::10", 5353),
    ],
)
def test_a_server_is_an_address_and_a_port(text: str, address: str, port: int) -> None:
    server = read_server(text)
    assert (server.address, server.port) == (address, port)
    assert str(server) == text


@pytest.mark.parametrize("text", ["resolver", "10.0.0", "10.0.0.10:", "10.0.0.10:dns", "10.0.0.10:70000"])
def test_what_is_no_server_is_refused(text: str) -> None:
    with pytest.raises(ServerError, match=r"no address of a DNS server|no port"):
        read_server(text)
