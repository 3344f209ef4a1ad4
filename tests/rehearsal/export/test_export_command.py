"""`rehearsal export` of any program: files, exit codes, what is left of an earlier export."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from azure_facts.arm_bodies import ArmBodies
from azure_facts.data_files import FactsError
from rehearsal.cli import main
from rehearsal.export import bodies as bodies_module
from rehearsal.export import folder as folder_module

Project = Callable[..., Path]

PROGRAM = """
import pulumi, pulumi_databricks as databricks
from pulumi_azure_native import redis, resources, storage
rg = resources.ResourceGroup("rg", resource_group_name="rg-ml-dev", location="westeurope")
account = storage.StorageAccount("lake", resource_group_name=rg.name, account_name="stmldev7k2ap",
    kind="StorageV2", sku={"name": "Standard_LRS"}, location="westeurope", minimum_tls_version="TLS1_2",
    identity={"type": "SystemAssigned"})
cache = redis.Redis("cache", resource_group_name=rg.name, name="redis-ml-dev", location="westeurope",
    sku={"name": "Basic", "family": "C", "capacity": 0})
policy = databricks.ClusterPolicy("jobs", name="jobs", definition="{}")
pool = databricks.InstancePool("pool", instance_pool_name="pool", min_idle_instances=0,
    node_type_id="Standard_D4ds_v5", idle_instance_autotermination_minutes=10)
scope = databricks.SecretScope("scope", name="ml")
databricks.Secret("token", key="token", scope=scope.name, string_value=pulumi.Output.secret("hidden"))
databricks.Job("nightly", name="${nightly}", tasks=[{"task_key": "only", "notebook_task": {"notebook_path": "/a"},
    "libraries": [{"pypi": {"package": "lightgbm"}}],
    "new_cluster": {"spark_version": "16.4.x-scala2.12", "policy_id": policy.id, "instance_pool_id": pool.id,
                    "num_workers": 1}}], opts=pulumi.ResourceOptions(protect=True))
"""
CONFIG = """config:
  azure-native:subscriptionId: 00000000-0000-0000-0000-000000000001
  azure-native:tenantId: 00000000-0000-0000-0000-000000000002
  databricks:host: https://adb-1.1.azuredatabricks.net
