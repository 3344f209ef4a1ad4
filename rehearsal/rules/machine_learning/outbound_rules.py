"""Outbound rules belong to a managed network, those by host name to one that only allows what is approved."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    workspace = world.find(resource.id.partition("/outboundRules/")[0])
    if workspace is None:
        return
    mode = workspace.text("managedNetwork.isolationMode")
    if mode in ("", "Disabled"):
        yield Violation(
            "workspaceName", f"{workspace.urn} has no managed network; set managed_network.isolation_mode"
        )
    elif resource.text("properties.type") == "FQDN" and mode != "AllowOnlyApprovedOutbound":
        yield Violation(
            "properties.type",
            f"host name rules need isolation mode AllowOnlyApprovedOutbound, and {workspace.urn} has {mode}; "
            "set it there, or leave the rule out",
        )


def _case(mode: str) -> Case:
    return Case(
        (
            declare(tokens.ML_WORKSPACE, {"managedNetwork": {"isolationMode": mode}}, name="workspace"),
            declare(tokens.ML_OUTBOUND_RULE, depends_on=("workspace",)),
        )
    )


RULE = Rule(
    id="AML016",
    service="Azure ML managed network",
    title="outbound rules fit the workspace's isolation mode",
    applies_to=(tokens.ML_OUTBOUND_RULE,),
    status=400,
    code="ValidationError",
    source="learn.microsoft.com machine-learning/how-to-managed-network",
    check=_check,
    trips=_case("AllowInternetOutbound"),
    passes=_case("AllowOnlyApprovedOutbound"),
)
