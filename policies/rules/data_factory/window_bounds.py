"""A tumbling window tells its run which window it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

_BOUNDS = ("windowStartTime", "windowEndTime")


def _check(judged: Judged) -> Iterator[str]:
    if judged.text("properties.type") != "TumblingWindowTrigger":
        return
    passed = judged.value("properties.pipeline.parameters")
    values = [str(value) for value in passed.values()] if isinstance(passed, Mapping) else []
    for bound in _BOUNDS:
        if not any(bound in value for value in values):
            yield f"no parameter of the pipeline is given {bound}"


def _trigger(parameters: object) -> dict[str, object]:
    return {"properties": {"type": "TumblingWindowTrigger", "pipeline": {"parameters": parameters}}}


RULE = Rule(
    id="AMLP-DF-021",
    title="A tumbling window passes its bounds",
    severity=Severity.MEDIUM,
    types=("azure-native:datafactory:Trigger",),
    check=_check,
    why=(
        "A window that is run late or again must load what belongs to it; without its bounds a run takes what is there "
        "at that moment, once for each window that is caught up with."
    ),
    fix="Pass @trigger().outputs.windowStartTime and @trigger().outputs.windowEndTime as parameters",
    anchors=Anchors(source="learn.microsoft.com data-factory how-to-create-tumbling-window-trigger"),
    cases=Cases(
        allowed=(
            _trigger(
                {
                    "start": "@trigger().outputs.windowStartTime",
                    "end": "@{trigger().outputs.windowEndTime}",
                }
            ),
            {"properties": {"type": "ScheduleTrigger"}},
        ),
        denied=(_trigger({"start": "@trigger().outputs.windowStartTime"}), _trigger({})),
        omitted={"properties": {"type": "ScheduleTrigger"}},
        unknown={"properties": {"type": UNKNOWN_STRING}},
        omitted_is=Outcome.PASSED,
    ),
)
