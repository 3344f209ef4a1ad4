"""No person reads what jobs sign in with."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.roles import Role, built_in_role
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

_GRANT = "azure-native:authorization:RoleAssignment"
_SCOPE = "databricks:index/secretScope:SecretScope"
_READING = {
    built_in_role(role).guid: role
    for role in (
        Role.KEY_VAULT_ADMINISTRATOR,
        Role.KEY_VAULT_SECRETS_OFFICER,
        Role.KEY_VAULT_SECRETS_USER,
    )
}


def _check(stack: Stack) -> Iterator[StackFinding]:
    vaults = {stack.text(scope, "keyvaultMetadata.resourceId").lower() for scope in stack.of(_SCOPE)}
    for grant in stack.of(_GRANT):
        role = _READING.get(stack.text(grant, "roleDefinitionId").rpartition("/")[2].lower())
        place = stack.text(grant, "scope").lower()
        if role is None or not place or stack.text(grant, "principalType") == "ServicePrincipal":
            continue
        if any(vault == place or vault.startswith(f"{place}/") for vault in vaults):
            yield StackFinding(
                f"{stack.text(grant, 'principalId')} gets {role} on a vault that jobs sign in from", grant.urn
            )


_VAULT = "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/kv"


def _grant(kind: str, role: Role, scope: str = _VAULT) -> Sample:
    return Sample(
        _GRANT,
        {
            "roleDefinitionId": f"/roleDefinitions/{built_in_role(role).guid}",
            "scope": scope,
            "principalType": kind,
            "principalId": "p",
        },
        name="grant",
    )


_SHOWN = Sample(_SCOPE, {"keyvaultMetadata": {"resourceId": _VAULT}}, name="scope")

RULE = StackRule(
    id="AMLP-AC-040",
    title="No person reads what jobs sign in with",
    severity=Severity.HIGH,
    check=_check,
    why=(
        "A person who reads the jobs' client secret can act as the jobs' principal: a model that he registers is "
        "promoted like the jobs' models, and no log tells the two apart."
    ),
    fix="Let CI alone set secrets of a scope's vault; give people Key Vault Reader, which shows no value",
    anchors=Anchors(
        benchmark=("PA-7", "IM-8"), source="learn.microsoft.com azure/key-vault/general/rbac-guide"
    ),
    cases=StackCases(
        allowed=(
            _SHOWN,
            _grant("ServicePrincipal", Role.KEY_VAULT_SECRETS_OFFICER),
            _grant("Group", Role.KEY_VAULT_READER),
        ),
        denied=(_SHOWN, _grant("Group", Role.KEY_VAULT_SECRETS_OFFICER)),
        omitted=(_grant("Group", Role.KEY_VAULT_SECRETS_OFFICER),),
        omitted_is=Outcome.PASSED,
        unknown=(_SHOWN, _grant("Group", Role.KEY_VAULT_SECRETS_OFFICER, UNKNOWN_STRING)),
    ),
)
