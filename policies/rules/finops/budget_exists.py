"""Every environment has a budget that counts all of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policies.frame.judged import Judged, Stack
from policies.frame.rule import UNKNOWN_STRING, Anchors, Sample, Severity, StackCases, StackFinding, StackRule


def _check(stack: Stack) -> Iterator[StackFinding]:
    groups = {
        stack.text(group, "resourceGroupName") for group in stack.of("azure-native:resources:ResourceGroup")
    }
    groups |= {
        stack.text(cluster, "nodeResourceGroup")
        for cluster in stack.of("azure-native:containerservice:ManagedCluster")
    }
    groups |= {
        stack.text(workspace, "managedResourceGroupId").rpartition("/")[2]
        for workspace in stack.of("azure-native:databricks:Workspace")
    }
    wanted = {group.lower() for group in groups if group}
    counted = {
        name.lower()
        for budget in stack.of("azure-native:consumption:Budget")
        for name in stack.read(budget, _groups, [])
    }
    for group in sorted(wanted - counted) if "" not in counted else ():
        yield StackFinding(f"no budget counts the resource group {group}")


def _groups(budget: Judged) -> list[str]:
    """The groups that a budget counts; an empty name where it counts the whole scope."""
    found = budget.value("filter.dimensions.values")
    return [str(name) for name in found] if isinstance(found, Sequence) else [""]


_GROUP = Sample("azure-native:resources:ResourceGroup", {"resourceGroupName": "rg"})

RULE = StackRule(
    id="AMLP-FN-006",
    title="Every environment has a budget that counts all of it",
    severity=Severity.MEDIUM,
    check=_check,
    why=(
        "Most of the machines stand in groups that Databricks and AKS make; a budget on our own group "
        "does not see them."
    ),
    fix="Add a budget, and the managed resource groups to its filter",
    anchors=Anchors(
        benchmark=("AM-3",), source="learn.microsoft.com cost-management tutorial-acm-create-budgets"
    ),
    cases=StackCases(
        allowed=(
            _GROUP,
            Sample(
                "azure-native:consumption:Budget",
                {"filter": {"dimensions": {"name": "ResourceGroupName", "operator": "In", "values": ["rg"]}}},
                name="b",
            ),
        ),
        denied=(
            _GROUP,
            Sample(
                "azure-native:consumption:Budget",
                {
                    "filter": {
                        "dimensions": {"name": "ResourceGroupName", "operator": "In", "values": ["other"]}
                    }
                },
                name="b",
            ),
        ),
        omitted=(_GROUP,),
        unknown=(Sample("azure-native:resources:ResourceGroup", {"resourceGroupName": UNKNOWN_STRING}),),
    ),
)
