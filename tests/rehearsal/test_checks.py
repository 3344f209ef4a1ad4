"""Checks on every type: the SDK's types, option paths, names and ids that exist once."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pytest

from rehearsal.model.values import STAND_IN, holds_stand_in, masked_text
from rehearsal.run import rehearse

Project = Callable[..., Path]

GROUP = """
import pulumi
from pulumi_azure_native import keyvault, resources, storage
rg = resources.ResourceGroup("rg", resource_group_name="rg-a", location="westeurope")
def account(name, account_name="stmldev7k2ap", opts=None, **more):
    arguments = {"kind": "StorageV2", "sku": {"name": "Standard_LRS"}, "minimum_tls_version": "TLS1_2", **more}
    return storage.StorageAccount(name, resource_group_name=rg.name, account_name=account_name, location="westeurope",
        opts=opts, **arguments)
"""


def test_a_key_that_the_provider_drops_and_an_open_enum_are_warned_of(project: Project) -> None:
    program = GROUP + (
        "account('one', 'stone', sku={'name': 'Standard_LRS', 'tierr': 'Standard'})\n"
        "account('two', 'sttwo', kind='StorageV9')\n"
    )
    result = rehearse(project(program), "dev")
    assert result.refusals == ()
    assert [(finding.rule, finding.path) for finding in result.warnings] == [
        ("SDK002", "sku.tierr"),
        ("SDK005", "kind"),
    ]


def test_a_path_in_the_options_that_the_type_lacks_is_refused(project: Project) -> None:
    program = GROUP + (
        "account('one', opts=pulumi.ResourceOptions(ignore_changes=['networkRuleSet.bypas'], "
        "replace_on_changes=['isHnsEnabled']))\n"
    )
    result = rehearse(project(program), "dev")
    assert [(finding.rule, finding.path) for finding in result.refusals] == [
        ("SDK006", "ignoreChanges: networkRuleSet.bypas")
    ]


def test_the_second_resource_of_an_id_is_refused_as_the_provider_does(project: Project) -> None:
    result = rehearse(project(GROUP + "account('one')\naccount('two', 'STMLDEV7K2AP')\n"), "dev")
    state = [finding for finding in result.refusals if finding.rule == "STA001"]
    assert [finding.urn.rpartition("::")[2] for finding in state] == ["two"]
    assert "cannot create already existing resource '/subscriptions/" in state[0].message


def test_a_globally_unique_name_is_taken_by_the_first(project: Project) -> None:
    program = (
        GROUP
        + """
other = resources.ResourceGroup("other", resource_group_name="rg-b", location="westeurope")
account("one")
storage.StorageAccount("two", resource_group_name=other.name, account_name="stmldev7k2ap", location="westeurope",
    kind="StorageV2", sku={"name": "Standard_LRS"}, minimum_tls_version="TLS1_2")
"""
    )
    (taken,) = rehearse(project(program), "dev").refusals
    assert (taken.rule, taken.path, taken.code) == ("STA002", "accountName", "StorageAccountAlreadyTaken")
    assert "StorageAccount::one; names of this kind are unique across all of Azure" in taken.message


@pytest.mark.parametrize("before", ["", "a", "ab", "-----BEGIN KEY-----\n"])
def test_a_secret_in_base64_is_still_a_secret(before: str) -> None:
    encoded = base64.b64encode(f"{before}{STAND_IN}db.password and more".encode()).decode()
    assert holds_stand_in(encoded)
    assert masked_text(f"key={encoded};") == "key=[secret];"
    assert not holds_stand_in(base64.b64encode(b"rehearsal without any of it").decode())


STREAMS = """
from pulumi_azure_native import monitor
for name, stream in (("documented", "Microsoft-ContainerLogV2"), ("slip", "Microsoft-ContainerLogsV2")):
    monitor.DataCollectionRule(name, resource_group_name="rg-a", location="westeurope",
        data_collection_rule_name=f"dcr-{name}", data_flows=[{"streams": [stream], "destinations": ["logs"]}])
"""


def test_a_value_that_a_service_documents_beyond_its_specification_is_no_warning(project: Project) -> None:
    result = rehearse(project(STREAMS), "dev")
    warned = [one.urn.rpartition("::")[2] for one in result.warnings if one.rule == "SDK005"]
    assert warned == ["slip"]
