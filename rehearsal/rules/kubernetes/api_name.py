"""A private API server has a name that somebody resolves."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_PROFILE = "apiServerAccessProfile"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    without_zone = resource.text(f"{_PROFILE}.privateDNSZone").lower() == "none"
    if without_zone and resource.value(f"{_PROFILE}.enablePrivateClusterPublicFQDN") is False:
        yield Violation(
            f"{_PROFILE}.privateDNSZone",
            "'none' without a public name leaves the API server without any; use 'system' or a zone's id, or set "
            "enablePrivateClusterPublicFQDN",
        )


def _case(*, public_name: bool) -> Case:
    profile = {
        "enablePrivateCluster": True,
        "privateDNSZone": "none",
        "enablePrivateClusterPublicFQDN": public_name,
    }
    return Case((declare(tokens.AKS, {_PROFILE: profile}),))


RULE = Rule(
    id="AKS209",
    service="AKS",
    title="a private API server has a name",
    applies_to=(tokens.AKS,),
    status=400,
    code="",
    source="learn.microsoft.com azure/aks/private-clusters (limitations with custom DNS: none and no public FQDN at "
    "the same time is not supported)",
    check=_check,
    trips=_case(public_name=False),
    passes=_case(public_name=True),
)
