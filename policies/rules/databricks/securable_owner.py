"""Everything in Unity Catalog belongs to a group."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def _check(judged: Judged) -> Iterator[str]:
    owner = judged.text("owner")
    if not owner:
        yield "owner is not set: the object belongs to the identity that deploys first, and nobody else can change it"
    elif "@" in owner or _GUID.fullmatch(owner):
        yield f"owner is {owner}, one person or application: when it goes, nobody can change the object"


RULE = Rule(
    id="AMLP-DO-070",
    title="Everything in Unity Catalog belongs to a group",
    severity=Severity.HIGH,
    types=(
        "databricks:index/storageCredential:StorageCredential",
        "databricks:index/externalLocation:ExternalLocation",
        "databricks:index/catalog:Catalog",
        "databricks:index/schema:Schema",
        "databricks:index/volume:Volume",
        "databricks:index/registeredModel:RegisteredModel",
        "databricks:index/sqlTable:SqlTable",
    ),
    check=_check,
    why="A person deploys first and a pipeline afterwards: who is not the owner, or in the owning group, is refused.",
    fix="Set owner to an account group that holds the pipeline and the admins",
    anchors=Anchors(
        benchmark=("PA-1",), source="databricks/terraform-provider-databricks issues 2717 and 2109"
    ),
    cases=Cases(
        allowed=({"name": "lake", "owner": "sg-forecast-databricks-owners"},),
        denied=(
            {"name": "lake", "owner": "ada@example.com"},
            {"name": "lake", "owner": "c0000000-0000-4000-8000-000000000001"},
        ),
        omitted={"name": "lake"},
        unknown={"name": "lake", "owner": UNKNOWN_STRING},
    ),
)
