"""What the SQL side of a Synapse workspace is set to, where the provider has no type or none that works."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi
from pulumi_azure_native import resources

from infra.component import Component
from infra.context import Reference

API_VERSION = "2021-06-01"

AUDITED = (
    "BATCH_COMPLETED_GROUP",
    "SUCCESSFUL_DATABASE_AUTHENTICATION_GROUP",
    "FAILED_DATABASE_AUTHENTICATION_GROUP",
)
"""Every query, and who signed in or failed to (learn.microsoft.com azure-sql database/auditing-overview)."""


def secure_sql(
    owner: Component, workspace: Reference, administrator: str, administrator_id: str
) -> resources.Deployment:
    """The administrators' group, the audit log and TLS 1.2, for serverless SQL and every dedicated pool.

    A template: the provider has no types for the last two, and its type of the first refuses a workspace that has an
    administrator already, which is its creator ("cannot create already existing resource":
    pulumi-azure-native#877).
    """
    settings: dict[str, dict[str, object]] = {
        "administrators/activeDirectory": {
            "administratorType": "ActiveDirectory",
            "login": administrator,
            "sid": administrator_id,
            "tenantId": owner.context.azure.tenant_id,
        },
        # To the workspace's diagnostic setting, category SQLSecurityAuditEvents.
        "auditingSettings/default": {
            "state": "Enabled",
            "isAzureMonitorTargetEnabled": True,
            "auditActionsAndGroups": list(AUDITED),
        },
        "dedicatedSQLminimalTlsSettings/default": {"minimalTlsVersion": "1.2"},
    }
    return deploy_settings(owner, "synapse-sql-security", workspace, settings)


def deploy_settings(
    owner: Component,
    name: str,
    parent: Reference,
    settings: dict[str, dict[str, object]],
    depends_on: Sequence[pulumi.Resource] = (),
) -> resources.Deployment:
    """Settings below `parent`, a resource of Microsoft.Synapse: `<type>/<name>` to properties, one after the other
    (the service takes one change at a time). Deploying them again changes nothing."""
    parent_type = "/".join(["Microsoft.Synapse", *_tail(parent.id)[::2]])
    parent_name = "/".join(_tail(parent.id)[1::2])
    template: list[dict[str, object]] = []
    for path, properties in settings.items():
        kind, _, child = path.partition("/")
        previous = template[-1:]
        template.append(
            {
                "type": f"{parent_type}/{kind}",
                "apiVersion": API_VERSION,
                "name": f"{parent_name}/{child}",
                "dependsOn": [
                    f"[resourceId('{item['type']}', {_quoted(str(item['name']))})]" for item in previous
                ],
                "properties": properties,
            }
        )
    return resources.Deployment(
        name,
        deployment_name=name,
        resource_group_name=owner.context.resource_group.known_name,
        properties=resources.DeploymentPropertiesArgs(
            mode=resources.DeploymentMode.INCREMENTAL,
            template={
                "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
                "contentVersion": "1.0.0.0",
                "resources": template,
            },
        ),
        tags=owner.tags,
        opts=owner.child(depends_on=[*parent.prerequisites, *depends_on]),
    )


def _tail(resource_id: str) -> list[str]:
    """Types and names below Microsoft.Synapse, in turn."""
    return resource_id.partition("/Microsoft.Synapse/")[2].split("/")


def _quoted(name: str) -> str:
    return ", ".join(f"'{part}'" for part in name.split("/"))
