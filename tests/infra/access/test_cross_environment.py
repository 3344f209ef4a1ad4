"""Reading another environment's data: what the owner grants, what the reader computes, where they disagree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from infra.settings.cross_environment import disagreements, readable_ids
from infra.settings.load import SettingsError, load_from_stack_file
from infra.settings.network import ExistingNetwork, PrivateDnsZones, PrivateNetwork
from infra.settings.platform import PlatformSettings
from tests.infra.platforms import TODAY, merge_patch, rehearse_patched, rehearsed, resources_in, resources_of
from tests.reference_platform import read_stack, stack_file


def deployed_in_prod() -> dict[str, str]:
    """What dev reads there, by the ids that prod's resources have."""
    ids = {item["name"]: item["id"] for item in resources_of("prod") if item["custom"]}
    zones = {f"lake-{zone}": ids[f"lake-zone-{zone}"] for zone in ("curated", "features", "predictions")}
    return {"ml-storage": ids["ml-storage"], "ml-registry": ids["ml-registry"], **zones}


def load(folder: Path, stack: str, patch: Mapping[str, Any] | None = None) -> PlatformSettings:
    document = read_stack(stack)
    patched = {f"mlplatform:{area}": value for area, value in (patch or {}).items()}
    # Apart from each other: together, what they disagree on is refused when they are loaded.
    (folder / stack).mkdir(exist_ok=True)
    path = folder / stack / f"Pulumi.{stack}.yaml"
    path.write_text(yaml.safe_dump({"config": merge_patch(document["config"], patched)}), encoding="utf-8")
    return load_from_stack_file(path, today=TODAY).settings


def test_the_reference_stacks_agree(tmp_path: Path) -> None:
    dev, prod = load(tmp_path, "dev"), load(tmp_path, "prod")
    assert list(dev.access.reads_from) == ["prod"]
    assert list(disagreements(dev, prod)) == []
    assert list(disagreements(prod, dev)) == []


def test_the_reader_computes_the_id_that_the_owner_deploys(tmp_path: Path) -> None:
    dev = load(tmp_path, "dev")
    assert readable_ids(dev.access, dev.environment, dev.azure) == {"prod": deployed_in_prod()}


def test_the_reader_exports_what_it_reads() -> None:
    assert rehearsed("dev").outputs["reads_from"] == {"prod": deployed_in_prod()}


OTHER_SUBSCRIPTION = "44444444-4444-4444-8444-444444444444"
GIVEN = f"/subscriptions/{OTHER_SUBSCRIPTION}/resourceGroups/shared/providers/Microsoft.Storage/storageAccounts/stx"


@pytest.mark.parametrize(
    ("dev", "prod", "key", "message"),
    [
        (
            {},
            {"access": {"cross_environment_readers": {"dev-data-scientists": None}}},
            "access.reads_from.prod.personas",
            "names data_scientist, whom prod does not let read ml-storage; add its group "
            "a0000000-0000-4000-8000-000000000003 to prod's access.cross_environment_readers",
        ),
        (
            {},
            {"access": {"cross_environment_readers": {"dev-ml-engineers": {"environment": "qa"}}}},
            "access.reads_from.prod.personas",
            "names ml_engineer, whom prod does not let read",
        ),
        (
            {"access": {"personas": {"ml_engineer": {"object_id": "a0000000-0000-4000-8000-0000000000ff"}}}},
            {},
            "access.reads_from.prod.personas",
            "add its group a0000000-0000-4000-8000-0000000000ff to prod's",
        ),
        (
            {"access": {"reads_from": {"prod": {"subscription_id": OTHER_SUBSCRIPTION}}}},
            {},
            "access.reads_from.prod.subscription_id",
            f"is {OTHER_SUBSCRIPTION}; prod is in 33333333-3333-3333-3333-333333333333",
        ),
        (
            {},
            {"ml": {"workspace": {"storage_account": {"generation": 2}}}},
            "access.reads_from.prod",
            "gives another id for ml-storage than prod has; it is /subscriptions/33333333",
        ),
        (
            {"access": {"reads_from": {"prod": {"location": "northeurope"}}}},
            {},
            "access.reads_from.prod",
            "gives another id for ml-storage than prod has",
        ),
        (
            {},
            {"lake": {"generation": 2}},
            "access.reads_from.prod",
            "gives another id for lake-curated than prod has; it is /subscriptions/33333333",
        ),
        (
            {},
            {
                "lake": {"zones": {"features": None}},
                "ml": {"datastores": {"features": None}},
                "databricks": {
                    "unity_catalog": {"external_locations": {"features": None}},
                    "jobs": {
                        job: {"parameters": {"features": "{zone.curated}/sales"}}
                        for job in ("train-many-models", "score-batch")
                    },
                },
            },
            "access.reads_from.prod.scopes",
            "names lake-features, which prod does not have; remove it",
        ),
        (
            {},
            {"ml": None, "serving": None, "databricks": None, "data_factory": None, "promotion": None},
            "access.reads_from.prod.scopes",
            "names ml-storage, which prod does not have; remove it",
        ),
        (
            {"access": {"reads_from": {"prod": {"readers_stand_in_its_network": False}}}},
            {},
            "access.reads_from.prod.readers_stand_in_its_network",
            "is false, and prod answers in its network only, where nothing of this stack is",
        ),
    ],
)
def test_a_read_that_the_other_side_does_not_allow_is_told(
    tmp_path: Path, dev: dict[str, Any], prod: dict[str, Any], key: str, message: str
) -> None:
    found = list(disagreements(load(tmp_path, "dev", dev), load(tmp_path, "prod", prod)))
    assert key in {problem.path for problem in found}
    assert message in " ".join(problem.message for problem in found)


