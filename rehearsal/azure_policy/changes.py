"""What `modify` and `append` do to a request before anything else judges it.

Sources: `azure_facts.azure_policy.MODIFY_SOURCE`, `APPEND_SOURCE`, and `ARRAYS_SOURCE`, Modifying arrays.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rehearsal.azure_policy.aliases import STAR, Steps
from rehearsal.azure_policy.arguments import key_in, shortened
from rehearsal.azure_policy.assignments import AssignedPolicy
from rehearsal.azure_policy.comparison import same, text_of
from rehearsal.azure_policy.expressions import compiled
from rehearsal.azure_policy.fields import tag_of
from rehearsal.azure_policy.situation import Situation
from rehearsal.azure_policy.verdict import DoubtError, DoubtKind, PolicyError
from rehearsal.model.json_values import objects_at, text_at
from rehearsal.model.unknown_texts import is_unknown
from rehearsal.model.values import JsonObject, Secret, has_unknown

_VIRTUAL_MACHINES = ("microsoft.compute/virtualmachines", "microsoft.compute/virtualmachinescalesets")


@dataclass(frozen=True, eq=False)
class Operation:
    """One change of one property. `kind` is `add`, `addOrReplace`, `remove` or `append`; `conflict` is what happens
    where it cannot be made: `deny`, `audit` or `disabled`."""

    policy: AssignedPolicy
    kind: str
    field: str
    steps: Steps
    value: object
    conflict: str
    modifiable: bool


@dataclass(frozen=True)
class Change:
    """What an operation did. `before` is what the request had, None where it had nothing."""

    steps: Steps
    kind: str
    value: object
    before: object


class RefusedChangeError(Exception):
    """The operation would have to override what the request says, which denies it; one line, for people."""


def operations(policy: AssignedPolicy, situation: Situation) -> Iterator[Operation]:
    """The operations of a policy whose condition holds. Raises `DoubtError` where a value is unknown, `PolicyError`
    where the details cannot be read."""
    details = policy.definition.details
    if policy.effect == "append":
        if not isinstance(details, list):
            raise PolicyError("its append has no list of details")
        for raw in details:
            if isinstance(raw, dict):
                yield _operation(policy, situation, raw, "append", "deny")
        return
    if not isinstance(details, dict) or "operations" not in details:
        raise PolicyError("its modify has no operations")
    conflict = text_at(details, "conflictEffect") or "deny"
    conflict = text_of(compiled(conflict)(situation)).lower()
    for raw in objects_at(details, "operations"):
        if _applies(raw, situation):
            yield _operation(
                policy, situation, raw, _KINDS.get(text_at(raw, "operation").lower(), ""), conflict
            )


_APPENDED = ("identity", "kind", "location", "tags")
"""Fields without an alias that the body has. `modify` changes tags, `identity.type` and aliases only. Source:
`MODIFY_SOURCE`."""

_KINDS = {"add": "add", "addorreplace": "addOrReplace", "remove": "remove"}


def _applies(raw: JsonObject, situation: Situation) -> bool:
    condition = raw.get("condition")
    if condition is None:
        return True
    return text_of(compiled(condition)(situation)).lower() == "true"


def _operation(
    policy: AssignedPolicy, situation: Situation, raw: JsonObject, kind: str, conflict: str
) -> Operation:
    if not kind:
        raise PolicyError(f"its operation {text_at(raw, 'operation')!r} is unknown")
    named = compiled(raw.get("field"))(situation)
    field = named if isinstance(named, str) else ""
    value = compiled(raw.get("value"))(situation) if kind != "remove" else None
    if value is None and kind != "remove":
        raise DoubtError(f"the value that it gives {field} is missing")
    if has_unknown(value):
        raise DoubtError(f"the value that it gives {field} is known only after the deployment")
    tag = tag_of(field)
    if tag is not None:
        if isinstance(value, Mapping | list):
            raise DoubtError(f"the value that it gives {field} is no text", DoubtKind.FILE)
        return Operation(policy, kind, field, ("tags", tag), text_of(value), conflict, modifiable=True)
    subject = situation.subject
    if field.lower() == "identity.type":
        fits = subject.type.lower() in _VIRTUAL_MACHINES
        return Operation(
            policy, kind, field, ("identity", "type") if fits else (), value, conflict, modifiable=True
        )
    if "/" not in field:
        if policy.effect == "modify" or field.lower() not in _APPENDED:
            raise PolicyError(f"its {policy.effect} names field {shortened(field)!r}, which it cannot change")
        return Operation(policy, kind, field, (field,), value, conflict, modifiable=True)
    alias = situation.surroundings.aliases.find(subject.type, subject.resource.api_version, field)
    modifiable = policy.effect == "append" or (alias.modifiable and alias.takes(value))
    return Operation(policy, kind, field, alias.steps or (), value, conflict, modifiable=modifiable)


def applied(operation: Operation, body: dict[str, object]) -> list[Change]:
    """Changes the body in place, and says what changed; nothing where the operation is skipped. Raises
    `RefusedChangeError` where the request is denied instead, `DoubtError` where what it has is unknown."""
    if not operation.steps:
        return []
    if not operation.modifiable:
        if operation.conflict == "deny":
            raise RefusedChangeError(
                f"it would set {operation.field} to {shortened(text_of(operation.value))}, which in this API version "
                "cannot be modified or is of another type, and its conflictEffect is deny"
            )
        return []
    return list(_put(body, operation.steps, 0, operation))


def _put(here: object, steps: Steps, start: int, operation: Operation) -> Iterator[Change]:
    """Follows the steps to the last one. A parent that is missing skips `modify`, but for the first level:
    `properties` and `tags` are always there. `append` creates the list that it appends to."""
    for number in range(start, len(steps) - 1):
        step = steps[number]
        _check_known(here, operation)
        if step == STAR:
            for each in here if isinstance(here, list) else ():
                yield from _put(each, steps, number + 1, operation)
            return
        if not isinstance(here, dict):
            return
        key = key_in(here, step)
        if key is None and steps[number + 1] == STAR:
            here[step] = []
            key = step
        if key is None and (number == 0 or _makes_its_list(operation)):
            here[step] = {}
            key = step
        if key is None and operation.kind == "append":
            raise DoubtError(
                f"it appends {operation.field} where {step} is missing, of which Azure's documentation says nothing"
            )
        if key is None:
            return
        here = here[key]
    yield from _last(here, steps, operation)


def _makes_its_list(operation: Operation) -> bool:
    """Source: `APPEND_SOURCE`, example 2."""
    return operation.kind == "append" and operation.steps[-1] == STAR and operation.steps.count(STAR) == 1


def _last(here: object, steps: Steps, operation: Operation) -> Iterator[Change]:
    _check_known(here, operation)
    step, value = steps[-1], copy.deepcopy(operation.value)
    if step == STAR:
        yield from _into_list(here, steps, value, operation)
        return
    if not isinstance(here, dict):
        return
    key = key_in(here, step) or step
    before = here.get(key)
    if operation.kind == "remove":
        if key in here and steps[0] == "tags":
            del here[key]
            yield Change(steps, operation.kind, None, before)
        return
    if before is not None and _equal(before, value, operation):
        return
    if before is not None and operation.kind == "append":
        raise RefusedChangeError(f"it appends {operation.field}, which has another value already")
    if before is not None and operation.kind == "add":
        raise DoubtError(
            f"{operation.field} has another value, and Azure's documentation does not say what `add` does then"
        )
    here[key] = value
    yield Change(steps, operation.kind, value, before)


def _into_list(here: object, steps: Steps, value: object, operation: Operation) -> Iterator[Change]:
    if not isinstance(here, list):
        return
    if operation.kind == "addOrReplace":
        before = list(here)
        here[:] = [value]
        yield Change(steps, operation.kind, value, before)
    elif not any(_equal(each, value, operation) for each in here):
        here.append(value)
        yield Change(steps, operation.kind, value, None)


def _equal(before: object, value: object, operation: Operation) -> bool:
    """Tags' values differ by case too."""
    _check_known(before, operation)
    if isinstance(before, str) and isinstance(value, str):
        return before == value
    return same(before, value)


def _check_known(value: object, operation: Operation) -> None:
    if isinstance(value, Secret) or is_unknown(value):
        raise DoubtError(f"{operation.field} is known only after the deployment")
