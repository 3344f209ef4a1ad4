"""Every environment has a budget that counts all of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policies.frame.cases import changed_sample
from policies.frame.judged import Judged, Stack
from policies.frame.paths import texts
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
    read = len(stack.skipped)
    counted = {
        name.lower()
        for budget in stack.of("azure-native:consumption:Budget")
        for name in _groups(stack, budget)
    }
    uncounted = sorted(wanted - counted)
    # A first preview knows no group that its service names: what is missing may be the one that is not known yet.
    if "" not in counted and len(stack.skipped) == read:
        for group in uncounted:
            yield StackFinding(f"no budget counts the resource group {group}")
    elif not uncounted:
        del stack.skipped[read:]  # what is not known could add a group, and all are there


def _groups(stack: Stack, budget: Judged) -> list[str]:
    """The groups that a budget counts, as far as they are known; an empty name where it counts the whole scope."""
    found = stack.read(budget, lambda asked: asked.value(_FILTER), ())
    if not isinstance(found, Sequence):
        return [""]
    known = [name for _, name in texts(found)]
    if len(known) < len(found):
        stack.skipped.append(f"{budget.name}: {_FILTER}")
    return known


_FILTER = "filter.dimensions.values"
_GROUP = Sample("azure-native:resources:ResourceGroup", {"resourceGroupName": "rg"})

_BUDGET = Sample(
    "azure-native:consumption:Budget",
    {"filter": {"dimensions": {"name": "ResourceGroupName", "operator": "In", "values": ["rg"]}}},
    name="b",
)

RULE = StackRule(
    id="AMLP-FN-006",
    title="Every environment has a budget that counts all of it",
    severity=Severity.MEDIUM,
    check=_check,
    why=(
        "Most machines are in groups that Databricks and AKS create; a budget on our own group "
        "does not see them."
    ),
    fix="Add a budget, and the managed resource groups to its filter",
    anchors=Anchors(
        benchmark=("AM-3",), source="learn.microsoft.com cost-management tutorial-acm-create-budgets"
    ),
    cases=StackCases(
        allowed=(
            _GROUP,
            _BUDGET,
        ),
        denied=(
            _GROUP,
            changed_sample(_BUDGET, {"filter.dimensions.values[0]": "other"}),
        ),
        omitted=(_GROUP,),
        unknown=(
            _GROUP,
            changed_sample(_BUDGET, {"filter.dimensions.values": ["other", UNKNOWN_STRING]}),
        ),
    ),
)
