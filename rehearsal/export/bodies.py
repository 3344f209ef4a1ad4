"""The document of a resource's PUT, made of the inputs that the program gave as pulumi-azure-native makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from azure_facts.arm_bodies import ArmBody, ArmObject, arm_bodies
from rehearsal.export.general import general_body, part_of_itself
from rehearsal.export.service_made import ServiceMade
from rehearsal.model.resource import Resource
from rehearsal.model.values import UNKNOWN, Secret, plain
from rehearsal.sdk import resource_shape
from rehearsal.sdk.property_types import (
    ArrayType,
    DiscriminatedType,
    MapType,
    ObjectType,
    PropertyType,
    UnionType,
)

_AS_IT_IS = ArmObject({}, frozenset(), frozenset())


@dataclass(frozen=True)
class FormedBody:
    """A body and the API version that it is of. `converted` is False where no table has the type in this version."""

    body: Mapping[str, object]
    api_version: str
    converted: bool


def arm_body(resource: Resource, made: ServiceMade) -> FormedBody:
    """The body by the table, or else by the general rule: see `FormedBody.converted`. Secrets are marked, and what only
    a service can make up is `UNKNOWN`."""
    token = unversioned(resource.type)
    row = arm_bodies().resources.get(token)
    shape = resource_shape(resource.type)
    version = (shape.api_version if shape else None) or (row.api_version if row else "")
    inputs = _inputs(resource, made, takes_location=shape is not None and "location" in shape.inputs)
    if row is None or shape is None:
        return FormedBody(general_body(inputs, resource.id), version, converted=False)
    body = _Converter(token.split(":")[1], resource.id).resource(row, shape.arguments, inputs)
    if version == row.api_version:
        return FormedBody(body, version, converted=True)
    later = {name: value for name, value in inputs.items() if name not in row.content.places}
    return FormedBody(_merged(general_body(later, resource.id), body), version, converted=False)


def unversioned(token: str) -> str:
    """The type token without an API version: `azure-native:network/v20240501:Subnet` is the default's `Subnet`."""
    package, module, name = token.split(":")
    return f"{package}:{module.partition('/')[0]}:{name}"


def _inputs(resource: Resource, made: ServiceMade, *, takes_location: bool) -> Mapping[str, object]:
    """The inputs, and the location that the provider adds where the program gives none."""
    known = {name: made.taken_out(value) for name, value in resource.inputs.items()}
    if takes_location and known.get("location") is None and "location" in resource.outputs:
        known["location"] = made.taken_out(resource.outputs["location"])
    return known


class _Converter:
    """Converts the values of one resource: `module` is the SDK's (`network`)."""

    def __init__(self, module: str, arm_id: str) -> None:
        self._module = module
        self._id = arm_id

    def resource(
        self, row: ArmBody, arguments: ObjectType, inputs: Mapping[str, object]
    ) -> Mapping[str, object]:
        known = {name: value for name, value in inputs.items() if name in row.content.places}
        body = self._filled(row.content, arguments, known)
        for container in row.containers:
            _inside(body, container)
        return body

    def _filled(self, form: ArmObject, type_: ObjectType, values: Mapping[str, object]) -> dict[str, object]:
        body: dict[str, object] = {}
        for name in sorted(values):
            if values[name] is None:
                continue
            *around, last = form.places.get(name, (name,))
            property_ = type_.properties.get(name)
            value = values[name]
            if name in form.sets:
                value = _through(value, _as_set)
            elif property_ is not None:
                value = self._value(property_.type, value)
            _inside(body, around)[last] = value
        for name in sorted(form.lists):
            *around, last = form.places.get(name, (name,))
            _inside(body, around).setdefault(last, [])
        return body

    def _value(self, type_: PropertyType, value: object) -> object:
        return _through(value, lambda known: self._known(type_, known))

    def _known(self, type_: PropertyType, value: object) -> object:
        match type_:
            case ArrayType() if isinstance(value, list):
                return [self._value(type_.element, each) for each in value]
            case MapType() if isinstance(value, dict):
                return {key: self._value(type_.value, each) for key, each in value.items()}
            case ObjectType() if isinstance(value, dict):
                return self._object(type_, value)
            case DiscriminatedType() if isinstance(value, dict):
                kind = plain(value.get(type_.discriminator))
                member = type_.members.get(kind) if isinstance(kind, str) else None
                return self._object(member, value) if member else value
            case UnionType():
                return self._known(_fitting(type_, value), value)
            case _:
                return value

    def _object(self, type_: ObjectType, value: dict[str, object]) -> Mapping[str, object]:
        """As the provider sends it: what the class does not have is left out."""
        form = arm_bodies().objects.get(f"{self._module}:{type_.name}", _AS_IT_IS)
        known = {name: each for name, each in value.items() if name in type_.properties}
        if type_.name == "SubResource":
            known = {**known, **self._of_itself(known.get("id"))}
        return self._filled(form, type_, known)

    def _of_itself(self, reference: object) -> Mapping[str, object]:
        part = part_of_itself(reference, self._id)
        return {"id": part} if part else {}


def _merged(general: Mapping[str, object], body: Mapping[str, object]) -> Mapping[str, object]:
    """The body by the table, with what only another API version has by the general rule."""
    inner, added = body.get("properties"), general.get("properties")
    if not isinstance(inner, dict) or not isinstance(added, dict):
        return {**general, **body}
    return {**general, **body, "properties": {**added, **inner}}


def _inside(body: dict[str, object], path: tuple[str, ...] | list[str]) -> dict[str, object]:
    """The object at the path, made where it is missing."""
    for name in path:
        inner = body.setdefault(name, {})
        if not isinstance(inner, dict):
            return {}  # unknown or secret as a whole: there is nothing to put into it
        body = inner
    return body


def _through(value: object, convert: Callable[[object], object]) -> object:
    """Converts a value, inside its secret mark too; what is unknown stays so."""
    if isinstance(value, Secret):
        return Secret(_through(value.value, convert))
    return UNKNOWN if value is UNKNOWN else convert(value)


def _as_set(value: object) -> object:
    if not isinstance(value, list):
        return value
    texts = [plain(each) for each in value]
    if any(each is UNKNOWN for each in texts):
        return UNKNOWN
    return {str(each): {} for each in texts}


def _fitting(type_: UnionType, value: object) -> PropertyType:
    """The member that has all keys of the value, else the first."""
    if isinstance(value, dict):
        for member in type_.members:
            if isinstance(member, ObjectType) and value.keys() <= member.properties.keys():
                return member
    if isinstance(value, list):
        return next((each for each in type_.members if isinstance(each, ArrayType)), type_.members[0])
    return type_.members[0]
