"""The Databricks resources of a stack as a Terraform configuration in JSON, for the provider databricks/databricks.

Values that come from another resource are references (`${databricks_job.nightly.id}`); secrets, and what only a service
outside the configuration can make up, are variables without a value.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from azure_facts.databricks_terraform import in_words, terraform_name, terraform_type
from rehearsal.export.service_made import ServiceMade
from rehearsal.export.template_values import whole_number
from rehearsal.model.resource import Resource
from rehearsal.model.values import UNKNOWN, Json, Secret, holds_stand_in
from rehearsal.sdk import resource_shape
from rehearsal.sdk.property_types import (
    ArrayType,
    DiscriminatedType,
    MapType,
    ObjectType,
    PropertyType,
    UnionType,
)

PACKAGE = "databricks"
UNKNOWN_VARIABLE = "known_after_deployment"
_ENGINE_INPUTS = frozenset({"version", "pluginDownloadURL"})
_SHORTEST_PART = 8
"""An id of fewer characters may be part of another text by chance."""


@dataclass(frozen=True)
class TerraformResource:
    """`address` is `databricks_job.nightly`. `known` is False where the installed SDK does not have the type."""

    resource: Resource
    address: str
    secrets: tuple[str, ...]
    unknowns: tuple[str, ...]
    known: bool


@dataclass(frozen=True)
class TerraformConfiguration:
    """`content` is the document; `resources` are sorted by address."""

    content: Mapping[str, Json]
    resources: tuple[TerraformResource, ...]


def terraform_configuration(resources: Iterable[Resource]) -> TerraformConfiguration:
    """What the program declares of Databricks, and the providers that it declares for it."""
    everything = tuple(resources)
    declared = [each for each in everything if each.package == PACKAGE and each.custom and not each.external]
    return _Writer(everything, declared).written()


class _Writer:
    def __init__(self, everything: tuple[Resource, ...], declared: list[Resource]) -> None:
        self._resources = [each for each in declared if not each.is_provider]
        self._providers = [each for each in declared if each.is_provider]
        self._made = ServiceMade(everything)
        self._by_urn = {each.urn: each for each in everything}
        self._addresses = dict(_addresses(self._resources))
        self._aliases = {each.urn: _identifier(each.name) for each in self._providers}
        self._variables: dict[str, Json] = {}
        self._secrets: list[str] = []
        self._unknowns: list[str] = []
        self._references: Mapping[str, str] = {}
        self._owner = ""

    def written(self) -> TerraformConfiguration:
        blocks: dict[str, dict[str, Json]] = {}
        told: list[TerraformResource] = []
        for each in sorted(self._resources, key=lambda item: self._addresses[item.urn]):
            kind, _, name = self._addresses[each.urn].partition(".")
            self._secrets, self._unknowns = [], []
            blocks.setdefault(kind, {})[name] = self._resource(each)
            told.append(
                TerraformResource(
                    each,
                    self._addresses[each.urn],
                    tuple(self._secrets),
                    tuple(self._unknowns),
                    resource_shape(each.type) is not None,
                )
            )
        content: dict[str, Json] = {
            "terraform": {"required_providers": {PACKAGE: {"source": "databricks/databricks"}}}
        }
        if self._providers:
            content["provider"] = {PACKAGE: [self._provider(each) for each in self._providers]}
        if self._variables:
            content["variable"] = dict(sorted(self._variables.items()))
        content["resource"] = {kind: dict(named) for kind, named in sorted(blocks.items())}
        return TerraformConfiguration(content, tuple(told))

    def _provider(self, provider: Resource) -> Json:
        self._owner, self._references = self._aliases[provider.urn], {}
        stated = {key: value for key, value in provider.inputs.items() if key not in _ENGINE_INPUTS}
        arguments = {in_words(key): self._value(None, "", value, key) for key, value in stated.items()}
        return {"alias": self._aliases[provider.urn], **dict(sorted(arguments.items()))}

    def _resource(self, resource: Resource) -> Json:
        self._owner = self._addresses[resource.urn]
        shape = resource_shape(resource.type)
        owner = resource.type.rpartition(":")[2]
        body: dict[str, Json] = {}
        for name in sorted(resource.inputs):
            if resource.inputs[name] is None:
                continue
            property_ = shape.inputs.get(name) if shape else None
            self._references = self._sources(resource, name)
            body[terraform_name(owner, name)] = self._value(
                property_.type if property_ else None, owner, resource.inputs[name], name
            )
        return {**body, **self._meta(resource, owner)}

    def _meta(self, resource: Resource, owner: str) -> dict[str, Json]:
        meta: dict[str, Json] = {}
        if alias := self._aliases.get(resource.provider_urn):
            meta["provider"] = f"{PACKAGE}.{alias}"
        waits = sorted({self._addresses[urn] for urn in resource.dependencies if urn in self._addresses})
        if waits:
            meta["depends_on"] = [*waits]
        lifecycle: dict[str, Json] = {}
        if resource.options.protect:
            lifecycle["prevent_destroy"] = True
        if ignored := [each for each in resource.options.ignore_changes if each.isidentifier()]:
            lifecycle["ignore_changes"] = [terraform_name(owner, each) for each in sorted(ignored)]
        if lifecycle:
            meta["lifecycle"] = lifecycle
        return meta

    def _sources(self, resource: Resource, name: str) -> Mapping[str, str]:
        """By value, the expressions of the resources that this property comes from."""
        found: dict[str, str] = {}
        for urn in resource.property_dependencies.get(name, ()):
            source = self._by_urn.get(urn)
            if source is None or urn not in self._addresses:
                continue
            address, kind = self._addresses[urn], source.type.rpartition(":")[2]
            for key, value in source.outputs.items():
                if isinstance(value, str) and value and source.inputs.get(key) is None:
                    found.setdefault(value, f"${{{address}.{terraform_name(kind, key)}}}")
            found[source.id] = f"${{{address}.id}}"
        return found

    def _value(
        self, type_: PropertyType | None, owner: str, value: object, path: str, *, secret: bool = False
    ) -> Json:
        if isinstance(value, Secret):
            return self._value(type_, owner, value.value, path, secret=True)
        if isinstance(value, Mapping):
            return self._keyed(type_, value, path, secret=secret)
        if isinstance(value, list):
            element = type_.element if isinstance(type_, ArrayType) else None
            return [
                self._value(element, owner, each, f"{path}[{index}]", secret=secret)
                for index, each in enumerate(value)
            ]
        return self._scalar(value, path, secret=secret)

    def _keyed(
        self, type_: PropertyType | None, value: Mapping[str, object], path: str, *, secret: bool
    ) -> Json:
        member = _member(type_, value)
        written: dict[str, Json] = {}
        for key, each in sorted(value.items()):
            if each is None:
                continue
            inner, name = None, _escaped(key)
            if isinstance(member, ObjectType):
                property_ = member.properties.get(key)
                inner, name = property_.type if property_ else None, terraform_name(member.name, key)
            elif isinstance(member, MapType):
                inner = member.value
            written[name] = self._value(inner, "", each, f"{path}.{key}", secret=secret)
        return written

    def _scalar(self, value: object, path: str, *, secret: bool) -> Json:
        if isinstance(value, str) and value in self._references:
            return self._references[value]
        if value is not None and (secret or (isinstance(value, str) and holds_stand_in(value))):
            return self._secret(path)
        if isinstance(value, str):
            return self._text(value, path)
        if self._made.taken_out(value) is UNKNOWN:
            return self._unknown(path)
        if value is None or isinstance(value, (bool, int, float)):
            return whole_number(value)
        raise TypeError(f"a {type(value).__name__} is no property value")

    def _text(self, text: str, path: str) -> Json:
        parts = [each for each in self._references if len(each) >= _SHORTEST_PART and each in text]
        for part in sorted(parts, key=len, reverse=True)[:1]:
            before, _, after = text.partition(part)
            if UNKNOWN not in (self._made.taken_out(before), self._made.taken_out(after)):
                return _escaped(before) + self._references[part] + _escaped(after)
        return self._unknown(path) if self._made.taken_out(text) is UNKNOWN else _escaped(text)

    def _secret(self, path: str) -> str:
        self._secrets.append(path)
        words = re.sub(r"[^A-Za-z0-9]+", "_", f"{self._owner}_{path}").strip("_").lower()
        self._variables[words] = {"type": "string", "sensitive": True}
        return f"${{var.{words}}}"

    def _unknown(self, path: str) -> str:
        self._unknowns.append(path)
        self._variables[UNKNOWN_VARIABLE] = {
            "type": "string",
            "description": "What a service makes up while the stack is deployed.",
        }
        return f"${{var.{UNKNOWN_VARIABLE}}}"


def _member(type_: PropertyType | None, value: Mapping[str, object]) -> PropertyType | None:
    if isinstance(type_, DiscriminatedType):
        return type_.members.get(str(value.get(type_.discriminator)))
    if isinstance(type_, UnionType):
        return next((each for each in type_.members if isinstance(each, (ObjectType, MapType))), None)
    return type_


def _addresses(resources: Iterable[Resource]) -> Iterator[tuple[str, str]]:
    """By URN. Two resources of one type and name have different parents, and the URN tells them apart."""
    taken: set[str] = set()
    for each in sorted(resources, key=lambda item: item.urn):
        address = f"{terraform_type(each.type.rpartition(':')[2])}.{_identifier(each.name)}"
        if address in taken:
            address += f"_{hashlib.sha256(each.urn.encode()).hexdigest()[:6]}"
        taken.add(address)
        yield each.urn, address


def _identifier(name: str) -> str:
    words = re.sub(r"[^A-Za-z0-9_-]", "_", name)
    return words if words[:1].isalpha() or words[:1] == "_" else f"_{words}"


def _escaped(text: str) -> str:
    """A text in which nothing is taken for a template (developer.hashicorp.com terraform/language/expressions/strings,
    read 2026-11-30)."""
    return text.replace("${", "$${").replace("%{", "%%{")
