"""The printed report, whole."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

from rehearsal.report import render
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

Azure would refuse (1):
  KV001 urn:pulumi:dev::sample::azure-native:keyvault:Vault::kv properties.enablePurgeProtection
    400 BadRequest: cannot be set to false; set it to true or leave it out
    source: Azure REST spec keyvault 2024-11-01, VaultProperties.enablePurgeProtection

Warnings (1):
  IMM002 urn:pulumi:dev::sample::azure-native:keyvault:Vault::kv replaceOnChanges
    400 PropertyChangeNotAllowed: a later change of properties.tenantId, location would preview as an update and fail; \
name them in replace_on_changes (with protect where the name is held after deletion)
    source: pulumi/pulumi-azure-native issue 577; provider/pkg/gen/replacement.go has no entry for these types

sample/dev: 1 refusal, 1 warning: it would not deploy
"""
    )


def test_the_verdict_of_a_failed_program_claims_nothing(project: Project) -> None:
    result = rehearse(project("raise ValueError"), "dev", today=datetime.date(2026, 11, 21))
    assert render(result) == (
        "sample/dev: 0 resources, 0 components, as of 2026-11-21\n\nsample/dev: the program failed (crash)\n"
    )


def test_colour_only_when_asked(project: Project) -> None:
    result = rehearse(project("import pulumi\n"), "dev")
    assert "\x1b[" not in render(result)
    assert render(result, colour=True).endswith("\x1b[32msample/dev: clean\x1b[0m\n")
