"""The Azure Machine Learning workspace."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

import pulumi
from pulumi_azure_native import authorization, machinelearningservices

from infra.access.grants import grant_identity, grant_personas, system_principal
from infra.access.identity import Identity
from infra.access.identity_purpose import Condition, IdentityPurpose
from infra.access.table import AccessScope
from infra.component import LONG_TIMEOUTS, Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.foundation.diagnostics import send_diagnostics
from infra.foundation.encryption import CustomerManagedKey
from infra.foundation.private_link import PrivateLink, private_endpoint
from infra.ml.outbound import Targets, outbound_rules, rule_to_itself
from infra.settings import ml as settings_of


@dataclass(frozen=True)
class Dependents:
    """The workspace's services; each was created or given."""

    storage_account: Reference
    key_vault: Reference
    container_registry: Reference
    application_insights: Reference
    storage_endpoints: Mapping[str, Reference] = field(default_factory=dict)
    """Of the account's blobs and files in the network of people, by sub-resource."""


class Workspace(Component):
    """Owns the workspace, its identity with that identity's grants, and the personas' access to it.

    Does not own its dependents, computes, or endpoints.
    Azure cannot change later: name, location, storage account, Key Vault, business-impact flag, kind; the managed
    network only ever becomes more isolated, and a system-assigned identity beside ours stays. Deletion is soft for 14
    days and blocks the name.
    """

    def __init__(
        self,
        settings: settings_of.Workspace,
        dependents: Dependents,
        targets: Targets,
        key: CustomerManagedKey | None,
        context: Context,
        opts: pulumi.ResourceOptions,
        *,
        scored_by_cluster: bool = False,
    ) -> None:
        """`targets` is what compute reaches through the managed network beyond the dependents; `scored_by_cluster`,
        whether Kubernetes will be attached."""
        super().__init__("ml:Workspace", "ml-workspace", context, opts)
        self.targets = targets
        # Closed storage lets in only this kind as a trusted service (azure_facts.kubernetes_scoring).
        self.has_system_identity = scored_by_cluster and not context.is_public
        self.name = context.naming.name(ResourceKind.ML_WORKSPACE, generation=settings.generation)
        self.identity = Identity(self, "ml-workspace")
        grants = [*self._grant_dependents(settings, dependents), *self._grant_targets()]
        workspace = self._workspace(settings, dependents, key, grants)
        workspace_id = context.arm.ml_workspace_id(self.name)
        self.verify(workspace_id, workspace)
        created = Reference(workspace_id, self.name, (workspace,))
        # The identity needs its own workspace before any compute or attachment is made
        # (learn.microsoft.com how-to-identity-based-service-authentication).
        own_grants = self._grant(AccessScope.ML_WORKSPACE, created)
        if self.has_system_identity:
            own_grants += grant_identity(
                self,
                IdentityPurpose.ML_WORKSPACE_SYSTEM,
                system_principal(workspace_id, workspace.identity),
                AccessScope.ML_STORAGE,
                dependents.storage_account,
                {Condition.CLOSED_STORAGE},
            )
        for part, endpoint in dependents.storage_endpoints.items():
            # Without it the studio's view of data fails (learn.microsoft.com how-to-managed-network, studio).
            self._grant(AccessScope.PRIVATE_ENDPOINT, endpoint, part=part)
        self.reference = created.after(*own_grants)
        if targets.spark_needs_workspace:
            machinelearningservices.ManagedNetworkSettingsRule(
                "ml-workspace-spark-rule",
                rule_name=context.naming.name(ResourceKind.ML_OUTBOUND_RULE, "workspace-spark"),
                workspace_name=self.reference.known_name,
                resource_group_name=context.resource_group.known_name,
                properties=rule_to_itself(self.reference),
                opts=self.child(),
            )
        self.tracking_uri = workspace.ml_flow_tracking_uri
        send_diagnostics(self, "ml-workspace", created)
        private_endpoint(self, "ml-workspace", created, PrivateLink.ML_WORKSPACE)
        grant_personas(self, AccessScope.ML_WORKSPACE, created)
        self.register_outputs({"workspace_id": workspace_id, "tracking_uri": self.tracking_uri})

    def _grant_dependents(
        self, settings: settings_of.Workspace, dependents: Dependents
    ) -> Iterator[authorization.RoleAssignment]:
        """What the identity must hold before the workspace is created, or creation fails."""
        managed = settings.managed_network is not settings_of.ManagedNetworkIsolation.DISABLED
        conditions = {Condition.MANAGED_NETWORK} if managed else set[Condition]()
        for kind, scope in (
            (AccessScope.ML_STORAGE, dependents.storage_account),
            (AccessScope.KEY_VAULT, dependents.key_vault),
            (AccessScope.CONTAINER_REGISTRY, dependents.container_registry),
            (AccessScope.APPLICATION_INSIGHTS, dependents.application_insights),
        ):
            yield from self._grant(kind, scope, conditions)

    def _grant_targets(self) -> Iterator[authorization.RoleAssignment]:
        """What it must hold before the network asks for its private endpoints."""
        targets = self.targets
        for kind, scope, condition in (
            (AccessScope.LAKE_ACCOUNT, targets.lake, Condition.LAKE_IN_MANAGED_NETWORK),
            (AccessScope.ML_REGISTRY, targets.registry, Condition.REGISTRY_IN_MANAGED_NETWORK),
            (AccessScope.PRIVATE_LINK_SCOPE, self._own_link_scope(), Condition.MONITOR_IN_MANAGED_NETWORK),
        ):
            if scope:
                yield from self._grant(kind, scope, {condition})
        for other in targets.accounts:
            if other.granted_here:
                yield from self._grant(
                    AccessScope.DATA_ACCOUNT,
                    other.account,
                    {Condition.ACCOUNT_IN_MANAGED_NETWORK},
                    part=other.account.name,
                )

    def _own_link_scope(self) -> Reference | None:
        """On a given scope its owner lets the identity approve (docs/network.md)."""
        scope = self.targets.private_link_scope
        return scope if scope and scope.prerequisites else None

    def _grant(
        self, kind: AccessScope, scope: Reference, conditions: Collection[Condition] = (), part: str = ""
    ) -> list[authorization.RoleAssignment]:
        identity = self.identity.principal
        return grant_identity(self, IdentityPurpose.ML_WORKSPACE, identity, kind, scope, conditions, part)

    def _workspace(
        self,
        settings: settings_of.Workspace,
        dependents: Dependents,
        key: CustomerManagedKey | None,
        grants: list[authorization.RoleAssignment],
    ) -> machinelearningservices.Workspace:
        context = self.context
        return machinelearningservices.Workspace(
            "ml-workspace",
            workspace_name=self.name,
            resource_group_name=context.resource_group.known_name,
            location=context.azure.location,
            kind="Default",
            sku=machinelearningservices.SkuArgs(name="Basic", tier=machinelearningservices.SkuTier.BASIC),
            friendly_name=self.name,
            identity=machinelearningservices.ManagedServiceIdentityArgs(
                type=(
                    machinelearningservices.ManagedServiceIdentityType.SYSTEM_ASSIGNED_USER_ASSIGNED
                    if self.has_system_identity
                    else machinelearningservices.ManagedServiceIdentityType.USER_ASSIGNED
                ),
                user_assigned_identities=[
                    self.identity.reference.known_id,
                    *([key.identity.reference.known_id] if key else []),
                ],
            ),
            primary_user_assigned_identity=self.identity.reference.known_id,
            storage_account=dependents.storage_account.known_id,
            key_vault=dependents.key_vault.known_id,
            container_registry=dependents.container_registry.known_id,
            application_insights=dependents.application_insights.known_id,
            system_datastores_auth_mode=machinelearningservices.SystemDatastoresAuthMode.IDENTITY,
            encryption=_encryption(key) if key else None,
            hbi_workspace=settings.high_business_impact,
            v1_legacy_mode=False,
            public_network_access=context.public_access,
            managed_network=_managed_network(settings, self.targets),
            # Only at creation. Without it the network waits for the first compute, and a managed deployment that
            # comes before one fails (learn.microsoft.com how-to-managed-network).
            provision_network_now=(
                settings.managed_network is not settings_of.ManagedNetworkIsolation.DISABLED or None
            ),
            image_build_compute=(
                context.naming.name(ResourceKind.ML_COMPUTE_CLUSTER, settings.image_build_cluster)
                if settings.image_build_cluster
                else None
            ),
            tags=self.tags,
            opts=self.stateful_child(
                depends_on=grants,
                # The provider previews a change of these as an update, and ARM then refuses it.
                immutable=["storageAccount", "keyVault", "hbiWorkspace", "encryption", "kind", "location"],
                # The service fills in the status (pulumi-azure-native#3225).
                ignore_changes=["managedNetwork.status"],
                custom_timeouts=LONG_TIMEOUTS,
                retry="azure-native:machinelearningservices:Workspace",
            ),
        )


def _managed_network(
    settings: settings_of.Workspace, targets: Targets
) -> machinelearningservices.ManagedNetworkSettingsArgs:
    """Hosts and accounts beyond the workspace's own services are named one by one."""
    return machinelearningservices.ManagedNetworkSettingsArgs(
        isolation_mode=machinelearningservices.IsolationMode(settings.managed_network),
        outbound_rules=outbound_rules(targets) or None,
    )


def _encryption(key: CustomerManagedKey) -> machinelearningservices.EncryptionPropertyArgs:
    """The workspace keeps the version it was made with until somebody names another."""
    return machinelearningservices.EncryptionPropertyArgs(
        status=machinelearningservices.EncryptionStatus.ENABLED,
        identity=machinelearningservices.IdentityForCmkArgs(
            user_assigned_identity=key.identity.reference.known_id
        ),
        key_vault_properties=machinelearningservices.KeyVaultPropertiesArgs(
            key_identifier=key.uri_with_version, key_vault_arm_id=key.vault.known_id
        ),
    )
