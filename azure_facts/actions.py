"""The words for what somebody does on a platform, and what each takes: the right, the door, and how it is tried.

Promises of a program, requirements of a resource and the check after a deployment share these words. The rows are in
`azure_facts.action_tables`, one file for each kind of service; a word has one row. Does not own who may do what.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from types import MappingProxyType

from azure_facts.action_tables.action import (
    RESOURCE_MANAGER,
    Action,
    ClusterContent,
    KubernetesRight,
    Operation,
    Privilege,
    Trial,
    Where,
)
from azure_facts.action_tables.azure import AZURE_ACTIONS
from azure_facts.action_tables.containers import CONTAINER_ACTIONS
from azure_facts.action_tables.data_services import DATA_SERVICE_ACTIONS
from azure_facts.action_tables.databricks import DATABRICKS_ACTIONS
from azure_facts.action_tables.machine_learning import MACHINE_LEARNING_ACTIONS
from azure_facts.action_tables.storage import STORAGE_ACTIONS

__all__ = [
    "ACTIONS",
    "REACH",
    "RESOURCE_MANAGER",
    "Action",
    "ClusterContent",
    "KubernetesRight",
    "Operation",
    "Privilege",
    "Trial",
    "UnknownActionError",
    "Where",
    "action",
]

REACH = "reach"
"""The word that takes a road and no right; its object may be a host alone."""


class UnknownActionError(ValueError):
    """No row has this word. The text names the nearest ones."""


ACTIONS: Mapping[str, Action] = MappingProxyType(
    {
        row.word: row
        for row in (
            *AZURE_ACTIONS,
            *STORAGE_ACTIONS,
            *CONTAINER_ACTIONS,
            *MACHINE_LEARNING_ACTIONS,
            *DATABRICKS_ACTIONS,
            *DATA_SERVICE_ACTIONS,
        )
    }
)
"""Every word with its row."""


def action(word: str) -> Action:
    """The row of a word. Raises `UnknownActionError`."""
    found = ACTIONS.get(word)
    if found is None:
        near = ", ".join(difflib.get_close_matches(word, ACTIONS, n=3))
        raise UnknownActionError(f"{word!r} is no action that is known here; nearest: {near or 'none'}")
    return found
