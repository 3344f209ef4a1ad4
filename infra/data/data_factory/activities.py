"""Activities: each step of a pipeline as Data Factory takes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pulumi

from infra.data.data_factory.factory_dependencies import FactoryDependencies
from infra.data.data_factory.linked_services import DATABRICKS, SYNAPSE, LinkedServices
from infra.data.data_factory.windows import FILE_PARAMETER, whole_table_query, window_file, window_query
from infra.settings.pipelines import Activity, Copy, Dataset, FileFormat
from infra.settings.sources import SourceKind

JOBS_API_VERSION = "2025-12-01"
"""azure-rest-api-specs machinelearningservices, the newest stable version."""
POLL_SECONDS = 60


@dataclass(frozen=True)
class ActivityDependencies:
    """What activities name by key."""

    services: LinkedServices
    around: FactoryDependencies
    datasets: Mapping[str, Dataset]
    dataset_names: Mapping[str, pulumi.Output[str]]
    batch_endpoint_names: Mapping[str, str]


def activities_of(
    key: str, settings: Activity, dependencies: ActivityDependencies
) -> Iterator[dict[str, object]]:
    """One activity, or several for a batch endpoint: call, wait, and fail where the job failed.

    As the plain objects that the provider takes: the REST API's (datafactory 2018-06-01), with typeProperties
    beside the rest.
    """
    depends_on = [
        *(_after(other, "Succeeded") for other in settings.after),
        *(_after(other, "Failed") for other in settings.on_failure_of),
    ]
    common: dict[str, object] = {
        "dependsOn": depends_on,
        "policy": {"timeout": _span(settings.timeout_minutes), "retry": settings.retries},
    }
    if settings.batch_endpoint:
        yield from _batch_endpoint(key, settings, dependencies, common)
    elif settings.copy_data:
        yield {"name": key, "type": "Copy", **common, **_copy(settings, dependencies)}
    elif settings.synapse_views:
        yield {"name": key, "type": "Script", **common, **_views(dependencies)}
    else:
        kind, properties = _databricks(settings, dependencies.around)
        service = _linked_service(DATABRICKS, dependencies)
        yield {"name": key, "type": kind, **common, "linkedServiceName": service, **properties}


def failing(handlers: Mapping[str, Activity]) -> Iterator[dict[str, object]]:
    """One Fail activity after each failure handler: a run whose failure was handled counts as succeeded otherwise,
    and nobody is told (learn.microsoft.com data-factory tutorial-pipeline-failure-error-handling)."""
    for key, activity in handlers.items():
        if activity.on_failure_of:
            yield {
                "name": f"fail-after-{key}",
                "type": "Fail",
                "dependsOn": [_after(key, "Completed")],
                "message": f"{' or '.join(activity.on_failure_of)} failed; {key} ran",
                "errorCode": "ActivityFailed",
            }


def _copy(settings: Activity, dependencies: ActivityDependencies) -> dict[str, object]:
    copy = settings.copy_data
    if copy is None:
        raise pulumi.RunError("a copy activity without copy_data")
    file_format = dependencies.datasets[copy.to_dataset].file_format
    lake, zone = dependencies.around.lake, dependencies.datasets[copy.to_dataset].zone
    keeps = bool(lake and zone and lake.zones[zone].immutable)
    file = (
        {"parameters": {FILE_PARAMETER: window_file(file_format, keeps=keeps)}} if copy.window_column else {}
    )
    return {
        "inputs": [_dataset(copy.from_dataset, dependencies)],
        "outputs": [{**_dataset(copy.to_dataset, dependencies), **file}],
        "source": _source(dependencies.datasets[copy.from_dataset], copy, dependencies.around),
        "sink": _sink(file_format),
    }


def _views(dependencies: ActivityDependencies) -> dict[str, object]:
    """Each batch a block of its own: a view must be the only statement of its batch."""
    sql = dependencies.around.serverless_sql
    if sql is None:
        raise pulumi.RunError("a pipeline makes views without synapse")
    return {
        "linkedServiceName": _linked_service(SYNAPSE, dependencies),
        "scripts": [{"type": "NonQuery", "text": batch} for batch in sql.batches],
        "scriptBlockExecutionTimeout": "00:10:00",
    }


def _linked_service(key: str, dependencies: ActivityDependencies) -> dict[str, object]:
    return {
        "type": "LinkedServiceReference",
        "referenceName": dependencies.services.services[key].known_name,
    }


def _dataset(key: str, dependencies: ActivityDependencies) -> dict[str, object]:
    return {"type": "DatasetReference", "referenceName": dependencies.dataset_names[key]}


_FILE_TYPES = {FileFormat.PARQUET: "Parquet", FileFormat.CSV: "DelimitedText", FileFormat.JSON: "Json"}
_TABLE_SOURCES = {
    SourceKind.AZURE_SQL: ("AzureSqlSource", "sqlReaderQuery"),
    SourceKind.POSTGRESQL: ("PostgreSqlV2Source", "query"),
    SourceKind.MYSQL: ("AzureMySqlSource", "query"),
    SourceKind.COSMOS_DB: ("CosmosDbSqlApiSource", "query"),
    SourceKind.ODBC: ("OdbcSource", "query"),
}
"""Kind to the copy's source type, and the property that takes a query."""


