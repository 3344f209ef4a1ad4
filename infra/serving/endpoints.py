"""Online endpoints, on the attached cluster or on managed machines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pulumi
from pulumi_azure_native import authorization, machinelearningservices

from infra.access.grants import grant_identity
from infra.access.identity import Identity
from infra.access.identity_purpose import Condition, IdentityPurpose
from infra.access.table import AccessScope
from infra.component import Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.foundation.diagnostics import send_diagnostics
from infra.ml.assets import Assets
from infra.serving.deployments import deploy, deployment_name
from infra.serving.release import release
from infra.settings import serving_endpoints as settings_of


class Endpoints(Component):
    """Owns the endpoints: their names, authentication, identity; where settings declare them, deployments and
    traffic too. Otherwise both come from the release pipeline, with the model.

    Azure cannot change later: name, compute, authentication mode.
    """

    def __init__(
        self,
        settings: Mapping[str, settings_of.OnlineEndpoint],
        compute: Reference | None,
        identity: Identity,
        scoring_grants: Sequence[authorization.RoleAssignment],
        assets: Assets,
        context: Context,
        opts: pulumi.ResourceOptions,
        *,
        promoted: Reference | None,
    ) -> None:
        """`compute` is the attached cluster, where there is one; `scoring_grants` let `identity` pull images and load
        models; `promoted` is the registry of promoted models, where this stack has one."""
        super().__init__("serving:Endpoints", "online-endpoints", context, opts)
        self.compute = compute
        self.identity = identity
        self.assets = assets
        self.scoring_uris: dict[str, pulumi.Output[str]] = {}
        self.swagger_uris: dict[str, pulumi.Output[str]] = {}
        self.references: dict[str, Reference] = {}
        self.deployments: dict[tuple[str, str], Reference] = {}
        """Endpoint's key and deployment's key to the deployment."""
        self.scoring_grants = [*scoring_grants, *self._grant_model_reading(settings, promoted)]
        for key, endpoint in settings.items():
            resource = self._endpoint(key, endpoint)
            self.scoring_uris[key] = resource.properties.apply(lambda endpoint: endpoint.scoring_uri)
            self.swagger_uris[key] = resource.properties.apply(lambda endpoint: endpoint.swagger_uri)
        self.register_outputs({"scoring_uris": self.scoring_uris, "swagger_uris": self.swagger_uris})

    def _grant_model_reading(
        self, settings: Mapping[str, settings_of.OnlineEndpoint], promoted: Reference | None
    ) -> list[authorization.RoleAssignment]:
        """Models are entries of the workspace and of the registry. The workspace's files the scoring identity may read
        already; for the registry's it gets signed addresses."""
        deployments = [item for endpoint in settings.values() for item in endpoint.deployments.values()]
        if not any(deployment.loads_models_at_scoring for deployment in deployments):
            return []
        scopes = [(AccessScope.ML_WORKSPACE, self.assets.workspace, Condition.MODELS_AT_SCORING)]
        if promoted:
            scopes.append((AccessScope.ML_REGISTRY, promoted, Condition.PROMOTED_AT_SCORING))
        return [
            assignment
            for kind, scope, condition in scopes
            for assignment in grant_identity(
                self, IdentityPurpose.SCORING, self.identity.principal, kind, scope, {condition}
            )
        ]

    def _endpoint(
        self, key: str, settings: settings_of.OnlineEndpoint
    ) -> machinelearningservices.OnlineEndpoint:
        context = self.context
        workspace = self.assets.workspace
        name = context.naming.name(ResourceKind.ML_ONLINE_ENDPOINT, key, generation=settings.generation)
        kubernetes = settings.runs_on is settings_of.RunsOn.KUBERNETES
        resource = machinelearningservices.OnlineEndpoint(
            f"online-endpoint-{key}",
            endpoint_name=name,
            resource_group_name=context.resource_group.known_name,
            workspace_name=workspace.known_name,
            location=context.azure.location,
            identity=machinelearningservices.ManagedServiceIdentityArgs(
                type=machinelearningservices.ManagedServiceIdentityType.USER_ASSIGNED,
                user_assigned_identities=[self.identity.reference.known_id],
            ),
            properties=machinelearningservices.OnlineEndpointPropertiesArgs(
                auth_mode=machinelearningservices.EndpointAuthMode(settings.authentication),
                compute=self.compute.known_id if kubernetes and self.compute else None,
                description=settings.description or None,
                public_network_access=context.public_access,
            ),
            tags=self.tags,
            # Replacing an endpoint deletes the release pipeline's deployments with it.
            opts=self.stateful_child(
                # One on managed machines waits for no cluster, and so for no grant by itself.
                depends_on=self.scoring_grants,
                immutable=["properties.authMode", "properties.compute"],
                # Set afterwards: by the release below, or by the release pipeline.
                ignore_changes=["properties.traffic"],
            ),
        )
        endpoint_id = context.arm.ml_online_endpoint_id(workspace.name, name)
        self.verify(endpoint_id, resource)
        endpoint = Reference(endpoint_id, name, (resource,))
        self.references[key] = endpoint
        send_diagnostics(self, f"online-endpoint-{key}", endpoint)
        self._deployments(key, settings, endpoint)
        return resource

    def _deployments(self, key: str, settings: settings_of.OnlineEndpoint, endpoint: Reference) -> None:
        made = {
            name: deploy(self, key, name, deployment, settings.runs_on, endpoint, self.assets)
            for name, deployment in settings.deployments.items()
        }
        self.deployments.update({(key, name): deployment for name, deployment in made.items()})
        if settings.traffic:
            release(
                self,
                f"online-endpoint-{key}",
                endpoint_type="onlineEndpoints",
                endpoint_name=f"{self.assets.workspace.name}/{endpoint.name}",
                body=self._body(settings),
                after=[resource for deployment in made.values() for resource in deployment.prerequisites],
            )

    def _body(self, settings: settings_of.OnlineEndpoint) -> Mapping[str, object]:
        """The endpoint as it was created, with traffic."""
        properties: dict[str, object] = {
            "authMode": settings.authentication.value,
            "publicNetworkAccess": self.context.public_access,
            "traffic": {deployment_name(self, key): share for key, share in settings.traffic.items()},
        }
        if settings.runs_on is settings_of.RunsOn.KUBERNETES and self.compute:
            properties["compute"] = self.compute.id
        if settings.description:
            properties["description"] = settings.description
        return {
            "location": self.context.azure.location,
            "tags": dict(self.tags),
            "identity": {"type": "UserAssigned", "userAssignedIdentities": {self.identity.id: {}}},
            "properties": properties,
        }
