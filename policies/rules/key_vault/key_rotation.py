"""Keys in the vault rotate."""

from __future__ import annotations

from policies.frame.checks import must_have
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-KV-010",
    title="Keys in the vault rotate",
    severity=Severity.MEDIUM,
    types=("azure-native:keyvault:Key",),
    check=must_have("properties.rotationPolicy.lifetimeActions"),
    why="A key of our own that nobody rotates is worse than Microsoft's, which rotates.",
    fix="Set properties.rotation_policy with a rotate action",
    anchors=Anchors(
        benchmark=("DP-6",),
        azure_policy=("d8cf8476-a2ec-4916-896e-992351803c44",),
        psrule=("Azure.KeyVault.AutoRotationPolicy",),
    ),
    cases=Cases(
        allowed=(
            {
                "properties": {
                    "rotationPolicy": {
                        "lifetimeActions": [
                            {"action": {"type": "rotate"}, "trigger": {"timeAfterCreate": "P1Y"}}
                        ]
                    }
                }
            },
        ),
        denied=({"properties": {"rotationPolicy": {"lifetimeActions": []}}},),
        omitted={},
        unknown={"properties": {"rotationPolicy": {"lifetimeActions": UNKNOWN_STRING}}},
    ),
)
