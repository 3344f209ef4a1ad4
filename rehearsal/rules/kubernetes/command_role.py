"""A role whose one purpose is to run commands in a cluster opens nothing where the cluster takes none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rehearsal.cloud.service_values import guid
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Declared, Ref, Rule, Violation

_CLUSTER = "Microsoft.ContainerService/managedClusters"
_RUNS = f"{_CLUSTER}/runcommand/action"
_FOR_COMMANDS = frozenset(
    action.lower() for action in (_RUNS, f"{_CLUSTER}/commandResults/read", f"{_CLUSTER}/read")
)


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """A role that allows more has other purposes, so nothing is said of it."""
    cluster = world.find(resource.text("scope"))
    if cluster is None or cluster.type != tokens.AKS:
        return
    roles = world.grouped((tokens.ROLE_DEFINITION,), _guid)
    actions = {
        str(action).lower()
        for role in roles.get(resource.text("roleDefinitionId").lower().rpartition("/")[2], ())
        for permission in role.items("permissions")
        for action in _texts(permission, "actions")
    }
    if (
        _RUNS.lower() in actions
        and actions <= _FOR_COMMANDS
        and cluster.value("apiServerAccessProfile.disableRunCommand") is True
    ):
        yield Violation(
            "scope",
            f"{cluster.urn} takes no commands (disableRunCommand), so the role opens nothing; allow them there, or "
            "leave the assignment out",
        )


def _guid(role: Resource) -> str:
    """Its id, wherever it is defined: an assignment may name it by another scope."""
    return role.id.lower().rpartition("/")[2]


def _texts(permission: Mapping[str, object], name: str) -> Iterator[object]:
    stated = permission.get(name)
    yield from stated if isinstance(stated, list) else ()


def _case(*, commands: bool) -> Case:
    profile = {"apiServerAccessProfile": {"disableRunCommand": not commands}}
    role = {
        "roleDefinitionId": guid("command", "role"),
        "roleName": "AKS command runner (ml dev)",
        "scope": GROUP,
        "assignableScopes": [GROUP],
        "permissions": [{"actions": [f"{_CLUSTER}/read", _RUNS]}],
    }
    assignment = {
        "scope": Ref("cluster"),
        "roleAssignmentName": guid("command", "grant"),
        "principalId": guid("command", "group"),
        "principalType": "Group",
        "roleDefinitionId": Ref("role"),
    }
    return Case(
        (
            declare(tokens.AKS, profile, name="cluster"),
            Declared(tokens.ROLE_DEFINITION, role, name="role"),
            Declared(tokens.ROLE_ASSIGNMENT, assignment),
        )
    )


RULE = Rule(
    id="KS300",
    service="AKS",
    title="a role to run commands is given on a cluster that takes them",
    applies_to=(tokens.ROLE_ASSIGNMENT,),
    status=0,
    code="",
    source="learn.microsoft.com aks/access-private-cluster, disable command invoke (read 2026-11-30)",
    check=_check,
    trips=_case(commands=False),
    passes=_case(commands=True),
    severity=Severity.WARNING,
)
