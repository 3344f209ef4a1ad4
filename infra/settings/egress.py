"""By which way a private network's own traffic leaves, and what a firewall lets out."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field, WithJsonSchema
from typing_extensions import override

from infra.settings.base import (
    AddressRange,
    AvailabilityZone,
    Fqdn,
    Key,
    LoadingContext,
    Problem,
    SettingsModel,
)

ADDRESS_PATTERN = r"^\d+\.\d+\.\d+\.\d+$"


def _address(value: str) -> str:
    try:
        return str(ipaddress.IPv4Address(value))
    except ValueError as error:
        raise ValueError(f"'{value}' is not an IPv4 address; for example 10.0.1.4") from error


Address = Annotated[
    str, AfterValidator(_address), WithJsonSchema({"type": "string", "pattern": ADDRESS_PATTERN})
]


class Egress(StrEnum):
    """The way out of every subnet with machines."""

    NAT = "nat"
    FIREWALL = "firewall"


class FirewallTier(StrEnum):
    """Basic has no DNS proxy, so that it knows hosts in HTTP and HTTPS only."""

    STANDARD = "Standard"
    PREMIUM = "Premium"


class HostProtocol(StrEnum):
    """How a host is called: a firewall reads the name in HTTPS and HTTP, and looks up the address for anything else."""

    HTTPS = "https"
    HTTP = "http"
    TCP = "tcp"


class AllowedHost(SettingsModel):
    """One host that machines in the network call."""

    host: Fqdn
    protocol: HostProtocol = HostProtocol.HTTPS
    port: Annotated[int, Field(ge=1, le=65535)] = 443

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.protocol is HostProtocol.TCP and self.host.startswith("*."):
            yield Problem(
                "host",
                f"is {self.host}, and over tcp a firewall knows addresses, which a wildcard has none of; name one "
                "host, or call it over https",
            )


class Firewall(SettingsModel):
    """The firewall that subnets leave through: the hub's, by its address, or else one of this stack's own."""

    address: Address | None = None
    """Private address of the hub's firewall or other appliance, whose owner lets out what the output
    `network.allowed_out` lists. Default: this stack creates an Azure Firewall with these rules."""
    tier: FirewallTier = FirewallTier.STANDARD
    """Of a firewall that is made here."""
    subnet: AddressRange | None = None
    """The range of its subnet, where the computed one will not do; a /26 or wider."""
    availability_zones: list[AvailabilityZone] = []
    """Of a firewall that is made here and of its address; they cannot be changed later."""
    allowed_hosts: dict[Key, AllowedHost] = {}
    """Hosts beyond what the services need, such as a mirror of packages."""
    databricks_hosts: list[Fqdn] = []
    """Databricks' own storage hosts of the region, where this project does not know them: artifacts, logs and system
    tables (learn.microsoft.com azure/databricks/resources/ip-domain-region)."""

    @property
    def of_its_own(self) -> tuple[str, ...]:
        """What is set of a firewall that is made here."""
        return tuple(sorted(self.model_fields_set & {"availability_zones", "subnet", "tier"}))

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.address is not None:
            for key in self.of_its_own:
                yield Problem(key, "belongs to a firewall that is made here; remove it beside address")
