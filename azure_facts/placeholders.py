"""Example values in place of real ones: no directory, registrar or network hands them out."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from azure_facts.source import Source

SOURCES = (
    Source(
        "rfc-editor.org rfc2606 (section 3: example.com, example.net, example.org)",
        datetime.date(2026, 11, 30),
    ),
    Source("rfc-editor.org rfc5737 (documentation address blocks)", datetime.date(2026, 11, 30)),
)

_DOMAIN = r"\bexample\.(?:com|org|net)\b"
_ONE_DIGIT = r"\b([1-9a-f])\1{7}-\1{4}-\1{4}-\1{4}-\1{12}\b"
_NUMBERED = r"\b[0-9a-f](?:0{7}|([1-9a-f])\2{6})-0000-4000-8000-0{6}[0-9a-f]{6}\b"
"""Such as a0000000-0000-4000-8000-000000000001, and 99999999-0000-4000-8000-000000000001. No directory hands out
either form of GUID. The GUID of zeros is no placeholder: it says that there is none."""

_NAMES = re.compile("|".join((_ONE_DIGIT, _NUMBERED, _DOMAIN)), re.IGNORECASE)
_ADDRESSES = re.compile(r"\b(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d{1,3}(?:/\d{1,2})?(?![\d.])")


def placeholder_names(text: str) -> Iterator[str]:
    """Reserved domains, and GUIDs that nobody made, in lower case, in the order of the text."""
    yield from (match[0].lower() for match in _NAMES.finditer(text))


def placeholder_addresses(text: str) -> Iterator[str]:
    """IPv4 addresses and ranges that documentation alone uses."""
    yield from (match[0] for match in _ADDRESSES.finditer(text))
