"""Values that some service would refuse, or that would do nothing: refused by key, with what would be right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from infra.settings.load import SettingsError
from tests.infra.stack_settings import patched_settings

Refusals = Callable[[Callable[[dict[str, Any]], None]], dict[str, str]]

IMAGE = "mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04:20250601.v1"
PERSON = "e0000000-0000-4000-8000-000000000003"
WORK = {"core_minutes": 100, "fixed_minutes": 6}
FOLDER = "databricks.git_folders.forecasting"


def schedule(**changes: str) -> dict[str, Any]:
    job = {"command": "python train.py", "environment": "azureml:train:1"}
    return {"ml": {"schedules": {"nightly": {"training_cluster": "cpu", "command": job, **changes}}}}


def instance(size: str) -> dict[str, Any]:
    return {"ml": {"compute_instances": {"ada": {"assigned_user_object_id": PERSON, "vm_size": size}}}}


def packages(**lists: list[str]) -> dict[str, Any]:
    return {"ml": {"environments": {"train": {"image": IMAGE, "version": "1", **lists}}}}


def variable(value: str) -> dict[str, Any]:
    return {"apps": {"apps": {"forecast-ui": {"environment": {"TOKEN": value}}}}}


@pytest.mark.parametrize(
    ("patch", "key", "message"),
    [
        (schedule(cron="0 25 * * 1"), "ml.schedules.nightly.cron", "has 25 where 0 to 23 is possible (hour)"),
        (
            schedule(cron="0 4 * * 0", time_zone="CET"),
            "ml.schedules.nightly.time_zone",
            "'CET' is an IANA name; use Windows' name, which is 'Romance Standard Time'",
        ),
        (
            {"ml": {"housekeeping": {"registry_purge": {"cron": "75 4 * * 0"}}}},
            "ml.housekeeping.registry_purge.cron",
            "has 75 where 0 to 59 is possible (minute)",
        ),
        (
            instance("Standard_B4ms"),
            "ml.compute_instances.ada.vm_size",
            "is burstable, which Azure ML does not support; use a D or E size such as Standard_D4ds_v5",
        ),
        (
            instance("Standard_D5ds_v5"),
            "ml.compute_instances.ada.vm_size",
            "does not exist; use one of its series: Standard_D2ds_v5, Standard_D4ds_v5",
        ),
        (
            {"serving": {"cluster": {"system_pool": {"vm_size": "Standard_D5ds_v5"}}}},
            "serving.cluster.system_pool.vm_size",
            "does not exist; use one of its series",
        ),
        (
            packages(pip_packages=["pandas=2.2"]),
            "ml.environments.train.pip_packages[0]",
            "'pandas=2.2' is no requirement of pip; give a name and a version, such as pandas==2.3.3",
        ),
        (
            packages(conda_packages=["pan das"]),
            "ml.environments.train.conda_packages[0]",
            "'pan das' is no package of conda; give a name and a version, such as pandas=2.3.3",
        ),
        (
            {"cost": {"job_work": {"score-batch": WORK}}},
            "cost.job_work.score-batch",
            "is given beside cost.job_minutes for the same job; keep one of the two",
        ),
        (
            {"cost": {"job_work": {"train-and-score": WORK}}},
            "cost.job_work.train-and-score",
            "needs a job with one cluster, and this one has 0; give job_minutes",
        ),
        (
            {"cost": {"job_work": {"training": WORK}}},
            "cost.job_work.training",
            "'training' is not in databricks.jobs (there: ",
        ),
        (
            {"cost": {"cluster_hours": {"training": 10}}},
            "cost.cluster_hours.training",
            "'training' is not in databricks.clusters (there: preparation, smoke-tests)",
        ),
        (
            {"ml": {"datastores": {"workspaceartifactstore": {"zone": "curated"}}}},
            "ml.datastores.workspaceartifactstore",
            "is one that every workspace has from its start; give another key",
        ),
        (
            {"serving": {"instance_types": {"defaultinstancetype": {"cpu": "1", "memory": "2Gi"}}}},
            "serving.instance_types.defaultinstancetype",
            "is Azure ML's own name for what default_instance_type says",
        ),
        (
            {"network": {"allowed_ip_ranges": ["100.64.1.0/24"]}},
            "network.allowed_ip_ranges",
            "100.64.1.0/24 is in 100.64.0.0/10, which no request from the internet comes from",
        ),
        (
            {"network": {"allowed_ip_ranges": ["0.0.0.0/32", "203.0.113.0/24"]}},
            "network.allowed_ip_ranges",
            "0.0.0.0/32 is in 0.0.0.0/8, which no request from the internet comes from",
        ),
        (
            {"network": {"allowed_ip_ranges": [f"203.0.113.{number}/32" for number in range(201)]}},
            "network.allowed_ip_ranges",
            "are 201, and AKS takes 200 for its API server; merge some",
        ),
        (
            {"serving": {"cluster": {"authorized_ip_ranges": ["240.1.0.0/16"]}}},
            "serving.cluster.authorized_ip_ranges",
            "240.1.0.0/16 is in 240.0.0.0/4, which a public API server never sees",
        ),
        (
            {"databricks": {"front_end_ip_ranges": ["192.168.1.0/24"]}},
            "databricks.front_end_ip_ranges",
            "192.168.1.0/24 is in 192.168.0.0/16, which no request from the internet comes from",
        ),
        (
            {"recovery": {"notebook_backup": True}},
            "recovery.notebook_backup",
            "is true, and Azure Backup needs the account's key, which the workspace's storage account does not take",
        ),
        (
            {"synapse": {"database": "master"}},
            "synapse.database",
            "is a database of SQL Server's own (master, model, msdb, tempdb); give another name",
        ),
        (
            {"serving": {"container_groups": {"t": {"image": "x:1", "environment_variables": {"A B": "v"}}}}},
            "serving.container_groups.t.environment_variables.A B",
            "is 'A B'; give letters, digits and underscores",
        ),
        (
            {"synapse": {"database": "default"}},
            "synapse.database",
            "is Spark's own database, which serverless SQL shows by this name",
        ),
        (
            variable("env:TOKEN"),
            "apps.apps.forecast-ui.environment.TOKEN",
            "names a secret, and a variable is plain text that readers of the resource see",
        ),
        (
            variable("a\x07b"),
            "apps.apps.forecast-ui.environment.TOKEN",
            "has the control character '\\x07'; remove it",
        ),
        (
            {"tags": {"extra": {"cost\nowner": "me"}}},
            "tags.extra",
            "has the key 'cost\\nowner' with a control character; remove it",
        ),
    ],
)
def test_it_is_refused(refusals: Refusals, patch: Mapping[str, Any], key: str, message: str) -> None:
    found = refusals(lambda areas: merge(areas, patch))
    assert message in found[key]


@pytest.mark.parametrize(
    "patch",
    [
        schedule(cron="0 23 * * 1", time_zone="W. Europe Standard Time"),
        instance("Standard_E4-2ds_v5"),
        # A series that is newer than the table.
        instance("Standard_D4ds_v9"),
        packages(
            pip_packages=[
                "pandas==2.2.*",
                "mlflow[extras]>=3,<4",
                "torch ~= 2.5 ; python_version < '3.13'",
                "tool @ https://example.com/tool.whl",
                "--extra-index-url https://example.com/simple",
            ],
            conda_packages=["pandas=2.2", "numpy>=1.26,<2", "conda-forge::lightgbm=4.6=py311", "git"],
        ),
        {"cost": {"cluster_hours": {"preparation": 10}}},
        {"synapse": {"database": "master_data"}},
        variable("environment: test"),
        {"tags": {"extra": {"cost owner": "me"}}},
    ],
)
def test_the_right_value_is_taken(patch: Mapping[str, Any]) -> None:
    patched_settings(patch)


@pytest.mark.parametrize(
    ("tag", "message"),
    [
        ("cost owner", "has a blank, which DNS zones do not support; use '-' or '_'"),
        ("1st-owner", "starts with a digit, which DNS zones do not support; start with a letter"),
        ("cost:owner", "has a special character, which DNS zones do not support"),
        ("cost.owner", "has a special character, which DNS zones do not support"),
        ("cost#owner", "has a special character, which DNS zones do not support"),
    ],
)
def test_tags_of_a_stack_that_makes_dns_zones_have_plain_names(
    refusals: Refusals, tag: str, message: str
) -> None:
    def edit(areas: dict[str, Any]) -> None:
        areas["network"] = {"mode": "private", "address_space": "10.60.0.0/20"}
        areas["tags"]["extra"] = {tag: "me"}

    assert message in refusals(edit)["tags.extra"]


def test_zones_of_the_api_server_carry_tags_also_where_the_hub_has_the_others() -> None:
    with pytest.raises(
        SettingsError, match=r"tags\.extra: tag 'cost owner' has a blank, which DNS zones do not"
    ):
        patched_settings({"tags": {"extra": {"cost owner": "me"}}}, base="prod")


@pytest.mark.parametrize(
    ("patch", "message"),
    [
        (
            instance("Standard_Q8ds_v5"),
            "ml.compute_instances.ada.vm_size: 'Standard_Q8ds_v5' is of a series that is not in the list of sizes",
        ),
        (
            {"serving": {"cluster": {"kubernetes_version": "1.99"}}},
            "serving.cluster.kubernetes_version: '1.99' is newer than every version in the list",
        ),
    ],
)
def test_what_nobody_knows_yet_is_told(
    load_edited: Callable[..., Any], patch: Mapping[str, Any], message: str
) -> None:
    warnings = load_edited(lambda areas: merge(areas, patch)).warnings
    assert [text for text in warnings if message in text], warnings


def test_hours_of_an_area_that_is_not_there_are_told(load_edited: Callable[..., Any]) -> None:
    def edit(areas: dict[str, Any]) -> None:
        del areas["synapse"], areas["data_factory"]
        areas["cost"]["spark_pool_hours"] = {"prepare": 10}

    told = "cost.spark_pool_hours: has no effect, since there is no synapse; remove it, or add synapse"
    assert [text for text in load_edited(edit).warnings if told in text]


def test_a_sparse_checkout_holds_the_notebooks_of_jobs(refusals: Refusals) -> None:
    def edit(areas: dict[str, Any]) -> None:
        areas["databricks"]["git_folders"]["forecasting"]["sparse_checkout"] = ["sql"]

    message = refusals(edit)[f"{FOLDER}.sparse_checkout"]
    assert "leaves out notebooks/make_tables, which a job runs; add notebooks" in message


@pytest.mark.parametrize(
    "places",
    [
        ["notebooks"],
        # In cone mode, what lies directly in a directory above comes along.
        ["notebooks/shared"],
    ],
)
def test_a_sparse_checkout_holds_what_lies_beside_its_directories(
    load_edited: Callable[..., Any], places: list[str]
) -> None:
    def edit(areas: dict[str, Any]) -> None:
        areas["databricks"]["git_folders"]["forecasting"]["sparse_checkout"] = places

    assert load_edited(edit).settings.databricks.git_folders["forecasting"].sparse_checkout == places


def merge(areas: dict[str, Any], patch: Mapping[str, Any]) -> None:
    for key, value in patch.items():
        if isinstance(value, Mapping) and isinstance(areas.get(key), dict):
            merge(areas[key], value)
        else:
            areas[key] = value
