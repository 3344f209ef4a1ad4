"""Signing in goes over HTTPS only."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

RULE = Rule(
    id="AMLP-CA-009",
    title="Signing in to an app goes over HTTPS only",
    severity=Severity.HIGH,
    types=("azure-native:app:ContainerAppsAuthConfig",),
    check=must_be("httpSettings.requireHttps", True, omitted=True),
    why="The sign-in's cookie and token are the session: read on the way, they open the app to the reader.",
    fix="Set http_settings.require_https to True",
    anchors=Anchors(benchmark=("DP-3",), azure_policy=("0e80e269-43a4-4ae9-b5bc-178126b8a5cb",)),
    cases=Cases(
        allowed=({"httpSettings": {"requireHttps": True}},),
        denied=({"httpSettings": {"requireHttps": False}},),
        omitted={},
        unknown={"httpSettings": {"requireHttps": UNKNOWN_STRING}},
        omitted_is=Outcome.PASSED,
    ),
)
