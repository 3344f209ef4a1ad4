"""What a change does to a resource."""

from __future__ import annotations

from enum import StrEnum


class ChangeKind(StrEnum):
    """What happens to a resource, gravest first."""

    DELETE = "delete"
    REPLACE = "replace"
    MOVED = "moved"
    """The same Azure resource under another URN: to the engine a deletion and a creation, unless an alias says so."""
    UPDATE = "update"
    IMPORT = "import"
    """It exists, and the stack takes it over as it is."""
    CREATE = "create"
    SAME = "same"
