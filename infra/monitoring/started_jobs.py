"""How a Logic App starts a job for a fired alert, once and with a managed identity: the actions of its workflow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import pulumi

from azure_facts.well_known_applications import AZURE_DATABRICKS

MANAGEMENT = "https://management.azure.com"
ML_API = {"api-version": "2025-12-01"}
ALERT = "last(split(items('Each_alert')?['id'], '/'))"
"""The GUID of the alert that the loop is at."""

Actions: TypeAlias = dict[str, object]


def ml_schedule_actions(identity_id: str, workspace_id: str, schedule_id: str) -> Actions:
    """The job of a schedule, under the alert's name: started where no job has it yet."""
    job_uri = f"{MANAGEMENT}{workspace_id}/jobs/retrain-@{{{ALERT}}}"
    definition = {"properties": "@body('Schedule')?['properties']?['action']?['jobDefinition']"}
    read_schedule = call(identity_id, "GET", f"{MANAGEMENT}{schedule_id}", ML_API)
    return {
        "Job": {**call(identity_id, "GET", job_uri, ML_API), "runAfter": {}},
        "If_new": {
            "type": "If",
            "expression": {"and": [{"equals": ["@outputs('Job')?['statusCode']", 404]}]},
            "actions": {
                "Schedule": {**read_schedule, "runAfter": {}},
                "Start": {
                    **call(identity_id, "PUT", job_uri, ML_API, definition),
                    "runAfter": {"Schedule": ["Succeeded"]},
                },
            },
            "runAfter": {"Job": ["Succeeded", "Failed"]},
        },
    }


def databricks_job_actions(
    identity_id: str, workspace_url: pulumi.Output[str], job_id: pulumi.Output[str]
) -> Actions:
    """A run of a Databricks job. Its idempotency token is the alert's GUID: a second call gives the first run back
    (docs.databricks.com REST API, jobs/run-now)."""
    uri = pulumi.Output.concat("https://", workspace_url, "/api/2.2/jobs/run-now")
    # The id is text to Pulumi and a number to the service.
    body = {"job_id": pulumi.Output.concat("@int('", job_id, "')"), "idempotency_token": f"@{{{ALERT}}}"}
    start = call(identity_id, "POST", uri, {}, body, audience=AZURE_DATABRICKS)
    return {"Start": {**start, "runAfter": {}}}


def call(
    identity_id: str,
    method: str,
    uri: pulumi.Input[str],
    queries: Mapping[str, str],
    body: object = None,
    *,
    audience: str = MANAGEMENT,
) -> Actions:
    """A request as the identity, with a token for `audience`."""
    inputs: Actions = {
        "method": method,
        "uri": uri,
        "authentication": {
            "type": "ManagedServiceIdentity",
            "identity": identity_id,
            "audience": audience,
        },
    }
    if queries:
        inputs["queries"] = dict(queries)
    if body is not None:
        inputs["body"] = body
    return {"type": "Http", "inputs": inputs}
