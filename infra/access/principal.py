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
    type: Literal["ServicePrincipal", "Group"]
