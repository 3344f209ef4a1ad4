"""IP access lists only work where they are switched on."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.databricks.workspace_settings import of_the_same_workspace, setting
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_IP_LIST = "databricks:index/ipAccessList:IpAccessList"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """Somebody else's workspace may have them on."""
    switches = [
        conf
        for conf in of_the_same_workspace(resource, world)
        if setting(conf, "enableIpAccessLists").lower() == "true"
    ]
    if any(world.depends_on(resource, conf) for conf in switches):
        return
    provider = world.provider_of(resource)
    made_here = provider is not None and world.find(provider.value("azureWorkspaceResourceId")) is not None
    if switches or made_here:
        yield Violation(
            "",
            "IP access lists are off in a new workspace; set enableIpAccessLists to 'true' in a WorkspaceConf and "
            "put it into depends_on",
        )


_LIST = {"label": "office", "listType": "ALLOW", "ipAddresses": ["203.0.113.0/24"]}

RULE = Rule(
    id="DBX019",
    service="Databricks IP access list",
    title="lists come after the setting that switches them on",
    applies_to=(_IP_LIST,),
    status=404,
    code="FEATURE_DISABLED",
    source="terraform-provider-databricks docs/resources/ip_access_list.md",
    check=_check,
    trips=Case((declare(tokens.WORKSPACE_CONF, name="conf"), Declared(_IP_LIST, _LIST))),
    passes=Case(
        (declare(tokens.WORKSPACE_CONF, name="conf"), Declared(_IP_LIST, _LIST, depends_on=("conf",)))
    ),
)
