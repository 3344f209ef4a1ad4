"""The identity with which a factory calls Databricks: its role in Azure, and its name in the factory."""

from __future__ import annotations

import pulumi
from pulumi_azure_native import authorization, datafactory

from infra.access.grants import grant_identity
from infra.access.identity_purpose import Condition, IdentityPurpose
from infra.access.table import AccessScope
from infra.component import Component
from infra.conventions.known import known
from infra.conventions.name_rules import ResourceKind
from infra.data.data_factory.factory import Factory
from infra.data.data_factory.factory_dependencies import DatabricksSide


def databricks_rights(owner: Component, databricks: DatabricksSide) -> list[authorization.RoleAssignment]:
    """The one documented way for a factory to sign in; Databricks makes the caller one of its admins."""
    return grant_identity(
        owner,
        IdentityPurpose.DATA_FACTORY_DATABRICKS,
        databricks.caller.principal,
        AccessScope.DATABRICKS_WORKSPACE,
        databricks.workspace,
        {Condition.DATA_FACTORY},
    )


def databricks_credential(
    owner: Component, factory: Factory, databricks: DatabricksSide
) -> datafactory.CredentialReferenceArgs:
    """As a linked service names it."""
    name = owner.context.naming.name(ResourceKind.DATA_FACTORY_OBJECT, "databricks")
    credential = datafactory.CredentialOperation(
        "credential-databricks",
        factory_name=factory.reference.known_name,
        resource_group_name=owner.context.resource_group.known_name,
        credential_name=name,
        properties=datafactory.ManagedIdentityCredentialArgs(
            type="ManagedIdentity", resource_id=databricks.caller.reference.known_id
        ),
        opts=owner.child(),
    )
    reference: pulumi.Output[str] = known(name, credential)
    return datafactory.CredentialReferenceArgs(type="CredentialReference", reference_name=reference)
