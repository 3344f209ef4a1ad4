"""Scoring, whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
from pulumi_azure_native import kubernetesconfiguration

from infra.component import Component
from infra.context import Context, Reference
from infra.ml.platform import MachineLearningPlatform
from infra.serving.attachment import Attachment
from infra.serving.batch import BatchEndpoints
from infra.serving.cluster import Cluster
from infra.serving.container_groups import ContainerGroups
from infra.serving.endpoints import Endpoints
from infra.serving.instance_types import InstanceTypes, manifest, with_default
from infra.serving.private_names import RouterName, resolving_networks
from infra.settings import serving as settings_of


@dataclass(frozen=True)
class AttachedCluster:
    """The cluster when Azure ML is on it, since what else is installed comes after, and whose tokens its pods show."""

    cluster: Reference
    oidc_issuer_url: pulumi.Output[str]
    flux: kubernetesconfiguration.Extension | None
    """Flux, where this stack has put it there already."""


class ServingPlatform(Component):
    """Owns the AKS cluster where there is one, its attachment to the ML workspace, the endpoints, and containers on
    trial."""

    def __init__(
        self,
        settings: settings_of.Serving,
        ml: MachineLearningPlatform,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("serving:ServingPlatform", "serving", context, opts)
        inside = pulumi.ResourceOptions(parent=self)
        cluster = (
            Cluster(settings.cluster, ml.dependents.container_registry, context, inside)
            if settings.cluster
            else None
        )
        attachment = Attachment(settings, cluster, ml.workspace, ml.dependents, context, inside)
        router = settings.router
        if cluster and router.tls and router.address and context.private:
            RouterName(
                router.tls.common_name, str(router.address), resolving_networks(context), context, inside
            )
        types = with_default(settings)
        flux = (
            InstanceTypes(
                types,
                settings.flux,
                cluster.ready.after(*attachment.reference.prerequisites),
                context,
                inside,
            )
            if settings.flux and types and cluster and attachment.reference
            else None
        )
        self.endpoints = Endpoints(
            settings.endpoints,
            attachment.reference and attachment.reference.after(*([flux.configuration] if flux else [])),
            attachment.identity,
            attachment.scoring_grants,
            ml.assets,
            context,
            inside,
            promoted=ml.registry,
        )
        batch_uris: Mapping[str, pulumi.Output[str]] = {}
        if settings.batch_endpoints and ml.ingredients:
            batch_uris = BatchEndpoints(
                settings.batch_endpoints, ml.ingredients.clusters, ml.assets, context, inside
            ).scoring_uris
        self.container_urls: Mapping[str, Mapping[str, str]] = {}
        if settings.container_groups:
            self.container_urls = ContainerGroups(
                settings.container_groups,
                ml.dependents.container_registry,
                attachment.identity,
                attachment.pull,
                context,
                inside,
            ).urls
        self.cluster = cluster.reference if cluster else None
        self.nodes_object_id = cluster.nodes_object_id if cluster else None
        """Of the identity with which the cluster's nodes pull images."""
        self.kubernetes = _usable(cluster, attachment.reference, flux)
        self.managed_resource_groups = [cluster.node_resource_group] if cluster else []
        self.outputs: dict[str, pulumi.Input[object]] = {
            "aks_name": cluster.name if cluster else None,
            "oidc_issuer_url": cluster.oidc_issuer_url if cluster else None,
            "instance_types": manifest(types, context) if types and not flux else None,
            "scoring_uris": self.endpoints.scoring_uris,
            "swagger_uris": self.endpoints.swagger_uris,
            "batch_scoring_uris": batch_uris,
            "container_urls": self.container_urls,
        }
        self.register_outputs(self.outputs)


def _usable(
    cluster: Cluster | None, attached: Reference | None, types: InstanceTypes | None
) -> AttachedCluster | None:
    if cluster is None or attached is None:
        return None
    return AttachedCluster(
        cluster.ready.after(*attached.prerequisites),
        cluster.oidc_issuer_url.apply(lambda url: url or ""),
        types.extension if types else None,
    )
