"""One line of the identity table."""

from __future__ import annotations

from dataclasses import dataclass

from azure_facts.roles import Role
from infra.access.identity_purpose import Condition, IdentityPurpose
from infra.access.table import AccessScope
from infra.conventions.custom_roles import CustomRole


@dataclass(frozen=True)
class IdentityRow:
    """`identity` has `role` on `scope`, where `condition` holds, because of `reason`. `limit` narrows the role: a
    condition in Azure's own words."""

    identity: IdentityPurpose
    scope: AccessScope
    role: Role | CustomRole
    reason: str
    condition: Condition = Condition.ALWAYS
    limit: str | None = None
