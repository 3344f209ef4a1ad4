"""Container apps pull images with an identity that they hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity


def _check(judged: Judged) -> Iterator[str]:
    kinds = {part.strip().lower() for part in judged.text("identity.type").split(",")}
    held = {"system"} if "systemassigned" in kinds else set[str]()
    if "userassigned" in kinds:
        held |= _texts(judged.value("identity.userAssignedIdentities"))
    for registry in judged.items("configuration.registries"):
        server, identity = registry.get("server"), registry.get("identity")
        if not identity:
            yield f"images of {server} are pulled without an identity"
        elif str(identity).lower() not in held:
            yield f"images of {server} are pulled with an identity that the app does not hold"


def _texts(value: object) -> set[str]:
    return {str(item).lower() for item in value} if isinstance(value, Sequence | Mapping) else set()


_REGISTRY = {"registries": [{"server": "cr.azurecr.io", "identity": "/identities/app"}]}

RULE = Rule(
    id="AMLP-CA-014",
    title="Container apps pull images with an identity that they hold",
    severity=Severity.MEDIUM,
    types=("azure-native:app:ContainerApp",),
    check=_check,
    why="Anybody who reads a registry's password can use it. Without the identity that it names, no revision starts.",
    fix="Set the registry's identity, and list it in identity.user_assigned_identities",
    anchors=Anchors(
        benchmark=("IM-3",), source="learn.microsoft.com container-apps managed-identity-image-pull"
    ),
    cases=Cases(
        allowed=(
            {
                "identity": {"type": "UserAssigned", "userAssignedIdentities": ["/identities/app"]},
                "configuration": _REGISTRY,
            },
            {
                "identity": {"type": "SystemAssigned"},
                "configuration": {"registries": [{"server": "cr.azurecr.io", "identity": "system"}]},
            },
        ),
        denied=(
            {
                "identity": {"type": "SystemAssigned", "userAssignedIdentities": ["/identities/app"]},
                "configuration": _REGISTRY,
            },
            {
                "identity": {"type": "UserAssigned", "userAssignedIdentities": ["/identities/other"]},
                "configuration": _REGISTRY,
            },
            {
                "configuration": {
                    "registries": [
                        {"server": "cr.azurecr.io", "username": "u", "passwordSecretRef": "password"}
                    ]
                }
            },
        ),
        omitted={"identity": {"type": "UserAssigned"}},
        unknown={
            "identity": {"type": "UserAssigned", "userAssignedIdentities": ["/identities/app"]},
            "configuration": {"registries": [{"server": "cr.azurecr.io", "identity": UNKNOWN_STRING}]},
        },
        omitted_is=Outcome.PASSED,
    ),
)
