"""Two ways of closing a deployment's egress, of which the pages ask for one at a time."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.ml_managed_network import OPEN_OUTBOUND
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.machine_learning.outbound import isolation, workspace
from rehearsal.rules.rule import Case, Rule, Violation

_EGRESS = "properties.egressPublicNetworkAccess"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    owner = world.find(resource.id.partition("/onlineEndpoints/")[0])
    if owner is None or not isolation(owner) or resource.text(_EGRESS) != "Disabled":
        return
    yield Violation(
        _EGRESS,
        f"is Disabled, and {owner.urn} has a managed network, which governs the deployment's egress too; leave it out "
        "of new deployments, unless the model comes from a closed registry, for which it is required (it cannot be "
        "changed later)",
    )


def _case(access: str) -> Case:
    return Case(
        (
            workspace(OPEN_OUTBOUND, changes={"provisionNetworkNow": True}),
            declare(tokens.ML_ONLINE_ENDPOINT, name="endpoint", depends_on=("workspace",)),
            declare(tokens.ML_ONLINE_DEPLOYMENT, {_EGRESS: access}, depends_on=("endpoint",)),
        )
    )


RULE = Rule(
    id="AML228",
    service="Azure ML online endpoints",
    title="a deployment's egress is closed in one way",
    applies_to=(tokens.ML_ONLINE_DEPLOYMENT,),
    status=0,
    code="",
    source=(
        "learn.microsoft.com machine-learning/concept-secure-online-endpoint; how-to-registry-network-isolation"
    ),
    check=_check,
    trips=_case("Disabled"),
    passes=_case("Enabled"),
    severity=Severity.WARNING,
)
