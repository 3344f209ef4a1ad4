"""Each trial of the table of actions against a fake: what an answer says of the promise, and what was asked for it."""

from __future__ import annotations

import base64

import pytest

from azure_facts.action_tables.action import Trial
from infra.verify.outcome import Outcome, Verdict
from infra.verify.tries.table import TRIES
from tests.infra.preflight.fake_arm import Answer
from tests.infra.verify.cloud import (
    ADB,
    CLUSTER,
    CURATED,
    DATABRICKS,
    ENDPOINT,
    GROUP,
    LAKE,
    LOGS,
    ML,
    REGISTRY,
    VAULT,
    Refused,
    cloud,
    output,
    promise,
)

PERMISSIONS = "providers/Microsoft.Authorization/permissions"
BLOBS = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs"


def allows(*, actions: tuple[str, ...] = (), data: tuple[str, ...] = ()) -> Answer:
    return Answer({"value": [{"actions": list(actions), "notActions": [], "dataActions": list(data)}]})


def found(outcome: Outcome) -> str:
    step = outcome.telling or outcome.steps[-1]
    return step.found


def test_every_trial_has_a_try() -> None:
    assert set(TRIES) == set(Trial) - {Trial.CONNECT, Trial.NONE}


@pytest.mark.parametrize(
    ("does", "on", "asks"),
    [
        ("read blobs", CURATED, "GET stlake.blob.core.windows.net/curated"),
        ("read blobs", LAKE, "GET stlake.blob.core.windows.net/"),
        ("see secrets", VAULT, "GET kv-one.vault.azure.net/secrets"),
        ("read secrets", f"{VAULT}/secrets/git", "GET kv-one.vault.azure.net/secrets/git/versions"),
        ("see resources", LAKE, f"GET {LAKE}"),
        ("read files", f"{LAKE}/fileServices/default/shares/code", "GET stlake.file.core.windows.net/code"),
    ],
)
def test_what_reads_is_tried_by_reading_one_entry(does: str, on: str, asks: str) -> None:
    with cloud({asks: [Answer({})]}) as platform:
        assert platform.outcome(does, on).verdict is Verdict.PASSED


def test_paths_are_listed_where_the_promise_goes_over_dfs() -> None:
    with cloud({"GET stlake.dfs.core.windows.net/curated": [Answer({})]}) as platform:
        outcome = platform.outcome("read blobs", CURATED, over={"group": "dfs", "port": 443})
        assert outcome.verdict is Verdict.PASSED
        assert platform.credential.asked.count("https://storage.azure.com/.default") >= 1


def test_nothing_is_written_to_see_whether_it_can_be() -> None:
    listed = {"GET stlake.blob.core.windows.net/curated": [Answer({})]}
    asks = f"GET {CURATED}/{PERMISSIONS}"
    writes = (f"{BLOBS}/read", f"{BLOBS}/write", f"{BLOBS}/add/action")
    with cloud({**listed, asks: [allows(data=writes)]}) as platform:
        assert platform.outcome("write blobs", CURATED).verdict is Verdict.PASSED
        assert not [asked for asked in platform.arm.asked if not asked.startswith("GET")]
    with cloud({**listed, asks: [allows(data=writes[:1])]}) as platform:
        outcome = platform.outcome("write blobs", CURATED)
        assert (outcome.verdict, found(outcome)) == (
            Verdict.FAILED,
            f"not allowed: {BLOBS}/write, {BLOBS}/add/action",
        )
    with cloud({**listed, asks: [Answer({}, 403)]}) as platform:
        assert platform.outcome("write blobs", CURATED).verdict is Verdict.ELSEWHERE


