"""Jobs run no notebook of a person's folder."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policies.frame.cases import changed
from policies.frame.judged import Judged
from policies.frame.paths import texts, values
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

_PERSONAL = re.compile(r"^(/Workspace)?/(Users/|Repos/[^/]*@)", re.IGNORECASE)


def _check(judged: Judged) -> Iterator[str]:
    for place in ("tasks", "activities"):
        for at, path in texts(judged.value(place), place):
            if _PERSONAL.match(path):
                yield f"{at} is '{path}', in a person's folder"
    for path in ("tasks[].notebookTask.notebookPath", "activities[].notebookPath"):
        list(values(judged.props, path))  # an unknown path is not evaluated, not passed


_CORRECT = {
    "tasks": [
        {
            "taskKey": "a",
            "notebookTask": {"notebookPath": "/Repos/production/forecasting/notebooks/train"},
        }
    ]
}

RULE = Rule(
    id="AMLP-WH-001",
    title="Jobs run no notebook of a person's folder",
    severity=Severity.HIGH,
    types=("databricks:index/job:Job", "azure-native:datafactory:Pipeline"),
    check=_check,
    why="The notebook changes, moves or goes with the person, and no review has seen it.",
    fix="Run it from the production git folder",
    anchors=Anchors(benchmark=("DS-6",), source="docs.databricks.com jobs/configure-job"),
    cases=Cases(
        allowed=(_CORRECT,),
        denied=(
            {"tasks": [{"taskKey": "a", "notebookTask": {"notebookPath": "/Users/ada@example.com/train"}}]},
            changed(
                _CORRECT, {"tasks[0].notebookTask.notebookPath": "/Repos/ada@example.com/forecasting/train"}
            ),
            changed(
                _CORRECT, {"tasks[0].notebookTask.notebookPath": "/Workspace/Users/ada@example.com/train"}
            ),
        ),
        omitted={"tasks": [{"taskKey": "a"}]},
        unknown={"tasks": [{"taskKey": "a", "notebookTask": {"notebookPath": UNKNOWN_STRING}}]},
        omitted_is=Outcome.PASSED,
    ),
)
