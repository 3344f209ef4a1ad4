"""A server of TLS on loopback with a certificate made for the test, and the context that trusts its authority."""

from __future__ import annotations

import datetime
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_NOW = datetime.datetime.now(datetime.UTC)


def trusting(folder: Path) -> ssl.SSLContext:
    """What trusts the certificate that `serving` has written there, as its own authority, and nothing else."""
    return ssl.create_default_context(cafile=str(folder / "certificate.pem"))


@contextmanager
def serving(folder: Path, host: str, *, ended: bool = False, silent: bool = False) -> Iterator[int]:
    """The port of a server whose certificate is `host`'s; `silent`: it accepts and never says anything."""
    write_certificate(folder, host, ended=ended)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    listener = socket.create_server(("127.0.0.1", 0))
    stopping = threading.Event()

    def answer() -> None:
        while not stopping.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                if silent:
                    stopping.wait(10)
                    return
                connection.settimeout(5)
                try:
                    context.wrap_socket(connection, server_side=True).close()
                except OSError:
                    continue  # the client went away, as it does when it does not trust

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        stopping.set()
        # Wakes the thread where closing the listener alone would not.
        with socket.create_connection(listener.getsockname(), timeout=1):
            listener.close()
        thread.join(5)


def write_certificate(folder: Path, host: str, *, ended: bool = False) -> None:
    """A certificate of the host that ends in a day, or ended a day ago, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "loopback")])
    day = datetime.timedelta(days=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_NOW - 10 * day)
        .not_valid_after(_NOW - day if ended else _NOW + day)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
