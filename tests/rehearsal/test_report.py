"""The printed report, whole."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

from rehearsal.report import render
from rehearsal.rules import all_rules
from rehearsal.run import rehearse

Project = Callable[..., Path]

PROGRAM = """
import pulumi
from pulumi_azure_native import keyvault, resources, storage
rg = resources.ResourceGroup("rg", resource_group_name="rg-ml-dev", location="westeurope")
class Lake(pulumi.ComponentResource):
    def __init__(self):
        super().__init__("acme:index:Lake", "lake")
        account = storage.StorageAccount("account", resource_group_name=rg.name, account_name="dlsmldev",
            location="westeurope", kind="StorageV2", sku={"name": "Standard_LRS"}, is_hns_enabled=True,
            minimum_tls_version="TLS1_2", opts=pulumi.ResourceOptions(parent=self, protect=True))
        storage.BlobContainer("raw", resource_group_name=rg.name, account_name=account.name, container_name="raw",
            opts=pulumi.ResourceOptions(parent=self))
        self.register_outputs({})
Lake()
keyvault.Vault("kv", resource_group_name=rg.name, vault_name="kv-ml-dev", location="westeurope",
    properties={"sku": {"family": "A", "name": "standard"}, "tenant_id": "22222222-2222-2222-2222-222222222222",
                "enable_purge_protection": False, "enable_rbac_authorization": True})
"""


def test_a_refused_stack(project: Project) -> None:
    result = rehearse(project(PROGRAM), "dev", today=datetime.date(2026, 11, 21))
    assert (
        render(result)
        == """\
sample/dev: 4 resources, 1 component, as of 2026-11-21

├─ keyvault.Vault kv-ml-dev
├─ acme.Lake lake
│  ├─ storage.StorageAccount dlsmldev [protected]
│  └─ storage.BlobContainer raw
└─ resources.ResourceGroup rg-ml-dev

By type:
  1 keyvault.Vault
  1 resources.ResourceGroup
  1 storage.BlobContainer
  1 storage.StorageAccount

First deployment: about 1 min (100% of that from estimates), along:
    0.1 min  +0.5  storage.StorageAccount dlsmldev [protected]

Azure would refuse (1):
  KV001 urn:pulumi:dev::sample::azure-native:keyvault:Vault::kv properties.enablePurgeProtection
    400 BadRequest: cannot be set to false; set it to true or leave it out
    source: Azure REST spec keyvault 2024-11-01, VaultProperties.enablePurgeProtection

Warnings (1):
  IMM002 urn:pulumi:dev::sample::azure-native:keyvault:Vault::kv replaceOnChanges
    400 PropertyChangeNotAllowed: a later change of properties.tenantId, location would preview as an update and fail; \
name them in replace_on_changes (with protect where the name is held after deletion)
    source: pulumi/pulumi-azure-native issue 577; provider/pkg/gen/replacement.go has no entry for these types

Checked: RULES service rules, 4 types, of which 0 generic (outside the catalogue)

sample/dev: 1 refusal, 1 warning: it would not deploy
""".replace("RULES", str(len(all_rules())))
    )


def test_what_the_stack_does_not_create_is_listed_and_so_are_guesses(project: Project) -> None:
    program = """
from pulumi_azure_native import authorization, dashboard
GROUP = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-shared"
dashboard.Grafana("grafana", resource_group_name="rg-shared", workspace_name="amg-ml-dev", location="westeurope")
authorization.RoleAssignment("grant", scope=GROUP, role_assignment_name="6f9619ff-8b86-d011-b42d-00c04fc964ff",
    principal_id="11111111-1111-1111-1111-111111111111", principal_type="Group",
    role_definition_id="/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7")
"""
    text = render(rehearse(project(program), "dev"))
    assert "\nAssumed to exist outside this stack (1):\n  /subscriptions/0000" in text
    assert "2 types, of which 1 generic (outside the catalogue): azure-native:dashboard:Grafana (1)\n" in text


def test_the_verdict_of_a_failed_program_claims_nothing(project: Project) -> None:
    result = rehearse(project("raise ValueError"), "dev", today=datetime.date(2026, 11, 21))
    assert render(result) == (
        "sample/dev: 0 resources, 0 components, as of 2026-11-21\n\nsample/dev: the program failed (crash)\n"
    )


def test_colour_only_when_asked(project: Project) -> None:
    result = rehearse(project("import pulumi\n"), "dev")
    assert "\x1b[" not in render(result)
    assert render(result, colour=True).endswith("\x1b[32msample/dev: clean\x1b[0m\n")
