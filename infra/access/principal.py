"""Who receives a role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pulumi


@dataclass(frozen=True)
class Principal:
    """Who receives a role.

    `key` identifies the principal before it exists: an identity's ARM id, or a group's object id.
    """

    key: str
    object_id: pulumi.Input[str]
    type: Literal["ServicePrincipal", "Group", "User"]


@dataclass(frozen=True)
class Workload:
    """A program outside the platform: who it is for Azure, and as which application it signs in."""

    principal: Principal
    client_id: pulumi.Input[str]
    """Databricks knows service principals and managed identities by it."""
