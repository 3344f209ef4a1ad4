"""What a principal is entitled to in a workspace, as properties of several types."""

from __future__ import annotations

ENTITLEMENTS = (
    "workspaceAccess",
    "databricksSqlAccess",
    "workspaceConsume",
    "allowClusterCreate",
    "allowInstancePoolCreate",
)
"""terraform-provider-databricks docs/resources/entitlements.md."""
