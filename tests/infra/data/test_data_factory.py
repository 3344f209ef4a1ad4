"""Data Factory: what a failed step means, when things start, and the steps around a release."""

from __future__ import annotations

from typing import Any

import pytest

from infra.data.data_factory.triggers import previous_window
from infra.data.data_factory.windows import whole_table_query, window_query
from infra.data.synapse_views import group_names, view_statements
from infra.settings.load import load_from_stack_file
from infra.settings.pipelines import steps_of
from infra.settings.sources import SourceKind
from infra.settings.triggers import TumblingWindow
from tests.infra.platforms import TODAY, resources_of
from tests.infra.stack_settings import settings_of
from tests.reference_platform import stack_file

pytestmark = pytest.mark.xdist_group("platforms")


def named(stack: str, name: str) -> dict[str, Any]:
    (found,) = [item for item in resources_of(stack) if item["name"] == name and item["custom"]]
    return found["inputs"]


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_a_handled_failure_still_fails_the_run(stack: str) -> None:
    """Data Factory counts a run by its last activities: the handler alone would make it succeed."""
    activities = {item["name"]: item for item in named(stack, "pipeline-daily-load")["activities"]}
    assert activities["set-aside"]["dependsOn"] == [
        {"activity": "make-tables", "dependencyConditions": ["Failed"]}
    ]
    assert activities["fail-after-set-aside"]["type"] == "Fail"
    assert activities["fail-after-set-aside"]["dependsOn"] == [
        {"activity": "set-aside", "dependencyConditions": ["Completed"]}
    ]


def test_a_schedule_starts_by_the_clock_of_its_place() -> None:
    recurrence = named("prod", "trigger-publish-predictions-morning")["properties"]["recurrence"]
    assert recurrence == {
        "frequency": "Day",
        "interval": 1,
        "startTime": "2026-12-01T06:00:00",
        "timeZone": "W. Europe Standard Time",
        "schedule": {"hours": [6], "minutes": [0]},
    }


@pytest.mark.parametrize(("stack", "count"), [("dev", 5), ("prod", 5), ("data-max", 9)])
def test_no_linked_service_holds_a_credential(stack: str, count: int) -> None:
    """Not even in a connection string: what is secret is named, in Key Vault."""
    services = [item for item in resources_of(stack) if item["type"].endswith("datafactory:LinkedService")]
    assert len(services) == count
    for item in services:
        properties = item["inputs"]["properties"]
        for key in ("accessToken", "accountKey", "servicePrincipalKey", "password", "encryptedCredential"):
            assert properties.get(key, {"type": "AzureKeyVaultSecret"})["type"] == "AzureKeyVaultSecret", (
                item["name"],
                key,
            )
        text = properties.get("connectionString", "")
        if isinstance(text, dict):
            assert text["type"] == "AzureKeyVaultSecret"
        else:
            words = {part.partition("=")[0].lower() for part in text.split(";")}
            assert words <= {"server", "port", "database", "uid", "sslmode", ""}


def test_what_follows_a_batch_job_hears_of_its_verdict() -> None:
    """The call succeeds as soon as the job is queued: named after it, a handler of its failure would never run."""
    activities = {item["name"]: item for item in named("data-max", "pipeline-everything")["activities"]}
    assert activities["score-here"]["dependsOn"] == [
        {"activity": "score", "dependencyConditions": ["Failed"]}
    ]
    assert activities["publish"]["dependsOn"] == [
        {"activity": "score", "dependencyConditions": ["Succeeded"]}
    ]
    assert activities["score-start"]["dependsOn"] == [
        {"activity": "train", "dependencyConditions": ["Succeeded"]}
    ]
    assert activities["score-result"]["dependsOn"] == [
        {"activity": "score-wait", "dependencyConditions": ["Succeeded", "Failed"]}
    ]


def test_a_step_that_opens_tables_runs_as_the_jobs_principal() -> None:
    """A notebook activity would run as the factory's identity, which Unity Catalog grants nothing."""
    activities = {item["name"]: item for item in named("prod", "pipeline-daily-load")["activities"]}
    for key in ("make-tables", "set-aside"):
        assert activities[key]["type"] == "DatabricksJob"
        run_as = named("prod", f"databricks-job-{key}")["runAs"]["servicePrincipalName"]
        assert run_as == named("prod", "databricks-job-train-many-models")["runAs"]["servicePrincipalName"]


