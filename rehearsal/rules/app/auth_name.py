"""An app's sign-in has one name."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.example_azure import GROUP_NAME
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_AUTH = "azure-native:app:ContainerAppsAuthConfig"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    name = resource.text("authConfigName")
    if name and name != "current":
        yield Violation("authConfigName", f"'{name}' takes no effect; the only name is 'current'")


def _case(name: str) -> Case:
    inputs = {
        "resourceGroupName": GROUP_NAME,
        "containerAppName": "ca-ui-dev",
        "authConfigName": name,
        "platform": {"enabled": True},
    }
    return Case((Declared(_AUTH, inputs),))


RULE = Rule(
    id="APP151",
    service="Container Apps sign-in",
    title="the sign-in is called current",
    applies_to=(_AUTH,),
    status=400,
    code="AuthConfigNameInvalid",
    source="learn.microsoft.com rest/api/containerapps container-apps-auth-configs create-or-update",
    check=_check,
    trips=_case("entra"),
    passes=_case("current"),
)
