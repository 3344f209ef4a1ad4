"""Synapse signs in with Entra only."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-SY-001",
    title="Synapse signs in with Entra only",
    severity=Severity.HIGH,
    types=("azure-native:synapse:Workspace",),
    check=must_be("azureADOnlyAuthentication", True),
    why="The SQL administrator's password is a second door.",
    fix="Set azure_ad_only_authentication=True",
    anchors=Anchors(benchmark=("IM-1",), azure_policy=("6ea81a52-5ca7-4575-9669-eaa910b7edf8",)),
    cases=Cases(
        allowed=({"azureADOnlyAuthentication": True},),
        denied=({"azureADOnlyAuthentication": False},),
        omitted={},
        unknown={"azureADOnlyAuthentication": UNKNOWN_STRING},
    ),
)