@pytest.mark.parametrize(
    ("answer", "verdict", "says"),
    [
        (
            Answer({"error": {"code": "Forbidden", "innererror": {"code": "ForbiddenByRbac"}}}, 403),
            Verdict.FAILED,
            "ForbiddenByRbac",
        ),
        (
            Answer({"error": {"code": "Unauthorized", "message": "AKV10032: invalid issuer"}}, 401),
            Verdict.FAILED,
            "invalid issuer",
        ),
        (Answer({}, 404), Verdict.FAILED, "404"),
        (Answer({}, 429, {"Retry-After": "0"}), Verdict.ELSEWHERE, "throttled"),
        (Answer({}, 503, {"Retry-After": "0"}), Verdict.FAILED, "503"),
        (Answer({}, hang=True), Verdict.FAILED, "no answer about kv-one.vault.azure.net"),
        (
            Answer({}, 403, {"x-ms-error-code": "AuthorizationFailure"}),
            Verdict.FAILED,
            "AuthorizationFailure",
        ),
    ],
    ids=["403", "401", "404", "429", "503", "time-out", "firewall"],
)
def test_an_answer_says_what_to_do(answer: Answer, verdict: Verdict, says: str) -> None:
    with cloud({"GET kv-one.vault.azure.net/secrets": [answer]}) as platform:
        outcome = platform.outcome("see secrets", VAULT)
    assert outcome.verdict is verdict
    assert outcome.telling is not None
    assert says in outcome.telling.found
    assert outcome.telling.to_do


def test_a_throttled_call_waits_as_long_as_the_service_says_and_passes_then() -> None:
    slow = Answer({}, 429, {"Retry-After": "1"})
    with cloud({"GET kv-one.vault.azure.net/secrets": [slow, Answer({})]}) as platform:
        assert platform.outcome("see secrets", VAULT).verdict is Verdict.PASSED


def test_a_token_that_is_not_granted_breaks_the_promise() -> None:
    refused = Refused("vault.azure.net", "AADSTS500011: The resource principal was not found in the tenant.")
    with cloud({}, credential=refused) as platform:
        outcome = platform.outcome("see secrets", VAULT)
        assert (outcome.verdict, [step.name for step in outcome.steps][-1]) == (Verdict.FAILED, "token")
        assert "AADSTS500011" in found(outcome)


def test_permissions_are_asked_page_by_page_and_groups_count() -> None:
    asks = f"GET {ML}/{PERMISSIONS}"
    more = Answer({"value": [], "nextLink": "{url}" + f"{ML}/{PERMISSIONS}"})
    read = "Microsoft.MachineLearningServices/workspaces/*/read"
    with cloud({f"GET {ML}": [ml_workspace()], asks: [more, allows(actions=(read,))]}) as platform:
        assert platform.outcome("read models", ML).verdict is Verdict.PASSED


def ml_workspace() -> Answer:
    return Answer(
        {"location": "westeurope", "properties": {"workspaceId": "b0000000-0000-4000-8000-000000000001"}}
    )


def test_the_registry_exchanges_the_token() -> None:
    asks, rights = "POST crone.azurecr.io/oauth2/exchange", f"GET {REGISTRY}/{PERMISSIONS}"
    pull = "Microsoft.ContainerRegistry/registries/pull/read"
    with cloud({asks: [Answer({"refresh_token": "t"})], rights: [allows(actions=(pull,))]}) as platform:
        assert platform.outcome("pull images", REGISTRY).verdict is Verdict.PASSED
        assert any(
            "grant_type=access_token&service=crone.azurecr.io" in str(body) for body in platform.arm.bodies
        )
    with cloud({asks: [Answer({}, 401)]}) as platform:
        assert platform.outcome("pull images", REGISTRY).verdict is Verdict.FAILED


def test_logs_are_asked_for_one_constant_row() -> None:
    with cloud({f"POST api.loganalytics.azure.com/v1{LOGS}/query": [Answer({"tables": []})]}) as platform:
        assert platform.outcome("read logs", LOGS).verdict is Verdict.PASSED
        assert platform.arm.bodies == [{"query": "print 1"}]


