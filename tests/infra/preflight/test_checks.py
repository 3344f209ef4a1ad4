"""The checks against a fake of Azure's endpoints over HTTP: what is right, what is not, and what does not answer."""

from __future__ import annotations

import json
from typing import Any

import pytest
from azure.core.credentials import AccessToken
from azure.core.exceptions import ClientAuthenticationError

from infra.preflight.finding import Verdict, render, to_json
from tests.infra.preflight.fake_arm import Answer, fake_arm
from tests.infra.preflight.ready_subscription import (
    ASSIGNMENTS,
    FEATURE,
    GROUP,
    OBJECT,
    PROVIDERS,
    ROLE,
    SETTINGS,
    SUBSCRIPTION,
    NoSignIn,
    Token,
    everything_is_right,
    look,
    stopping,
)


@pytest.fixture
def answers() -> dict[str, list[Answer]]:
    return everything_is_right()


def test_a_subscription_that_is_ready(answers: dict[str, list[Answer]]) -> None:
    with fake_arm(answers) as arm:
        findings = look(arm)
    assert list(stopping(findings)) == []
    assert {finding.check for finding in findings} == {
        "review rules",
        "tenant and subscription",
        "rights of the deployer",
        "resource providers",
        "registered features",
        "principals",
        "sign in of apps",
        "names",
        "quotas",
        "Databricks account",
        "validation by ARM",
    }
    assert render(findings).endswith("ready to deploy\n")


def test_another_tenant_ends_the_look(answers: dict[str, list[Answer]]) -> None:
    with fake_arm(answers) as arm:
        (finding,) = look(arm, token=Token(tenant="99999999-1111-1111-1111-111111111111"), fix=True)
        assert arm.asked == []
    assert finding.verdict is Verdict.FAILED
    assert finding.run == f"az login --tenant {SETTINGS.azure.tenant_id}"


def test_no_sign_in(answers: dict[str, list[Answer]]) -> None:
    with fake_arm(answers) as arm:
        (finding,) = look(arm, token=NoSignIn())
    assert (finding.verdict, finding.run) == (
        Verdict.UNKNOWN,
        f"az login --tenant {SETTINGS.azure.tenant_id}",
    )
    assert "nobody is signed in: no az login" in finding.message


def test_a_sign_in_that_has_expired_says_what_entra_says(answers: dict[str, list[Answer]]) -> None:
    class Expired(Token):
        def get_token(self, *_scopes: str, **_options: Any) -> AccessToken:
            raise ClientAuthenticationError(
                "DefaultAzureCredential failed to retrieve a token from the included credentials.\n"
                "AzureCliCredential: ERROR: AADSTS70043: The refresh token has expired or is invalid. Trace ID: 1"
            )

    with fake_arm(answers) as arm:
        (finding,) = look(arm, token=Expired())
    assert "(AADSTS70043: The refresh token has expired or is invalid.)" in finding.message


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (Answer({"error": {"code": "SubscriptionNotFound", "message": "no"}}, 404), "there is no 2222"),
        (Answer({"state": "Disabled", "tenantId": SETTINGS.azure.tenant_id}), "is disabled"),
        (Answer({"state": "Enabled", "tenantId": "another"}), "belongs to tenant another"),
        (Answer({"error": {"code": "InvalidAuthenticationToken", "message": "expired"}}, 401), "the sign-in"),
        (Answer(hang=True), "no answer about the subscription"),
    ],
)
def test_a_subscription_that_is_not_there(
    answers: dict[str, list[Answer]], answer: Answer, message: str
) -> None:
    answers[f"GET {SUBSCRIPTION}"] = [answer]
    with fake_arm(answers) as arm:
        (finding,) = look(arm, read_seconds=0.2, retries=1)
    assert finding.stops
    assert message in finding.message
    assert finding.run.startswith("az ")


