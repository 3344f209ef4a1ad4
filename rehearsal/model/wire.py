"""Property values in the Pulumi protocol: a `google.protobuf.Struct` in which a secret, an asset or a resource
reference is a map with a magic key (pulumi 3.272 `pulumi/runtime/rpc.py`).

Reading it here, once, keeps secrets marked where they are; the SDK's own `deserialize_properties` pushes the mark up
to the top-level property.
"""

from __future__ import annotations

from collections.abc import Mapping

from google.protobuf import struct_pb2

from rehearsal.model.values import UNKNOWN, Secret

SIGNATURE_KEY = "4dabf18193072939515e22adb298388d"
SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270"
RESOURCE_SIGNATURE = "5cf8f73096256a8f31e491e813e4eb8e"
OUTPUT_VALUE_SIGNATURE = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
UNKNOWN_SENTINEL = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"


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
