"""What apps and AI service containers may not be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Areas = dict[str, Any]
Refusals = Callable[[Callable[[Areas], None]], dict[str, str]]

LANGUAGE = {
    "sku": "F0",
    "image": "mcr.microsoft.com/azure-cognitive-services/textanalytics/language:1.1.025",
    "public": True,
}


@pytest.mark.parametrize(
    ("edit", "key", "message"),
    [
        (
            lambda apps: apps["apps"]["forecast-ui"].pop("sign_in"),
            "apps.forecast-ui.sign_in",
            "is missing; nobody calls an app without signing in: give client_id",
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
            lambda apps: apps["ai_services"]["language"].update(
                image="mcr.microsoft.com/azure-cognitive-services/textanalytics/language:latest"
            ),
            "ai_services.language.image",
            "is ':latest', which changes by itself; give a version",
        ),
        (
            lambda apps: apps["ai_services"]["language"].update(image="docker.io/language:1"),
            "ai_services.language.image",
            "give text that matches",
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
    assert message == "is true in a prod environment, and the container asks nobody who they are"
