"""What people call the groups and persons that a program grants to: its stack output `principal_names`."""

from __future__ import annotations

from collections.abc import Mapping

from rehearsal.model.json_values import object_at
from rehearsal.model.values import JsonObject

OUTPUT = "principal_names"
"""An object: object ids, and names of groups in Databricks, to what reports call them (docs/rehearsal.md)."""


def people_in(outputs: JsonObject) -> Mapping[str, str]:
    """The names among a stack's outputs; none where the program exports none."""
    return {key: name for key, name in object_at(outputs, OUTPUT).items() if isinstance(name, str) and name}
