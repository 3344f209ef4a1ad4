"""Linked services keep no secrets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

_SECRETS = (
    "accountKey",
    "sasToken",
    "sasUri",
    "password",
    "accessToken",
    "apiToken",
    "servicePrincipalKey",
    "servicePrincipalCredential",
    "encryptedCredential",
)


def _check(judged: Judged) -> Iterator[str]:
    for name in _SECRETS:
        value = judged.value(f"properties.{name}")
        from_vault = isinstance(value, Mapping) and value.get("type") == "AzureKeyVaultSecret"
        if value and not from_vault:
            yield f"properties.{name} is a secret of its own"
    connection = judged.text("properties.connectionString").lower()
    if "password=" in connection or "accountkey=" in connection:
        yield "properties.connectionString holds a secret"


RULE = Rule(
    id="AMLP-DF-003",
    title="Linked services keep no secrets",
    severity=Severity.HIGH,
    types=("azure-native:datafactory:LinkedService",),
    check=_check,
    why="A key in a linked service is copied with every export of the factory.",
    fix="Use the factory's identity, or an AzureKeyVaultSecret",
    anchors=Anchors(benchmark=("IM-8",), azure_policy=("127ef6d7-242f-43b3-9eef-947faf1725d0",)),
    cases=Cases(
        allowed=({"properties": {"type": "AzureBlobFS", "url": "https://a.dfs.core.windows.net"}},),
        denied=(
            {
                "properties": {
                    "type": "AzureBlobFS",
                    "url": "https://a.dfs.core.windows.net",
                    "accountKey": "abc",
                }
            },
            {
                "properties": {
                    "type": "AzureDatabricks",
                    "domain": "https://adb-1.azuredatabricks.net",
                    "accessToken": {"type": "SecureString", "value": "dapi1"},
                }
            },
        ),
        omitted={},
        unknown={"properties": {"type": "AzureBlobFS", "accountKey": UNKNOWN_STRING}},
        omitted_is=Outcome.PASSED,
    ),
)