def test_data_factorys_own_cluster_makes_tables_as_every_other_does() -> None:
    """With their history, and without deletion vectors, which serverless SQL of Synapse cannot read."""
    linked = named("data-max", "linked-service-databricks")["properties"]
    cluster = named("data-max", "databricks-cluster-preparation")["sparkConf"]
    default = "spark.databricks.delta.properties.defaults"
    assert linked["newClusterSparkConf"] == {
        f"{default}.logRetentionDuration": "interval 90 days",
        f"{default}.deletedFileRetentionDuration": "interval 90 days",
        f"{default}.enableDeletionVectors": "false",
    }
    assert linked["newClusterSparkConf"].items() <= cluster.items()


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_a_table_lies_where_each_view_reads(stack: str) -> None:
    """Made by a SQL warehouse, which takes no Spark configuration: the table itself says how it is kept."""
    settings = load_from_stack_file(stack_file(stack), today=TODAY).settings
    assert settings.synapse is not None
    account = named(stack, "lake")["accountName"]
    places = {
        f"abfss://{view.zone}@{account}.dfs.core.windows.net/{view.folder}"
        for view in settings.synapse.views.values()
    }
    tables = [
        named(stack, f"unity-catalog-table-lake-predictions-{key}") for key in ("demand", "model-quality")
    ]
    assert {table["storageLocation"] for table in tables} == places
    for table in tables:
        assert table["tableType"] == "EXTERNAL"
        assert table["properties"]["delta.enableDeletionVectors"] == "false"
        assert table["properties"]["delta.logRetentionDuration"].startswith("interval ")


def test_jobs_are_told_which_tables_and_folders_are_theirs() -> None:
    def told(job: str) -> dict[str, str]:
        return {
            item["name"]: item["default"] for item in named("prod", f"databricks-job-{job}")["parameters"]
        }

    catalog = named("prod", "unity-catalog-lake")["name"]
    assert told("score-batch")["forecasts"] == f"{catalog}.predictions.demand"
    account = named("prod", "lake")["accountName"]
    assert told("make-tables")["landed"] == f"abfss://raw@{account}.dfs.core.windows.net/landing/sales"


@pytest.mark.parametrize(
    ("name", "secrets"),
    [("data-max", ["crm-password", "shop-password", "warehouse-connection"]), ("dev", []), ("prod", [])],
)
def test_the_factory_reads_the_secrets_that_sources_name_and_no_other(name: str, secrets: list[str]) -> None:
    rights = [
        item["inputs"]["scope"]
        for item in resources_of(name)
        if item["type"].endswith("authorization:RoleAssignment")
        and item["inputs"].get("description", "").startswith("data-factory: ")
        and "Microsoft.KeyVault" in item["inputs"]["scope"]
    ]
    assert sorted(scope.partition("/secrets/")[2] for scope in rights) == secrets


def test_in_private_mode_everything_is_reached_through_the_managed_network() -> None:
    services = [item for item in resources_of("prod") if item["type"].endswith("datafactory:LinkedService")]
    assert {item["inputs"]["properties"]["connectVia"]["referenceName"] for item in services} == {
        "ir-managed"
    }
    reached = [
        item["inputs"]["managedPrivateEndpointName"]
        for item in resources_of("prod")
        if item["type"].endswith("datafactory:ManagedPrivateEndpoint")
    ]
    assert sorted(reached) == [
        "databricks",
        "key-vault",
        "lake-dfs",
        "source-erp",
        "synapse-sql-on-demand",
    ]