def _source(dataset: Dataset, copy: Copy, around: FactoryDependencies) -> dict[str, object]:
    if dataset.source:
        source = around.sources[dataset.source].kind
        kind, takes_query = _TABLE_SOURCES[source]
        query: object = copy.query
        if source is SourceKind.POSTGRESQL and not query:
            query = whole_table_query(dataset.table or "")
        if copy.window_column:
            text = window_query(source, dataset.table or "", copy.window_column)
            query = {"type": "Expression", "value": text}
        return {"type": kind, **({takes_query: query} if query else {})}
    return {
        "type": f"{_FILE_TYPES[dataset.file_format]}Source",
        "storeSettings": {"type": "AzureBlobFSReadSettings", "recursive": True},
    }


def _sink(file_format: FileFormat) -> dict[str, object]:
    kind = _FILE_TYPES[file_format]
    settings = {
        FileFormat.PARQUET: {},
        FileFormat.CSV: {
            "formatSettings": {
                "type": "DelimitedTextWriteSettings",
                "fileExtension": ".csv",
                "quoteAllText": True,
            }
        },
        FileFormat.JSON: {"formatSettings": {"type": "JsonWriteSettings", "filePattern": "setOfObjects"}},
    }[file_format]
    return {"type": f"{kind}Sink", "storeSettings": {"type": "AzureBlobFSWriteSettings"}, **settings}


def _databricks(settings: Activity, around: FactoryDependencies) -> tuple[str, dict[str, object]]:
    if around.databricks is None:
        raise pulumi.RunError("an activity of Databricks without databricks")
    if settings.databricks_job:
        properties: dict[str, object] = {"jobId": around.databricks.job_ids[settings.databricks_job]}
        if settings.parameters:
            properties["jobParameters"] = dict(settings.parameters)
        return "DatabricksJob", properties
    if settings.notebook:
        root = around.databricks.git_folder_paths[settings.notebook.git_folder]
        return "DatabricksNotebook", {
            "notebookPath": f"{root}/{settings.notebook.path}",
            "baseParameters": dict(settings.parameters),
        }
    if settings.python:
        return "DatabricksSparkPython", {
            "pythonFile": settings.python.file,
            "parameters": settings.python.arguments,
        }
    if settings.jar is None:
        raise pulumi.RunError("an activity with nothing to do")
    return "DatabricksSparkJar", {
        "mainClassName": settings.jar.main_class,
        "parameters": settings.jar.arguments,
        "libraries": [{"jar": settings.jar.jar}],
    }


