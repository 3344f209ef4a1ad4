"""What a stack may not ask of Databricks, and what it is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from infra.conventions.naming import Naming, NamingError
from infra.settings.databricks import policies
from tests.infra.settings.databricks_edits import (
    ACCOUNT,
    CLUSTER,
    CONNECTIVITY,
    LAKE,
    LOCATION,
    Areas,
    Refusals,
    put,
)

SHARED_VAULT = (
    "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-shared"
    "/providers/Microsoft.KeyVault/vaults/kv-shared"
)
PEOPLE = {
    "secret_name": "databricks-people-client-secret",
    "application_id": "c0000000-0000-4000-8000-000000000002",
    "object_id": "c0000000-0000-4000-8000-000000000012",
}

ONE_PROBLEM: list[tuple[str, object, str, str]] = [
    ("host", "https://adb-1234567890123456.7.azuredatabricks.net", "host", "is not used with"),
    ("authentication", "github-oidc-azure", "host", "is needed with authentication"),
    (
        "secret_scopes.notebooks",
        {"key_vault_resource_id": SHARED_VAULT, "readers": ["ci"]},
        "secret_scopes.notebooks.readers.ci",
        "has no group",
    ),
    ("workspace_local_groups", ["ci"], "workspace_local_groups.ci", "has no group"),
    (
        "databricks_application_object_id",
        None,
        "databricks_application_object_id",
        "az ad sp show --id 2ff814a6-3304-4ab8-85cb-cd0e6f879c1d --query id",
    ),
    (
        "jobs_service_principal_object_id",
        None,
        "jobs_service_principal_object_id",
        "is missing, and ml_tracking needs it for a role on the ML workspace",
    ),
    # Who deploys
    (
        "account_id",
        None,
        "account_id",
        "is missing, and jobs run as a principal that only its users may name",
    ),
    ("owner_group", None, "owner_group", "az ad group show --group NAME --query displayName"),
    ("owner_group", "Admins", "owner_group", "is 'Admins', which each workspace has for itself"),
    ("owner_group", "account users", "owner_group", "is 'account users', to which everybody belongs"),
    ("owner_group", "ada@example.com", "owner_group", "is an id or the name of one person"),
    (
        "owner_group",
        ACCOUNT,
        "owner_group",
        "is an id or the name of one person; give the display name of a group",
    ),
    # Who attaches to a cluster reads its secrets.
    (
        "clusters.preparation.secrets",
        {"A": {"secret_scope": "platform", "secret_name": "databricks-jobs-client-secret"}},
        "clusters.preparation.secrets.A",
        "is the jobs' client secret (ml_tracking), which all who attach to the cluster would read",
    ),
    (
        "clusters.preparation.spark_conf",
        {"spark.key": "{{secrets/platform/key}}"},
        "clusters.preparation.spark_conf.spark.key",
        "is a secret's reference; name the secret under secrets",
    ),
    (
        "owner_group",
        "sg-forecast-platform-admins",
        "owner_group",
        "is access.personas.platform_admin's group",
    ),
    ("ci_application_id", None, "ci_application_id", "git_credentials.github is the deploying pipeline's"),
    (
        "ci_application_id",
        "c0000000-0000-4000-8000-000000000001",
        "ci_application_id",
        "is that of jobs_service_principal_application_id too; each has an identity of its own",
    ),
    (
        "preview_application_id",
        "c0000000-0000-4000-8000-000000000021",
        "preview_application_id",
        "is that of ci_application_id too",
    ),
    (
        "drift_application_id",
        "c0000000-0000-4000-8000-000000000031",
        "drift_application_id",
        "is that of preview_application_id too",
    ),
    (
        "smoke_tests.application_id",
        "c0000000-0000-4000-8000-000000000041",
        "smoke_tests.application_id",
        "is that of drift_application_id too",
    ),
    (
        "smoke_tests.cluster",
        "training",
        "smoke_tests.cluster",
        "'training' is not in clusters (there: preparation, smoke-tests)",
    ),
    (
        "smoke_tests.cluster",
        "preparation",
        "smoke_tests.cluster",
        "where linked_compute runs steps of Azure ML too; give a cluster of its own",
    ),
    (
        "clusters.smoke-tests.secrets",
        {"KEY": {"secret_scope": "platform", "secret_name": "key"}},
        "smoke_tests.cluster",
        "whose secrets the code of every pull request could read",
    ),
    (
        "clusters.smoke-tests",
        {
            "runtime": "16.4.x-cpu-ml-scala2.12",
            "policy": "single-node",
            "node_type": "Standard_D4ds_v5",
            "workers": 0,
            "auto_termination_minutes": 20,
            "single_user": "c0000000-0000-4000-8000-000000000051",
        },
        "smoke_tests.cluster",
        "which policy single-node dedicates to one user; give one whose policy has access_mode: standard",
    ),
    ("linked_compute.clusters", ["training"], "linked_compute.clusters[0]", "clusters"),
    # Clusters and policies
    (
        "clusters.preparation.auto_termination_minutes",
        180,
        "clusters.preparation.auto_termination_minutes",
        "is 180; the policy allows 10 to 120: keep to that (policy 'data-engineer')",
    ),
    (
        "clusters.preparation.single_user",
        "ada@example.com",
        "clusters.preparation.single_user",
        "is given, and its policy makes shared clusters",
    ),
    (
        "clusters.mine",
        {
            "runtime": "16.4.x-cpu-ml-scala2.12",
            "policy": "single-node",
            "node_type": "Standard_D4ds_v5",
            "availability": "SPOT_WITH_FALLBACK_AZURE",
            "workers": 0,
            "auto_termination_minutes": 20,
            "single_user": "ada@example.com",
        },
        "clusters.mine.availability",
        "is SPOT_WITH_FALLBACK_AZURE; the policy allows only: use one of ON_DEMAND_AZURE (policy 'single-node')",
    ),
    (
        "clusters.mine",
        {
            "runtime": "16.4.x-cpu-ml-scala2.12",
            "policy": "single-node",
            "node_type": "Standard_D4ds_v5",
            "workers": 0,
            "auto_termination_minutes": 20,
        },
        "clusters.mine.single_user",
        "is missing; its policy makes dedicated clusters: say whose it is",
    ),
    (
        "cluster_policies.training.file",
        "trainings",
        "cluster_policies.training.file",
        "there is no trainings.yaml in infra/databricks/policies (there: data-engineer, data-scientist, jobs, ",
    ),
    (
        "cluster_policies.training.max_workers",
        40,
        "cluster_policies.training.max_workers",
        "is 40; jobs.yaml allows 16, and a stack may only give less",
    ),
    (
        "cluster_policies.single-node.spot",
        "with-fallback",
        "cluster_policies.single-node.spot",
        "is with-fallback; single-node.yaml allows never, and a stack may only give less",
    ),
    # Machine learning
    ("ml_tracking.secret_scope", "vault", "ml_tracking.secret_scope", "'vault' is not in secret_scopes"),
    ("ml_tracking", None, "ml_tracking", "jobs would wait for a device login"),
    (
        "secret_scopes.platform.readers",
        ["ml_engineer"],
        "secret_scopes.platform.readers",
        "may read every secret of the vault, and ml_tracking keeps the jobs' client secret there",
    ),
    (
        "linked_compute.token_lifetime_days",
        365,
        "linked_compute.token_lifetime_days",
        "is 365; hardening.max_token_lifetime_days allows 90",
    ),
    (
        "serving_endpoints.demand.models.champion",
        {"model": "lake.gold.demand"},
        "serving_endpoints.demand.models.champion.version",
        "is missing; name the model version to serve",
    ),
    (
        "serving_endpoints.demand.models.champion",
        {"model": "lake.gold.demand", "version": "3", "traffic_percent": 90},
        "serving_endpoints.demand.models",
        "share 90 percent of the traffic",
    ),
    (
        "serving_endpoints.demand.models.champion",
        {"model": "lake.gold.demand", "version": "3"},
        "model_registry",
        "is missing, and serving_endpoints serve from Unity Catalog",
    ),
    # Serverless
    (
        "network_connectivity",
        {"bound_already": True},
        "network_connectivity.configuration_id",
        "is missing beside bound_already; give that of the configuration",
    ),
    (
        "network_connectivity",
        {
            "configuration_id": CONNECTIVITY,
            "private_endpoints": {"lake": {"resource_id": LAKE, "group": "dfs"}},
        },
        "network_connectivity.private_endpoints",
        "are given with configuration_id; the owner of that configuration makes its endpoints",
    ),
    (
        "network_connectivity",
        {"private_endpoints": {"lake": {"resource_id": "stlake", "group": "dfs"}}},
        "network_connectivity.private_endpoints.lake.resource_id",
        "stlake",
    ),
    # SQL and Unity Catalog
    (
        "sql_warehouses.analysis.min_clusters",
        2,
        "sql_warehouses.analysis.min_clusters",
        "give at most max_clusters",
    ),
    ("sql_warehouses.analysis.size", "Tiny", "sql_warehouses.analysis.size", "give '2X-Small'"),
]


PEOPLE_NEED: list[tuple[object, str, str]] = [
    (
        {"key_vault_resource_id": SHARED_VAULT, "readers": ["data_scientist"]},
        "secret_scopes.notebooks.readers",
        "lacks data_engineer, ml_engineer, whose clusters would not start without the secret",
    ),
]


@pytest.mark.parametrize(("scope", "key", "message"), PEOPLE_NEED)
def test_people_have_a_secret_of_their_own_in_a_vault_of_their_own(
    refusals: Refusals, scope: object, key: str, message: str
) -> None:
    def edit(areas: Areas) -> None:
        put("secret_scopes.notebooks", scope)(areas)
        put("ml_tracking.people", {**PEOPLE, "secret_scope": "notebooks"})(areas)

    assert message in refusals(edit)[f"databricks.{key}"]


def test_a_scope_over_the_vault_of_the_jobs_secret_is_the_jobs(refusals: Refusals) -> None:
    """Another name for one vault opens it as well; a scope that names none has a vault of its own."""

    def edit(areas: Areas) -> None:
        put("secret_scopes.platform", {"key_vault_resource_id": SHARED_VAULT})(areas)
        again = {"key_vault_resource_id": SHARED_VAULT.upper(), "readers": ["data_scientist"]}
        put("secret_scopes.again", again)(areas)
        put("secret_scopes.own", {"readers": ["data_scientist"]})(areas)
        put("ml_tracking.people", {**PEOPLE, "secret_scope": "again"})(areas)

    found = refusals(edit)
    assert (
        "give people a scope of their own, which has another vault"
        in found["databricks.secret_scopes.again.readers"]
    )
    assert "databricks.secret_scopes.own.readers" not in found
    assert found["databricks.ml_tracking.people.secret_scope"].startswith(
        "shows the vault of the jobs' client secret"
    )


ONE_AMONG_OTHERS: list[tuple[str, object, str, str]] = [
    (
        "ml_tracking.people",
        {**PEOPLE, "secret_scope": "notebooks"},
        "ml_tracking.people.secret_scope",
        "'notebooks' is not in secret_scopes (there: platform)",
    ),
    (
        "ml_tracking.people",
        {
            "application_id": "c0000000-0000-4000-8000-000000000061",
            "object_id": "c0000000-0000-4000-8000-000000000071",
            "secret_scope": "platform",
            "secret_name": "people",
        },
        "smoke_tests",
        "is given beside ml_tracking.people, whose secret every named cluster carries",
    ),
    (
        "git_credentials.github.provider",
        "azureDevOpsServicesAad",
        "git_credentials.github.personal_access_token",
        "is not used with azureDevOpsServicesAad, which needs no token; remove it",
    ),
    (
        f"{CLUSTER}.policy",
        "single-node",
        f"{CLUSTER}.policy",
        "its cluster_type is job; the policy fixes it: use all-purpose (policy 'single-node')",
    ),
    ("pools.training.max_capacity", 2, f"{CLUSTER}.workers", "with its driver it takes 3 machines"),
    (
        "pools.training.node_type",
        "Standard_L8s_v3",
        f"{CLUSTER}.pool",
        "its node_type_id is Standard_L8s_v3; the policy allows only",
    ),
    # Jobs are told the name of the catalog that goes.
    (
        "unity_catalog",
        {"external_locations": {"lake": {**LOCATION, "grants": {"analyst": ["SELECT"]}}}},
        "unity_catalog.external_locations.lake.grants.analyst",
        "'SELECT' cannot be granted on a external location",
    ),
]
"""An edit that more than one setting rests on; each is told."""


ALONG_WITH: dict[str, tuple[str, ...]] = {
    "serving_endpoints.demand.models.champion.version": ("model_registry",),
    "serving_endpoints.demand.models": ("model_registry",),
}
"""What else is refused where the key is: one run tells every problem."""


@pytest.mark.parametrize(("path", "value", "key", "message"), ONE_PROBLEM)
def test_a_refused_setting_names_its_key_and_what_would_be_right(
    refusals: Refusals, path: str, value: object, key: str, message: str
) -> None:
    found = refusals(put(path, value))
    assert found.keys() - {f"databricks.{other}" for other in ALONG_WITH.get(key, ())} == {
        f"databricks.{key}"
    }
    assert message in found[f"databricks.{key}"]


@pytest.mark.parametrize(("path", "value", "key", "message"), ONE_AMONG_OTHERS)
def test_every_setting_that_an_edit_breaks_is_told(
    refusals: Refusals, path: str, value: object, key: str, message: str
) -> None:
    found = refusals(put(path, value))
    assert len(found) > 1
    assert message in found[f"databricks.{key}"]


ENGINEERS = "a0000000-0000-4000-8000-000000000002"


def test_no_branch_runs_in_production(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        areas["environment"]["kind"] = "prod"

    assert "runs the code of branches in production" in refusals(edit)["databricks.smoke_tests"]


def test_one_group_on_one_object_is_two_grants_for_one_principal(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        areas["access"]["personas"]["data_scientist"] = areas["access"]["personas"]["ml_engineer"]

    twice = f"data_scientist, ml_engineer are one group, {ENGINEERS}: two grants for one principal; keep one"
    objects = ("experiments.demand", "jobs.score-batch", "jobs.train-and-score", "jobs.train-many-models")
    assert refusals(edit) == {
        "databricks.production_folder_permissions": twice,
        **{f"databricks.{path}.permissions": twice for path in objects},
        "databricks.unity_catalog.catalogs.lake.grants": twice,
        "databricks.unity_catalog.catalogs.lake.schemas.predictions.grants": twice,
    }


def test_one_group_has_one_name_in_databricks(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        areas["access"]["personas"]["auditor"] = {"object_id": ENGINEERS}

    assert refusals(edit) == {
        "access.personas.auditor.databricks_group": "differs from ml_engineer's, and they are one Entra group; "
        f"give both its display name (az ad group show --group {ENGINEERS} --query displayName)"
    }


def test_parts_that_lead_to_azure_ml_need_it(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        del areas["ml"], areas["serving"]
        areas["databricks"]["link_ml_workspace"] = False

    assert sorted(refusals(edit)) == [
        "databricks.linked_compute",
        "databricks.ml_tracking",
        # Models would be registered in Unity Catalog then, where no schema takes any.
        "databricks.model_registry",
    ]


def private(areas: Areas) -> None:
    """Dev as a private environment that can be reached, with serverless compute."""
    areas["network"] = {"mode": "private", "address_space": "10.40.0.0/20"}
    areas["serving"]["router"]["internal"] = True
    areas["ml"]["housekeeping"].pop("registry_purge")
    del areas["monitoring"]["retraining"]
    areas["ml"]["workspace"]["container_registry"] = {"sku": "Premium"}
    areas["ml"]["workspace"]["image_build_cluster"] = "cpu"
    areas["databricks"]["front_end_ip_ranges"] = ["203.0.113.0/24"]
    areas["databricks"]["link_ml_workspace"] = False
    areas["databricks"]["sql_warehouses"]["analysis"]["serverless"] = True


def test_serverless_compute_in_private_mode_needs_a_way_to_the_data(refusals: Refusals) -> None:
    found = refusals(private)
    ((key, message),) = found.items()
    assert key == "databricks.sql_warehouses.analysis.serverless"
    assert "runs outside the private network; give databricks.network_connectivity" in message


@pytest.mark.parametrize(
    "way",
    [
        {"configuration_id": CONNECTIVITY, "bound_already": True},
        {"configuration_id": CONNECTIVITY},
        {"private_endpoints": {"lake": {"resource_id": LAKE, "group": "dfs"}}},
    ],
)
def test_serverless_compute_with_a_network_connectivity_configuration_is_fine(
    load_edited: Callable[..., Any], way: dict[str, object]
) -> None:
    def edit(areas: Areas) -> None:
        private(areas)
        areas["databricks"]["network_connectivity"] = way

    assert load_edited(edit).settings.databricks.sql_warehouses["analysis"].serverless


def test_a_configuration_without_private_endpoints_leads_to_nothing_private(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        private(areas)
        areas["databricks"]["network_connectivity"] = {}

    ((key, message),) = refusals(edit).items()
    assert key == "databricks.network_connectivity.private_endpoints"
    assert "is empty in private mode, where storage is reached through one only" in message


def test_a_configuration_of_the_account_needs_the_account(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        databricks = areas["databricks"]
        for key in ("jobs", "git_credentials", "git_folders", "account_id"):
            databricks.pop(key)
        databricks["network_connectivity"] = {"configuration_id": CONNECTIVITY}

    assert refusals(edit)["databricks.account_id"].startswith(
        "is missing, and a network connectivity configuration is the account's"
    )


def test_azuredatabricks_is_one_application(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        areas["encryption"] = {
            "customer_managed_keys": ["databricks_services"],
            "databricks_application_object_id": "d0000000-0000-4000-8000-000000000002",
        }

    assert list(refusals(edit)) == ["databricks.databricks_application_object_id"]


POLICY_PROBLEMS: list[tuple[dict[str, object], str]] = [
    ({"max_worker": 3}, "jobs.yaml: max_worker is not a setting; did you mean 'max_workers'?"),
    ({"max_workers": "many"}, "jobs.yaml: max_workers is 'many'; give a whole number"),
    ({"node_families": ["Dv2"]}, "jobs.yaml: node_families.0 is 'Dv2'; give 'Ddsv5'"),
    ({"runtimes": ["7.3.x-scala2.12"]}, "jobs.yaml: runtimes.0"),
    (
        {"access_mode": "standard"},
        "jobs.yaml: runtimes[0] 16.4.x-cpu-ml-scala2.12 is an ML runtime; it needs",
    ),
    ({"cluster": "all-purpose"}, "auto_termination_minutes is needed with cluster: all-purpose"),
    ({"node_families": ["Lsv3"], "max_cores_per_node": 4}, "max_cores_per_node is 4, below every size"),
    ({"spot": "always"}, "jobs.yaml: spot is 'always'; give 'never', 'with-fallback' or 'allowed'"),
]


@pytest.mark.parametrize(("changes", "message"), POLICY_PROBLEMS)
def test_a_policy_file_that_fails_its_schema_is_refused_at_the_key_that_names_it(
    refusals: Refusals,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    changes: dict[str, object],
    message: str,
) -> None:
    for file in policies.POLICY_FOLDER.glob("*.yaml"):
        document = yaml.safe_load(file.read_text(encoding="utf-8"))
        changed = {**document, **changes} if file.stem == "jobs" else document
        (tmp_path / file.name).write_text(yaml.safe_dump(changed), encoding="utf-8")
    monkeypatch.setattr(policies, "POLICY_FOLDER", tmp_path)
    found = refusals(lambda _areas: None)
    assert message in found["databricks.cluster_policies.training.file"]


def test_a_policy_file_that_is_not_yaml(
    refusals: Refusals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file in policies.POLICY_FOLDER.glob("*.yaml"):
        (tmp_path / file.name).write_text("{" if file.stem == "jobs" else file.read_text(), encoding="utf-8")
    monkeypatch.setattr(policies, "POLICY_FOLDER", tmp_path)
    assert (
        "jobs.yaml:2: not YAML" in refusals(lambda _areas: None)["databricks.cluster_policies.training.file"]
    )


def test_the_key_of_everything_that_is_named_is_tried(
    refusals: Refusals, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_kwargs: object) -> str:
        raise NamingError("no name")

    monkeypatch.setattr(Naming, "name", refuse)
    found = refusals(put("notification_destinations.chat", {"kind": "slack", "url": "env:CHAT"}))
    assert {key.removeprefix("databricks.") for key in found if key.startswith("databricks.")} >= {
        "cluster_policies.training",
        "clusters.preparation",
        "experiments.demand",
        "git_credentials.github",
        "jobs.score-batch",
        "notification_destinations.chat",
        "pools.training",
        "secret_scopes.platform",
        "sql_warehouses.analysis",
        "unity_catalog.catalogs.lake",
        "unity_catalog.external_locations.curated",
    }