def test_a_batch_job_that_failed_fails_its_activity() -> None:
    """What comes after names the verdict, not the call, which succeeds as soon as the job is queued."""
    activities = {item["name"]: item for item in named("data-max", "pipeline-everything")["activities"]}
    start, wait, verdict = activities["score-start"], activities["score-wait"], activities["score"]
    assert start["authentication"] == {"type": "MSI", "resource": "https://ml.azure.com"}
    assert start["url"].endswith(".westeurope.inference.ml.azure.com/jobs")
    assert start["body"]["properties"]["inputData"] == {
        "sales": {"jobInputType": "UriFolder", "uri": "azureml://datastores/curated/paths/sales/"},
        "horizon": {"jobInputType": "Literal", "value": "12"},
    }
    assert wait["timeout"] == "1.01:00:00"
    assert {item["name"] for item in wait["activities"]} == {"score-pause", "score-check"}
    (check,) = [item for item in wait["activities"] if item["name"] == "score-check"]
    assert check["url"]["value"].endswith(
        "/workspaces/mlw-forecast-test-weu/jobs/', activity('score-start').output.name, '?api-version=2025-12-01')"
    )
    assert verdict["type"] == "IfCondition"
    assert "activity('score-result')" in verdict["expression"]["value"]
    assert "score-check" not in verdict["expression"]["value"], "it runs inside the loop"
    # A refused call and a job that outlived its timeout fail the activity; one that never began is skipped.
    assert verdict["dependsOn"] == [
        {"activity": "score-start", "dependencyConditions": ["Succeeded", "Failed"]},
        {"activity": "score-result", "dependencyConditions": ["Succeeded", "Failed", "Skipped"]},
    ]
    assert verdict["ifFalseActivities"][0]["type"] == "Fail"


def test_a_pool_that_is_paused_already_is_left_alone() -> None:
    ask, pause = named("data-max", "pipeline-pause-reporting")["activities"]
    assert ask["method"] == "GET"
    assert pause["expression"]["value"] == "@equals(activity('ask').output.properties.status, 'Online')"
    assert pause["ifTrueActivities"][0]["url"].partition("?")[0].endswith("/sqlPools/reporting/pause")


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_views_are_made_anew_when_scoring_has_ended(stack: str) -> None:
    """Training and scoring start at 03:00 and are ended after 150 minutes."""
    recurrence = named(stack, "trigger-publish-predictions-morning")["properties"]["recurrence"]
    assert recurrence["schedule"] == {"hours": [6], "minutes": [0]}
    (activity,) = named(stack, "pipeline-publish-predictions")["activities"]
    assert activity["type"] == "Script"
    assert activity["linkedServiceName"]["referenceName"] == "synapse"
    settings = load_from_stack_file(stack_file(stack), today=TODAY).settings
    batches = list(view_statements(settings, group_names(settings)))
    assert [block["text"] for block in activity["scripts"]] == batches
    assert all(not text.startswith(("USE ", "CREATE DATABASE ")) for text in batches)
    assert not any("FROM EXTERNAL PROVIDER" in text for text in batches), "an identity cannot look others up"


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_serverless_sql_is_reached_through_the_managed_network(stack: str) -> None:
    """In public mode too: the workspace's firewall lets in listed addresses only."""
    properties = named(stack, "linked-service-synapse")["properties"]
    workspace = named(stack, "synapse")["workspaceName"]
    assert properties["server"] == f"{workspace}-ondemand.sql.azuresynapse.net"
    assert properties["database"] == "predictions"
    assert properties["authenticationType"] == "SystemAssignedManagedIdentity"
    assert properties["connectVia"]["referenceName"] == "ir-managed"
    endpoint = named(stack, "data-factory-to-synapse-sql-on-demand")["properties"]
    assert endpoint["groupId"] == "SqlOnDemand"
    assert endpoint["privateLinkResourceId"].endswith(f"/workspaces/{workspace}")


def test_in_public_mode_nothing_else_goes_through_the_managed_network() -> None:
    services = [item for item in resources_of("dev") if item["type"].endswith("datafactory:LinkedService")]
    through = {item["name"] for item in services if "connectVia" in item["inputs"]["properties"]}
    assert through == {"linked-service-synapse"}


