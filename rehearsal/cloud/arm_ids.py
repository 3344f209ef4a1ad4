"""Taking Azure Resource Manager ids apart. Ids compare case-insensitively; everything here is lower case."""

from __future__ import annotations

from collections.abc import Iterator

_PREFIX = "/subscriptions/"


def is_arm_id(text: str) -> bool:
    """Whether the text is, or begins with, the id of something in a subscription."""
    return text[: len(_PREFIX)].lower() == _PREFIX


def levels(arm_id: str) -> tuple[str, ...]:
    """The ids of everything that the id passes through, outermost first, itself last, in lower case.

    `/subscriptions/s/resourceGroups/g/providers/Microsoft.X/a/b/c/d` passes the subscription, the group,
    `a/b` and `c/d`.
    """
    return tuple(_levels(arm_id))


def _levels(arm_id: str) -> Iterator[str]:
    segments = arm_id.lower().partition("?")[0].strip("/").split("/")
    end = 0
    while end < len(segments):
        # `providers/<namespace>` belongs to the type and name that follow it.
        end += 4 if segments[end] == "providers" else 2
        yield "/" + "/".join(segments[:end])


def resource_group_of(arm_id: str) -> str:
    """The id of the resource group that the id lies in, empty where it lies in none."""
    passed = levels(arm_id)
    return passed[1] if len(passed) > 1 and "/resourcegroups/" in passed[1] else ""
