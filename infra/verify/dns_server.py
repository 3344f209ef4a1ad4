"""Names as a DNS server gives them that is not this machine's own: a network's resolver, or a forwarder in the hub."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass

import dns.exception
import dns.resolver

_DNS_PORT = 53


class ServerError(ValueError):
    """A text names no DNS server. The message says what would be right."""


@dataclass(frozen=True)
class DnsServer:
    """Where it listens, over UDP, and over TCP for what is too long. It is waited for `seconds`."""

    address: str
    port: int = _DNS_PORT
    seconds: float = 10

    def resolve(self, host: str) -> tuple[str, ...]:
        """The addresses of a host. Raises OSError: `socket.gaierror` where the server says that there is none,
        TimeoutError where it says nothing."""
        asking = dns.resolver.Resolver(configure=False)
        asking.nameservers = [self.address]
        asking.port = self.port
        asking.lifetime = self.seconds
        try:
            # Every name is whole: no suffix of this machine's is tried.
            found = asking.resolve_name(f"{host.rstrip('.')}.")
            return tuple(dict.fromkeys(found.addresses()))
        except dns.resolver.LifetimeTimeout as error:
            raise TimeoutError from error
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer) as error:
            raise socket.gaierror(socket.EAI_NONAME, f"{self} has no address of it") from error
        except dns.exception.DNSException as error:
            raise OSError(f"{self} does not answer the question") from error

    def __str__(self) -> str:
        port = "" if self.port == _DNS_PORT else f":{self.port}"
        return f"{f'[{self.address}]' if port and ':' in self.address else self.address}{port}"


def read_server(text: str) -> DnsServer:
    """`10.0.0.10`, `10.0.0.10:5353`, `fd00::10` or `[fd00::10]:5353`. Raises `ServerError`."""
    address, colon, port = text, "", ""
    if text.startswith("["):
        address, _, rest = text[1:].partition("]")
        colon, port = rest[:1], rest[1:]
    elif text.count(":") == 1:
        address, colon, port = text.partition(":")
    try:
        ipaddress.ip_address(address)
        number = int(port) if colon else _DNS_PORT
    except ValueError as error:
        raise ServerError(
            f"{text!r} is no address of a DNS server, such as 10.0.0.10 or 10.0.0.10:53"
        ) from error
    if not 0 < number < 65536:
        raise ServerError(f"{text!r}: {number} is no port")
    return DnsServer(address, number)
