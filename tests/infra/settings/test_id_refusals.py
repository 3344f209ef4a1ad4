"""Ids that another line of the same file shows to be wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from infra.settings.id_cross_checks import BESIDE, ID_MEANINGS, KNOWN_IDS, IdMeaning
from infra.settings.load import Loaded
from infra.settings.platform import PlatformSettings
from tests.infra.stack_settings import settings_of

Areas = dict[str, Any]
Refusals = Callable[[Callable[[Areas], None]], dict[str, str]]
Load = Callable[[Callable[[Areas], None]], Loaded]

TENANT = "11111111-1111-1111-1111-111111111111"
JOBS_APPLICATION = "c0000000-0000-4000-8000-000000000001"
ANALYSTS = "a0000000-0000-4000-8000-000000000005"
ADA = "b0000000-0000-4000-8000-000000000001"
(AZURE_DATABRICKS,) = KNOWN_IDS
LAKE = (
    "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-lake/providers/Microsoft.Storage/"
    "storageAccounts/dlsshared"
)


def put(key: str, value: object) -> Callable[[Areas], None]:
    def edit(areas: Areas) -> None:
        *steps, last = key.split(".")
        target = areas
        for step in steps:
            target = target[step]
        target[last] = value

    return edit


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        (
            "azure.subscription_id",
            TENANT,
            "names a subscription here, and the tenant in azure.tenant_id; give a subscription's id: az account "
            "show --query id",
        ),
        (
            "access.reads_from.prod.subscription_id",
            TENANT,
            "names a subscription here, and the tenant in azure.tenant_id",
        ),
        (
            "sources.erp.resource_id",
            f"/subscriptions/{TENANT}/resourceGroups/rg-erp/providers/Microsoft.Sql/servers/sql-erp",
            "names a subscription here, and the tenant in azure.tenant_id",
        ),
        (
            "databricks.jobs_service_principal_object_id",
            JOBS_APPLICATION,
            "names a service principal here, and an application in "
            "databricks.jobs_service_principal_application_id; give the service principal's object id",
        ),
        (
            "databricks.databricks_application_object_id",
            AZURE_DATABRICKS,
            "names AzureDatabricks in this tenant here, and an application of Microsoft's own in every tenant",
        ),
        (
            "databricks.jobs_service_principal_application_id",
            AZURE_DATABRICKS,
            "names an application here, and an application of Microsoft's own in every tenant (AzureDatabricks)",
        ),
        (
            "databricks.jobs_service_principal_object_id",
            "d0000000-0000-4000-8000-000000000001",
            "names a service principal here, and AzureDatabricks in this tenant in "
            "databricks.databricks_application_object_id",
        ),
        (
            "access.personas.ci.object_id",
            JOBS_APPLICATION,
            "and an application in databricks.jobs_service_principal_application_id",
        ),
        (
            "access.personas.analyst.object_id",
            JOBS_APPLICATION,
            "names a group here, and an application",
        ),
        (
            "ml.compute_instances.ada.assigned_user_object_id",
            ANALYSTS,
            "names a person here, and a group in access.personas.analyst.object_id; give a person's object id",
        ),
        (
            "databricks.jobs_service_principal_object_id",
            ANALYSTS,
            "names a service principal here, and a group in",
        ),
        (
            "databricks.account_id",
            TENANT,
            "names the Databricks account here, and the tenant in azure.tenant_id",
        ),
    ],
)
def test_an_id_with_another_meaning_elsewhere_is_refused(
    refusals: Refusals, key: str, value: object, message: str
) -> None:
    found = refusals(put(key, value))
    place = f"{key}.account_id" if isinstance(value, dict) else key
    assert message in found[place]


def test_a_workspace_does_not_stand_on_the_lakes_account(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        areas["lake"] = {"existing_resource_id": LAKE, "zones": {zone: {} for zone in areas["lake"]["zones"]}}
        del areas["ml"]["housekeeping"]
        areas["ml"]["workspace"]["storage_account"] = {
            "existing_resource_id": LAKE.replace("dlsshared", "DLSshared")
        }

    assert refusals(edit)["lake.existing_resource_id"].startswith(
        "names a lake's storage account here, and an ML workspace's own storage account in "
        "ml.workspace.storage_account.existing_resource_id"
    )


def test_an_environment_does_not_read_from_itself(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        areas["access"]["reads_from"]["dev"] = areas["access"]["reads_from"].pop("prod")

    assert (
        refusals(edit)["access.reads_from.dev"]
        == "is this environment itself; name another one, or remove it"
    )


def test_another_workloads_environment_of_the_same_name_is_another(load_edited: Load) -> None:
    def edit(areas: Areas) -> None:
        areas["access"]["reads_from"]["dev"] = {
            **areas["access"]["reads_from"].pop("prod"),
            "workload": "pricing",
        }

    assert "dev" in load_edited(edit).settings.access.reads_from


def test_one_meaning_in_several_places_is_one_thing() -> None:
    """prod's promotion identity and groups that are several personas are named more than once."""
    for name in ("dev", "prod", "databricks-max", "cmk"):
        assert settings_of(name).azure.tenant_id == TENANT


def test_every_guid_of_the_settings_says_what_it_names() -> None:
    assert set(_guids()) == {
        key
        for key, meaning in ID_MEANINGS.items()
        if meaning not in (IdMeaning.WORKSPACE_ACCOUNT, IdMeaning.LAKE_ACCOUNT)
    }
    assert {key for key, meaning in ID_MEANINGS.items() if meaning is BESIDE} == {
        "access.personas.*.object_id",
        "access.cross_environment_readers.*.object_id",
    }


def _guids() -> Iterator[str]:
    schema = PlatformSettings.model_json_schema()

    def walk(node: Mapping[str, Any], path: str) -> Iterator[str]:
        if "$ref" in node:
            yield from walk(schema["$defs"][node["$ref"].rpartition("/")[2]], path)
        if node.get("format") == "uuid":
            yield path
        for option in (*node.get("anyOf", ()), *node.get("oneOf", ())):
            yield from walk(option, path)
        for name, below in node.get("properties", {}).items():
            yield from walk(below, f"{path}.{name}" if path else name)
        below = node.get("additionalProperties")
        for inner in (below, *node.get("patternProperties", {}).values()):
            if isinstance(inner, dict):
                yield from walk(inner, f"{path}.*")

    return walk(schema, "")
