"""Not everybody manages a secret scope."""

from __future__ import annotations

from policies.frame.checks import must_not_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

RULE = Rule(
    id="AMLP-DO-037",
    title="Not everybody manages a secret scope",
    severity=Severity.HIGH,
    types=("databricks:index/secretScope:SecretScope",),
    check=must_not_be("initialManagePrincipal", "users"),
    why="The scope would be readable and writable by every user of the workspace.",
    fix="Leave initial_manage_principal out and grant with SecretAcl",
    anchors=Anchors(benchmark=("PA-7",), source="docs.databricks.com security/secrets"),
    cases=Cases(
        allowed=({"name": "s", "initialManagePrincipal": "admins"},),
        denied=({"name": "s", "initialManagePrincipal": "users"},),
        omitted={"name": "s"},
        unknown={"name": "s", "initialManagePrincipal": UNKNOWN_STRING},
        omitted_is=Outcome.PASSED,
    ),
)