"""


def export(folder: Path, *arguments: str) -> int:
    return main(["export", "--project", str(folder), *arguments])


def read(path: Path) -> dict[str, object]:
    content = json.loads(path.read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


def test_a_program_of_any_kind_becomes_templates_and_what_is_in_no_table_is_named(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = project(PROGRAM, dev=CONFIG)
    assert export(folder) == 0
    written = folder / ".rehearsal/export/dev"
    told = capsys.readouterr()
    assert told.out == f"sample/dev: 3 resources in {written}; 5 left out, see manifest.json\n"
    assert told.err.splitlines() == [
        "warning: azure-native:redis:Redis is in no table: its ARM type and body follow general rules and may be wrong"
    ]
    assert sorted(path.name for path in written.iterdir()) == [
        "group-rg-ml-dev.json",
        "manifest.json",
        "subscription.json",
    ]
    manifest = read(written / "manifest.json")
    assert manifest["subscriptionId"] == "00000000-0000-0000-0000-000000000001"
    assert manifest["tenantId"] == "00000000-0000-0000-0000-000000000002"
    assert manifest["generic"] == ["azure-native:redis:Redis"]
    resources = read(written / "group-rg-ml-dev.json")["resources"]
    assert isinstance(resources, list)
    cache, account = resources
    assert cache["sku"] == {"name": "Basic", "family": "C", "capacity": 0}
    assert cache["properties"] == {"disableAccessKeyAuthentication": False, "enableNonSslPort": False}
    assert account["identity"] == {"type": "SystemAssigned"}
    assert "dependsOn" not in account, "its resource group is in the template of the subscription"


def test_databricks_becomes_a_terraform_configuration(project: Project) -> None:
    folder = project(PROGRAM, dev=CONFIG)
    assert export(folder, "--format", "terraform-json") == 0
    text = (folder / ".rehearsal/export/dev/terraform/main.tf.json").read_text(encoding="utf-8")
    assert "hidden" not in text
    content = json.loads(text)
    assert content["terraform"] == {"required_providers": {"databricks": {"source": "databricks/databricks"}}}
    assert content["variable"] == {
        "databricks_secret_token_stringvalue": {"type": "string", "sensitive": True}
    }
    assert content["resource"]["databricks_secret"]["token"] == {
        "depends_on": ["databricks_secret_scope.scope"],
        "key": "token",
        "scope": "${databricks_secret_scope.scope.id}",
        "string_value": "${var.databricks_secret_token_stringvalue}",
    }
    assert content["resource"]["databricks_job"]["nightly"] == {
        "depends_on": ["databricks_cluster_policy.jobs", "databricks_instance_pool.pool"],
        "lifecycle": {"prevent_destroy": True},
        "name": "$${nightly}",
        "task": [
            {
                "task_key": "only",
                "notebook_task": {"notebook_path": "/a"},
                "library": [{"pypi": {"package": "lightgbm"}}],
                "new_cluster": {
                    "spark_version": "16.4.x-scala2.12",
                    "policy_id": "${databricks_cluster_policy.jobs.id}",
                    "instance_pool_id": "${databricks_instance_pool.pool.id}",
                    "num_workers": 1,
                },
            }
        ],
    }


def test_the_same_program_gives_the_same_bytes_and_nothing_of_an_earlier_export_stays(
    project: Project, tmp_path: Path
) -> None:
    folder, output = project(PROGRAM, dev=CONFIG), tmp_path / "out"
    output.mkdir()
    (output / "notes.txt").write_text("mine")
    assert export(folder, "--output", str(output)) == 0
    first = {path.name: path.read_bytes() for path in output.iterdir()}
    assert export(folder, "--output", str(output)) == 0
    assert {path.name: path.read_bytes() for path in output.iterdir()} == first
    assert export(project(PROGRAM.replace("rg-ml-dev", "rg-other"), dev=CONFIG), "--output", str(output)) == 0
    assert sorted(path.name for path in output.iterdir()) == [
        "group-rg-other.json",
        "manifest.json",
        "notes.txt",
        "subscription.json",
    ]


def test_an_id_where_a_name_belongs_is_the_previews_to_refuse(project: Project) -> None:
    program = """
from pulumi_azure_native import keyvault
group = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-ml"
keyvault.Vault("kv", resource_group_name=group, vault_name="kv-ml-dev", location="westeurope", properties={
    "sku": {"family": "A", "name": "standard"}, "tenant_id": "22222222-2222-2222-2222-222222222222"})
"""
    folder = project(program, dev=CONFIG)
    assert export(folder) == 0
    assert read(folder / ".rehearsal/export/dev/manifest.json")["generic"] == []


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("import pulumi\nraise pulumi.RunError('size: 0 is too small; use 1 or more')\n", 2),
        ("raise ValueError('boom')\n", 1),
    ],
)
def test_a_program_that_fails_has_no_export(
    project: Project, program: str, code: int, tmp_path: Path
) -> None:
    assert export(project(program), "--output", str(tmp_path / "out")) == code
    assert not (tmp_path / "out").exists()


def test_what_cannot_be_done_is_said_with_its_name(
    project: Project, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = project(PROGRAM, dev=CONFIG, prod=CONFIG)
    assert export(folder, "--stack", "test") == 2
    assert "test" in capsys.readouterr().err
    assert export(folder, "--output", "out") == 1
    assert "--output out would hold one of 2 stacks; put {stack} into the name" in capsys.readouterr().err
    file = tmp_path / "file"
    file.write_text("mine")
    assert export(folder, "--stack", "dev", "--output", str(file)) == 1
    assert str(file) in capsys.readouterr().err
    assert file.read_text() == "mine"
    with pytest.raises(SystemExit) as ended:
        export(folder, "--format", "bicep")
    assert ended.value.code == 1
    assert "invalid choice: 'bicep'" in capsys.readouterr().err


def test_a_folder_that_may_not_be_written_is_named(
    project: Project, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, _: str) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(folder_module, "write_atomically", refuse)
    assert export(project(PROGRAM, dev=CONFIG), "--output", str(tmp_path)) == 1
    assert capsys.readouterr().err.startswith(f"{tmp_path / 'group-rg-ml-dev.json'}: Permission denied\n")


def test_a_folder_with_somebody_elses_manifest_stays_as_it_is(
    project: Project, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder, output = project(PROGRAM, dev=CONFIG), tmp_path / "extension"
    output.mkdir()
    for content in ('{"manifest_version": 3, "files": ["popup.html"]}', "no JSON"):
        (output / "manifest.json").write_text(content)
        assert export(folder, "--output", str(output)) == 1
        assert capsys.readouterr().err == (
            f"{output / 'manifest.json'} is no manifest of an export; choose another folder with --output\n"
        )
        assert [path.name for path in output.iterdir()] == ["manifest.json"]
        assert (output / "manifest.json").read_text() == content


def test_a_table_of_facts_that_is_missing_ends_the_export_in_one_line(
    project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> ArmBodies:
        raise FactsError("azure_facts/data/arm_bodies.json cannot be read; install the package again")

    monkeypatch.setattr(bodies_module, "arm_bodies", missing)
    assert export(project(PROGRAM, dev=CONFIG)) == 1
    assert capsys.readouterr().err == (
        "rehearsal: azure_facts/data/arm_bodies.json cannot be read; install the package again\n"
    )


def test_what_lies_in_a_scope_that_nobody_knows_yet_is_in_no_template(project: Project) -> None:
    program = """
