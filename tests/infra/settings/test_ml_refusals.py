"""What machine learning and monitoring may not be asked for, and what they and serving warn of."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from infra.settings.load import Loaded
from tests.infra.settings.ml_edits import AUTOML, QUOTES, Areas, Refusals, largest

Load = Callable[[Callable[[Areas], None]], Loaded]


@pytest.mark.parametrize(
    ("path", "value", "key", "message"),
    [
        (
            "ml.training_clusters.cpu-01",
            {"vm_size": "Standard_D4ds_v5", "max_nodes": 1},
            "ml.training_clusters.cpu-01",
            "ends in a dash and digits, which Azure ML refuses in a compute's name",
        ),
        (
            "ml.training_clusters.cpu.min_nodes",
            9,
            "ml.training_clusters.cpu.min_nodes",
            "more than max_nodes 4",
        ),
        ("ml.training_clusters.gpu.gpu", False, "ml.training_clusters.gpu.gpu", "has GPUs; set it to true"),
        (
            "ml.workspace.package_index",
            "http://packages.example.com/simple",
            "ml.workspace.package_index",
            "https://",
        ),
        (
            "ml.training_clusters.cpu.gpu",
            True,
            "ml.training_clusters.cpu.vm_size",
            "has no GPU; take an N size",
        ),
        (
            "ml.training_clusters.gpu.vm_size",
            "Standard_NC6s_v3",
            "ml.training_clusters.gpu.vm_size",
            "2025-09-30",
        ),
        (
            "ml.compute_instances.ada.schedules.evening.time_zone",
            "Europe/Amsterdam",
            "ml.compute_instances.ada.schedules.evening.time_zone",
            "is an IANA name; use Windows' name, which is 'W. Europe Standard Time'",
        ),
        (
            "ml.compute_instances.ada.schedules.evening.cron",
            "0 0 18 ? * MON-FRI",
            "ml.compute_instances.ada.schedules.evening.cron",
            "give a cron expression of five fields",
        ),
        (
            "ml.compute_instances.ada.applications.shiny.published_port",
            8787,
            "ml.compute_instances.ada.applications.shiny.published_port",
            "8787 is published by rstudio too; give another port",
        ),
        (
            "ml.compute_instances.ada.applications.shiny.image",
            "rocker/shiny",
            "ml.compute_instances.ada.applications.shiny.image",
            "give an image with its tag or digest",
        ),
        (
            "ml.datastores.curated.account_id",
            "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg/providers/"
            "Microsoft.KeyVault/vaults/kv",
            "ml.datastores.curated.account_id",
            "give the id of a Microsoft.Storage/storageAccounts",
        ),
        ("ml.datastores.supplier.access", "read", "ml.datastores.supplier.access", "give by_owner"),
        (
            "ml.datastores.new",
            {"container": "curated"},
            "ml.datastores.new.account_id",
            "is missing; give zone, or account_id and container of another account",
        ),
        (
            "ml.datastores.curated.zone",
            "curated",
            "ml.datastores.curated.account_id",
            "is given together with zone, which is a container of the lake; remove one",
        ),
        (
            "ml.datastores.new",
            {"zone": "gold"},
            "ml.datastores.new.zone",
            "'gold' is not in lake.zones (there: catalog, curated, features, predictions, raw)",
        ),
        (
            "ml.datastores.new",
            {"zone": "curated", "kind": "blob"},
            "ml.datastores.new.kind",
            "is blob, and a zone has a hierarchical namespace; leave kind out",
        ),
        (
            "ml.datastores.new",
            {"zone": "curated", "access": "by_owner"},
            "ml.datastores.new.access",
            "is by_owner, and the lake is this stack's; give read or write",
        ),
        (
            "ml.datastores.new",
            {"zone": "curated", "access": "by_owner", "sas_token": "env:SUPPLIER_SAS"},
            "ml.datastores.new.sas_token",
            "is given for a zone, and the lake takes identities only; remove it",
        ),
        (
            "ml.data_assets.products.datastore",
            "lake",
            "ml.data_assets.products.datastore",
            "'lake' is not in datastores (there: curated, features, predictions, supplier)",
        ),
        (
            "ml.environments.scoring.pip_packages",
            ["azureml-inference-server-http==1.4.1"],
            "ml.environments.scoring.pip_packages",
            "lacks inference-schema[numpy-support,pandas-support], without which swagger would not describe",
        ),
        (
            "ml.schedules.retrain.training_cluster",
            "big",
            "ml.schedules.retrain.training_cluster",
            "'big' is not in training_clusters (there: cpu, gpu, images)",
        ),
        ("ml.schedules.retrain.command.nodes", 9, "ml.schedules.retrain.command.nodes", "max_nodes 4"),
        (
            "ml.schedules.retrain.command.environment",
            "none",
            "ml.schedules.retrain.command.environment",
            "'none' is not in environments (there: demand-scoring, operations, scoring, training)",
        ),
        ("ml.schedules.retrain.cron", None, "ml.schedules.retrain.cron", "give either cron or recurrence"),
        (
            "ml.schedules.retrain.pipeline",
            {"component": "azureml:forecast-pipeline:4"},
            "ml.schedules.retrain.command",
            "exactly one of command, pipeline and automl; there are 2",
        ),
        (f"{AUTOML}.timeout_minutes", None, f"{AUTOML}.timeout_minutes", "is missing; it is required"),
        (f"{AUTOML}.concurrent_trials", 5, f"{AUTOML}.concurrent_trials", "max_nodes 4; give at most that"),
        (
            f"{AUTOML}.metric",
            "Accuracy",
            f"{AUTOML}.metric",
            "is none of Forecasting's; give one of Normalized",
        ),
        (
            f"{AUTOML}.forecast",
            None,
            f"{AUTOML}.forecast",
            "Forecasting needs time_column, horizon and history",
        ),
        (f"{AUTOML}.trial_timeout_minutes", 300, f"{AUTOML}.trial_timeout_minutes", "timeout_minutes 240"),
        (
            f"{AUTOML}.training_data",
            "products",
            f"{AUTOML}.training_data",
            "'products' is not in data_assets of kind mltable (there: sales)",
        ),
        (
            f"{AUTOML}.training_data_version",
            "2026-12",
            f"{AUTOML}.training_data_version",
            "is not in its versions (there: 2026-10, 2026-11)",
        ),
        (
            "ml.workspace.storage_account",
            {
                "existing_resource_id": "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-shared/"
                "providers/Microsoft.Storage/storageAccounts/stshared",
                "redundancy": None,
            },
            "ml.housekeeping.artifact_retention_days",
            "deletes in an account that is not this stack's; remove it",
        ),
        (
            "ml.workspace.container_registry",
            {
                "existing_resource_id": "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-shared/"
                "providers/Microsoft.ContainerRegistry/registries/crshared",
                "sku": None,
                "zone_redundancy": None,
            },
            "ml.housekeeping.registry_purge",
            "cleans up a registry that is not this stack's; remove it",
        ),
        (
            "ml.workspace.container_registry.zone_redundancy",
            True,
            "ml.workspace.container_registry.zone_redundancy",
            "is true and needs sku: Premium; the Basic registry has none: give false",
        ),
        ("environment.kind", "prod", "ml.housekeeping.artifact_retention_days", "is for nonprod only"),
        ("environment.kind", "prod", "ml.housekeeping.idle_report", "is for nonprod only"),
        (
            "environment.kind",
            "prod",
            "serving.container_groups.trial.public",
            "nothing asks callers who they are",
        ),
        ("monitoring.emails", [], "monitoring.emails", "1"),
        (
            "monitoring",
            {
                "emails": ["a@example.com"],
                "sensitive_changes": False,
                "break_glass_accounts": ["b@example.com"],
            },
            "monitoring.break_glass_accounts",
            "are watched by sensitive_changes only; leave that on, or remove them",
        ),
        (
            "monitoring.retraining.schedule",
            "again",
            "monitoring.retraining.schedule",
            "'again' is not in ml.schedules (there: classify, nightly-pipeline, retrain, search)",
        ),
        (
            "monitoring.retraining.databricks_job",
            "score-batch",
            "monitoring.retraining.schedule",
            "and databricks_job: both given; give the one whose job the alert starts",
        ),
        (
            "monitoring.retraining.schedule",
            None,
            "monitoring.retraining.schedule",
            "and databricks_job: neither given",
        ),
        (
            "monitoring.retraining",
            {"schedule": None, "databricks_job": "retrain"},
            "monitoring.retraining.databricks_job",
            "'retrain' is not in databricks.jobs (there: ",
        ),
        (
            "observability.log_analytics",
            {
                "existing_resource_id": "/subscriptions/44444444-4444-4444-4444-444444444444/resourceGroups/rg-logs/"
                "providers/Microsoft.OperationalInsights/workspaces/log",
                "retention_days": None,
                "daily_quota_gb": None,
            },
            "monitoring.retraining",
            "let this stack create Log Analytics, or remove retraining",
        ),
        (
            "monitoring.retraining.every_minutes",
            7,
            "monitoring.retraining.every_minutes",
            "give one of 5, 10",
        ),
        (
            "monitoring.model_monitors.quotes.deployment",
            "green",
            "monitoring.model_monitors.quotes.deployment",
            "'quotes/green' is not in serving.endpoints",
        ),
        (
            "serving.endpoints.quotes.deployments.blue.collects_data",
            False,
            "serving.endpoints.quotes.deployments.blue.collects_data",
            "is false, and monitoring.model_monitors.quotes reads what it collects; set it to true",
        ),
        (
            "monitoring.model_monitors.quotes.reference_data",
            "products",
            "monitoring.model_monitors.quotes.reference_data",
            "is not an mltable's version in ml.data_assets",
        ),
    ],
)
def test_what_cannot_work_is_refused(
    refusals: Refusals, path: str, value: object, key: str, message: str
) -> None:
    found = refusals(largest(path, value))
    assert key in found, found
    assert message in found[key]


@pytest.mark.parametrize(
    ("path", "value", "warning"),
    [
        (
            "ml.training_clusters.cpu.priority",
            "LowPriority",
            "ml.training_clusters.cpu.priority: low-priority nodes (Azure Batch) were retired on 2026-03-31",
        ),
        ("ml.training_clusters.gpu.max_nodes", 3, "GPU families have no quota by default: ask for it before"),
        ("ml.training_clusters.cpu.min_nodes", 1, "nodes are billed while no job runs"),
        ("ml.training_clusters.cpu.vm_size", "Standard_F4s_v2", "2028-11-15"),
        (f"{QUOTES}.instance_type", "Standard_F4s_v2", "2028-11-15"),
        (
            f"{AUTOML}.forecast.history",
            40,
            "horizon: is 14, more than a third of the 40 periods of history; at most 13",
        ),
        (
            "ml.compute_instances.ada.applications.shiny.image",
            "rocker/shiny:latest",
            "is ':latest', another image on every new instance",
        ),
        ("ml.environments.training.pip_packages", ["pandas"], "'pandas' has no version"),
        ("ml.datastores.supplier.description", "x", "sas_token: a credential that expires"),
        (
            "serving.endpoints.fleet.deployments.main.request_timeout_seconds",
            30,
            "the first request waits for its model: give 60 or more",
        ),
        ("serving.container_groups.trial.cpu", 1.5, "public: is true, and nothing asks callers who they are"),
        ("serving.cluster.upgrade_channel", "rapid", "Azure ML supports the last three minor versions only"),
    ],
)
def test_what_works_and_deserves_a_second_look_is_warned_of(
    load_edited: Load, path: str, value: object, warning: str
) -> None:
    warnings = load_edited(largest(path, value)).warnings
    assert any(warning in text for text in warnings), warnings


def test_private_mode_has_no_container_groups_and_no_purge_task(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        largest("network", {"mode": "private", "address_space": "10.40.0.0/20", "allowed_ip_ranges": None})(
            areas
        )

    found = refusals(edit)
    assert "has no subnet for it; use an endpoint" in found["serving.container_groups.trial"]
    assert "cannot reach a private registry" in found["ml.housekeeping.registry_purge"]