@pytest.mark.parametrize(
    ("mode", "tells", "answer"),
    [
        ("Key", "listKeys", {"primaryKey": "k"}),
        ("AMLToken", "token", {"accessToken": "k"}),
        ("AADToken", "", {}),
    ],
)
def test_an_endpoint_describes_itself_to_its_own_credential(
    mode: str, tells: str, answer: dict[str, str]
) -> None:
    scoring = "https://demand.westeurope.inference.ml.azure.com/score"
    swagger = scoring.replace("score", "swagger.json")
    properties = {"scoringUri": scoring, "swaggerUri": swagger, "authMode": mode}
    answers = {
        f"GET {ENDPOINT}": [Answer({"properties": properties})],
        f"POST {ENDPOINT}/{tells}": [Answer(answer)],
        "GET demand.westeurope.inference.ml.azure.com/swagger.json": [Answer({"swagger": "2.0"})],
    }
    with cloud(answers) as platform:
        assert platform.outcome("score", ENDPOINT).verdict is Verdict.PASSED
        assert [asked for asked in platform.arm.asked if asked.startswith("POST")] == (
            [f"POST {ENDPOINT}/{tells}"] if tells else []
        )


def listed(part: str, **properties: str) -> Answer:
    return Answer({"value": [{"id": f"{ML}/{part}", "properties": properties}]})


def submits_jobs() -> dict[str, list[Answer]]:
    return {
        f"GET {ML}": [ml_workspace()],
        f"GET {ML}/{PERMISSIONS}": [allows(actions=("Microsoft.MachineLearningServices/workspaces/*",))],
        f"GET {ML}/computes": [listed("computes/cpu", computeType="AmlCompute")],
        f"GET {ML}/environments": [listed("environments/train", latestVersion="3")],
    }


def test_no_job_starts_where_none_is_asked_for() -> None:
    with cloud(submits_jobs()) as platform:
        assert platform.outcome("submit a training job", ML).verdict is Verdict.PASSED
        assert not [asked for asked in platform.arm.asked if asked.startswith("PUT")]


