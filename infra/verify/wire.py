"""Names, ports and certificates: what answers at a host, before anybody signs in."""

from __future__ import annotations

import ipaddress
import queue
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from infra.verify.outcome import Step, failed, passed

Resolve = Callable[[str], tuple[str, ...]]
"""The addresses of a host. Raises OSError."""
Connect = Callable[[tuple[str, int], float], socket.socket]
"""A connection to address and port, within so many seconds. Raises OSError."""

_NETWORK = "docs/network.md"


class AddressKind(StrEnum):
    """What a name should resolve to."""

    PRIVATE = "private"
    """An endpoint is declared, and its zone answers here."""
    PUBLIC = "public"
    EITHER = "either"
    """Nothing that is declared decides it."""


class Handshake(StrEnum):
    """What is said first on a port."""

    TLS = "TLS"
    OWN_TLS = "TLS, with a certificate of the service's own authority"
    """The name and the authority of the certificate are not judged: no machine trusts them by itself."""
    NONE = "a protocol of its own"


def system_resolve(host: str) -> tuple[str, ...]:
    """As the machine's own resolver answers."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


def system_connect(address: tuple[str, int], seconds: float) -> socket.socket:
    """As the machine's own routes lead."""
    return socket.create_connection(address, timeout=seconds)


@dataclass(frozen=True)
class Wire:
    """`seconds`: what a resolution, a connection and a handshake may each take. `trust`: whose certificates count."""

    resolve: Resolve = system_resolve
    connect: Connect = system_connect
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    seconds: float = 10

    def name(self, host: str, kind: AddressKind, zone: str) -> tuple[Step, tuple[str, ...]]:
        """Whether the name resolves, to addresses of that kind; the addresses, none where it does not. `zone`: the
        private zone that has the name, for the message."""
        try:
            addresses = self._resolved(host)
        except TimeoutError:
            mend = "see which DNS servers this machine asks, and whether it reaches them"
            return failed("name", f"{host}: no answer of the resolver in {self.seconds:g} s", mend), ()
        except OSError as error:
            return failed("name", f"{host} does not resolve ({_why(error)})", _record(kind, zone)), ()
        shown = ", ".join(addresses)
        public = [address for address in addresses if ipaddress.ip_address(address).is_global]
        if kind is AddressKind.PRIVATE and public:
            found = f"{host} resolves to {shown}, which is public; an endpoint is declared"
            return failed("name", found, _record(kind, zone)), ()
        if kind is AddressKind.PUBLIC and len(public) < len(addresses):
            found = f"{host} resolves to {shown}, which is private; no endpoint is declared for this place"
            mend = f"unlink {zone or 'the private zone'} from this network, or name this place with --from"
            return failed("name", found, mend), ()
        return passed("name", f"{host} is {shown}"), addresses

    def port(self, host: str, addresses: tuple[str, ...], port: int, handshake: Handshake) -> list[Step]:
        """Whether the port answers at one of the addresses, and with TLS the certificate is the host's."""
        problems: list[str] = []
        for address in addresses:
            try:
                connection = self.connect((address, port), self.seconds)
            except TimeoutError:
                problems.append(f"{address}:{port} does not answer in {self.seconds:g} s")
                continue
            except OSError as error:
                problems.append(f"{address}:{port}: {_why(error)}")
                continue
            with connection:
                answered = passed("tcp", f"{address}:{port} answers")
                if handshake is Handshake.NONE:
                    return [answered]
                return [answered, self._tls(connection, host, own=handshake is Handshake.OWN_TLS)]
        mend = f"see peerings, security groups, firewalls and public access on the way: {_NETWORK}"
        return [failed("tcp", "; ".join(problems), mend)]

    def _tls(self, connection: socket.socket, host: str, *, own: bool) -> Step:
        context = _any_certificate() if own else self.trust
        try:
            connection.settimeout(self.seconds)
            with context.wrap_socket(connection, server_hostname=host) as secured:
                version = secured.version()
        except ssl.SSLCertVerificationError as error:
            mend = "see what answers there: a proxy that opens TLS, or a record that leads to another service"
            return failed("tls", f"no trusted certificate of {host}: {error.verify_message}", mend)
        except TimeoutError:
            return failed("tls", f"no handshake in {self.seconds:g} s", "see whether a firewall inspects TLS")
        except OSError as error:
            return failed("tls", f"no handshake ({_why(error)})", "see what answers there")
        return passed("tls", f"{version}, {'its own authority' if own else 'certificate of the host'}")

    def _resolved(self, host: str) -> tuple[str, ...]:
        """In a thread of its own: the system's resolver takes no time limit."""
        answers: queue.Queue[tuple[str, ...] | OSError] = queue.Queue()

        def ask() -> None:
            try:
                answers.put(self.resolve(host))
            except OSError as error:
                answers.put(error)
            except UnicodeError as error:  # a label that no name can have
                answers.put(OSError(str(error)))

        threading.Thread(target=ask, daemon=True).start()
        try:
            answer = answers.get(timeout=self.seconds)
        except queue.Empty as error:
            raise TimeoutError from error
        if isinstance(answer, OSError):
            raise answer
        return answer


def _record(kind: AddressKind, zone: str) -> str:
    if kind is AddressKind.PRIVATE:
        return f"see that {zone} has the endpoint's record and is linked to the network that asks: {_NETWORK}"
    return "see that it was deployed, and that this machine's DNS servers answer for the internet"


def _why(error: OSError) -> str:
    return error.strerror or str(error)


def _any_certificate() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
