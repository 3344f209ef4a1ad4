"""Outbound rules name their targets."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.cases import changed
from policies.frame.judged import Judged
from policies.frame.paths import values
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity


def _check(judged: Judged) -> Iterator[str]:
    for at, rule in values(judged.props, "managedNetwork.outboundRules.*.destination"):
        if isinstance(rule, str) and ((rule.startswith("*") and rule.count(".") < 2) or "/" in rule):
            yield f"{at} is '{rule}': it opens more than one organisation's domain"


_CORRECT = {
    "managedNetwork": {
        "isolationMode": "AllowOnlyApprovedOutbound",
        "outboundRules": {"one": {"destination": "*.anaconda.org"}},
    }
}

RULE = Rule(
    id="AMLP-ML-005",
    title="Outbound rules name their targets",
    severity=Severity.HIGH,
    types=("azure-native:machinelearningservices:Workspace",),
    check=_check,
    why="A rule for everything, or for a whole top-level domain, is no rule.",
    fix="Name the host, or a domain that one organisation owns (*.anaconda.org)",
    anchors=Anchors(
        benchmark=("NS-2",), source="learn.microsoft.com machine-learning how-to-managed-network"
    ),
    cases=Cases(
        allowed=(_CORRECT,),
        denied=(
            changed(_CORRECT, {"managedNetwork.outboundRules.one.destination": "*"}),
            changed(_CORRECT, {"managedNetwork.outboundRules.one.destination": "*.com"}),
            changed(_CORRECT, {"managedNetwork.outboundRules.one.destination": "10.0.0.0/8"}),
        ),
        omitted={"managedNetwork": {"isolationMode": "AllowOnlyApprovedOutbound"}},
        unknown=changed(_CORRECT, {"managedNetwork.outboundRules.one.destination": UNKNOWN_STRING}),
        omitted_is=Outcome.PASSED,
    ),
)
