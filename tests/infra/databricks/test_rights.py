"""Who owns what, whoever deploys: a person first and the pipeline afterwards, or the pipeline alone."""

from __future__ import annotations

from typing import Any

import pytest

from azure_facts.databricks_reading import READINGS, Reader
from azure_facts.databricks_service_principals import MANAGER_ROLE, USER_ROLE
from tests.infra.databricks.test_order import everything, waits_for
from tests.infra.platforms import rehearse_patched, resources_in

STACKS = ("dev", "prod", "databricks-max")
SECURABLES = (
    "storageCredential:StorageCredential",
    "externalLocation:ExternalLocation",
    "catalog:Catalog",
    "schema:Schema",
    "sqlTable:SqlTable",
    "volume:Volume",
    "registeredModel:RegisteredModel",
)
OWNERS = {
    "dev": "sg-forecast-databricks-owners-dev",
    "prod": "sg-forecast-databricks-owners-prod",
    "databricks-max": "sg-forecast-databricks-owners-dev",
}


def roles(rule_set: dict[str, Any]) -> dict[str, list[str]]:
    return {rule["role"]: rule["principals"] for rule in rule_set["inputs"]["grantRules"]}


@pytest.mark.parametrize("stack", STACKS)
def test_every_securable_is_the_owners_and_waits_for_them(stack: str) -> None:
    resources = everything(stack)
    found = [it for it in resources.values() if it["type"].partition("/")[2] in SECURABLES]
    assert len(found) > 5
    for securable in found:
        assert securable["inputs"]["owner"] == OWNERS[stack], securable["name"]
        assert "databricks-owners" in waits_for(securable), securable["name"]


def test_the_fullest_platform_has_every_kind_of_securable() -> None:
    kinds = {it["type"].partition("/")[2] for it in everything("databricks-max").values()}
    assert set(SECURABLES) <= kinds


@pytest.mark.parametrize("stack", STACKS)
def test_the_owners_manage_and_use_the_principal_that_jobs_run_as(stack: str) -> None:
    resources = everything(stack)
    rights = resources["databricks-jobs-principal-rights"]
    owners = [f"groups/{OWNERS[stack]}"]
    assert roles(rights) == {MANAGER_ROLE: owners, USER_ROLE: owners}
    application = resources["databricks-jobs-principal"]["inputs"]["applicationId"]
    assert rights["inputs"]["name"] == (
        f"accounts/99999999-0000-4000-8000-000000000001/servicePrincipals/{application}/ruleSets/default"
    )
    assert rights["inputs"]["api"] == "workspace"
    jobs = [it for it in resources.values() if it["type"].endswith(":Job")]
    assert jobs
    for job in jobs:
        assert "databricks-jobs-principal-rights" in waits_for(job), job["name"]


@pytest.mark.parametrize("stack", STACKS)
def test_each_identity_that_updates_folders_has_a_credential_and_nobody_s_own_is_touched(stack: str) -> None:
    resources = everything(stack)
    assert roles(resources["databricks-ci-principal-rights"]) == {MANAGER_ROLE: [f"groups/{OWNERS[stack]}"]}
    credentials = [it for it in resources.values() if it["type"].endswith(":GitCredential")]
    principals = {
        resources[f"databricks-{part}-principal"]["id"]: f"databricks-{part}-principal-rights"
        for part in ("ci", "jobs")
    }
    assert credentials
    for credential in credentials:
        assert principals[credential["inputs"]["principalId"]] in waits_for(credential)
    whose = {credential["inputs"]["principalId"] for credential in credentials}
    assert resources["databricks-ci-principal"]["id"] in whose


