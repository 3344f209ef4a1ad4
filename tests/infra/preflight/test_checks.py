"""The checks against a fake of Azure's endpoints over HTTP: what is right, what is not, and what does not answer."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from azure.core.credentials import AccessToken
from azure.core.exceptions import ClientAuthenticationError
from azure.core.pipeline import PipelineRequest
from azure.core.pipeline.policies import SansIOHTTPPolicy

from infra.preflight.azure import Azure, Patience
from infra.preflight.checks import run
from infra.preflight.expectations import names, namespaces
from infra.preflight.finding import Finding, Verdict, render, to_json
from infra.preflight.principals import named_principals
from infra.preflight.task import Task
from tests.infra.preflight.fake_arm import Answer, FakeArm, fake_arm
from tests.infra.preflight.test_expectations import settings_of

SETTINGS = settings_of("dev")
SUBSCRIPTION = f"/subscriptions/{SETTINGS.azure.subscription_id}"
GROUP = f"{SUBSCRIPTION}/resourceGroups/rg-forecast-dev-weu"
OBJECT = "a0000000-0000-4000-8000-000000000007"
ASSIGNMENTS = f"GET {SUBSCRIPTION}/providers/Microsoft.Authorization/roleAssignments"
ROLE = f"{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/owner"
PROVIDERS = f"GET {SUBSCRIPTION}/providers"
FEATURE = (
    f"GET {SUBSCRIPTION}/providers/Microsoft.Features/providers/Microsoft.Compute/features/EncryptionAtHost"
)
LOCATION = "locations/westeurope"
GRAPH = "POST /v1.0/directoryObjects/getByIds"
DATABRICKS_WORKSPACE = f"GET {GROUP}/providers/Microsoft.Databricks/workspaces/dbw-forecast-dev-weu"


def directory() -> list[dict[str, Any]]:
    """What Microsoft Graph says of everybody whom the stack file names."""
    return [
        {
            "@odata.type": f"#microsoft.graph.{one.kind}",
            "id": one.object_id,
            "displayName": one.name,
            "appId": one.application,
        }
        for one in {one.object_id: one for one in named_principals(SETTINGS)}.values()
    ]


class Token:
    """A credential with a token of these claims."""

    def __init__(self, tenant: str = SETTINGS.azure.tenant_id) -> None:
        claims = base64.urlsafe_b64encode(json.dumps({"tid": tenant, "oid": OBJECT}).encode()).decode()
        self.token = f"header.{claims.rstrip('=')}.signature"

    def get_token(self, *scopes: str, **_options: Any) -> AccessToken:
        assert scopes
        return AccessToken(self.token, int(time.time()) + 3600)


class NoSignIn(Token):
    def get_token(self, *_scopes: str, **_options: Any) -> AccessToken:
        raise ClientAuthenticationError("DefaultAzureCredential failed to retrieve a token")


class AllowHttp(SansIOHTTPPolicy[Any, Any]):
    """azure-core sends tokens over TLS only, unless a request says otherwise: the fake speaks plain HTTP."""

    def on_request(self, request: PipelineRequest[Any]) -> None:
        request.context.options["enforce_https"] = False


def everything_is_right() -> dict[str, list[Answer]]:
    registered = [{"namespace": name, "registrationState": "Registered"} for name in namespaces(SETTINGS)]
    available = {"nameAvailable": True}
    usage = {"name": {"value": "standardDDSv5Family"}, "limit": 500, "currentValue": 8, "unit": "Count"}
    small = {"name": {"value": "standardEDSv5Family"}, "limit": 24, "currentValue": 0, "unit": "Count"}
    return {
        "GET /": [Answer("")],
        GRAPH: [Answer({"value": directory()})],
        f"POST {SUBSCRIPTION}/providers/Microsoft.Synapse/checkNameAvailability": [
            Answer({"available": True})
        ],
        f"POST {SUBSCRIPTION}/providers/Microsoft.CognitiveServices/checkDomainAvailability": [
            Answer({"isSubdomainAvailable": True})
        ],
        f"GET {SUBSCRIPTION}": [
            Answer({"state": "Enabled", "displayName": "dev", "tenantId": SETTINGS.azure.tenant_id})
        ],
        ASSIGNMENTS: [Answer({"value": [{"properties": {"scope": SUBSCRIPTION, "roleDefinitionId": ROLE}}]})],
        f"GET {ROLE}": [Answer({"properties": {"permissions": [{"actions": ["*"], "notActions": []}]}})],
        PROVIDERS: [Answer({"value": registered})],
        FEATURE: [Answer({"properties": {"state": "Registered"}})],
        f"POST {SUBSCRIPTION}/providers/Microsoft.KeyVault/checkNameAvailability": [Answer(available)],
        f"POST {SUBSCRIPTION}/providers/Microsoft.Storage/checkNameAvailability": [Answer(available)],
        f"POST {SUBSCRIPTION}/providers/Microsoft.ContainerRegistry/checkNameAvailability": [
            Answer(available)
        ],
        f"GET {SUBSCRIPTION}/providers/Microsoft.OperationalInsights/deletedWorkspaces": [
            Answer({"value": []})
        ],
        f"GET {SUBSCRIPTION}/providers/Microsoft.Compute/{LOCATION}/usages": [Answer({"value": [usage]})],
        f"GET {SUBSCRIPTION}/providers/Microsoft.MachineLearningServices/{LOCATION}/usages": [
            Answer({"value": [usage, small]})
        ],
    }


@pytest.fixture
def answers() -> dict[str, list[Answer]]:
    return everything_is_right()


def look(
    arm: FakeArm, *, token: Token | None = None, fix: bool = False, **patience: Any
) -> tuple[Finding, ...]:
    azure = Azure(
        token or Token(),
        SETTINGS.azure.subscription_id,
        base_url=arm.url,
        graph_url=arm.url,
        databricks_account_url=arm.url,
        databricks_workspace_scheme="http",
        patience=Patience(**{"read_seconds": 2, "seconds_in_all": 4, "retries": 2, **patience}),
        options={"per_call_policies": [AllowHttp()]},
    )
    return run(Task(SETTINGS, azure, fix=fix))


def stopping(findings: tuple[Finding, ...]) -> Iterator[Finding]:
    return (finding for finding in findings if finding.stops)


def test_a_subscription_that_is_ready(answers: dict[str, list[Answer]]) -> None:
    with fake_arm(answers) as arm:
        findings = look(arm)
    assert list(stopping(findings)) == []
    assert {finding.check for finding in findings} == {
        "tenant and subscription",
        "rights of the deployer",
        "resource providers",
        "features",
        "principals",
        "names",
        "quotas",
        "Databricks account",
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
    assert findings[-1].check == "Databricks account"


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


def test_names_that_are_taken_or_soft_deleted(answers: dict[str, list[Answer]]) -> None:
    expected = {name.generation_key: name.name for name in names(SETTINGS)}
    vault = expected["ml.workspace.key_vault.generation"]
    logs = expected["observability.log_analytics.generation"]
    answers[f"GET {SUBSCRIPTION}/providers/Microsoft.KeyVault/{LOCATION}/deletedVaults/{vault}"] = [
        Answer({"name": vault, "properties": {}})
    ]
    answers[f"GET {SUBSCRIPTION}/providers/Microsoft.OperationalInsights/deletedWorkspaces"] = [
        Answer({"value": [{"name": logs, "location": "westeurope"}]})
    ]
    answers[f"POST {SUBSCRIPTION}/providers/Microsoft.Storage/checkNameAvailability"] = [
        Answer({"nameAvailable": False, "reason": "AlreadyExists"})
    ]
    with fake_arm(answers) as arm:
        found = list(stopping(look(arm)))
    assert {finding.run.split(" --")[0] for finding in found} == {
        "az keyvault recover",
        "az monitor log-analytics workspace recover",
        "raise ml.workspace.storage_account.generation in the stack file, or give existing_resource_id",
        "raise lake.generation in the stack file, or give existing_resource_id",
    }


def test_names_of_our_own_are_no_obstacle(answers: dict[str, list[Answer]]) -> None:
    own = [{"name": name.name, "type": "a/b"} for name in names(SETTINGS)]
    with fake_arm(answers) as arm:
        look(arm)
        group = next(asked for asked in arm.asked if asked.endswith("/resources"))
    answers[group] = [Answer({"value": own})]
    answers[f"POST {SUBSCRIPTION}/providers/Microsoft.Storage/checkNameAvailability"] = [
        Answer({"nameAvailable": False, "reason": "AlreadyExists"})
    ]
    with fake_arm(answers) as arm:
        findings = look(arm)
    assert list(stopping(findings)) == []
    assert sum("exists in this environment already" in finding.message for finding in findings) == len(own)


def usages(**limits: int) -> list[Answer]:
    return [
        Answer(
            {
                "value": [
                    {"name": {"value": name}, "limit": limit, "currentValue": 4, "unit": "Count"}
                    for name, limit in limits.items()
                ]
            }
        )
    ]


def test_a_quota_that_is_too_small(answers: dict[str, list[Answer]]) -> None:
    key = f"GET {SUBSCRIPTION}/providers/Microsoft.Compute/{LOCATION}/usages"
    answers[key] = usages(StandardDDSv5Family=20, cores=45, lowPriorityCores=3)
    with fake_arm(answers) as arm:
        found = [finding.message for finding in stopping(look(arm))]
    assert [message.split(" (4 in use)")[0] for message in found] == [
        "vCPUs of all families in westeurope: 48 vCPU wanted, the subscription allows 45",
        "vCPUs of spot machines in westeurope: 32 vCPU wanted, the subscription allows 3",
        "standardDDSv5Family in westeurope: 32 vCPU wanted, the subscription allows 20",
    ]


def test_a_quota_that_others_use_is_told_and_one_without_a_limit_is_enough(
    answers: dict[str, list[Answer]],
) -> None:
    key = f"GET {SUBSCRIPTION}/providers/Microsoft.Compute/{LOCATION}/usages"
    answers[key] = usages(StandardDDSv5Family=33, standardEDSv4Family=-1)
    with fake_arm(answers) as arm:
        found = {finding.message: finding.verdict for finding in look(arm) if finding.check == "quotas"}
    told = next(message for message in found if message.startswith("standardDDSv5Family in westeurope"))
    assert found[told] is Verdict.NOTE
    assert "4 are in use: enough where those are this stack's own" in told
    assert found["standardEDSv4Family: 16 vCPU, without a limit"] is Verdict.OK


def test_azure_mls_quotas_are_found_by_their_long_names(answers: dict[str, list[Answer]]) -> None:
    key = f"GET {SUBSCRIPTION}/providers/Microsoft.MachineLearningServices/{LOCATION}/usages"
    names_of = {
        "Standard DDSv5 Family Cluster Dedicated vCPUs": 8,
        "Standard EDSv5 Family Cluster Dedicated vCPUs": 24,
        "Total Cluster Dedicated Regional vCPUs": 10,
    }
    listed = [
        {"name": {"localizedValue": name}, "limit": limit, "currentValue": 0, "unit": "Count"}
        for name, limit in names_of.items()
    ]
    answers[key] = [Answer({"value": listed})]
    with fake_arm(answers) as arm:
        found = [finding.message for finding in stopping(look(arm))]
    assert [message.split(";")[0] for message in found] == [
        "vCPUs of all families in westeurope: 20 vCPU wanted, Azure ML allows 10 (0 in use)",
        "standardDDSv5Family in westeurope: 16 vCPU wanted, Azure ML allows 8 (0 in use)",
    ]


def test_names_of_synapse_and_ai_services(answers: dict[str, list[Answer]]) -> None:
    answers[f"POST {SUBSCRIPTION}/providers/Microsoft.Synapse/checkNameAvailability"] = [
        Answer({"available": False, "reason": "AlreadyExists"})
    ]
    with fake_arm(answers) as arm:
        (finding,) = stopping(look(arm))
    assert finding.run.startswith("raise synapse.generation in the stack file")


def test_the_findings_as_json(answers: dict[str, list[Answer]]) -> None:
    with fake_arm(answers) as arm:
        findings = look(arm)
    listed = json.loads(to_json(findings))
    assert [one["message"] for one in listed] == [finding.message for finding in findings]
    assert {one["verdict"] for one in listed} <= set(Verdict)
    assert not any(one["stops"] for one in listed)
