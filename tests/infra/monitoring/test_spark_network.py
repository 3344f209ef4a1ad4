"""The deployment provisions Azure ML's managed network with Spark, where model monitors run."""

from __future__ import annotations

import json

import pytest

from infra.monitoring.spark_network import POLLS, SparkNetworkError, provision, workspace_url
from infra.settings.warnings import warnings_of
from tests.infra.stack_settings import settings_of

URL = "https://management.azure.com/subscriptions/s/resourceGroups/g/providers/w"


class Service:
    """Says that Spark is ready after so many questions; keeps what was asked."""

    def __init__(self, ready_after: int) -> None:
        self.ready_after = ready_after
        self.asked: list[tuple[str, str]] = []

    def __call__(self, method: str, url: str, body: str) -> str:
        assert url.startswith(URL)
        self.asked.append((method, body))
        questions = sum(method == "get" for method, _ in self.asked)
        status = {"status": "Active", "sparkReady": questions > self.ready_after}
        return json.dumps({"properties": {"managedNetwork": {"status": status}}})


def waits(_seconds: float) -> None:
    """Not at all."""


def test_a_network_without_spark_is_provisioned_with_it_once() -> None:
    service = Service(ready_after=2)
    assert provision(URL, service, waits) == "provisioned the managed network with Spark"
    assert [body for method, body in service.asked if method == "post"] == ['{"includeSpark": true}']


def test_a_network_that_has_spark_is_left_alone() -> None:
    service = Service(ready_after=0)
    assert provision(URL, service, waits) == "the managed network is ready for Spark"
    assert [method for method, _ in service.asked] == ["get"]


def test_a_network_that_never_gets_spark_ends_the_step() -> None:
    service = Service(ready_after=POLLS + 1)
    with pytest.raises(SparkNetworkError, match="not ready in the managed network after 60 minutes"):
        provision(URL, service, waits)


def test_only_a_stack_with_monitors_needs_it_and_its_preview_says_so() -> None:
    monitored, dev = settings_of("ml-max"), settings_of("dev")
    url = workspace_url(monitored)
    assert url is not None
    assert url.endswith("/workspaces/mlw-forecast-test-weu")
    assert workspace_url(dev) is None
    told = [line for line in warnings_of(monitored) if "provision-spark" in line]
    assert len(told) == 1
    assert not [line for line in warnings_of(dev) if "provision-spark" in line]
