"""Whether the quotas of the subscription and of Azure ML hold the stack."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from infra.preflight.azure import looking
from infra.preflight.cores import SPOT, TOTAL, Cores, cores
from infra.preflight.finding import Finding, Verdict
from infra.preflight.task import Task
from infra.settings.environment import Azure as AzureOfStack

_Limits = Mapping[tuple[bool, str], tuple[int, int]]


def quotas(task: Task) -> Iterator[Finding]:
    """Each quota holds the stack at its most. What is in use is told and not subtracted: on a stack that stands it is
    the stack's own."""
    asked = cores(task.settings)
    limits = _limits(task, asked)
    for one in asked:
        limit, used = limits.get((one.machine_learning, _key(one.family)), (None, 0))
        yield from _judge(one, limit, used, task.settings.azure)


def _judge(one: Cores, limit: int | None, used: int, azure: AzureOfStack) -> Iterator[Finding]:
    location = azure.location
    whose = "Azure ML" if one.machine_learning else "the subscription"
    show = f"az vm list-usage --location {location} --output table"
    if one.machine_learning:  # `az ml` has no command that needs no workspace
        provider = f"/subscriptions/{azure.subscription_id}/providers/Microsoft.MachineLearningServices"
        usages = f"{provider}/locations/{location}/usages?api-version=2025-12-01"
        show = f'az rest --url "https://management.azure.com{usages}"'
    name = {
        TOTAL: "vCPUs of all families",
        SPOT: "vCPUs of low-priority nodes" if one.machine_learning else "vCPUs of spot machines",
    }.get(one.family, one.family)
    if limit is None:
        if one.family not in (TOTAL, SPOT):
            yield Finding("quotas", Verdict.NOTE, f"{whose} lists no {name} in {location}", show)
    elif limit < 0:  # no limit
        yield Finding("quotas", Verdict.OK, f"{name}: {one.most} vCPU, without a limit")
    elif limit < one.most:
        yield Finding(
            "quotas",
            Verdict.FAILED,
            f"{name} in {location}: {one.most} vCPU wanted, {whose} allows {limit} ({used} in use); "
            "ask for more in the portal under Quotas",
            show,
        )
    elif limit - used < one.most:
        yield Finding(
            "quotas",
            Verdict.NOTE,
            f"{name} in {location}: {one.most} of {limit} vCPU, and {used} are in use: enough where those are this "
            "stack's own",
            show,
        )
    else:
        yield Finding("quotas", Verdict.OK, f"{name}: {one.most} of {limit} vCPU ({used} in use)")


def _limits(task: Task, asked: tuple[Cores, ...]) -> _Limits:
    """Limit and use, by whose quota it is and by `_key` of its name."""
    location = task.settings.azure.location
    limits: dict[tuple[bool, str], tuple[int, int]] = {}
    if any(not one.machine_learning for one in asked):
        with looking("VM quotas", "Reader"):
            for usage in task.azure.compute().usage.list(location):
                limits[False, _key(usage.name.value)] = (int(usage.limit), int(usage.current_value))
    if any(one.machine_learning for one in asked):
        with looking("Azure ML's quotas", "Reader"):
            for usage in task.azure.machine_learning().usages.list(location):
                found = (int(usage.limit or 0), int(usage.current_value or 0))
                for name in (usage.name.value, usage.name.localized_value) if usage.name else ():
                    limits[True, _machine_learning_key(name)] = found
    return limits


def _machine_learning_key(name: str | None) -> str:
    """Azure ML says of its quotas "… Family Cluster Dedicated vCPUs", "Total Cluster Dedicated Regional vCPUs" and
    "Total Cluster Low Priority Regional vCPUs"."""
    key = _key(name)
    if key.startswith("totalcluster"):
        return _key(SPOT if "lowpriority" in key else TOTAL)
    return re.sub(r"cluster(dedicated)?vcpus$", "", key)


def _key(name: str | None) -> str:
    return "".join(character for character in (name or "").lower() if character.isalnum())
