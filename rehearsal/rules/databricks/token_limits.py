"""Tokens live no longer than their workspace allows."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.databricks.workspace_settings import setting
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_DAYS = "customConfig.maxTokenLifetimeDays"
_DAY_SECONDS = 86_400


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    text = setting(resource, "maxTokenLifetimeDays")
    if not text:
        return
    if not text.isdigit() or not 1 <= int(text) <= 730:
        yield Violation(_DAYS, f"'{text}' must be a whole number from 1 to 730")
        return
    for token in world.of_types((tokens.TOKEN,)):
        seconds = token.value("lifetimeSeconds")
        if (
            token.provider_urn == resource.provider_urn
            and isinstance(seconds, int)
            and seconds > int(text) * _DAY_SECONDS
        ):
            yield Violation(
                _DAYS,
                f"{token.urn} asks for {seconds // _DAY_SECONDS} days, more than these {text}; use fewer",
            )


def _case(days: str) -> Case:
    conf = {"customConfig": {"maxTokenLifetimeDays": days}}
    return Case((declare(tokens.WORKSPACE_CONF, conf), declare(tokens.TOKEN, name="token")))


RULE = Rule(
    id="DBX030",
    service="Databricks workspace settings",
    title="tokens of 1 to 730 days, and none longer than allowed",
    applies_to=(tokens.WORKSPACE_CONF,),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="terraform-provider-databricks docs/resources/workspace_conf.md, docs/resources/token.md",
    check=_check,
    trips=_case("60"),
    passes=_case("90"),
)
