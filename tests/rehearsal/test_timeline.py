"""How long a first deployment takes: the critical path, where its minutes come from, and what would shorten it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rehearsal.cloud.catalogue import CATALOGUE
from rehearsal.cloud.catalogue.latencies import ESTIMATE, LATENCIES
from rehearsal.report import render
from rehearsal.run import Rehearsal, rehearse
from rehearsal.sdk import check_property_path

Project = Callable[..., Path]

HEAD = """
import pulumi
from pulumi_azure_native import containerservice, machinelearningservices as ml, resources
SCOPE = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-shared/providers/"
def after(*parts):
    return pulumi.ResourceOptions(depends_on=list(parts))
rg = resources.ResourceGroup("rg", resource_group_name="rg-a", location="westeurope")
def workspace(**inputs):
    return ml.Workspace("ws", resource_group_name=rg.name, workspace_name="mlw-a", location="westeurope",
        kind="Default", identity={"type": "SystemAssigned"},
        storage_account=SCOPE + "Microsoft.Storage/storageAccounts/st",
        key_vault=SCOPE + "Microsoft.KeyVault/vaults/kv", **inputs)
def cluster(name, ws, *parts):
    return ml.Compute(name, resource_group_name=rg.name, workspace_name=ws.name, compute_name=name,
        location="westeurope", opts=after(*parts), properties={"compute_type": "AmlCompute",
            "properties": {"vm_size": "Standard_D4ds_v5", "vm_priority": "Dedicated",
                           "scale_settings": {"min_node_count": 0, "max_node_count": 2}}})
"""
ISOLATED = 'managed_network={"isolation_mode": "AllowInternetOutbound"}'


def rehearsed(folder: Path) -> Rehearsal:
    result = rehearse(folder, "dev")
    assert result.error is None, result.error.text
    return result


def steps(result: Rehearsal) -> list[tuple[str, float, float]]:
    return [
        (step.urn.rpartition("::")[2], round(step.starts, 1), step.minutes) for step in result.timeline.path
    ]


def test_the_path_is_the_longest_chain_and_what_runs_beside_it_adds_nothing(project: Project) -> None:
    result = rehearsed(project(HEAD + "ws = workspace()\ncluster('cpu-a', ws)\ncluster('cpu-b', ws)\n"))
    assert steps(result)[:2] == [("rg", 0.0, 0.1), ("ws", 0.1, 2)]
    assert steps(result)[2][1:] == (2.1, 1)
    assert round(result.timeline.minutes, 1) == 3.1
    assert result.timeline.estimated_share == 1


def test_the_first_computes_of_an_isolated_workspace_wait_for_its_network(project: Project) -> None:
    result = rehearsed(
        project(HEAD + f"ws = workspace({ISOLATED})\none = cluster('cpu-a', ws)\ncluster('cpu-b', ws, one)\n")
    )
    assert steps(result) == [("rg", 0.0, 0.1), ("ws", 0.1, 2), ("cpu-a", 2.1, 31), ("cpu-b", 33.1, 1)]
    assert "how-to-managed-network" in result.timeline.path[2].source
    early = rehearsed(
        project(HEAD + f"ws = workspace({ISOLATED}, provision_network_now=True)\ncluster('cpu-a', ws)\n")
    )
    assert steps(early) == [("rg", 0.0, 0.1), ("ws", 0.1, 32), ("cpu-a", 32.1, 1)]


def test_an_edge_that_only_depends_on_asks_for_is_named_with_what_it_costs(project: Project) -> None:
    program = (
        HEAD
        + f"ws = workspace({ISOLATED})\none = cluster('cpu-a', ws)\nresources.ResourceGroup('other', \
resource_group_name='rg-b', location='westeurope', opts=after(one))\nworkspace2 = ml.Registry('registry', \
resource_group_name=rg.name, registry_name='mlr-a', location='westeurope', identity={{'type': 'SystemAssigned'}}, \
region_details=[{{'location': 'westeurope', 'acr_details': [{{'system_created_acr_account': \
{{'acr_account_sku': 'Premium'}}}}]}}], opts=after(one))\n"
    )
    result = rehearsed(project(program))
    assert round(result.timeline.minutes, 1) == 43.1
    waits = [saving for saving in result.timeline.savings if saving.waits_for]
    assert [
        (saving.urn.rpartition("::")[2], saving.waits_for.rpartition("::")[2], round(saving.minutes, 1))
        for saving in waits
    ] == [("registry", "cpu-a", 9.9)]


def test_the_report_and_the_inventory_show_it(project: Project) -> None:
    result = rehearsed(project(HEAD + f"ws = workspace({ISOLATED})\ncluster('cpu-a', ws)\n"))
    lines = render(result).splitlines()
    start = lines.index("First deployment: about 33 min (6% of that from estimates), along:")
    assert lines[start + 1] == "    0.1 min  +2.0  machinelearningservices.Workspace mlw-a"
    assert lines[start + 2].startswith(
        "    2.1 min  +31.0  machinelearningservices.Compute cpu-a (learn.microsoft.com"
    )
    assert lines[start + 3] == "  31 min shorter if machinelearningservices.Compute cpu-a existed already"
    assert result.inventory.first_deployment.minutes == 33.1


def test_a_program_without_resources_takes_no_time(project: Project) -> None:
    assert rehearsed(project("import pulumi\n")).timeline.minutes == 0


def test_the_table_names_real_types_and_properties_and_most_of_it_is_honest_about_estimates() -> None:
    assert set(LATENCIES) <= set(CATALOGUE)
    for token, rows in LATENCIES.items():
        assert rows[-1].when is None, token
        for row in rows:
            assert row.minutes > 0
            assert row.source == ESTIMATE or " " in row.source
            assert row.when is None or check_property_path(token, row.when[0]) is None, token
