"""Factories that people edit are connected to a repository."""

from __future__ import annotations

from policies.frame.checks import must_have
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Kind, Level, Rule, Severity

RULE = Rule(
    id="AMLP-DF-004",
    title="Factories that people edit are connected to a repository",
    severity=Severity.LOW,
    types=("azure-native:datafactory:Factory",),
    check=must_have("repoConfiguration.repositoryName"),
    why="Without it the only copy of a pipeline is the live one.",
    fix="Set repo_configuration (nonprod only; production is published to)",
    anchors=Anchors(
        benchmark=("DS-6",),
        azure_policy=("77d40665-3120-4348-b539-3192ec808307",),
        checkov=("CKV_AZURE_103",),
    ),
    kinds=frozenset({Kind.NONPROD}),
    level=Level.ADVISORY,
    cases=Cases(
        allowed=(
            {"repoConfiguration": {"type": "FactoryGitHubConfiguration", "repositoryName": "pipelines"}},
        ),
        denied=({"repoConfiguration": {"type": "FactoryGitHubConfiguration", "repositoryName": ""}},),
        omitted={"repoConfiguration": {"type": "FactoryGitHubConfiguration"}},
        unknown={
            "repoConfiguration": {"type": "FactoryGitHubConfiguration", "repositoryName": UNKNOWN_STRING}
        },
    ),
)
