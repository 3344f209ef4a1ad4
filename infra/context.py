"""What every component is told, and what components tell each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pulumi

from azure_facts.arm_id_parsing import parse_arm_id
from azure_facts.arm_ids import ArmScope
from infra.access.principal import Workload
from infra.conventions.address_plan import SubnetPurpose
from infra.conventions.custom_roles import CustomRole
from infra.conventions.known import known
from infra.conventions.naming import Naming
from infra.settings.access import Access
from infra.settings.environment import Azure, Environment, Recovery
from infra.settings.network import Network, PublicNetwork


@dataclass(frozen=True)
class Reference:
    """A resource as its neighbours see it: name and ARM id in plain text, and what must exist before use.

    `prerequisites` is empty for a resource that another party made. It holds more than the resource itself
    where "usable" means more than "created", such as a grant that its users need.
    """

    id: str
    name: str
    prerequisites: tuple[pulumi.CustomResource, ...] = ()

    @staticmethod
    def to_existing(resource_id: str) -> Reference:
        """A resource that stands already and is not this stack's."""
        return Reference(resource_id, parse_arm_id(resource_id).name)

    @cached_property
    def known_id(self) -> pulumi.Output[str]:
        """The ARM id, known in the first preview, carrying the dependency."""
        return self._known(self.id)

    @cached_property
    def known_name(self) -> pulumi.Output[str]:
        """The name, known in the first preview, carrying the dependency."""
        return self._known(self.name)

    def _known(self, value: str) -> pulumi.Output[str]:
        return known(value, *self.prerequisites) if self.prerequisites else pulumi.Output.from_input(value)

    def after(self, *resources: pulumi.CustomResource) -> Reference:
        """The same resource, usable only once `resources` exist too."""
        return Reference(self.id, self.name, (*self.prerequisites, *resources))


@dataclass(frozen=True)
class PrivateConnectivity:
    """Where private endpoints go, and where their names resolve."""

    virtual_network: Reference
    subnets: Mapping[SubnetPurpose, Reference]
    zones: Mapping[str, Reference]
    """Zone name, such as privatelink.vaultcore.azure.net, to the zone linked to the network."""
    private_link_scope: Reference | None = None
    """Through which Azure Monitor takes telemetry; made after the network, or given."""


@dataclass(frozen=True)
class Context:
    """One environment, the same object for every component."""

    environment: Environment
    azure: Azure
    naming: Naming
    tags: Mapping[str, str]
    recovery: Recovery
    network: Network
    access: Access
    resource_group: Reference
    custom_roles: Mapping[CustomRole, Reference] = field(default_factory=dict)
    """Role definitions by role; their name is the GUID. Empty for what exists before them."""
    workloads: Mapping[str, Workload] = field(default_factory=dict)
    """Programs outside the platform, by their key in settings."""
    private: PrivateConnectivity | None = None
    """None in public mode."""
    log_analytics: Reference | None = None
    """Where diagnostic settings send; None for what exists before it."""

    @property
    def is_public(self) -> bool:
        """Whether services answer on public endpoints."""
        return isinstance(self.network, PublicNetwork)

    @property
    def public_access(self) -> str:
        """`Enabled` or `Disabled`: what every service's `public_network_access` says."""
        return "Enabled" if self.is_public else "Disabled"

    @property
    def allowed_ip_ranges(self) -> tuple[str, ...]:
        """Public ranges that firewalls let in; none in private mode."""
        return tuple(self.network.allowed_ip_ranges) if isinstance(self.network, PublicNetwork) else ()

    @property
    def arm(self) -> ArmScope:
        """ARM ids of resources in the environment's resource group."""
        return ArmScope(self.azure.subscription_id, self.resource_group.name)
