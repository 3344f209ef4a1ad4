"""Compute of a workspace with a managed network lies in that network."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import ML_SUBNET
from rehearsal.rules.examples import declare
from rehearsal.rules.machine_learning.outbound import isolation
from rehearsal.rules.rule import Case, Rule, Violation

_PATH = "properties.properties.subnet"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    workspace = world.find(resource.id.partition("/computes/")[0])
    if workspace is None or resource.value(_PATH) is None:
        return
    if mode := isolation(workspace):
        yield Violation(
            _PATH,
            f"{workspace.urn} has a managed network ({mode}), and its compute is created only there; leave subnet "
            "out, or set isolation_mode to 'Disabled'",
        )


def _case(mode: str) -> Case:
    return Case(
        (
            declare(tokens.ML_WORKSPACE, {"managedNetwork.isolationMode": mode}, name="workspace"),
            declare(tokens.ML_COMPUTE, {_PATH: ML_SUBNET}, depends_on=("workspace",)),
        )
    )


RULE = Rule(
    id="AML354",
    service="Azure ML compute",
    title="no subnet of one's own in a workspace with a managed network",
    applies_to=(tokens.ML_COMPUTE,),
    status=0,
    code="",
    source="learn.microsoft.com machine-learning/how-to-managed-network, limitations (MicrosoftDocs/azure-docs pull "
    "123745); hashicorp/terraform-provider-azurerm issue 29622",
    check=_check,
    trips=_case("AllowInternetOutbound"),
    passes=_case("Disabled"),
    severity=Severity.WARNING,
)
