"""Real-time scoring, whole."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi

from infra.component import Component
from infra.context import Context
from infra.ml.platform import MachineLearningPlatform
from infra.serving.attachment import Attachment
from infra.serving.batch import BatchEndpoints
from infra.serving.cluster import Cluster
from infra.serving.container_groups import ContainerGroups
from infra.serving.endpoints import Endpoints
from infra.settings import serving as settings_of


class ServingPlatform(Component):
    """Owns the AKS cluster, its attachment to the ML workspace, the endpoints, and containers on trial."""

    def __init__(
        self,
        settings: settings_of.Serving,
        ml: MachineLearningPlatform,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("serving:ServingPlatform", "serving", context, opts)
        inside = pulumi.ResourceOptions(parent=self)
        cluster = Cluster(settings.cluster, ml.dependents.container_registry, context, inside)
        attachment = Attachment(settings, cluster, ml.workspace, ml.dependents, context, inside)
        self.endpoints = Endpoints(
            settings.endpoints,
            attachment.reference,
            attachment.identity,
            attachment.scoring_grants,
            ml.assets,
            context,
            inside,
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
        self.cluster = cluster.reference
        self.attached = cluster.ready.after(*attachment.reference.prerequisites)
        """The cluster when Azure ML is on it: what else is installed comes after."""
        self.oidc_issuer_url = cluster.oidc_issuer_url.apply(lambda url: url or "")
        self.managed_resource_groups = [cluster.node_resource_group]
        self.outputs: dict[str, pulumi.Input[object]] = {
            "aks_name": cluster.name,
            "oidc_issuer_url": cluster.oidc_issuer_url,
            "scoring_uris": self.endpoints.scoring_uris,
            "swagger_uris": self.endpoints.swagger_uris,
            "batch_scoring_uris": batch_uris,
            "container_urls": self.container_urls,
        }
        self.register_outputs(self.outputs)
