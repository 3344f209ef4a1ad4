"""Instance types as custom resources: what Flux puts into the manifest, and what a person applies where it does not."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from tests.infra.platforms import ROOT, rehearse_patched, rehearsed, resources_of

TEMPLATE = ROOT / "templates" / "flux-repository" / "instance-type" / "instance-type.yaml"


def named(platform: str, name: str) -> dict[str, Any]:
    (found,) = [item for item in resources_of(platform) if item["name"] == name]
    return found


def filled(values: dict[str, str]) -> dict[str, Any]:
    """The template's manifest as Flux applies it: kustomize drops the quotes before values are put in."""
    bare = yaml.safe_dump(yaml.safe_load(TEMPLATE.read_text(encoding="utf-8")), sort_keys=False).replace(
        "'", ""
    )
    return yaml.safe_load(re.sub(r"\$\{(\w+)\}", lambda found: values[found[1]], bare))


def test_the_stack_fills_every_variable_of_the_template() -> None:
    kustomizations = named("ml-max", "flux-instance-types")["inputs"]["kustomizations"]
    assert sorted(kustomizations) == ["defaultinstancetype", "many-models", "small"]
    values = kustomizations["many-models"]["postBuild"]["substitute"]
    assert set(re.findall(r"\$\{(\w+)\}", TEMPLATE.read_text(encoding="utf-8"))) == set(values)
    assert filled(values) == {
        "apiVersion": "amlarc.azureml.com/v1alpha1",
        "kind": "InstanceType",
        "metadata": {"name": "many-models"},
        "spec": {
            "nodeSelector": {"kubernetes.azure.com/agentpool": "npbulk"},
            "resources": {
                "requests": {"cpu": "4000m", "memory": "32Gi"},
                "limits": {"cpu": "4000m", "memory": "32Gi"},
            },
        },
    }


def test_the_default_is_an_instance_type_of_that_name() -> None:
    kustomizations = named("dev", "flux-instance-types")["inputs"]["kustomizations"]
    default = kustomizations["defaultinstancetype"]["postBuild"]["substitute"]
    assert default == kustomizations["small"]["postBuild"]["substitute"] | {"name": "defaultinstancetype"}
    assert filled(default)["spec"]["nodeSelector"] == {"kubernetes.io/os": "linux"}


def test_flux_waits_for_the_definition_and_endpoints_for_flux() -> None:
    flux = named("ml-max", "flux-instance-types")
    assert flux["inputs"]["waitForReconciliation"] is True
    assert any(urn.endswith("::aks-attached-compute") for urn in flux["dependencies"])
    endpoint = named("ml-max", "online-endpoint-demand")
    assert flux["urn"] in endpoint["dependencies"]


def test_flux_stands_once_where_ai_services_use_it_too() -> None:
    extensions = [item for item in resources_of("private-all") if item["name"] == "flux"]
    assert len(extensions) == 1
    assert extensions[0]["urn"] in named("private-all", "flux-ai-services")["dependencies"]


def test_without_flux_the_stack_says_what_to_apply() -> None:
    outputs = rehearse_patched({"serving": {"flux": None}}).inventory.to_json()
    assert "InstanceTypeList" in outputs


@pytest.mark.parametrize("name", ["managed-only", "no-kubernetes"])
def test_nothing_of_kubernetes_stands_without_a_cluster(name: str) -> None:
    counts = rehearsed(name).inventory.counts
    assert not [kind for kind in counts if "containerservice" in kind or "kubernetesconfiguration" in kind]
