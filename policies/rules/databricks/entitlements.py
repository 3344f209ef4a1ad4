"""Production groups start no clusters of their own."""

from __future__ import annotations

from policies.frame.checks import all_of, must_not_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

RULE = Rule(
    id="AMLP-DO-034",
    title="Production groups start no clusters of their own",
    severity=Severity.MEDIUM,
    types=("databricks:index/entitlements:Entitlements",),
    check=all_of(must_not_be("allowClusterCreate", True), must_not_be("allowInstancePoolCreate", True)),
    why="The entitlement creates clusters without any policy.",
    fix="Leave allow_cluster_create and allow_instance_pool_create off; people use policies",
    anchors=Anchors(benchmark=("PA-7",), source="docs.databricks.com security/auth/entitlements"),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"allowClusterCreate": False},),
        denied=({"allowClusterCreate": True},),
        omitted={},
        unknown={"allowClusterCreate": UNKNOWN_STRING},
        omitted_is=Outcome.PASSED,
    ),
)
