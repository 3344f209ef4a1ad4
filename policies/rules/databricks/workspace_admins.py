"""People in production are no workspace admins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policies.frame.judged import Judged
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity


def _check(judged: Judged) -> Iterator[str]:
    # The identity that looks for drift has to be one: nobody else reads every object.
    if judged.text("servicePrincipalName"):
        return
    found = judged.value("permissions")
    if isinstance(found, Sequence) and "ADMIN" in list(found):
        yield "permissions holds ADMIN"


RULE = Rule(
    id="AMLP-DO-035",
    title="People in production are no workspace admins",
    severity=Severity.HIGH,
    types=("databricks:index/permissionAssignment:PermissionAssignment",),
    check=_check,
    why="An admin reads every notebook, secret scope and token.",
    fix="Assign USER; administer by CI",
    anchors=Anchors(benchmark=("PA-1",), source="docs.databricks.com admin/users-groups/"),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=(
            {"groupName": "g", "permissions": ["USER"]},
            {"servicePrincipalName": "11111111-2222-4333-8444-555555555555", "permissions": ["ADMIN"]},
        ),
        denied=(
            {"groupName": "g", "permissions": ["ADMIN"]},
            {"groupName": "g", "permissions": ["USER", "ADMIN"]},
            {"userName": "ada@example.com", "permissions": ["ADMIN"]},
        ),
        omitted={"groupName": "g"},
        unknown={"groupName": "g", "permissions": UNKNOWN_STRING},
        omitted_is=Outcome.PASSED,
    ),
)
