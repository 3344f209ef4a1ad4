"""Template deployments: how a program makes what the provider has no type for."""

from __future__ import annotations

from rehearsal.cloud.catalogue.entry import IN_RESOURCE_GROUP as RG
from rehearsal.cloud.catalogue.entry import entry

DEPLOYMENTS = (
    entry("azure-native:resources:Deployment", RG + "Microsoft.Resources/deployments/{deploymentName}"),
)
