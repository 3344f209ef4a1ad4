"""AI services: accounts, keys that nobody sees, and containers on an instance or on the cluster."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from tests.infra.platforms import ROOT, rehearsed, resources_of

TEMPLATE = ROOT / "templates" / "flux-repository" / "ai-service"
IMAGE = "mcr.microsoft.com/azure-cognitive-services/textanalytics/language:1.1.012840001-amd64"


def one(platform: str, resource_type: str, name: str) -> dict[str, Any]:
    (found,) = [
        item
        for item in resources_of(platform)
        if item["type"] == f"azure-native:{resource_type}" and item["name"] == name
    ]
    return found


def test_the_container_is_what_the_service_asks_for() -> None:
    (container,) = one("data-max", "containerinstance:ContainerGroup", "ai-service-language-container")[
        "inputs"
    ]["containers"]
    assert container["image"] == IMAGE
    assert container["resources"]["requests"] == {"cpu": 1, "memoryInGB": 4}
    assert container["ports"] == [{"port": 5000, "protocol": "TCP"}]
    assert container["readinessProbe"]["httpGet"]["path"] == "/ready"
    assert container["livenessProbe"]["httpGet"]["path"] == "/status"
    given = {item["name"]: item.get("value") for item in container["environmentVariables"]}
    account = one("data-max", "cognitiveservices:Account", "ai-service-language")["inputs"]
    assert given["Eula"] == "accept"
    assert given["Billing"] == f"https://{account['accountName']}.cognitiveservices.azure.com/"
    assert given["ApiKey"] is None, "only as a secure value"


@pytest.mark.parametrize("platform", ["data-max", "private-all"])
def test_the_key_is_nowhere_in_plain_text(platform: str) -> None:
    text = rehearsed(platform).inventory.to_json()
    assert "listAccountKeys" not in text
    secret = one(platform, "keyvault:Secret", "ai-service-language-key")["inputs"]
    assert secret["properties"]["value"] == "[secret]"


def configuration() -> dict[str, Any]:
    found: dict[str, Any] = one(
        "private-all", "kubernetesconfiguration:FluxConfiguration", "flux-ai-services"
    )
    return found["inputs"]


def test_flux_follows_the_repository_in_a_namespace_of_its_own() -> None:
    flux = configuration()
    assert (flux["scope"], flux["namespace"]) == ("namespace", "ai-services")
    assert flux["gitRepository"]["repositoryRef"] == {"branch": "main"}
    assert flux["configurationProtectedSettings"] == "[secret]"
    assert set(flux["kustomizations"]) == {"language", "sentiment"}


def test_flux_comes_after_azure_ml_on_the_cluster() -> None:
    """A cluster takes one change at a time."""
    world = rehearsed("private-all").world
    extensions = {
        item.text("extensionType"): item
        for item in world.of_types(("azure-native:kubernetesconfiguration:Extension",))
    }
    assert world.depends_on(extensions["microsoft.flux"], extensions["Microsoft.AzureML.Kubernetes"])


def test_pods_read_their_own_keys_and_no_other_secret() -> None:
    grants = {
        (grant.role, grant.scope.partition(" ")[0], grant.scope.rpartition("/")[2])
        for grant in rehearsed("private-all").inventory.access
        if grant.principal == "id-forecast-ai-services-test-weu"
    }
    assert grants == {
        ("Key Vault Secrets User", "keyvault.Secret", "ai-service-language-key"),
        ("Key Vault Secrets User", "keyvault.Secret", "ai-service-sentiment-key"),
    }
    subjects = {
        item["inputs"]["subject"]
        for item in resources_of("private-all")
        if item["name"].startswith("ai-services-federated-")
    }
    assert subjects == {
        "system:serviceaccount:ai-services:language",
        "system:serviceaccount:ai-services:sentiment",
    }


def test_in_a_private_platform_the_account_answers_in_the_network_only() -> None:
    account = one("private-all", "cognitiveservices:Account", "ai-service-language")["inputs"]
    assert account["properties"]["publicNetworkAccess"] == "Disabled"
    assert one("private-all", "network:PrivateEndpoint", "private-endpoint-ai-service-language")


def manifests(values: dict[str, str]) -> Iterator[dict[str, Any]]:
    """As Flux makes them: the folder's resources, with values for variables."""
    folder = yaml.safe_load((TEMPLATE / "kustomization.yaml").read_text(encoding="utf-8"))
    assert sorted(folder["resources"]) == sorted(
        path.name for path in TEMPLATE.glob("*.yaml") if path.name != "kustomization.yaml"
    )
    for name in folder["resources"]:
        text = (TEMPLATE / name).read_text(encoding="utf-8")
        yaml.safe_load(text)  # Kustomize reads it before anything is put in.
        yield yaml.safe_load(re.sub(r"\$\{(\w+)\}", lambda match: values[match[1]], text))


def test_the_shipped_manifests_use_the_values_that_the_stack_gives_and_no_other() -> None:
    values = configuration()["kustomizations"]["language"]["postBuild"]["substitute"]
    text = "".join(path.read_text(encoding="utf-8") for path in TEMPLATE.glob("*.yaml"))
    assert set(re.findall(r"\$\{(\w+)\}", text)) == set(values)
    assert all(isinstance(value, str) for value in values.values())


def test_the_shipped_manifests_run_the_service_as_the_stack_says() -> None:
    values = configuration()["kustomizations"]["sentiment"]["postBuild"]["substitute"]
    found = {document["kind"]: document for document in manifests(values)}
    assert set(found) == {"Deployment", "SecretProviderClass", "Service", "ServiceAccount"}
    pod = found["Deployment"]["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    assert container["resources"]["limits"] == {"cpu": "1", "memory": "8Gi"}
    assert container["ports"] == [{"containerPort": 5000}]
    assert container["readinessProbe"]["httpGet"] == {"path": "/ready", "port": 5000}
    assert container["livenessProbe"]["httpGet"] == {"path": "/status", "port": 5000}
    environment = {item["name"]: item.get("value") for item in container["env"]}
    assert environment == {"Eula": "accept", "Billing": values["billing"], "ApiKey": None}
    assert pod["serviceAccountName"] == found["ServiceAccount"]["metadata"]["name"] == "sentiment"
    (volume,) = pod["volumes"]
    provider = found["SecretProviderClass"]
    assert volume["csi"]["volumeAttributes"]["secretProviderClass"] == provider["metadata"]["name"]
    (kept,) = provider["spec"]["secretObjects"]
    assert container["env"][2]["valueFrom"]["secretKeyRef"] == {"name": kept["secretName"], "key": "ApiKey"}
    objects = yaml.safe_load(provider["spec"]["parameters"]["objects"])["array"]
    assert [yaml.safe_load(item)["objectName"] for item in objects] == ["ai-service-sentiment-key"]
