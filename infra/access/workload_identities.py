"""Identities for programs outside the platform, such as an orchestrator: tokens of another issuer, or an application
whose secret lies in the Key Vault."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
from pulumi_azure_native import managedidentity

from infra.access.identity import Identity
from infra.access.principal import Principal, Workload
from infra.component import Component
from infra.context import Context
from infra.settings.access import WorkloadIdentity


class WorkloadIdentities(Component):
    """Owns the identities and their federated credentials. Does not own their rights (scopes grant them), nor an
    application, its secret, or the date of it: its owner does (docs/orchestrators.md).

    Azure cannot change later: an identity's name and location.
    """

    def __init__(self, context: Context, opts: pulumi.ResourceOptions) -> None:
        super().__init__("access:WorkloadIdentities", "workload-identities", context, opts)
        identities = {
            key: self._identity(key, settings) for key, settings in context.access.workload_identities.items()
        }
        self.workloads: dict[str, Workload] = {
            key: Workload(identity.principal, identity.resource.client_id)
            for key, identity in identities.items()
        }
        for key, given in context.access.workload_applications.items():
            principal = Principal(given.object_id, given.object_id, "ServicePrincipal")
            self.workloads[key] = Workload(principal, given.application_id)
        self.outputs: Mapping[str, Mapping[str, pulumi.Input[str]]] = {
            key: self._facts(key, workload) for key, workload in self.workloads.items()
        }
        self.register_outputs(self.outputs)

    def _facts(self, key: str, workload: Workload) -> dict[str, pulumi.Input[str]]:
        """What the program outside must be told to sign in; the secret's name, never the secret."""
        facts: dict[str, pulumi.Input[str]] = {
            "tenant_id": self.context.azure.tenant_id,
            "client_id": workload.client_id,
            "principal_id": workload.principal.object_id,
        }
        application = self.context.access.workload_applications.get(key)
        return {**facts, "secret_name": application.secret_name} if application else facts

    def _identity(self, key: str, settings: WorkloadIdentity) -> Identity:
        identity = Identity(self, key)
        previous: list[pulumi.Resource] = []
        for name, credential in settings.federated_credentials.items():
            # One after the other: written at once on one identity they fail
            # (ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity:
            # learn.microsoft.com workload-identity-federation-considerations).
            previous = [
                managedidentity.FederatedIdentityCredential(
                    f"{key}-federated-{name}",
                    federated_identity_credential_resource_name=name,
                    resource_name_=identity.reference.known_name,
                    resource_group_name=self.context.resource_group.known_name,
                    issuer=credential.issuer,
                    subject=credential.subject,
                    audiences=[credential.audience],
                    opts=self.child(depends_on=previous),
                )
            ]
        return identity
