"""What a recovery vault says of backups goes to tables of its own, or nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from azure_facts.diagnostic_categories import BACKUP_CATEGORIES, BACKUP_CATEGORIES_SOURCE
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.example_azure import GROUP
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_SETTING = "azure-native:monitor:DiagnosticSetting"
_VAULTS = "/providers/microsoft.recoveryservices/vaults/"
_DESTINATION = "logAnalyticsDestinationType"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if _VAULTS not in resource.text("resourceUri").lower() or not resource.text("workspaceId"):
        return
    if resource.is_unknown(_DESTINATION) or resource.text(_DESTINATION) == "Dedicated":
        return
    asked = {str(log.get("category")) for log in resource.items("logs") if log.get("enabled") is True}
    lost = sorted(asked & set(BACKUP_CATEGORIES))
    if lost:
        yield Violation(
            _DESTINATION,
            f"is not 'Dedicated', and no row of {', '.join(lost)} arrives in the table that services share; give "
            "'Dedicated'",
        )


def _case(destination: Mapping[str, object]) -> Case:
    inputs = {
        "resourceUri": f"{GROUP}/providers/Microsoft.RecoveryServices/vaults/rsv-ml-dev",
        "name": "to-log-analytics",
        "workspaceId": f"{GROUP}/providers/Microsoft.OperationalInsights/workspaces/log-ml-dev",
        "logs": [{"category": "AddonAzureBackupJobs", "enabled": True}],
        **destination,
    }
    return Case((Declared(_SETTING, inputs),))


RULE = Rule(
    id="MON185",
    service="Azure Monitor diagnostic setting",
    title="a recovery vault's backup logs go to tables of their own",
    applies_to=(_SETTING,),
    status=0,
    code="",
    source=str(BACKUP_CATEGORIES_SOURCE),
    check=_check,
    trips=_case({}),
    passes=_case({_DESTINATION: "Dedicated"}),
    severity=Severity.WARNING,
)
