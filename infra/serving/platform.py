"""Real-time scoring, whole."""

from __future__ import annotations

import pulumi

from infra.component import Component
from infra.context import Context
from infra.ml.platform import MachineLearningPlatform
from infra.serving.attachment import Attachment
from infra.serving.cluster import Cluster
from infra.serving.endpoints import Endpoints
from infra.settings import serving as settings_of


class ServingPlatform(Component):
    """Owns the AKS cluster, its attachment to the ML workspace, and the online endpoints."""

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
        endpoints = Endpoints(
            settings.endpoints, attachment.reference, attachment.identity, ml.workspace, context, inside
        )
        self.managed_resource_groups = [cluster.node_resource_group]
        self.outputs: dict[str, pulumi.Input[object]] = {
            "aks_name": cluster.name,
            "oidc_issuer_url": cluster.oidc_issuer_url,
            "scoring_uris": endpoints.scoring_uris,
            "swagger_uris": endpoints.swagger_uris,
        }
        self.register_outputs(self.outputs)
