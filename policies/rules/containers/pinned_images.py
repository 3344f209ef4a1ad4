"""Images have a version."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.judged import Judged
from policies.frame.paths import values
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity


def _check(judged: Judged) -> Iterator[str]:
    for path in ("containers[].image", "template.containers[].image"):
        for at, image in values(judged.props, path):
            if not isinstance(image, str) or "@sha256:" in image:
                continue
            tag = image.rpartition("/")[2].partition(":")[2]
            if tag in ("", "latest"):
                yield f"{at} is '{image}', which has no version"


RULE = Rule(
    id="AMLP-CA-005",
    title="Images have a version",
    severity=Severity.MEDIUM,
    types=("azure-native:containerinstance:ContainerGroup", "azure-native:app:ContainerApp"),
    check=_check,
    why="latest is another image tomorrow.",
    fix="Name a tag or, better, a digest",
    anchors=Anchors(benchmark=("DS-6",), azure_policy=("021f8078-41a0-40e6-81b6-c6597da9f3ee",)),
    cases=Cases(
        allowed=({"containers": [{"name": "c", "image": "mcr.microsoft.com/a:1.2"}]},),
        denied=(
            {"containers": [{"name": "c", "image": "mcr.microsoft.com/a:latest"}]},
            {"containers": [{"name": "c", "image": "mcr.microsoft.com/a"}]},
        ),
        omitted={},
        unknown={"containers": [{"name": "c", "image": UNKNOWN_STRING}]},
        omitted_is=Outcome.PASSED,
    ),
)
