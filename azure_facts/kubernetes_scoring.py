"""Which identities score on a cluster over storage that is closed to the public.

Two pages ask for system-assigned ones: storage with a private endpoint lets in only these as trusted services, and a
cluster attached to a workspace with high business impact needs one with two roles on the account. Pages of 2025 attach
with user-assigned ones too, and say nothing of closed storage.
"""

from __future__ import annotations

import datetime

from azure_facts.roles import Role
from azure_facts.source import Source

SOURCE = Source(
    "learn.microsoft.com machine-learning/how-to-secure-kubernetes-inferencing-environment (2022-08-31); "
    "Azure/AML-Kubernetes docs/private-link.md",
    datetime.date(2026, 11, 30),
)

SYSTEM_ASSIGNED = "SystemAssigned"
"""Part of the identity's type, alone or beside UserAssigned. A cluster's compute has one kind, not both
(learn.microsoft.com machine-learning/how-to-identity-based-service-authentication, Kubernetes cluster compute)."""

ROLES_ON_CLOSED_STORAGE = (Role.STORAGE_BLOB_DATA_CONTRIBUTOR, Role.STORAGE_ACCOUNT_CONTRIBUTOR)
"""Of the attached compute's identity, where the workspace has high business impact."""
