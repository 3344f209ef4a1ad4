"""What a stack may not ask of Databricks, and what it is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from infra.conventions.naming import Naming, NamingError
from infra.settings.databricks import policies
from infra.settings.databricks.git import is_allowed

Areas = dict[str, Any]
Refusals = Callable[[Callable[[Areas], None]], dict[str, str]]

JOB = "jobs.train-many-models"
FOLDER = "git_folders.forecasting"
SOURCE = {"url": "https://github.com/example-org/forecasting", "branch": "main"}
CLUSTER = f"{JOB}.clusters.main"
DAILY = "jobs.train-and-score"
SCHEDULE = f"{DAILY}.trigger.schedule"
ACCOUNT = "e0000000-0000-4000-8000-000000000001"
LAKE = (
    "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-lake"
    "/providers/Microsoft.Storage/storageAccounts/stlake"
)
LOCATION = {
    "storage_account_id": LAKE,
    "container": "gold",
}
CATALOG = {"external_location": "lake", "path": "catalogs/lake"}


def put(path: str, value: object) -> Callable[[Areas], None]:
    """An edit of one key below databricks; None removes it, and what is missing on the way is made."""

    def edit(areas: Areas) -> None:
        *parents, last = path.split(".")
        target = areas["databricks"]
        for parent in parents:
            target = target.setdefault(parent, {})
        if value is None:
            del target[last]
        else:
            target[last] = value

    return edit


ONE_PROBLEM: list[tuple[str, object, str, str]] = [
    ("host", "https://adb-1234567890123456.7.azuredatabricks.net", "host", "must be left out with"),
    ("authentication", "github-oidc-azure", "host", "is needed with authentication"),
    # Git
    (
        "git_credentials",
        None,
        f"{FOLDER}.url",
        "is gitHub's, and git_credentials has none for it of owner deployer (there: none); add one",
    ),
    (
        "git_credentials.github.provider",
        "gitLab",
        f"{FOLDER}.url",
        "is gitHub's, and git_credentials has none for it of owner deployer (there: gitLab); add one",
    ),
    (
        "git_credentials.second",
        {"provider": "gitHub", "username": "ci", "personal_access_token": "env:SECOND"},
        "git_credentials.second.provider",
        "is gitHub, which github serves for the same owner already",
    ),
    ("git_credentials.github.owner", "somebody", "git_credentials.github.owner", "give 'deployer' or 'jobs'"),
    (
        "git_credentials.github.personal_access_token",
        "ghp_not_a_reference",
        "git_credentials.github.personal_access_token",
        "is written in the stack file in clear; name it as env:NAME",
    ),
    (
        "git_credentials.github.personal_access_token",
        None,
        "git_credentials.github.personal_access_token",
        "is missing; gitHub needs it (only azureDevOpsServicesAad works without)",
    ),
    (f"{FOLDER}.tag", "v1", f"{FOLDER}.branch", "give either branch or tag"),
    (f"{FOLDER}.branch", "", f"{FOLDER}.branch", "'' is not the name of a branch or tag; for example main"),
    (f"{FOLDER}.branch", "a..b", f"{FOLDER}.branch", "'a..b' is not the name of a branch or tag"),
    (f"{FOLDER}.provider", "gitLab", f"{FOLDER}.provider", "is gitLab, and https://github.com/example-org/"),
    (
        f"{FOLDER}.sparse_checkout",
        ["../other"],
        f"{FOLDER}.sparse_checkout[0]",
        "'../other' is not a path inside the repository",
    ),
    (
        "git_folders.own",
        {"url": "https://git.example.com/ml/forecasting", "branch": "main"},
        "git_folders.own.provider",
        "is missing, and git.example.com is no host that Databricks knows; give one of gitHubEnterprise, ",
    ),
    (
        "git_folders.forecasting.url",
        "https://github.com/example-organ/forecasting",
        "git_folders.forecasting.url",
        "is outside hardening.allowed_git_urls (https://github.com/example-org); add its prefix there",
    ),
    (
        "git_folders.forecasting.url",
        "https://token@github.com/example-org/forecasting",
        "git_folders.forecasting.url",
        "give text that matches",
    ),
    (
        "git_folders.forecasting.permissions.ml_engineer",
        "CAN_EDIT",
        "git_folders.forecasting.permissions.ml_engineer",
        "'CAN_EDIT' is no level of a git folder; give one of CAN_READ, CAN_RUN",
    ),
    (
        "production_folder_permissions.ml_engineer",
        "CAN_MANAGE",
        "production_folder_permissions.ml_engineer",
        "'CAN_MANAGE' is no level of a git folder; give one of CAN_READ, CAN_RUN",
    ),
    *(
        (f"{FOLDER}.url", f"https://github.com{path}", f"{FOLDER}.url", "is not the address of a repository")
        for path in (
            "/example-org/../other/repository",
            "/example-org/%2e%2e/other",
            "/example-org",
            ":x/a/b",
        )
    ),
    (
        f"{FOLDER}.url",
        "https://[github.com/example-org/x",
        f"{FOLDER}.url",
        "is not the address of a repository",
    ),
    # What a job names
    (f"{JOB}.git_source", SOURCE, f"{JOB}.git_source", "is used by no task"),
    (
        f"{JOB}.git_source",
        {**SOURCE, "tag": "v1"},
        f"{JOB}.git_source.branch",
        "2 references are given; give one of branch, tag and commit",
    ),
    (
        f"{JOB}.tasks.train.notebook.git_folder",
        None,
        f"{JOB}.tasks.train.notebook.git_folder",
        "is missing; name a git folder, or give the job a git_source",
    ),
    (
        f"{JOB}.failure_destinations",
        ["chat"],
        f"{JOB}.failure_destinations",
        "'chat' is not in notification_destinations (there: none)",
    ),
    (
        "notification_destinations.chat",
        {"kind": "slack"},
        "notification_destinations.chat.url",
        "is missing; slack is called with it, such as env:ALERTS_URL",
    ),
    (
        "notification_destinations.chat",
        {"kind": "pagerduty", "integration_key": "env:KEY", "url": "env:URL"},
        "notification_destinations.chat.url",
        "is given, and pagerduty takes integration_key; remove it",
    ),
    (
        "notification_destinations.chat",
        {"kind": "slack", "url": "https://hooks.example.com/services/T/B/x"},
        "notification_destinations.chat.url",
        "is written in the stack file in clear; name it as env:NAME",
    ),
    (
        "notification_destinations.hook",
        {"kind": "generic_webhook", "url": "env:URL", "username": "ci"},
        "notification_destinations.hook.username",
        "is given alone; give username and password, or neither",
    ),
    (f"{CLUSTER}.pool", "scoring", f"{CLUSTER}.pool", "'scoring' is not in pools (there: training)"),
    (f"{CLUSTER}.policy", "scoring", f"{CLUSTER}.policy", "'scoring' is not in cluster_policies (there: "),
    (
        f"{CLUSTER}.node_type",
        "Standard_D4ds_v5",
        f"{CLUSTER}.node_type",
        "is given beside pool, which fixes it",
    ),
    (f"{CLUSTER}.pool", None, f"{CLUSTER}.pool", "is missing; give pool, or node_type"),
    (f"{CLUSTER}.availability", "SPOT_AZURE", f"{CLUSTER}.availability", "is given beside pool"),
    (f"{CLUSTER}.workers", 9, f"{CLUSTER}.workers", "is 9; the policy 'training' allows 4"),
    (f"{CLUSTER}.workers", None, f"{CLUSTER}.workers", "give either workers or autoscale"),
    (
        f"{CLUSTER}.runtime",
        "17.3.x-scala2.13",
        f"{CLUSTER}.runtime",
        "is not allowed by the policy 'training'",
    ),
    (f"{CLUSTER}.runtime", "7.3.x-scala2.12", f"{CLUSTER}.runtime", "was retired on"),
    (
        f"{CLUSTER}.environment",
        {"KEY": "{{secrets/forecast-platform-dev/key}}"},
        f"{CLUSTER}.environment.KEY",
        "is a secret's reference; name the secret under secrets",
    ),
    (
        f"{CLUSTER}.secrets",
        {"KEY": {"secret_scope": "vault", "secret_name": "key"}},
        f"{CLUSTER}.secrets.KEY.secret_scope",
        "'vault' is not in secret_scopes (there: platform)",
    ),
    (f"{CLUSTER}.init_scripts", ["dbfs:/init.sh"], f"{CLUSTER}.init_scripts[0]", "give text that matches"),
    (
        f"{JOB}.tasks.train.notebook.git_folder",
        "features",
        f"{JOB}.tasks.train.notebook.git_folder",
        "'features' is not in git_folders (there: forecasting)",
    ),
    (f"{JOB}.tasks.train.notebook.path", "train.py", f"{JOB}.tasks.train.notebook.path", "has no extension"),
    (
        f"{JOB}.tasks.train.notebook.path",
        "notebooks/../../secrets",
        f"{JOB}.tasks.train.notebook.path",
        "'notebooks/../../secrets' is not a path inside the repository",
    ),
    (
        f"{JOB}.tasks.train.notebook.path",
        "/train",
        f"{JOB}.tasks.train.notebook.path",
        "without a leading '/'",
    ),
    (
        f"{JOB}.tasks.train.libraries",
        {"pypi": {"light gbm": "4.5.0"}},
        f"{JOB}.tasks.train.libraries.pypi.light gbm",
        "'light gbm' is not the name of a Python package; for example lightgbm",
    ),
    (
        f"{JOB}.tasks.train.libraries",
        {"pypi": {"lightgbm": ">=4"}},
        f"{JOB}.tasks.train.libraries.pypi.lightgbm",
        "'>=4' is not one version of a Python package",
    ),
    (
        f"{JOB}.tasks.train.libraries",
        {"maven": ["com.example:scoring"]},
        f"{JOB}.tasks.train.libraries.maven[0]",
        "are not Maven coordinates; give group:artifact:version",
    ),
    (
        f"{JOB}.tasks.train.libraries",
        {"maven": ["com.example:scoring:LATEST"]},
        f"{JOB}.tasks.train.libraries.maven[0]",
        "changes under a running platform; give a released version",
    ),
    (
        f"{JOB}.tasks.train.cluster",
        "big",
        f"{JOB}.tasks.train.cluster",
        "'big' is not in clusters (there: main)",
    ),
    (f"{JOB}.tasks.train.cluster", None, f"{JOB}.tasks.train.cluster", "would run on serverless compute"),
    (
        f"{JOB}.tasks.train.python",
        {"git_folder": "forecasting", "path": "train.py"},
        f"{JOB}.tasks.train.notebook",
        "2 kinds are given; give one of notebook, python, wheel, jar, sql, run_job",
    ),
    (
        f"{JOB}.tasks.report",
        {"sql": {"git_folder": "forecasting", "path": "report.sql", "warehouse": "big"}},
        f"{JOB}.tasks.report.sql.warehouse",
        "'big' is not in sql_warehouses (there: analysis)",
    ),
    (
        f"{JOB}.tasks.wheel",
        {"cluster": "main", "wheel": {"package": "forecasting", "entry_point": "train"}},
        f"{JOB}.tasks.wheel.libraries",
        "brings no package",
    ),
    (
        f"{JOB}.clusters.spare",
        {"runtime": "16.4.x-scala2.12", "policy": "training", "pool": "training", "workers": 1},
        f"{JOB}.clusters.spare",
        "is used by no task",
    ),
    (
        f"{JOB}.tasks.prepare.depends_on",
        ["train"],
        f"{JOB}.tasks",
        "wait for each other in a circle, prepare -> train -> prepare; remove one depends_on",
    ),
    (f"{JOB}.tasks.train.depends_on", ["load"], f"{JOB}.tasks.train.depends_on", "'load' is not a task"),
    (
        f"{JOB}.tasks.train.depends_on",
        ["prepare"] * 2,
        f"{JOB}.tasks.train.depends_on",
        "names one task twice",
    ),
    (
        f"{CLUSTER}.environment",
        {"MLFLOW_REGISTRY_URI": "databricks"},
        f"{CLUSTER}.environment.MLFLOW_REGISTRY_URI",
        "is set by model_registry for every cluster; remove it",
    ),
    (
        f"{CLUSTER}.environment",
        {"AZURE_CLIENT_SECRET": "x"},
        f"{CLUSTER}.environment.AZURE_CLIENT_SECRET",
        "is a secret in clear; use ml_tracking, or secrets",
    ),
    # What a job runs
    (
        f"{DAILY}.tasks.score.run_job.job",
        "score",
        f"{DAILY}.tasks.score.run_job.job",
        "'score' is not in jobs (there: make-tables, score-batch, set-aside, train-many-models)",
    ),
    (
        f"{DAILY}.tasks.score.cluster",
        "main",
        f"{DAILY}.tasks.score.cluster",
        "is given on a run_job task, whose job has its own; remove it",
    ),
    (
        f"{DAILY}.tasks.score.libraries",
        {"pypi": {"lightgbm": "4.5.0"}},
        f"{DAILY}.tasks.score.libraries",
        "are given on a task without a cluster to install them on; remove them",
    ),
    (
        "jobs.score-batch.tasks.again",
        {"run_job": {"job": "train-and-score"}},
        "jobs",
        "run each other in a circle, ",
    ),
    (
        f"{DAILY}.timeout_minutes",
        80,
        f"{DAILY}.timeout_minutes",
        "is 80, and it runs 'train-many-models', which may take 90; give more",
    ),
    # When
    (f"{SCHEDULE}.quartz_cron", "0 3 * * *", f"{SCHEDULE}.quartz_cron", "has 5 fields; Quartz takes 6 or 7"),
    (f"{SCHEDULE}.time_zone", "Amsterdam", f"{SCHEDULE}.time_zone", "'Amsterdam' is not an IANA time zone"),
    (
        f"{DAILY}.trigger.continuous",
        {},
        f"{DAILY}.trigger.schedule",
        "continuous, schedule are given; give one of",
    ),
    (f"{JOB}.trigger", {"continuous": {}}, f"{JOB}.trigger.continuous", "set max_retries: 0 on every task"),
    (
        f"{JOB}.trigger",
        {"file_arrival": {"url": "/Volumes/lake/gold/landing"}},
        f"{JOB}.trigger.file_arrival.url",
        "give text that matches",
    ),
    (
        f"{JOB}.trigger",
        {"table_update": {"tables": ["sales"]}},
        f"{JOB}.trigger.table_update.tables[0]",
        "give text that matches",
    ),
    (f"{JOB}.trigger", {"continuous": None}, f"{JOB}.trigger.schedule", "nothing is given; give one of"),
    (
        f"{JOB}.trigger",
        {"file_arrival": {"url": "/Volumes//"}},
        f"{JOB}.trigger.file_arrival.url",
        "give text that matches",
    ),
    (
        f"{JOB}.trigger",
        {"table_update": {"tables": ["lake.gold.sales", "lake.gold.Sales"]}},
        f"{JOB}.trigger.table_update.tables",
        "names one table twice; keep one",
    ),
    (
        f"{SCHEDULE}.quartz_cron",
        "0 0 " + "9" * 5000 + " * * ?",
        f"{SCHEDULE}.quartz_cron",
        "more than nine digits",
    ),
    (
        "unity_catalog.catalogs.lake.schemas.reporting.views.empty",
        " ",
        "unity_catalog.catalogs.lake.schemas.reporting.views.empty",
        "is empty; give a query",
    ),
    (f"{JOB}.trigger", {}, f"{JOB}.trigger.schedule", "nothing is given; give one of schedule, file_arrival"),
    (f"{JOB}.warn_after_minutes", 90, f"{JOB}.warn_after_minutes", "comes after the timeout of 90 minutes"),
    # Who
    (
        f"{JOB}.permissions.ml_engineer",
        "CAN_RUN",
        f"{JOB}.permissions.ml_engineer",
        "'CAN_RUN' is no level of a job; give one of CAN_VIEW, CAN_MANAGE_RUN, CAN_MANAGE",
    ),
    (
        f"{JOB}.permissions.ci",
        "CAN_VIEW",
        f"{JOB}.permissions.ci",
        "has no group; give it one in access.personas (there: analyst, auditor, data_engineer, ",
    ),
    (
        f"{JOB}.permissions.auditor",
        "CAN_VIEW",
        f"{JOB}.permissions.auditor",
        "may not open the workspace in nonprod environments",
    ),
    ("secret_scopes.platform.readers", ["ci"], "secret_scopes.platform.readers.ci", "has no group"),
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
    # Clusters and policies
    (
        "clusters.preparation.auto_termination_minutes",
        180,
        "clusters.preparation.auto_termination_minutes",
        "is 180; the policy 'data-engineer' allows 10 to 120",
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
        "the policy 'single-node' allows no spot machines",
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
    # Machine learning
    ("ml_tracking.secret_scope", "vault", "ml_tracking.secret_scope", "'vault' is not in secret_scopes"),
    ("ml_tracking", None, "ml_tracking", "jobs would wait for a device login"),
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
        "is azureml, and serving_endpoints serve from Unity Catalog",
    ),
    # Serverless
    (
        "network_connectivity",
        {},
        "network_connectivity.account_id",
        "is missing; give it to make a configuration, or the configuration_id of one",
    ),
    (
        "network_connectivity",
        {"configuration_id": ACCOUNT, "private_endpoints": {"lake": {"resource_id": LAKE, "group": "dfs"}}},
        "network_connectivity.private_endpoints",
        "are given beside configuration_id; they belong to whoever made that configuration",
    ),
    (
        "network_connectivity",
        {"account_id": ACCOUNT, "private_endpoints": {"lake": {"resource_id": "stlake", "group": "dfs"}}},
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
    (
        "unity_catalog",
        {"catalogs": {"lake": CATALOG}},
        "unity_catalog.catalogs.lake.external_location",
        "'lake' is not in external_locations (there: none)",
    ),
    (
        "unity_catalog",
        {"external_locations": {"lake": LOCATION, "raw": {**LOCATION, "path": "raw"}}},
        "unity_catalog.external_locations.raw",
        "lies in 'lake'; locations must not overlap",
    ),
    (
        "unity_catalog",
        {"external_locations": {"lake": {**LOCATION, "read_only": True}}, "catalogs": {"lake": CATALOG}},
        "unity_catalog.catalogs.lake.external_location",
        "'lake' is read_only; managed tables are written there",
    ),
    (
        "unity_catalog",
        {
            "external_locations": {"lake": LOCATION},
            "catalogs": {"lake": {**CATALOG, "schemas": {"reporting": {"views": {"days": "SELECT 1"}}}}},
        },
        "unity_catalog.view_warehouse",
        "is missing; tables and views of lake.reporting are made on it",
    ),
    (
        "unity_catalog.catalogs.lake.schemas.predictions.tables.demand.columns",
        {"day": "DATETIME"},
        "unity_catalog.catalogs.lake.schemas.predictions.tables.demand.columns.day",
        "give text that matches",
    ),
    (
        "unity_catalog.catalogs.lake.schemas.reporting.views",
        {"days": "SELECT day FROM {lake}.predictions.demand"},
        "unity_catalog.catalogs.lake.schemas.reporting.views.days",
        "has {lake}; only {catalog} is put in",
    ),
    (
        "unity_catalog.catalogs.lake.schemas.predictions.views",
        {"demand": "SELECT 1"},
        "unity_catalog.catalogs.lake.schemas.predictions.views.demand",
        "is a table's name in this schema too",
    ),
]


ONE_AMONG_OTHERS: list[tuple[str, object, str, str]] = [
    (
        "git_credentials.github.provider",
        "azureDevOpsServicesAad",
        "git_credentials.github.personal_access_token",
        "must be left out with azureDevOpsServicesAad, which needs no token",
    ),
    (
        f"{CLUSTER}.policy",
        "single-node",
        f"{CLUSTER}.policy",
        "is for all-purpose clusters; name one for job",
    ),
    ("pools.training.max_capacity", 2, f"{CLUSTER}.workers", "with its driver it takes 3 machines"),
    (
        "pools.training.node_type",
        "Standard_L8s_v3",
        f"{CLUSTER}.pool",
        "its node type Standard_L8s_v3 is not",
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


@pytest.mark.parametrize(("path", "value", "key", "message"), ONE_PROBLEM)
def test_a_refused_setting_names_its_key_and_what_would_be_right(
    refusals: Refusals, path: str, value: object, key: str, message: str
) -> None:
    found = refusals(put(path, value))
    assert list(found) == [f"databricks.{key}"]
    assert message in found[f"databricks.{key}"]


@pytest.mark.parametrize(("path", "value", "key", "message"), ONE_AMONG_OTHERS)
def test_every_setting_that_an_edit_breaks_is_told(
    refusals: Refusals, path: str, value: object, key: str, message: str
) -> None:
    found = refusals(put(path, value))
    assert len(found) > 1
    assert message in found[f"databricks.{key}"]


def test_a_local_group_receives_nothing_in_unity_catalog(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        areas["databricks"]["workspace_local_groups"] = ["analyst"]
        del areas["databricks"]["jobs"]["score-batch"]["parameters"]
        areas["databricks"]["unity_catalog"] = {
            "external_locations": {"lake": {**LOCATION, "grants": {"analyst": ["READ_FILES"]}}}
        }

    assert refusals(edit) == {
        "databricks.unity_catalog.external_locations.lake.grants.analyst": "is in workspace_local_groups, which "
        "Unity Catalog does not know; use its Entra group"
    }


ENGINEERS = "a0000000-0000-4000-8000-000000000002"


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


def test_models_in_unity_catalog_need_it(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        areas["databricks"]["model_registry"] = "unity_catalog"
        del areas["databricks"]["unity_catalog"]

    assert refusals(edit) == {
        "databricks.unity_catalog": "is missing, and model_registry: unity_catalog registers models there"
    }


def test_parts_that_lead_to_azure_ml_need_it(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        del areas["ml"], areas["serving"]
        areas["databricks"]["link_ml_workspace"] = False

    assert sorted(refusals(edit)) == [
        "databricks.linked_compute",
        "databricks.ml_tracking",
        "databricks.model_registry",
        "databricks.secret_scopes.platform.key_vault_resource_id",
        "promotion",
    ]


def private(areas: Areas) -> None:
    """Dev as a private environment that can be reached, with serverless compute."""
    areas["network"] = {"mode": "private", "address_space": "10.40.0.0/20"}
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
        {"configuration_id": ACCOUNT},
        {"configuration_id": ACCOUNT, "account_id": ACCOUNT},
        {"account_id": ACCOUNT, "private_endpoints": {"lake": {"resource_id": LAKE, "group": "dfs"}}},
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
        areas["databricks"]["network_connectivity"] = {"account_id": ACCOUNT}

    ((key, message),) = refusals(edit).items()
    assert key == "databricks.network_connectivity.private_endpoints"
    assert "is empty in private mode, where storage is reached through one only" in message


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
    ({"spot": "always"}, "jobs.yaml: spot is 'always'; give 'never' or 'with-fallback'"),
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


def test_a_job_s_git_source_is_read_by_the_job_and_obeys_the_allow_list(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        job = areas["databricks"]["jobs"]["score-batch"]
        job["git_source"] = {"url": "https://gitlab.com/example-org/forecasting", "branch": "main"}
        del job["tasks"]["score"]["notebook"]["git_folder"]

    assert refusals(edit) == {
        "databricks.jobs.score-batch.git_source.url": "https://gitlab.com/example-org/forecasting is outside "
        "hardening.allowed_git_urls (https://github.com/example-org); add its prefix there; is gitLab's, and "
        "git_credentials has none for it of owner jobs (there: none); add one"
    }


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


def test_a_job_that_never_ends_is_not_waited_for(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        job = areas["databricks"]["jobs"]["score-batch"]
        job["trigger"] = {"continuous": {}}
        job["tasks"]["score"]["max_retries"] = 0

    assert refusals(edit) == {
        f"databricks.{DAILY}.tasks.score.run_job.job": "'score-batch' is continuous and never ends; run one that does"
    }


def test_jobs_run_each_other_three_deep_at_most(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        jobs = areas["databricks"]["jobs"]
        inner = "train-and-score"
        for outer in ("second", "third", "fourth"):
            jobs[outer] = {**jobs["train-and-score"], "tasks": {"inner": {"run_job": {"job": inner}}}}
            inner = outer

    assert refusals(edit) == {
        "databricks.jobs.fourth.tasks": "run jobs 4 deep; Databricks supports 3: run the innermost from here"
    }


def test_a_continuous_job_is_one_run(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        job = areas["databricks"]["jobs"]["train-many-models"]
        job |= {"trigger": {"continuous": {}}, "max_concurrent_runs": 2}
        for task in job["tasks"].values():
            task["max_retries"] = 0

    assert refusals(edit) == {
        f"databricks.{JOB}.max_concurrent_runs": "is above 1 on a continuous job, which is one run; leave it out"
    }


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://github.com/org/repo", True),
        ("https://github.com/org", True),
        ("https://github.com/organ/repo", False),
        ("https://gitlab.com/org/repo", False),
    ],
)
def test_a_prefix_covers_whole_parts_of_a_url(url: str, *, allowed: bool) -> None:
    assert is_allowed(url, ["https://github.com/org"]) is allowed


def test_models_in_unity_catalog_need_one(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        areas["databricks"]["model_registry"] = "unity_catalog"
        del areas["databricks"]["unity_catalog"]

    assert "is missing, and model_registry: unity_catalog" in refusals(edit)["databricks.unity_catalog"]
