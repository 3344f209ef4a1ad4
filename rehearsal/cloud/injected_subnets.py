"""Subnets that a Databricks workspace is injected into: it names them, and has only its network's id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rehearsal.model.paths import walk

_WORKSPACE = "azure-native:databricks:Workspace"
_NETWORK = "parameters.customVirtualNetworkId.value"
_SUBNETS = ("parameters.customPublicSubnetName.value", "parameters.customPrivateSubnetName.value")


def injected_subnets(token: str, inputs: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Property path and ARM id of each subnet that a resource with these inputs is injected into."""
    network = walk(inputs, _NETWORK) if token == _WORKSPACE else None
    if not isinstance(network, str):
        return
    for path in _SUBNETS:
        name = walk(inputs, path)
        if isinstance(name, str):
            yield path, f"{network}/subnets/{name}"
