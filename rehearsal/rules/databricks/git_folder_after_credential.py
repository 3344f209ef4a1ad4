"""A git folder is cloned with the credential that is there."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.databricks_git import GitProvider, provider_of_url
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """Of credentials for the folder's own host: whether the repository is public, nobody here knows."""
    said = resource.text("gitProvider") or provider_of_url(resource.text("url"))
    credentials = [
        credential
        for credential in world.of_types((tokens.GIT_CREDENTIAL,))
        if credential.provider_urn == resource.provider_urn
        and credential.value("principalId") is None
        and (not said or _host(credential.text("gitProvider")) == _host(said))
    ]
    if credentials and not any(world.depends_on(resource, credential) for credential in credentials):
        yield Violation(
            "url",
            f"does not wait for {credentials[0].urn}, and a private repository is not cloned before it; add it to "
            "depends_on",
        )


def _host(provider: str) -> str:
    """The two providers of Azure DevOps are one host."""
    found = next((known for known in GitProvider if known.lower() == provider.lower()), None)
    return str(found.host_provider) if found else provider.lower()


def _case(*, after: bool) -> Case:
    return Case(
        (
            declare(tokens.GIT_CREDENTIAL, name="credential"),
            declare(
                tokens.REPO,
                {"url": "https://dev.azure.com/contoso/ml/_git/ml"},
                depends_on=("credential",) if after else (),
            ),
        )
    )


RULE = Rule(
    id="DBX027",
    service="Databricks git folder",
    title="a git folder waits for its credential",
    applies_to=(tokens.REPO,),
    status=0,
    code="",
    source="databricks/terraform-provider-databricks issue 1134 (Missing Git provider credentials)",
    check=_check,
    trips=_case(after=False),
    passes=_case(after=True),
    severity=Severity.WARNING,
)
