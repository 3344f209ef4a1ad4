"""Names of resources, by the engine's rule (pulumi sdk/go/common/resource/urn: type chains).

The SDK's `MockMonitor.make_urn` keeps one level of the parent's type only; the engine keeps the whole chain,
so that two components of one type may hold children of the same name under different grandparents.
"""

from __future__ import annotations

STACK_TYPE = "pulumi:pulumi:Stack"

_URN_PARTS = 4


def make_urn(stack: str, project: str, parent: str, resource_type: str, name: str) -> str:
    """`parent` is the parent's URN, empty for none; the stack as a parent adds nothing to the type chain."""
    chain = qualified_type(parent) if parent else ""
    prefix = f"{chain}$" if chain and chain != STACK_TYPE else ""
    return f"urn:pulumi:{stack}::{project}::{prefix}{resource_type}::{name}"


def qualified_type(urn: str) -> str:
    """The chain of types, outermost first, joined by `$`."""
    return urn.split("::", 3)[2]


def logical_name(urn: str) -> str:
    """The name that the program gave the resource (it may itself contain `::`)."""
    return urn.split("::", 3)[3]


def package_of(resource_type: str) -> str:
    """`azure-native` of `azure-native:storage:StorageAccount`; `databricks` of
    `pulumi:providers:databricks`."""
    if resource_type.startswith("pulumi:providers:"):
        return resource_type.rpartition(":")[2]
    return resource_type.partition(":")[0]


def is_provider(resource_type: str) -> bool:
    """Whether the type is that of a provider (`pulumi:providers:…`)."""
    return resource_type.startswith("pulumi:providers:")


def is_urn(text: str) -> bool:
    """Whether it has the four parts of a resource's URN."""
    return text.startswith("urn:pulumi:") and text.count("::") >= _URN_PARTS - 1


def short_type(token: str) -> str:
    """`storage.StorageAccount`, `databricks.Job`, `providers.databricks`."""
    parts = token.split(":")
    if parts[0] in ("azure-native", "pulumi") and len(parts) == 3:
        return f"{parts[1]}.{parts[2]}"
    return f"{parts[0]}.{parts[-1]}"
