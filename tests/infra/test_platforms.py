"""The reference stacks and the scenarios, whole: what they deploy, and what holds for every resource."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pulumi
import pytest

from tests.infra.inventory_files import FOLDER, REGENERATE, render
from tests.infra.named_and_tagged import Json, custom, unnamed, untagged
from tests.infra.platforms import (
    ALL,
    STACKS,
    dev_as_test,
    rehearse_patched,
    rehearsed,
    resources_in,
    resources_of,
)

AZURE = "azure-native:"

PARTS = {
    "resource group": "azure-native:resources:ResourceGroup",
    "Log Analytics": "azure-native:operationalinsights:Workspace",
    "App Insights": "azure-native:applicationinsights:Component",
    "budget": "azure-native:consumption:Budget",
    "user-assigned identities": "azure-native:managedidentity:UserAssignedIdentity",
    "ML workspace": "azure-native:machinelearningservices:Workspace",
    "its storage": "azure-native:storage:StorageAccount",
    "its Key Vault": "azure-native:keyvault:Vault",
    "its registry": "azure-native:containerregistry:Registry",
    "Databricks workspace": "azure-native:databricks:Workspace",
    "access connector": "azure-native:databricks:AccessConnector",
    "Databricks provider": "pulumi:providers:databricks",
    "cluster policy": "databricks:index/clusterPolicy:ClusterPolicy",
    "pool": "databricks:index/instancePool:InstancePool",
    "git credential": "databricks:index/gitCredential:GitCredential",
    "git folder": "databricks:index/repo:Repo",
    "production folder": "databricks:index/directory:Directory",
    "Entra groups in Databricks": "databricks:index/permissionAssignment:PermissionAssignment",
    "secret scope": "databricks:index/secretScope:SecretScope",
    "SQL warehouse": "databricks:index/sqlEndpoint:SqlEndpoint",
    "catalog": "databricks:index/catalog:Catalog",
    "tables and views": "databricks:index/sqlTable:SqlTable",
    "experiment": "databricks:index/mlflowExperiment:MlflowExperiment",
    "scheduled job": "databricks:index/job:Job",
    "AKS": "azure-native:containerservice:ManagedCluster",
    "scoring pool": "azure-native:containerservice:AgentPool",
    "trusted access": "azure-native:containerservice:TrustedAccessRoleBinding",
    "ML extension": "azure-native:kubernetesconfiguration:Extension",
    "online endpoint": "azure-native:machinelearningservices:OnlineEndpoint",
    "role assignments": "azure-native:authorization:RoleAssignment",
}


def custom_resources(name: str) -> list[Json]:
    return custom(resources_of(name))


WARNED = {("managed-only", "AML228"), ("ml-max", "AML228"), ("private-all", "AML228")}
"""Managed deployments without egress in a managed network: Azure's pages disagree whether to close it there, and it
cannot be changed later, so the platform keeps it closed and says so."""


@pytest.mark.parametrize("name", ALL)
def test_a_platform_rehearses_clean(name: str) -> None:
    rehearsal = rehearsed(name)
    assert rehearsal.error is None, rehearsal.error
    assert [f"{finding.rule} {finding.urn}: {finding.message}" for finding in rehearsal.refusals] == []
    warned = [
        f"{finding.rule} {finding.urn}: {finding.message}"
        for finding in rehearsal.warnings
        if (name, finding.rule) not in WARNED
    ]
    assert warned == []
    assert {rule for scenario, rule in WARNED if scenario == name} <= {one.rule for one in rehearsal.warnings}


@pytest.mark.parametrize("name", ALL)
def test_a_platform_deploys_what_its_inventory_says(name: str) -> None:
    path = FOLDER / f"{name}.yaml"
    expected = path.read_text(encoding="utf-8") if path.exists() else ""
    assert render(name) == expected, f"the inventory changed; if it should have: {REGENERATE}"


def test_every_inventory_belongs_to_a_platform() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == {*ALL, "chosen"}


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("part", PARTS)
def test_every_part_stands_in_both_stacks(stack: str, part: str) -> None:
    assert rehearsed(stack).inventory.counts.get(PARTS[part], 0) >= 1


@pytest.mark.parametrize("stack", STACKS)
def test_both_stacks_have_a_cluster_an_instance_and_attached_kubernetes(stack: str) -> None:
    kinds = [
        resource["inputs"]["properties"]["computeType"]
        for resource in custom_resources(stack)
        if resource["type"] == "azure-native:machinelearningservices:Compute"
    ]
    assert {"AmlCompute", "ComputeInstance", "Kubernetes"} <= set(kinds)


@pytest.mark.parametrize("name", ALL)
def test_every_resource_that_has_a_name_is_named_by_the_program(name: str) -> None:
    assert unnamed(custom_resources(name)) == []


@pytest.mark.parametrize("name", ALL)
def test_every_resource_that_can_carry_tags_carries_the_required_ones(name: str) -> None:
    assert untagged(custom_resources(name)) == []


@pytest.mark.parametrize("name", ALL)
def test_every_azure_resource_goes_through_the_explicit_provider(name: str) -> None:
    providers = {
        resource["provider"] for resource in custom_resources(name) if resource["type"].startswith(AZURE)
    }
    (provider,) = providers
    assert "pulumi:providers:azure-native::azure::" in provider


@pytest.mark.parametrize("name", ALL)
def test_no_value_is_the_text_of_an_unresolved_output(name: str) -> None:
    text = rehearsed(name).inventory.to_json()
    assert "Output[T]" not in text
    assert "pulumi.output.Output" not in text


def test_a_changed_tag_changes_tags_only() -> None:
    before = resources_of("dev")
    after = resources_in(rehearse_patched({"tags": {"cost_center": "CC-0815"}}, stack="dev"))
    assert [resource["urn"] for resource in before] == [resource["urn"] for resource in after]
    changed = [
        path
        for old, new in zip(before, after, strict=True)
        for path in differences(open_tags(old), open_tags(new))
    ]
    assert changed, "the change reached nothing"
    assert {path for path in changed if not re.search(r"[tT]ags\.cost-center$", path)} == set()


def open_tags(resource: Mapping[str, Any]) -> Mapping[str, Any]:
    """Where tags are no mapping (a list, or part of a policy's JSON text), the same resource with one."""
    listed = {
        side: {**resource[side], "tags": named_tags(resource[side]["tags"])}
        for side in ("inputs", "outputs")
        if named_tags(resource[side].get("tags"))
    }
    resource = {**resource, **listed}
    if not resource["type"].endswith(":ClusterPolicy"):
        return resource
    opened = {}
    for side in ("inputs", "outputs"):
        document = json.loads(resource[side]["definition"])
        tags = {
            key.removeprefix("custom_tags."): value
            for key, value in document.items()
            if "custom_tags." in key
        }
        rest = {key: value for key, value in document.items() if "custom_tags." not in key}
        opened[side] = {
            **resource[side],
            "definition": rest,
            "tags": {key: limit["value"] for key, limit in tags.items() if limit["type"] == "fixed"},
        }
    return {**resource, **opened}


def named_tags(tags: Any) -> Mapping[str, str] | None:
    """Tags that are a list of keys and values, as a mapping."""
    if isinstance(tags, Mapping) and set(tags) == {"customTags"}:
        tags = tags["customTags"]
    return {tag["key"]: tag["value"] for tag in tags} if isinstance(tags, list) else None


def differences(old: object, new: object, path: str = "") -> Iterator[str]:
    """The paths at which two documents differ."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in sorted(old.keys() | new.keys()):
            yield from differences(old.get(key), new.get(key), f"{path}.{key}")
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, (left, right) in enumerate(zip(old, new, strict=True)):
            yield from differences(left, right, f"{path}[{index}]")
    elif old != new:
        yield path


def test_a_copied_stack_file_is_a_new_environment() -> None:
    """Nothing in code knows the names dev and prod."""
    dev, test = rehearsed("dev"), dev_as_test()
    assert test.refusals == ()
    assert test.inventory.counts == dev.inventory.counts
    assert {resource.name for resource in test.inventory.resources} == {
        resource.name for resource in dev.inventory.resources
    }
    assert test.outputs["resource_group"] == "rg-forecast-test-weu"


def test_a_secret_is_nowhere_to_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABRICKS_GIT_TOKEN", "the-real-token")
    rehearsal = rehearse_patched({"serving": {"router": TLS_ROUTER}})
    text = rehearsal.inventory.to_json() + str(rehearsal.outputs) + "".join(rehearsal.log)
    assert rehearsal.ok, rehearsal.refusals
    assert "the-real-token" not in text
    secrets = [
        resource["inputs"].get(key)
        for resource in resources_in(rehearsal)
        for key in ("personalAccessToken", "configurationProtectedSettings")
        if key in resource["inputs"]
    ]
    assert secrets == ["[secret]", "[secret]"]


TLS_ROUTER = {
    "high_availability": False,
    "tls": {
        "common_name": "scoring.example.com",
        "certificate": "env:SCORING_TLS_CERTIFICATE",
        "private_key": "env:SCORING_TLS_PRIVATE_KEY",
    },
}


def test_refused_settings_end_the_program_with_every_problem_and_no_resource() -> None:
    rehearsal = rehearse_patched({"azure": {"location": "atlantis", "tenant_id": "x"}, "netwrok": {}})
    assert rehearsal.error is not None
    assert rehearsal.error.kind == "settings"
    assert "mlplatform:azure.location: 'atlantis' is not an Azure region's name" in rehearsal.error.text
    assert "mlplatform:azure.tenant_id: 'x' is not a GUID" in rehearsal.error.text
    assert "mlplatform:netwrok: is not a setting; did you mean 'network'?" in rehearsal.error.text
    assert "Traceback" not in rehearsal.error.text
    assert rehearsal.inventory.resources == ()


def test_a_secret_that_loses_its_mark_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The guard itself: without `Output.secret`, the rehearsal must say so, Base64 or not."""
    monkeypatch.setattr(pulumi.Output, "secret", staticmethod(pulumi.Output.from_input))
    rehearsal = rehearse_patched({"serving": {"router": TLS_ROUTER}})
    found = {(finding.rule, finding.path) for finding in rehearsal.warnings}
    assert ("SEC001", "personalAccessToken") in found
    assert ("SEC001", 'configurationProtectedSettings["scoringFe.sslKey"]') in found
    assert "cmVoZWFyc2FsLXNlY3JldC" not in rehearsal.inventory.to_json()


def test_nothing_stops_the_end_of_an_environment_that_comes_and_goes() -> None:
    """Names of this life, and no protection, lock or purge protection that would outlive it."""
    rehearsal = rehearse_patched(
        {
            "environment": {"ephemeral": {"nonce": "pr-214-1"}},
            "recovery": {"protected": None, "locks": None, "soft_delete_days": None},
            "databricks": None,
            "serving": None,
            "monitoring": None,
            "data_factory": None,
        }
    )
    assert rehearsal.ok
    # Without protect a replacement would find its name held: such a change is made in another life.
    assert {finding.rule for finding in rehearsal.warnings} == {"IMM001"}
    resources = [item for item in resources_in(rehearsal) if item["custom"]]
    assert not [item["name"] for item in resources if item["protect"]]
    assert not [item["name"] for item in resources if item["type"].endswith(":ManagementLockByScope")]
    inputs = {item["type"].rpartition(":")[2] + "/" + item["name"]: item["inputs"] for item in resources}
    vault = inputs["Vault/ml-key-vault"]["properties"]
    assert "enablePurgeProtection" not in vault
    assert vault["softDeleteRetentionInDays"] == 7
    assert re.fullmatch(
        "mlw-forecast-test-weu-[a-z][a-z2-7]{4}", inputs["Workspace/ml-workspace"]["workspaceName"]
    )
