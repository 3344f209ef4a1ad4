"""Jobs know fewer git providers than git folders."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.databricks_git import JOB_PROVIDERS
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_PATH = "gitSource.provider"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    provider = resource.text(_PATH)
    if provider and provider not in JOB_PROVIDERS:
        yield Violation(_PATH, f"'{provider}' must be one of {', '.join(JOB_PROVIDERS)}")


def _case(provider: str) -> Case:
    return Case((declare(tokens.JOB, {"gitSource.url": "https://git.example.com/ml", _PATH: provider}),))


RULE = Rule(
    id="DBX048",
    service="Databricks job",
    title="a git provider that jobs can read from",
    applies_to=(tokens.JOB,),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="terraform-provider-databricks docs/resources/job.md (git_source)",
    check=_check,
    trips=_case("awsCodeCommit"),
    passes=_case("bitbucketServer"),
)
