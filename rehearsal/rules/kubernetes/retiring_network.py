"""Ways of networking that AKS takes away."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_RETIREMENTS = {
    ("networkProfile.networkPlugin", "kubenet"): (
        datetime.date(2028, 3, 31),
        "azure with networkPluginMode overlay",
    ),
    ("networkProfile.networkPolicy", "azure"): (datetime.date(2028, 9, 30), "cilium"),
}


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    for (path, value), (day, instead) in _RETIREMENTS.items():
        if resource.text(path) == value:
            verb = "was retired on" if day <= world.today else "retires on"
            yield Violation(path, f"'{value}' {verb} {day}; use {instead}")


RULE = Rule(
    id="AKS009",
    service="AKS",
    title="no kubenet, no Azure network policy manager",
    applies_to=(tokens.AKS,),
    status=0,
    code="",
    source="learn.microsoft.com azure/aks/configure-kubenet (retirement 31 March 2028); azure/aks/use-network-policies "
    "(retirement 30 September 2028); Azure updates 485172",
    check=_check,
    trips=Case(
        (
            declare(
                tokens.AKS,
                {
                    "networkProfile": {
                        "networkPlugin": "kubenet",
                        "networkPolicy": "calico",
                        "loadBalancerSku": "standard",
                    }
                },
            ),
        )
    ),
    passes=Case((declare(tokens.AKS),)),
    severity=Severity.WARNING,
)
