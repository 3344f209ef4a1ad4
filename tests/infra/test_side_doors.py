"""What is switched off beside the front door, and what a setting opens again."""

from __future__ import annotations

from typing import Any

import pytest

from tests.infra.platforms import rehearse_patched, resources_in, resources_of

pytestmark = pytest.mark.xdist_group("platforms")


def inputs_of(resources: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [item["inputs"] for item in resources if item["type"] == f"azure-native:{kind}"]


def ssh_of_pools(resources: list[dict[str, Any]]) -> set[str]:
    (cluster,) = inputs_of(resources, "containerservice:ManagedCluster")
    pools = [*cluster["agentPoolProfiles"], *inputs_of(resources, "containerservice:AgentPool")]
    assert len(pools) >= 2
    return {pool["securityProfile"]["sshAccess"] for pool in pools}


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_no_node_runs_ssh_and_no_command_comes_through_azure(stack: str) -> None:
    resources = resources_of(stack)
    assert ssh_of_pools(resources) == {"Disabled"}
    (cluster,) = inputs_of(resources, "containerservice:ManagedCluster")
    assert cluster["apiServerAccessProfile"]["disableRunCommand"] is True


def test_a_closed_registry_exports_nothing_and_an_open_one_does_not_say() -> None:
    (closed,) = inputs_of(resources_of("prod"), "containerregistry:Registry")
    assert closed["policies"]["exportPolicy"] == {"status": "disabled"}
    assert closed["policies"]["retentionPolicy"]["days"] == 30
    (public,) = inputs_of(resources_of("dev"), "containerregistry:Registry")
    assert "exportPolicy" not in public.get("policies", {})


def test_settings_open_what_somebody_needs() -> None:
    rehearsal = rehearse_patched(
        {
            "serving": {"cluster": {"node_ssh": True, "run_command": True}},
            "ml": {"workspace": {"container_registry": {"export": True}}},
        },
        base="prod",
        stack="prod",
    )
    assert rehearsal.ok, rehearsal.refusals
    resources = resources_in(rehearsal)
    assert ssh_of_pools(resources) == {"LocalUser"}
    (cluster,) = inputs_of(resources, "containerservice:ManagedCluster")
    assert cluster["apiServerAccessProfile"]["disableRunCommand"] is False
    (registry,) = inputs_of(resources, "containerregistry:Registry")
    assert registry["policies"]["exportPolicy"] == {"status": "enabled"}


def test_a_failed_backup_is_told_and_its_log_goes_where_backup_writes() -> None:
    resources = resources_of("existing-dependencies")
    (vault,) = inputs_of(resources, "recoveryservices:Vault")
    alerts = vault["properties"]["monitoringSettings"]
    assert alerts["azureMonitorAlertSettings"] == {"alertsForAllJobFailures": "Enabled"}
    (setting,) = [
        item
        for item in inputs_of(resources, "monitor:DiagnosticSetting")
        if "/Microsoft.RecoveryServices/vaults/" in item["resourceUri"]
    ]
    assert setting["logAnalyticsDestinationType"] == "Dedicated"
    assert "AddonAzureBackupJobs" in {log["category"] for log in setting["logs"]}
    (alert,) = [
        item
        for item in inputs_of(resources, "monitor:ScheduledQueryRule")
        if item["ruleName"].find("failed-backups") > 0
    ]
    assert alert["criteria"]["allOf"][0]["query"].startswith("AddonAzureBackupJobs | where")
    assert alert["actions"]["actionGroups"]