def test_rights_are_added_up_over_pages(answers: dict[str, list[Answer]]) -> None:
    def role(name: str) -> dict[str, Any]:
        return {"properties": {"scope": SUBSCRIPTION, "roleDefinitionId": f"{ROLE}-{name}"}}

    below = {"properties": {"scope": GROUP, "roleDefinitionId": ROLE}}
    answers[ASSIGNMENTS] = [
        Answer({"value": [role("contributor"), below], "nextLink": "{url}/more?page=2"}),
    ]
    answers["GET /more"] = [Answer({"value": [role("grants")]})]
    answers[f"GET {ROLE}-contributor"] = [
        Answer(
            {
                "properties": {
                    "permissions": [{"actions": ["*"], "notActions": ["Microsoft.Authorization/*/Write"]}]
                }
            }
        )
    ]
    answers[f"GET {ROLE}-grants"] = [
        Answer({"properties": {"permissions": [{"actions": ["Microsoft.Authorization/roleAssignments/*"]}]}})
    ]
    with fake_arm(answers) as arm:
        found = [finding for finding in look(arm) if finding.check == "rights of the deployer"]
    assert [finding.verdict for finding in found] == [Verdict.OK, Verdict.NOTE]
    answers["GET /more"] = [Answer({"value": []})]
    with fake_arm(answers) as arm:
        (missing,) = stopping(look(arm))
    assert missing.run == (
        f'az role assignment create --assignee {OBJECT} --role "Role Based Access Control Administrator" '
        f"--scope {SUBSCRIPTION}"
    )


def test_a_provider_is_registered_only_when_asked(answers: dict[str, list[Answer]]) -> None:
    states = answers[PROVIDERS][0].body["value"]
    for state in states:
        if state["namespace"] == "Microsoft.Databricks":
            state["registrationState"] = "NotRegistered"
    register = f"POST {SUBSCRIPTION}/providers/Microsoft.Databricks/register"
    answers[register] = [Answer({"namespace": "Microsoft.Databricks", "registrationState": "Registering"})]
    with fake_arm(answers) as arm:
        (finding,) = stopping(look(arm))
        assert finding.run.startswith("az provider register --namespace Microsoft.Databricks")
        assert register not in arm.asked
    with fake_arm(answers) as arm:
        assert list(stopping(look(arm, fix=True))) == []
        assert register in arm.asked


def test_a_feature_is_registered_only_when_asked(answers: dict[str, list[Answer]]) -> None:
    compute = f"{SUBSCRIPTION}/providers/Microsoft.Compute"
    registration = (
        f"PUT {SUBSCRIPTION}/providers/Microsoft.Features/featureProviders/Microsoft.Compute"
        "/subscriptionFeatureRegistrations/EncryptionAtHost"
    )
    answers[FEATURE] = [Answer({"properties": {"state": "NotRegistered"}})]
    answers[registration] = [Answer({"properties": {"state": "Registering"}})]
    answers[f"POST {compute}/register"] = [Answer({"namespace": "Microsoft.Compute"})]
    with fake_arm(answers) as arm:
        (finding,) = stopping(look(arm))
        assert finding.message == "Microsoft.Compute/EncryptionAtHost is not registered"
        assert finding.run == "az feature register --namespace Microsoft.Compute --name EncryptionAtHost"
        assert registration not in arm.asked
        assert not list(stopping(look(arm, fix=True)))
    assert arm.asked.index(registration) < arm.asked.index(f"POST {compute}/register")


def test_who_may_not_look_is_told_the_role_and_hides_nothing_else(answers: dict[str, list[Answer]]) -> None:
    answers[PROVIDERS] = [Answer({"error": {"code": "AuthorizationFailed", "message": "no"}}, 403)]
    with fake_arm(answers) as arm:
        findings = look(arm)
    (finding,) = stopping(findings)
    assert finding.verdict is Verdict.UNKNOWN
    assert finding.message == "this identity may not look at resource providers: it needs Reader"
    assert [finding.check for finding in findings][-3:] == [
        "Databricks account",
        "validation by ARM",
        "review rules",
    ]


def test_a_throttled_request_waits_as_long_as_azure_says(answers: dict[str, list[Answer]]) -> None:
    throttled = Answer(
        {"error": {"code": "TooManyRequests", "message": "slow down"}}, 429, {"Retry-After": "1"}
    )
    answers[PROVIDERS] = [throttled, *answers[PROVIDERS]]
    with fake_arm(answers) as arm:
        assert list(stopping(look(arm))) == []
        assert arm.asked.count(PROVIDERS) == 2
    answers[PROVIDERS] = [Answer({}, 429, {"Retry-After": "0"})]
    with fake_arm(answers) as arm:
        (finding,) = stopping(look(arm))
    assert finding.message == "Azure throttles the look at resource providers"


def test_the_findings_as_json(answers: dict[str, list[Answer]]) -> None:
    with fake_arm(answers) as arm:
        findings = look(arm)
    listed = json.loads(to_json(findings))
    assert [one["message"] for one in listed] == [finding.message for finding in findings]
    assert {one["verdict"] for one in listed} <= set(Verdict)
    assert not any(one["stops"] for one in listed)
