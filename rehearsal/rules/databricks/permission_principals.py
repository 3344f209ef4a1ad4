"""Each entry of a permission list names one principal; one of them at most owns the object."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.guids import is_guid
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import SOMEBODY
from rehearsal.rules.examples import REMOVE, declare
from rehearsal.rules.rule import Case, Rule, Violation

_PRINCIPALS = ("userName", "groupName", "servicePrincipalName")


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    controls = resource.items("accessControls")
    for index, control in enumerate(controls):
        named = [(kind, str(control[kind])) for kind in _PRINCIPALS if isinstance(control.get(kind), str)]
        path = f"accessControls[{index}]"
        if len(named) > 1:
            yield Violation(
                path, f"names {' and '.join(kind for kind, _ in named)}; one principal for each entry"
            )
        for kind, name in named:
            if kind == "servicePrincipalName" and not is_guid(name):
                yield Violation(f"{path}.{kind}", f"'{name}' must be the application id (a GUID), not a name")
    if sum(control.get("permissionLevel") == "IS_OWNER" for control in controls) > 1:
        yield Violation(
            "accessControls", "more than one IS_OWNER; an object has one owner, give the others CAN_MANAGE"
        )


RULE = Rule(
    id="DBX025",
    service="Databricks permissions",
    title="one principal for each entry, service principals by application id, one owner",
    applies_to=(tokens.PERMISSIONS,),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="terraform-provider-databricks docs/resources/permissions.md",
    check=_check,
    trips=Case(
        (
            declare(
                tokens.PERMISSIONS,
                {
                    "clusterPolicyId": REMOVE,
                    "jobId": "123456789012345",
                    "accessControls": [
                        {"userName": "ada@example.com", "permissionLevel": "IS_OWNER"},
                        {"servicePrincipalName": "sp-train-dev", "permissionLevel": "IS_OWNER"},
                    ],
                },
            ),
        )
    ),
    passes=Case(
        (
            declare(
                tokens.PERMISSIONS,
                {"accessControls": [{"servicePrincipalName": SOMEBODY, "permissionLevel": "CAN_USE"}]},
            ),
        )
    ),
)
