"""What is said of a policy and a resource. No message names the resource: equal ones are shown together."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from rehearsal.access import plural
from rehearsal.azure_policy.aliases import STAR, Steps
from rehearsal.azure_policy.arguments import shortened
from rehearsal.azure_policy.assignments import AssignedPolicy
from rehearsal.azure_policy.changes import Change
from rehearsal.azure_policy.comparison import text_of
from rehearsal.azure_policy.conditions import Reason
from rehearsal.azure_policy.subject import Subject
from rehearsal.model.values import masked

_MOST_REASONS = 4
_MOST_ITEMS = 8

_HOLDS = {
    "equals": "is {value}",
    "like": "is {value}, which is like {target}",
    "match": "is {value}, which matches {target}",
    "matchinsensitively": "is {value}, which matches {target}",
    "contains": "is {value}, which contains {target}",
    "in": "is {value}",
    "containskey": "has {target}",
    "less": "is {value}, which is less than {target}",
    "lessorequals": "is {value}, which is at most {target}",
    "greater": "is {value}, which is more than {target}",
    "greaterorequals": "is {value}, which is at least {target}",
    "exists": "is given",
}
_FAILS = {
    "equals": "is {value} and not {target}",
    "like": "is {value}, which is not like {target}",
    "match": "is {value}, which does not match {target}",
    "matchinsensitively": "is {value}, which does not match {target}",
    "contains": "is {value}, which does not contain {target}",
    "in": "is {value}, which is none of {target}",
    "containskey": "has no {target}",
    "less": "is {value}, which is not less than {target}",
    "lessorequals": "is {value}, which is more than {target}",
    "greater": "is {value}, which is not more than {target}",
    "greaterorequals": "is {value}, which is less than {target}",
    "exists": "is missing",
}


def path_of(steps: Steps) -> str:
    """A property's path in the body: `properties.networkAcls.ipRules[*].value`."""
    return "".join("[*]" if step == STAR else f".{step}" for step in steps).lstrip(".")


def reasons_text(reasons: Iterable[Reason], subject: Subject) -> str:
    """Why a condition holds: property, value, and what the policy compares it with."""
    said = list(dict.fromkeys(_reason(reason, subject) for reason in reasons))
    more = len(said) - _MOST_REASONS
    return ", and ".join([*said[:_MOST_REASONS], *([f"{more} more conditions hold"] if more > 0 else [])])


def first_path(reasons: Sequence[Reason]) -> str:
    """The first property of the body that a verdict rests on; empty where it rests on none."""
    return next((path_of(reason.steps) for reason in reasons if reason.steps), "")


def _reason(reason: Reason, subject: Subject) -> str:
    name = path_of(reason.steps) or shortened(reason.field)
    operator, holds = reason.operator, reason.holds
    if operator.startswith("not"):
        operator, holds = operator.removeprefix("not"), not holds
    if operator == "exists" and text_of(reason.target).lower() == "false":
        holds = not holds
    if operator != "exists" and reason.value is None:
        wanted = f" and not {shown(reason.target)}" if operator == "equals" and not holds else ""
        return f"{name} is missing{wanted}"
    counted = reason.field.startswith("count of ")
    found = reason.value if counted or not reason.steps else subject.shown(reason.steps)
    phrase = (_HOLDS if holds else _FAILS)[operator]
    told = f"the number of {name} that it counts" if counted and reason.steps else name
    return f"{told} {phrase.format(value=shown(found), target=shown(reason.target))}"


def shown(value: object) -> str:
    """A value in a message: short, secrets masked."""
    if isinstance(value, list):
        items = [shown(each) for each in value[:_MOST_ITEMS]]
        rest = [f"{len(value) - _MOST_ITEMS} more"] if len(value) > _MOST_ITEMS else []
        return ", ".join([*items, *rest]) or "an empty list"
    if isinstance(value, str):
        text = repr(masked(value))
    elif value is None:
        text = "nothing"
    elif isinstance(value, Mapping):
        text = json.dumps(masked(value), sort_keys=True, ensure_ascii=False)
    else:
        text = text_of(masked(value))
    return shortened(text)


def ended(sentence: str, policy: AssignedPolicy) -> str:
    """The sentence, and the assignment's own message after it."""
    return f"{sentence}. {policy.message}" if policy.message else sentence


def denied(policy: AssignedPolicy, why: str) -> str:
    """As ARM says it, with the condition."""
    return ended(f"{why}: disallowed by {policy.described}", policy)


def audited(policy: AssignedPolicy, why: str) -> str:
    """For `audit`."""
    return ended(f"{why}: not compliant with {policy.described}", policy)


def not_enforced(policy: AssignedPolicy, why: str) -> str:
    """For an assignment that is only tried."""
    return ended(f"{why}: {policy.effect} by {policy.described}, if it were enforced", policy)


def changed(policy: AssignedPolicy, change: Change) -> str:
    """What `modify` or `append` does, and what to do so that program and cloud stay the same."""
    path = path_of(change.steps)
    if change.kind == "remove":
        what, same_in_program = f"remove {path}", f"take {path} out of the program"
    else:
        verb = "set" if change.before is not None else "add"
        what, same_in_program = f"{verb} {path} = {shown(change.value)}", "declare it in the program too"
    return (
        f"Azure will {what}: {same_in_program}, or every preview with a refresh shows a difference and every update "
        f"sends the request without it ({policy.described})"
    )


def missing_related(policy: AssignedPolicy, related: str) -> str:
    """For `auditIfNotExists`."""
    why = f"the stack declares no {related} that satisfies it"
    return ended(f"{why}: not compliant with {policy.described}", policy)


def deployed(policy: AssignedPolicy, related: str, others: Sequence[str]) -> str:
    """For `deployIfNotExists`."""
    more = f", with {', '.join(others)}" if others else ""
    return (
        f"Azure will deploy {related}{more}, because the stack declares none that satisfies it; no stack owns what it "
        f"deploys, and a destroy leaves it behind ({policy.described})"
    )


def undecided_denial(policy: str, reason: str, others: int) -> str:
    """For a denial that may come, of one resource and `others`."""
    more = f" and {plural(others, 'other')}" if others else ""
    return f"cannot be decided whether {policy} denies it{more}: {reason}"
