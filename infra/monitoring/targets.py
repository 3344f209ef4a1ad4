"""What there is to watch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pulumi

from infra.context import Reference


@dataclass(frozen=True)
class PublicAddress:
    """An address that anybody can call, and what a healthy one answers to a call without credentials."""

    url: pulumi.Input[str]
    expected_status: int


@dataclass(frozen=True)
class Targets:
    """The parts of this stack that alerts look at; None or empty for what is not deployed."""

    log_analytics: Reference
    application_insights: Reference
    ml_workspace: Reference | None = None
    key_vault: Reference | None = None
    """The vault that this stack made; one that was given tells its owner."""
    secret_scope_vaults: Mapping[str, Reference] = field(default_factory=dict)
    """Those that this stack made for Databricks, by their scope."""
    container_apps: Mapping[str, Reference] = field(default_factory=dict)
    kubernetes: Reference | None = None
    has_databricks: bool = False
    has_backups: bool = False
    """A recovery vault sends its jobs to Log Analytics."""
    has_lake_backup: bool = False
    managed_endpoints: Mapping[str, Reference] = field(default_factory=dict)
    """Online endpoints on managed machines: those that have metrics of their own."""
    scores_on_kubernetes: bool = False
    public_addresses: Mapping[str, PublicAddress] = field(default_factory=dict)
