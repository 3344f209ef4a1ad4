"""The groups that every Databricks workspace is born with.

Since each principal's entitlements are chosen when it is added, `users` has none and `admins` has all; neither can be
changed, and neither can be a member of another group. Who is added to a workspace may do there what it is entitled to
itself.
"""

from __future__ import annotations

import datetime
from typing import Final

from azure_facts.source import Source

ADMIN_OPERATION: Final = "Microsoft.Databricks/workspaces/assignWorkspaceAdmin/action"
"""Identities that may do this to the workspace's Azure resource become its admins at the first sign-in: Owner,
Contributor, and any custom role with it."""

ADMIN_OPERATION_SOURCE: Final = Source(
    "learn.microsoft.com azure/databricks/admin/users-groups/groups", datetime.date(2026, 11, 30)
)

SYSTEM_GROUPS: Final = ("admins", "users")

EVERYBODY: Final = "account users"
"""The account's group that holds each of its users (terraform-provider-databricks docs/guides/unity-catalog.md, read
2026-11-30)."""

SYSTEM_GROUPS_SOURCE: Final = Source(
    "docs.databricks.com aws/en/security/auth/system-group-entitlements-migration",
    datetime.date(2026, 11, 30),
)
"""Of AWS, which names no day; Azure's own page was not found, the days that others pass on (opt-in from 2026-06-15, for
all on 2026-09-14) are no primary source, and its pages on groups name the same two (learn.microsoft.com
azure/databricks/admin/users-groups/groups)."""
