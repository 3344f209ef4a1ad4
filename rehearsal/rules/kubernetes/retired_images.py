"""Node images that AKS has taken away."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.retirements import RetirementKind, find_retirements
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    pools = [("osSKU", resource.plain_inputs)] if resource.type == tokens.AGENT_POOL else []
    pools += [
        (f"agentPoolProfiles[{index}].osSKU", pool)
        for index, pool in enumerate(resource.items("agentPoolProfiles"))
    ]
    for path, pool in pools:
        feature = f"containerservice:AgentPool:osSKU={pool.get('osSKU')}"
        for finding in find_retirements(RetirementKind.FEATURE, feature, world.today):
            if finding.is_past:
                yield Violation(path, finding.message)


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