def test_a_key_of_ours_encrypts_the_factory_from_the_start() -> None:
    """With an identity that is there before the factory, and a key of the one size that Data Factory takes."""
    factory = named("cmk", "data-factory")
    identity = factory["identity"]
    assert identity["type"] == "SystemAssigned,UserAssigned"
    encrypting = factory["encryption"]["identity"]["userAssignedIdentity"]
    assert encrypting in identity["userAssignedIdentities"]
    assert encrypting.endswith("/id-forecast-encryption-test-weu")
    key = named("cmk", "data-factory-key")
    assert factory["encryption"]["keyName"] == key["keyName"]
    assert key["properties"]["keySize"] == 2048
    assert named("cmk", "encryption-key")["properties"]["keySize"] == 3072
    assert "encryption" not in named("dev", "data-factory")


def test_a_batch_endpoint_runs_a_pipeline() -> None:
    """What the pipelines of SDK v1 were published as, and the factory's activity for them could start."""
    properties = named("data-max", "batch-deployment-monthly-forecast")["properties"]
    configuration = properties["deploymentConfiguration"]
    assert configuration["deploymentConfigurationType"] == "PipelineComponent"
    assert configuration["componentId"]["assetId"].endswith("/components/forecast-pipeline/versions/4")
    assert configuration["settings"] == {
        "default_compute": "cc-forecast-cpu-test",
        "continue_on_step_failure": "False",
    }
    assert "model" not in properties


def test_a_window_is_tried_again_and_waits_for_the_one_before() -> None:
    trigger = named("data-max", "trigger-everything-hourly")["properties"]
    assert trigger["type"] == "TumblingWindowTrigger"
    assert (trigger["frequency"], trigger["interval"], trigger["delay"]) == ("Minute", 60, "01:30:00")
    assert trigger["retryPolicy"] == {"count": 2, "intervalInSeconds": 300}
    assert trigger["dependsOn"] == [
        {"type": "SelfDependencyTumblingWindowTriggerReference", "offset": "-01:00:00", "size": "01:00:00"}
    ]


@pytest.mark.parametrize(
    ("stack", "copied"),
    [
        ("dev", ""),
        # Its landing files are immutable: a window that runs again lands beside what it wrote.
        ("prod", ",'_',utcnow('yyyyMMddTHHmmss')"),
    ],
)
def test_a_nightly_copy_takes_its_window_into_a_file_of_the_windows_name(stack: str, copied: str) -> None:
    started = named(stack, "trigger-daily-load-nightly")["properties"]
    assert started["pipeline"]["parameters"] == {
        "window_start": "@trigger().outputs.windowStartTime",
        "window_end": "@trigger().outputs.windowEndTime",
    }
    pipeline = named(stack, "pipeline-daily-load")
    assert pipeline["parameters"] == {"window_start": {"type": "String"}, "window_end": {"type": "String"}}
    (copy,) = [item for item in pipeline["activities"] if item["type"] == "Copy"]
    assert copy["source"] == {
        "type": "AzureSqlSource",
        "sqlReaderQuery": {
            "type": "Expression",
            "value": "SELECT * FROM [dbo].[sales] WHERE "
            "[changed_at] >= '@{formatDateTime(pipeline().parameters.window_start,'yyyy-MM-ddTHH:mm:ss')}' AND "
            "[changed_at] < '@{formatDateTime(pipeline().parameters.window_end,'yyyy-MM-ddTHH:mm:ss')}'",
        },
    }
    (landed,) = copy["outputs"]
    assert landed["parameters"]["file"]["value"] == (
        f"@concat(formatDateTime(pipeline().parameters.window_start,'yyyyMMddTHHmmss'){copied},'.parquet')"
    )
    dataset = named(stack, "dataset-landed-sales")["properties"]
    assert dataset["parameters"] == {"file": {"type": "String"}}
    assert dataset["location"]["fileName"] == {"type": "Expression", "value": "@dataset().file"}


@pytest.mark.parametrize(
    ("kind", "table", "query"),
    [
        (SourceKind.POSTGRESQL, "public.sales", 'SELECT * FROM "public"."sales" WHERE "at" >= '),
        (SourceKind.MYSQL, "sales", "SELECT * FROM `sales` WHERE `at` >= "),
        (SourceKind.COSMOS_DB, "sales", "SELECT * FROM c WHERE c.at >= "),
        (SourceKind.ODBC, "dbo.sales", 'SELECT * FROM "dbo"."sales" WHERE "at" >= '),
    ],
)
def test_a_window_is_asked_for_in_the_sources_own_words(kind: SourceKind, table: str, query: str) -> None:
    assert window_query(kind, table, "at").startswith(query)


