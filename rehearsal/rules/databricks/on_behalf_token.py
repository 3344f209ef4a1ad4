"""Tokens on behalf of a principal exist on AWS and GCP."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import (
    SOMEBODY,
)
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_TOKEN = "databricks:index/oboToken:OboToken"


def _check(_resource: Resource, _world: World) -> Iterator[Violation]:
    yield Violation(
        "",
        "not available on Azure; configure a second provider that authenticates as the service principal and create "
        "a databricks.Token with it",
    )


RULE = Rule(
    id="DBX023",
    service="Databricks token",
    title="no on-behalf-of tokens on Azure",
    applies_to=(_TOKEN,),
    status=404,
    code="FEATURE_DISABLED",
    source="terraform-provider-databricks docs/resources/obo_token.md",
    check=_check,
    trips=Case((Declared(_TOKEN, {"applicationId": SOMEBODY, "lifetimeSeconds": 3600}),)),
    passes=Case((declare(tokens.TOKEN),)),
)
