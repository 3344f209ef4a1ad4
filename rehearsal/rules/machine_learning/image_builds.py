"""Where a workspace builds images when its registry is closed."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Ref, Rule, Violation

_MODE = "managedNetwork.isolationMode"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    registry = world.find(resource.text("containerRegistry"))
    if registry is None or registry.external or registry.text("publicNetworkAccess") != "Disabled":
        return
    if not resource.value("imageBuildCompute") and resource.text(_MODE) in ("", "Disabled"):
        yield Violation(
            "imageBuildCompute",
            f"{registry.urn} takes no public traffic, so its own tasks build no image: name a compute cluster",
        )


def _case(compute: str) -> Case:
    registry = declare(
        tokens.REGISTRY, {"sku.name": "Premium", "publicNetworkAccess": "Disabled"}, name="registry"
    )
    changes = {"containerRegistry": Ref("registry"), **({"imageBuildCompute": compute} if compute else {})}
    return Case((registry, declare(tokens.ML_WORKSPACE, changes)))


RULE = Rule(
    id="AML352",
    service="Azure ML workspace",
    title="a workspace with a closed registry names the compute that builds its images",
    applies_to=(tokens.ML_WORKSPACE,),
    status=0,
    code="",
    source="learn.microsoft.com azure/machine-learning/tutorial-create-secure-workspace-vnet",
    check=_check,
    trips=_case(""),
    passes=_case("cpu-builds"),
    severity=Severity.WARNING,
)
