"""Instance types on the cluster: custom resources, which Flux applies or a person."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
import yaml
from pulumi_azure_native import kubernetesconfiguration

from azure_facts.reserved_objects import DEFAULT_INSTANCE_TYPE
from infra.component import LONG_TIMEOUTS, Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.serving.cluster import node_pool_name
from infra.serving.flux import FLUX_NAMESPACE, flux_extension, git_credentials, git_repository, kustomization
from infra.settings import serving as settings_of
from infra.settings.serving_endpoints import InstanceType, millicores

_ANY_NODE = ("kubernetes.io/os", "linux")
"""A label that every node has: Flux puts values in for variables and leaves nothing out."""
_POOL_LABEL = "kubernetes.azure.com/agentpool"


class InstanceTypes(Component):
    """Owns Flux on the cluster, and what it follows: one folder, applied once for each instance type.

    Does not own the folder, which lies in a repository of yours that begins as `templates/flux-repository`.
    Azure cannot change later: the configuration's namespace and scope.
    """

    def __init__(
        self,
        types: Mapping[str, InstanceType],
        source: settings_of.InstanceTypeManifests,
        attached: Reference,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        """`attached` is the cluster with Azure ML on it, whose extension brings the definition of instance types."""
        super().__init__("serving:InstanceTypes", "instance-types", context, opts)
        self.extension = flux_extension(self, attached)
        self.configuration = kubernetesconfiguration.FluxConfiguration(
            "flux-instance-types",
            flux_configuration_name=context.naming.name(ResourceKind.FLUX_CONFIGURATION, "instance-types"),
            cluster_rp="Microsoft.ContainerService",
            cluster_resource_name="managedClusters",
            cluster_name=attached.known_name,
            resource_group_name=context.resource_group.known_name,
            # Instance types belong to no namespace.
            scope=kubernetesconfiguration.ScopeType.CLUSTER,
            namespace=FLUX_NAMESPACE,
            source_kind=kubernetesconfiguration.SourceKindType.GIT_REPOSITORY,
            git_repository=git_repository(source),
            configuration_protected_settings=git_credentials(source),
            kustomizations={
                name: kustomization(source.path, dict(self._values(name, settings)))
                for name, settings in types.items()
            },
            # Deployments that name a type come after it.
            wait_for_reconciliation=True,
            opts=self.child(
                depends_on=[self.extension],
                immutable=["scope", "namespace"],
                custom_timeouts=LONG_TIMEOUTS,
            ),
        )
        self.register_outputs({})

    def _values(self, name: str, settings: InstanceType) -> Mapping[str, pulumi.Input[str]]:
        label, value = node_label(self.context, settings)
        return {
            "name": name,
            # As text: a bare 2 would be a number once Flux has put it in, which the definition refuses.
            "cpu": f"{millicores(settings.cpu)}m",
            "memory": settings.memory,
            "node_label": label,
            "node_value": value,
        }


def with_default(settings: settings_of.Serving) -> dict[str, InstanceType]:
    """The instance types by name, with the default under the name that makes it one."""
    types = dict(settings.instance_types)
    if settings.default_instance_type:
        types[DEFAULT_INSTANCE_TYPE] = types[settings.default_instance_type]
    return types


def node_label(context: Context, settings: InstanceType) -> tuple[str, str]:
    """The label, and its value, of the nodes that replicas run on."""
    return (_POOL_LABEL, node_pool_name(context, settings.pool)) if settings.pool else _ANY_NODE


def manifest(types: Mapping[str, InstanceType], context: Context) -> str:
    """What `kubectl apply` takes where no Flux does it (docs/scoring.md)."""
    items: list[dict[str, object]] = []
    for name, settings in types.items():
        label, value = node_label(context, settings)
        resources = {"cpu": f"{millicores(settings.cpu)}m", "memory": settings.memory}
        items.append(
            {
                "metadata": {"name": name},
                "spec": {
                    "nodeSelector": {label: value},
                    "resources": {"requests": dict(resources), "limits": dict(resources)},
                },
            }
        )
    return yaml.safe_dump(
        {"apiVersion": "amlarc.azureml.com/v1alpha1", "kind": "InstanceTypeList", "items": items},
        sort_keys=False,
    )