def test_nobody_needs_to_stand_in_the_network_of_a_public_stack(tmp_path: Path) -> None:
    told = {"access": {"reads_from": {"dev": {"readers_stand_in_its_network": True}}}}
    (found,) = disagreements(load(tmp_path, "prod", told), load(tmp_path, "dev"))
    assert found.path == "access.reads_from.dev.readers_stand_in_its_network"
    assert "dev answers on public endpoints; remove it" in found.message


def test_networks_of_one_hub_reach_each_other(tmp_path: Path) -> None:
    """Prod stands in for a private reader: dev is public."""
    prod = load(tmp_path, "prod")
    reads = {"dev": {"readers_stand_in_its_network": False}}
    reader = load(tmp_path, "prod", {"access": {"reads_from": reads}})
    owner = load(tmp_path, "dev").model_copy(update={"network": prod.network})
    assert list(disagreements(reader, owner)) == []


def test_an_account_that_was_given_to_the_owner_is_given_to_the_reader_too(tmp_path: Path) -> None:
    account = {"ml": {"workspace": {"storage_account": {"redundancy": None, "existing_resource_id": GIVEN}}}}
    prod = load(tmp_path, "prod", account)
    assert list(disagreements(load(tmp_path, "dev"), prod)) != []
    told = {"access": {"reads_from": {"prod": {"ml_storage_account_id": GIVEN}}}}
    assert list(disagreements(load(tmp_path, "dev", told), prod)) == []


JOBS = "c0000000-0000-4000-8000-000000000099"


