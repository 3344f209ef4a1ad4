"""A secret scope has a vault of its own."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.judged import Stack
from policies.frame.rule import (
    UNKNOWN_STRING,
    Anchors,
    Outcome,
    Sample,
    Severity,
    StackCases,
    StackFinding,
    StackRule,
)

_SCOPE = "databricks:index/secretScope:SecretScope"
_WORKSPACE = "azure-native:machinelearningservices:Workspace"


def _check(stack: Stack) -> Iterator[StackFinding]:
    owners = {
        vault: f"the ML workspace's vault, with every secret of its datastores and connections ({name})"
        for workspace in stack.of(_WORKSPACE)
        for name in (workspace.name,)
        if (vault := stack.text(workspace, "keyVault").lower())
    }
    for scope in stack.of(_SCOPE):
        vault = stack.text(scope, "keyvaultMetadata.resourceId").lower()
        if not vault:
            continue
        if vault in owners:
            yield StackFinding(f"{scope.name} shows {owners[vault]}", scope.urn)
        else:
            owners[vault] = f"the vault that {scope.name} shows too"


def _scope(vault: str, name: str = "scope") -> Sample:
    return Sample(_SCOPE, {"keyvaultMetadata": {"resourceId": vault}}, name=name)


_ML = Sample(_WORKSPACE, {"keyVault": "/vaults/kv-ml"}, name="ml")

RULE = StackRule(
    id="AMLP-DO-090",
    title="A secret scope has a vault of its own",
    severity=Severity.HIGH,
    check=_check,
    why=(
        "A scope over a Key Vault shows every secret of the vault to every reader of the scope, and Databricks reads "
        "it as an application that is the same in all workspaces."
    ),
    fix="Leave key_vault_resource_id out, which makes a vault for each scope, or give each scope another one",
    anchors=Anchors(
        benchmark=("PA-7", "IM-8"), source="learn.microsoft.com azure/databricks/security/secrets"
    ),
    cases=StackCases(
        allowed=(_ML, _scope("/vaults/kv-a", "a"), _scope("/vaults/kv-b", "b")),
        denied=(_ML, _scope("/vaults/KV-ml")),
        omitted=(_ML, Sample(_SCOPE, {}, name="scope")),
        omitted_is=Outcome.PASSED,
        unknown=(_ML, _scope(UNKNOWN_STRING)),
    ),
)
