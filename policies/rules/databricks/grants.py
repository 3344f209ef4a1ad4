"""Nobody holds all privileges on data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from azure_facts.unity_catalog import is_everything
from policies.frame.judged import Judged
from policies.frame.paths import values
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity


def _check(judged: Judged) -> Iterator[str]:
    for path, who in (("privileges", "principal"), ("grants[].privileges", "grants[].principal")):
        principals = [principal for _, principal in values(judged.props, who)]
        for (at, found), principal in zip(values(judged.props, path), principals, strict=False):
            held = list(found) if isinstance(found, Sequence) else []
            if any(is_everything(str(privilege)) for privilege in held):
                yield f"{at} gives {principal} all privileges"
            if principal == "account users" and held:
                yield f"{at} gives something to account users, who are all people of the account"


RULE = Rule(
    id="AMLP-DO-043",
    title="Nobody holds all privileges on data",
    severity=Severity.HIGH,
    types=("databricks:index/grant:Grant", "databricks:index/grants:Grants"),
    check=_check,
    why="ALL_PRIVILEGES includes every privilege that Databricks adds later.",
    fix="List the privileges",
    anchors=Anchors(
        benchmark=("PA-7",), source="docs.databricks.com data-governance/unity-catalog/manage-privileges"
    ),
    cases=Cases(
        allowed=({"principal": "g", "privileges": ["SELECT"]},),
        denied=(
            {"principal": "g", "privileges": ["ALL_PRIVILEGES"]},
            {"principal": "g", "privileges": ["ALL PRIVILEGES"]},
        ),
        omitted={"principal": "g"},
        unknown={"principal": "g", "privileges": UNKNOWN_STRING},
        omitted_is=Outcome.PASSED,
    ),
)
