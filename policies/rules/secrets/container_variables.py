"""Containers get secrets as secure values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from policies.frame.judged import Judged
from policies.frame.paths import values
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

_NAMED_SECRET = re.compile(r"secret|password|token|key", re.IGNORECASE)


def _check(judged: Judged) -> Iterator[str]:
    for path in ("containers[].environmentVariables[]", "template.containers[].env[]"):
        for at, variable in values(judged.props, path):
            named = isinstance(variable, Mapping) and _NAMED_SECRET.search(str(variable.get("name")))
            if named and isinstance(variable, Mapping) and variable.get("value"):
                yield f"{at} ({variable.get('name')}) is a plain value"


RULE = Rule(
    id="AMLP-SC-002",
    title="Containers get secrets as secure values",
    severity=Severity.HIGH,
    types=(
        "azure-native:containerinstance:ContainerGroup",
        "azure-native:app:ContainerApp",
        "azure-native:app:Job",
    ),
    check=_check,
    why="Every reader of the resource sees a plain variable.",
    fix="Use secure_value (container group) or secret_ref (container app)",
    anchors=Anchors(
        benchmark=("IM-8",),
        source="learn.microsoft.com container-instances container-instances-environment-variables",
    ),
    cases=Cases(
        allowed=(
            {
                "containers": [
                    {"name": "c", "environmentVariables": [{"name": "API_KEY", "secureValue": "x"}]}
                ]
            },
        ),
        denied=(
            {"containers": [{"name": "c", "environmentVariables": [{"name": "API_KEY", "value": "x"}]}]},
        ),
        omitted={},
        unknown={
            "containers": [
                {"name": "c", "environmentVariables": [{"name": "API_KEY", "value": UNKNOWN_STRING}]}
            ]
        },
        omitted_is=Outcome.PASSED,
    ),
)
