"""Container apps speak HTTP."""

from __future__ import annotations

from policies.frame.checks import must_not_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

RULE = Rule(
    id="AMLP-CA-013",
    title="Container apps speak HTTP, which a sign-in can guard",
    severity=Severity.HIGH,
    types=("azure-native:app:ContainerApp",),
    check=must_not_be("configuration.ingress.transport", "tcp"),
    why="The sign-in and the redirect to HTTPS belong to HTTP ingress: over plain TCP a caller meets neither.",
    fix="Set ingress.transport to auto, http or http2",
    anchors=Anchors(benchmark=("IM-1",), source="learn.microsoft.com container-apps ingress-overview"),
    cases=Cases(
        allowed=(
            {"configuration": {"ingress": {"targetPort": 80, "transport": "auto"}}},
            {"configuration": {"ingress": {"targetPort": 80, "transport": "http2"}}},
        ),
        denied=({"configuration": {"ingress": {"targetPort": 80, "transport": "tcp"}}},),
        omitted={"configuration": {"ingress": {"targetPort": 80}}},
        unknown={"configuration": {"ingress": {"targetPort": 80, "transport": UNKNOWN_STRING}}},
        omitted_is=Outcome.PASSED,
    ),
)
