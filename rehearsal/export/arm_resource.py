"""The form of one resource as Azure Resource Manager receives it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class ArmResource:
    """One declared resource as the provider would send it to ARM.

    `type` and `name` are ARM's (`Microsoft.Network/virtualNetworks/subnets`, `vnet/subnet`), `scope` is the ARM id
    under which its deployment runs: a resource group, a subscription, a management group, or `/` for the tenant.
    `body` is the document of the PUT: the envelope (`location`, `tags`, `sku`, `kind`, `identity`, `zones`, …) and
    `properties`. In it `UNKNOWN` is in the place of what only a service can make up, and secrets are `Secret`s.
    `depends_on` are ARM ids of other resources of the same stack. `converted` is False where the type is in no table
    and the body was formed by the general rule.
    """

    urn: str
    id: str
    type: str
    name: str
    api_version: str
    scope: str
    body: Mapping[str, object]
    depends_on: tuple[str, ...] = ()
    converted: bool = True
