"""References between resources: existing, and backed by a dependency edge."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rehearsal.checks.references import external_ids
from rehearsal.run import Rehearsal, rehearse

Project = Callable[..., Path]

SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-000000000000"

HEAD = f"""
import pulumi
import pulumi_databricks as databricks
from pulumi_azure_native import authorization, machinelearningservices as ml, network, resources, storage
GROUP = "{SUBSCRIPTION}/resourceGroups/rg-ml-dev"
VAULT = "{SUBSCRIPTION}/resourceGroups/rg-shared/providers/Microsoft.KeyVault/vaults/kv-shared"
ACCOUNT = GROUP + "/providers/Microsoft.Storage/storageAccounts/stmldev7k2ap"
def known(value, *parts):
    return pulumi.Output.all(*[part.urn for part in parts]).apply(lambda _: value)
def after(*parts):
    return pulumi.ResourceOptions(depends_on=list(parts))
rg = resources.ResourceGroup("rg", resource_group_name="rg-ml-dev", location="westeurope")
account = storage.StorageAccount("account", resource_group_name=rg.name, account_name="stmldev7k2ap",
    kind="StorageV2", location="westeurope", sku={{"name": "Standard_LRS"}}, minimum_tls_version="TLS1_2")
def workspace(storage_account, opts=None):
    return ml.Workspace("ws", resource_group_name=rg.name, workspace_name="mlw-ml-dev", location="westeurope",
        kind="Default", identity={{"type": "SystemAssigned"}}, key_vault=VAULT,
        storage_account=storage_account, opts=opts)
"""

AZURE = "urn:pulumi:dev::sample::azure-native:"


def found(result: Rehearsal) -> list[tuple[str, str, str]]:
    assert result.error is None, result.error.text
    return [(finding.rule, finding.urn.removeprefix(AZURE), finding.path) for finding in result.refusals]


def references(result: Rehearsal) -> list[tuple[str, str, str]]:
    return [item for item in found(result) if item[0].startswith("REF")]


def test_an_output_a_known_value_and_depends_on_are_edges(project: Project) -> None:
    for reference in ("account.id", "known(ACCOUNT, account)", "ACCOUNT, after(account)"):
        assert found(rehearse(project(HEAD + f"workspace({reference})"), "dev")) == []


def test_a_computed_id_alone_is_a_race_and_both_urns_are_named(project: Project) -> None:
    result = rehearse(project(HEAD + "workspace(ACCOUNT)"), "dev")
    assert found(result) == [("REF001", "machinelearningservices:Workspace::ws", "storageAccount")]
    assert (
        f"refers to {AZURE}storage:StorageAccount::account without depending on it"
        in result.refusals[0].message
    )
    assert (result.refusals[0].status, result.refusals[0].code) == (404, "ResourceNotFound")


def test_ids_compare_without_regard_to_case(project: Project) -> None:
    result = rehearse(
        project(HEAD + "workspace(ACCOUNT.replace('resourceGroups', 'resourcegroups').upper())"), "dev"
    )
    assert found(result) == [("REF001", "machinelearningservices:Workspace::ws", "storageAccount")]


def test_a_parent_named_by_a_plain_string_is_a_race(project: Project) -> None:
    program = HEAD + (
        "storage.BlobContainer('raw', resource_group_name=rg.name, account_name='stmldev7k2ap', container_name='raw')"
    )
    assert found(rehearse(project(program), "dev")) == [
        ("REF001", "storage:BlobContainer::raw", "accountName")
    ]


def test_a_resource_group_named_by_a_plain_string_is_a_race(project: Project) -> None:
    program = (
        HEAD
        + "network.NatGateway('nat', resource_group_name='rg-ml-dev', nat_gateway_name='ng', location='westeurope')"
    )
    assert found(rehearse(project(program), "dev")) == [
        ("REF001", "network:NatGateway::nat", "resourceGroupName")
    ]


def test_an_edge_through_another_resource_counts(project: Project) -> None:
    program = HEAD + (
        "raw = storage.BlobContainer('raw', resource_group_name=rg.name, account_name=account.name, "
        "container_name='raw')\n"
        "workspace(ACCOUNT, after(raw))"
    )
    assert found(rehearse(project(program), "dev")) == []


def test_depending_on_a_component_means_its_children(project: Project) -> None:
    program = (
        HEAD
        + """
class Lake(pulumi.ComponentResource):
    def __init__(self):
        super().__init__("acme:index:Lake", "lake")
        self.account = storage.StorageAccount("lake", resource_group_name=rg.name, account_name="dlsmldev7k2ap",
            kind="StorageV2", location="westeurope", sku={"name": "Standard_LRS"}, minimum_tls_version="TLS1_2",
            opts=pulumi.ResourceOptions(parent=self))
        self.register_outputs({})
workspace(ACCOUNT.replace("stmldev7k2ap", "dlsmldev7k2ap"), after(Lake()))
"""
    )
    assert found(rehearse(project(program), "dev")) == []


def test_being_a_sibling_in_a_component_is_no_edge(project: Project) -> None:
    program = (
        HEAD
        + """
