"""A job's source names the provider of its host."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.databricks_git import provider_of_url
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    url, provider = resource.text("gitSource.url"), resource.text("gitSource.provider")
    right = provider_of_url(url)
    if url and not provider and right is None:
        yield Violation("gitSource.provider", f"cannot be found out from '{url}'; give the provider")
    if provider and right and provider.lower() != right.lower():
        yield Violation("gitSource.provider", f"is '{provider}', and the URL's host needs '{right}'")


RULE = Rule(
    id="DBX152",
    service="Databricks job",
    title="the git provider is the URL's",
    applies_to=(tokens.JOB,),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="terraform-provider-databricks repos/resource_repo.go (GetGitProviderFromUrl), jobs/resource_job.go",
    check=_check,
    trips=Case((declare(tokens.JOB, {"gitSource.provider": "gitLab"}),)),
    passes=Case(
        (
            declare(
                tokens.JOB,
                {
                    "gitSource.url": "https://git.example.com/ml",
                    "gitSource.provider": "gitLabEnterpriseEdition",
                },
            ),
        )
    ),
)