@pytest.mark.parametrize(("status", "verdict"), [("Completed", Verdict.PASSED), ("Failed", Verdict.FAILED)])
def test_a_job_that_does_nothing_runs_where_runs_are_asked_for(
    status: str, verdict: Verdict, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("infra.verify.tries.machine_learning.new_name", lambda: "verify-1")
    job = {
        f"PUT {ML}/jobs/verify-1": [Answer({}, 201)],
        f"GET {ML}/jobs/verify-1": [Answer({"properties": {"status": status}})],
    }
    with cloud(submits_jobs() | job) as platform:
        outcome = platform.outcome("submit a training job", ML, run=True)
        assert (outcome.verdict, "verify-1" in found(outcome)) == (verdict, True)
        sent = platform.arm.bodies[-1]["properties"]
        assert (sent["command"], sent["computeId"]) == ("true", f"{ML}/computes/cpu")
        assert sent["environmentId"] == f"{ML}/environments/train/versions/3"


def test_a_workspace_without_a_cluster_runs_nothing() -> None:
    answers = submits_jobs() | {f"GET {ML}/computes": [Answer({"value": []})]}
    with cloud(answers) as platform:
        assert platform.outcome("submit a training job", ML, run=True).verdict is Verdict.ELSEWHERE


def workspace() -> dict[str, list[Answer]]:
    return {f"GET {DATABRICKS}": [Answer({"properties": {"workspaceUrl": ADB}})]}


def databricks(**objects: Answer) -> dict[str, list[Answer]]:
    me = {
        "userName": "somebody@example.com",
        "groups": [{"display": "analysts"}],
        "entitlements": [{"value": "workspace-access"}],
    }
    return {
        **workspace(),
        f"GET {ADB}/api/2.0/preview/scim/v2/Me": [Answer(me)],
        **{f"GET {ADB}/api/{path}": [answer] for path, answer in objects.items()},
    }


def on(kind: str, name: str) -> str:
    return f"databricks:{kind}/{name}@{DATABRICKS}"


WAREHOUSES = {"2.0/sql/warehouses": Answer({"warehouses": [{"id": "w1", "name": "bi"}]})}


@pytest.mark.parametrize(
    ("state", "verdict"),
    [("SUCCEEDED", Verdict.PASSED), ("CANCELED", Verdict.ELSEWHERE), ("FAILED", Verdict.FAILED)],
)
def test_a_warehouse_answers_select_one(state: str, verdict: Verdict) -> None:
    statement = {f"POST {ADB}/api/2.0/sql/statements": [Answer({"status": {"state": state}})]}
    with cloud(databricks(**WAREHOUSES) | statement) as platform:
        assert platform.outcome("query the SQL warehouse", on("warehouse", "bi")).verdict is verdict
        assert platform.arm.bodies[-1]["statement"] == "SELECT 1"


SYNAPSE = f"{GROUP}/providers/Microsoft.Synapse/workspaces/synw-one"


def test_of_synapse_a_token_is_asked_and_the_query_is_left_to_hand() -> None:
    with cloud({}) as platform:
        outcome = platform.outcome("run SQL (serverless)", SYNAPSE)
        assert "https://database.windows.net/.default" in platform.credential.asked
    assert outcome.verdict is Verdict.ELSEWHERE
    assert outcome.telling is not None
    assert "sqlcmd -S synw-one-ondemand.sql.azuresynapse.net" in outcome.telling.to_do


def test_of_synapse_a_token_that_is_refused_breaks_the_promise() -> None:
    refused = Refused(
        "database.windows.net", "AADSTS53003: Access has been blocked by Conditional Access policies."
    )
    with cloud({}, credential=refused) as platform:
        outcome = platform.outcome("run SQL (serverless)", SYNAPSE)
    assert outcome.verdict is Verdict.FAILED
    assert "AADSTS53003" in found(outcome)


def test_a_warehouse_that_is_not_seen_is_missed() -> None:
    with cloud(databricks(**WAREHOUSES)) as platform:
        outcome = platform.outcome("query the SQL warehouse", on("warehouse", "etl"))
        assert (outcome.verdict, found(outcome)) == (Verdict.FAILED, "this identity sees no warehouse etl")


@pytest.mark.parametrize(("level", "verdict"), [("CAN_MANAGE", Verdict.PASSED), ("CAN_VIEW", Verdict.FAILED)])
def test_a_level_on_an_object_counts_for_the_callers_groups(level: str, verdict: Verdict) -> None:
    entry = {"group_name": "analysts", "all_permissions": [{"permission_level": level}]}
    objects = {
        "2.2/jobs/list": Answer({"jobs": [{"job_id": 7, "settings": {"name": "train"}}]}),
        "2.0/permissions/jobs/7": Answer({"access_control_list": [entry]}),
    }
    with cloud(databricks(**objects)) as platform:
        assert platform.outcome("start a Databricks job", on("job", "train")).verdict is verdict


def test_an_access_list_that_the_caller_may_not_read_tells_nothing() -> None:
    objects = {
        "2.2/jobs/list": Answer({"jobs": [{"job_id": 7, "settings": {"name": "train"}}]}),
        "2.0/permissions/jobs/7": Answer({}, 403),
    }
    with cloud(databricks(**objects)) as platform:
        assert platform.outcome("see a Databricks job", on("job", "train")).verdict is Verdict.ELSEWHERE


def given(*names: str) -> Answer:
    return Answer({"privilege_assignments": [{"privileges": [{"privilege": name} for name in names]}]})


def test_privileges_add_up_over_what_contains_the_object() -> None:
    effective = "2.1/unity-catalog/effective-permissions"
    objects = {
        f"{effective}/table/lake.gold.sales": given("SELECT", "MODIFY"),
        f"{effective}/schema/lake.gold": given("USE_SCHEMA"),
        f"{effective}/catalog/lake": given("USE_CATALOG"),
    }
    with cloud(databricks(**objects)) as platform:
        assert platform.outcome("write table", on("table", "lake.gold.sales")).verdict is Verdict.PASSED
    del objects[f"{effective}/catalog/lake"]
    with cloud(databricks(**objects)) as platform:
        outcome = platform.outcome("write table", on("table", "lake.gold.sales"))
        assert (outcome.verdict, found(outcome)) == (
            Verdict.FAILED,
            "table lake.gold.sales: USE_CATALOG is not held",
        )


def test_who_is_not_let_in_is_told_so() -> None:
    answers = databricks() | {f"GET {ADB}/api/2.0/preview/scim/v2/Me": [Answer({"error_code": "403"}, 403)]}
    with cloud(answers) as platform:
        outcome = platform.outcome("enter Databricks", on("workspace", ""))
        assert (outcome.verdict, found(outcome)) == (Verdict.FAILED, "entering the workspace: 403 403")


@pytest.mark.parametrize(("allowed", "verdict"), [(True, Verdict.PASSED), (False, Verdict.FAILED)])
def test_the_api_server_says_what_the_caller_may(allowed: bool, verdict: Verdict) -> None:  # noqa: FBT001
    server = "https://aks-one.hcp.westeurope.azmk8s.io"
    kubeconfig = f"clusters: [{{cluster: {{server: '{server}'}}}}]"
    value = base64.b64encode(kubeconfig.encode()).decode()
    answers = {
        f"GET {CLUSTER}": [Answer({"properties": {"fqdn": "aks-one.hcp.westeurope.azmk8s.io"}})],
        f"POST {CLUSTER}/listClusterUserCredential": [Answer({"kubeconfigs": [{"value": value}]})],
        "POST aks-one.hcp.westeurope.azmk8s.io/apis/authorization.k8s.io/v1/selfsubjectaccessreviews": [
            Answer({"status": {"allowed": allowed}})
        ],
    }
    with cloud(answers) as platform:
        assert platform.outcome("kubectl get", CLUSTER).verdict is verdict
        assert platform.arm.bodies[-1]["spec"] == {
            "resourceAttributes": {"verb": "get", "resource": "pods", "group": ""}
        }


@pytest.mark.parametrize(
    ("group", "verdict"), [("analysts", Verdict.PASSED), ("engineers", Verdict.ELSEWHERE)]
)
def test_databricks_says_of_its_own_groups(group: str, verdict: Verdict) -> None:
    with cloud(databricks()) as platform:
        outcome = platform.outcome("enter Databricks", on("workspace", ""), who={"group": group})
    assert (outcome.verdict, outcome.steps[-1].name) == (
        verdict,
        "call" if verdict is Verdict.PASSED else "who",
    )


def test_the_road_to_one_app_is_the_road_to_all_of_an_environment() -> None:
    environment = f"{GROUP}/providers/Microsoft.App/managedEnvironments/cae-one"
    ingress = {"configuration": {"ingress": {"fqdn": "ui.example.azurecontainerapps.io"}}}
    apps = {"value": [{"properties": {"environmentId": environment, **ingress}}]}
    with cloud({f"GET {GROUP}/providers/Microsoft.App/containerApps": [Answer(apps)]}) as platform:
        outcome = platform.outcome("open the app", environment)
        assert outcome.verdict is Verdict.PASSED
        assert "ui.example.azurecontainerapps.io" in outcome.steps[0].found
    with cloud({f"GET {GROUP}/providers/Microsoft.App/containerApps": [Answer({"value": []})]}) as platform:
        assert platform.outcome("open the app", environment).verdict is Verdict.FAILED


def test_what_answers_in_another_form_is_not_the_service() -> None:
    """A page of a proxy, with a status of 200."""
    with cloud({f"GET {ADB}/api/2.0/preview/scim/v2/Me": [Answer("<html>")], **workspace()}) as platform:
        outcome = platform.outcome("enter Databricks", on("workspace", ""))
    assert outcome.verdict is Verdict.FAILED


def test_the_stacks_outputs_spare_a_reading() -> None:
    url = {"workspace_resource_id": DATABRICKS, "workspace_url": ADB}
    answers = {key: answer for key, answer in databricks().items() if key != f"GET {DATABRICKS}"}
    with cloud(answers) as platform:
        report = platform.report(
            output(one=promise("enter Databricks", on("workspace", ""))), outputs={"databricks": url}
        )
        assert [outcome.verdict for outcome in report.run.outcomes] == [Verdict.PASSED]
        assert f"GET {DATABRICKS}" not in platform.arm.asked
