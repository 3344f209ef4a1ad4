"""What one row of the table of actions says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from azure_facts.source import Source


class Where(StrEnum):
    """On which resource Azure asks for an operation, seen from the object of the action."""

    OBJECT = "the object"
    RESOURCE = "the top resource that the object is part of, such as a container's account"
    RESOURCE_GROUP = "the resource group of the object"


@dataclass(frozen=True)
class Operation:
    """One operation of Azure. `{type}` in `name` is the ARM type of the resource at `at`."""

    name: str
    data: bool = False
    at: Where = Where.OBJECT


@dataclass(frozen=True)
class Privilege:
    """One privilege of Unity Catalog. It counts on the object, or on what contains it: `USE_SCHEMA` of a table is
    that of its schema."""

    name: str


@dataclass(frozen=True)
class KubernetesRight:
    """What Kubernetes itself asks for: `get` on `pods`."""

    verb: str
    resource: str


@dataclass(frozen=True)
class ClusterContent:
    """What code on a Databricks cluster finds there: Python packages by name, and environment variables. A workspace
    that is linked to Azure ML sets the variables of tracking by itself (learn.microsoft.com
    azure/machine-learning/how-to-use-mlflow-azure-databricks, read 2026-11-30)."""

    packages: tuple[str, ...]
    variables: tuple[str, ...]


class Trial(StrEnum):
    """How an action is tried on the real platform. None of them changes anything, but for `RUN`."""

    CONNECT = "connect: the name resolves, the port answers, the certificate is the host's"
    READ_RESOURCE = "read the resource through Resource Manager"
    ASK_PERMISSIONS = "ask Resource Manager for the caller's own permissions on the object"
    LIST_BLOBS = "list one blob of the container, or one container of the account"
    LIST_FILES = "list one share of the account"
    LIST_QUEUES = "list one queue of the account"
    LIST_TABLES = "list one table of the account"
    LIST_SECRETS = "list one secret's metadata"
    REGISTRY_TOKEN = "ask the registry for a token of the scope"
    QUERY_LOGS = "run a query that returns one constant row"
    SELECT_ONE = "run SELECT 1"
    READ_TABLE = "run SELECT of no rows from the table"
    SWAGGER = "read the endpoint's swagger"
    READ_DATABRICKS = "read the object through the Databricks API"
    ASK_DATABRICKS = "ask Databricks for the caller's own permissions on the object"
    ASK_KUBERNETES = "ask the API server whether the caller may (SelfSubjectAccessReview)"
    RUN = "start a run that does nothing, only where that is asked for"
    NONE = "cannot be tried from outside"


@dataclass(frozen=True)
class Action:
    """One word of the vocabulary, and what it takes. Empty `operations`, `level`, `entitlement`, `privileges`,
    `kubernetes` and `cluster` mean that the action takes a road, and no right of Azure, Databricks or Kubernetes.

    `operations`: all of them are needed.
    `level`: the weakest permission of a Databricks object that gives it; stronger ones do too.
    `entitlement`: one of the Databricks workspace, as the argument of `databricks.Entitlements`; `admin` of none.
    `privileges`: all of them are needed; owners of the object or of what contains it need none.
    `cluster`: what the object, a cluster or a cluster policy, must install and set besides.
    `groups`: sub-resources of private link, the first where a promise names none. Empty: the host is not one of the
    object's own, such as Resource Manager's in `host`.
    `needs_road`: false for what Azure does by itself, over no network that anybody declares.
    """

    word: str
    source: Source
    operations: tuple[Operation, ...] = ()
    level: str = ""
    entitlement: str = ""
    privileges: tuple[Privilege, ...] = ()
    kubernetes: KubernetesRight | None = None
    cluster: ClusterContent | None = None
    groups: tuple[str, ...] = ()
    host: str = ""
    port: int = 443
    needs_road: bool = True
    trial: Trial = Trial.CONNECT

    @property
    def takes_a_right(self) -> bool:
        """Whether somebody may be refused although the road is open."""
        rights = (
            self.operations,
            self.level,
            self.entitlement,
            self.privileges,
            self.kubernetes,
            self.cluster,
        )
        return any(rights)


RESOURCE_MANAGER = "management.azure.com"
"""Where control-plane operations are asked for, whatever the resource."""


def operations(*names: str, data: bool = False, at: Where = Where.OBJECT) -> tuple[Operation, ...]:
    """Several operations on the same resource."""
    return tuple(Operation(name, data, at) for name in names)


def privileges(*names: str) -> tuple[Privilege, ...]:
    """Several privileges of Unity Catalog."""
    return tuple(Privilege(name) for name in names)
