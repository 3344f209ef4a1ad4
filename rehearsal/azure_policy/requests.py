"""A request as `append` and `modify` leave it, conflicts between policies included.

Source: `azure_facts.azure_policy.MODIFY_SOURCE`, conflictEffect.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Sequence

from rehearsal.azure_policy import table, wording
from rehearsal.azure_policy.assignments import AssignedPolicy
from rehearsal.azure_policy.changes import Operation, RefusedChangeError, applied, operations
from rehearsal.azure_policy.comparison import same
from rehearsal.azure_policy.ledger import Ledger
from rehearsal.azure_policy.situation import Situation
from rehearsal.azure_policy.subject import Subject
from rehearsal.azure_policy.verdict import Doubt, DoubtError, DoubtKind, PolicyError
from rehearsal.model.azure_policy import PolicyOutcome


def changed_request(
    subject: Subject, holding: Sequence[tuple[AssignedPolicy, Situation]], ledger: Ledger
) -> Subject:
    """The resource with what these policies make of its request; what they do is told in the ledger."""
    if not holding:
        return subject
    wanted = [one for policy, situation in holding for one in _operations(policy, situation, ledger)]
    body: dict[str, object] = dict(copy.deepcopy(subject.resource.body))
    for operation in _without_conflicts(wanted, subject, ledger):
        _apply(operation, body, subject, ledger)
    return subject.with_body(body)


def _operations(policy: AssignedPolicy, situation: Situation, ledger: Ledger) -> Iterator[Operation]:
    try:
        yield from list(operations(policy, situation))
    except PolicyError as error:
        ledger.doubt(policy, situation.subject, Doubt(str(error), DoubtKind.FILE))
    except DoubtError as error:
        ledger.doubt(policy, situation.subject, error.doubt)


def _apply(operation: Operation, body: dict[str, object], subject: Subject, ledger: Ledger) -> None:
    policy = operation.policy
    try:
        changes = applied(operation, body)
    except RefusedChangeError as error:
        path = wording.path_of(operation.steps)
        ledger.refuse(policy, subject, table.CONFLICT, wording.denied(policy, str(error)), path)
        return
    except DoubtError as error:
        ledger.doubt(policy, subject, error.doubt)
        return
    for change in changes:
        text, path = wording.changed(policy, change), wording.path_of(change.steps)
        ledger.warn(policy, subject, PolicyOutcome.CHANGED, table.CHANGED, text, path)
    if not changes:
        ledger.count(policy, PolicyOutcome.PASSED)


def _without_conflicts(wanted: Iterable[Operation], subject: Subject, ledger: Ledger) -> Iterator[Operation]:
    """Where several policies modify one property differently: the one whose conflictEffect is deny counts; two of them
    deny the request; without one, none is made."""
    by_property: dict[tuple[str, ...], list[Operation]] = {}
    for operation in wanted:
        by_property.setdefault(tuple(step.lower() for step in operation.steps), []).append(operation)
    for several in by_property.values():
        if _agree(several):
            yield from several
            continue
        denying = [one for one in several if one.conflict == "deny"]
        if len(denying) == 1:
            yield denying[0]
        elif denying:
            one, other = denying[0], denying[1]
            why = f"it and {other.policy.described} both change {one.field}, and the conflictEffect of both is deny"
            path = wording.path_of(one.steps)
            ledger.refuse(one.policy, subject, table.CONFLICT, wording.denied(one.policy, why), path)


def _agree(several: Sequence[Operation]) -> bool:
    first = several[0]
    if len({id(one.policy) for one in several}) == 1 or any(one.kind == "append" for one in several):
        return True
    return all(one.kind == first.kind and same(one.value, first.value) for one in several)