def content(patch: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What a deployment makes of Databricks, by name."""
    made = resources_in(rehearse_patched({"databricks": patch, "monitoring": {"retraining": None}}))
    return {it["name"]: it for it in made if it["custom"] and "databricks" in it["type"].lower()}


def test_a_person_makes_the_workspace_and_the_pipeline_adds_what_the_pipeline_alone_makes_at_once() -> None:
    alone = content({})
    first = content({"content": "deferred"})
    assert {"databricks-workspace", "databricks"} <= first.keys()
    assert not [name for name, it in first.items() if it["type"].startswith("databricks:")]
    for name, made in first.items():
        assert alone[name]["inputs"] == made["inputs"], name


def test_a_preview_after_the_first_deployment_asks_nobody_which_workspace_it_is() -> None:
    resources = everything("dev")
    number = resources["databricks-workspace"]["outputs"]["workspaceId"]
    for name in ("databricks", "databricks-linked-compute"):
        assert resources[name]["inputs"]["workspaceId"] == number
    linked = resources["databricks-linked-compute"]["inputs"]
    assert linked["host"] == f"https://{resources['databricks-workspace']['outputs']['workspaceUrl']}"
    assert "azureWorkspaceResourceId" not in linked


@pytest.mark.parametrize(("stack", "identity"), [("dev", "plan"), ("dev", "preview"), ("prod", "plan")])
def test_who_only_looks_is_a_member_without_a_right_to_change_anything(stack: str, identity: str) -> None:
    resources = everything(stack)
    member = resources[f"databricks-{identity}-principal"]
    assert {
        key: value for key, value in member["inputs"].items() if key.startswith(("allow", "workspace"))
    } == {"workspaceAccess": True}
    application = member["inputs"]["applicationId"]
    others = [name for name, it in resources.items() if application in str(it["inputs"]) and it is not member]
    assert others == []


@pytest.mark.parametrize("stack", STACKS)
def test_no_member_s_leaving_deletes_its_principal(stack: str) -> None:
    members = [it for it in everything(stack).values() if it["type"].endswith(":ServicePrincipal")]
    assert members
    assert all(it["inputs"]["disableAsUserDeletion"] is True for it in members)


def test_no_branch_previews_in_production() -> None:
    assert "databricks-preview-principal" not in everything("prod")


def test_who_looks_for_drift_is_an_admin_and_nobody_else_is() -> None:
    for environment in ("dev", "prod"):
        resources = everything(environment)
        drift = resources["databricks-drift-principal"]["inputs"]["applicationId"]
        admins = {
            name: it["inputs"]["servicePrincipalName"]
            for name, it in resources.items()
            if "ADMIN" in it["inputs"].get("permissions", ())
        }
        assert admins == {"databricks-drift-admin": drift}
        assert "databricks-drift-principal" in waits_for(resources["databricks-drift-admin"])


@pytest.mark.parametrize("platform", ["dev", "prod", "databricks-max"])
def test_it_is_known_who_reads_each_object_that_a_refresh_reads(platform: str) -> None:
    types = {it["type"] for it in everything(platform).values() if it["type"].startswith("databricks:index/")}
    assert types - READINGS.keys() == set()


def test_an_admin_in_the_owners_group_reads_every_object_of_both_environments() -> None:
    """Drift's identity is both; what linked compute's principal owns is read as that principal."""
    enough = {Reader.WORKSPACE_ADMIN, Reader.OWNER, Reader.MANAGER, Reader.MEMBER, Reader.ITSELF}
    for environment in ("dev", "prod"):
        for name, it in everything(environment).items():
            if it["type"] in READINGS:
                assert READINGS[it["type"]].reader in enough, name


def test_the_principal_of_linked_compute_may_start_a_cluster() -> None:
    permissions = everything("dev")["databricks-cluster-preparation-permissions"]["inputs"]["accessControls"]
    principal = everything("dev")["databricks-jobs-principal"]["inputs"]["applicationId"]
    assert {"permissionLevel": "CAN_RESTART", "servicePrincipalName": principal} in permissions


def test_a_metastore_is_there_before_anything_of_the_account_s() -> None:
    resources = everything("databricks-max")
    for name in ("databricks-owners", "databricks-group-analyst", "unity-catalog-storage-credential"):
        assert "databricks-metastore" in waits_for(resources[name])


def test_endpoints_of_the_workspace_are_made_one_after_the_other() -> None:
    resources = everything("prod")
    first, second, third = (
        resources[name]
        for name in (
            "private-endpoint-databricks-ui-api",
            "private-endpoint-databricks-browser",
            "data-factory-to-databricks",
        )
    )
    assert first["name"] in waits_for(second)
    assert second["name"] in waits_for(third)


def test_only_a_new_container_s_read_only_location_skips_its_check() -> None:
    assert everything("dev")["unity-catalog-location-raw"]["inputs"]["skipValidation"] is True
    assert "skipValidation" not in everything("dev")["unity-catalog-location-curated"]["inputs"]
    assert "skipValidation" not in everything("databricks-max")["unity-catalog-location-landing"]["inputs"]
