"""Workload identity needs the cluster's token issuer."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_PATH = "securityProfile.workloadIdentity.enabled"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.value(_PATH) is True and resource.value("oidcIssuerProfile.enabled") is not True:
        yield Violation(_PATH, "needs the OIDC issuer; set oidc_issuer_profile={'enabled': True}")


RULE = Rule(
    id="AKS003",
    service="AKS",
    title="workload identity only with the OIDC issuer",
    applies_to=(tokens.AKS,),
    status=400,
    code="InvalidParameter",
    source="learn.microsoft.com azure/aks/workload-identity-deploy-cluster",
    check=_check,
    trips=Case((declare(tokens.AKS, {_PATH: True}),)),
    passes=Case((declare(tokens.AKS, {_PATH: True, "oidcIssuerProfile": {"enabled": True}}),)),
)
