"""Which try belongs to which trial, and for which service Entra must grant a token first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from azure_facts.action_tables.action import Trial
from infra.live.session import DATABRICKS_SCOPE
from infra.verify.outcome import Step
from infra.verify.promise import DATABRICKS
from infra.verify.tries.attempt import Attempt
from infra.verify.tries.azure import ARM_SCOPE, ask_permissions, read_resource
from infra.verify.tries.data_plane import (
    LOGS_SCOPE,
    STORAGE_SCOPE,
    VAULT_SCOPE,
    list_blobs,
    list_files,
    list_queues,
    list_secrets,
    list_tables,
    query_logs,
    registry_token,
)
from infra.verify.tries.databricks import ask_permission, inside, read_object, read_table
from infra.verify.tries.kubernetes import KUBERNETES_SCOPE, ask_api_server
from infra.verify.tries.machine_learning import run_job, swagger
from infra.verify.tries.sql import select_one


@dataclass(frozen=True)
class Try:
    """`scope`: of the token that the call needs, empty where the call itself finds out."""

    call: Callable[[Attempt], Step]
    scope: str = ""


def _run(attempt: Attempt) -> Step:
    """A job that does nothing in Azure ML. A job of Databricks is somebody's work, so that the caller's level on it is
    asked instead."""
    if attempt.promise.on.startswith(DATABRICKS):
        return inside(ask_permission)(attempt)
    return run_job(attempt)


TRIES: Mapping[Trial, Try] = MappingProxyType(
    {
        Trial.READ_RESOURCE: Try(read_resource, ARM_SCOPE),
        Trial.ASK_PERMISSIONS: Try(ask_permissions, ARM_SCOPE),
        Trial.LIST_BLOBS: Try(list_blobs, STORAGE_SCOPE),
        Trial.LIST_FILES: Try(list_files, STORAGE_SCOPE),
        Trial.LIST_QUEUES: Try(list_queues, STORAGE_SCOPE),
        Trial.LIST_TABLES: Try(list_tables, STORAGE_SCOPE),
        Trial.LIST_SECRETS: Try(list_secrets, VAULT_SCOPE),
        Trial.REGISTRY_TOKEN: Try(registry_token, ARM_SCOPE),
        Trial.QUERY_LOGS: Try(query_logs, LOGS_SCOPE),
        Trial.SELECT_ONE: Try(select_one),
        Trial.READ_TABLE: Try(inside(read_table), DATABRICKS_SCOPE),
        Trial.SWAGGER: Try(swagger),
        Trial.READ_DATABRICKS: Try(inside(read_object), DATABRICKS_SCOPE),
        Trial.ASK_DATABRICKS: Try(inside(ask_permission), DATABRICKS_SCOPE),
        Trial.ASK_KUBERNETES: Try(ask_api_server, KUBERNETES_SCOPE),
        Trial.RUN: Try(_run),
    }
)
"""Without `CONNECT`, whose road is all of it, and `NONE`, which nobody can try from outside."""
