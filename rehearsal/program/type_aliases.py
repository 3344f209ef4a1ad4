"""Aliases that differ from their resource in the type alone: azure-native declares some 13 for each resource, one for
every API version."""

from __future__ import annotations

from collections.abc import Callable

import pulumi

_COLLAPSE = "collapse_alias_to_urn"


def leave_type_aliases() -> None:
    """Makes the SDK compute no URNs of such aliases, which took more than half of a program's time. For the program's
    own process only.

    The SDK (pulumi 3.142 and 3.272, `Resource.__init__`) computes the URN of each alias for the children of a resource,
    and reads it only where the engine takes no alias specs. Ours takes them: it is sent every alias all the same.
    """
    original: Callable[..., object] | None = getattr(pulumi.resource, _COLLAPSE, None)
    if original is None:
        return

    def collapse(alias: object, *defaults: object) -> object:
        return "" if _says_a_type_only(alias) else original(alias, *defaults)

    setattr(pulumi.resource, _COLLAPSE, collapse)


def _says_a_type_only(alias: object) -> bool:
    if not isinstance(alias, pulumi.Alias):
        return False
    others = (alias.name, alias.parent, alias.stack, alias.project)
    return isinstance(alias.type_, str) and all(one is ... for one in others)
