"""Container groups have an identity."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.checks import must_be
from policies.frame.judged import Judged
from policies.frame.paths import values
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

_AI_SERVICES = "mcr.microsoft.com/azure-cognitive-services/"
"""Containers of AI services know keys only (learn.microsoft.com ai-services cognitive-services-container-support,
`ApiKey`); an identity would have nobody to show itself to."""
_HAS_IDENTITY = must_be(
    "identity.type",
    "UserAssigned",
    "SystemAssigned",
    # As the API writes both, and as older templates do.
    "SystemAssigned, UserAssigned",
    "SystemAssigned,UserAssigned",
)


def _check(judged: Judged) -> Iterator[str]:
    images = [image for _, image in values(judged.props, "containers[].image")]
    if not images or not all(isinstance(image, str) and image.startswith(_AI_SERVICES) for image in images):
        yield from _HAS_IDENTITY(judged)


RULE = Rule(
    id="AMLP-CA-020",
    title="Container groups have an identity",
    severity=Severity.MEDIUM,
    types=("azure-native:containerinstance:ContainerGroup",),
    check=_check,
    why="Without one, pulling an image and calling an endpoint need a key. AI services take keys only.",
    fix="Set identity",
    anchors=Anchors(
        benchmark=("IM-3",),
        source="learn.microsoft.com container-instances/container-instances-managed-identity",
    ),
    cases=Cases(
        allowed=(
            {"identity": {"type": "UserAssigned"}},
            {"identity": {"type": "SystemAssigned, UserAssigned"}},
            {"containers": [{"image": f"{_AI_SERVICES}textanalytics/language:1.1.0"}]},
        ),
        denied=(
            {"identity": {"type": "None"}},
            {
                "containers": [
                    {"image": f"{_AI_SERVICES}textanalytics/language:1.1.0"},
                    {"image": "nginx:1.29"},
                ]
            },
        ),
        omitted={},
        unknown={"identity": {"type": UNKNOWN_STRING}},
    ),
)
