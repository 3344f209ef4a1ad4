"""Everything is in an allowed region."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.regions import REGIONS, region_name
from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity, Threshold


def _check(judged: Judged) -> Iterator[str]:
    location = region_name(judged.text("location"))
    if location and location not in judged.words("regions"):
        known = "" if location in REGIONS or location == "global" else ", which is no Azure region"
        yield f"location is '{location}'{known}: it must be one of {', '.join(judged.words('regions'))}"


RULE = Rule(
    id="AMLP-TG-003",
    title="Everything is in an allowed region",
    severity=Severity.HIGH,
    types=("azure-native:*",),
    check=_check,
    why="Data that leaves the region leaves its law, and traffic between regions costs.",
    fix="Use azure.location, or add the region to regions here",
    anchors=Anchors(
        benchmark=("DP-2",),
        azure_policy=("e56962a6-4747-49cd-b67b-bf8b01975c4c", "e765b5de-1225-4ba3-bd56-1ac6695af988"),
        psrule=("Azure.Resource.AllowedRegions",),
    ),
    thresholds=(
        Threshold("regions", ("westeurope", "northeurope", "global"), "regions where resources may be"),
    ),
    cases=Cases(
        allowed=({"location": "westeurope"},),
        denied=(
            {"location": "eastus"},
            {"location": "brazilsouth"},
        ),
        omitted={},
        unknown={"location": UNKNOWN_STRING},
        omitted_is=Outcome.PASSED,
        other_type="databricks:index/token:Token",
    ),
)
