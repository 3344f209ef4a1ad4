"""The text that stands in for an output of which only type and name are known: of the form that the name promises.

Programs cut ids at their slashes, decode what is Base64 and read certificates: a text of another form would end them
though they are right. Each text can be recognised where it comes back (`rehearsal.model.unknown_texts`), but for GUIDs
and times, which are as good as any other.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Mapping
from functools import cache

from rehearsal.cloud.service_values import guid, hexadecimal
from rehearsal.model.unknown_texts import CERTIFICATE, MARK, UNKNOWN_ADDRESS, UNKNOWN_RANGE

_TIME = "2026-01-01T00:00:00Z"

_ED25519_KEY = bytes.fromhex("302e020100300506032b657004220420")
"""The head of a private key in PKCS #8, before its 32 bytes (RFC 8410, section 7). Any 32 bytes are a key."""

_RSA_BYTES = 256


def mark(owner: str) -> str:
    """The plain form: unlike that of any other owner."""
    return f"{MARK}{hexadecimal(owner, 8)}"


def _host(owner: str) -> str:
    return f"{mark(owner)}.invalid"


def _arm_id(owner: str) -> str:
    group = f"/subscriptions/{guid('rehearsal', 'subscription')}/resourceGroups/{mark(owner)}"
    return f"{group}/providers/Microsoft.Resources/unknown/{mark(owner)}"


def _connection(owner: str) -> str:
    return (
        f"Endpoint=sb://{_host(owner)}/;AccountName={mark(owner)};SharedAccessKeyName={mark(owner)};"
        f"SharedAccessKey={mark(owner)};AccountKey={mark(owner)}"
    )


def encoded(text: str) -> str:
    """The text in Base64."""
    return base64.b64encode(text.encode()).decode()


def _private_key(owner: str) -> str:
    body = base64.b64encode(_ED25519_KEY + bytes.fromhex(hexadecimal(owner, 64))).decode()
    kind = "PRIVATE KEY"
    return f"-----BEGIN {kind}-----\n{body}\n-----END {kind}-----\n"


def _ssh_key(owner: str) -> str:
    modulus = b"\0" + bytes.fromhex(hexadecimal(owner, 64)) * (_RSA_BYTES // 32 - 1)
    modulus += bytes.fromhex(hexadecimal(owner, 62)) + b"\x01"
    parts = (b"ssh-rsa", b"\x01\x00\x01", modulus[:1] + b"\xff" + modulus[2:])
    blob = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    return f"ssh-rsa {base64.b64encode(blob).decode()} {mark(owner)}"


def kubeconfig(owner: str, token: str = "") -> str:
    """A kubeconfig of one cluster; `token` is its user's, else a text that stands in for one."""
    name = mark(owner)
    return "\n".join(
        (
            "apiVersion: v1",
            "kind: Config",
            f"current-context: {name}",
            "clusters:",
            f"- name: {name}",
            f"  cluster: {{server: 'https://{_host(owner)}:443', certificate-authority-data: {encoded(CERTIFICATE)}}}",
            "contexts:",
            f"- name: {name}",
            f"  context: {{cluster: {name}, user: {name}}}",
            "users:",
            f"- name: {name}",
            f"  user: {{token: {token or name}}}",
            "",
        )
    )


_FORMS: Mapping[str, Callable[[str], str]] = {
    r"\w*(tenant|client|object|principal|application|app|subscription|customer|directory)_?id|\w*guid": (
        lambda owner: guid(owner, "unknown")
    ),
    r"(\w*resource|\w*subnet|\w*network|\w*environment|\w*zone)_?id|id": _arm_id,
    r"kube_?config(_?raw)?": kubeconfig,
    r"\w*open_?ssh|ssh_?(public_?)?key(_?data)?": _ssh_key,
    r"\w*private_?key(_?pem\w*)?|\w*key_?pem": _private_key,
    r"\w*cert(ificate)?s?(_?pem|_?data)?|\w*_?pem|\w*certificate_?(authority|chain)(_?data)?": (
        lambda _owner: CERTIFICATE
    ),
    r"\w*connection_?strings?": _connection,
    r"\w*(base64|b64)(std|url)?": lambda owner: encoded(mark(owner)),
    r"\w*json": lambda owner: json.dumps({"unknown": mark(owner)}),
    r"\w*(url|uri|endpoint|endpoints)": lambda owner: f"https://{_host(owner)}/",
    r"\w*(host_?names?|fqdns?|domains?|dns_?name|host)": _host,
    r"\w*(cidr|cidr_?block|address_?(prefix|prefixes|range|space))": lambda _owner: UNKNOWN_RANGE,
    r"\w*ip_?(v4)?_?address(es)?|\w*(public|private|outbound|inbound|static|balancer|cluster)_?ips?|ips?": (
        lambda _owner: UNKNOWN_ADDRESS
    ),
    r"\w*(creat|chang|modif|updat|start|end|expir)\w*_?(time|date|at|on)(_?utc)?|time_?stamp|not_?(before|after)": (
        lambda _owner: _TIME
    ),
}
"""By the name of the property in lower case, the first that fits the whole of it."""

_PATTERNS = tuple((re.compile(pattern), form) for pattern, form in _FORMS.items())


@cache
def _form(name: str) -> Callable[[str], str]:
    folded = name.lower()
    return next((form for pattern, form in _PATTERNS if pattern.fullmatch(folded)), mark)


def text_for(name: str, owner: str) -> str:
    """The text for the property of this name. `owner` says whose it is: another owner's text is another text."""
    return _form(name)(owner)
