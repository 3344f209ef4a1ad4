"""Apps that are open to the outside ask for a sign-in."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.judged import Stack
from policies.frame.rule import UNKNOWN_STRING, Anchors, Sample, Severity, StackCases, StackFinding, StackRule


def _check(stack: Stack) -> Iterator[StackFinding]:
    guarded = {
        stack.text(config, "containerAppName").lower()
        for config in stack.of("azure-native:app:ContainerAppsAuthConfig")
    }
    for app in stack.of("azure-native:app:ContainerApp"):
        outside = stack.read(
            app, lambda asked: asked.value("configuration.ingress.external") is True, default=False
        )
        name = stack.text(app, "containerAppName")
        if outside and name and name.lower() not in guarded:
            yield StackFinding(f"{name} answers the internet without a sign-in", app.urn)


_APP = Sample(
    "azure-native:app:ContainerApp",
    {"containerAppName": "web", "configuration": {"ingress": {"external": True}}},
)

RULE = StackRule(
    id="AMLP-CA-006",
    title="Apps that are open to the outside ask for a sign-in",
    severity=Severity.HIGH,
    check=_check,
    why="An app with an identity that may call the models is the models' front door.",
    fix="Add a ContainerAppsAuthConfig with Entra, or make the ingress internal",
    anchors=Anchors(benchmark=("IM-1",), azure_policy=("2b585559-a78e-4cc4-b1aa-fb169d2f6b96",)),
    cases=StackCases(
        allowed=(
            _APP,
            Sample("azure-native:app:ContainerAppsAuthConfig", {"containerAppName": "web"}, name="a"),
        ),
        denied=(
            _APP,
            Sample("azure-native:app:ContainerAppsAuthConfig", {"containerAppName": "other"}, name="a"),
        ),
        omitted=(_APP,),
        unknown=(
            Sample(
                "azure-native:app:ContainerApp",
                {"containerAppName": "web", "configuration": {"ingress": {"external": UNKNOWN_STRING}}},
            ),
        ),
    ),
)
