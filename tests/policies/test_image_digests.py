"""Images by digest, in every kind of resource that names one."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from policies.frame.evaluation import evaluate, judged
from policies.frame.judged import About
from policies.frame.rule import Outcome, Properties
from policies.rules.containers.image_digests import RULE

PROD = About("prod", "prod", datetime.date(2026, 11, 21))
TAG = "mcr.microsoft.com/a:1.2"
DIGEST = f"mcr.microsoft.com/a@sha256:{'0' * 64}"


def container(image: str) -> Properties:
    return {"containers": [{"name": "c", "image": image}]}


def app(image: str) -> Properties:
    return {"template": {"containers": [{"name": "c", "image": image}]}}


def environment(image: str) -> Properties:
    return {"properties": {"image": image}}


def flux(image: str) -> Properties:
    return {"kustomizations": {"language": {"postBuild": {"substitute": {"image": image}}}}}


@pytest.mark.parametrize(("image", "outcome"), [(TAG, Outcome.VIOLATED), (DIGEST, Outcome.PASSED)])
@pytest.mark.parametrize(
    ("made", "type_"), list(zip((container, app, environment, flux), RULE.types, strict=True))
)
def test_a_tag_is_seen_wherever_an_image_is_named(
    made: Callable[[str], Properties], type_: str, image: str, outcome: Outcome
) -> None:
    assert evaluate(RULE, judged(type_, made(image), PROD, name="subject")).outcome is outcome
