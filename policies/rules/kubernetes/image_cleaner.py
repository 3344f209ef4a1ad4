"""Nodes forget images that nobody runs."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.checks import must_be
from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

_ENABLED = must_be("securityProfile.imageCleaner.enabled", True)


def _check(judged: Judged) -> Iterator[str]:
    if judged.value("securityProfile.imageCleaner") is not None:
        yield from _ENABLED(judged)


RULE = Rule(
    id="AMLP-KS-028",
    title="Nodes forget images that nobody runs",
    severity=Severity.LOW,
    types=("azure-native:containerservice:ManagedCluster",),
    check=_check,
    why="Old images with known holes stay on the nodes and can be started without a pull.",
    fix="Leave security_profile.image_cleaner enabled",
    anchors=Anchors(benchmark=("PV-6",), azure_policy=("af3c26b2-6fad-493e-9236-9c68928516ab",)),
    cases=Cases(
        allowed=({"securityProfile": {"imageCleaner": {"enabled": True}}},),
        denied=({"securityProfile": {"imageCleaner": {"enabled": False}}},),
        omitted={"securityProfile": {}},
        unknown={"securityProfile": {"imageCleaner": {"enabled": UNKNOWN_STRING}}},
        omitted_is=Outcome.PASSED,
    ),
)
