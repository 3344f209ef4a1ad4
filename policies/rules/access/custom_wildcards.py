"""Custom roles list what they allow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policies.frame.judged import Judged
from policies.frame.paths import values
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity


def _check(judged: Judged) -> Iterator[str]:
    for kind in ("actions", "dataActions"):
        for at, actions in values(judged.props, f"permissions[].{kind}"):
            for action in actions if isinstance(actions, Sequence) else ():
                if "*" in str(action):
                    yield f"{at} holds {action}"


RULE = Rule(
    id="AMLP-AC-007",
    title="Custom roles list what they allow",
    severity=Severity.HIGH,
    types=("azure-native:authorization:RoleDefinition",),
    check=_check,
    why="A wildcard also includes every operation that the service adds later.",
    fix="List the operations",
    anchors=Anchors(
        benchmark=("PA-7",), azure_policy=("a451c1ef-c6ca-483d-87ed-f49761e3ffb5",), checkov=("CKV_AZURE_39",)
    ),
    cases=Cases(
        allowed=({"permissions": [{"actions": ["Microsoft.MachineLearningServices/workspaces/jobs/read"]}]},),
        denied=(
            {"permissions": [{"actions": ["*"]}]},
            {"permissions": [{"actions": ["Microsoft.MachineLearningServices/*"]}]},
            {"permissions": [{"actions": ["*/write"]}]},
        ),
        omitted={},
        unknown={"permissions": [{"actions": UNKNOWN_STRING}]},
        omitted_is=Outcome.PASSED,
    ),
)
