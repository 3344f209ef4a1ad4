"""A private platform: nothing answers publicly, every endpoint resolves, every subnet fits the plan."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.infra.platforms import rehearsed, resources_of

TABLE = yaml.safe_load((Path(__file__).parent / "private_values.yaml").read_text(encoding="utf-8"))
PRIVATE = ("prod", "private-all", "private-existing", "egress-firewall")


def resources(name: str, resource_type: str | None = None) -> list[dict[str, Any]]:
    return [
        resource
        for resource in resources_of(name)
        if resource["custom"] and resource_type in (None, resource["type"])
    ]


def at(value: Any, path: str) -> Any:
    for part in path.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


@pytest.mark.parametrize("name", PRIVATE)
def test_every_resource_says_what_a_private_platform_must_say(name: str) -> None:
    exemptions = TABLE["exemptions"].get(name, {})
    open_doors = [
        f"{resource['type']}::{resource['name']} {path} is {at(resource['inputs'], path)}, not {required}"
        for resource in resources(name)
        for path, required in TABLE["required"].get(resource["type"], {}).items()
        if at(resource["inputs"], path) != required
        and path not in exemptions.get(f"{resource['type']}::{resource['name']}", {})
    ]
    assert open_doors == []


def test_every_exemption_is_needed() -> None:
    unused = [
        (name, key, path)
        for name, by_resource in TABLE["exemptions"].items()
        for key, paths in by_resource.items()
        for path in paths
        for resource in resources(name)
        if f"{resource['type']}::{resource['name']}" == key
        and at(resource["inputs"], path) == TABLE["required"][resource["type"]][path]
    ]
    assert unused == []


@pytest.mark.parametrize("name", PRIVATE)
def test_whatever_can_be_public_is_in_the_table(name: str) -> None:
    """A service that gains a public switch must gain a row: nothing is private by oversight."""
    known = set(TABLE["required"])
    switches = ("publicNetworkAccess", "properties.publicNetworkAccess", "publicNetworkAccessForIngestion")
    unknown = {
        resource["type"]
        for resource in resources(name)
        if any(at(resource["inputs"], switch) is not None for switch in switches)
    } - known
    assert unknown == set()


@pytest.mark.parametrize("name", PRIVATE)
def test_every_private_endpoint_has_its_zones(name: str) -> None:
    groups = {
        group["inputs"]["privateEndpointName"]: group["inputs"]["privateDnsZoneConfigs"]
        for group in resources(name, "azure-native:network:PrivateDnsZoneGroup")
    }
    endpoints = resources(name, "azure-native:network:PrivateEndpoint")
    assert len(endpoints) >= 12
    for endpoint in endpoints:
        zones = [config["privateDnsZoneId"] for config in groups[endpoint["inputs"]["privateEndpointName"]]]
        assert zones, endpoint["urn"]
        assert all("/privateDnsZones/privatelink." in zone for zone in zones)


@pytest.mark.parametrize("name", ["prod", "private-all"])
def test_every_service_with_data_has_a_private_endpoint(name: str) -> None:
    targets = [
        connection["privateLinkServiceId"].split("/")[-2].lower()
        for endpoint in resources(name, "azure-native:network:PrivateEndpoint")
        for connection in endpoint["inputs"].get("privateLinkServiceConnections", [])
    ]
    ai_services = ["accounts"] if name == "private-all" else []
    assert sorted(set(targets)) == [
        *ai_services,
        "factories",
        "managedenvironments",
        "privatelinkhubs",
        "privatelinkscopes",
        "registries",
        "storageaccounts",
        "vaults",
        "workspaces",
    ]
    # blob, file; the lake's and Databricks' blob and dfs; in prod that of the ML registry
    assert targets.count("storageaccounts") == {"prod": 7, "private-all": 6}[name]
    assert targets.count("workspaces") == 5  # ML; Databricks' front end and browser sign-in; Synapse's two


def test_the_subnets_of_prod_are_the_plan() -> None:
    ranges = {
        resource["inputs"]["subnetName"]: resource["inputs"]["addressPrefix"]
        for resource in resources("prod", "azure-native:network:Subnet")
    }
    assert ranges == {
        "snet-databricks-host": "10.40.0.0/23",
        "snet-databricks-container": "10.40.2.0/23",
        "snet-container-apps": "10.40.4.0/23",
        "snet-kubernetes": "10.40.6.0/24",
        "snet-ml-compute": "10.40.7.0/24",
        "snet-private-endpoints": "10.40.8.0/24",
    }


@pytest.mark.parametrize("name", ["prod", "private-all"])
def test_what_reaches_out_does_so_through_the_nat_gateway(name: str) -> None:
    for subnet in resources(name, "azure-native:network:Subnet"):
        inputs = subnet["inputs"]
        assert (inputs.get("natGateway") is None) == (inputs["subnetName"] == "snet-private-endpoints")
        purpose = inputs["subnetName"].removeprefix("snet-")
        assert inputs["networkSecurityGroup"]["id"].endswith(f"-{purpose}-{environment(name)}-weu")


def egress_rules_of(name: str) -> dict[str, dict[str, Any]]:
    (group,) = resources(name, "azure-native:network:FirewallPolicyRuleCollectionGroup")
    return {
        rule["name"]: rule
        for collection in group["inputs"]["ruleCollections"]
        for rule in collection["rules"]
    }


def test_a_firewall_of_its_own_is_the_only_way_out() -> None:
    counts = rehearsed("egress-firewall").inventory.counts
    assert "azure-native:network:NatGateway" not in counts
    tables = {
        table["inputs"]["routeTableName"]: table["inputs"]["routes"]
        for table in resources("egress-firewall", "azure-native:network:RouteTable")
    }
    assert [route["nextHopType"] for route in tables["rt-forecast-egress-test-weu"]] == ["VirtualAppliance"]
    # The hub's gateway may announce a way out of its own, and the firewall's must be the internet.
    assert [route["nextHopType"] for route in tables["rt-forecast-firewall-test-weu"]] == ["Internet"]
    for subnet in resources("egress-firewall", "azure-native:network:Subnet"):
        inputs = subnet["inputs"]
        led_by = inputs.get("routeTable", {}).get("id", "").rpartition("/")[2]
        expected = {
            "AzureFirewallSubnet": "rt-forecast-firewall-test-weu",
            "snet-private-endpoints": "",
        }.get(inputs["subnetName"], "rt-forecast-egress-test-weu")
        assert led_by == expected, inputs["subnetName"]
        assert inputs.get("natGateway") is None
    (cluster,) = resources("egress-firewall", "azure-native:containerservice:ManagedCluster")
    assert cluster["inputs"]["networkProfile"]["outboundType"] == "userDefinedRouting"


def test_the_firewall_lets_out_what_the_stack_declares() -> None:
    rules = egress_rules_of("egress-firewall")
    assert rules["kubernetes-nodes"]["fqdnTags"] == ["AzureKubernetesService"]
    assert (
        "westeurope.dp.kubernetesconfiguration.azure.com"
        in rules["cluster-extensions-configuration"]["targetFqdns"]
    )
    assert "dbartifactsprodwesteu.blob.core.windows.net" in rules["databricks-storage"]["targetFqdns"]
    assert rules["databricks-packages"]["targetFqdns"] == ["packages.example.com"]
    assert rules["allowed-git-over-ssh"]["destinationFqdns"] == ["git.example.com"]
    assert rules["allowed-git-over-ssh"]["destinationPorts"] == ["22"]
    assert rules["container-apps-images"]["sourceAddresses"] == ["10.60.4.0/23"]
    assert not any("*" in rule.get("targetFqdns", []) for rule in rules.values())


def test_jobs_install_a_lock_and_people_take_packages_from_the_index_of_the_settings() -> None:
    by_jobs = [
        library
        for job in resources("egress-firewall", "databricks:index/job:Job")
        for task in job["inputs"]["tasks"]
        for library in task.get("libraries", [])
    ]
    assert by_jobs
    lock = {"requirements": "/Workspace/Repos/production/forecasting/requirements-jobs.txt"}
    assert all(library == lock for library in by_jobs)
    by_people = [
        library["pypi"]["repo"]
        for policy in resources("egress-firewall", "databricks:index/clusterPolicy:ClusterPolicy")
        for library in policy["inputs"].get("libraries", [])
    ]
    assert set(by_people) == {"https://packages.example.com/simple"}


def environment(name: str) -> str:
    return "prod" if name == "prod" else "test"


@pytest.mark.parametrize("name", ["prod", "private-all"])
def test_no_security_group_lets_the_internet_in(name: str) -> None:
    for group in resources(name, "azure-native:network:NetworkSecurityGroup"):
        # Azure's own last rule denies what comes from elsewhere.
        assert not group["inputs"].get("securityRules")


def test_pods_and_services_stay_off_the_network() -> None:
    (cluster,) = resources("prod", "azure-native:containerservice:ManagedCluster")
    profile = cluster["inputs"]["networkProfile"]
    network = ipaddress.IPv4Network("10.40.0.0/20")
    for key in ("podCidr", "serviceCidr"):
        assert not ipaddress.IPv4Network(profile[key]).overlaps(network)
    assert ipaddress.IPv4Address(profile["dnsServiceIP"]) in ipaddress.IPv4Network(profile["serviceCidr"])


def test_a_given_network_is_used_and_not_made() -> None:
    counts = rehearsed("private-existing").inventory.counts
    made = (":VirtualNetwork", ":Subnet", ":PrivateZone", ":NatGateway")
    assert not [kind for kind in counts if kind.startswith("azure-native:") and kind.endswith(made)]
    (workspace,) = resources("private-existing", "azure-native:databricks:Workspace")
    parameters = workspace["inputs"]["parameters"]
    assert parameters["customPublicSubnetName"]["value"] == "snet-dbx-host"
    assert parameters["customVirtualNetworkId"]["value"].endswith("/virtualNetworks/vnet-ml")


def test_deferred_content_leaves_the_workspace_empty() -> None:
    assert not [
        kind for kind in rehearsed("private-existing").inventory.counts if kind.startswith("databricks:")
    ]


def test_the_allow_list_follows_the_switch_that_makes_it_count() -> None:
    (access_list,) = resources("private-all", "databricks:index/ipAccessList:IpAccessList")
    (switch,) = resources("private-all", "databricks:index/workspaceConf:WorkspaceConf")
    # Every switch is sent: a key that is left out keeps the value that somebody gave it by hand.
    assert switch["inputs"]["customConfig"] == {
        "enableIpAccessLists": "true",
        "enableTokensConfig": "true",
        "maxTokenLifetimeDays": "90",
        "enableResultsDownloading": "true",
        "enableExportNotebook": "true",
        "enableUploadDataUis": "true",
        "enableDbfsFileBrowser": "false",
        "enableWebTerminal": "false",
        "enableVerboseAuditLogs": "true",
        "reposIpynbResultsExportPermissions": "DISABLE",
        "enableDeprecatedGlobalInitScripts": "false",
        "enableDeprecatedClusterNamedInitScripts": "false",
        "enableProjectsAllowList": "true",
        "projectsAllowList": "https://github.com/example-org",
        "projectsAllowListPermissions": "ALLOWLISTED_CLONE_COMMIT_PUSH",
    }
    assert switch["urn"] in access_list["dependencies"]
    assert access_list["inputs"]["ipAddresses"] == ["203.0.113.0/24"]
