"""The platform's own roles as a table, how they are named, and what none of them may ever hold.

Does not own where they are defined (`infra.access.custom_roles`) or who has them (`infra.access.table`).
Every operation is written out: a wildcard would grow with each operation that the service adds. Operations are
from learn.microsoft.com role-based-access-control/permissions/ai-machine-learning (page of 2024-02-07).
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from infra.conventions.writing_roles import changes_something

_WORKSPACE = "Microsoft.MachineLearningServices/workspaces"
_CLUSTER = "Microsoft.ContainerService/managedClusters"
_REGISTRY = "Microsoft.MachineLearningServices/registries"
_ASSIGNING = "learn.microsoft.com machine-learning/how-to-assign-roles"

# Any fixed GUID will do; it must never change, because every role definition's GUID follows from it.
_DEFINITION_NAMESPACE = uuid.UUID("c3b6a1de-54f7-4a0c-9d1e-8b7e2f90a6c4")

OPERATION_PATTERN = r"^[A-Za-z]+(\.[A-Za-z]+)+(/[A-Za-z0-9_.]+)+/(read|write|delete|action)$"
"""One operation in full, as in Microsoft.MachineLearningServices/workspaces/jobs/read."""


class CustomRole(StrEnum):
    """The platform's own roles; the value is the key from which the role definition's GUID follows."""

    ML_DATA_SCIENTIST_WITHOUT_COMPUTE = "ml-data-scientist-without-compute"
    ML_JOB_OBSERVER = "ml-job-observer"
    ML_RUN_TRACKER = "ml-run-tracker"
    ML_HOUSEKEEPER = "ml-housekeeper"
    ML_INSTANCE_USER = "ml-instance-user"
    ML_ENDPOINT_CALLER = "ml-endpoint-caller"
    ML_REGISTRY_READER = "ml-registry-reader"
    ML_REGISTRY_PROMOTER = "ml-registry-promoter"
    AKS_COMMAND_RUNNER = "aks-command-runner"


@dataclass(frozen=True)
class CustomRoleDefinition:
    """One role of ours. `title` is what people see, without workload and environment."""

    title: str
    description: str
    actions: tuple[str, ...]
    source: str

    @property
    def writes(self) -> bool:
        """Whether its holder can change something."""
        return any(changes_something(action) for action in self.actions)


def _below(parent: str, *operations: str) -> tuple[str, ...]:
    return tuple(f"{parent}/{operation}" for operation in operations)


_OBSERVE = _below(
    _WORKSPACE,
    "read",
    "batchEndpoints/read",
    "batchEndpoints/deployments/read",
    "batchEndpoints/deployments/jobs/read",
    "batchEndpoints/jobs/read",
    "codes/read",
    "codes/versions/read",
    "components/read",
    "components/versions/read",
    "computes/read",
    "data/read",
    "data/versions/read",
    "datastores/read",
    "environments/read",
    "environments/versions/read",
    "experiments/read",
    "experiments/runs/read",
    "jobs/read",
    "jobs/operationresults/read",
    "metadata/artifacts/read",
    "metadata/snapshots/read",
    "models/read",
    "models/versions/read",
    "onlineEndpoints/read",
    "onlineEndpoints/deployments/read",
    "schedules/read",
)
_CALL = _below(_WORKSPACE, "onlineEndpoints/score/action", "onlineEndpoints/token/action")

CUSTOM_ROLES: Mapping[CustomRole, CustomRoleDefinition] = MappingProxyType(
    {
        CustomRole.ML_DATA_SCIENTIST_WITHOUT_COMPUTE: CustomRoleDefinition(
            "ML data scientist without compute",
            "Runs jobs, registers models and uses notebooks on compute that exists. Creates and deletes no "
            "compute, endpoint, datastore or connection, and reads no keys.",
            (
                *_OBSERVE,
                *_CALL,
                *_below(
                    _WORKSPACE,
                    # Calling a batch endpoint writes a job of it (how-to-authenticate-batch-endpoint).
                    "batchEndpoints/deployments/jobs/write",
                    "batchEndpoints/jobs/write",
                    "codes/write",
                    "codes/versions/write",
                    "components/write",
                    "components/versions/write",
                    "computes/applicationaccess/action",
                    "computes/applicationaccessuilinks/action",
                    "computes/listNodes/action",
                    "computes/restart/action",
                    "computes/start/action",
                    "computes/stop/action",
                    "connections/read",
                    "data/write",
                    "data/versions/write",
                    "datasets/read",
                    "datasets/registered/read",
                    "datasets/registered/preview/read",
                    "datasets/registered/profile/read",
                    "datasets/registered/schema/read",
                    "datasets/registered/write",
                    "datasets/unregistered/read",
                    "datasets/unregistered/write",
                    "datasets/versions/read",
                    "datasets/versions/write",
                    "endpoints/pipelines/read",
                    "endpoints/read",
                    # Submitting any v2 job asks for both build and readSecrets (the page's table of activities).
                    "environments/build/action",
                    "environments/readSecrets/action",
                    "environments/write",
                    "environments/versions/write",
                    "experiments/write",
                    "experiments/runs/submit/action",
                    "experiments/runs/write",
                    "features/read",
                    "jobs/cancel/action",
                    "jobs/write",
                    "linkedServices/read",
                    "listNotebookAccessToken/read",
                    "metadata/artifacts/write",
                    "metadata/snapshots/write",
                    "metrics/resource/write",
                    "models/write",
                    "models/versions/write",
                    "modules/read",
                    "modules/write",
                    "notebooks/samples/read",
                    "notebooks/storage/delete",
                    "notebooks/storage/download/action",
                    "notebooks/storage/read",
                    "notebooks/storage/upload/action",
                    "notebooks/storage/write",
                    "notebooks/vm/read",
                    "onlineEndpoints/deployments/getlogs/action",
                    "pipelinedrafts/read",
                    "pipelinedrafts/write",
                ),
            ),
            f"{_ASSIGNING} (Submitting any type of run; Data scientist restricted)",
        ),
        CustomRole.ML_JOB_OBSERVER: CustomRoleDefinition(
            "ML job observer",
            "Follows jobs, models, schedules and endpoints. Unlike Reader, reads neither notebook tokens nor "
            "secrets.",
            _OBSERVE,
            _ASSIGNING,
        ),
        CustomRole.ML_RUN_TRACKER: CustomRoleDefinition(
            "ML run tracker",
            "Logs runs and registers models by MLflow, from outside. Changes no endpoint, deployment, datastore, "
            "environment or compute, and deletes nothing.",
            _below(
                _WORKSPACE,
                "read",
                "datastores/read",
                "experiments/read",
                "experiments/write",
                "experiments/runs/read",
                "experiments/runs/write",
                "jobs/read",
                # A run is a job of the newer API. Submitting one to compute asks for environments/build too.
                "jobs/write",
                "jobs/operationresults/read",
                "metadata/artifacts/read",
                "metadata/artifacts/write",
                "metrics/resource/write",
                "models/read",
                "models/write",
                "models/versions/read",
                "models/versions/write",
            ),
            f"{_ASSIGNING} (MLflow operations; Data scientist restricted), read 2026-11-30",
        ),
        CustomRole.ML_HOUSEKEEPER: CustomRoleDefinition(
            "ML housekeeper",
            "Lists endpoints and archives old runs. Changes no endpoint, model, datastore or environment.",
            (*_OBSERVE, *_below(_WORKSPACE, "experiments/runs/write", "jobs/write")),
            f"{_ASSIGNING} (MLflow operations: updating a job), read 2026-11-30",
        ),
        CustomRole.ML_INSTANCE_USER: CustomRoleDefinition(
            "ML instance user",
            "Starts, stops and opens compute instances. Which of them can be opened, the instance says: only the "
            "one that is assigned to the caller. What is done there is done with that person's own rights.",
            _below(
                _WORKSPACE,
                "read",
                "computes/read",
                "computes/applicationaccess/action",
                "computes/applicationaccessuilinks/action",
                "computes/listNodes/action",
                "computes/restart/action",
                "computes/start/action",
                "computes/stop/action",
                # The studio shows notebooks and opens a terminal; it is no way to change them, which the instance is.
                "notebooks/samples/read",
                "notebooks/storage/download/action",
                "notebooks/storage/read",
                "notebooks/vm/read",
            ),
            "learn.microsoft.com machine-learning/how-to-create-compute-instance, operations of a user; "
            "how-to-disable-local-auth-storage",
        ),
        CustomRole.ML_ENDPOINT_CALLER: CustomRoleDefinition(
            "ML endpoint caller",
            "Finds online endpoints and scores with them. Reads no key: keys do not expire and name nobody. A "
            "batch endpoint's caller writes jobs, which is more than calling.",
            (
                *_below(_WORKSPACE, "read", "onlineEndpoints/read", "onlineEndpoints/deployments/read"),
                *_CALL,
            ),
            "learn.microsoft.com machine-learning/concept-endpoints-online-auth",
        ),
        CustomRole.ML_REGISTRY_READER: CustomRoleDefinition(
            "ML registry reader",
            "Uses models, components and environments of an ML registry.",
            _below(_REGISTRY, "read", "assets/read"),
            "learn.microsoft.com machine-learning/how-to-manage-registries",
        ),
        CustomRole.ML_REGISTRY_PROMOTER: CustomRoleDefinition(
            "ML registry promoter",
            "Adds assets to an ML registry and sets their stage. Deletes none, so that what was promoted stays.",
            _below(_REGISTRY, "read", "assets/read", "assets/write", "assets/stage/write"),
            "learn.microsoft.com machine-learning/how-to-manage-registries",
        ),
        CustomRole.AKS_COMMAND_RUNNER: CustomRoleDefinition(
            "AKS command runner",
            "Runs kubectl in the cluster through Resource Manager (az aks command invoke), without a way into its "
            "network. What a command may do there, the holder's Kubernetes role says.",
            _below(_CLUSTER, "read", "runcommand/action", "commandResults/read"),
            "learn.microsoft.com aks/access-private-cluster (2025-06-10, read 2026-11-30)",
        ),
    }
)


def custom_role_guid(role: CustomRole, scope_id: str) -> str:
    """The GUID of `role` as defined at `scope_id`: known before it is deployed, the same in whatever case."""
    return str(uuid.uuid5(_DEFINITION_NAMESPACE, f"{scope_id.rstrip('/')}|{role}".lower()))


def custom_role_name(role: CustomRole, workload: str, environment: str) -> str:
    """The name that people see.

    Unique in the Entra tenant, not in the scope (RoleDefinitionWithSameNameExists: learn.microsoft.com
    role-based-access-control/custom-roles), so it carries workload and environment.
    """
    return f"{CUSTOM_ROLES[role].title} ({workload} {environment})"


_ESCALATIONS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r".*\*.*"), "has a wildcard, which grows with the service; write each operation out"),
    (
        re.compile(r"microsoft\.authorization/(?!.*/read$).*"),
        "lets its holder give himself any right; access is given by the access table alone",
    ),
    (
        re.compile(
            r"microsoft\.managedidentity/userassignedidentities/(assign/action|federatedidentitycredentials/write)"
        ),
        "lets its holder act as an identity; let CI assign identities",
    ),
    (
        re.compile(r"microsoft\.keyvault/vaults/(write|accesspolicies/write)"),
        "lets its holder open the vault to himself; give Key Vault Secrets Officer by the access table",
    ),
    (
        re.compile(
            r".*/(list\w*keys?|listcredentials|listsecrets|listcluster\w*credential|regeneratekeys?)/action"
        ),
        "hands out a key that works for anybody and names nobody; give a data role instead",
    ),
)


def escalations(actions: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each operation that would let its holder reach more than the role says, and what would be right."""
    for action in actions:
        lowered = action.lower()
        why = next((text for pattern, text in _ESCALATIONS if pattern.fullmatch(lowered)), None)
        if why:
            yield action, why
