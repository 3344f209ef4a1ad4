"""The access table: persona x environment kind x scope -> role. This is all the access people have.

In prod people read; CI deploys and writes. A data scientist works in nonprod.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from infra.conventions.roles import Role
from infra.settings.access import Persona
from infra.settings.environment import EnvironmentKind


class AccessScope(StrEnum):
    """What a row opens; each component applies the rows of its own scope."""

    RESOURCE_GROUP = "resource-group"
    ML_WORKSPACE = "ml-workspace"
    ML_STORAGE = "ml-storage"
    KEY_VAULT = "key-vault"
    CONTAINER_REGISTRY = "container-registry"
    AKS = "aks"


@dataclass(frozen=True)
class AccessRow:
    """`persona` has `role` on `scope` in environments of `kinds`, because of `reason`."""

    persona: Persona
    kinds: frozenset[EnvironmentKind]
    scope: AccessScope
    role: Role
    reason: str


EVERYWHERE = frozenset(EnvironmentKind)
NONPROD = frozenset({EnvironmentKind.NONPROD})
PROD = frozenset({EnvironmentKind.PROD})

_SCOPE = AccessScope

ACCESS_TABLE: tuple[AccessRow, ...] = (
    AccessRow(Persona.PLATFORM_ADMIN, EVERYWHERE, _SCOPE.RESOURCE_GROUP, Role.READER, "sees every resource"),
    AccessRow(
        Persona.PLATFORM_ADMIN, NONPROD, _SCOPE.RESOURCE_GROUP, Role.CONTRIBUTOR, "repairs nonprod by hand"
    ),
    AccessRow(
        Persona.PLATFORM_ADMIN, NONPROD, _SCOPE.KEY_VAULT, Role.KEY_VAULT_SECRETS_OFFICER, "sets secrets"
    ),
    AccessRow(Persona.PLATFORM_ADMIN, EVERYWHERE, _SCOPE.AKS, Role.AKS_CLUSTER_USER, "fetches a kubeconfig"),
    AccessRow(
        Persona.PLATFORM_ADMIN, NONPROD, _SCOPE.AKS, Role.AKS_RBAC_CLUSTER_ADMIN, "repairs the cluster"
    ),
    AccessRow(Persona.PLATFORM_ADMIN, PROD, _SCOPE.AKS, Role.AKS_RBAC_READER, "looks at the cluster"),
    AccessRow(Persona.ML_ENGINEER, EVERYWHERE, _SCOPE.RESOURCE_GROUP, Role.READER, "sees every resource"),
    AccessRow(
        Persona.ML_ENGINEER,
        NONPROD,
        _SCOPE.ML_WORKSPACE,
        Role.AZUREML_DATA_SCIENTIST,
        "runs jobs and endpoints",
    ),
    AccessRow(
        Persona.ML_ENGINEER,
        NONPROD,
        _SCOPE.ML_WORKSPACE,
        Role.AZUREML_COMPUTE_OPERATOR,
        "starts and stops compute",
    ),
    AccessRow(Persona.ML_ENGINEER, NONPROD, _SCOPE.CONTAINER_REGISTRY, Role.ACR_PUSH, "builds images"),
    AccessRow(
        Persona.ML_ENGINEER,
        NONPROD,
        _SCOPE.ML_STORAGE,
        Role.STORAGE_BLOB_DATA_CONTRIBUTOR,
        "artifacts and outputs",
    ),
    AccessRow(
        Persona.ML_ENGINEER,
        NONPROD,
        _SCOPE.ML_STORAGE,
        Role.STORAGE_FILE_DATA_PRIVILEGED_CONTRIBUTOR,
        "notebooks",
    ),
    AccessRow(Persona.ML_ENGINEER, NONPROD, _SCOPE.KEY_VAULT, Role.KEY_VAULT_SECRETS_OFFICER, "sets secrets"),
    AccessRow(Persona.ML_ENGINEER, NONPROD, _SCOPE.AKS, Role.AKS_CLUSTER_USER, "fetches a kubeconfig"),
    AccessRow(Persona.ML_ENGINEER, NONPROD, _SCOPE.AKS, Role.AKS_RBAC_READER, "looks at scoring pods"),
    AccessRow(
        Persona.DATA_SCIENTIST, NONPROD, _SCOPE.ML_WORKSPACE, Role.AZUREML_DATA_SCIENTIST, "runs experiments"
    ),
    AccessRow(
        Persona.DATA_SCIENTIST,
        NONPROD,
        _SCOPE.ML_STORAGE,
        Role.STORAGE_BLOB_DATA_CONTRIBUTOR,
        "artifacts and outputs",
    ),
    AccessRow(
        Persona.DATA_SCIENTIST,
        NONPROD,
        _SCOPE.ML_STORAGE,
        Role.STORAGE_FILE_DATA_PRIVILEGED_CONTRIBUTOR,
        "notebooks",
    ),
    AccessRow(Persona.DATA_SCIENTIST, PROD, _SCOPE.ML_WORKSPACE, Role.READER, "follows runs and endpoints"),
    AccessRow(Persona.DATA_ENGINEER, EVERYWHERE, _SCOPE.RESOURCE_GROUP, Role.READER, "sees every resource"),
    AccessRow(Persona.ANALYST, NONPROD, _SCOPE.ML_WORKSPACE, Role.READER, "reads results"),
    AccessRow(Persona.AUDITOR, EVERYWHERE, _SCOPE.RESOURCE_GROUP, Role.READER, "audits configuration"),
    AccessRow(
        Persona.CI, EVERYWHERE, _SCOPE.ML_WORKSPACE, Role.AZUREML_DATA_SCIENTIST, "releases deployments"
    ),
    AccessRow(Persona.CI, EVERYWHERE, _SCOPE.CONTAINER_REGISTRY, Role.ACR_PUSH, "releases images"),
    AccessRow(
        Persona.CI,
        EVERYWHERE,
        _SCOPE.ML_STORAGE,
        Role.STORAGE_BLOB_DATA_CONTRIBUTOR,
        "uploads code and models",
    ),
)


def rows_for(kind: EnvironmentKind, scope: AccessScope) -> Iterator[AccessRow]:
    """The table's rows for one scope in one kind of environment, in the table's order."""
    return (row for row in ACCESS_TABLE if kind in row.kinds and row.scope is scope)