class Platform(pulumi.ComponentResource):
    def __init__(self):
        super().__init__("acme:index:Platform", "platform", None, after(rg))
        self.account = storage.StorageAccount("lake", resource_group_name="rg-ml-dev", account_name="dlsmldev7k2ap",
            kind="StorageV2", location="westeurope", sku={"name": "Standard_LRS"}, minimum_tls_version="TLS1_2",
            opts=pulumi.ResourceOptions(parent=self))
        storage.BlobContainer("raw", resource_group_name="rg-ml-dev", account_name="dlsmldev7k2ap",
            container_name="raw", opts=pulumi.ResourceOptions(parent=self))
        self.register_outputs({})
Platform()
"""
    )
    (race,) = rehearse(project(program), "dev").refusals
    assert (race.rule, race.path) == ("REF001", "accountName")
    assert "StorageAccount::lake" in race.message  # while the group is waited for through the component


def test_an_id_in_our_own_group_that_nobody_registers(project: Project) -> None:
    result = rehearse(project(HEAD + "workspace(ACCOUNT.replace('stmldev', 'stother'))"), "dev")
    assert found(result) == [("REF002", "machinelearningservices:Workspace::ws", "storageAccount")]
    assert "nothing creates it: " in result.refusals[0].message
    assert (
        "/storageaccounts/stother7k2ap lies in a resource group of this stack" in result.refusals[0].message
    )


def test_a_child_of_a_parent_that_nobody_registers(project: Project) -> None:
    program = HEAD + (
        "storage.BlobContainer('raw', resource_group_name=rg.name, account_name='stother', container_name='raw')"
    )
    assert found(rehearse(project(program), "dev")) == [
        ("REF002", "storage:BlobContainer::raw", "accountName")
    ]


def test_what_the_service_makes_itself_need_not_be_declared(project: Project) -> None:
    program = (
        HEAD
        + """
ws = workspace(account.id)
reader = "/subscriptions/0/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7"
authorization.RoleAssignment("blob", scope=pulumi.Output.concat(account.id, "/blobServices/default"),
    role_assignment_name="6f9619ff-8b86-d011-b42d-00c04fc964ff", principal_id="11111111-1111-1111-1111-111111111111",
    principal_type="Group", role_definition_id=reader)
"""
    )
    assert found(rehearse(project(program), "dev")) == []


def test_a_subnet_declared_inside_its_network_exists(project: Project) -> None:
    program = (
        HEAD
        + """
vnet = network.VirtualNetwork("vnet", resource_group_name=rg.name, virtual_network_name="vnet-ml",
    location="westeurope", address_space={"address_prefixes": ["10.20.0.0/16"]},
    subnets=[{"name": "snet-pe", "address_prefix": "10.20.0.0/24"}])
for name in ("snet-pe", "snet-gone"):
    network.PrivateEndpoint(name, resource_group_name=rg.name, private_endpoint_name=f"pep-{name}",
        location="westeurope", subnet={"id": pulumi.Output.concat(vnet.id, "/subnets/", name)})
"""
    )
    assert found(rehearse(project(program), "dev")) == [
        ("REF002", "network:PrivateEndpoint::snet-gone", "subnet.id")
    ]


def test_ids_elsewhere_are_external_and_counted(project: Project) -> None:
    result = rehearse(project(HEAD + "workspace(account.id)"), "dev")
    assert external_ids(result.world) == (
        f"{SUBSCRIPTION}/resourcegroups/rg-shared/providers/microsoft.keyvault/vaults/kv-shared",
    )


DATABRICKS = """
import pulumi
import pulumi_databricks as databricks
provider = databricks.Provider("dbx", host="https://adb-1.1.azuredatabricks.net", auth_type="azure-cli")
opts = pulumi.ResourceOptions(provider=provider)
def after(*parts):
    return pulumi.ResourceOptions(provider=provider, depends_on=list(parts))
catalog = databricks.Catalog("catalog", name="ml_dev", storage_root="abfss://uc@dls.dfs.core.windows.net/", opts=opts)
policy = databricks.ClusterPolicy("policy", name="small", definition="{}", opts=opts)
scope = databricks.SecretScope("scope", name="platform", opts=opts)
"""


@pytest.mark.parametrize(
    ("wrong", "right", "path"),
    [
        (
            "databricks.Schema('s', catalog_name='ml_dev', name='features', opts=opts)",
            "databricks.Schema('s', catalog_name=catalog.name, name='features', opts=opts)",
            "catalogName",
        ),
        (
            "databricks.Grants('g', catalog='ml_dev', grants=[{'principal': 'x', 'privileges': ['SELECT']}], "
            "opts=opts)",
            "databricks.Grants('g', catalog='ml_dev', grants=[{'principal': 'x', 'privileges': ['SELECT']}], "
            "opts=after(catalog))",
            "catalog",
        ),
        (
            "databricks.Secret('k', scope='platform', key='k', string_value=pulumi.Output.secret('v'), opts=opts)",
            "databricks.Secret('k', scope=scope.name, key='k', string_value=pulumi.Output.secret('v'), opts=opts)",
            "scope",
        ),
        (
            "databricks.Cluster('c', spark_version='16.4.x-scala2.12', node_type_id='Standard_D4ds_v5', num_workers=1,"
            " spark_env_vars={'TOKEN': '{{secrets/platform/token}}'}, opts=opts)",
            "databricks.Cluster('c', spark_version='16.4.x-scala2.12', node_type_id='Standard_D4ds_v5', num_workers=1,"
            " spark_env_vars={'TOKEN': '{{secrets/platform/token}}'}, opts=after(scope))",
            "sparkEnvVars.TOKEN",
        ),
    ],
)
def test_databricks_objects_named_by_text(project: Project, wrong: str, right: str, path: str) -> None:
    races = rehearse(project(DATABRICKS + wrong), "dev").refusals
    assert [(finding.rule, finding.path) for finding in races] == [("REF001", path)]
    assert rehearse(project(DATABRICKS + right), "dev").refusals == ()


LAKE = (
    HEAD
    + """
