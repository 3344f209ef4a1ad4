"""Environments of both kinds share neither groups nor identities."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.judged import Judged
from policies.frame.rule import SHARED_PERSONA, UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

_OWN_GROUP = "3f2c1b0a-0000-4000-8000-000000000001"


def _check(judged: Judged) -> Iterator[str]:
    principal = judged.text("principalId")
    other = judged.about.shared_people.get(principal.lower())
    if other:
        yield f"{judged.text('principalType') or 'principal'} {principal} is a persona of stack {other} too"


RULE = Rule(
    id="AMLP-AC-031",
    title="Environments of both kinds share neither groups nor identities",
    severity=Severity.HIGH,
    types=("azure-native:authorization:RoleAssignment",),
    check=_check,
    why=(
        "A membership that somebody got for development opens production: who reviews the members of a group cannot "
        "see what it opens elsewhere, and code that runs as a member in dev reads prod's data."
    ),
    fix=(
        "Give access.personas of the production stack groups of their own; a group of another environment that "
        "shall read is listed in access.cross_environment_readers"
    ),
    anchors=Anchors(
        benchmark=("PA-7",), source="learn.microsoft.com security/benchmark privileged-access PA-7"
    ),
    cases=Cases(
        allowed=({"principalId": _OWN_GROUP, "principalType": "Group"},),
        denied=(
            {"principalId": SHARED_PERSONA, "principalType": "Group"},
            {"principalId": SHARED_PERSONA.upper(), "principalType": "ServicePrincipal"},
        ),
        omitted={"principalType": "Group"},
        unknown={"principalId": UNKNOWN_STRING, "principalType": "Group"},
        omitted_is=Outcome.PASSED,
    ),
)
