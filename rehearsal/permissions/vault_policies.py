"""Key vaults that go by access policies: who may do what with their secrets and keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from azure_facts.action_tables.action import Operation
from azure_facts.arm_id_parsing import levels
from azure_facts.source import Source
from azure_facts.vault_permissions import VAULT_PERMISSIONS
from rehearsal.model.json_values import object_at, objects_at, text_at, texts_at
from rehearsal.model.resource import Resource
from rehearsal.model.values import JsonObject
from rehearsal.model.world import World
from rehearsal.permissions.model import Right, every, given, lacking, unsure
from rehearsal.permissions.principals import Principal

_VAULT = "azure-native:keyvault:Vault"
_POLICY = "azure-native:keyvault:AccessPolicy"


@dataclass(frozen=True)
class _Policy:
    object_id: str
    permissions: JsonObject
    urn: str


@dataclass(frozen=True)
class VaultPolicies:
    """Those of one program."""

    world: World

    def right(
        self, who: Principal, operations: tuple[Operation, ...], on: str, source: Source | str
    ) -> Right | None:
        """None where the object is in no such vault, or the operations are not on its content: roles decide then."""
        vault = self._vault(on)
        if vault is None or not any(one.data for one in operations):
            return None
        return every(self._operation(who, one.name, vault, source) for one in operations)

    def _operation(self, who: Principal, operation: str, vault: Resource, source: Source | str) -> Right:
        known = VAULT_PERMISSIONS.get(operation.lower())
        if known is None:
            return unsure(
                f"{operation}: the vault goes by access policies, and no table names its permission"
            )
        kind, permission = known
        for policy in self._policies.get(vault.id.rpartition("/")[2].lower(), ()):
            given_there = {one.lower() for one in texts_at(policy.permissions, kind)}
            if policy.object_id in who.object_ids and given_there & {permission, "all"}:
                return given((f"{kind} {permission} by an access policy",), (policy.urn,), source)
        return lacking(f"{kind} {permission} by an access policy of the vault", source)

    def _vault(self, on: str) -> Resource | None:
        """The declared vault that the object is or lies in, where it goes by policies: so it does by default."""
        found = (self.world.find(level) for level in levels(on))
        vault = next((one for one in found if one is not None and one.type == _VAULT), None)
        if vault is None or vault.external or vault.value("properties.enableRbacAuthorization") is True:
            return None
        return vault

    @cached_property
    def _policies(self) -> Mapping[str, tuple[_Policy, ...]]:
        """By the vault's name in lower case."""
        found: dict[str, list[_Policy]] = {}
        for vault, policy in self._declared():
            found.setdefault(vault.lower(), []).append(policy)
        return {vault: tuple(policies) for vault, policies in found.items()}

    def _declared(self) -> Iterator[tuple[str, _Policy]]:
        for resource in self.world.of_types((_VAULT,)):
            name = resource.id.rpartition("/")[2]
            for entry in objects_at(resource.plain_inputs, "properties.accessPolicies"):
                yield name, _policy(entry, resource.urn)
        for resource in self.world.of_types((_POLICY,)):
            yield (
                resource.text("vaultName"),
                _policy(object_at(resource.plain_inputs, "policy"), resource.urn),
            )


def _policy(entry: JsonObject, urn: str) -> _Policy:
    return _Policy(text_at(entry, "objectId").lower(), object_at(entry, "permissions"), urn)
