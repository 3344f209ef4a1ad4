"""Requests without a sign-in are turned away before they reach an app."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-CA-008",
    title="Requests without a sign-in do not reach an app",
    severity=Severity.HIGH,
    types=("azure-native:app:ContainerAppsAuthConfig",),
    check=must_be(
        "globalValidation.unauthenticatedClientAction", "RedirectToLoginPage", "Return401", "Return403"
    ),
    why="With AllowAnonymous the app itself would have to check who asks, and its identity may call the models.",
    fix="Set unauthenticated_client_action to RedirectToLoginPage for people, Return401 for programs",
    anchors=Anchors(benchmark=("IM-1",), azure_policy=("2b585559-a78e-4cc4-b1aa-fb169d2f6b96",)),
    cases=Cases(
        allowed=(
            {"globalValidation": {"unauthenticatedClientAction": "RedirectToLoginPage"}},
            {"globalValidation": {"unauthenticatedClientAction": "Return401"}},
        ),
        denied=({"globalValidation": {"unauthenticatedClientAction": "AllowAnonymous"}},),
        omitted={"globalValidation": {"redirectToProvider": "azureactivedirectory"}},
        unknown={"globalValidation": {"unauthenticatedClientAction": UNKNOWN_STRING}},
    ),
)