def put_beside_each_other(folder: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    """Dev's stack file, with a changed one of prod beside it."""
    (folder / "Pulumi.dev.yaml").write_text(stack_file("dev").read_text(encoding="utf-8"), encoding="utf-8")
    prod = read_stack("prod")
    change(prod["config"])
    (folder / "Pulumi.prod.yaml").write_text(yaml.safe_dump(prod), encoding="utf-8")
    return folder / "Pulumi.dev.yaml"


def test_whom_the_file_beside_it_does_not_let_in_is_told_when_a_stack_is_loaded(tmp_path: Path) -> None:
    """A new environment is deployed before the others know it."""

    def forget(config: dict[str, Any]) -> None:
        del config["mlplatform:access"]["cross_environment_readers"]["dev-ml-engineers"]

    loaded = load_from_stack_file(put_beside_each_other(tmp_path, forget), today=TODAY)
    told = [
        warning for warning in loaded.warnings if "reads_from.prod.personas: names ml_engineer" in warning
    ]
    assert len(told) == 5
    assert "whom prod does not let read ml-storage" in told[0]


def test_what_contradicts_the_file_beside_it_is_refused_when_a_stack_is_loaded(tmp_path: Path) -> None:
    def move(config: dict[str, Any]) -> None:
        config["mlplatform:azure"]["subscription_id"] = "33333333-3333-3333-3333-333333333334"

    with pytest.raises(SettingsError, match=r"reads_from.prod.subscription_id: is 33333333-\S+; prod is in"):
        load_from_stack_file(put_beside_each_other(tmp_path, move), today=TODAY)


def reads(**more: Any) -> dict[str, Any]:
    return {
        "access": {"reads_from": {"prod": {"jobs": {"ml_compute": JOBS}, "scopes": ["ml-storage"], **more}}}
    }


def test_jobs_read_a_private_environment_by_endpoints_of_their_own(tmp_path: Path) -> None:
    reader = {
        "environment": "dev",
        "object_id": JOBS,
        "principal_type": "ServicePrincipal",
        "scopes": ["ml-storage"],
    }
    prod = load(tmp_path, "prod", {"access": {"cross_environment_readers": {"dev-jobs": reader}}})
    (found,) = disagreements(load(tmp_path, "dev", reads()), prod)
    assert found.path == "access.reads_from.prod.jobs.ml_compute"
    assert found.message.endswith("which they do not run in; set ml_compute_endpoints to true, or remove it")
    assert list(disagreements(load(tmp_path, "dev", reads(ml_compute_endpoints=True)), prod)) == []


def test_the_managed_network_has_an_endpoint_for_each_thing_that_jobs_read() -> None:
    parts = {
        "storage_account_id": GIVEN,
        "container_registry_id": GIVEN.replace(
            "Storage/storageAccounts/stx", "ContainerRegistry/registries/crx"
        ),
    }
    scopes = ["ml-storage", "ml-registry", "lake-curated", "lake-features"]
    patch = reads(ml_compute_endpoints=True, registry_parts=parts, scopes=scopes)
    resources = resources_in(rehearse_patched(patch))
    (workspace,) = (item for item in resources if item["type"].endswith("machinelearningservices:Workspace"))
    rules = workspace["inputs"]["managedNetwork"]["outboundRules"]
    assert {
        name: rule["destination"]["subresourceTarget"] for name, rule in rules.items() if name != "key-vault"
    } == {
        "prod-storage-blob": "blob",
        "prod-ml-registry": "amlregistry",
        "prod-lake-blob": "blob",
        "prod-lake-dfs": "dfs",
        "prod-registry-blob": "blob",
        "prod-registry-images": "registry",
    }


def private_reader(tmp_path: Path, **more: Any) -> PlatformSettings:
    """Prod stands in for a private reader of dev, which is private here too: both peered with prod's hub."""
    entry = {"jobs": {"databricks": JOBS}, "personas": [], "scopes": ["ml-storage"], **more}
    return load(tmp_path, "prod", {"access": {"reads_from": {"dev": entry}}})


def private_owner(tmp_path: Path, reader: PlatformSettings, **network: Any) -> PlatformSettings:
    letter = {
        "environment": "prod",
        "object_id": JOBS,
        "principal_type": "ServicePrincipal",
        "scopes": ["ml-storage"],
    }
    owner = load(tmp_path, "dev", {"access": {"cross_environment_readers": {"prod-jobs": letter}}})
    return owner.model_copy(update={"network": reader.network.model_copy(update=network)})


def test_a_hub_in_common_is_no_road_for_jobs(tmp_path: Path) -> None:
    reader = private_reader(tmp_path)
    (found,) = disagreements(reader, private_owner(tmp_path, reader))
    assert found.path == "access.reads_from.dev.jobs.databricks"
    assert "a hub in common connects no two networks" in found.message
    computes = private_reader(tmp_path, jobs={"ml_compute": JOBS})
    (found,) = disagreements(computes, private_owner(tmp_path, computes))
    assert found.path == "access.reads_from.dev.jobs.ml_compute"


def test_endpoints_in_the_network_of_jobs_need_zones_of_its_own(tmp_path: Path) -> None:
    reader = private_reader(tmp_path, network_endpoints=True)
    (found,) = disagreements(reader, private_owner(tmp_path, reader))
    assert found.path == "access.reads_from.dev.network_endpoints"
    assert "the new records would take the place of its own" in found.message
    apart = private_owner(tmp_path, reader, private_dns_zones=PrivateDnsZones())
    assert list(disagreements(reader, apart)) == []


def test_a_network_that_another_team_made_may_have_roads_of_its_own(tmp_path: Path) -> None:
    reader = private_reader(tmp_path)
    owner = private_owner(tmp_path, reader)
    assert isinstance(reader.network, PrivateNetwork)
    assert reader.network.hub is not None
    existing = ExistingNetwork(virtual_network_id=reader.network.hub.virtual_network_id, subnets={})
    network = reader.network.model_copy(update={"existing": existing, "hub": None})
    assert list(disagreements(reader.model_copy(update={"network": network}), owner)) == []


def test_endpoints_to_another_environment_stand_in_a_network_and_wait_for_its_owner() -> None:
    resources = resources_of("private-all")
    requested = {
        item["name"]: item["inputs"]["manualPrivateLinkServiceConnections"][0]
        for item in resources
        if item["name"].startswith("private-endpoint-read-") and not item["name"].endswith("-zones")
    }
    assert {name: connection["groupIds"] for name, connection in requested.items()} == {
        "private-endpoint-read-prod-storage-blob": ["blob"],
        "private-endpoint-read-prod-lake-blob": ["blob"],
        "private-endpoint-read-prod-lake-dfs": ["dfs"],
    }
    ids = deployed_in_prod()
    to_storage = requested["private-endpoint-read-prod-storage-blob"]["privateLinkServiceId"]
    assert to_storage == ids["ml-storage"]


def test_endpoints_need_a_network_to_stand_in(tmp_path: Path) -> None:
    entry = reads(jobs={"databricks": JOBS}, network_endpoints=True)
    with pytest.raises(SettingsError, match=r"prod\.network_endpoints: is true, and network\.mode: public"):
        load(tmp_path, "dev", entry)


Config = dict[str, Any]


def _read_nothing(config: Config) -> None:
    del config["mlplatform:access"]["reads_from"]


def _another_group(config: Config) -> None:
    personas = config["mlplatform:access"]["personas"]
    personas["data_scientist"]["object_id"] = "6f1d2c3b-4a59-4e68-8b70-9c1d2e3f4a5b"


def _read_less(config: Config) -> None:
    config["mlplatform:access"]["reads_from"]["prod"]["scopes"] = ["ml-storage"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            _read_nothing,
            "access.cross_environment_readers.dev-data-scientists: lets dev read, whose stack names no "
            "access.reads_from.prod",
        ),
        (
            _another_group,
            "access.cross_environment_readers.dev-data-scientists.object_id: is a0000000-0000-4000-8000-000000000003, "
            "the group of no persona that reads from dev",
        ),
        (
            _read_less,
            "access.cross_environment_readers.dev-data-scientists.scopes: names lake-curated, ",
        ),
    ],
)
def test_the_owner_is_told_of_a_grant_that_the_other_stack_does_not_use(
    change: Callable[[Config], None], told: str, tmp_path: Path
) -> None:
    dev = read_stack("dev")
    change(dev["config"])
    (tmp_path / "Pulumi.dev.yaml").write_text(yaml.safe_dump(dev), encoding="utf-8")
    prod = tmp_path / "Pulumi.prod.yaml"
    prod.write_text(stack_file("prod").read_text(encoding="utf-8"), encoding="utf-8")
    warnings = load_from_stack_file(prod, today=TODAY).warnings
    assert [one for one in warnings if one.startswith(f"mlplatform:{told}")], warnings


def test_a_registry_has_one_owner(tmp_path: Path) -> None:
    prod = read_stack("prod")
    (tmp_path / "Pulumi.prod.yaml").write_text(yaml.safe_dump(prod), encoding="utf-8")
    second = tmp_path / "Pulumi.second.yaml"
    prod["config"]["mlplatform:network"]["address_space"] = "10.41.0.0/20"
    prod["config"]["mlplatform:serving"]["router"].pop("address")
    second.write_text(yaml.safe_dump(prod), encoding="utf-8")
    warnings = load_from_stack_file(second, today=TODAY).warnings
    assert [one for one in warnings if "promotion.registry: is made by stack prod too" in one], warnings


def test_the_reference_stacks_are_told_nothing_of_each_other(tmp_path: Path) -> None:
    for stack in ("dev", "prod"):
        text = stack_file(stack).read_text(encoding="utf-8")
        (tmp_path / f"Pulumi.{stack}.yaml").write_text(text, encoding="utf-8")
    for stack in ("dev", "prod"):
        warnings = load_from_stack_file(tmp_path / f"Pulumi.{stack}.yaml", today=TODAY).warnings
        assert [one for one in warnings if "pulumi-azure-native" not in one] == []
