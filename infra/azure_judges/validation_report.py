"""What ARM said of a stack's deployments, as text and JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict

from infra.azure_judges.arm_errors import ArmError, Policy
from infra.azure_judges.export_files import ExportedResource, LeftOut
from infra.azure_judges.validation import Answer, Validation

_MOST_NAMES = 10


def as_text(validation: Validation) -> str:
    """What is refused comes last, where a terminal shows it."""
    lines = list(_left_out(validation.left_out))
    for answer in validation.answers:
        lines += [f"ARM warns: {note}" for note in answer.notes]
    for answer in validation.answers:
        if answer.unasked:
            lines.append(f"not asked: {answer.scope}: {answer.unasked}")
            lines += [f"    run: {answer.run}"] if answer.run else []
    for answer in validation.answers:
        for error in answer.errors:
            lines += _refusal(answer, error)
    lines.append(_verdict(validation))
    return "\n".join(lines) + "\n"


def as_json(validation: Validation) -> str:
    """The same for programs, whole."""
    answers = [
        {
            "scope": answer.scope,
            "validated": answer.validated,
            "notes": answer.notes,
            "unasked": answer.unasked,
            "run": answer.run,
            "errors": [{**asdict(error), "helps": error.helps} for error in answer.errors],
        }
        for answer in validation.answers
    ]
    told = {
        "form": 1,
        "stack": validation.stack,
        "deployments": answers,
        "leftOut": [asdict(one) for one in validation.left_out],
    }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


FORMATS: Mapping[str, Callable[[Validation], str]] = {"text": as_text, "json": as_json}
"""By the word of `--format`."""


def summary(error: ArmError) -> str:
    """The error and what it means, on one line."""
    return f"{error.code}: {error.message}" if error.message else error.code


def what_helps(error: ArmError) -> str:
    """What to do, with the lines of the program that it may be done in."""
    places = sorted({str(one.place) for one in error.resources if one.place})
    at = f" ({', '.join(places[:_MOST_NAMES])})" if places else ""
    return f"{error.helps or 'change the declaration'}{at}"


def _refusal(answer: Answer, error: ArmError) -> Iterator[str]:
    whom = ", ".join(_named(one) for one in error.resources[:_MOST_NAMES]) or answer.scope
    yield f"refused: {whom}"
    yield f"    {summary(error)}"
    for policy in error.policies:
        yield f"    {_policy(policy)}"
        yield from (f"        {one}" for one in policy.looked_at)
    yield f"    {what_helps(error)}"


def _named(resource: ExportedResource) -> str:
    kind = resource.urn.rpartition("::")[0].rpartition("$")[2].rpartition("::")[2]
    place = f" at {resource.place}" if resource.place else ""
    return f"{resource.name} ({kind}){place}"


def _policy(policy: Policy) -> str:
    within = f" of initiative {policy.initiative}" if policy.initiative else ""
    return f"policy {policy.definition}{within}, assigned as {policy.assignment} ({policy.assignment_id})"


def _left_out(resources: Iterable[LeftOut]) -> Iterator[str]:
    by_reason: dict[str, list[str]] = {}
    for one in resources:
        by_reason.setdefault(one.reason, []).append(one.urn.rpartition("::")[2])
    for reason, names in sorted(by_reason.items()):
        shown, more = names[:_MOST_NAMES], len(names) - _MOST_NAMES
        rest = f" and {more} more (--format json lists them)" if more > 0 else ""
        yield f"left out: {len(names)}: {reason}: {', '.join(shown)}{rest}"


def _verdict(validation: Validation) -> str:
    answers = validation.answers
    refused = sum(len(one.errors) for one in answers)
    unasked = sum(bool(one.unasked) for one in answers)
    resources = sum(len(one.resources) for one in answers)
    if refused:
        said = f"ARM would refuse it, with {_counted(refused, 'error')}"
    elif unasked:
        said = "ARM refuses nothing that it was asked"
    else:
        said = "ARM would accept every deployment"
    if unasked:
        said += f"; {_counted(unasked, 'deployment')} without a judgement"
    if not validation.whole:
        said += "; it did not look at everything"
    asked = f"{_counted(len(answers), 'deployment')} with {_counted(resources, 'resource')}"
    return f"{validation.stack}: {said}: {asked}; nothing was created"


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
