"""Identities for programs outside the platform, such as an orchestrator: tokens of another issuer, no secret."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
from pulumi_azure_native import managedidentity

from infra.access.identity import Identity
from infra.access.principal import Principal
from infra.component import Component
from infra.context import Context
from infra.settings.access import WorkloadIdentity


class WorkloadIdentities(Component):
    """Owns the identities and their federated credentials. Does not own their rights: scopes grant them.

    Azure cannot change later: an identity's name and location.
    """

    def __init__(self, context: Context, opts: pulumi.ResourceOptions) -> None:
        super().__init__("access:WorkloadIdentities", "workload-identities", context, opts)
        identities = {
            key: self._identity(key, settings) for key, settings in context.access.workload_identities.items()
        }
        self.principals: Mapping[str, Principal] = {
            key: identity.principal for key, identity in identities.items()
        }
        self.client_ids: Mapping[str, pulumi.Output[str]] = {
            key: identity.resource.client_id for key, identity in identities.items()
        }
        self.register_outputs({"client_ids": self.client_ids})

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