def _batch_endpoint(
    key: str, settings: Activity, dependencies: ActivityDependencies, common: dict[str, object]
) -> Iterator[dict[str, object]]:
    """The call starts a job and returns at once; its end is read from the workspace
    (learn.microsoft.com how-to-use-batch-azure-data-factory, with a managed identity)."""
    workspace = dependencies.around.ml_workspace
    if workspace is None or settings.batch_endpoint is None:
        raise pulumi.RunError("a batch endpoint without ml")
    name = dependencies.batch_endpoint_names[settings.batch_endpoint]
    yield _start_job(key, name, settings, dependencies.services, common["dependsOn"])
    jobs = workspace.known_id.apply(lambda item: f"https://management.azure.com{item}/jobs/")
    yield _wait_for_job(key, settings.timeout_minutes, jobs)
    # What runs inside a loop cannot be named outside it: the verdict asks once more.
    yield {**_ask(key, "result", jobs), "dependsOn": [_after(f"{key}-wait", "Succeeded", "Failed")]}
    status = f"coalesce({_status(key, 'result')}, 'unknown: it was not started or did not answer')"
    yield {
        # The verdict has the activity's name: what comes after waits for a job that succeeded, and a handler of its
        # failure hears also of a call that was refused and of a job that outlived its timeout.
        "name": key,
        "type": "IfCondition",
        "dependsOn": [
            _after(f"{key}-start", "Succeeded", "Failed"),
            _after(f"{key}-result", "Succeeded", "Failed", "Skipped"),
        ],
        "expression": {"type": "Expression", "value": f"@equals({status}, 'Completed')"},
        "ifFalseActivities": [
            {
                "name": f"{key}-failed",
                "type": "Fail",
                "message": {"type": "Expression", "value": f"@concat('the job is ', {status})"},
                "errorCode": "BatchJobFailed",
            }
        ],
    }


def _after(activity: str, *conditions: str) -> dict[str, object]:
    return {"activity": activity, "dependencyConditions": list(conditions)}


def _status(key: str, asked: str) -> str:
    return f"activity('{key}-{asked}')?.output?.properties?.status"


def _ask(key: str, name: str, jobs: pulumi.Output[str]) -> dict[str, object]:
    """The job as the workspace has it."""
    url = jobs.apply(
        lambda text: (
            f"@concat('{text}', activity('{key}-start').output.name, '?api-version={JOBS_API_VERSION}')"
        )
    )
    return {
        "name": f"{key}-{name}",
        "type": "WebActivity",
        "policy": {"timeout": _span(10), "retry": 3, "retryIntervalInSeconds": 30},
        "method": "GET",
        "url": {"type": "Expression", "value": url},
        "authentication": {"type": "MSI", "resource": "https://management.azure.com/"},
    }


def _start_job(
    key: str, endpoint: str, settings: Activity, services: LinkedServices, depends_on: object
) -> dict[str, object]:
    runtime = services.factory.managed_runtime
    via = (
        {"connectVia": {"type": "IntegrationRuntimeReference", "referenceName": runtime.known_name}}
        if runtime
        else {}
    )
    inputs = {name: _job_input(value) for name, value in settings.parameters.items()}
    return {
        "name": f"{key}-start",
        "type": "WebActivity",
        "dependsOn": depends_on,
        "policy": {"timeout": _span(10), "retry": settings.retries},
        "method": "POST",
        "url": f"https://{endpoint}.{services.context.azure.location}.inference.ml.azure.com/jobs",
        "body": {"properties": {"inputData": inputs}},
        "headers": {"Content-Type": "application/json"},
        "authentication": {"type": "MSI", "resource": "https://ml.azure.com"},
        **via,
    }


def _job_input(value: str) -> dict[str, object]:
    """A folder of a datastore or an account by its address; anything else is a literal, for a pipeline's own
    parameters (learn.microsoft.com how-to-access-data-batch-endpoints-jobs)."""
    if "://" in value:
        return {"jobInputType": "UriFolder", "uri": value}
    return {"jobInputType": "Literal", "value": value}


def _wait_for_job(key: str, minutes: int, jobs: pulumi.Output[str]) -> dict[str, object]:
    """Ends with the job, however it ends; the verdict comes after."""
    pause = {"name": f"{key}-pause", "type": "Wait", "waitTimeInSeconds": POLL_SECONDS}
    ended = f"contains(createArray('Completed','Failed','Canceled'), {_status(key, 'check')})"
    return {
        "name": f"{key}-wait",
        "type": "Until",
        "dependsOn": [_after(f"{key}-start", "Succeeded")],
        "timeout": _span(minutes),
        "expression": {"type": "Expression", "value": f"@{ended}"},
        "activities": [
            pause,
            {**_ask(key, "check", jobs), "dependsOn": [_after(f"{key}-pause", "Succeeded")]},
        ],
    }


def _span(minutes: int) -> str:
    """D.HH:MM:SS, as Data Factory writes a span of time."""
    days, rest = divmod(minutes, 1440)
    hours, left = divmod(rest, 60)
    return f"{days}.{hours:02}:{left:02}:00"
