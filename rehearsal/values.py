"""Property values as the rehearsal holds them: plain JSON values plus the markers `Secret` and `UNKNOWN`.

The Pulumi protocol sends a `google.protobuf.Struct` in which a secret, an asset or a resource reference is a
map with a magic key (pulumi 3.272 `pulumi/runtime/rpc.py`). Reading it here, once, keeps secrets marked where
they stand; the SDK's own `deserialize_properties` pushes the mark up to the top-level property.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping

from google.protobuf import struct_pb2

from rehearsal.sdk import UNKNOWN, Secret

SIGNATURE_KEY = "4dabf18193072939515e22adb298388d"
SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270"
RESOURCE_SIGNATURE = "5cf8f73096256a8f31e491e813e4eb8e"
OUTPUT_VALUE_SIGNATURE = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
UNKNOWN_SENTINEL = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"

MASK = "[secret]"

STAND_IN = "rehearsal-secret-"
"""How every stand-in for a secret begins: those of the stack file, and those that the simulated cloud makes
up."""


def _base64_forms(text: str) -> tuple[str, ...]:
    """The characters that `text` gives inside any Base64 text, at each of the three byte offsets."""
    forms = []
    for offset in range(3):
        encoded = base64.b64encode(b"\0" * offset + text.encode()).decode().rstrip("=")
        first = -(-offset * 8 // 6)
        last = (offset + len(text)) * 8 // 6
        forms.append(encoded[first:last])
    return tuple(forms)


_ENCODED_STAND_INS = _base64_forms(STAND_IN)

_STAND_IN = re.compile(
    re.escape(STAND_IN)
    + r"[^\s\"',;&]*|[A-Za-z0-9+/]*(?:"
    + "|".join(re.escape(form) for form in _ENCODED_STAND_INS)
    + r")[A-Za-z0-9+/]*=*"
)


def holds_stand_in(text: str) -> bool:
    """Whether a secret's stand-in is in the text, as it is or in Base64."""
    return STAND_IN in text or any(form in text for form in _ENCODED_STAND_INS)


_PLAIN_KEY = re.compile(r"^[A-Za-z_$][\w$]*$")


def from_struct(struct: struct_pb2.Struct) -> dict[str, object]:
    """A protocol struct as plain values; numbers that are whole become `int`, as the JSON of every service
    has them."""
    fields = struct.fields
    return {key: _from_value(fields[key]) for key in fields}


def _from_value(value: struct_pb2.Value) -> object:
    kind = value.WhichOneof("kind")
    if kind == "string_value":
        text = value.string_value
        return UNKNOWN if text == UNKNOWN_SENTINEL else text
    if kind == "struct_value":
        fields = value.struct_value.fields
        if SIGNATURE_KEY in fields:
            return _from_signed({key: _from_value(fields[key]) for key in fields})
        return {key: _from_value(fields[key]) for key in fields}
    if kind == "list_value":
        return [_from_value(item) for item in value.list_value.values]
    if kind == "bool_value":
        return value.bool_value
    if kind == "number_value":
        number = value.number_value
        return int(number) if number.is_integer() else number
    return None


def _from_signed(fields: dict[str, object]) -> object:
    signature = fields.pop(SIGNATURE_KEY)
    if signature == SECRET_SIGNATURE:
        return Secret(fields.get("value"))
    if signature == RESOURCE_SIGNATURE:
        # A provider that does not ask for resource references is sent the id (a component has none: its URN).
        return fields.get("id") or fields.get("urn")
    if signature == OUTPUT_VALUE_SIGNATURE:
        value = fields.get("value", UNKNOWN)
        return Secret(value) if fields.get("secret") else value
    return fields  # An asset or archive: {"path": …}, {"text": …}, {"uri": …} or {"assets": …}.


def to_struct(values: Mapping[str, object]) -> struct_pb2.Struct:
    """The inverse of `from_struct`, for what a resource answers with."""
    return struct_pb2.Struct(fields={str(key): _to_value(value) for key, value in values.items()})


def _to_value(value: object) -> struct_pb2.Value:
    if isinstance(value, Secret):
        return _to_value({SIGNATURE_KEY: SECRET_SIGNATURE, "value": value.value})
    if value is UNKNOWN:
        return struct_pb2.Value(string_value=UNKNOWN_SENTINEL)
    if isinstance(value, str):
        return struct_pb2.Value(string_value=value)
    if isinstance(value, bool):
        return struct_pb2.Value(bool_value=value)
    if isinstance(value, (int, float)):
        return struct_pb2.Value(number_value=value)
    if isinstance(value, Mapping):
        return struct_pb2.Value(struct_value=to_struct(value))
    if isinstance(value, (list, tuple)):
        return struct_pb2.Value(list_value=struct_pb2.ListValue(values=[_to_value(item) for item in value]))
    if value is None:
        return struct_pb2.Value(null_value=struct_pb2.NULL_VALUE)
    raise TypeError(f"no protocol value for a {type(value).__name__}")


def plain(value: object) -> object:
    """The value without secret marks, for rules that compare it. Never print the result."""
    if isinstance(value, Secret):
        return plain(value.value)
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


def masked_text(text: str) -> str:
    """The text with every stand-in for a secret as "[secret]"."""
    return _STAND_IN.sub(MASK, text) if holds_stand_in(text) else text


def masked(value: object) -> object:
    """The value as it may be shown and written: every secret as "[secret]", unknowns as "[unknown]"."""
    if isinstance(value, str):
        return masked_text(value)
    if isinstance(value, Secret):
        return MASK
    if value is UNKNOWN:
        return "[unknown]"
    if isinstance(value, dict):
        return {key: masked(item) for key, item in value.items()}
    if isinstance(value, list):
        return [masked(item) for item in value]
    return value


def is_secret(value: object) -> bool:
    """Whether a secret stands anywhere in the value."""
    if isinstance(value, Secret):
        return True
    if isinstance(value, dict):
        return any(is_secret(item) for item in value.values())
    if isinstance(value, list):
        return any(is_secret(item) for item in value)
    return False


def join_path(path: str, key: str) -> str:
    """One step down a property path, in Pulumi's syntax: `a.b`, and `a["k.v"]` where the key is no plain
    word."""
    if not _PLAIN_KEY.match(key):
        return f'{path}["{key}"]'
    return f"{path}.{key}" if path else key


def strings(value: object, path: str = "") -> Iterator[tuple[str, str, bool]]:
    """Every string in the value as (property path, text, whether it is marked as a secret)."""
    yield from _strings(value, path, secret=False)


def _strings(value: object, path: str, *, secret: bool) -> Iterator[tuple[str, str, bool]]:
    if isinstance(value, str):
        yield path, value, secret
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _strings(item, join_path(path, str(key)), secret=secret)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _strings(item, f"{path}[{index}]", secret=secret)
    elif isinstance(value, Secret):
        yield from _strings(value.value, path, secret=True)
