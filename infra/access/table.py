"""The access table: persona x environment kind x scope -> role. This is all the access people have.

In prod people read, some score, and engineers start the instance assigned to them; CI deploys and writes.
Secrets are set in nonprod by who works with them and in prod by CI alone: neither Owner nor Contributor can
read or set a secret of a role-based vault. Identities have a table of their own
(`infra.access.identity_table`), Databricks too (`infra.access.databricks_table`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from azure_facts.blob_conditions import RUN_ARTIFACTS_CONTAINER, no_writing_in
from azure_facts.roles import Role, built_in_role
from infra.conventions.custom_roles import CUSTOM_ROLES, CustomRole
from infra.conventions.writing_roles import role_changes_something
from infra.settings.access import CrossEnvironmentScope, Persona, WorkloadRight
from infra.settings.environment import EnvironmentKind
from infra.settings.lake import ZoneContent


class AccessScope(StrEnum):
    """What a row opens; each component applies the rows of its own scope."""

    RESOURCE_GROUP = "resource-group"
    ML_WORKSPACE = "ml-workspace"
    ML_STORAGE = "ml-storage"
    ML_REGISTRY = "ml-registry"
    KEY_VAULT = "key-vault"
    KEY_VAULT_SECRET = "key-vault-secret"
    SECRET_SCOPE_VAULT = "secret-scope-vault"
    """What jobs sign in with: a person who read it would be the jobs' principal."""
    ENCRYPTION_KEY_VAULT = "encryption-key-vault"
    CONTAINER_REGISTRY = "container-registry"
    APPLICATION_INSIGHTS = "application-insights"
    AKS = "aks"
    AKS_SUBNET = "aks-subnet"
    AKS_NETWORK = "aks-network"
    AKS_API_ZONE = "aks-api-zone"
    DATA_CONTAINER = "data-container"
    DATA_ACCOUNT = "data-account"
    LAKE_ACCOUNT = "lake-account"
    PRIVATE_ENDPOINT = "private-endpoint"
    PRIVATE_LINK_SCOPE = "private-link-scope"
    SYNAPSE_SQL_POOL = "synapse-sql-pool"
    DATABRICKS_WORKSPACE = "databricks-workspace"
    LAKE_RAW = "lake-raw"
    LAKE_CURATED = "lake-curated"
    LAKE_FEATURES = "lake-features"
    LAKE_PREDICTIONS = "lake-predictions"
    LAKE_CATALOG = "lake-catalog"
    """Without a row: a role on it would go around the catalog's grants."""


LAKE_SCOPES: Mapping[ZoneContent, AccessScope] = MappingProxyType(
    {
        ZoneContent.RAW: AccessScope.LAKE_RAW,
        ZoneContent.CURATED: AccessScope.LAKE_CURATED,
        ZoneContent.FEATURES: AccessScope.LAKE_FEATURES,
        ZoneContent.PREDICTIONS: AccessScope.LAKE_PREDICTIONS,
        ZoneContent.CATALOG: AccessScope.LAKE_CATALOG,
    }
)
"""What a zone holds decides who opens it."""


@dataclass(frozen=True)
class AccessRow:
    """`persona` has `role` on `scope` in environments of `kinds`, because of `reason`."""

    persona: Persona
    kinds: frozenset[EnvironmentKind]
    scope: AccessScope
    role: Role | CustomRole
    reason: str


def role_writes(role: Role | CustomRole) -> bool:
    """Whether a holder of the role can change something, in resources or in data."""
    return (
        CUSTOM_ROLES[role].writes
        if isinstance(role, CustomRole)
        else role_changes_something(built_in_role(role))
    )


EVERYWHERE = frozenset(EnvironmentKind)
NONPROD = frozenset({EnvironmentKind.NONPROD})
PROD = frozenset({EnvironmentKind.PROD})

_Row = tuple[frozenset[EnvironmentKind], AccessScope, Role | CustomRole, str]
_SCOPE = AccessScope

