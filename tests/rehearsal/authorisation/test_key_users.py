"""A service's own identity: it may use the key before the service is asked for."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from azure_facts.roles import built_in_role
from rehearsal.authorisation.authority import Authority
from rehearsal.authorisation.model import Act, Does, HeldRole, Identity, Lifecycle
from rehearsal.authorisation.sent import Sent, Verb
from rehearsal.cloud.identities import client_id, principal_id
from rehearsal.lifecycle.acts import play
from rehearsal.lifecycle.program import sent_by
from tests.infra.platforms import rehearsed

GROUP = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg"
VAULT = f"{GROUP}/providers/Microsoft.KeyVault/vaults/kv"
IDENTITY = f"{GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i"
URI = "https://KV.vault.azure.net/"
CRYPTO = "Key Vault Crypto Service Encryption User"
OWNER = Identity("person", "", "", (HeldRole("Owner", "", built_in_role("Owner").permissions),))


def sent(kind: str, arm_id: str, inputs: Mapping[str, object], *, repeats: bool = False) -> Sent:
    return Sent(f"urn:pulumi:dev::p::{kind}::x", f"azure-native:{kind}", arm_id, inputs, repeats=repeats)


MADE = (
    sent("managedidentity:UserAssignedIdentity", IDENTITY, {}),
    sent("keyvault:Vault", VAULT, {"properties": {"enableRbacAuthorization": True}}),
)
ENCRYPTED = [
    (
        "storage:StorageAccount",
        "Microsoft.Storage/storageAccounts/st",
        {
            "encryption": {
                "encryptionIdentity": {"encryptionUserAssignedIdentity": IDENTITY.upper()},
                "keyVaultProperties": {"keyVaultUri": URI},
            }
        },
    ),
    (
        "compute:DiskEncryptionSet",
        "Microsoft.Compute/diskEncryptionSets/d",
        {"identity": {"userAssignedIdentities": [IDENTITY]}, "activeKey": {"keyUrl": f"{URI}keys/k/1"}},
    ),
    (
        "containerregistry:Registry",
        "Microsoft.ContainerRegistry/registries/r",
        {
            "encryption": {
                "keyVaultProperties": {"identity": client_id(IDENTITY), "keyIdentifier": f"{URI}keys/k"}
            }
        },
    ),
]


def grant(role: str, scope: str) -> Sent:
    return sent(
        "authorization:RoleAssignment",
        f"{scope}/providers/Microsoft.Authorization/roleAssignments/a",
        {
            "principalId": principal_id(IDENTITY),
            "roleDefinitionId": f"/providers/Microsoft.Authorization/roleDefinitions/{built_in_role(role).guid}",
            "scope": scope,
        },
    )


def judge_after(*made: Sent) -> Authority:
    judge = Authority(Lifecycle("Acts.dev.yaml", "s", {}, ()))
    for one in made:
        judge.carried_out(OWNER, one, Verb.CREATE)
    return judge


@pytest.mark.parametrize(("kind", "path", "inputs"), ENCRYPTED)
@pytest.mark.parametrize(
    ("role", "scope", "allowed"),
    [
        (CRYPTO, VAULT, True),
        (CRYPTO, GROUP, True),
        (CRYPTO, f"{GROUP}/providers/Microsoft.KeyVault/vaults/other", False),
        ("Key Vault Secrets User", VAULT, False),
        ("Owner", VAULT, False),
    ],
)
def test_an_identity_that_may_not_use_the_key_fails_the_service(
    kind: str, path: str, inputs: Mapping[str, object], role: str, scope: str, *, allowed: bool
) -> None:
    judge = judge_after(*MADE, grant(role, scope)).copy()
    found = list(judge.lacking(OWNER, sent(kind, f"{GROUP}/providers/{path}", inputs), Verb.CREATE))
    assert [one.rule for one in found] == ([] if allowed else ["AUT330"])
    for denial in found:
        assert denial.scope == VAULT
        assert denial.right.startswith("Microsoft.KeyVault/vaults/keys/")
        assert CRYPTO in denial.right or "Key Vault" in denial.right


@pytest.mark.parametrize("repeats", [True, False])
def test_a_grant_of_the_same_act_is_waited_for(*, repeats: bool) -> None:
    kind, path, inputs = ENCRYPTED[0]
    account = sent(kind, f"{GROUP}/providers/{path}", inputs, repeats=repeats)
    found = list(judge_after(*MADE, grant(CRYPTO, VAULT)).lacking(OWNER, account, Verb.CREATE))
    assert [(one.rule, one.warned) for one in found] == ([] if repeats else [("AUT303", True)])


@pytest.mark.parametrize(
    "made",
    [
        (MADE[0],),
        (MADE[1],),
        (MADE[0], sent("keyvault:Vault", VAULT, {"properties": {"enableRbacAuthorization": False}})),
        (*MADE, sent("keyvault:Vault", VAULT, {"properties": {}})),
    ],
    ids=["another's vault", "another's identity", "access policies", "turned to access policies"],
)
def test_of_what_nobody_here_grants_nothing_is_said(made: tuple[Sent, ...]) -> None:
    kind, path, inputs = ENCRYPTED[0]
    account = sent(kind, f"{GROUP}/providers/{path}", inputs)
    assert list(judge_after(*made).lacking(OWNER, account, Verb.CREATE)) == []


def test_a_deletion_and_a_reading_ask_no_vault() -> None:
    kind, path, inputs = ENCRYPTED[0]
    account = sent(kind, f"{GROUP}/providers/{path}", inputs)
    judge = judge_after(*MADE)
    assert [list(judge.lacking(OWNER, account, verb)) for verb in (Verb.READ, Verb.DELETE)] == [[], []]


def test_the_platform_with_keys_of_its_own_fails_without_the_grant_and_passes_with_it() -> None:
    program = sent_by(rehearsed("cmk").world)
    lifecycle = Lifecycle(
        "Acts.test.yaml",
        "s",
        {"person": OWNER},
        (Act("first-up", Does.UP, "person"), Act("change", Does.CHANGE, "person", "first-up")),
    )
    without = tuple(
        one for one in program if not one.text("roleDefinitionId").endswith(built_in_role(CRYPTO).guid)
    )
    assert len(without) < len(program)
    told = {
        (played.act.name, denial.rule)
        for played in play(lifecycle, without)
        for denial in played.denials
        if denial.rule.startswith("AUT33")
    }
    assert told == {("first-up", "AUT330"), ("change", "AUT330")}
    assert not [
        denial for played in play(lifecycle, program) for denial in played.denials if denial.rule == "AUT330"
    ]
