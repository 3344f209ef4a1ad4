"""Production storage survives the loss of a zone."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-ST-011",
    title="Production storage survives the loss of a zone",
    severity=Severity.HIGH,
    types=("azure-native:storage:StorageAccount",),
    check=must_be(
        "sku.name",
        "Standard_ZRS",
        "Standard_GZRS",
        "Standard_RAGZRS",
        "Standard_GRS",
        "Standard_RAGRS",
        "Premium_ZRS",
    ),
    why="Locally redundant storage keeps three copies in one building.",
    fix="Choose a zone- or geo-redundant SKU (lake.redundancy, ml.workspace.storage_account.redundancy)",
    anchors=Anchors(
        benchmark=("BR-2",),
        azure_policy=("bf045164-79ba-4215-8f95-f8048dc1780b",),
        psrule=("Azure.Storage.UseReplication",),
        checkov=("CKV_AZURE_206",),
    ),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"sku": {"name": "Standard_GZRS"}},),
        denied=(
            {"sku": {"name": "Standard_LRS"}},
            {"sku": {"name": "Premium_LRS"}},
        ),
        omitted={},
        unknown={"sku": {"name": UNKNOWN_STRING}},
    ),
)
