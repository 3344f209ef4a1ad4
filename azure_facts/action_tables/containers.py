"""Images and Kubernetes."""

from __future__ import annotations

import datetime

from azure_facts.action_tables.action import (
    RESOURCE_MANAGER,
    Action,
    KubernetesRight,
    Trial,
    Where,
    operations,
)
from azure_facts.source import Source

_READ = datetime.date(2026, 11, 30)
_ROLES = Source("learn.microsoft.com azure/role-based-access-control/built-in-roles/containers", _READ)
_KUBERNETES = Source("learn.microsoft.com azure/aks/manage-azure-rbac", _READ)
_COMMANDS = Source("learn.microsoft.com azure/aks/access-private-cluster", _READ)
_ATTACHING = Source("learn.microsoft.com azure/machine-learning/how-to-attach-kubernetes-to-workspace", _READ)
_TRUSTED_ACCESS = Source(
    "learn.microsoft.com rest/api/aks/trusted-access-role-bindings/create-or-update", _READ
)
_REGISTRY = "Microsoft.ContainerRegistry/registries"
_CLUSTER = "Microsoft.ContainerService/managedClusters"

CONTAINER_ACTIONS: tuple[Action, ...] = (
    Action(
        "pull images",
        _ROLES,
        operations(f"{_REGISTRY}/pull/read"),
        groups=("registry",),
        trial=Trial.REGISTRY_TOKEN,
    ),
    Action(
        "push images",
        _ROLES,
        operations(f"{_REGISTRY}/pull/read", f"{_REGISTRY}/push/write"),
        groups=("registry",),
        trial=Trial.REGISTRY_TOKEN,
    ),
    Action(
        "manage the registry",
        _ROLES,
        operations(f"{_REGISTRY}/read", f"{_REGISTRY}/write", at=Where.RESOURCE),
        host=RESOURCE_MANAGER,
        trial=Trial.ASK_PERMISSIONS,
    ),
    Action(
        "fetch a kubeconfig",
        _KUBERNETES,
        operations(f"{_CLUSTER}/read", f"{_CLUSTER}/listClusterUserCredential/action"),
        host=RESOURCE_MANAGER,
        trial=Trial.ASK_PERMISSIONS,
    ),
    Action(
        "kubectl get",
        _KUBERNETES,
        operations(f"{_CLUSTER}/pods/read", data=True),
        kubernetes=KubernetesRight("get", "pods"),
        groups=("management",),
        trial=Trial.ASK_KUBERNETES,
    ),
    Action(
        "kubectl apply",
        _KUBERNETES,
        operations(f"{_CLUSTER}/apps/deployments/write", f"{_CLUSTER}/namespaces/write", data=True),
        kubernetes=KubernetesRight("update", "deployments.apps"),
        groups=("management",),
        trial=Trial.ASK_KUBERNETES,
    ),
    Action(
        "run kubectl through Resource Manager",
        _COMMANDS,
        operations(f"{_CLUSTER}/read", f"{_CLUSTER}/runcommand/action", f"{_CLUSTER}/commandResults/read"),
        host=RESOURCE_MANAGER,
        trial=Trial.ASK_PERMISSIONS,
    ),
    Action(
        "set up trusted access",
        _TRUSTED_ACCESS,
        operations(
            f"{_CLUSTER}/trustedAccessRoleBindings/read", f"{_CLUSTER}/trustedAccessRoleBindings/write"
        ),
        host=RESOURCE_MANAGER,
        trial=Trial.NONE,
    ),
    # The binding itself is the right: the service is let in at the API server, or is not.
    Action("use the cluster as a trusted service", _TRUSTED_ACCESS, groups=("management",), trial=Trial.NONE),
    Action(
        "attach the cluster",
        _ATTACHING,
        operations(f"{_CLUSTER}/read", f"{_CLUSTER}/listClusterAdminCredential/action"),
        host=RESOURCE_MANAGER,
        trial=Trial.NONE,
    ),
)
