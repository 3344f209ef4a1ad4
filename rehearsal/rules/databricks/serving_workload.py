"""Model serving on Azure has its own kinds of GPU."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_OF_AWS = ("GPU_MEDIUM", "GPU_MEDIUM_4", "GPU_MEDIUM_8", "MULTIGPU_MEDIUM")
_OF_AZURE = ("CPU", "GPU_SMALL", "GPU_LARGE", "GPU_LARGE_2")


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    for collection in ("config.servedEntities", "config.servedModels"):
        for index, served in enumerate(resource.items(collection)):
            kind = served.get("workloadType")
            if kind in _OF_AWS:
                yield Violation(
                    f"{collection}[{index}].workloadType",
                    f"{kind} means GPUs of AWS; use one of {', '.join(_OF_AZURE)}",
                )


def _case(kind: str) -> Case:
    entity = {"entityName": "lake.gold.demand", "entityVersion": "3", "workloadType": kind}
    served = {**entity, "workloadSize": "Small", "scaleToZeroEnabled": True}
    return Case((Declared(tokens.MODEL_SERVING, {"name": "demand", "config": {"servedEntities": [served]}}),))


RULE = Rule(
    id="DBX206",
    service="Databricks model serving",
    title="a kind of GPU that Azure has",
    applies_to=(tokens.MODEL_SERVING,),
    status=0,
    code="",
    source="learn.microsoft.com azure/databricks/machine-learning/model-serving/create-manage-serving-endpoints (GPU "
    "workload types); databricks-industry-solutions hls-llm-doc-qa issue 9",
    check=_check,
    trips=_case("GPU_MEDIUM"),
    passes=_case("GPU_SMALL"),
    severity=Severity.WARNING,
)
