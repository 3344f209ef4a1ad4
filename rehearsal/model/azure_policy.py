"""What Azure Policy would do with a stack's requests, counted; what it refuses and warns of are findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rehearsal.model.finding import Finding
from rehearsal.model.json_reader import JsonReader


class PolicyOutcome(StrEnum):
    """What one policy does with one resource."""

    PASSED = "passed"
    DENIED = "denied"
    CHANGED = "changed"
    AUDITED = "audited"
    DEPLOYED = "deploys more"
    DELETION = "refuses deletion"
    NOT_ENFORCED = "not enforced"
    EXEMPTED = "exempted"
    UNDECIDED = "undecided"


@dataclass(frozen=True, order=True)
class Undecided:
    """A policy that cannot be decided for some resources (URNs), and why."""

    policy: str
    effect: str
    reason: str
    urns: tuple[str, ...]


@dataclass(frozen=True, order=True)
class Unevaluated:
    """A policy or assignment that was not evaluated at all, and why."""

    policy: str
    reason: str


@dataclass(frozen=True)
class AzurePolicies:
    """`policies` are the assigned ones, once for each assignment; `evaluated` those that could concern a resource of
    the stack and were evaluated; `outcomes` count pairs of a policy and a resource by `PolicyOutcome`."""

    file: str
    read_on: str
    policies: int
    evaluated: int
    resources: int
    outcomes: Mapping[str, int] = field(default_factory=dict)
    undecided: tuple[Undecided, ...] = ()
    unevaluated: tuple[Unevaluated, ...] = ()


@dataclass(frozen=True)
class Evaluated:
    """What is said of single resources and policies, and everything counted."""

    findings: tuple[Finding, ...]
    summary: AzurePolicies


def azure_policies_document(found: AzurePolicies) -> Mapping[str, object]:
    """As plain data."""
    return {
        "file": found.file,
        "readOn": found.read_on,
        "policies": found.policies,
        "evaluated": found.evaluated,
        "resources": found.resources,
        "outcomes": found.outcomes,
        "undecided": [
            {"policy": one.policy, "effect": one.effect, "reason": one.reason, "urns": one.urns}
            for one in found.undecided
        ],
        "notEvaluated": [{"policy": one.policy, "reason": one.reason} for one in found.unevaluated],
    }


def read_azure_policies(item: JsonReader) -> AzurePolicies:
    """The inverse. Raises `WrongJsonError`."""
    return AzurePolicies(
        file=item.text("file"),
        read_on=item.text("readOn", ""),
        policies=item.whole_number("policies"),
        evaluated=item.whole_number("evaluated"),
        resources=item.whole_number("resources"),
        outcomes=item.map_of_counts("outcomes"),
        undecided=tuple(
            Undecided(one.text("policy"), one.text("effect"), one.text("reason"), one.texts("urns"))
            for one in item.readers("undecided")
        ),
        unevaluated=tuple(
            Unevaluated(one.text("policy"), one.text("reason")) for one in item.readers("notEvaluated")
        ),
    )
