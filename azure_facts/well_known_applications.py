"""Microsoft's own applications, whose application id is the same in every tenant."""

from __future__ import annotations

AZURE_DATABRICKS = "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d"
"""The application AzureDatabricks: the resource that Entra tokens for Databricks are asked for, and the principal that
reads Key Vault for secret scopes (learn.microsoft.com azure/databricks/dev-tools/auth/aad-token-manual)."""

FIND_AZURE_DATABRICKS = f"az ad sp show --id {AZURE_DATABRICKS} --query id"
"""Answers its object id, which is another one in each tenant."""

AZURE_DEVOPS = "499b84ac-1321-427f-aa17-267ca6975798"
"""The resource that Entra tokens for Azure DevOps are asked for (learn.microsoft.com azure/devops/integrate/
get-started/authentication/service-principal-managed-identity)."""
