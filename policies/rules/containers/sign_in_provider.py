"""The sign-in before an app is Entra's."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.checks import must_be, must_have
from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

_ENTRA = "identityProviders.azureActiveDirectory"
_NOT_OFF = must_be(f"{_ENTRA}.enabled", True, omitted=True)
_REGISTERED = must_have(f"{_ENTRA}.registration.clientId")


def _check(judged: Judged) -> Iterator[str]:
    yield from _NOT_OFF(judged)
    yield from _REGISTERED(judged)


RULE = Rule(
    id="AMLP-CA-010",
    title="The sign-in before an app is Entra's",
    severity=Severity.HIGH,
    types=("azure-native:app:ContainerAppsAuthConfig",),
    check=_check,
    why=(
        "An account elsewhere stays when its owner leaves; a sign-in whose provider is off lets nobody in, "
        "until somebody switches the sign-in off as well."
    ),
    fix="Describe identity_providers.azure_active_directory, and leave enabled on",
    anchors=Anchors(benchmark=("IM-1",), source="learn.microsoft.com container-apps authentication-entra"),
    cases=Cases(
        allowed=(
            {"identityProviders": {"azureActiveDirectory": {"registration": {"clientId": "1"}}}},
            {
                "identityProviders": {
                    "azureActiveDirectory": {"enabled": True, "registration": {"clientId": "1"}}
                }
            },
        ),
        denied=(
            {
                "identityProviders": {
                    "azureActiveDirectory": {"enabled": False, "registration": {"clientId": "1"}}
                }
            },
            {"identityProviders": {"gitHub": {"enabled": True}}},
        ),
        omitted={},
        unknown={
            "identityProviders": {
                "azureActiveDirectory": {"enabled": UNKNOWN_STRING, "registration": {"clientId": "1"}}
            }
        },
    ),
)
