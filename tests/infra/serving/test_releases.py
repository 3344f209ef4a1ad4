"""Blue and green: what a change of traffic changes, and in what order things come to be."""

from __future__ import annotations

from typing import Any

import yaml

from rehearsal.run import Rehearsal
from tests.infra.platforms import (
    SCENARIOS,
    merge_patch,
    rehearse_patched,
    rehearsed,
    resources_in,
    resources_of,
)


def resources(rehearsal: Rehearsal) -> dict[str, dict[str, Any]]:
    """Resources by URN."""
    return {resource["urn"]: resource for resource in resources_in(rehearsal)}


def with_traffic(blue: int, green: int) -> Rehearsal:
    """The largest scenario with this traffic on its blue and green endpoint."""
    largest = yaml.safe_load((SCENARIOS / "ml-max.yaml").read_text(encoding="utf-8"))
    traffic = {"blue": blue, "green": green}
    return rehearse_patched(
        merge_patch(largest, {"serving": {"endpoints": {"demand": {"traffic": traffic}}}})
    )


def test_moving_traffic_changes_exactly_one_resource() -> None:
    before, after = resources(with_traffic(100, 0)), resources(rehearsed("ml-max"))
    assert before.keys() == after.keys()
    changed = [urn for urn in before if before[urn]["inputs"] != after[urn]["inputs"]]
    assert [before[urn]["name"] for urn in changed] == ["online-endpoint-demand-release"]
    sent = after[changed[0]]["inputs"]["properties"]["template"]["resources"][0]["properties"]
    assert sent["traffic"] == {"blue": 90, "green": 10}


def test_an_endpoint_is_created_without_traffic_and_released_after_its_deployments() -> None:
    by_name = {resource["name"]: resource for resource in resources(rehearsed("ml-max")).values()}
    assert "traffic" not in by_name["online-endpoint-demand"]["inputs"]["properties"]
    awaited = by_name["online-endpoint-demand-release"]["dependencies"]
    assert {urn.rpartition("::")[2] for urn in awaited} >= {
        "online-deployment-demand-blue",
        "online-deployment-demand-green",
    }


def test_a_release_repeats_the_endpoint_it_releases() -> None:
    """What the template leaves out, Azure would take for removed."""
    by_name = {resource["name"]: resource for resource in resources(rehearsed("ml-max")).values()}
    for key in ("demand", "fleet", "quotes"):
        endpoint = by_name[f"online-endpoint-{key}"]["inputs"]
        sent = by_name[f"online-endpoint-{key}-release"]["inputs"]["properties"]["template"]["resources"][0]
        assert sent["name"] == f"{endpoint['workspaceName']}/{endpoint['endpointName']}"
        assert sent["location"] == endpoint["location"]
        assert sent["tags"] == endpoint["tags"]
        assert {name: value for name, value in sent["properties"].items() if name != "traffic"} == endpoint[
            "properties"
        ]
        assert (
            list(sent["identity"]["userAssignedIdentities"]) == endpoint["identity"]["userAssignedIdentities"]
        )


def test_kubernetes_scales_itself_and_azure_monitor_scales_managed_machines() -> None:
    by_name = {resource["name"]: resource for resource in resources(rehearsed("ml-max")).values()}
    blue = by_name["online-deployment-demand-blue"]["inputs"]["properties"]
    assert blue["scaleSettings"]["scaleType"] == "TargetUtilization"
    managed = by_name["online-deployment-quotes-blue"]["inputs"]["properties"]
    assert managed["scaleSettings"] == {"scaleType": "Default"}
    autoscale = by_name["autoscale-quotes-blue"]["inputs"]["profiles"][0]
    assert autoscale["capacity"] == {"default": "2", "minimum": "2", "maximum": "6"}


def test_a_container_on_trial_says_where_it_answers() -> None:
    serving = rehearsed("ml-max").outputs["serving"]
    assert isinstance(serving, dict)
    assert serving["container_urls"] == {
        "trial": {
            "scoring": "http://forecast-trial.westeurope.azurecontainer.io:5001/score",
            "swagger": "http://forecast-trial.westeurope.azurecontainer.io:5001/swagger.json",
        }
    }


def test_endpoints_wait_for_the_grants_of_their_identity() -> None:
    """One on managed machines has no cluster to wait for, and its first image pull would race the grants."""
    by_name = {resource["name"]: resource for resource in resources(rehearsed("ml-max")).values()}
    for key in ("demand", "quotes"):
        awaited = {urn.rpartition("::")[2] for urn in by_name[f"online-endpoint-{key}"]["dependencies"]}
        assert awaited >= {
            "scoring-identity-acrpull-container-registry",
            "scoring-identity-storage-blob-data-reader-ml-storage",
        }


def test_a_deployment_that_a_monitor_watches_keeps_what_it_is_asked() -> None:
    collectors = {
        item["name"]: item["inputs"]["properties"].get("dataCollector")
        for item in resources_of("ml-max")
        if item["type"].endswith(":OnlineDeployment")
    }
    kept = {"dataCollectionMode": "Enabled", "samplingRate": 1.0}
    assert collectors["online-deployment-quotes-blue"] == {
        "collections": {"model_inputs": kept, "model_outputs": kept},
        "rollingRate": "Hour",
    }
    assert collectors["online-deployment-demand-blue"] is None
