"""What the committed stack files say, and how they are read."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from pydantic import SecretStr, ValidationError

from infra.conventions.provider_versions import PROVIDER, PROVIDER_API_VERSIONS
from infra.settings.declared_services import declared_services
from infra.settings.environment import EnvironmentKind
from infra.settings.load import Loaded, SettingsError, load_from_stack_file
from rehearsal.sdk import resource_shape
from tests.infra.platforms import resources_of
from tests.infra.stack_settings import settings_of
from tests.reference_platform import FOLDER, read_stack, stack_file

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 21)
Load = Callable[..., Loaded]
ARM_TO_TOKEN = {
    "Microsoft.KeyVault/vaults": "azure-native:keyvault:Vault",
    "Microsoft.ContainerRegistry/registries": "azure-native:containerregistry:Registry",
    "Microsoft.MachineLearningServices/workspaces": "azure-native:machinelearningservices:Workspace",
    "Microsoft.Databricks/workspaces": "azure-native:databricks:Workspace",
    "Microsoft.ContainerService/managedClusters": "azure-native:containerservice:ManagedCluster",
    "Microsoft.KubernetesConfiguration/extensions": "azure-native:kubernetesconfiguration:Extension",
    "Microsoft.Storage/storageAccounts": "azure-native:storage:StorageAccount",
    "Microsoft.OperationalInsights/workspaces": "azure-native:operationalinsights:Workspace",
    "Microsoft.Insights/components": "azure-native:applicationinsights:Component",
    "Microsoft.Authorization/roleAssignments": "azure-native:authorization:RoleAssignment",
}


@pytest.mark.parametrize(
    ("stack", "kind"), [("dev", EnvironmentKind.NONPROD), ("prod", EnvironmentKind.PROD)]
)
def test_the_reference_stacks_are_valid_and_without_warnings(stack: str, kind: EnvironmentKind) -> None:
    loaded = load_from_stack_file(stack_file(stack), today=TODAY)
    assert loaded.settings.environment.name == stack
    assert loaded.settings.environment.kind is kind
    (warning,) = loaded.warnings
    assert warning.startswith(
        "pulumi-azure-native 3.29.0: 'Microsoft.KeyVault/vaults@2024-11-01' retires on 2027-02-27"
    )


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_the_reference_stacks_obey_the_schema_they_point_at(stack: str) -> None:
    text = stack_file(stack).read_text(encoding="utf-8")
    named = text.splitlines()[0].removeprefix("# yaml-language-server: $schema=")
    jsonschema.validate(yaml.safe_load(text), json.loads((FOLDER / named).read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("mlplatform:databrick", {}),
        ("mlplatform:azure", {"tenant_id": "x"}),
        ("mlplatform:environment", {"workload": "forecast", "kind": "nonprod", "name": "dev"}),
    ],
)
def test_the_schema_refuses_what_the_loader_refuses(key: str, value: object) -> None:
    schema = json.loads((ROOT / "docs/schemas/stack.schema.json").read_text(encoding="utf-8"))
    document = read_stack("dev")
    document["config"][key] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, schema)


def test_prod_is_sized_for_the_daily_training() -> None:
    databricks = load_from_stack_file(stack_file("prod"), today=TODAY).settings.databricks
    assert databricks is not None
    job = databricks.jobs["train-many-models"]
    cluster = job.clusters["main"]
    pool = databricks.pools[cluster.pool or ""]
    assert (cluster.workers, pool.node_type, pool.max_capacity * 16) == (12, "Standard_D16ds_v5", 208)
    assert (job.warn_after_minutes, job.timeout_minutes) == (45, 90)
    scoring = databricks.jobs["score-batch"]
    assert (scoring.warn_after_minutes, scoring.timeout_minutes) == (30, 60)
    assert databricks.jobs["train-and-score"].tasks["score"].depends_on == ["train"]


def test_settings_are_frozen() -> None:
    settings = load_from_stack_file(stack_file("dev"), today=TODAY).settings
    with pytest.raises(ValidationError, match="frozen"):
        settings.azure.location = "northeurope"


def test_secrets_are_masked_wherever_settings_are_printed(load_edited: Load) -> None:
    databricks = load_edited(lambda _areas: None).settings.databricks
    assert databricks is not None
    token = databricks.git_credentials["github"].personal_access_token
    assert isinstance(token, SecretStr)
    assert token.get_secret_value() == "stand-in for env:DATABRICKS_GIT_TOKEN"
    assert "stand-in" not in repr(databricks)


def test_encrypted_config_is_a_secret_too(load_edited: Load) -> None:
    def encrypt(areas: dict[str, Any]) -> None:
        areas["databricks"]["git_credentials"]["github"]["personal_access_token"] = {"secure": "v1:abc:def=="}

    databricks = load_edited(encrypt).settings.databricks
    assert databricks is not None
    token = databricks.git_credentials["github"].personal_access_token
    assert token is not None
    assert token.get_secret_value() == "stand-in for encrypted config"


def test_a_coming_retirement_is_a_warning_until_its_day(load_edited: Load) -> None:
    def old_size(today: str) -> Callable[[dict[str, Any]], None]:
        def edit(areas: dict[str, Any]) -> None:
            areas["ml"]["training_clusters"]["cpu"]["vm_size"] = "Standard_DS3_v2"
            areas["today"] = today

        return edit

    key = "mlplatform:ml.training_clusters.cpu.vm_size"
    warning, _ = load_edited(old_size("2026-11-21")).warnings
    assert warning.startswith(f"{key}: 'Standard_DS3_v2' retires on 2028-05-01")
    with pytest.raises(SettingsError, match=f"{key}: 'Standard_DS3_v2' was retired on 2028-05-01"):
        load_edited(old_size("2028-05-01"))


def test_a_provider_that_calls_a_retired_api_is_refused_from_its_day() -> None:
    with pytest.raises(
        SettingsError, match=r"pulumi-azure-native 3.29.0: 'Microsoft.KeyVault/vaults@2024-11-01' was"
    ):
        load_from_stack_file(stack_file("prod"), today=date(2027, 2, 27))


def test_the_table_of_api_versions_is_what_the_sdk_says() -> None:
    versions = {
        arm: shape.api_version for arm, token in ARM_TO_TOKEN.items() if (shape := resource_shape(token))
    }
    assert versions == PROVIDER_API_VERSIONS
    assert f"pulumi-azure-native {metadata.version('pulumi-azure-native')}" == PROVIDER


@pytest.mark.parametrize("platform", ["dev", "prod", "ml-only", "databricks-only", "existing-dependencies"])
def test_a_warning_of_the_provider_is_about_what_the_stack_makes(platform: str) -> None:
    made = {row["type"] for row in resources_of(platform)}
    declared = {arm for arm, token in ARM_TO_TOKEN.items() if token in made}
    assert declared_services(settings_of(platform)).keys() == declared


def test_low_priority_nodes_are_worth_a_warning(load_edited: Load) -> None:
    def edit(areas: dict[str, Any]) -> None:
        areas["ml"]["training_clusters"]["cpu"]["priority"] = "LowPriority"

    warning, _ = load_edited(edit).warnings
    assert warning.startswith("mlplatform:ml.training_clusters.cpu.priority: low-priority nodes")


def test_a_new_environment_is_one_more_file(load_edited: Load) -> None:
    assert load_edited(lambda _areas: None, stack="qa").settings.environment.name == "qa"


def test_a_stack_name_that_cannot_stand_in_names_is_refused(load_edited: Load) -> None:
    with pytest.raises(
        SettingsError, match=r"mlplatform:environment.name: is 'dev-of-ada'; give 2 to 8 small letters"
    ):
        load_edited(lambda _areas: None, stack="dev-of-ada")


def test_a_file_that_is_not_yaml_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "Pulumi.dev.yaml"
    path.write_text("config: [", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"Pulumi.dev.yaml:\d: not YAML"):
        load_from_stack_file(path)
