"""Tags say the truth."""

from __future__ import annotations

from collections.abc import Iterator

from infra.conventions.tags import (
    DATA_CLASSIFICATION,
    ENVIRONMENT,
    MANAGED_BY,
    MANAGED_BY_PULUMI,
    DataClassification,
    check_tags,
)
from policies.frame.cases import changed
from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity
from policies.frame.taggable import TAG_INPUTS
from policies.frame.tagging import tag_maps


def _check(judged: Judged) -> Iterator[str]:
    for at, tags in tag_maps(judged):
        yield from (f"{at}: {problem}" for problem in check_tags(tags))
        right = {
            ENVIRONMENT: (judged.about.stack,),
            MANAGED_BY: (MANAGED_BY_PULUMI,),
            DATA_CLASSIFICATION: tuple(DataClassification),
        }
        for name, allowed in right.items():
            if tags.get(name) and tags[name] not in allowed:
                yield f"{at}.{name} is '{tags[name]}': it must be {' or '.join(allowed)}"


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
    id="AMLP-TG-002",
    title="Tags say the truth",
    severity=Severity.MEDIUM,
    types=tuple(TAG_INPUTS),
    check=_check,
    why="Costs and alerts are sorted by these values; a typo makes a second environment.",
    fix="Pass context.tags (infra/conventions/tags.py)",
    anchors=Anchors(benchmark=("AM-2",), azure_policy=("1e30110a-5ceb-460c-a204-c1c3969c6d62",)),
    cases=Cases(
        allowed=(_CORRECT,),
        denied=(
            changed(_CORRECT, {"tags.environment": "dev"}),
            changed(_CORRECT, {"tags.managed-by": "hand"}),
            changed(_CORRECT, {"tags.data-classification": "secret"}),
        ),
        omitted={"location": "westeurope"},
        unknown={"tags": UNKNOWN_STRING},
        omitted_is=Outcome.PASSED,
    ),
)
