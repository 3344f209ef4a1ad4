"""A credential that is set by force takes the place of one that is there."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    names = resource.value("principalId") or resource.is_unknown("principalId")
    if resource.value("force") is True and not names:
        yield Violation(
            "force",
            "overwrites the credential of the caller, even a person's own, and nobody else can change it later; name "
            "the service principal in principal_id, or remove force",
        )


RULE = Rule(
    id="DBX244",
    service="Databricks git folder",
    title="a forced git credential is a service principal's",
    applies_to=(tokens.GIT_CREDENTIAL,),
    status=0,
    code="",
    source="databricks/terraform-provider-databricks repos/resource_git_credential.go (force)",
    check=_check,
    trips=Case((declare(tokens.GIT_CREDENTIAL, {"force": True}),)),
    passes=Case((declare(tokens.GIT_CREDENTIAL, {"force": True, "principalId": "123456789012345"}),)),
    severity=Severity.WARNING,
)
