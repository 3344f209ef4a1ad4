"""The lake: what comes back, what age does, who reaches a zone and how."""

from __future__ import annotations

from typing import Any

import pytest

from tests.infra.platforms import STACKS, resources_of

pytestmark = pytest.mark.xdist_group("platforms")


def of_type(stack: str, kind: str) -> dict[str, dict[str, Any]]:
    """Logical name to inputs."""
    return {
        item["name"]: item["inputs"] for item in resources_of(stack) if item["type"] == f"azure-native:{kind}"
    }


def resource(stack: str, kind: str, name: str) -> dict[str, Any]:
    (found,) = [
        item
        for item in resources_of(stack)
        if item["type"] == f"azure-native:{kind}" and item["name"] == name
    ]
    return found


@pytest.mark.parametrize("stack", STACKS)
def test_the_account_is_a_lake_that_takes_identities_only(stack: str) -> None:
    account = of_type(stack, "storage:StorageAccount")["lake"]
    assert account["isHnsEnabled"] is True
    assert account["allowSharedKeyAccess"] is False
    assert account["allowBlobPublicAccess"] is False
    assert account["isSftpEnabled"] is False
    assert account["isLocalUserEnabled"] is False
    assert account["minimumTlsVersion"] == "TLS1_2"


@pytest.mark.parametrize(("stack", "days"), [("dev", 7), ("prod", 90)])
def test_what_is_deleted_comes_back_and_nothing_is_asked_that_a_lake_has_not_got(
    stack: str, days: int
) -> None:
    service = of_type(stack, "storage:BlobServiceProperties")["lake-blobs"]
    kept = {"enabled": True, "days": days}
    assert service["deleteRetentionPolicy"] == kept
    assert service["containerDeleteRetentionPolicy"] == kept
    assert service.keys().isdisjoint({"isVersioningEnabled", "restorePolicy", "changeFeed"})


@pytest.mark.parametrize("stack", [*STACKS, "data-max"])
def test_age_touches_landing_folders_only(stack: str) -> None:
    """A rule over a table's files would break the table."""
    rules = of_type(stack, "storage:ManagementPolicy")["lake-lifecycle"]["policy"]["rules"]
    prefixes = [prefix for rule in rules for prefix in rule["definition"]["filters"].get("prefixMatch", [""])]
    allowed = (
        ["predictions/synapse-staging/", "raw/landing/", "raw/partners/"]
        if stack == "data-max"
        else ["raw/landing/"]
    )
    assert prefixes == allowed


def test_prod_cools_files_before_it_deletes_them() -> None:
    (rule,) = of_type("prod", "storage:ManagementPolicy")["lake-lifecycle"]["policy"]["rules"]
    assert rule["definition"]["actions"] == {
        "baseBlob": {
            "tierToCool": {"daysAfterModificationGreaterThan": 30},
            "delete": {"daysAfterModificationGreaterThan": 730},
        }
    }


def test_a_zone_can_be_made_unchangeable() -> None:
    policy = of_type("data-max", "storage:BlobContainerImmutabilityPolicy")["lake-zone-raw-immutable"]
    assert policy["containerName"] == "raw"
    assert policy["immutabilityPeriodSinceCreationInDays"] == 90


def test_prod_holds_on_to_its_lake() -> None:
    assert resource("prod", "storage:StorageAccount", "lake")["protect"] is True
    assert "lock-lake" in of_type("prod", "authorization:ManagementLockByScope")
    assert "lock-lake" not in of_type("dev", "authorization:ManagementLockByScope")
    assert of_type("prod", "storage:StorageAccount")["lake"]["sku"] == {"name": "Standard_GZRS"}


def test_in_private_mode_the_lake_answers_on_private_endpoints() -> None:
    account = of_type("prod", "storage:StorageAccount")["lake"]
    assert account["publicNetworkAccess"] == "Disabled"
    assert account["networkRuleSet"]["defaultAction"] == "Deny"
    endpoints = of_type("prod", "network:PrivateEndpoint")
    for part in ("blob", "dfs"):
        (connection,) = endpoints[f"private-endpoint-lake-{part}"]["privateLinkServiceConnections"]
        assert connection["groupIds"] == [part]
        assert connection["privateLinkServiceId"].endswith(account["accountName"])


@pytest.mark.parametrize("stack", STACKS)
def test_clusters_make_tables_with_the_lakes_history(stack: str) -> None:
    days = {"dev": 7, "prod": 30}[stack]
    key = "spark.databricks.delta.properties.defaults"
    clusters = [
        cluster["newCluster"]["sparkConf"]
        for item in resources_of(stack)
        if item["type"] == "databricks:index/job:Job"
        for cluster in item["inputs"].get("jobClusters", [])
    ]
    assert clusters
    for conf in clusters:
        assert conf[f"{key}.deletedFileRetentionDuration"] == f"interval {days} days"
        assert conf[f"{key}.logRetentionDuration"] == f"interval {days} days"


@pytest.mark.parametrize("stack", STACKS)
def test_jobs_of_ml_read_zones_without_a_key(stack: str) -> None:
    store = resource(stack, "machinelearningservices:Datastore", "ml-datastore-features")
    properties = store["inputs"]["properties"]
    account = of_type(stack, "storage:StorageAccount")["lake"]
    assert properties["datastoreType"] == "AzureDataLakeGen2"
    assert (properties["accountName"], properties["filesystem"]) == (account["accountName"], "features")
    assert properties["credentials"] == {"credentialsType": "None"}
    assert "lake-zone-features" in {urn.rpartition("::")[2] for urn in store["dependencies"]}


@pytest.mark.parametrize("stack", STACKS)
def test_a_datastore_waits_for_who_reads_it(stack: str) -> None:
    """A job that starts as soon as the datastore stands finds its rights."""
    store = resource(stack, "machinelearningservices:Datastore", "ml-datastore-features")
    names = (urn.rpartition("::")[2] for urn in store["dependencies"] if ":RoleAssignment::" in urn)
    rights = {name for name in names if name.endswith("-data-container-features")}
    assert {right.partition("-identity-")[0] for right in rights} == {"ml-workspace", "ml-compute"}
    written = [right for right in rights if right.startswith("ml-compute")]
    assert written == ["ml-compute-identity-storage-blob-data-contributor-data-container-features"]


def test_the_managed_network_reaches_the_lake_privately() -> None:
    workspace = resource("prod", "machinelearningservices:Workspace", "ml-workspace")
    rules = workspace["inputs"]["managedNetwork"]["outboundRules"]
    for part in ("blob", "dfs"):
        assert rules[f"lake-{part}"]["type"] == "PrivateEndpoint"
        assert rules[f"lake-{part}"]["destination"]["subresourceTarget"] == part
    approver = "ml-workspace-identity-azure-ai-enterprise-network-connection-approver-lake-account"
    assert approver in {urn.rpartition("::")[2] for urn in workspace["dependencies"]}
    network = resource("dev", "machinelearningservices:Workspace", "ml-workspace")["inputs"]["managedNetwork"]
    assert set(network["outboundRules"]) == {"key-vault"}
