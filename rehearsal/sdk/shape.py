"""What one resource type looks like: its inputs, its outputs and where the SDK defines it."""

from __future__ import annotations

import re
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

import pulumi

from rehearsal.sdk.annotations import object_type, output_properties
from rehearsal.sdk.property_types import ObjectType, Property
from rehearsal.sdk.resource_classes import PROVIDER_PREFIX, arguments_class, resource_class

_API_VERSION = re.compile(r"Uses Azure REST API version ([^\s]+?)\.\s")


@dataclass(frozen=True)
class ResourceShape:
    """One resource type of an installed SDK. Everything below the token is read on first use and kept."""

    token: str
    sdk_class: type[pulumi.Resource]

    @property
    def module(self) -> str:
        """The Python module that defines the class, for instance `pulumi_azure_native.storage.storage_account`."""
        return self.sdk_class.__module__

    @property
    def class_name(self) -> str:
        """The Python class, for instance `StorageAccount`."""
        return self.sdk_class.__name__

    @property
    def package(self) -> str:
        """The provider that serves the type (`azure-native`, `databricks`); of a provider resource, itself."""
        return self.token.removeprefix(PROVIDER_PREFIX).split(":")[0]

    @property
    def is_provider(self) -> bool:
        """Whether the type is a provider itself (`pulumi:providers:…`)."""
        return self.token.startswith(PROVIDER_PREFIX)

    @cached_property
    def arguments(self) -> ObjectType:
        """The constructor's arguments as one object."""
        return object_type(arguments_class(self.sdk_class))

    @property
    def inputs(self) -> Mapping[str, Property]:
        """Input properties by their provider's (camelCase) name."""
        return self.arguments.properties

    @cached_property
    def output_properties(self) -> Mapping[str, Property]:
        """Output properties by their provider's name: echoed inputs, what the service adds; not `id` or `urn`."""
        return output_properties(self.sdk_class)

    @cached_property
    def outputs(self) -> frozenset[str]:
        """The names of `output_properties`."""
        return frozenset(self.output_properties)

    @cached_property
    def required(self) -> frozenset[str]:
        """The names of the inputs that must be given."""
        return frozenset(each.name for each in self.arguments.required)

    @cached_property
    def api_version(self) -> str | None:
        """The Azure REST API version that azure-native calls for this type, from the constructor's docstring.

        None for other providers, and for the few types that azure-native implements itself (storage.Blob).
        """
        for overload in typing.get_overloads(self.sdk_class.__init__):
            if found := _API_VERSION.search(overload.__doc__ or ""):
                return found[1]
        return None


@cache
def resource_shape(type_token: str) -> ResourceShape | None:
    """The shape of a type (`pulumi:providers:…` included), None if no installed SDK registers it."""
    sdk_class = resource_class(type_token)
    return ResourceShape(type_token, sdk_class) if sdk_class else None
