"""Online endpoints on the attached cluster."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
from pulumi_azure_native import machinelearningservices

from infra.access.identity import Identity
from infra.component import Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.ml.workspace import Workspace
from infra.settings import serving as settings_of


class Endpoints(Component):
    """Owns the endpoints: their names, their authentication, their identity.

    Does not own deployments or traffic: both come from the release pipeline, with the model. An endpoint cannot
    name a deployment that does not exist yet, so it is created without traffic.
    Azure cannot change later: name, compute, authentication mode.
    """

    def __init__(
        self,
        settings: Mapping[str, settings_of.OnlineEndpoint],
        compute: Reference,
        identity: Identity,
        workspace: Workspace,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("serving:Endpoints", "online-endpoints", context, opts)
        self.scoring_uris: dict[str, pulumi.Output[str]] = {}
        self.swagger_uris: dict[str, pulumi.Output[str]] = {}
        for key, endpoint in settings.items():
            resource = self._endpoint(key, endpoint, compute, identity, workspace)
            self.scoring_uris[key] = resource.properties.apply(lambda endpoint: endpoint.scoring_uri)
            self.swagger_uris[key] = resource.properties.apply(lambda endpoint: endpoint.swagger_uri)
        self.register_outputs({"scoring_uris": self.scoring_uris, "swagger_uris": self.swagger_uris})

    def _endpoint(
        self,
        key: str,
        settings: settings_of.OnlineEndpoint,
        compute: Reference,
        identity: Identity,
        workspace: Workspace,
    ) -> machinelearningservices.OnlineEndpoint:
        context = self.context
        return machinelearningservices.OnlineEndpoint(
            f"online-endpoint-{key}",
            endpoint_name=context.naming.name(ResourceKind.ML_ONLINE_ENDPOINT, key),
            resource_group_name=context.resource_group.known_name,
            workspace_name=workspace.reference.known_name,
            location=context.azure.location,
            identity=machinelearningservices.ManagedServiceIdentityArgs(
                type=machinelearningservices.ManagedServiceIdentityType.USER_ASSIGNED,
                user_assigned_identities=[identity.reference.known_id],
            ),
            properties=machinelearningservices.OnlineEndpointPropertiesArgs(
                auth_mode=machinelearningservices.EndpointAuthMode(settings.authentication),
                compute=compute.known_id,
                description=settings.description or None,
                public_network_access=context.public_access,
            ),
            tags=self.tags,
            # Replacing an endpoint deletes the release pipeline's deployments with it.
            opts=self.stateful_child(
                immutable=["properties.authMode", "properties.compute"],
                ignore_changes=["properties.traffic"],
            ),
        )
