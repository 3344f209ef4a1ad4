"""What the platform's own identities may do: identity x scope -> role, each because something fails without it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from infra.access.identity_purpose import Condition, IdentityPurpose
from infra.access.identity_row import IdentityRow
from infra.access.identity_rows_data import DATA_ROWS
from infra.access.identity_rows_ml import ML_ROWS
from infra.access.table import AccessScope

__all__ = ["IDENTITY_TABLE", "IdentityRow", "identity_rows"]

IDENTITY_TABLE: tuple[IdentityRow, ...] = (*ML_ROWS, *DATA_ROWS)


def identity_rows(
    identity: IdentityPurpose, scope: AccessScope, conditions: Collection[Condition] = ()
) -> Iterator[IdentityRow]:
    """The rows of one identity on one scope, in the table's order; `conditions` are those that hold."""
    held = {Condition.ALWAYS, *conditions}
    return (
        row
        for row in IDENTITY_TABLE
        if row.identity is identity and row.scope is scope and row.condition in held
    )
