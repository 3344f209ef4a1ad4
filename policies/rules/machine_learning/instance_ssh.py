"""Compute instances have no SSH."""

from __future__ import annotations

from policies.frame.cases import changed
from policies.frame.checks import must_be, where
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

_CORRECT = {
    "properties": {
        "computeType": "ComputeInstance",
        "properties": {"sshSettings": {"sshPublicAccess": "Disabled"}},
    }
}

RULE = Rule(
    id="AMLP-ML-012",
    title="Compute instances have no SSH",
    severity=Severity.HIGH,
    types=("azure-native:machinelearningservices:Compute",),
    check=where(
        "properties.computeType",
        "ComputeInstance",
        must_be("properties.properties.sshSettings.sshPublicAccess", "Disabled"),
    ),
    why="Notebooks and VS Code reach an instance through the workspace, with Entra identities.",
    fix="Set ssh_settings.ssh_public_access to Disabled",
    anchors=Anchors(
        benchmark=("NS-2", "IM-1"),
        source="learn.microsoft.com machine-learning how-to-create-compute-instance",
    ),
    cases=Cases(
        allowed=(_CORRECT,),
        denied=(changed(_CORRECT, {"properties.properties.sshSettings.sshPublicAccess": "Enabled"}),),
        omitted={"properties": {"computeType": "ComputeInstance", "properties": {}}},
        unknown=changed(_CORRECT, {"properties.properties.sshSettings.sshPublicAccess": UNKNOWN_STRING}),
    ),
)
