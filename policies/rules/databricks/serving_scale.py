"""Served models scale to zero."""

from __future__ import annotations

from policies.frame.cases import changed
from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Kind, Rule, Severity

_CORRECT = {
    "config": {"servedEntities": [{"entityName": "m", "entityVersion": "1", "scaleToZeroEnabled": True}]}
}

RULE = Rule(
    id="AMLP-DO-042",
    title="Served models scale to zero",
    severity=Severity.MEDIUM,
    types=("databricks:index/modelServing:ModelServing",),
    check=must_be("config.servedEntities[].scaleToZeroEnabled", True),
    why="An endpoint nobody calls is billed by the hour.",
    fix="Set scale_to_zero_enabled=True",
    anchors=Anchors(benchmark=("AM-3",), source="docs.databricks.com machine-learning/model-serving"),
    kinds=frozenset({Kind.NONPROD}),
    cases=Cases(
        allowed=(_CORRECT,),
        denied=(
            {
                "config": {
                    "servedEntities": [{"entityName": "m", "entityVersion": "1", "scaleToZeroEnabled": False}]
                }
            },
        ),
        omitted={"config": {"servedEntities": [{"entityName": "m", "entityVersion": "1"}]}},
        unknown=changed(_CORRECT, {"config.servedEntities[0].scaleToZeroEnabled": UNKNOWN_STRING}),
    ),
)
