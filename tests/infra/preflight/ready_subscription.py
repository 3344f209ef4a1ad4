"""A subscription in which everything is right for dev, as answers of the fake, and a look at it."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Iterator
from typing import Any

from azure.core.credentials import AccessToken
from azure.core.exceptions import ClientAuthenticationError
from azure.core.pipeline import PipelineRequest
from azure.core.pipeline.policies import SansIOHTTPPolicy

from infra.live.session import Patience
from infra.preflight.azure import Azure
from infra.preflight.checks import run
from infra.preflight.expectations import namespaces
from infra.preflight.finding import Finding
from infra.preflight.principals import named_principals
from infra.preflight.task import Task
from infra.settings.platform import PlatformSettings
from tests.infra.preflight.fake_arm import Answer, FakeArm
from tests.infra.preflight.test_expectations import settings_of

SETTINGS = settings_of("dev")
SUBSCRIPTION = f"/subscriptions/{SETTINGS.azure.subscription_id}"
GROUP = f"{SUBSCRIPTION}/resourceGroups/rg-forecast-dev-weu"
OBJECT = "a0000000-0000-4000-8000-000000000070"
ASSIGNMENTS = f"GET {SUBSCRIPTION}/providers/Microsoft.Authorization/roleAssignments"
ROLE = f"{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/owner"
PROVIDERS = f"GET {SUBSCRIPTION}/providers"
FEATURE = (
    f"GET {SUBSCRIPTION}/providers/Microsoft.Features/providers/Microsoft.Compute/features/EncryptionAtHost"
)
LOCATION = "locations/westeurope"
GRAPH = "POST /v1.0/directoryObjects/getByIds"
SIGN_IN = "GET /v1.0/servicePrincipals(appId='e0000000-0000-4000-8000-000000000001')"
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
    warehouse = {"name": {"value": "standardEDSv4Family"}, "limit": 16, "currentValue": 0, "unit": "Count"}
    small = {"name": {"value": "standardEDSv5Family"}, "limit": 24, "currentValue": 0, "unit": "Count"}
    return {
        "GET /": [Answer("")],
        GRAPH: [Answer({"value": directory()})],
        SIGN_IN: [Answer({"appRoleAssignmentRequired": True})],
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
        f"GET {SUBSCRIPTION}/providers/Microsoft.Compute/{LOCATION}/usages": [
            Answer({"value": [usage, warehouse]})
        ],
        f"GET {SUBSCRIPTION}/providers/Microsoft.MachineLearningServices/{LOCATION}/usages": [
            Answer({"value": [usage, small]})
        ],
    }


def look(
    arm: FakeArm,
    *,
    token: Token | None = None,
    fix: bool = False,
    settings: PlatformSettings = SETTINGS,
    **patience: Any,
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
    return run(Task(settings, azure, fix=fix))


def stopping(findings: tuple[Finding, ...]) -> Iterator[Finding]:
    return (finding for finding in findings if finding.stops)