def test_a_table_is_named_with_its_schema_where_the_provider_sends_it() -> None:
    orders = named("prod", "dataset-erp-sales")["properties"]
    leads = named("data-max", "dataset-crm-leads")["properties"]
    assert orders["tableName"] == "dbo.sales"
    assert leads["table"] == "leads"
    assert "schema" not in {**orders, **leads}, "it would be sent as the columns"
    assert whole_table_query("leads") == 'SELECT * FROM "public"."leads"'
    assert whole_table_query("crm.leads") == 'SELECT * FROM "crm"."leads"'


def test_a_pipeline_that_a_window_starts_beside_a_schedule_has_empty_bounds_then() -> None:
    parameters = named("data-max", "pipeline-everything")["parameters"]
    assert parameters["window_start"] == {"type": "String", "defaultValue": ""}
    assert "window_start" not in named("prod", "pipeline-publish-predictions").get("parameters", {})


def test_a_window_of_another_length_is_another_trigger() -> None:
    """Data Factory refuses another frequency or interval; a schedule's it takes."""
    fixed = {
        item["name"]: item["replaceOnChanges"]
        for item in resources_of("data-max")
        if item["type"].endswith("datafactory:Trigger") and item["deleteBeforeReplace"]
    }
    windows = ["properties.frequency", "properties.interval"]
    assert fixed == {
        "trigger-aggregate-two-hours": windows,
        "trigger-daily-load-nightly": windows,
        "trigger-everything-hourly": windows,
    }


def test_a_window_waits_for_those_of_another_trigger() -> None:
    trigger = named("data-max", "trigger-aggregate-two-hours")["properties"]
    assert trigger["dependsOn"] == [
        {
            "type": "TumblingWindowTriggerDependencyReference",
            "referenceTrigger": {"type": "TriggerReference", "referenceName": "everything_hourly"},
            "offset": "-01:00:00",
            "size": "03:00:00",
        }
    ]


def test_what_data_factory_is_sent_is_what_settings_count() -> None:
    """Names in loops and conditions too: they are unique in the whole pipeline, and each counts for its limit."""
    pipeline = settings_of("data-max").data_factory
    assert pipeline is not None
    expected = [
        step
        for key, activity in pipeline.pipelines["everything"].activities.items()
        for step in steps_of(key, activity)
    ]

    def names(activities: list[dict[str, Any]]) -> list[str]:
        inner = ("activities", "ifTrueActivities", "ifFalseActivities")
        return [
            name
            for item in activities
            for name in [item["name"], *(deep for key in inner for deep in names(item.get(key, [])))]
        ]

    assert sorted(names(named("data-max", "pipeline-everything")["activities"])) == sorted(expected)


def test_a_day_long_window_is_written_with_its_days() -> None:
    window = TumblingWindow(every_minutes=1500, start="2026-12-01T00:00:00", waits_for_previous=True)
    previous = previous_window(window)
    assert (previous.offset, previous.size) == ("-1.01:00:00", "1.01:00:00")


def test_an_event_names_the_lakes_account_and_the_folder_in_its_zone() -> None:
    trigger = named("data-max", "trigger-everything-landed")["properties"]
    assert trigger["scope"].endswith("/storageAccounts/" + named("data-max", "lake")["accountName"])
    assert trigger["blobPathBeginsWith"] == "/partners/blobs/incoming/"
    assert trigger["blobPathEndsWith"] == "_SUCCESS"
    assert trigger["events"] == ["Microsoft.Storage.BlobCreated"]
    assert trigger["ignoreEmptyBlobs"] is False, "Spark's marker is empty"


def test_a_failed_run_says_which_pipeline_failed() -> None:
    alert = named("prod", "failed-pipelines")
    (criterion,) = alert["criteria"]["allOf"]
    assert criterion["metricName"] == "PipelineFailedRuns"
    assert criterion["dimensions"] == [{"name": "Name", "operator": "Include", "values": ["*"]}]
    assert named("prod", "diagnostics-data-factory")["logAnalyticsDestinationType"] == "Dedicated"
