"""Facts about traffic: tags, trusted services, the sub-resource that a type is mostly called by."""

from __future__ import annotations

import pytest

from azure_facts.network_traffic import DEFAULT_RULES, is_microsofts, tag_of, tag_of_host
from azure_facts.private_link import SUB_RESOURCES, sub_resource, usual_group
from azure_facts.trusted_services import is_trusted, source_of

_LISTS = (
    "Microsoft.Storage/storageAccounts",
    "Microsoft.KeyVault/vaults",
    "Microsoft.ContainerRegistry/registries",
)


@pytest.mark.parametrize(
    ("host", "tag"),
    [
        ("management.azure.com", "AzureResourceManager"),
        ("westeurope.api.azureml.ms", "AzureMachineLearning"),
        ("notazureml.ms", ""),
        ("packages.example.com", ""),
    ],
)
def test_a_host_lies_in_the_tag_of_its_domain(host: str, tag: str) -> None:
    assert tag_of_host(host) == tag


def test_what_is_microsofts_may_lie_in_a_tag() -> None:
    assert is_microsofts("something.azure.com")
    assert is_microsofts("api.azureml.ms")
    assert not is_microsofts("azure.com.example.org")


def test_a_type_lies_in_one_tag_whatever_its_case() -> None:
    assert (
        tag_of("Microsoft.Storage/storageAccounts")
        == tag_of("microsoft.storage/storageaccounts")
        == "Storage"
    )
    assert tag_of("Microsoft.Unheard/of") == ""


@pytest.mark.parametrize("direction", ["Inbound", "Outbound"])
def test_a_security_group_ends_with_a_denial_of_everything(direction: str) -> None:
    rules = DEFAULT_RULES[direction]
    assert [rule.priority for rule in rules] == [65000, 65001, 65500]
    assert [rule.allows for rule in rules] == [True, True, False]


@pytest.mark.parametrize(
    ("caller", "targets"),
    [
        (
            "Microsoft.DataFactory/factories",
            ["Microsoft.Storage/storageAccounts", "Microsoft.KeyVault/vaults"],
        ),
        ("Microsoft.Logic/workflows", ["Microsoft.Storage/storageAccounts"]),
        ("Microsoft.MachineLearningServices/workspaces", list(_LISTS)),
        ("Microsoft.App/containerApps", []),
    ],
)
def test_trusted_services_are_those_of_the_targets_list(caller: str, targets: list[str]) -> None:
    assert [target for target in (*_LISTS, "Microsoft.Sql/servers") if is_trusted(caller, target)] == targets
    assert all(source_of(target).page for target in targets)


def test_every_type_of_the_table_has_a_usual_sub_resource() -> None:
    for row in SUB_RESOURCES:
        assert sub_resource(row.resource_type, usual_group(row.resource_type))
    assert usual_group("Microsoft.Storage/storageAccounts") == "blob"
    assert usual_group("Microsoft.Unheard/of") == ""
