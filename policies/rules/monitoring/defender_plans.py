"""Production's subscription has Defender's plans for the services that the platform uses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from azure_facts.defender_plans import DEFENDER_PLANS, DefenderPlan
from policies.frame.judged import Judged, Stack
from policies.frame.rule import (
    PROD_ONLY,
    UNKNOWN_STRING,
    Anchors,
    Sample,
    Severity,
    StackCases,
    StackFinding,
    StackRule,
)

_DEPLOYMENT = "azure-native:resources:DeploymentAtSubscriptionScope"
_NEEDED: Mapping[str, tuple[DefenderPlan, ...]] = {
    "azure-native:keyvault:Vault": (DefenderPlan.KEY_VAULTS, DefenderPlan.RESOURCE_MANAGER),
    "azure-native:storage:StorageAccount": (DefenderPlan.STORAGE_ACCOUNTS, DefenderPlan.RESOURCE_MANAGER),
    "azure-native:containerservice:ManagedCluster": (DefenderPlan.CONTAINERS,),
    "azure-native:containerregistry:Registry": (DefenderPlan.CONTAINERS,),
}
"""What a stack declares, and the plans that watch it. The subscription's own operations are in every one."""


def _check(stack: Stack) -> Iterator[StackFinding]:
    needed = {plan for type_, plans in _NEEDED.items() if any(stack.of(type_)) for plan in plans}
    on = {
        name
        for deployment in stack.of(_DEPLOYMENT)
        for name in stack.read(deployment, _switched_on, frozenset[str]())
    }
    for plan in sorted(needed):
        if DEFENDER_PLANS[plan].name not in on:
            yield StackFinding(f"the plan {plan} is not switched on")


def _switched_on(deployment: Judged) -> frozenset[str]:
    return frozenset(
        str(item.get("name"))
        for item in deployment.items("properties.template.resources")
        if item.get("type") == "Microsoft.Security/pricings" and _tier(item) == "Standard"
    )


def _tier(item: Mapping[str, object]) -> object:
    properties = item.get("properties")
    return properties.get("pricingTier") if isinstance(properties, Mapping) else None


def _plans(tiers: Mapping[str, str]) -> Sample:
    resources: Sequence[object] = [
        {"type": "Microsoft.Security/pricings", "name": name, "properties": {"pricingTier": tier}}
        for name, tier in tiers.items()
    ]
    return Sample(_DEPLOYMENT, {"properties": {"template": {"resources": resources}}}, name="plans")


_VAULT = Sample("azure-native:keyvault:Vault", {"vaultName": "kv"}, name="vault")

RULE = StackRule(
    id="AMLP-MN-060",
    title="Defender watches production's subscription",
    severity=Severity.HIGH,
    check=_check,
    why="A stolen identity reads as its owner does; that it reads from a strange place, or everything, only the "
    "service sees.",
    fix="Name the plan in security.defender_plans, or waive it where another team sets the subscription's plans",
    anchors=Anchors(
        benchmark=("LT-1", "DP-2"),
        azure_policy=("0e6763cc-5078-4e64-889d-ff4d9a839047", "640d2586-54d2-465f-877f-9ffc1d2109f4"),
    ),
    kinds=PROD_ONLY,
    cases=StackCases(
        allowed=(_VAULT, _plans({"KeyVaults": "Standard", "Arm": "Standard"})),
        denied=(_VAULT, _plans({"KeyVaults": "Free", "Arm": "Standard"})),
        omitted=(_VAULT,),
        unknown=(
            _VAULT,
            _plans({"KeyVaults": "Standard", "Arm": "Standard"}),
            Sample(_DEPLOYMENT, {"properties": {"template": UNKNOWN_STRING}}, name="more"),
        ),
    ),
)
