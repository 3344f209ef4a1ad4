"""Secrets are read by named principals."""

from __future__ import annotations

from policies.frame.checks import all_of, must_be, must_not_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-DO-038",
    title="Secrets are read by named principals",
    severity=Severity.HIGH,
    types=("databricks:index/secretAcl:SecretAcl",),
    check=all_of(must_not_be("principal", "users", "account users"), must_be("permission", "READ")),
    why="Every reader of a scope can print its secrets in a notebook.",
    fix="Grant READ to one application or group",
    anchors=Anchors(benchmark=("PA-7",), source="docs.databricks.com security/secrets"),
    cases=Cases(
        allowed=({"principal": "c0", "permission": "READ"},),
        denied=(
            {"principal": "users", "permission": "READ"},
            {"principal": "c0", "permission": "MANAGE"},
            {"principal": "c0", "permission": "WRITE"},
        ),
        omitted={"principal": "c0"},
        unknown={"principal": UNKNOWN_STRING, "permission": "READ"},
    ),
)