_PLATFORM_ADMIN: tuple[_Row, ...] = (
    (NONPROD, _SCOPE.RESOURCE_GROUP, Role.CONTRIBUTOR, "repairs nonprod by hand"),
    (PROD, _SCOPE.RESOURCE_GROUP, Role.READER, "sees every resource"),
    (NONPROD, _SCOPE.KEY_VAULT, Role.KEY_VAULT_SECRETS_OFFICER, "reads and sets secrets"),
    (PROD, _SCOPE.KEY_VAULT, Role.KEY_VAULT_READER, "sees which secrets exist, not their values"),
    (EVERYWHERE, _SCOPE.SECRET_SCOPE_VAULT, Role.KEY_VAULT_READER, "sees when the jobs' secrets end"),
    # Contributor fetches a kubeconfig too.
    (PROD, _SCOPE.AKS, Role.AKS_CLUSTER_USER, "fetches a kubeconfig"),
    (NONPROD, _SCOPE.AKS, Role.AKS_RBAC_CLUSTER_ADMIN, "repairs the cluster"),
    (PROD, _SCOPE.AKS, Role.AKS_RBAC_READER, "looks at the cluster"),
)

_SCIENCE: tuple[_Row, ...] = (
    (NONPROD, _SCOPE.LAKE_RAW, Role.STORAGE_BLOB_DATA_READER, "looks for what could be a feature"),
    (EVERYWHERE, _SCOPE.LAKE_CURATED, Role.STORAGE_BLOB_DATA_READER, "reads what features are made of"),
    (NONPROD, _SCOPE.LAKE_FEATURES, Role.STORAGE_BLOB_DATA_CONTRIBUTOR, "makes features"),
    (PROD, _SCOPE.LAKE_FEATURES, Role.STORAGE_BLOB_DATA_READER, "compares features"),
    (NONPROD, _SCOPE.LAKE_PREDICTIONS, Role.STORAGE_BLOB_DATA_CONTRIBUTOR, "tries out scoring"),
    (PROD, _SCOPE.LAKE_PREDICTIONS, Role.STORAGE_BLOB_DATA_READER, "judges predictions"),
)
"""What data scientists and ML engineers do with data."""

_ML_ENGINEER: tuple[_Row, ...] = (
    # And what is in the ML registry: a reader of the group uses promoted models.
    (EVERYWHERE, _SCOPE.RESOURCE_GROUP, Role.READER, "sees every resource"),
    (NONPROD, _SCOPE.ML_WORKSPACE, Role.AZUREML_DATA_SCIENTIST, "runs jobs and endpoints"),
    (NONPROD, _SCOPE.ML_WORKSPACE, Role.AZUREML_COMPUTE_OPERATOR, "makes, starts and stops compute"),
    (NONPROD, _SCOPE.CONTAINER_REGISTRY, Role.ACR_PUSH, "builds images"),
    (NONPROD, _SCOPE.ML_STORAGE, Role.STORAGE_BLOB_DATA_CONTRIBUTOR, "artifacts and outputs"),
    (NONPROD, _SCOPE.ML_STORAGE, Role.STORAGE_FILE_DATA_PRIVILEGED_CONTRIBUTOR, "notebooks"),
    # Changes nothing but whether a machine runs: the one role of a person in prod that does more than look.
    (PROD, _SCOPE.ML_WORKSPACE, CustomRole.ML_INSTANCE_USER, "opens the instance of the person on duty"),
    (NONPROD, _SCOPE.KEY_VAULT, Role.KEY_VAULT_SECRETS_OFFICER, "reads and sets secrets"),
    (NONPROD, _SCOPE.AKS, Role.AKS_CLUSTER_USER, "fetches a kubeconfig"),
    (NONPROD, _SCOPE.AKS, Role.AKS_RBAC_READER, "looks at scoring pods"),
    *_SCIENCE,
)

