"""Git providers that Databricks knows."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.databricks_git import CREDENTIAL_PROVIDERS
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    provider = resource.text("gitProvider")
    if provider and provider.lower() not in {name.lower() for name in CREDENTIAL_PROVIDERS}:
        yield Violation("gitProvider", f"'{provider}' must be one of {', '.join(CREDENTIAL_PROVIDERS)}")


RULE = Rule(
    id="DBX015",
    service="Databricks git folder",
    title="a git provider that exists",
    applies_to=(tokens.GIT_CREDENTIAL, tokens.REPO),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="terraform-provider-databricks docs/resources/git_credential.md",
    check=_check,
    trips=Case((declare(tokens.GIT_CREDENTIAL, {"gitProvider": "azureDevOps"}),)),
    passes=Case((declare(tokens.GIT_CREDENTIAL),)),
)
