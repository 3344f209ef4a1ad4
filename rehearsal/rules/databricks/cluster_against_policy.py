"""A cluster keeps to its policy."""

from __future__ import annotations

import json
from collections.abc import Mapping

from azure_facts.cluster_policies.evaluation import EVALUATION_SOURCE
from rehearsal.rules import tokens
from rehearsal.rules.databricks.policy_view import against_policies
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Ref, Rule


def _case(definition: Mapping[str, object], tags: Mapping[str, str]) -> Case:
    policy = declare(tokens.CLUSTER_POLICY, {"definition": json.dumps(definition)}, name="policy")
    spec = "jobClusters[0].newCluster"
    changes = {f"{spec}.policyId": Ref("policy"), f"{spec}.customTags": tags}
    return Case((policy, declare(tokens.JOB, changes)))


RULE = Rule(
    id="DBX200",
    service="Databricks cluster",
    title="a cluster keeps to its policy",
    applies_to=(tokens.CLUSTER, tokens.JOB),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source=EVALUATION_SOURCE.page,
    check=against_policies,
    trips=_case({"custom_tags.team": {"type": "fixed", "value": "data"}}, {"team": "science"}),
    passes=_case({"custom_tags.team": {"type": "fixed", "value": "data"}}, {"component": "jobs"}),
)
