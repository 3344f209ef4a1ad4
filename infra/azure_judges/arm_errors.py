"""The errors of a validation: nested in ARM's answer, one for each thing that somebody has to change here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from azure_facts.deployment_errors import POLICY, WHAT_HELPS, WRAPPERS
from infra.azure_judges.export_files import GROUP_TYPE, ExportedResource
from infra.live.json_values import JsonMap, mapping, mappings, text

_ARM_ID = re.compile(r"/subscriptions/[0-9a-f-]{36}(?:/[\w.()\[\]-]+)+", re.IGNORECASE)
_QUOTED = re.compile(r"'([^'\s]+)'")
_MOST_LETTERS = 600
_LEAST_LETTERS = 8


@dataclass(frozen=True)
class Policy:
    """The policy of a refusal. `initiative`: empty where the definition is assigned by itself. `looked_at`: what it
    found, such as `location is westus (NotIn ['westeurope'])`."""

    definition: str
    assignment: str
    assignment_id: str
    initiative: str
    looked_at: tuple[str, ...]


@dataclass(frozen=True)
class ArmError:
    """`resources`: those that the answer may mean, none where it names none."""

    code: str
    message: str
    target: str = ""
    policies: tuple[Policy, ...] = ()
    resources: tuple[ExportedResource, ...] = ()

    @property
    def helps(self) -> str:
        """What to do; empty where the message is all there is."""
        return WHAT_HELPS.get(self.code, "")


def arm_errors(error: JsonMap, resources: Iterable[ExportedResource]) -> tuple[ArmError, ...]:
    """The innermost errors of an answer, each once, with the resources of the deployment that they mean."""
    known = tuple(resources)
    found: dict[tuple[str, str, str], ArmError] = {}
    for one in _innermost(error):
        code, message, target = (
            text(one.get("code")),
            _short(text(one.get("message"))),
            text(one.get("target")),
        )
        policies = tuple(_policies(one)) if code == POLICY else ()
        meant = meant_by(target, text(one.get("message")), known)
        found.setdefault((code, message, target), ArmError(code, message, target, policies, meant))
    return tuple(found.values())


def meant_by(
    target: str, message: str, resources: Iterable[ExportedResource]
) -> tuple[ExportedResource, ...]:
    """By the id in the target or the message, else by the name of the target or in quotes, with its type where that is
    named too."""
    known = tuple(resources)
    found_ids = (target, *_ARM_ID.findall(message))
    # A sentence or a bracket may end with the id; a name may end with a bracket, too.
    ids = {each.lower() for one in found_ids for each in (one.rstrip("."), one.rstrip(".)]"))}
    by_id = [one for one in known if one.id.lower() in ids]
    if by_id:
        return tuple(by_id)
    names = {name.lower() for name in (target, *_QUOTED.findall(message)) if name}
    by_name = [one for one in known if _names(one) & names] or [
        one for one in known if _is_told(one, message)
    ]
    by_type = [one for one in by_name if f"'{one.type.lower()}'" in message.lower()]
    found = by_type or by_name
    # A message names the resource group of what it means, too.
    return tuple([one for one in found if one.type.lower() != GROUP_TYPE] or found)


def _names(resource: ExportedResource) -> set[str]:
    """Its last name, and the names of all levels with slashes."""
    levels = resource.id.rpartition("/providers/")[2].split("/")[2::2]
    return {resource.id.rpartition("/")[2].lower(), "/".join(levels).lower()} - {""}


def _is_told(resource: ExportedResource, message: str) -> bool:
    """Whether the message has its name as a word. Short names are words of other things, too."""
    name = resource.id.rpartition("/")[2]
    if len(name) < _LEAST_LETTERS:
        return False
    return re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", message, re.IGNORECASE) is not None


def _innermost(error: JsonMap) -> Iterator[JsonMap]:
    details = mappings(error.get("details"))
    # A code that says something itself stays, beside its details.
    if not details or text(error.get("code")) not in WRAPPERS:
        yield error
    for one in details:
        yield from _innermost(one)


def _policies(error: JsonMap) -> Iterator[Policy]:
    for added in mappings(error.get("additionalInfo")):
        if text(added.get("type")) != "PolicyViolation":
            continue
        info = mapping(added.get("info"))
        if not info:
            continue
        yield Policy(
            definition=text(info.get("policyDefinitionDisplayName"))
            or text(info.get("policyDefinitionName")),
            assignment=text(info.get("policyAssignmentDisplayName"))
            or text(info.get("policyAssignmentName")),
            assignment_id=text(info.get("policyAssignmentId")),
            initiative=text(info.get("policySetDefinitionDisplayName"))
            or text(info.get("policySetDefinitionName")),
            looked_at=tuple(_looked_at(mapping(info.get("evaluationDetails")))),
        )


def _looked_at(details: JsonMap) -> Iterator[str]:
    for one in mappings(details.get("evaluatedExpressions")):
        name = text(one.get("path")) or text(one.get("expression"))
        # That the policy is about this type tells nobody what to change.
        if name.lower() == "type" or not name:
            continue
        value, wanted = one.get("expressionValue"), one.get("targetValue")
        said = "is not set" if value is None else f"is {value}"
        yield f"{name} {said} ({text(one.get('operator'))} {wanted})"


def _short(message: str) -> str:
    whole = " ".join(message.split())
    return whole if len(whole) <= _MOST_LETTERS else whole[: _MOST_LETTERS - 1] + "…"