_DATA_SCIENTIST: tuple[_Row, ...] = (
    (
        NONPROD,
        _SCOPE.ML_WORKSPACE,
        CustomRole.ML_DATA_SCIENTIST_WITHOUT_COMPUTE,
        "runs experiments on compute that exists",
    ),
    (NONPROD, _SCOPE.ML_STORAGE, Role.STORAGE_BLOB_DATA_CONTRIBUTOR, "artifacts and outputs"),
    (NONPROD, _SCOPE.ML_STORAGE, Role.STORAGE_FILE_DATA_PRIVILEGED_CONTRIBUTOR, "notebooks"),
    (PROD, _SCOPE.ML_WORKSPACE, CustomRole.ML_JOB_OBSERVER, "follows jobs and endpoints"),
    *_SCIENCE,
    (EVERYWHERE, _SCOPE.ML_REGISTRY, CustomRole.ML_REGISTRY_READER, "uses promoted models"),
)

_DATA_ENGINEER: tuple[_Row, ...] = (
    (EVERYWHERE, _SCOPE.RESOURCE_GROUP, Role.READER, "sees every resource"),
    *(
        (NONPROD, scope, Role.STORAGE_BLOB_DATA_CONTRIBUTOR, "brings data in and shapes it")
        for scope in (_SCOPE.LAKE_RAW, _SCOPE.LAKE_CURATED, _SCOPE.LAKE_FEATURES)
    ),
    (NONPROD, _SCOPE.LAKE_PREDICTIONS, Role.STORAGE_BLOB_DATA_READER, "follows data to its end"),
    *(
        (PROD, scope, Role.STORAGE_BLOB_DATA_READER, "looks at data when a load fails")
        for scope in (_SCOPE.LAKE_RAW, _SCOPE.LAKE_CURATED, _SCOPE.LAKE_FEATURES, _SCOPE.LAKE_PREDICTIONS)
    ),
    (NONPROD, _SCOPE.KEY_VAULT, Role.KEY_VAULT_SECRETS_OFFICER, "reads and sets the sources' secrets"),
)

_ANALYST: tuple[_Row, ...] = (
    (EVERYWHERE, _SCOPE.ML_WORKSPACE, CustomRole.ML_ENDPOINT_CALLER, "scores from reports and notebooks"),
    # No file of the lake: views of Synapse open them as its workspace (infra.data.synapse_views), warehouses as the
    # access connector.
)

_AUDITOR: tuple[_Row, ...] = (
    # And which job made which model: a reader of the group follows jobs.
    (EVERYWHERE, _SCOPE.RESOURCE_GROUP, Role.READER, "audits configuration and logs"),
    (EVERYWHERE, _SCOPE.KEY_VAULT, Role.KEY_VAULT_READER, "sees when secrets expire, not their values"),
    (EVERYWHERE, _SCOPE.SECRET_SCOPE_VAULT, Role.KEY_VAULT_READER, "sees when the jobs' secrets end"),
)

_CI: tuple[_Row, ...] = (
    (EVERYWHERE, _SCOPE.ML_WORKSPACE, Role.AZUREML_DATA_SCIENTIST, "releases deployments"),
    (EVERYWHERE, _SCOPE.CONTAINER_REGISTRY, Role.ACR_PUSH, "releases images"),
    (EVERYWHERE, _SCOPE.ML_STORAGE, Role.STORAGE_BLOB_DATA_CONTRIBUTOR, "uploads code and models"),
    (EVERYWHERE, _SCOPE.KEY_VAULT, Role.KEY_VAULT_SECRETS_OFFICER, "sets the release's secrets"),
    (EVERYWHERE, _SCOPE.SECRET_SCOPE_VAULT, Role.KEY_VAULT_SECRETS_OFFICER, "sets what jobs sign in with"),
    (PROD, _SCOPE.ML_REGISTRY, CustomRole.ML_REGISTRY_PROMOTER, "promotes models that passed the gate"),
)

