"""Container apps: an address that stays, an identity that calls, an image that a release owns."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest

from infra.promotion.endpoint import endpoint_name
from infra.settings.apps import PLACEHOLDER_IMAGE
from infra.settings.load import load_from_stack_file
from tests.infra.platforms import ROOT, STACKS, rehearsed, resources_of
from tests.reference_platform import stack_file

APP = "azure-native:app:ContainerApp"
APPS_PAGE = (ROOT / "docs/apps.md").read_text(encoding="utf-8")

MAX = pytest.mark.parametrize("platform", ["data-max"])
"""One app that never sleeps, and one that is an API."""


def app(platform: str, key: str) -> dict[str, Any]:
    (found,) = [
        item for item in resources_of(platform) if item["type"] == APP and item["name"] == f"app-{key}"
    ]
    return found


def container(platform: str, key: str) -> dict[str, Any]:
    (found,) = app(platform, key)["inputs"]["template"]["containers"]
    return found


def variables(platform: str, key: str) -> dict[str, str]:
    return {item["name"]: item["value"] for item in container(platform, key)["env"]}


@pytest.mark.parametrize("stack", STACKS)
def test_its_address_is_the_app_s_and_not_one_revision_s(stack: str) -> None:
    urls = rehearsed(stack).outputs["apps"]
    assert isinstance(urls, Mapping)
    name = app(stack, "forecast-ui")["inputs"]["containerAppName"]
    (environment,) = [
        item for item in resources_of(stack) if item["type"] == "azure-native:app:ManagedEnvironment"
    ]
    assert urls["forecast-ui"] == f"https://{name}.{environment['outputs']['defaultDomain']}"


@pytest.mark.parametrize("stack", STACKS)
def test_a_release_owns_the_image_after_the_first(stack: str) -> None:
    assert container(stack, "forecast-ui")["image"] == PLACEHOLDER_IMAGE
    assert app(stack, "forecast-ui")["ignoreChanges"] == ["template.containers[0].image"]


@pytest.mark.parametrize("stack", STACKS)
def test_what_a_release_changed_is_read_before_it_is_sent_back(stack: str) -> None:
    """An update repeats what the state holds for ignored properties; the globs are the engine's own (`**` any text,
    `*` any but a colon)."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (refresh,) = re.findall(r"^\tpulumi refresh --yes .*$", makefile, re.MULTILINE)
    assert makefile.index(refresh) < makefile.index("-- pulumi up --yes")
    patterns = [
        ".*".join("[^:]*".join(map(re.escape, part.split("*"))) for part in glob.split("**"))
        for glob in re.findall(r"--target '([^']+)'", refresh)
    ]
    released = [
        item["urn"]
        for item in resources_of(stack)
        if item["type"] in (APP, "azure-native:machinelearningservices:OnlineEndpoint")
    ]
    read = [urn for urn in released if any(re.fullmatch(pattern, urn) for pattern in patterns)]
    assert read == released
    assert len(released) >= 2


def test_its_identity_calls_the_endpoints_that_settings_name() -> None:
    scoring = rehearsed("dev").outputs["serving"]
    assert isinstance(scoring, Mapping)
    ml = rehearsed("dev").outputs["ml"]
    assert isinstance(ml, Mapping)
    assert variables("dev", "forecast-ui") | {
        "ML_WORKSPACE_ID": ml["workspace_id"],
        "ENDPOINT_NAME_DEMAND": endpoint_name(load_from_stack_file(stack_file("dev")).settings, "demand"),
        "SCORING_URI_DEMAND": scoring["scoring_uris"]["demand"],
    } == variables("dev", "forecast-ui")
    grants = {
        (grant.role.partition(" (")[0], grant.scope.split()[0])
        for grant in rehearsed("dev").inventory.access
        if grant.description.startswith("app: ")
    }
    assert grants == {
        ("ML endpoint caller", "machinelearningservices.Workspace"),
        ("AcrPull", "containerregistry.Registry"),
    }


@MAX
def test_an_app_that_calls_nothing_may_call_nothing(platform: str) -> None:
    """One of the two apps of the scenario names endpoints, both pull their image."""
    roles = [
        grant.role.partition(" (")[0]
        for grant in rehearsed(platform).inventory.access
        if grant.description.startswith("app: ")
    ]
    assert sorted(roles) == ["AcrPull", "AcrPull", "ML endpoint caller"]
    told = {"ML_WORKSPACE_ID", "ENDPOINT_NAME_DEMAND", "SCORING_URI_DEMAND"}
    assert told <= variables(platform, "forecast-ui").keys()
    assert not told & variables(platform, "forecast-api").keys()


