"""A secret of an app or a job has a value, or a vault's secret and the identity that reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.example_azure import GROUP, GROUP_NAME, LOCATION
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_APP, _JOB = "azure-native:app:ContainerApp", "azure-native:app:Job"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    for index, secret in enumerate(resource.items("configuration.secrets")):
        path = f"configuration.secrets[{index}]"
        if any(resource.is_unknown(f"{path}.{name}") for name in ("value", "keyVaultUrl", "identity")):
            continue
        if secret.get("value") or (secret.get("keyVaultUrl") and secret.get("identity")):
            continue
        missing = "identity" if secret.get("keyVaultUrl") else "value"
        yield Violation(
            f"{path}.{missing}",
            "is missing or empty; a secret has a value, or keyVaultUrl and the identity that reads it "
            "('system', or the id of a user-assigned one)",
        )


def _case(secret: Mapping[str, object]) -> Case:
    inputs = {
        "resourceGroupName": GROUP_NAME,
        "location": LOCATION,
        "containerAppName": "ca-ui-dev",
        "managedEnvironmentId": f"{GROUP}/providers/Microsoft.App/managedEnvironments/cae-ml-dev",
        "identity": {"type": "SystemAssigned"},
        "configuration": {"secrets": [{"name": "token", **secret}]},
        "template": {"containers": [{"name": "ui", "image": "mcr.microsoft.com/k8se/quickstart:latest"}]},
    }
    return Case((Declared(_APP, inputs),))


_VAULT = {"keyVaultUrl": "https://kv-ml-dev-7k2ap.vault.azure.net/secrets/token"}

RULE = Rule(
    id="APP360",
    service="Container Apps",
    title="a secret has a value, or a vault's secret and an identity",
    applies_to=(_APP, _JOB),
    status=400,
    code="ContainerAppSecretInvalid",
    source="github.com pulumi/pulumi-azure-native issue 2673, Azure-Samples/langfuse-on-azure issue 12",
    check=_check,
    trips=_case(_VAULT),
    passes=_case({**_VAULT, "identity": "system"}),
)
