"""The jobs' principal administers nothing."""

from __future__ import annotations

from policies.frame.checks import all_of, must_not_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

RULE = Rule(
    id="AMLP-DO-045",
    title="The jobs' principal administers nothing",
    severity=Severity.HIGH,
    types=("databricks:index/servicePrincipal:ServicePrincipal",),
    check=all_of(must_not_be("allowClusterCreate", True), must_not_be("allowInstancePoolCreate", True)),
    why="Anybody who can change a job's notebook can act as this principal.",
    fix="Leave allow_cluster_create and allow_instance_pool_create off",
    anchors=Anchors(benchmark=("PA-7",), source="docs.databricks.com security/auth/entitlements"),
    cases=Cases(
        allowed=({"applicationId": "c0", "allowClusterCreate": False},),
        denied=({"applicationId": "c0", "allowClusterCreate": True},),
        omitted={"applicationId": "c0"},
        unknown={"applicationId": "c0", "allowClusterCreate": UNKNOWN_STRING},
        omitted_is=Outcome.PASSED,
    ),
)
