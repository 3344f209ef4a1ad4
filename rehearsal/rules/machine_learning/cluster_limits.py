"""How many endpoints and deployments one Kubernetes cluster serves."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import CLUSTER_ID, ML_WORKSPACE_ID
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_MOST_ENDPOINTS = 60
_MOST_DEPLOYMENTS = 100


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """Every attach of the cluster counts, in any workspace."""
    if resource.text("properties.computeType") != "Kubernetes":
        return
    cluster = resource.text("properties.resourceId").lower()
    attaches = [
        attach
        for attach in world.of_types((tokens.ML_COMPUTE,))
        if attach.text("properties.resourceId").lower() == cluster
    ]
    if resource.order != min((attach.order for attach in attaches), default=-1):
        return
    by_compute = world.grouped((tokens.ML_ONLINE_ENDPOINT,), _compute)
    endpoints = [one for attach in attaches for one in by_compute.get(attach.id.lower(), ())]
    by_endpoint = world.grouped((tokens.ML_ONLINE_DEPLOYMENT,), _endpoint)
    deployments = sum(len(by_endpoint.get(one.id.lower(), ())) for one in endpoints)
    for count, most, what in (
        (len(endpoints), _MOST_ENDPOINTS, "endpoints"),
        (deployments, _MOST_DEPLOYMENTS, "deployments"),
    ):
        if count > most:
            yield Violation(
                "properties.resourceId",
                f"{count} {what} on one cluster; {most} at most, put the others on a second one",
            )


def _compute(endpoint: Resource) -> str:
    return endpoint.text("properties.compute").lower()


def _endpoint(deployment: Resource) -> str:
    return deployment.id.lower().rpartition("/deployments/")[0]


def _case(endpoints: int) -> Case:
    attach = declare(
        tokens.ML_COMPUTE,
        {"computeName": "aks", "properties": {"computeType": "Kubernetes", "resourceId": CLUSTER_ID}},
        name="attach",
    )
    served = {"properties": {"authMode": "Key", "compute": f"{ML_WORKSPACE_ID}/computes/aks"}}
    many: list[Declared] = [
        declare(
            tokens.ML_ONLINE_ENDPOINT,
            {**served, "endpointName": f"ep-{number}-dev"},
            name=f"endpoint{number}",
            depends_on=("attach",),
        )
        for number in range(endpoints)
    ]
    return Case((attach, *many))


RULE = Rule(
    id="AML037",
    service="Azure ML compute",
    title="60 endpoints and 100 deployments on each Kubernetes cluster",
    applies_to=(tokens.ML_COMPUTE,),
    status=400,
    code="BadArgument",
    source="learn.microsoft.com machine-learning/how-to-manage-quotas (online endpoints)",
    check=_check,
    trips=_case(_MOST_ENDPOINTS + 1),
    passes=_case(2),
)
