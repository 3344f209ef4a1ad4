"""Production attaches no Databricks by token."""

from __future__ import annotations

from policies.frame.checks import must_not_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

RULE = Rule(
    id="AMLP-ML-026",
    title="Production attaches no Databricks by token",
    severity=Severity.MEDIUM,
    types=("azure-native:machinelearningservices:Compute",),
    check=must_not_be("properties.computeType", "Databricks"),
    why=(
        "The attachment keeps a Databricks token that lives for months and is shown to everybody who may "
        "list the compute's keys."
    ),
    fix="Call Databricks jobs with the Jobs API instead",
    anchors=Anchors(
        benchmark=("IM-3",), source="learn.microsoft.com machine-learning how-to-attach-compute-targets"
    ),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"properties": {"computeType": "AmlCompute"}},),
        denied=({"properties": {"computeType": "Databricks"}},),
        omitted={},
        unknown={"properties": {"computeType": UNKNOWN_STRING}},
        omitted_is=Outcome.PASSED,
    ),
)
