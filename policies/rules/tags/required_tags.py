"""Everything that takes tags carries ours."""

from __future__ import annotations

from collections.abc import Iterator

from infra.conventions.tags import COMPONENT, missing_tags
from policies.frame.cases import REMOVED, changed
from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Properties, Rule, Severity
from policies.frame.taggable import TAG_INPUTS
from policies.frame.tagging import tag_maps


def _check(judged: Judged) -> Iterator[str]:
    for at, tags in tag_maps(judged):
        missing = missing_tags(tags)
        if missing:
            yield f"{at} lacks {', '.join(missing)}"


def _remedy(judged: Judged) -> Properties:
    """Adds what the settings say; what is there stays. Only for tags at the top: what lies deeper is the program's."""
    if TAG_INPUTS[judged.type] != ("tags",):
        return {}
    present = next(iter(tag_maps(judged)))[1]
    added = {name: value for name, value in judged.about.tags.items() if name in missing_tags(present)}
    if COMPONENT in missing_tags(present):
        added[COMPONENT] = judged.name
    return {"tags": {**present, **added}} if added else {}


_CORRECT = {
    "location": "westeurope",
    "tags": {
        "workload": "x",
        "owner": "x",
        "cost-center": "x",
        "component": "x",
        "environment": "prod",
        "managed-by": "pulumi",
        "data-classification": "internal",
    },
}

RULE = Rule(
    id="AMLP-TG-001",
    title="Everything that takes tags carries ours",
    severity=Severity.MEDIUM,
    types=tuple(TAG_INPUTS),
    check=_check,
    why=(
        "Without owner and cost center nobody pays and nobody is asked; without the component nobody "
        "finds the code."
    ),
    fix="Pass context.tags (infra/conventions/tags.py)",
    anchors=Anchors(
        benchmark=("AM-2",),
        azure_policy=("871b6d14-10aa-478d-b590-94f262ecfa99", "96670d01-0a4d-4649-9c89-2d3abc0a5025"),
        psrule=("Azure.Resource.RequiredTags", "Azure.Resource.UseTags", "Azure.Group.RequiredTags"),
    ),
    remedy=_remedy,
    cases=Cases(
        allowed=(_CORRECT,),
        denied=(
            changed(_CORRECT, {"tags.owner": REMOVED}),
            changed(_CORRECT, {"tags.component": ""}),
        ),
        omitted={"location": "westeurope"},
        unknown={"tags": UNKNOWN_STRING},
    ),
)
