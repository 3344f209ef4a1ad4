"""Ids of a workspace's system groups in the simulated cloud: what looks them up is told from other groups by them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from azure_facts.databricks_groups import SYSTEM_GROUPS

SYSTEM_GROUP_IDS: Mapping[str, str] = MappingProxyType(
    {name: f"{1000000000000010 + index}" for index, name in enumerate(SYSTEM_GROUPS)}
)
"""Name to id."""
