"""Scoring answers over HTTPS only."""

from __future__ import annotations

from policies.frame.cases import changed
from policies.frame.checks import must_be, where
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

_CORRECT = {
    "extensionType": "Microsoft.AzureML.Kubernetes",
    "configurationSettings": {"allowInsecureConnections": "False"},
}

RULE = Rule(
    id="AMLP-KS-019",
    title="Scoring answers over HTTPS only",
    severity=Severity.HIGH,
    types=("azure-native:kubernetesconfiguration:Extension",),
    check=where(
        "extensionType",
        "Microsoft.AzureML.Kubernetes",
        must_be("configurationSettings.allowInsecureConnections", "False"),
    ),
    why="Over HTTP the caller's token can be read on the way.",
    fix="Set allowInsecureConnections to False and give a certificate",
    anchors=Anchors(benchmark=("DP-3",), azure_policy=("1a5b4dca-0b6f-4cf5-907c-56316bc1bf3d",)),
    cases=Cases(
        allowed=(_CORRECT,),
        denied=(changed(_CORRECT, {"configurationSettings.allowInsecureConnections": "True"}),),
        omitted={"extensionType": "Microsoft.AzureML.Kubernetes"},
        unknown=changed(_CORRECT, {"configurationSettings.allowInsecureConnections": UNKNOWN_STRING}),
    ),
)