provider = databricks.Provider("dbx", host="https://adb-1.1.azuredatabricks.net", auth_type="azure-cli",
    azure_workspace_resource_id=GROUP.replace("ml-dev", "shared") + "/providers/Microsoft.Databricks/workspaces/d")
raw = storage.BlobContainer("raw", resource_group_name=rg.name, account_name=account.name, container_name="raw")
def cluster(conf, *parts):
    databricks.Cluster("c", cluster_name="c", spark_version="16.4.x-scala2.12", node_type_id="Standard_D4ds_v5",
        num_workers=1, autotermination_minutes=20, spark_conf=conf,
        opts=pulumi.ResourceOptions(provider=provider, depends_on=list(parts)))
"""
)
CLUSTER = "urn:pulumi:dev::sample::databricks:index/cluster:Cluster::c"


@pytest.mark.parametrize(
    ("conf", "path", "targets"),
    [
        (
            {"landing": "abfss://raw@stmldev7k2ap.dfs.core.windows.net/day=1"},
            "sparkConf.landing",
            ["raw", "account"],
        ),
        ({"landing": "https://STMLDEV7K2AP.blob.core.windows.net/raw"}, "sparkConf.landing", ["account"]),
        (
            {"fs.azure.account.auth.type.stmldev7k2ap.dfs.core.windows.net": "OAuth"},
            'sparkConf["fs.azure.account.auth.type.stmldev7k2ap.dfs.core.windows.net"]',
            ["account"],
        ),
    ],
)
def test_a_host_name_is_a_reference(
    project: Project, conf: dict[str, str], path: str, targets: list[str]
) -> None:
    result = rehearse(project(LAKE + f"cluster({conf!r})"), "dev")
    assert [(finding.rule, finding.urn, finding.path) for finding in result.refusals] == [
        ("REF001", CLUSTER, path) for _ in targets
    ]
    for finding, target in zip(result.refusals, targets, strict=True):
        assert f"::{target} without depending on it" in finding.message
    assert found(rehearse(project(LAKE + f"cluster({conf!r}, account, raw)"), "dev")) == []


@pytest.mark.parametrize(
    "text",
    [
        "abfss://raw@stothers.dfs.core.windows.net/",
        "https://stmldev7k2ap.blob.core.windows.net.example.com/",
        "privatelink.blob.core.windows.net",
        "stmldev7k2ap",
    ],
)
def test_a_host_that_this_stack_does_not_make_is_none(project: Project, text: str) -> None:
    assert found(rehearse(project(LAKE + f"cluster({{'place': {text!r}}})"), "dev")) == []


def test_a_subnet_named_beside_its_network_is_a_reference(project: Project) -> None:
    program = """
from pulumi_azure_native import databricks as azure_databricks
net = network.VirtualNetwork("net", resource_group_name=rg.name, virtual_network_name="vnet-a", location="westeurope",
    address_space={"address_prefixes": ["10.0.0.0/16"]})
def subnet(name, prefix, *parts):
    return network.Subnet(name, resource_group_name=rg.name, virtual_network_name=net.name, subnet_name=name,
        address_prefix=prefix, opts=after(*parts))
public = subnet("public", "10.0.0.0/24")
private = subnet("private", "10.0.1.0/24", public)
azure_databricks.Workspace("dbw", resource_group_name=rg.name, workspace_name="dbw-a", location="westeurope",
    compute_mode="Hybrid", sku={"name": "premium"}, managed_resource_group_id=GROUP + "-managed",
    parameters={"custom_virtual_network_id": {"value": net.id}, "custom_public_subnet_name": {"value": "public"},
                "custom_private_subnet_name": {"value": "private"}, "enable_no_public_ip": {"value": True}},
    opts=after(PARTS))
"""
    missing = rehearse(project(HEAD + program.replace("PARTS", "public")), "dev")
    assert references(missing) == [
        ("REF001", "databricks:Workspace::dbw", "parameters.customPrivateSubnetName.value")
    ]
    assert references(rehearse(project(HEAD + program.replace("PARTS", "public, private")), "dev")) == []
