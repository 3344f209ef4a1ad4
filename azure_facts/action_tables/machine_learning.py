"""Azure Machine Learning: workspaces, endpoints, registries. A workspace answers under one private link group, for its
control plane and for what it serves itself."""

from __future__ import annotations

import datetime

from azure_facts.action_tables.action import RESOURCE_MANAGER, Action, Trial, Where, operations
from azure_facts.source import Source

_READ = datetime.date(2026, 11, 30)
_ROLES = Source("learn.microsoft.com azure/machine-learning/how-to-assign-roles", _READ)
_ENDPOINTS = Source("learn.microsoft.com azure/machine-learning/how-to-authenticate-online-endpoint", _READ)
_BATCH = Source("learn.microsoft.com azure/machine-learning/how-to-authenticate-batch-endpoint", _READ)
_REGISTRIES = Source("learn.microsoft.com azure/machine-learning/how-to-manage-registries", _READ)
_REGISTRY_NETWORK = Source(
    "learn.microsoft.com azure/machine-learning/how-to-registry-network-isolation, use assets", _READ
)
_OPERATIONS = Source(
    "learn.microsoft.com azure/role-based-access-control/permissions/ai-machine-learning", _READ
)
_WORKSPACE = "Microsoft.MachineLearningServices/workspaces"
_REGISTRY = "Microsoft.MachineLearningServices/registries"
_GROUP = ("amlworkspace",)


def _of_workspace(
    word: str, source: Source, *names: str, trial: Trial = Trial.ASK_PERMISSIONS, at: Where = Where.OBJECT
) -> Action:
    return Action(
        word,
        source,
        operations(*(f"{_WORKSPACE}/{name}" for name in names), at=at),
        groups=_GROUP,
        trial=trial,
    )


def _of_registry(word: str, *names: str) -> Action:
    return Action(
        word,
        _REGISTRIES,
        operations(*(f"{_REGISTRY}/{name}" for name in names)),
        groups=("amlregistry",),
        trial=Trial.ASK_PERMISSIONS,
    )


MACHINE_LEARNING_ACTIONS: tuple[Action, ...] = (
    _of_workspace("open the studio", _ROLES, "read", trial=Trial.READ_RESOURCE),
    _of_workspace("see notebooks", _OPERATIONS, "notebooks/storage/read", "notebooks/vm/read"),
    _of_workspace("use a notebook", _OPERATIONS, "notebooks/storage/read", "notebooks/storage/write"),
    _of_workspace("open an instance", _OPERATIONS, "computes/read", "computes/applicationaccess/action"),
    _of_workspace("start an instance", _OPERATIONS, "computes/read", "computes/start/action"),
    _of_workspace("make compute", _OPERATIONS, "computes/read", "computes/write"),
    _of_workspace(
        "submit a training job",
        _ROLES,
        "read",
        "jobs/write",
        "environments/build/action",
        "environments/readSecrets/action",
        "experiments/runs/submit/action",
        "metadata/artifacts/write",
        trial=Trial.RUN,
    ),
    _of_workspace("follow jobs", _ROLES, "jobs/read", "experiments/runs/read"),
    _of_workspace(
        "track runs",
        _ROLES,
        "experiments/write",
        "experiments/runs/write",
        "metadata/artifacts/write",
        "metrics/resource/write",
    ),
    _of_workspace("archive runs", _ROLES, "onlineEndpoints/read", "experiments/runs/write", "jobs/write"),
    _of_workspace("register models", _ROLES, "models/versions/write"),
    _of_workspace("read models", _ROLES, "models/read", "models/versions/read"),
    _of_workspace("find endpoints", _ENDPOINTS, "onlineEndpoints/read", "onlineEndpoints/deployments/read"),
    # A Kubernetes endpoint takes keys and tokens of the workspace, no Entra token: the right is that to the token, and
    # the road to the scoring URL is another one.
    _of_workspace("get a scoring token", _ENDPOINTS, "onlineEndpoints/read", "onlineEndpoints/token/action"),
    _of_workspace("score", _ENDPOINTS, "onlineEndpoints/score/action", trial=Trial.SWAGGER),
    Action("use the endpoint", _ENDPOINTS, groups=_GROUP, trial=Trial.SWAGGER),
    _of_workspace(
        "release deployments",
        _ENDPOINTS,
        "onlineEndpoints/write",
        "onlineEndpoints/deployments/write",
        "models/versions/write",
    ),
    _of_workspace("start batch scoring", _BATCH, "batchEndpoints/read", "batchEndpoints/jobs/write"),
    # Endpoints' own logs; those of jobs are artifacts.
    _of_workspace("read deployment logs", _ENDPOINTS, "onlineEndpoints/deployments/getlogs/action"),
    Action(
        "manage the workspace",
        _ROLES,
        operations(f"{_WORKSPACE}/read", f"{_WORKSPACE}/write", f"{_WORKSPACE}/computes/write"),
        host=RESOURCE_MANAGER,
        trial=Trial.ASK_PERMISSIONS,
    ),
    # Through Resource Manager, which is open where the workspace is not.
    Action(
        "start the scheduled job",
        _OPERATIONS,
        operations(f"{_WORKSPACE}/schedules/read", f"{_WORKSPACE}/jobs/write"),
        host=RESOURCE_MANAGER,
        trial=Trial.ASK_PERMISSIONS,
    ),
    _of_registry("read registered assets", "read", "assets/read"),
    # A registry keeps files and images in accounts of its own; it hands out a signed address, so no right on them.
    Action("fetch registered files", _REGISTRY_NETWORK, groups=("blob",)),
    Action("fetch registered images", _REGISTRY_NETWORK, groups=("registry",)),
    _of_registry("promote models", "read", "assets/write", "assets/stage/write"),
)
