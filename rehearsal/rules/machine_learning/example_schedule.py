"""A schedule of a workspace, for the cases of rules."""

from __future__ import annotations

from rehearsal.rules.example_azure import GROUP_NAME, ML_WORKSPACE_ID, ML_WORKSPACE_NAME
from rehearsal.rules.rule import Case, Declared

SCHEDULE = "azure-native:machinelearningservices:Schedule"


def schedule_case(*, expression: str = "0 3 * * *", time_zone: str = "UTC") -> Case:
    """One schedule by cron that starts a pipeline."""
    trigger = {"triggerType": "Cron", "expression": expression, "timeZone": time_zone}
    job = {
        "jobType": "Pipeline",
        "componentId": f"{ML_WORKSPACE_ID}/components/train/versions/1",
        "experimentName": "train",
    }
    inputs = {
        "resourceGroupName": GROUP_NAME,
        "workspaceName": ML_WORKSPACE_NAME,
        "name": "train",
        "properties": {"trigger": trigger, "action": {"actionType": "CreateJob", "jobDefinition": job}},
    }
    return Case((Declared(SCHEDULE, inputs),))
