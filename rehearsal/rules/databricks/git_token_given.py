"""Without a token the provider takes one from the environment."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_AMBIENT = {
    "gitHub": "GITHUB_TOKEN",
    "gitLab": "GITLAB_TOKEN",
    "azureDevOpsServices": "AZDO_PERSONAL_ACCESS_TOKEN",
}


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    variable = _AMBIENT.get(resource.text("gitProvider"))
    given = resource.value("personalAccessToken") or resource.is_unknown("personalAccessToken")
    if variable and not given:
        yield Violation(
            "personalAccessToken",
            f"missing: the provider takes {variable} from its environment (in GitHub Actions a token that ends with "
            "the run); give one",
        )


RULE = Rule(
    id="DBX028",
    service="Databricks git folder",
    title="a git credential brings its token",
    applies_to=(tokens.GIT_CREDENTIAL,),
    status=0,
    code="",
    source="terraform-provider-databricks docs/resources/git_credential.md",
    check=_check,
    trips=Case((declare(tokens.GIT_CREDENTIAL, {"gitProvider": "gitHub", "gitUsername": "ci"}),)),
    passes=Case((declare(tokens.GIT_CREDENTIAL),)),
    severity=Severity.WARNING,
)
