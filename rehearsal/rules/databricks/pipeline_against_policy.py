"""The clusters of a pipeline keep to their policies."""

from __future__ import annotations

import json

from azure_facts.cluster_policies.elements import DEFINITION_PAGE
from rehearsal.model.finding import Severity
from rehearsal.rules import tokens
from rehearsal.rules.databricks.policy_view import against_policies
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Declared, Ref, Rule


def _case(cluster_type: str) -> Case:
    definition = json.dumps({"cluster_type": {"type": "fixed", "value": cluster_type}})
    clusters = [{"label": "default", "numWorkers": 1, "policyId": Ref("policy")}]
    inputs = {"name": "sales", "catalog": "lake", "schema": "gold", "clusters": clusters}
    return Case(
        (
            declare(tokens.CLUSTER_POLICY, {"definition": definition}, name="policy"),
            Declared(tokens.PIPELINE, inputs),
        )
    )


RULE = Rule(
    id="DBX213",
    service="Databricks pipeline",
    title="a pipeline's clusters keep to their policies",
    applies_to=(tokens.PIPELINE,),
    status=0,
    code="",
    source=f"{DEFINITION_PAGE.page} (cluster_type dlt); databricks/cli libs/testserver/cluster_policies.go (a pipeline "
    "is stored as written)",
    check=against_policies,
    trips=_case("job"),
    passes=_case("dlt"),
    severity=Severity.WARNING,
)
