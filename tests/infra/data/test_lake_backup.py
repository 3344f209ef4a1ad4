"""The lake's second copy: who may touch it, and what it covers."""

from __future__ import annotations

import json
from typing import Any

import pytest

from infra.settings.lake import ZoneContent
from rehearsal.cloud.identities import principal_id
from tests.infra.platforms import resources_of

pytestmark = pytest.mark.xdist_group("platforms")


def of_type(stack: str, kind: str) -> dict[str, dict[str, Any]]:
    """Logical name to the whole resource."""
    return {item["name"]: item for item in resources_of(stack) if item["type"] == f"azure-native:{kind}"}


def one(kind: str, name: str) -> dict[str, Any]:
    return of_type("prod", kind)[name]


def test_dev_has_none_and_prod_has_one() -> None:
    assert not of_type("dev", "dataprotection:BackupVault")
    assert list(of_type("prod", "dataprotection:BackupVault")) == ["lake-backup-vault"]


def test_nobody_empties_the_vault_before_its_copies_expire() -> None:
    vault = one("dataprotection:BackupVault", "lake-backup-vault")
    security = vault["inputs"]["properties"]["securitySettings"]
    assert security["immutabilitySettings"] == {"state": "Locked"}
    assert security["softDeleteSettings"] == {"state": "AlwaysOn", "retentionDurationInDays": 14}
    assert vault["inputs"]["properties"]["storageSettings"] == [
        {"datastoreType": "VaultStore", "type": "GeoRedundant"}
    ]
    restores = vault["inputs"]["properties"]["featureSettings"]["crossSubscriptionRestoreSettings"]
    assert restores == {"state": "Disabled"}


def test_the_guard_is_anothers_and_comes_after_the_copy() -> None:
    proxy = one("dataprotection:DppResourceGuardProxy", "lake-backup-guard")
    assert "/subscriptions/77777777-" in proxy["inputs"]["properties"]["resourceGuardResourceId"]
    assert proxy["inputs"]["resourceGuardProxyName"] == "DppResourceGuardProxy"
    assert any(urn.endswith("::lake-backup-instance") for urn in proxy["dependencies"])


def test_every_zone_is_copied_once_the_vault_may_read_the_lake() -> None:
    instance = one("dataprotection:BackupInstance", "lake-backup-instance")
    asked = instance["inputs"]["properties"]
    account = one("storage:StorageAccount", "lake")
    assert asked["dataSourceInfo"]["resourceID"] == account["id"]
    assert asked["dataSourceInfo"]["datasourceType"] == "Microsoft.Storage/storageAccounts/adlsBlobServices"
    (containers,) = asked["policyInfo"]["policyParameters"]["backupDatasourceParametersList"]
    assert set(containers["containersList"]) == set(ZoneContent)
    grant = one(
        "authorization:RoleAssignment",
        "backup-vault-identity-storage-account-backup-contributor-lake-account",
    )
    assert grant["inputs"]["scope"] == account["id"]
    assert grant["inputs"]["principalId"] == principal_id(
        one("dataprotection:BackupVault", "lake-backup-vault")["id"]
    )
    assert grant["urn"] in instance["dependencies"]


def test_a_copy_is_made_daily_and_kept_a_month() -> None:
    kept, daily = one("dataprotection:BackupPolicy", "lake-backup-policy")["inputs"]["properties"][
        "policyRules"
    ]
    assert kept["lifecycles"][0]["deleteAfter"] == {"objectType": "AbsoluteDeleteOption", "duration": "P30D"}
    schedule = daily["trigger"]["schedule"]
    assert schedule == {"repeatingTimeIntervals": ["R/2026-01-01T01:00:00+00:00/P1D"], "timeZone": "UTC"}


def test_somebody_is_told_of_a_copy_that_failed_and_of_one_that_was_never_made() -> None:
    setting = one("monitor:DiagnosticSetting", "diagnostics-lake-backup")["inputs"]
    assert setting["resourceUri"] == one("dataprotection:BackupVault", "lake-backup-vault")["id"]
    # Into tables of the service's own, which the alerts read.
    assert setting["logAnalyticsDestinationType"] == "Dedicated"
    for key, frequency, condition in (
        ("failed-lake-backups", "PT60M", 'JobStatus == "Failed"'),
        ("missing-lake-backups", "PT1440M", "Made == 0"),
    ):
        alert = one("monitor:ScheduledQueryRule", f"log-alert-{key}")["inputs"]
        assert alert["evaluationFrequency"] == frequency
        assert condition in json.dumps(alert["criteria"]).replace('\\"', '"')
        assert alert["actions"]["actionGroups"]


def test_landing_files_are_written_once() -> None:
    policies = of_type("prod", "storage:BlobContainerImmutabilityPolicy")
    inputs = policies["lake-zone-raw-immutable"]["inputs"]
    assert inputs["immutabilityPeriodSinceCreationInDays"] == 365
    # Data Factory and Spark write a new file by appending to it.
    assert inputs["allowProtectedAppendWritesAll"] is True
