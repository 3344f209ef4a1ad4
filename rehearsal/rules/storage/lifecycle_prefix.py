"""A lifecycle rule's prefix starts with a container's name."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.example_azure import GROUP_NAME
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_POLICY = "azure-native:storage:ManagementPolicy"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    for index, rule in enumerate(resource.items("policy.rules")):
        definition = rule.get("definition")
        filters = definition.get("filters") if isinstance(definition, dict) else None
        prefixes = filters.get("prefixMatch") if isinstance(filters, dict) else None
        for place, prefix in enumerate(prefixes if isinstance(prefixes, list) else ()):
            if isinstance(prefix, str) and prefix.startswith("/"):
                yield Violation(
                    f"policy.rules[{index}].definition.filters.prefixMatch[{place}]",
                    f"'{prefix}' starts with a slash; start with the container's name, such as raw/landing/",
                )


def _case(prefix: str) -> Case:
    definition = {
        "actions": {"baseBlob": {"delete": {"daysAfterModificationGreaterThan": 30}}},
        "filters": {"blobTypes": ["blockBlob"], "prefixMatch": [prefix]},
    }
    rule = {"name": "landing", "type": "Lifecycle", "definition": definition}
    inputs = {
        "resourceGroupName": GROUP_NAME,
        "accountName": "dlsmldev",
        "managementPolicyName": "default",
        "policy": {"rules": [rule]},
    }
    return Case((Declared(_POLICY, inputs),))


RULE = Rule(
    id="ST150",
    service="Storage lifecycle",
    title="prefixes start with a container",
    applies_to=(_POLICY,),
    status=400,
    code="InvalidRequestPropertyValue",
    source="learn.microsoft.com storage/blobs/lifecycle-management-policy-structure, rule filters",
    check=_check,
    trips=_case("/raw/landing/"),
    passes=_case("raw/landing/"),
)
