"""A Databricks object says through which provider it is made."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    configured = any(key.startswith("databricks:") for key in world.settings)
    if world.provider_of(resource) is None and not configured:
        yield Violation(
            "",
            "the default provider is not configured: DATABRICKS_* and ~/.databrickscfg of the caller decide; "
            "give it a provider in its options",
        )


RULE = Rule(
    id="DBX041",
    service="Databricks provider",
    title="an explicit provider, or a configured default one",
    applies_to=(
        tokens.CLUSTER,
        tokens.JOB,
        tokens.REPO,
        tokens.PERMISSIONS,
        tokens.SECRET_SCOPE,
        tokens.TOKEN,
    ),
    status=0,
    code="",
    source="databricks-sdk-go issue 1064; terraform-provider-databricks docs/guides/troubleshooting.md",
    check=_check,
    trips=Case((declare(tokens.REPO),)),
    passes=Case((declare(tokens.DATABRICKS_PROVIDER, name="dbx"), declare(tokens.REPO, provider="dbx"))),
    severity=Severity.WARNING,
)
