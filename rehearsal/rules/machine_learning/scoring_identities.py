"""Scoring on a cluster over storage that is closed: the identities that Azure's pages ask for."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.kubernetes_scoring import ROLES_ON_CLOSED_STORAGE, SOURCE, SYSTEM_ASSIGNED
from azure_facts.roles import Role
from rehearsal.cloud.identities import principal_id
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import ML_WORKSPACE_ID
from rehearsal.rules.examples import declare
from rehearsal.rules.machine_learning.outbound import grant, holds
from rehearsal.rules.rule import Case, Ref, Rule, Violation

_PATH = "identity.type"
_CLOSED = "Disabled"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    workspace = world.find(resource.id.partition("/computes/")[0])
    account = world.find(workspace.text("storageAccount")) if workspace else None
    if (
        workspace is None
        or account is None
        or resource.text("properties.computeType") != "Kubernetes"
        or account.text("publicNetworkAccess") != _CLOSED
    ):
        return
    if SYSTEM_ASSIGNED not in workspace.text(_PATH):
        yield Violation(
            _PATH,
            f"is attached to {workspace.urn}, which has no system-assigned identity: the closed {account.urn} lets "
            "only such a one in as a trusted service; add SystemAssigned to the workspace",
        )
    if workspace.value("hbiWorkspace") is not True:
        return
    if SYSTEM_ASSIGNED not in resource.text(_PATH):
        yield Violation(
            _PATH,
            f"is {resource.text(_PATH) or 'missing'}; attached to a workspace with high business impact, give "
            "SystemAssigned",
        )
        return
    for role in ROLES_ON_CLOSED_STORAGE:
        if not holds(world, principal_id(resource.id), role, account.id):
            yield Violation(
                _PATH, f"holds no {role} on {account.urn}; grant it to the compute's own identity"
            )


def _case(identity: str, roles: tuple[Role, ...]) -> Case:
    workspace = {
        "storageAccount": Ref("account"),
        "hbiWorkspace": True,
        "identity": {"type": SYSTEM_ASSIGNED},
    }
    attach = {
        "computeType": "Kubernetes",
        "resourceId": Ref("cluster"),
        "properties": {"namespace": "default"},
    }
    compute = principal_id(f"{ML_WORKSPACE_ID}/computes/aks")
    return Case(
        (
            declare(tokens.STORAGE_ACCOUNT, {"publicNetworkAccess": _CLOSED}, name="account"),
            declare(tokens.AKS, {"agentPoolProfiles[0].count": 3}, name="cluster"),
            declare(tokens.EXTENSION, name="extension", depends_on=("cluster",)),
            declare(tokens.ML_WORKSPACE, workspace, name="workspace"),
            declare(
                tokens.ML_COMPUTE,
                {"computeName": "aks", "identity": {"type": identity}, "properties": attach},
                depends_on=("workspace", "extension"),
            ),
            *(
                grant(Ref("account"), compute, role, f"grant-{index}", ("subject",))
                for index, role in enumerate(roles)
            ),
        )
    )


RULE = Rule(
    id="AML260",
    service="Azure ML compute",
    title="a cluster that scores over closed storage has the identities that the pages ask for",
    applies_to=(tokens.ML_COMPUTE,),
    status=0,
    code="",
    source=str(SOURCE),
    check=_check,
    trips=_case(SYSTEM_ASSIGNED, ROLES_ON_CLOSED_STORAGE[:1]),
    passes=_case(SYSTEM_ASSIGNED, ROLES_ON_CLOSED_STORAGE),
    severity=Severity.WARNING,
)
