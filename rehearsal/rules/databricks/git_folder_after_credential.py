"""A git folder is cloned with the credential that is there."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """Only where this stack makes credentials with the same provider: a public repository needs none."""
    credentials = [
        credential
        for credential in world.of_types((tokens.GIT_CREDENTIAL,))
        if credential.provider_urn == resource.provider_urn and credential.value("principalId") is None
    ]
    if credentials and not any(world.depends_on(resource, credential) for credential in credentials):
        yield Violation(
            "url",
            f"does not wait for {credentials[0].urn}, and cannot be cloned before it; add it to depends_on",
        )


def _case(*, after: bool) -> Case:
    return Case(
        (
            declare(tokens.GIT_CREDENTIAL, name="credential"),
            declare(tokens.REPO, depends_on=("credential",) if after else ()),
        )
    )


RULE = Rule(
    id="DBX027",
    service="Databricks git folder",
    title="a git folder waits for its credential",
    applies_to=(tokens.REPO,),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="databricks/terraform-provider-databricks issue 1134 (Missing Git provider credentials)",
    check=_check,
    trips=_case(after=False),
    passes=_case(after=True),
)
