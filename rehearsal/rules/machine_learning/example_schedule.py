"""Schedules of a workspace, for the cases of rules."""

from __future__ import annotations

from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP_NAME, ML_WORKSPACE_ID, ML_WORKSPACE_NAME
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Declared, Ref

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


def monitored(workspace: Declared, *beside: Declared) -> Case:
    """What `watched` declares, in `workspace`; `account` is the workspace's storage."""
    account = declare(tokens.STORAGE_ACCOUNT, name="account")
    return Case((account, workspace, *beside, *watched(depends_on=("workspace",))))


def watched(depends_on: tuple[str, ...] = ()) -> tuple[Declared, ...]:
    """An endpoint, a deployment that collects what it is asked, and its monitor on serverless Spark."""
    collections = {"model_inputs": {"dataCollectionMode": "Enabled"}}
    return (
        declare(tokens.ML_ONLINE_ENDPOINT, name="endpoint", depends_on=depends_on),
        declare(
            tokens.ML_ONLINE_DEPLOYMENT,
            {"properties.dataCollector": {"collections": collections}},
            name="deployment",
            depends_on=("endpoint",),
        ),
        monitor_of(Ref("deployment")),
    )


def monitor_of(deployment: Ref) -> Declared:
    """A model monitor of `deployment` on serverless Spark."""
    drift = {
        "signalType": "DataDrift",
        "productionData": {
            "inputDataType": "Rolling",
            "jobInputType": "uri_folder",
            "uri": f"{ML_WORKSPACE_ID}/data/inputs/versions/1",
            "windowOffset": "P0D",
            "windowSize": "P7D",
        },
        "referenceData": {
            "inputDataType": "Fixed",
            "jobInputType": "mltable",
            "uri": f"{ML_WORKSPACE_ID}/data/training/versions/1",
        },
        "metricThresholds": [
            {"dataType": "Numerical", "metric": "NormalizedWassersteinDistance", "threshold": {"value": 0.1}}
        ],
    }
    definition = {
        "computeConfiguration": {
            "computeType": "ServerlessSpark",
            "computeIdentity": {"computeIdentityType": "ManagedIdentity"},
            "instanceType": "standard_e4s_v3",
            "runtimeVersion": "3.5",
        },
        "monitoringTarget": {"taskType": "Regression", "deploymentId": deployment},
        "signals": {"data-drift": drift},
    }
    inputs = {
        "resourceGroupName": GROUP_NAME,
        "workspaceName": ML_WORKSPACE_NAME,
        "name": "monitor",
        "properties": {
            "trigger": {"triggerType": "Cron", "expression": "0 5 * * *", "timeZone": "UTC"},
            "action": {"actionType": "CreateMonitor", "monitorDefinition": definition},
        },
    }
    return Declared(SCHEDULE, inputs)