ACCESS_TABLE: tuple[AccessRow, ...] = tuple(
    AccessRow(persona, *row)
    for persona, rows in (
        (Persona.PLATFORM_ADMIN, _PLATFORM_ADMIN),
        (Persona.ML_ENGINEER, _ML_ENGINEER),
        (Persona.DATA_SCIENTIST, _DATA_SCIENTIST),
        (Persona.DATA_ENGINEER, _DATA_ENGINEER),
        (Persona.ANALYST, _ANALYST),
        (Persona.AUDITOR, _AUDITOR),
        (Persona.CI, _CI),
    )
    for row in rows
)


LIMITS: Mapping[tuple[AccessScope, Role | CustomRole], str] = MappingProxyType(
    {
        (AccessScope.ML_STORAGE, Role.STORAGE_BLOB_DATA_CONTRIBUTOR): no_writing_in(RUN_ARTIFACTS_CONTAINER),
    }
)
"""What narrows a role on a scope, for personas and programs outside. Runs write what they register through the
workspace, so nobody needs to write there himself."""


def rows_for(kind: EnvironmentKind, scope: AccessScope) -> Iterator[AccessRow]:
    """The table's rows for one scope in one kind of environment, in the table's order."""
    return (row for row in ACCESS_TABLE if kind in row.kinds and row.scope is scope)


CROSS_ENVIRONMENT_ROLES: Mapping[CrossEnvironmentScope, tuple[AccessScope, Role | CustomRole]] = (
    MappingProxyType(
        {
            readable: (scope, Role.STORAGE_BLOB_DATA_READER)
            for readable, scope in (
                (CrossEnvironmentScope.ML_STORAGE, AccessScope.ML_STORAGE),
                (CrossEnvironmentScope.LAKE_RAW, AccessScope.LAKE_RAW),
                (CrossEnvironmentScope.LAKE_CURATED, AccessScope.LAKE_CURATED),
                (CrossEnvironmentScope.LAKE_FEATURES, AccessScope.LAKE_FEATURES),
                (CrossEnvironmentScope.LAKE_PREDICTIONS, AccessScope.LAKE_PREDICTIONS),
            )
        }
        | {
            CrossEnvironmentScope.ML_WORKSPACE: (AccessScope.ML_WORKSPACE, CustomRole.ML_JOB_OBSERVER),
            CrossEnvironmentScope.ML_REGISTRY: (AccessScope.ML_REGISTRY, CustomRole.ML_REGISTRY_READER),
        }
    )
)
"""What a reader from another environment gets for each scope that settings name: data, read-only, and no view of the
resource. Notebooks lie in the account's file share and stay with their environment."""


@dataclass(frozen=True)
class RightRow:
    """One thing that a right lets a workload identity do."""

    right: WorkloadRight
    scope: AccessScope
    role: Role | CustomRole
    reason: str


WORKLOAD_RIGHTS: tuple[RightRow, ...] = (
    RightRow(
        WorkloadRight.RUN_ML_JOBS,
        AccessScope.ML_WORKSPACE,
        CustomRole.ML_DATA_SCIENTIST_WITHOUT_COMPUTE,
        "starts jobs on compute that exists",
    ),
    RightRow(
        WorkloadRight.RUN_ML_JOBS,
        AccessScope.ML_STORAGE,
        Role.STORAGE_BLOB_DATA_CONTRIBUTOR,
        "uploads the jobs' code",
    ),
    RightRow(
        WorkloadRight.OBSERVE_ML_JOBS, AccessScope.ML_WORKSPACE, CustomRole.ML_JOB_OBSERVER, "waits for jobs"
    ),
    RightRow(
        WorkloadRight.CALL_ML_ENDPOINTS, AccessScope.ML_WORKSPACE, CustomRole.ML_ENDPOINT_CALLER, "scores"
    ),
    RightRow(
        WorkloadRight.READ_ML_STORAGE,
        AccessScope.ML_STORAGE,
        Role.STORAGE_BLOB_DATA_READER,
        "reads outputs",
    ),
    RightRow(
        WorkloadRight.READ_SECRETS,
        AccessScope.KEY_VAULT,
        Role.KEY_VAULT_SECRETS_USER,
        "reads secrets",
    ),
)
