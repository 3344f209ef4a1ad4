"""A Databricks provider without a method takes what it finds on the machine that runs it."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.databricks.provider_authentication import configured_methods
from rehearsal.rules.examples import REMOVE, declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if not resource.value("authType") and not configured_methods(resource):
        yield Violation(
            "authType",
            "not pinned: ARM_*, DATABRICKS_* and ~/.databrickscfg of the caller decide; set auth_type, such as "
            "'azure-cli'",
        )


RULE = Rule(
    id="DBX356",
    service="Databricks provider",
    title="a provider without credentials of its own names its authentication method",
    applies_to=(tokens.DATABRICKS_PROVIDER,),
    status=0,
    code="",
    source="databricks-sdk-go config/auth_default.go",
    check=_check,
    trips=Case((declare(tokens.DATABRICKS_PROVIDER, {"authType": REMOVE}),)),
    passes=Case((declare(tokens.DATABRICKS_PROVIDER),)),
    severity=Severity.WARNING,
)
