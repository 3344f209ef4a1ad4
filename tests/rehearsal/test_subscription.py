"""What a subscription has: its file, the groups taken to exist, and the vCPUs asked of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from azure_facts.quotas import SPOT, TOTAL
from rehearsal.cli import main
from rehearsal.model.errors import RehearsalError
from rehearsal.model.subscription import Quotas, SoftDeleted, Subscription, TakenName
from rehearsal.quotas import totals, unknown_sizes
from rehearsal.report import render
from rehearsal.run import rehearse
from rehearsal.subscription_file import read_subscription

Project = Callable[..., Path]

FILE = """
resource_groups: [rg-hub]
registered_providers: [Microsoft.Storage]
registered_features: [Microsoft.Compute/EncryptionAtHost]
soft_deleted:
  - {type: Microsoft.KeyVault/vaults, name: kv-a}
taken_names:
  - {type: Microsoft.Storage/storageAccounts, name: sttaken}
vcpu_quotas:
  westeurope: {standardDDSv5Family: 100, total: 350, spot: 40}
ml_vcpu_quotas:
  westeurope: {standardDDSv5Family: 24}
"""

ACCOUNT = """
from pulumi_azure_native import storage
storage.StorageAccount("lake", resource_group_name="rg-hub", account_name="sttaken", location="westeurope",
    kind="StorageV2", sku={"name": "Standard_LRS"}, minimum_tls_version="TLS1_2")
"""


def test_the_file_is_read_into_types(tmp_path: Path) -> None:
    path = tmp_path / "subscription.yaml"
    path.write_text(FILE)
    assert read_subscription(path) == Subscription(
        resource_groups=("rg-hub",),
        registered_providers=frozenset({"microsoft.storage"}),
        registered_features=frozenset({"microsoft.compute/encryptionathost"}),
        soft_deleted=(SoftDeleted("Microsoft.KeyVault/vaults", "kv-a"),),
        taken_names=(TakenName("Microsoft.Storage/storageAccounts", "sttaken"),),
        quotas=Quotas(
            {"westeurope": {"standardDDSv5Family": 100, "total": 350, "spot": 40}},
            {"westeurope": {"standardDDSv5Family": 24}},
        ),
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            "regions: []",
            "regions: Extra inputs are not permitted; there is resource_groups, registered_providers",
        ),
        (
            "vcpu_quotas: {westeurope: {standardDDSv5Family: many}}",
            "standardDDSv5Family: Input should be a valid int",
        ),
        ("vcpu_quotas: {westeurope: {standardDDSv5Family: -1}}", "greater than or equal to 0"),
        ("vcpu_quotas: {West Europe: {total: 1}}", "String should match pattern"),
        ("soft_deleted: [{type: vaults, name: a}]", "soft_deleted.0.type: String should match pattern"),
        ("registered_providers: Microsoft.Storage", "registered_providers: Input should be a valid list"),
        ("[", "subscription.yaml:2: not YAML"),
    ],
)
def test_a_wrong_file_is_refused_by_key(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, message: str
) -> None:
    path = tmp_path / "subscription.yaml"
    path.write_text(content)
    with pytest.raises(RehearsalError) as refused:
        read_subscription(path)
    assert message in str(refused.value)
    arguments = ["preview", "--project", str(project(ACCOUNT)), "--stack", "dev", "--subscription", str(path)]
    assert main(arguments) == 1
    assert message in capsys.readouterr().err


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RehearsalError, match="No such file or directory"):
        read_subscription(tmp_path / "subscription.yaml")


def test_the_command_holds_the_program_against_the_file(project: Project, tmp_path: Path) -> None:
    folder, path, out = project(ACCOUNT), tmp_path / "subscription.yaml", tmp_path / "out.json"
    path.write_text(FILE)
    command = ["preview", "--project", str(folder), "--stack", "dev", "--json", str(out)]

    def found(severity: str) -> list[str]:
        return [finding["rule"] for finding in json.loads(out.read_text())[severity]]

    assert main(command) == 0
    assert (found("refusals"), found("warnings")) == ([], ["SUB007"])
    assert main([*command, "--subscription", str(path)]) == 4
    assert (found("refusals"), found("warnings")) == (["SUB003"], [])
    path.write_text("resource_groups: [rg-other]\n")
    assert main([*command, "--subscription", str(path)]) == 4
    assert found("refusals") == ["SUB002"]


@pytest.mark.parametrize(
    "config",
    [
        "group: rg-hub",
        "lake: /subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/RG-hub/providers/Microsoft.X/y/z",
        "hub: {id: /subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub}",
    ],
)
def test_a_group_that_a_setting_names_is_taken_to_exist(project: Project, config: str) -> None:
    result = rehearse(project(ACCOUNT, dev=f"config: {{{config}}}\n"), "dev")
    assert (result.refusals, result.warnings) == ((), ())


@pytest.mark.parametrize(
    "config",
    [
        "group: rg-hub-2",
        "lake: /subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub-2/providers/M.X/y/z",
    ],
)
def test_a_group_that_only_resembles_one_in_the_settings_is_warned_about(
    project: Project, config: str
) -> None:
    result = rehearse(project(ACCOUNT, dev=f"config: {{{config}}}\n"), "dev")
    assert result.refusals == ()
    (warning,) = result.warnings
    assert (warning.rule, warning.path) == ("SUB007", "resourceGroupName")
    assert "no resource group 'rg-hub' is declared, and no setting names one" in warning.message


POOLS = """
from pulumi_azure_native import containerservice, machinelearningservices as ml, resources
group = resources.ResourceGroup("rg", resource_group_name="rg-a", location="West Europe")
for name, count, most in (("one", 2, 6), ("two", 1, 1)):
    containerservice.AgentPool(name, resource_group_name=group.name, resource_name_="aks-a", agent_pool_name=name,
        vm_size="Standard_D8ds_v5", count=count, enable_auto_scaling=True, min_count=1, max_count=most,
        os_type="Linux", type="VirtualMachineScaleSets", mode="User")
