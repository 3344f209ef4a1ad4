"""What scores, as whom: the scoring identity; on a cluster the extension, trusted access, and the attachment."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
from pulumi_azure_native import (
    containerservice,
    kubernetesconfiguration,
    machinelearningservices,
)

from azure_facts.ml_extension import EXTENSION_TYPE
from infra.access.grants import Principal, grant_identity, system_principal
from infra.access.identity import Identity
from infra.access.identity_purpose import Condition, IdentityPurpose
from infra.access.table import AccessScope
from infra.component import LONG_TIMEOUTS, Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.ml.workspace import Dependents, Workspace
from infra.serving.cluster import Cluster, node_pool_name
from infra.serving.extension_settings import ExtensionTarget, configuration_settings, protected_settings
from infra.settings import serving as settings_of
from infra.settings import serving_cluster, serving_endpoints

NAMESPACE = "default"
"""Attaching neither creates nor checks a namespace; this one always exists."""


class Attachment(Component):
    """Owns the scoring identity; with a cluster also the extension, the trusted access binding, the attached compute.

    Does not own the cluster or any endpoint. Without a cluster it keeps its name, so that the identity stays the same
    when one comes or goes.
    Azure cannot change later: the extension's service type, TLS mode and host name without breaking endpoints; a
    new attachment must use the same name and namespace.
    """

    def __init__(
        self,
        settings: settings_of.Serving,
        cluster: Cluster | None,
        workspace: Workspace,
        dependents: Dependents,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("serving:Attachment", "aks-attachment", context, opts)
        self.identity = Identity(self, "scoring")
        purpose, principal = IdentityPurpose.SCORING, self.identity.principal
        storage, registry = dependents.storage_account, dependents.container_registry
        self.pull = grant_identity(self, purpose, principal, AccessScope.CONTAINER_REGISTRY, registry)
        collects = any(
            deployment.collects_data
            for endpoint in settings.endpoints.values()
            for deployment in endpoint.deployments.values()
        )
        held = {Condition.COLLECTS_DATA} if collects else set[Condition]()
        read = grant_identity(self, purpose, principal, AccessScope.ML_STORAGE, storage, held)
        self.scoring_grants = [*read, *self.pull]
        """What a deployment needs before its first image and model."""
        self.cluster_identity: Principal | None = None
        """The attached compute's own, where storage is closed."""
        self.reference = (
            self._on_cluster(settings, settings.cluster, cluster, workspace)
            if settings.cluster and cluster
            else None
        )
        if self.reference and self.cluster_identity:
            for kind, scope in (
                (AccessScope.ML_STORAGE, storage),
                (AccessScope.CONTAINER_REGISTRY, registry),
            ):
                held = {Condition.CLOSED_STORAGE}
                own = grant_identity(
                    self, IdentityPurpose.SCORING_CLUSTER, self.cluster_identity, kind, scope, held
                )
                self.reference = self.reference.after(*own)
        self.register_outputs({"compute_id": self.reference.id if self.reference else None})

    def _on_cluster(
        self,
        settings: settings_of.Serving,
        pools: serving_cluster.Cluster,
        cluster: Cluster,
        workspace: Workspace,
    ) -> Reference:
        """Azure ML on the cluster, and the cluster in the workspace."""
        grants = [
            *self.scoring_grants,
            *grant_identity(
                self,
                IdentityPurpose.ML_WORKSPACE,
                workspace.identity.principal,
                AccessScope.AKS,
                cluster.reference,
            ),
        ]
        binding = self._trusted_access(workspace, cluster)
        extension = self._extension(settings.router, pools, cluster, binding)
        return self._attach(settings, cluster, workspace, [*grants, extension])

    def _trusted_access(
        self, workspace: Workspace, cluster: Cluster
    ) -> containerservice.TrustedAccessRoleBinding:
        """How Azure ML reaches the API server where local accounts are off or addresses restricted."""
        return containerservice.TrustedAccessRoleBinding(
            "aks-trusted-access",
            trusted_access_role_binding_name=self.context.naming.name(ResourceKind.AKS_TRUSTED_ACCESS, "ml"),
            resource_group_name=self.context.resource_group.known_name,
            # A cluster takes one change at a time: after its pools, or it answers OperationNotAllowed.
            resource_name_=cluster.ready.known_name,
            source_resource_id=workspace.reference.known_id,
            roles=["Microsoft.MachineLearningServices/workspaces/mlworkload"],
            opts=self.child(),
        )

    def _extension(
        self,
        router: settings_of.InferenceRouter,
        pools: serving_cluster.Cluster,
        cluster: Cluster,
        binding: containerservice.TrustedAccessRoleBinding,
    ) -> kubernetesconfiguration.Extension:
        target = ExtensionTarget(
            cluster_id=cluster.id,
            cluster_name=cluster.name,
            region=self.context.azure.location,
            nodes=pools.open_nodes,
        )
        protected: Mapping[str, str] = protected_settings(router.tls)
        return kubernetesconfiguration.Extension(
            "aks-ml-extension",
            extension_name="azureml",
            extension_type=EXTENSION_TYPE,
            release_train="stable",
            auto_upgrade_minor_version=True,
            cluster_rp="Microsoft.ContainerService",
            cluster_resource_name="managedClusters",
            cluster_name=cluster.ready.known_name,
            resource_group_name=self.context.resource_group.known_name,
            # Without it: RefreshExtensionIdentityNotSet.
            identity=kubernetesconfiguration.IdentityArgs(
                type=kubernetesconfiguration.ResourceIdentityType.SYSTEM_ASSIGNED
            ),
            scope=kubernetesconfiguration.ScopeArgs(
                cluster=kubernetesconfiguration.ScopeClusterArgs(release_namespace="azureml")
            ),
            configuration_settings=dict(configuration_settings(target, router)),
            configuration_protected_settings=pulumi.Output.secret(dict(protected)) if protected else None,
            opts=self.child(depends_on=[binding], custom_timeouts=LONG_TIMEOUTS),
        )

    def _attach(
        self,
        settings: settings_of.Serving,
        cluster: Cluster,
        workspace: Workspace,
        depends_on: list[pulumi.Resource],
    ) -> Reference:
        context = self.context
        name = context.naming.name(ResourceKind.ML_ATTACHED_COMPUTE, "aks")
        compute = machinelearningservices.Compute(
            "aks-attached-compute",
            compute_name=name,
            resource_group_name=context.resource_group.known_name,
            workspace_name=workspace.reference.known_name,
            location=context.azure.location,
            identity=self._compute_identity(),
            properties=machinelearningservices.KubernetesArgs(
                compute_type="Kubernetes",
                resource_id=cluster.ready.known_id,
                properties=machinelearningservices.KubernetesPropertiesArgs(
                    namespace=NAMESPACE,
                    default_instance_type=settings.default_instance_type,
                    instance_types={
                        key: self._instance_type(instance)
                        for key, instance in settings.instance_types.items()
                    }
                    or None,
                ),
            ),
            tags=self.tags,
            opts=self.child(
                depends_on=depends_on,
                immutable=["properties.resourceId", "properties.properties.namespace"],
                # Attaching again is not idempotent, so a changed tag must not send it; the service fills in
                # the extension's principal.
                ignore_changes=["tags", "properties.properties.extensionPrincipalId"],
                custom_timeouts=LONG_TIMEOUTS,
            ),
        )
        compute_id = context.arm.ml_compute_id(workspace.name, name)
        self.verify(compute_id, compute)
        if not context.is_public:
            self.cluster_identity = system_principal(compute_id, compute.identity)
        return Reference(compute_id, name, (compute,))

    def _compute_identity(self) -> machinelearningservices.ManagedServiceIdentityArgs:
        """One kind, not both; over closed storage the one that pages ask for (azure_facts.kubernetes_scoring)."""
        kinds = machinelearningservices.ManagedServiceIdentityType
        if not self.context.is_public:
            return machinelearningservices.ManagedServiceIdentityArgs(type=kinds.SYSTEM_ASSIGNED)
        return machinelearningservices.ManagedServiceIdentityArgs(
            type=kinds.USER_ASSIGNED,
            # Azure ML uses the first one only.
            user_assigned_identities=[self.identity.reference.known_id],
        )

    def _instance_type(
        self, settings: serving_endpoints.InstanceType
    ) -> machinelearningservices.InstanceTypeSchemaArgs:
        resources = {"cpu": settings.cpu, "memory": settings.memory}
        return machinelearningservices.InstanceTypeSchemaArgs(
            # The label that AKS itself puts on every node.
            node_selector=(
                {"kubernetes.azure.com/agentpool": node_pool_name(self.context, settings.pool)}
                if settings.pool
                else None
            ),
            resources=machinelearningservices.InstanceTypeSchemaResourcesArgs(
                requests=resources, limits=resources
            ),
        )
