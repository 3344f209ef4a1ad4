"""The alert that starts a job, and what is watched."""

from __future__ import annotations

import json
from typing import Any

from tests.infra.platforms import rehearsed


def of_type(kind: str, platform: str) -> dict[str, dict[str, Any]]:
    """Inputs by logical name."""
    return {
        resource["name"]: resource["inputs"]
        for resource in json.loads(rehearsed(platform).inventory.to_json())["resources"]
        if resource["type"].endswith(f":{kind}")
    }


def test_retraining_is_started_without_a_secret() -> None:
    workflow = of_type("Workflow", "ml-max")["retraining"]["definition"]
    text = json.dumps(workflow)
    assert workflow["triggers"]["Look"]["type"] == "Recurrence"
    assert text.count('"ManagedServiceIdentity"') == 4
    assert "sig=" not in text
    looked = workflow["actions"]["Alerts"]["inputs"]["uri"]
    assert "/resourceGroups/rg-forecast-test-weu/providers/Microsoft.AlertsManagement/" in looked
    for group in of_type("ActionGroup", "ml-max").values():
        assert not group.keys() & {"webhookReceivers", "logicAppReceivers", "azureFunctionReceivers"}


def test_one_alert_starts_one_job() -> None:
    """The job is named after the alert, and only a job that is not there yet is started."""
    workflow = of_type("Workflow", "ml-max")["retraining"]["definition"]
    each = workflow["actions"]["Each_alert"]["actions"]
    started = each["If_new"]["actions"]["Start"]["inputs"]
    assert started["uri"] == each["Job"]["inputs"]["uri"]
    assert "items('Each_alert')?['id']" in started["uri"]
    assert each["If_new"]["expression"] == {"and": [{"equals": ["@outputs('Job')?['statusCode']", 404]}]}


def principals_of(job: str) -> dict[str, str]:
    """The service principals with rights on a job, and their level."""
    entries = of_type("Permissions", "dev")[f"databricks-job-{job}-permissions"]["accessControls"]
    return {
        entry["servicePrincipalName"]: entry["permissionLevel"]
        for entry in entries
        if "servicePrincipalName" in entry
    }


def test_a_databricks_job_is_started_by_the_identity_that_databricks_knows() -> None:
    start = of_type("Workflow", "dev")["retraining"]["definition"]["actions"]["Each_alert"]["actions"][
        "Start"
    ]
    called = start["inputs"]
    assert called["method"] == "POST"
    assert called["authentication"]["audience"] == "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d"
    assert called["authentication"]["identity"].endswith("/id-forecast-retraining-dev-weu")
    # The token makes a second look at the same alert give back the first run.
    assert called["body"]["idempotency_token"] == "@{last(split(items('Each_alert')?['id'], '/'))}"
    # Beside the jobs' principal, which runs both as tasks of another job, one more may run this one only.
    started, other = principals_of("train-many-models"), principals_of("score-batch")
    assert other.items() <= started.items()
    assert [level for name, level in started.items() if name not in other] == ["CAN_MANAGE_RUN"]
    assert "retraining-identity-azureml-data-scientist-ml-workspace" not in of_type("RoleAssignment", "dev")


def test_every_public_address_is_called_from_outside() -> None:
    tests = of_type("WebTest", "ml-max")
    assert {name: test["validationRules"]["expectedHttpStatusCode"] for name, test in tests.items()} == {
        "availability-test-company-site": 200,
        "availability-test-container-trial": 200,
        "availability-test-endpoint-quotes": 401,
    }
    assert of_type("WebTest", "prod") == {}


def test_alerts_watch_endpoints_jobs_quota_and_nodes() -> None:
    assert set(of_type("MetricAlert", "prod")) == {
        "alert-app-forecast-ui-errors",
        "alert-app-forecast-ui-latency",
        "alert-app-forecast-ui-restarts",
        "alert-failed-ml-runs",
        "alert-ml-quota",
        "alert-node-cpu",
        "alert-node-memory",
        "failed-pipelines",
    }
    rules = of_type("ScheduledQueryRule", "prod")
    # Its endpoint stands on Kubernetes, which sends Azure Monitor no metrics of endpoints.
    assert set(rules) == {
        "log-alert-failed-databricks-runs",
        "log-alert-failed-lake-backups",
        "log-alert-kubernetes-errors",
        "log-alert-kubernetes-latency",
        "log-alert-missing-lake-backups",
    }
    compared = {rule["criteria"]["allOf"][0]["operator"] for rule in rules.values()}
    assert compared == {"GreaterThan"}
    assert {"alert-quotes-errors", "alert-quotes-latency"} <= set(of_type("MetricAlert", "ml-max"))
