"""May somebody do something with an object? Azure, Kubernetes and Databricks as one, from what a program declares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from azure_facts.actions import Action
from rehearsal.model.world import World
from rehearsal.permissions.azure import AzureRoles
from rehearsal.permissions.cluster_content import cluster_content
from rehearsal.permissions.databricks import DatabricksAccess
from rehearsal.permissions.databricks_declared import DeclaredInDatabricks
from rehearsal.permissions.kubernetes import cluster_admin
from rehearsal.permissions.model import Right, either, every, given, lacking
from rehearsal.permissions.principals import Principal, principal_of
from rehearsal.permissions.unity_catalog import UnityCatalog
from rehearsal.permissions.vault_policies import VaultPolicies
from rehearsal.promises.databricks_objects import PREFIX, DatabricksObject, parse_object
from rehearsal.promises.model import Party


@dataclass(frozen=True)
class Rights:
    """What the program of one world gives to whom. What others granted beside it is not known here."""

    world: World
    azure: AzureRoles
    vaults: VaultPolicies
    databricks: DatabricksAccess

    @classmethod
    def of(cls, world: World) -> Rights:
        """Reads the lists of a program once, each when it is first needed."""
        azure = AzureRoles.of(world)
        declared = DeclaredInDatabricks(world)
        return cls(world, azure, VaultPolicies(world), DatabricksAccess(declared, azure, UnityCatalog(world)))

    def right(self, party: Party, action: Action, on: str) -> Right:
        """Whether the party may. `on` is an ARM id or an object of Databricks, as `parse_object` reads it."""
        if not action.takes_a_right:
            return given(("no right is needed",), (), action.source)
        who = principal_of(self.world, party)
        if who.missing:
            return lacking(who.missing, action.source, who.urns)
        named = parse_object(on) if on.startswith(PREFIX) else None
        found = every(self._parts(who, action, named.workspace if named else on, named))
        return replace(found, urns=tuple(dict.fromkeys((*found.urns, *who.urns))))

    def _parts(
        self, who: Principal, action: Action, arm_id: str, named: DatabricksObject | None
    ) -> Iterator[Right]:
        """What Azure and what Databricks ask for, each where the action has it."""
        if action.operations:
            right = self.vaults.right(who, action.operations, arm_id, action.source)
            right = right or self.azure.right(who, action.operations, arm_id, action.source)
            if action.kubernetes is not None:
                right = either((right, cluster_admin(self.world, who, arm_id, action.source)))
            yield right
        if action.level or action.entitlement or action.privileges:
            target = named or DatabricksObject("workspace", "", arm_id)
            yield self.databricks.right(who, action, target)
        if action.cluster and named:
            yield cluster_content(self.world, action.cluster, named, action.source)