import pulumi
from pulumi_azure_native import authorization, storage
network = pulumi.StackReference("organization/network/prod")
group = "0a000000-0000-4000-8000-000000000001"
storage.StorageAccount("lake", resource_group_name=network.get_output("group"), account_name="stmldev7k2ap",
    kind="StorageV2", sku={"name": "Standard_LRS"}, location="westeurope")
authorization.RoleAssignment("reader", scope=network.get_output("vault"), principal_id=group,
    role_definition_id="/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7")
"""
    folder = project(program, dev=CONFIG)
    assert export(folder) == 0
    written = folder / ".rehearsal/export/dev"
    assert [path.name for path in written.iterdir()] == ["manifest.json"]
    left_out = read(written / "manifest.json")["leftOut"]
    assert isinstance(left_out, list)
    assert [(one["urn"].rpartition("::")[2], one["reason"]) for one in left_out] == [
        ("reader", "its scope is known only after the deployment"),
        ("lake", "its scope is known only after the deployment"),
    ]


def test_no_location_is_sent_where_azure_refuses_one(project: Project) -> None:
    program = """
from pulumi_azure_native import cosmosdb, network, resources
rg = resources.ResourceGroup("rg", resource_group_name="rg-ml-dev", location="westeurope")
template = {"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    "contentVersion": "1.0.0.0", "resources": []}
properties = {"mode": "Incremental", "template": template}
resources.Deployment("in-group", resource_group_name=rg.name, deployment_name="in-group", properties=properties)
resources.DeploymentAtSubscriptionScope("above", deployment_name="above", location="westeurope", properties=properties)
network.LoadBalancerBackendAddressPool("pool", resource_group_name=rg.name, load_balancer_name="lb-ml-dev")
cosmosdb.SqlResourceSqlDatabase("orders", resource_group_name=rg.name, account_name="cosmos-ml-dev",
    database_name="orders", resource={"id": "orders"})
"""
    for location in ("", "  azure-native:location: northeurope\n"):
        folder = project(program, dev=CONFIG + location)
        assert export(folder) == 0
        written = folder / ".rehearsal/export/dev"
        sent = [read(written / name)["resources"] for name in ("group-rg-ml-dev.json", "subscription.json")]
        located = {
            one["type"]: one.get("location") for found in sent if isinstance(found, list) for one in found
        }
        assert located["Microsoft.DocumentDB/databaseAccounts/sqlDatabases"] is None
        assert located["Microsoft.Network/loadBalancers/backendAddressPools"] is None
        assert located["Microsoft.Resources/resourceGroups"] == "westeurope"
        assert [
            one.get("location")
            for found in sent
            if isinstance(found, list)
            for one in found
            if one["type"] == "Microsoft.Resources/deployments"
        ] == [None, "westeurope"]
