"""Texts, numbers and addresses that stand in for values that only a service could make up.

The SDK turns an unknown into None while a program is deployed, and a program that then calls `.lower()` on it ends. So
it is given something of the right form that can be recognised wherever it comes back, also in the middle of another
text: no check may hold it against anybody.
"""

from __future__ import annotations

import base64
import re

from rehearsal.model.values import UNKNOWN, Secret

MARK = "rehearsal-unknown-"
"""How such a text begins, with some hexadecimal digits after it."""

UNKNOWN_NUMBER = 7919
"""A port, a count and a size at once, and hardly what somebody would write down."""

UNKNOWN_ADDRESS = "198.18.77.19"
"""Of the range for benchmarks of networks (RFC 2544). Those for documentation are what people write into examples."""

UNKNOWN_RANGE = "198.18.77.0/24"

CERTIFICATE = """-----BEGIN CERTIFICATE-----
MIIBTzCCAQGgAwIBAgIUS6NghIQK8jq+OcayEyJjIVOY9VowBQYDK2VwMBwxGjAY
BgNVBAMMEXJlaGVhcnNhbC5pbnZhbGlkMCAXDTI2MTEzMDE0MDQxMFoYDzIxMjYx
MTA2MTQwNDEwWjAcMRowGAYDVQQDDBFyZWhlYXJzYWwuaW52YWxpZDAqMAUGAytl
cAMhALbQm06K+5LlkKKmnDMpmtFQ8S6FqsUBgsLIXTrKYs9go1MwUTAdBgNVHQ4E
FgQU3jgdy2yaWYUcNDT37TqtWugPcZQwHwYDVR0jBBgwFoAU3jgdy2yaWYUcNDT3
7TqtWugPcZQwDwYDVR0TAQH/BAUwAwEB/zAFBgMrZXADQQBbRf/A22qBTAD013KT
bR/hTkjG+pe/dXrH3KumE+pefxFHtKZb0laKjWv+NPgmqzFz0C5voDl0OVuZ2rn8
/EoN
-----END CERTIFICATE-----
"""
"""Of rehearsal.invalid, signed by itself; its key was thrown away. Programs read certificates, so it must be one."""


def _base64_forms(text: str) -> tuple[str, ...]:
    """The characters that `text` gives inside any Base64 text, at each of the three byte offsets."""
    forms: list[str] = []
    for offset in range(3):
        encoded = base64.b64encode(b"\0" * offset + text.encode()).decode().rstrip("=")
        forms.append(encoded[-(-offset * 8 // 6) : (offset + len(text)) * 8 // 6])
    return tuple(forms)


_UNKNOWN = re.compile(
    "|".join(
        (
            # A program may take the dashes out, or write it in capitals.
            r"(?i:rehearsal[-_]?unknown)",
            re.escape(UNKNOWN_ADDRESS),
            re.escape(UNKNOWN_RANGE),
            re.escape(CERTIFICATE.splitlines()[1]),
            *(
                re.escape(form)
                for text in (MARK, UNKNOWN_ADDRESS, CERTIFICATE.splitlines()[1])
                for form in _base64_forms(text)
            ),
        )
    )
)


def holds_unknown(text: str) -> bool:
    """Whether something that only a service could make up is in the text, as it is or in Base64."""
    return _UNKNOWN.search(text) is not None


def is_unknown(value: object) -> bool:
    """Whether the value, and not only something in it, is unknown."""
    if isinstance(value, Secret):
        return is_unknown(value.value)
    if isinstance(value, str):
        return holds_unknown(value)
    return value is UNKNOWN or (value == UNKNOWN_NUMBER and not isinstance(value, bool))


def without_stand_ins(value: object) -> object:
    """The value with `UNKNOWN` in the place of everything that stands in for what only a service could make up."""
    if isinstance(value, Secret):
        return Secret(without_stand_ins(value.value))
    if isinstance(value, dict):
        return {key: without_stand_ins(item) for key, item in value.items()}
    if isinstance(value, list):
        return [without_stand_ins(item) for item in value]
    return UNKNOWN if is_unknown(value) else value
