"""What apps and AI service containers may not be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from infra.settings.load import Loaded

Areas = dict[str, Any]
Edit = Callable[[Areas], None]
Refusals = Callable[[Callable[[Areas], None]], dict[str, str]]

LANGUAGE = {
    "sku": "F0",
    "image": "mcr.microsoft.com/azure-cognitive-services/textanalytics/language:1.1.012840001-amd64",
    "key_expires": "2027-05-31",
    "public": True,
}


@pytest.mark.parametrize(
    ("edit", "key", "message"),
    [
        (
            lambda apps: apps["apps"]["forecast-ui"].pop("sign_in"),
            "apps.forecast-ui.sign_in",
            "is missing; every caller of an app must sign in: give client_id",
        ),
        (
            lambda apps: apps["apps"]["forecast-ui"].update(cpu=0.6),
            "apps.forecast-ui.cpu",
            "is 0.6; give a multiple of 0.25",
        ),
        (
            lambda apps: apps["apps"]["forecast-ui"].update(port=0),
            "apps.forecast-ui.port",
            "is 0; give at least 1",
        ),
        (
            lambda apps: apps["apps"]["forecast-ui"].update(port=8501),
            "apps.forecast-ui.port",
            "is 8501, and the placeholder answers on 80: let your image listen there too, or give first_image",
        ),
        (
            lambda apps: apps["apps"]["forecast-ui"].update(health_path="/healthz"),
            "apps.forecast-ui.health_path",
            "is /healthz, and the placeholder answers / only: give first_image",
        ),
        (
            lambda apps: apps["apps"]["forecast-ui"].update(first_image="ui"),
            "apps.forecast-ui.first_image",
            "is 'ui'; give an image with its registry",
        ),
        (
            lambda apps: apps["apps"]["forecast-ui"].update(min_replicas=3),
            "apps.forecast-ui.min_replicas",
            "is 3, more than max_replicas 2; give at most that",
        ),
        (
            lambda apps: apps["apps"]["forecast-ui"].update(calls=["demnd"]),
            "apps.forecast-ui.calls[0]",
            "'demnd' is not in serving.endpoints (there: demand)",
        ),
        (
            lambda apps: apps["apps"]["forecast-ui"].update(environment={"SCORING_URI_DEMAND": "x"}),
            "apps.forecast-ui.environment.SCORING_URI_DEMAND",
            "is set by the stack; give the variable another name",
        ),
        (
            lambda apps: apps["apps"]["forecast-ui"].update(environment={"ML_WORKSPACE_ID": "x"}),
            "apps.forecast-ui.environment.ML_WORKSPACE_ID",
            "is set by the stack; give the variable another name",
        ),
        (
            lambda apps: apps["ai_services"]["language"].pop("key_expires"),
            "ai_services.language.key_expires",
            "is missing; give the day by which the account's key is made anew, such as 2027-05-20",
        ),
        (
            lambda apps: apps["ai_services"]["language"].update(key_expires="2026-11-21"),
            "ai_services.language.key_expires",
            "is 2026-11-21, which is not to come: make the key anew",
        ),
        (
            lambda apps: apps["ai_services"]["language"].update(sku="S1"),
            "ai_services.language.sku",
            "is S1, which TextAnalytics has not got; give F0 or S",
        ),
        (
            lambda apps: apps["ai_services"].update(second=dict(LANGUAGE)),
            "ai_services.second.sku",
            "is F0, and so is that of language; a subscription has one free account of TextAnalytics",
        ),
        (
            lambda apps: apps["ai_services"]["language"].update(runs_on="kubernetes", public=False),
            "flux",
            "is missing, and language would come from there; give url and branch",
        ),
        (
            lambda apps: apps.update(flux={"url": "https://github.com/example-org/flux", "branch": "main"}),
            "flux",
            "is given, and no AI service runs on kubernetes; remove it",
        ),
        (
            lambda apps: apps.update(flux={"url": "https://github.com/example-org/flux"}),
            "flux.branch",
            "and tag: neither given; give the one that Flux follows",
        ),
        (
            lambda apps: apps.update(
                flux={"url": "https://github.com/example-org/flux", "tag": "v1", "https_user": "flux"}
            ),
            "flux.https_key",
            "is missing; a private repository is read with both",
        ),
        (
            lambda apps: apps["ai_services"]["language"].update(runs_on="kubernetes"),
            "ai_services.language.public",
            "is true, and on Kubernetes it is called from inside the cluster; remove it",
        ),
        (
            lambda apps: apps["ai_services"]["language"].update(
                image="mcr.microsoft.com/azure-cognitive-services/textanalytics/language:latest"
            ),
            "ai_services.language.image",
            "is ':latest', which changes by itself; give a version",
        ),
        (
            lambda apps: apps["ai_services"]["language"].update(image="docker.io/language:1"),
            "ai_services.language.image",
            "give an image of mcr.microsoft.com/azure-cognitive-services with its tag",
        ),
        (
            lambda apps: apps["ai_services"]["language"].update(sku="P1"),
            "ai_services.language.sku",
            "is 'P1'",
        ),
        (
            lambda apps: apps["ai_services"]["language"].update(memory_gb=2),
            "ai_services.language.memory_gb",
            "is 2; give at least 4",
        ),
    ],
)
def test_an_app_is_refused(refusals: Refusals, edit: Callable[[Areas], None], key: str, message: str) -> None:
    def change(areas: Areas) -> None:
        areas["apps"]["ai_services"] = {"language": dict(LANGUAGE)}
        edit(areas["apps"])

    assert message in refusals(change)[f"apps.{key}"]


def test_a_container_that_asks_nobody_is_not_public_in_prod(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        areas["environment"]["kind"] = "prod"
        del areas["data_factory"]["git"]
        areas["apps"]["ai_services"] = {"language": LANGUAGE}

    message = refusals(edit)["apps.ai_services.language.public"]
    assert message == "is true in a prod environment, and the container has no sign-in; set it to false"


FLUX = {"url": "https://github.com/example-org/flux", "branch": "main"}


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (
            lambda areas: areas.pop("serving"),
            "is kubernetes, and there is no serving.cluster that would run it",
        ),
        (
            lambda areas: areas["serving"]["cluster"].update(key_vault_secrets=False),
            "is kubernetes, where the container takes its key through the Key Vault driver",
        ),
    ],
)
def test_a_service_on_kubernetes_needs_the_cluster(
    refusals: Refusals, edit: Callable[[Areas], None], message: str
) -> None:
    def change(areas: Areas) -> None:
        areas["apps"] = {
            "ai_services": {"language": LANGUAGE | {"public": False, "runs_on": "kubernetes"}},
            "flux": FLUX,
        }
        edit(areas)

    assert message in refusals(change)["apps.ai_services.language.runs_on"]


def test_a_private_network_has_no_room_for_container_instances(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        areas["network"] = {"mode": "private", "address_space": "10.60.0.0/20"}
        areas["apps"]["ai_services"] = {"language": LANGUAGE | {"public": False}}

    message = refusals(edit)["apps.ai_services.language.runs_on"]
    assert message.startswith(
        "is container_instance, for which the private network has no subnet; give kubernetes"
    )


def test_an_app_in_no_network_calls_no_router_inside_one(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        areas["serving"]["router"]["internal"] = True

    assert refusals(edit)["apps.apps.forecast-ui.calls"] == (
        "has no value and so names 'demand', whose router answers in the cluster's own network only, and in "
        "network.mode: public the app is in no network; give serving.router internal: false with tls, or a list of "
        "calls without this endpoint ([] for none)"
    )


def test_an_app_that_calls_nothing_needs_no_road(load_edited: Callable[[Edit], Loaded]) -> None:
    def edit(areas: Areas) -> None:
        areas["serving"]["router"]["internal"] = True
        areas["apps"]["apps"]["forecast-ui"]["calls"] = []

    assert load_edited(edit).settings.apps is not None
