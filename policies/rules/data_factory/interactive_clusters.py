"""Data factories start job clusters."""

from __future__ import annotations

from policies.frame.cases import changed
from policies.frame.checks import must_lack
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

_CORRECT = {
    "properties": {
        "type": "AzureDatabricks",
        "domain": "https://adb-1.azuredatabricks.net",
        "existingClusterId": "",
    }
}

RULE = Rule(
    id="AMLP-DF-005",
    title="Data factories start job clusters",
    severity=Severity.MEDIUM,
    types=("azure-native:datafactory:LinkedService",),
    check=must_lack("properties.existingClusterId"),
    why="A pipeline on an interactive cluster pays the higher price and competes with people.",
    fix="Set new_cluster_version and its size, or an instance pool",
    anchors=Anchors(benchmark=("AM-3",), source="learn.microsoft.com data-factory compute-linked-services"),
    cases=Cases(
        allowed=(_CORRECT,),
        denied=(changed(_CORRECT, {"properties.existingClusterId": "0101-120000-abcd"}),),
        omitted={"properties": {"type": "AzureDatabricks", "domain": "https://adb-1.azuredatabricks.net"}},
        unknown=changed(_CORRECT, {"properties.existingClusterId": UNKNOWN_STRING}),
        omitted_is=Outcome.PASSED,
    ),
)
