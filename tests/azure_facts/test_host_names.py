"""Host names of services: rows agree with private link, and every door that the platform promises has one."""

from __future__ import annotations

import pytest

from azure_facts.arm_id_parsing import arm_type_of, levels
from azure_facts.host_names import HOSTS, host_name
from azure_facts.private_link import sub_resources
from infra.promises.platform import promised
from infra.verify.estate import has_host
from infra.verify.promise import read_promises
from tests.infra.stack_settings import settings_of

NO_ENDPOINT_OF_ITS_OWN = {
    "microsoft.operationalinsights/workspaces",
    "microsoft.insights/components",
    "microsoft.app/containerapps",
}
"""Reached through the endpoint of a scope or of an environment."""


@pytest.mark.parametrize("host", HOSTS, ids=lambda host: f"{host.resource_type} {host.group}")
def test_a_row_has_a_template_or_says_where_azure_tells(host: object) -> None:
    assert host in HOSTS
    row = HOSTS[HOSTS.index(host)]
    assert bool(row.template) != bool(row.properties)
    groups = {one.group for one in sub_resources(row.resource_type)}
    if row.group and row.resource_type.lower() not in NO_ENDPOINT_OF_ITS_OWN:
        assert row.group in groups


def test_a_type_is_found_in_any_case_and_only_by_its_own_group() -> None:
    vault = host_name("microsoft.keyvault/VAULTS", "vault")
    assert vault is not None
    assert vault.template == "{name}.vault.azure.net"
    assert host_name("Microsoft.KeyVault/vaults", "blob") is None
    assert host_name("Microsoft.KeyVault/vaults", "") is None


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_every_door_that_the_platform_promises_has_a_host(stack: str) -> None:
    missing = {
        (arm_type_of(levels(target)[-1]), one.group)
        for one in read_promises(promised(settings_of(stack))).promises
        if one.group and not one.host and not one.action.host
        for target in [one.on.rpartition("@")[2]]
        if not has_host(target, one.group)
    }
    # An environment's host is that of an app in it.
    assert missing <= {("microsoft.app/managedenvironments", "managedEnvironments")}