def test_the_documented_way_to_score_reads_what_the_app_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The snippet of docs/apps.md, with stand-ins for the libraries that an app brings."""
    (snippet,) = re.findall(r"### 3\. Score\n.*?```python\n(.*?)```", APPS_PAGE, re.DOTALL)
    asked: list[object] = []

    class Client:
        def __init__(self, *given: object) -> None:
            asked.append(given[1:])
            self.online_endpoints = self

        def get_keys(self, name: str) -> SimpleNamespace:
            asked.append(name)
            return SimpleNamespace(access_token="secret")

    def post(uri: str, **given: Any) -> None:
        asked.append((uri, given["headers"]))

    for module, content in {
        "requests": SimpleNamespace(post=post),
        "azure.ai": SimpleNamespace(),
        "azure.ai.ml": SimpleNamespace(MLClient=Client),
        "azure.identity": SimpleNamespace(DefaultAzureCredential=object),
    }.items():
        monkeypatch.setitem(sys.modules, module, content)
    told = variables("dev", "forecast-ui")
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    exec(compile(snippet, "docs/apps.md", "exec"), {"data": {}})
    stack = load_from_stack_file(stack_file("dev")).settings
    group, workspace = told["ML_WORKSPACE_ID"].split("/")[4], told["ML_WORKSPACE_ID"].split("/")[-1]
    assert asked == [
        (stack.azure.subscription_id, group, workspace),
        endpoint_name(stack, "demand"),
        (told["SCORING_URI_DEMAND"], {"Authorization": "Bearer secret"}),
    ]


def test_it_sleeps_by_default() -> None:
    scale = app("dev", "forecast-ui")["inputs"]["template"]["scale"]
    assert (scale["minReplicas"], scale["maxReplicas"]) == (0, 2)
    assert scale["rules"] == [{"name": "requests", "http": {"metadata": {"concurrentRequests": "20"}}}]


@MAX
def test_settings_keep_it_awake(platform: str) -> None:
    assert app(platform, "forecast-ui")["inputs"]["template"]["scale"]["minReplicas"] == 1


@MAX
def test_memory_is_twice_the_cores(platform: str) -> None:
    assert container(platform, "forecast-api")["resources"] == {"cpu": 1.25, "memory": "2.5Gi"}


@MAX
def test_its_health_is_asked_where_settings_say(platform: str) -> None:
    probes = container(platform, "forecast-ui")["probes"]
    assert {probe["type"]: (probe["httpGet"]["path"], probe["httpGet"]["port"]) for probe in probes} == {
        "Startup": ("/", 80),
        "Readiness": ("/", 80),
        "Liveness": ("/", 80),
    }


def test_its_port_is_asked_where_they_say_nothing() -> None:
    assert "probes" not in container("dev", "forecast-ui")


@MAX
def test_a_front_end_sends_people_to_the_sign_in_page_and_an_api_answers_401(platform: str) -> None:
    actions = {
        item["name"]: item["inputs"]["globalValidation"]["unauthenticatedClientAction"]
        for item in resources_of(platform)
        if item["type"] == "azure-native:app:ContainerAppsAuthConfig"
    }
    assert actions == {
        "app-forecast-ui-sign-in": "RedirectToLoginPage",
        "app-forecast-api-sign-in": "Return401",
    }


@MAX
def test_only_an_app_that_never_sleeps_has_an_availability_test(platform: str) -> None:
    tests = {
        item["name"]: item["inputs"]
        for item in resources_of(platform)
        if item["type"] == "azure-native:applicationinsights:WebTest"
    }
    test = tests["availability-test-app-forecast-ui"]
    assert test["validationRules"]["expectedHttpStatusCode"] == 302
    assert test["request"]["followRedirects"] is False
    assert "availability-test-app-forecast-api" not in tests


@pytest.mark.parametrize("stack", STACKS)
def test_errors_slowness_and_restarts_raise_an_alert(stack: str) -> None:
    rules = {
        item["name"]: item["inputs"]["criteria"]["allOf"][0]["metricName"]
        for item in resources_of(stack)
        if item["type"] == "azure-native:monitor:MetricAlert" and "-app-" in item["name"]
    }
    assert rules == {
        "alert-app-forecast-ui-errors": "Requests",
        "alert-app-forecast-ui-latency": "ResponseTime",
        "alert-app-forecast-ui-restarts": "RestartCount",
    }


def test_in_a_private_platform_it_stands_in_the_network_and_in_every_zone() -> None:
    (environment,) = [
        item["inputs"] for item in resources_of("prod") if item["type"].endswith(":ManagedEnvironment")
    ]
    assert environment["publicNetworkAccess"] == "Disabled"
    assert environment["zoneRedundant"] is True
    assert environment["vnetConfiguration"]["internal"] is False
    assert environment["vnetConfiguration"]["infrastructureSubnetId"].endswith("/snet-container-apps")
