"""Object ids looked up in the directory, and whether Databricks lets in who deploys."""

from __future__ import annotations

from typing import Any

import pytest
from azure.core.credentials import AccessToken
from azure.core.exceptions import ClientAuthenticationError

from infra.live.session import DATABRICKS_SCOPE
from infra.preflight.finding import Finding, Verdict
from infra.settings.access import Persona
from infra.settings.databricks.serverless import NetworkConnectivity
from infra.settings.platform import PlatformSettings
from tests.infra.preflight.fake_arm import Answer, FakeArm, fake_arm
from tests.infra.preflight.ready_subscription import (
    DATABRICKS_WORKSPACE,
    GRAPH,
    SETTINGS,
    Token,
    directory,
    everything_is_right,
    look,
)

ME = "GET /api/2.0/preview/scim/v2/Me"


def of(arm: FakeArm, check: str, settings: PlatformSettings = SETTINGS) -> list[Finding]:
    looked = look(arm, settings=settings, read_seconds=0.5, retries=0)
    return [finding for finding in looked if finding.check == check]


def changed(object_id: str, **fields: str) -> list[dict[str, Any]]:
    return [{**one, **fields} if one["id"] == object_id else one for one in directory()]


SCIENTISTS = SETTINGS.access.personas[Persona.DATA_SCIENTIST].object_id
DATABRICKS = "d0000000-0000-4000-8000-000000000001"


@pytest.mark.parametrize(
    ("found", "message"),
    [
        (
            [one for one in directory() if one["id"] != SCIENTISTS],
            f"access.personas.data_scientist: {SCIENTISTS} is not in the tenant",
        ),
        (
            changed(SCIENTISTS, **{"@odata.type": "#microsoft.graph.user"}),
            f"access.personas.data_scientist: {SCIENTISTS} is a user, no group",
        ),
        (
            changed(SCIENTISTS, displayName="Data Scientists"),
            f"access.personas.data_scientist: {SCIENTISTS} is called Data Scientists, and Databricks is told "
            "sg-forecast-data-scientists; give the right databricks_group",
        ),
        (
            changed(DATABRICKS, appId="of another"),
            f"databricks.databricks_application_object_id: {DATABRICKS} belongs to the application of another, "
            "not to 2ff814a6-3304-4ab8-85cb-cd0e6f879c1d",
        ),
    ],
)
def test_an_object_id_that_is_somebody_elses(found: list[dict[str, Any]], message: str) -> None:
    with fake_arm({**everything_is_right(), GRAPH: [Answer({"value": found})]}) as arm:
        (finding,) = of(arm, "principals")
    assert (finding.verdict, finding.message) == (Verdict.FAILED, message)
    assert finding.run.startswith(("az ad group show --group", "az ad sp show --id"))


def test_who_may_not_read_the_directory_deploys_all_the_same() -> None:
    with fake_arm({**everything_is_right(), GRAPH: [Answer({}, 403)]}) as arm:
        (finding,) = of(arm, "principals")
    assert finding.verdict is Verdict.NOTE
    assert "Microsoft Graph answers 403" in finding.message


def with_workspace(answer: Answer | None) -> dict[str, list[Answer]]:
    answers = everything_is_right()
    answers[DATABRICKS_WORKSPACE] = [Answer({"properties": {"workspaceUrl": "{host}"}})]
    if answer is not None:
        answers[ME] = [answer]
    return answers


@pytest.mark.parametrize(
    ("answer", "verdict", "message"),
    [
        (Answer({"userName": "ci"}), Verdict.OK, "lets this identity in"),
        (Answer({"message": "IP access list"}, 403), Verdict.FAILED, "does not let this identity in (403"),
        (Answer(hang=True), Verdict.FAILED, "or set databricks.content: deferred"),
    ],
)
def test_a_workspace_that_stands_is_entered(answer: Answer, verdict: Verdict, message: str) -> None:
    with fake_arm(with_workspace(answer)) as arm:
        (finding,) = of(arm, "Databricks workspace")
    assert finding.verdict is verdict
    assert message in finding.message


class NoDatabricks(Token):
    """Of a tenant in which nobody has used Databricks."""

    def get_token(self, *scopes: str, **options: Any) -> AccessToken:
        if DATABRICKS_SCOPE in scopes:
            raise ClientAuthenticationError(
                "AADSTS500011: The resource principal was not found in the tenant."
            )
        return super().get_token(*scopes, **options)


def test_a_tenant_that_has_no_databricks_is_told_how_it_gets_it() -> None:
    with fake_arm(everything_is_right()) as arm:
        (finding,) = (one for one in look(arm, token=NoDatabricks()) if one.stops)
    assert finding.message == (
        "the tenant has no application AzureDatabricks yet; registering the provider makes it"
    )
    assert finding.run.startswith("az provider register --namespace Microsoft.Databricks ")


def test_an_account_that_does_not_answer() -> None:
    with fake_arm({**everything_is_right(), "GET /": [Answer(hang=True)]}) as arm:
        (finding,) = of(arm, "Databricks account")
    assert finding.verdict is Verdict.FAILED
    assert finding.message.startswith("cannot be reached: ")
    assert finding.run == f"curl --head {arm.url}"


def test_before_the_first_deployment_there_is_no_workspace_to_enter() -> None:
    with fake_arm(everything_is_right()) as arm:
        assert of(arm, "Databricks workspace") == []
        (account,) = of(arm, "Databricks account")
        assert account.verdict is Verdict.OK


@pytest.mark.parametrize(
    ("status", "verdict", "message"),
    [
        (200, Verdict.OK, "lets this identity see its workspaces"),
        (401, Verdict.FAILED, "does not accept this identity"),
        (403, Verdict.FAILED, "is no account admin"),
        (404, Verdict.FAILED, "databricks.account_id is wrong"),
        (500, Verdict.FAILED, "answers 500"),
    ],
)
def test_an_account_that_the_stack_changes_is_asked_for_what_its_admins_see(
    status: int, verdict: Verdict, message: str
) -> None:
    account = "e0000000-0000-4000-8000-00000000000a"
    databricks = SETTINGS.databricks
    assert databricks is not None
    given = SETTINGS.model_copy(
        update={
            "databricks": databricks.model_copy(
                update={"account_id": account, "network_connectivity": NetworkConnectivity()}
            )
        }
    )
    answers = everything_is_right()
    answers[f"GET /api/2.0/accounts/{account}/workspaces"] = [Answer([], status)]
    with fake_arm(answers) as arm:
        (finding,) = of(arm, "Databricks account", given)
    assert finding.verdict is verdict
    assert message in finding.message
