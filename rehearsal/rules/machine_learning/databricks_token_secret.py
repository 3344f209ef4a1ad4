"""The token of an attached Databricks workspace is a secret that nobody marks."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.paths import strings
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import (
    CLUSTER_ID,
    DATABRICKS_ID,
)
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_TOKEN = "properties.properties.databricksAccessToken"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.text("properties.computeType") != "Databricks" or resource.value(_TOKEN) is None:
        return
    if not any(secret for path, _, secret in strings(resource.inputs) if path == _TOKEN):
        yield Violation(
            _TOKEN, "not marked, and the specification does not do it; wrap it in pulumi.Output.secret"
        )


def _case(kind: str) -> Case:
    properties: dict[str, object] = {"computeType": kind, "resourceId": DATABRICKS_ID}
    if kind == "Databricks":
        properties["properties"] = {
            "databricksAccessToken": "dapi-in-plain-text",
            "workspaceUrl": "adb-1.1.azuredatabricks.net",
        }
    else:
        properties |= {"resourceId": CLUSTER_ID, "properties": {"namespace": "default"}}
    return Case((declare(tokens.ML_COMPUTE, {"computeName": "dbx", "properties": properties}),))


RULE = Rule(
    id="AML025",
    service="Azure ML compute",
    title="the token of attached Databricks is marked as a secret",
    applies_to=(tokens.ML_COMPUTE,),
    status=0,
    code="",
    source="Azure REST spec machinelearningservices 2025-12-01, databricksAccessToken (no x-ms-secret)",
    check=_check,
    trips=_case("Databricks"),
    passes=_case("Kubernetes"),
    severity=Severity.WARNING,
)
