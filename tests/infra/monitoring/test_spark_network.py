"""The deployment provisions Azure ML's managed network with Spark, where model monitors run."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import yaml

from azure_facts.retirement_tables.spark import newest_spark
from infra.monitoring.spark_network import POLLS, SparkNetworkError, provision, workspace_url
from infra.settings.load import SettingsError, load_from_stack_file
from infra.settings.warnings import warnings_of
from tests.infra.platforms import TODAY, resources_of
from tests.infra.stack_settings import settings_of
from tests.reference_platform import read_stack

pytestmark = pytest.mark.xdist_group("platforms")

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


def test_monitors_run_on_the_newest_spark_of_the_table_and_reach_the_workspace() -> None:
    resources = resources_of("ml-max")
    (monitor,) = [item for item in resources if item["name"] == "model-monitor-quotes"]
    definition = monitor["inputs"]["properties"]["action"]["monitorDefinition"]
    assert definition["computeConfiguration"]["runtimeVersion"] == newest_spark(TODAY)
    (rule,) = [item for item in resources if item["name"] == "ml-workspace-spark-rule"]
    destination = rule["inputs"]["properties"]["destination"]
    assert destination["serviceResourceId"].endswith("/workspaces/mlw-forecast-test-weu")
    assert destination["sparkEnabled"] is True
    assert destination["subresourceTarget"] == "amlworkspace"
    assert "workspace-spark" not in str(
        [item["inputs"] for item in resources if item["name"] == "ml-workspace"]
    )


def test_a_workspace_without_monitors_or_closed_to_the_public_needs_no_endpoint_to_itself() -> None:
    for name in ("dev", "prod"):
        assert "ml-workspace-spark-rule" not in {item["name"] for item in resources_of(name)}


def test_monitors_are_refused_when_no_spark_is_in_support(tmp_path: Path) -> None:
    monitor = {
        "endpoint": "quotes",
        "deployment": "blue",
        "cron": "0 5 * * *",
        "reference_data": "sales",
        "reference_data_version": "1",
        "production_data": "azureml:quotes-model_inputs:1",
    }
    document = read_stack("dev")
    document["config"]["mlplatform:monitoring"]["model_monitors"] = {"quotes": monitor}
    path = tmp_path / "Pulumi.dev.yaml"
    path.write_text(yaml.safe_dump(document), encoding="utf-8")
    with pytest.raises(SettingsError, match=r"monitoring\.model_monitors: run on Spark, and 3\.5"):
        load_from_stack_file(path, today=date(2028, 10, 31))