ml.Compute("train", resource_group_name=group.name, workspace_name="mlw-a", compute_name="train", location="westeurope",
    properties={"compute_type": "AmlCompute", "properties": {"vm_size": "Standard_D16ds_v5",
        "vm_priority": "Dedicated", "scale_settings": {"min_node_count": 0, "max_node_count": 12}}})
"""


def test_what_is_asked_is_summed_by_service_region_and_family(project: Project) -> None:
    quotas = Quotas(compute={"West Europe": {"Standard DDSv5 Family": 20}})
    result = rehearse(project(POOLS), "dev", subscription=Subscription(quotas=quotas))
    found = {
        (it.quota.machine_learning, it.region, it.quota.name): (it.now, it.most, it.limit)
        for it in totals(result.world)
    }
    assert found == {
        (False, "westeurope", "standardDDSv5Family"): (24, 56, 20),
        (False, "westeurope", TOTAL): (24, 56, None),
        (True, "westeurope", "standardDDSv5Family"): (16, 192, None),
        (True, "westeurope", TOTAL): (16, 192, None),
    }
    (refusal,) = (found for found in result.refusals if found.rule == "SUB004")
    assert refusal.urn.endswith("::one")
    assert (
        "24 vCPU of standardDDSv5Family in westeurope are needed at deployment, 20 are allowed"
        in refusal.message
    )


SPOT_MACHINES = """
from pulumi_azure_native import containerservice, machinelearningservices as ml, resources
group = resources.ResourceGroup("rg", resource_group_name="rg-a", location="West Europe")
containerservice.AgentPool("spot", resource_group_name=group.name, resource_name_="aks-a", agent_pool_name="spot",
    vm_size="Standard_D8ds_v5", count=2, enable_auto_scaling=True, min_count=1, max_count=6,
    scale_set_priority="Spot", os_type="Linux", type="VirtualMachineScaleSets", mode="User")
ml.Compute("train", resource_group_name=group.name, workspace_name="mlw-a", compute_name="train", location="westeurope",
    properties={"compute_type": "AmlCompute", "properties": {"vm_size": "Standard_D16ds_v5",
        "vm_priority": "LowPriority", "scale_settings": {"min_node_count": 0, "max_node_count": 3}}})
"""


@pytest.mark.parametrize(
    ("limits", "rules"),
    [
        ({"standardDDSv5Family": 0, "total": 0, "spot": 48}, set()),
        ({"lowPriorityCores": 16}, {"SUB005"}),
        ({"spot": 15}, {"SUB004"}),
    ],
)
def test_spot_machines_count_to_a_quota_of_their_own(
    project: Project, limits: dict[str, int], rules: set[str]
) -> None:
    quotas = Quotas(compute={"westeurope": limits}, machine_learning={"westeurope": {"low_priority": 48}})
    result = rehearse(project(SPOT_MACHINES), "dev", subscription=Subscription(quotas=quotas))
    assert {(it.quota.machine_learning, it.quota.name): (it.now, it.most) for it in totals(result.world)} == {
        (False, SPOT): (16, 48),
        (True, SPOT): (16, 48),
    }
    found = {it.rule for it in (*result.refusals, *result.warnings)}
    assert found & {"SUB004", "SUB005"} == rules


def test_a_size_that_no_table_has_is_said_and_not_counted(project: Project) -> None:
    result = rehearse(project(POOLS.replace("Standard_D8ds_v5", "Standard_D8zz_v9")), "dev")
    assert unknown_sizes(result.world) == ("Standard_D8zz_v9",)
    assert "Standard_D8zz_v9 is in no table of VM sizes, and not counted" in render(result)
