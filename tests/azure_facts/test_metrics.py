"""Metrics that a type has, and what is said of those it has not."""

from __future__ import annotations

import pytest

from azure_facts.metrics import metric_problems

ENDPOINT = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints"


@pytest.mark.parametrize(
    ("resource_type", "metric", "dimensions"),
    [
        (ENDPOINT, "RequestsPerMinute", ["statusCodeClass"]),
        # Azure takes names in any case.
        (ENDPOINT.lower(), "requestsperminute", ["DEPLOYMENT"]),
        ("Microsoft.ContainerService/managedClusters", "node_cpu_usage_percentage", ["nodepool"]),
        ("Microsoft.DataFactory/factories", "AirflowIntegrationRuntimeNodeCount", ["ComputeNodeSize"]),
        # A type that the table does not have is left alone.
        ("Microsoft.Storage/storageAccounts", "Whatever", ["x"]),
    ],
)
def test_what_there_is(resource_type: str, metric: str, dimensions: list[str]) -> None:
    assert list(metric_problems(resource_type, metric, dimensions)) == []


@pytest.mark.parametrize(
    ("resource_type", "metric", "dimensions", "message", "sure"),
    [
        (ENDPOINT, "RequestPerMinute", [], "use 'RequestsPerMinute'", True),
        (ENDPOINT, "RestartCount", [], "it is one of microsoft.app/containerapps", True),
        (
            ENDPOINT,
            "RequestLatency_P95",
            ["statusCodeClass"],
            "'statusCodeClass' is no dimension of 'RequestLatency_P95'; use one of deployment",
            True,
        ),
        (ENDPOINT, "NetworkBytes", ["deployment"], "leave dimensions out: it has none", True),
        (ENDPOINT, "TokensPerMinute", [], "use one of its supported metrics", False),
    ],
)
def test_what_there_is_not(
    resource_type: str, metric: str, dimensions: list[str], message: str, *, sure: bool
) -> None:
    (problem,) = metric_problems(resource_type, metric, dimensions)
    assert message in problem.message
    assert problem.sure is sure
