"""What sources, datasets, pipelines and triggers may not be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from infra.settings.load import Loaded

Areas = dict[str, Any]
Load = Callable[[Callable[[Areas], None]], Loaded]
Refusals = Callable[[Callable[[Areas], None]], dict[str, str]]
LOAD = "data_factory.pipelines.daily-load"
VIEWS = "data_factory.pipelines.publish-predictions"
CLUSTER = {"runtime": "16.4.x-cpu-ml-scala2.12", "pool": "training", "policy": "training", "workers": 2}
SQL = "/subscriptions/66666666-6666-6666-6666-666666666666/resourceGroups/rg/providers/Microsoft.Sql/servers/sql-erp"


def factory(areas: Areas) -> Areas:
    return areas["data_factory"]


def activities(areas: Areas) -> Areas:
    return factory(areas)["pipelines"]["daily-load"]["activities"]


def locations(areas: Areas) -> Areas:
    return areas["databricks"]["unity_catalog"]["external_locations"]


def triggers(areas: Areas) -> Areas:
    return factory(areas)["pipelines"]["daily-load"]["triggers"]


def views_triggers(areas: Areas) -> Areas:
    return factory(areas)["pipelines"]["publish-predictions"]["triggers"]


def copied(**changes: object) -> Callable[[Areas], None]:
    return lambda areas: activities(areas)["copy-sales"]["copy_data"].update(changes)


@pytest.mark.parametrize(
    ("edit", "key", "message"),
    [
        (
            lambda areas: factory(areas)["datasets"].update(crm={"source": "crm", "table": "leads"}),
            "data_factory.datasets.crm.source",
            "'crm' is not a linked service; give a key of sources (there: erp)",
        ),
        (
            lambda areas: factory(areas)["datasets"].update(gold={"zone": "gold", "folder": "sales"}),
            "data_factory.datasets.gold.zone",
            "'gold' is not in lake.zones (there: catalog, curated, features, predictions, raw)",
        ),
        (
            lambda areas: factory(areas)["datasets"].update(half={"zone": "raw"}),
            "data_factory.datasets.half.folder",
            "is missing; files lie in a folder of a zone",
        ),
        (
            lambda areas: activities(areas)["copy-sales"]["copy_data"].update(from_dataset="orders"),
            f"{LOAD}.activities.copy-sales.copy_data.from_dataset",
            "'orders' is not in datasets (there: erp-sales, landed-sales)",
        ),
        (
            lambda areas: activities(areas)["copy-sales"]["copy_data"].update(to_dataset="erp-sales"),
            f"{LOAD}.activities.copy-sales.copy_data.to_dataset",
            "'erp-sales' is a source's table; give files in a zone",
        ),
        (
            lambda areas: (
                factory(areas).update(activity_cluster=CLUSTER),
                activities(areas).update(tidy={"notebook": {"git_folder": "etl", "path": "tidy"}}),
            ),
            f"{LOAD}.activities.tidy.notebook.git_folder",
            "'etl' is not in databricks.git_folders (there: forecasting)",
        ),
        (
            lambda areas: activities(areas).update(train={"databricks_job": "train"}),
            f"{LOAD}.activities.train.databricks_job",
            "'train' is not in databricks.jobs (there: make-tables, score-batch, set-aside, train-and-score,",
        ),
        (
            lambda areas: activities(areas).update(score={"batch_endpoint": "monthly"}),
            f"{LOAD}.activities.score.batch_endpoint",
            "'monthly' is not in serving.batch_endpoints",
        ),
        (
            lambda areas: activities(areas).update(train={"azureml_pipeline": "11111111"}),
            f"{LOAD}.activities.train.azureml_pipeline",
            "starts SDK v1 pipelines only, which Azure ML has not supported since 2026-06-30",
        ),
        (
            lambda areas: activities(areas).update(views={"synapse_views": False}),
            f"{LOAD}.activities.views.synapse_views",
            "is false, which is nothing to do; set it to true, or remove it",
        ),
        (
            lambda areas: activities(areas).update(idle={"after": ["copy-sales"]}),
            f"{LOAD}.activities.idle.copy_data",
            "nothing to do; give exactly one of copy_data, databricks_job, notebook",
        ),
        (
            lambda areas: activities(areas)["make-tables"].update(after=["load"]),
            f"{LOAD}.activities.make-tables.after",
            "'load' is not another activity (there: copy-sales, set-aside)",
        ),
        (
            lambda areas: activities(areas)["copy-sales"].update(after=["set-aside"]),
            f"{LOAD}.activities",
            "wait for each other: copy-sales, make-tables, set-aside; remove one of the waits",
        ),
        (
            lambda areas: activities(areas).update(tidy={"python": {"file": "/Workspace/Shared/tidy.py"}}),
            "data_factory.activity_cluster",
            "is missing; daily-load.tidy runs on it",
        ),
        (
            lambda areas: factory(areas).update(activity_cluster={**CLUSTER, "pool": "etl"}),
            "data_factory.activity_cluster.pool",
            "'etl' is not in databricks.pools (there: training)",
        ),
        (
            lambda areas: factory(areas).update(activity_cluster={**CLUSTER, "workers": 5}),
            "data_factory.activity_cluster.workers",
            "is 5; the policy allows at most 4: keep to that (policy 'training')",
        ),
        (
            lambda areas: factory(areas).update(activity_cluster={**CLUSTER, "runtime": "15.4.x-scala2.12"}),
            "data_factory.activity_cluster.runtime",
            "is 15.4.x-scala2.12; the policy allows only: use one of 16.4.x-cpu-ml-scala2.12, 16.4.x-scala2.12",
        ),
        (
            copied(query="SELECT 1"),
            f"{LOAD}.activities.copy-sales.copy_data.window_column",
            "is given beside query, which says what is read; keep one of the two",
        ),
        (
            copied(from_dataset="landed-sales"),
            f"{LOAD}.activities.copy-sales.copy_data.window_column",
            "is given, and 'landed-sales' are files, which have no columns to ask",
        ),
        (
            lambda areas: activities(areas).update(
                again={"copy_data": {"from_dataset": "erp-sales", "to_dataset": "landed-sales"}}
            ),
            f"{LOAD}.activities.again.copy_data.to_dataset",
            "'landed-sales' holds a file for each window of another copy; give a dataset of its own",
        ),
        (
            lambda areas: triggers(areas).update(
                weekly={"tumbling_window": {"every_minutes": 10080, "start": "2026-12-01T00:00:00"}}
            ),
            f"{LOAD}.triggers.weekly",
            "is a second tumbling_window beside 'nightly', and an activity copies by window_column: each row would be",
        ),
        (
            lambda areas: triggers(areas).update(morning=views_triggers(areas)["morning"]),
            f"{LOAD}.triggers.morning",
            "has no window, and an activity copies by window_column; give a tumbling_window",
        ),
        (
            lambda areas: factory(areas)["pipelines"]["daily-load"].update(parameters={"window_end": "now"}),
            f"{LOAD}.parameters.window_end",
            "is what a tumbling window passes by itself; remove it",
        ),
        (
            lambda areas: views_triggers(areas)["morning"]["schedule"].pop("time_zone"),
            f"{VIEWS}.triggers.morning.schedule.time_zone",
            "is missing; give an IANA name such as Europe/Amsterdam, or UTC",
        ),
        (
            lambda areas: views_triggers(areas)["morning"]["schedule"].update(
                time_zone="W. Europe Standard Time"
            ),
            f"{VIEWS}.triggers.morning.schedule.time_zone",
            "is not an IANA name that has a name of Windows",
        ),
        (
            lambda areas: views_triggers(areas)["morning"]["schedule"].update(start="2026-12-01T01:00:00Z"),
            f"{VIEWS}.triggers.morning.schedule.start",
            "has an offset; give a moment without an offset, such as 2026-12-01T03:00:00",
        ),
        (
            lambda areas: views_triggers(areas)["morning"]["schedule"].update(at=["01:00", "13:30"]),
            f"{VIEWS}.triggers.morning.schedule.at",
            "has different minutes, of which Data Factory would fire every combination; use two triggers",
        ),
        (
            lambda areas: views_triggers(areas).update(
                landed={"storage_event": {"zone": "landing", "folder": "in"}}
            ),
            f"{VIEWS}.triggers.landed.storage_event.zone",
            "'landing' is not in lake.zones",
        ),
        (
            lambda areas: triggers(areas).update(
                hourly={
                    "tumbling_window": {
                        "every_minutes": 60,
                        "start": "2026-12-01T00:00:00",
                        "max_concurrency": 2,
                        "waits_for_previous": True,
                    }
                }
            ),
            f"{LOAD}.triggers.hourly.tumbling_window.max_concurrency",
            "is 2, and windows wait for each other (waits_for_previous); give 1",
        ),
        (
            lambda areas: activities(areas)["set-aside"].update(on_failure_of=["copy-sales", "make-tables"]),
            f"{LOAD}.activities.set-aside.on_failure_of",
            "names copy-sales, make-tables, and Data Factory would wait until all of them failed",
        ),
        (
            lambda areas: triggers(areas).update(both={}),
            f"{LOAD}.triggers.both.schedule",
            "give exactly one of schedule, tumbling_window, storage_event",
        ),
        (
            lambda areas: factory(areas)["git"].update(host="azure_devops"),
            "data_factory.git.project",
            "belongs to azure_devops, which needs it; github has none",
        ),
        (
            lambda areas: areas["environment"].update(kind="prod"),
            "data_factory.git",
            "is given in a prod environment, where nobody edits pipelines; remove it",
        ),
        (
            lambda areas: areas["sources"].update(
                crm={"kind": "postgresql", "resource_id": SQL, "database": "crm"}
            ),
            "sources.crm.password_secret",
            "is missing; postgresql signs in with a password from Key Vault",
        ),
        (
            lambda areas: areas["sources"].update(crm={"kind": "mysql", "resource_id": SQL}),
            "sources.crm.resource_id",
            "is the id of a Microsoft.Sql/servers; mysql is a Microsoft.DBforMySQL/flexibleServers",
        ),
        (
            lambda areas: areas["sources"]["erp"].update(password_secret="erp-password"),
            "sources.erp.password_secret",
            "does not belong to azure_sql, which signs in with identities, not passwords",
        ),
        (
            lambda areas: areas["sources"]["erp"].update(resource_id=f"{SQL}/"),
            "sources.erp.resource_id",
            "ends in a slash, and its last part is the server's name; remove the slash",
        ),
        (
            lambda areas: areas["sources"].update(
                crm={"kind": "mysql", "resource_id": SQL, "database": "a;SSLMode=None"}
            ),
            "sources.crm.database",
            "which would end it in a connection string and begin another setting; give a name without",
        ),
        (
            lambda areas: areas["sources"].update(
                crm={"kind": "mysql", "resource_id": SQL, "username": "@{pipeline().RunId}"}
            ),
            "sources.crm.username",
            "or a control character, which would end it in a connection string",
        ),
        (
            lambda areas: factory(areas)["datasets"]["landed-sales"].update(folder="landing/../sales"),
            "data_factory.datasets.landed-sales.folder",
            "has a part '.' or '..', which leads elsewhere; give the folder itself",
        ),
        (
            lambda areas: locations(areas)["curated"].update(path="../raw"),
            "databricks.unity_catalog.external_locations.curated.path",
            "has a part '.' or '..'",
        ),
        (
            lambda areas: areas["sources"].update(lake=areas["sources"]["erp"]),
            "sources.lake",
            "is the name of a linked service that this stack makes; give another key",
        ),
    ],
)
def test_what_brings_data_in_is_refused(
    refusals: Refusals, edit: Callable[[Areas], None], key: str, message: str
) -> None:
    assert message in refusals(edit)[key]


def test_views_that_are_not_there_are_not_made(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        areas["synapse"]["views"] = {}

    message = refusals(edit)["data_factory.pipelines.publish-predictions.activities.views.synapse_views"]
    assert message == "is true, and synapse.views names no view; add one, or remove the activity"


def test_two_triggers_of_one_name_are_refused(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        pipelines = factory(areas)["pipelines"]
        pipelines["daily"] = {
            "activities": {"train": {"databricks_job": "train-many-models"}},
            "triggers": {"load-nightly": triggers(areas)["nightly"]},
        }

    found = refusals(edit)
    assert any("has the name of data_factory.pipelines" in message for message in found.values())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "{zone.gold}/sales",
            "'gold' is not in lake.zones (there: catalog, curated, features, predictions, raw)",
        ),
        ("{catalog.gold}.sales", "'gold' is not in databricks.unity_catalog.catalogs (there: lake)"),
    ],
)
def test_a_parameter_names_a_zone_or_a_catalog_that_there_is(
    refusals: Refusals, text: str, message: str
) -> None:
    def edit(areas: Areas) -> None:
        areas["databricks"]["jobs"]["make-tables"]["parameters"]["sales"] = text

    assert refusals(edit)["databricks.jobs.make-tables.parameters.sales"] == message


def test_half_an_external_table_is_refused(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        del tables(areas)["demand"]["external_location"]

    schema = "databricks.unity_catalog.catalogs.lake.schemas.predictions.tables"
    assert "is missing; an external table has" in refusals(edit)[f"{schema}.demand.external_location"]

    def elsewhere(areas: Areas) -> None:
        tables(areas)["demand"]["external_location"] = "gold"

    found = refusals(elsewhere)
    assert "'gold' is not in external_locations" in found[f"{schema}.demand.external_location"]


def tables(areas: Areas) -> Areas:
    return areas["databricks"]["unity_catalog"]["catalogs"]["lake"]["schemas"]["predictions"]["tables"]


def test_an_activity_that_unity_catalog_does_not_know_is_warned_of(load_edited: Load) -> None:
    """On a cluster that Data Factory asks for, code runs as the factory's identity."""

    def edit(areas: Areas) -> None:
        factory(areas)["activity_cluster"] = CLUSTER
        activities(areas)["tidy"] = {"notebook": {"git_folder": "forecasting", "path": "notebooks/tidy"}}

    (warning,) = [line for line in load_edited(edit).warnings if "data factory's identity" in line]
    assert warning.startswith(f"mlplatform:{LOAD}.activities.tidy: runs as the data factory's identity")
    assert "give databricks_job, which runs as the jobs' principal" in warning


def test_a_view_that_nothing_writes_is_warned_of(load_edited: Load) -> None:
    def edit(areas: Areas) -> None:
        del tables(areas)["model-quality"]

    (warning,) = [line for line in load_edited(edit).warnings if "synapse.views" in line]
    assert "synapse.views.model_quality: reads predictions/demand/model_quality, where no table of" in warning

    def told(areas: Areas) -> None:
        edit(areas)
        areas["databricks"]["jobs"]["score-batch"]["parameters"]["quality"] = (
            "{zone.predictions}/demand/model_quality"
        )

    assert not [line for line in load_edited(told).warnings if "synapse.views" in line]


def test_what_the_committed_stacks_declare_flows(load_edited: Load) -> None:
    found = load_edited(lambda _areas: None).warnings
    assert not [line for line in found if "synapse.views" in line or "data_factory" in line]
