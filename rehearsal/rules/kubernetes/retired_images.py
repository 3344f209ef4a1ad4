"""Node images that AKS has taken away."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

# Unsupported earlier; on these days the node images were removed, so that no node can be made from them.
_RETIREMENTS = {
    "Windows2019": (datetime.date(2026, 3, 1), "Windows2022"),
    "CBLMariner": (datetime.date(2026, 3, 31), "AzureLinux"),
    "Mariner": (datetime.date(2026, 3, 31), "AzureLinux"),
}


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    pools = [("osSKU", resource.plain_inputs)] if resource.type == tokens.AGENT_POOL else []
    pools += [
        (f"agentPoolProfiles[{index}].osSKU", pool)
        for index, pool in enumerate(resource.items("agentPoolProfiles"))
    ]
    for path, pool in pools:
        day, instead = _RETIREMENTS.get(str(pool.get("osSKU")), (None, ""))
        if day is not None and day <= world.today:
            yield Violation(path, f"'{pool.get('osSKU')}' was retired on {day}; use '{instead}'")


def _case(image: str) -> Case:
    return Case((declare(tokens.AKS, {"agentPoolProfiles[0].osSKU": image}),))


RULE = Rule(
    id="AKS013",
    service="AKS",
    title="node images that are still supported",
    applies_to=(tokens.AKS, tokens.AGENT_POOL),
    status=400,
    code="",
    source="learn.microsoft.com azure/aks/upgrade-os-version (Azure Linux 2.0: images removed on 31 March 2026), "
    "azure/aks/windows-faq (Windows Server 2019 ends 1 March 2026)",
    check=_check,
    trips=_case("CBLMariner"),
    passes=_case("AzureLinux"),
)
