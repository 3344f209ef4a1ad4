"""Whether the quotas of the subscription and of Azure ML hold the stack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from azure_facts.quotas import SPOT, TOTAL, Quota, most_by_quota, quota_key
from azure_facts.vm_sizes import vm_size
from infra.live.errors import looking
from infra.preflight.cores import nodes_at_most
from infra.preflight.finding import Finding, Verdict
from infra.preflight.task import Task
from infra.settings.environment import Azure as AzureOfStack

Limits = Mapping[tuple[bool, str], tuple[int, int]]
"""Limit and use, by whether it is Azure ML's quota and by `quota_key` of its name."""


def quotas(task: Task) -> Iterator[Finding]:
    """Each quota holds the stack at its most. What is in use is told and not subtracted: for a deployed stack it is
    the stack's own."""
    nodes = tuple(nodes_at_most(task.settings))
    asked = most_by_quota(nodes)
    yield from judge(asked, _limits(task, asked), task.settings.azure)
    for size in sorted({one.size for one in nodes if one.most and vm_size(one.size) is None}):
        yield Finding(
            "quotas",
            Verdict.NOTE,
            f"{size} is in no table of VM sizes: whether the quotas hold it is not known",
            f"az vm list-skus --location {task.settings.azure.location} --size {size} --output table",
        )


def judge(asked: Mapping[Quota, int], limits: Limits, azure: AzureOfStack) -> Iterator[Finding]:
    """Each quota that is asked for, against its limit."""
    for quota, most in asked.items():
        limit, used = limits.get((quota.machine_learning, quota_key(quota.name)), (None, 0))
        yield _judge(quota, most, limit, used, azure)


def _judge(quota: Quota, most: int, limit: int | None, used: int, azure: AzureOfStack) -> Finding:
    location, name = azure.location, quota.title
    whose = "Azure ML" if quota.machine_learning else "the subscription"
    show = _command(quota, azure)
    if limit is None:
        if quota.name in (TOTAL, SPOT):
            return Finding("quotas", Verdict.NOTE, f"{whose} lists no {name} in {location}", show)
        # The services list every family that they offer in a region, those with a limit of 0 too.
        return Finding(
            "quotas",
            Verdict.FAILED,
            f"{name} in {location}: {most} vCPU wanted, {whose} does not list the family; "
            "choose a size that is offered there, or ask for access in the portal under Quotas",
            show,
        )
    if limit < 0:
        return Finding("quotas", Verdict.OK, f"{name}: {most} vCPU, without a limit")
    if limit < most:
        return Finding(
            "quotas",
            Verdict.FAILED,
            f"{name} in {location}: {most} vCPU wanted, {whose} allows {limit} ({used} in use); "
            "ask for more in the portal under Quotas",
            show,
        )
    if limit - used < most:
        return Finding(
            "quotas",
            Verdict.NOTE,
            f"{name} in {location}: {most} of {limit} vCPU, and {used} are in use: enough where those are this "
            "stack's own",
            show,
        )
    return Finding("quotas", Verdict.OK, f"{name}: {most} of {limit} vCPU ({used} in use)")


def _command(quota: Quota, azure: AzureOfStack) -> str:
    """What shows the quota. `az ml` has no command that needs no workspace."""
    if not quota.machine_learning:
        return f"az vm list-usage --location {azure.location} --output table"
    provider = f"/subscriptions/{azure.subscription_id}/providers/Microsoft.MachineLearningServices"
    usages = f"{provider}/locations/{azure.location}/usages?api-version=2025-12-01"
    return f'az rest --url "https://management.azure.com{usages}"'


def _limits(task: Task, asked: Iterable[Quota]) -> Limits:
    """What the services say."""
    location, services = task.settings.azure.location, {quota.machine_learning for quota in asked}
    limits: dict[tuple[bool, str], tuple[int, int]] = {}
    if False in services:
        with looking("VM quotas", "Reader"):
            for usage in task.azure.compute().usage.list(location):
                limits[False, quota_key(usage.name.value or "")] = (
                    int(usage.limit),
                    int(usage.current_value),
                )
    if True in services:
        with looking("Azure ML's quotas", "Reader"):
            for usage in task.azure.machine_learning().usages.list(location):
                found = (int(usage.limit or 0), int(usage.current_value or 0))
                for name in (usage.name.value, usage.name.localized_value) if usage.name else ():
                    limits[True, quota_key(name or "")] = found
    return limits
