"""The table of ARM bodies."""

from __future__ import annotations

import pytest

from azure_facts import arm_bodies as module
from azure_facts.arm_bodies import arm_bodies
from azure_facts.data_files import FactsError


def test_a_property_lies_at_the_top_or_in_a_container_under_its_own_or_another_name() -> None:
    account = arm_bodies().resources["azure-native:storage:StorageAccount"].content
    assert account.places["sku"] == ("sku",)
    assert account.places["accessTier"] == ("properties", "accessTier")
    assert account.places["networkRuleSet"] == ("properties", "networkAcls")
    assert "accountName" not in account.places, "it is a part of the id"


def test_objects_have_what_moves_and_what_becomes_a_map() -> None:
    assert arm_bodies().objects["network:Subnet"].places["addressPrefix"] == ("properties", "addressPrefix")
    assert arm_bodies().objects["storage:Identity"].sets == {"userAssignedIdentities"}


def test_a_list_of_sub_resources_is_sent_empty_and_a_required_container_too() -> None:
    network = arm_bodies().resources["azure-native:network:VirtualNetwork"]
    assert network.content.lists == {"subnets", "virtualNetworkPeerings"}
    assert arm_bodies().resources["azure-native:authorization:RoleAssignment"].containers == (
        ("properties",),
    )


@pytest.mark.parametrize("damaged", [{"sdk": 3}, {"sdk": "3.29.0", "resources": {"x": {"places": ["a"]}}}])
def test_a_damaged_table_names_its_file(damaged: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "read_json", lambda _: damaged)
    with pytest.raises(FactsError, match="is damaged"):
        arm_bodies.__wrapped__()
