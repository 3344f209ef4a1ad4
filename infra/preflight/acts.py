"""Whether who deploys holds what its acts need outside the stack's own resources: the state, the key, and what other
teams lend.

The list is that of the rehearsed acts, `Acts.<stack>.yaml`: the operations that each role is held for. What the program
itself asks of the subscription is the check beside this one (`rights`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from infra.live.errors import CannotLookError
from infra.live.json_values import mapping, mappings
from infra.preflight.finding import Finding, Verdict
from infra.preflight.rights import granted_on
from infra.preflight.task import Task
from pulumi_stack_files.document import read_mapping
from pulumi_stack_files.errors import StackFileError

_CHECK = "rights of its acts"
_FIRST = "person"
"""Who runs the first `up`, and any person afterwards, as the file calls it."""


def rights_of_its_acts(task: Task) -> Iterator[Finding]:
    """Judged as the identity whose object id the caller has, else as the person of the first `up`."""
    if task.acts is None or not task.acts.is_file():
        return
    try:
        identities = mapping(read_mapping(task.acts).get("identities"))
    except StackFileError as error:
        yield Finding(
            _CHECK, Verdict.UNKNOWN, str(error), f"make preview STACK={task.settings.environment.name}"
        )
        return
    caller = task.azure.caller()
    name = next((key for key, one in identities.items() if _is(one, caller.object_id)), _FIRST)
    subscription = f"/subscriptions/{task.azure.subscription_id}".lower()
    asked = [
        held
        for held in mappings(mapping(identities.get(name)).get("azure"))
        if held.get("needs") and str(held.get("scope")).lower() != subscription
    ]
    lacking = [(held, found) for held in asked if (found := _lacking(task, held, caller.object_id))]
    for held, operations in lacking:
        role, scope = held.get("role"), held.get("scope")
        yield Finding(
            _CHECK,
            Verdict.FAILED,
            f"{', '.join(operations)} is not allowed on {scope}, as {name}: {held.get('why')}",
            f'az role assignment create --assignee {caller.object_id} --role "{role}" --scope {scope}',
        )
    if asked and not lacking:
        yield Finding(
            _CHECK, Verdict.OK, f"what {name} needs in {len(asked)} places beside the subscription is allowed"
        )


def _lacking(task: Task, held: Mapping[str, object], object_id: str) -> list[str]:
    """Operations that no role gives, there or above. On a scope that the caller may not see it holds nothing."""
    needs = held.get("needs")
    operations = [str(one) for one in needs] if isinstance(needs, list) else []
    try:
        granted = granted_on(task, str(held.get("scope")), object_id)
    except CannotLookError:
        return operations
    return [
        one
        for one in operations
        if not any(each.permits(one) or each.permits(one, data=True) for each in granted)
    ]


def _is(identity: object, object_id: str) -> bool:
    return str(mapping(identity).get("object_id", "")).lower() == object_id.lower()
