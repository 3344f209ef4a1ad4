"""Production's images are named by what is in them."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.judged import Judged
from policies.frame.paths import values
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Level, Outcome, Rule, Severity

_IMAGES = (
    "containers[].image",
    "template.containers[].image",
    "properties.image",
    "kustomizations.*.postBuild.substitute.image",
)


def _check(judged: Judged) -> Iterator[str]:
    for path in _IMAGES:
        for at, image in values(judged.props, path):
            if isinstance(image, str) and "@sha256:" not in image:
                yield f"{at} is '{image}': a tag, which its owner can move to another image"


RULE = Rule(
    id="AMLP-CA-060",
    title="Production's images are named by digest",
    severity=Severity.LOW,
    types=(
        "azure-native:containerinstance:ContainerGroup",
        "azure-native:app:ContainerApp",
        "azure-native:machinelearningservices:EnvironmentVersion",
        "azure-native:kubernetesconfiguration:FluxConfiguration",
    ),
    check=_check,
    why="A tag can be moved by who may push to its registry; a digest is the image that was looked at.",
    fix="Name the image as repository@sha256:... (docker buildx imagetools inspect IMAGE shows it), or leave it: this "
    "advice stops nothing",
    anchors=Anchors(
        benchmark=("DS-6",),
        source="learn.microsoft.com container-registry/container-registry-concepts",
    ),
    kinds=PROD_ONLY,
    level=Level.ADVISORY,
    cases=Cases(
        allowed=({"containers": [{"name": "c", "image": f"mcr.microsoft.com/a@sha256:{'0' * 64}"}]},),
        denied=({"containers": [{"name": "c", "image": "mcr.microsoft.com/a:1.2"}]},),
        omitted={},
        unknown={"containers": [{"name": "c", "image": UNKNOWN_STRING}]},
        omitted_is=Outcome.PASSED,
    ),
)
