"""The parts of this stack that a data factory reaches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pulumi

from infra.access.identity import Identity
from infra.context import Reference
from infra.data.lake import Lake
from infra.foundation.encryption import CustomerManagedKey
from infra.settings.sources import Source


@dataclass(frozen=True)
class DatabricksSide:
    """The Databricks workspace as Data Factory calls it."""

    workspace: Reference
    url: pulumi.Output[str]
    """Host name, made by the service: unknown in the first preview."""
    job_ids: Mapping[str, pulumi.Output[str]]
    pool_ids: Mapping[str, pulumi.Output[str]]
    policy_ids: Mapping[str, pulumi.Output[str]]
    git_folder_paths: Mapping[str, str]
    caller: Identity
    """Whom the workspace knows as the factory."""


@dataclass(frozen=True)
class ServerlessSql:
    """Serverless SQL of Synapse, and the batches that make what is in its database."""

    workspace: Reference
    database: str
    batches: tuple[pulumi.Output[str], ...]

    @property
    def server(self) -> pulumi.Output[str]:
        """Host name; it follows from the workspace's name."""
        return self.workspace.known_name.apply(lambda name: f"{name}-ondemand.sql.azuresynapse.net")


@dataclass(frozen=True)
class FactoryDependencies:
    """None or empty for what is not deployed."""

    encryption_key: CustomerManagedKey | None = None
    lake: Lake | None = None
    key_vault: Reference | None = None
    ml_workspace: Reference | None = None
    databricks: DatabricksSide | None = None
    serverless_sql: ServerlessSql | None = None
    sources: Mapping[str, Source] = field(default_factory=dict)
    batch_endpoint_generations: Mapping[str, int] = field(default_factory=dict)
