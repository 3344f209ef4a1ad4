"""`make validate` against ARM on loopback: what it sends, what it makes of every answer, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from infra.azure_judges.__main__ import main
from infra.azure_judges.deployments import STAND_IN
from infra.live.exit_codes import ExitCode
from tests.infra.azure_judges.export_of_a_stack import (
    CLUSTER,
    CONTAINER,
    HUB,
    PLATFORM,
    STORAGE,
    manifest,
    write_export,
)
from tests.infra.azure_judges.landing_zone import AZURE, SUBSCRIPTION, lead_to
from tests.infra.preflight.fake_arm import Answer, FakeArm, fake_arm
from tests.infra.verify.cloud import Refused, Signed
from tests.reference_platform import FOLDER

_DEPLOYMENT = "providers/Microsoft.Resources/deployments/validate-prod-westeurope/validate"
AT_SUBSCRIPTION = f"POST {SUBSCRIPTION}/{_DEPLOYMENT}"
AT_PLATFORM = f"POST {PLATFORM}/{_DEPLOYMENT}"
AT_HUB = f"POST {HUB}/{_DEPLOYMENT}"


def accepted(*identifiers: str, **properties: Any) -> Answer:
    validated = [{"id": one} for one in identifiers]
    return Answer(
        {"properties": {"provisioningState": "Succeeded", "validatedResources": validated, **properties}}
    )


def refused(*details: dict[str, Any], status: int = 400) -> Answer:
    """In the wrapping that ARM puts around every error of its preflight."""
    message = "The template deployment 'validate' is not valid according to the validation procedure."
    inner = {
        "code": "PreflightValidationCheckFailed",
        "message": "Preflight validation failed.",
        "details": details,
    }
    return Answer(
        {"error": {"code": "InvalidTemplateDeployment", "message": message, "details": [inner]}}, status
    )


def answers(**given: Answer) -> dict[str, list[Answer]]:
    """The hub is there, the platform's group is not; ARM accepts everything."""
    return {
        f"GET {SUBSCRIPTION}": [Answer({"state": "Enabled"})],
        f"GET {HUB}": [Answer({"location": "westeurope"})],
        AT_SUBSCRIPTION: [accepted(PLATFORM, STORAGE)],
        AT_HUB: [accepted(HUB)],
    } | {key: [one] for key, one in given.items()}


@pytest.fixture
def export(tmp_path: Path) -> Path:
    return write_export(tmp_path)


def ask(export: Path, *more: str) -> int:
    arguments = ["validate", "--stack", "prod", "--project", str(FOLDER), "--export", str(export)]
    return main([*arguments, *more])


def asked(
    export: Path, given: dict[str, list[Answer]], monkeypatch: pytest.MonkeyPatch, *more: str, **patience: Any
) -> tuple[int, FakeArm]:
    with fake_arm(given) as arm:
        lead_to(arm, monkeypatch, **patience)
        return ask(export, *more), arm


def test_a_group_that_the_stack_creates_is_asked_in_the_deployment_of_its_subscription(
    export: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, arm = asked(export, answers(), monkeypatch)
    assert code == ExitCode.PASSED
    assert [one for one in arm.asked if one.startswith("POST")] == [AT_SUBSCRIPTION, AT_HUB]
    at_subscription, at_hub = arm.bodies
    assert at_subscription["location"] == "westeurope"
    assert "location" not in at_hub
    for body in arm.bodies:
        assert (body["properties"]["mode"], body["properties"]["validationLevel"]) == (
            "Incremental",
            "Provider",
        )
    *_, nested = at_subscription["properties"]["template"]["resources"]
    assert (nested["type"], nested["resourceGroup"]) == (
        "Microsoft.Resources/deployments",
        "rg-forecast-prod-weu",
    )
    assert nested["dependsOn"] == [
        "[subscriptionResourceId('Microsoft.Resources/resourceGroups', 'rg-forecast-prod-weu')]"
    ]
    assert nested["properties"]["mode"] == "Incremental"
    assert nested["properties"]["expressionEvaluationOptions"] == {"scope": "inner"}
    assert nested["properties"]["parameters"] == {
        "sqlPassword": {"value": STAND_IN},
        "certificate": {"value": {"value": STAND_IN}},
    }
    assert nested["properties"]["template"]["resources"][0]["name"] == "stforecastprodweu"
    told = capsys.readouterr().out
    assert told.endswith(
        "prod: ARM would accept every deployment: 2 deployments with 6 resources; nothing was created\n"
    )
    assert "left out: 12: an object of Databricks, which ARM does not know: job-0, job-1" in told
    assert "and 2 more (--format json lists them)" in told


def test_a_group_that_is_there_is_asked_by_itself(export: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = answers() | {f"GET {PLATFORM}": [Answer({})], AT_PLATFORM: [accepted(STORAGE)]}
    code, arm = asked(export, given, monkeypatch, "--level", "read")
    assert code == ExitCode.PASSED
    assert [one for one in arm.asked if one.startswith("POST")] == [AT_SUBSCRIPTION, AT_PLATFORM, AT_HUB]
    assert {body["properties"]["validationLevel"] for body in arm.bodies} == {"ProviderNoRbac"}
    assert len(arm.bodies[0]["properties"]["template"]["resources"]) == 2


def test_a_group_of_nobody_is_told_and_hides_nothing(
    export: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = answers()
    del given[f"GET {HUB}"]
    code, arm = asked(export, given, monkeypatch)
    assert code == ExitCode.FAILED
    assert [one for one in arm.asked if one.startswith("POST")] == [AT_SUBSCRIPTION]
    told = capsys.readouterr().out
    assert f"refused: {HUB}\n    ResourceGroupNotFound: there is no resource group {HUB}" in told


POLICY = {
    "code": "RequestDisallowedByPolicy",
    "target": "stforecastprodweu",
    "message": "Resource 'stforecastprodweu' was disallowed by policy. Reasons: 'Keys are off at Corp.'. See error "
    "details for policy resource IDs.",
    "additionalInfo": [
        {
            "type": "PolicyViolation",
            "info": {
                "policyDefinitionDisplayName": "Storage without keys",
                "policySetDefinitionDisplayName": "Corp baseline",
                "policyAssignmentDisplayName": "baseline",
                "policyAssignmentId": "/providers/Microsoft.Management/managementGroups/corp/providers/x/baseline",
                "evaluationDetails": {
                    "evaluatedExpressions": [
                        {"path": "type", "expressionValue": "a", "targetValue": "a", "operator": "Equals"},
                        {
                            "path": "properties.allowSharedKeyAccess",
                            "expressionValue": True,
                            "targetValue": False,
                            "operator": "NotEquals",
                        },
                        {"path": "tags.owner", "targetValue": "true", "operator": "Exists"},
                    ]
                },
            },
        }
    ],
}


def test_a_refusal_by_policy_names_resource_line_assignment_and_property(
    export: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _ = asked(export, answers(**{AT_SUBSCRIPTION: refused(POLICY)}), monkeypatch)
    assert code == ExitCode.FAILED
    told = capsys.readouterr().out
    assert "refused: lake (azure-native:storage:StorageAccount) at infra/data/lake.py:40\n" in told
    assert (
        "    RequestDisallowedByPolicy: Resource 'stforecastprodweu' was disallowed by policy. Reasons"
        in told
    )
    assert (
        "    policy Storage without keys of initiative Corp baseline, assigned as baseline (/providers/"
        in told
    )
    assert "        properties.allowSharedKeyAccess is True (NotEquals False)\n" in told
    assert "        tags.owner is not set (Exists true)\n" in told
    assert "type is a" not in told
    assert (
        "    change what the policy looks at, or ask for an exemption of the assignment (infra/data/lake.py:40)"
        in told
    )
    assert told.endswith(
        "prod: ARM would refuse it, with 1 error: 2 deployments with 6 resources; nothing was created\n"
    )


QUOTA = (
    "Provisioning of resource(s) for container service aks-forecast-prod-weu in resource group rg-forecast-prod-weu "
    "failed. Message: Operation could not be completed as it results in exceeding approved Total Regional Cores quota."
)


@pytest.mark.parametrize(
    ("error", "whom", "helps"),
    [
        ({"code": "QuotaExceeded", "message": QUOTA}, "cluster (", "ask for more in the portal under Quotas"),
        (
            {
                "code": "SkuNotAvailable",
                "message": f"The requested size for resource '{CLUSTER}' is not available.",
            },
            "cluster (",
            "choose a size, a zone or a region that az vm list-skus offers",
        ),
        (
            {"code": "AccountNameInvalid", "target": "stforecastprodweu/default/curated", "message": "no"},
            "curated (",
            "3 to 24 lower-case letters and digits",
        ),
        (
            {
                "code": "InvalidTemplateDeployment",
                "message": "Authorization failed for template resource 'curated' of type "
                "'Microsoft.Storage/storageAccounts/blobServices/containers'. The client has no permission at scope "
                f"'{CONTAINER}'.",
            },
            "curated (",
            "change the declaration",
        ),
        ({"code": "Unheard", "message": "of"}, SUBSCRIPTION, "change the declaration"),
    ],
)
def test_an_error_is_told_by_what_it_means(
    error: dict[str, Any],
    whom: str,
    helps: str,
    export: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, _ = asked(export, answers(**{AT_SUBSCRIPTION: refused(error)}), monkeypatch)
    assert code == ExitCode.FAILED
    told = capsys.readouterr().out
    assert f"refused: {whom}" in told
    assert f"    {error['code']}: " in told
    assert f"    {helps}" in told
    assert "Preflight validation failed" not in told


def test_every_error_is_told_once_and_of_every_scope(
    export: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sku = {
        "code": "SkuNotAvailable",
        "message": f"The requested size for resource '{CLUSTER}' is not available.",
    }
    given = answers(
        **{AT_SUBSCRIPTION: refused(POLICY, sku, sku), AT_HUB: refused({"code": "X", "message": "y"})}
    )
    assert asked(export, given, monkeypatch, "--format", "json")[0] == ExitCode.FAILED
    told = json.loads(capsys.readouterr().out)
    by_scope = {one["scope"]: [error["code"] for error in one["errors"]] for one in told["deployments"]}
    assert by_scope == {SUBSCRIPTION: ["RequestDisallowedByPolicy", "SkuNotAvailable"], HUB: ["X"]}
    (lake,) = told["deployments"][0]["errors"][0]["resources"]
    assert (lake["id"], lake["place"]) == (STORAGE, {"path": "infra/data/lake.py", "line": 40})
    assert len(told["leftOut"]) == 12


def test_a_success_may_hold_an_error(export: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    error = {"error": {"code": "InvalidTemplate", "message": "no"}}
    for body in (error, {"properties": {"provisioningState": "Failed", **error}}):
        assert asked(export, answers(**{AT_HUB: Answer(body)}), monkeypatch)[0] == ExitCode.FAILED


def test_what_arm_did_not_look_at_is_told(
    export: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    nested = "A nested deployment got short-circuited and all its resources got skipped from validation."
    notes = [
        {"level": "Warning", "code": "NestedDeploymentShortCircuited", "message": nested, "target": PLATFORM}
    ]
    given = answers(**{AT_SUBSCRIPTION: accepted(PLATFORM, diagnostics=notes)})
    assert asked(export, given, monkeypatch)[0] == ExitCode.PASSED
    told = capsys.readouterr().out
    assert f"ARM warns: NestedDeploymentShortCircuited: {PLATFORM}: A nested deployment got" in told
    assert "prod: ARM would accept every deployment; it did not look at everything: 2 deployments" in told


def test_a_validation_that_lasts_is_waited_for(export: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with fake_arm(answers()) as arm:
        later = Answer(
            status=202, headers={"Location": f"{arm.url}/operationresults/one", "Retry-After": "0"}
        )
        again = Answer(status=202, headers={"Retry-After": "soon"})
        arm.answers[AT_HUB.lower()] = [later]
        arm.answers["get /operationresults/one"] = [later, again, refused(POLICY)]
        lead_to(arm, monkeypatch)
        monkeypatch.setattr("infra.azure_judges.validation._PAUSE_SECONDS", 0)
        assert ask(export) == ExitCode.FAILED
        assert arm.asked.count("GET /operationresults/one") == 3


def test_one_that_lasts_too_long_is_left(
    export: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with fake_arm(answers()) as arm:
        arm.answers[AT_HUB.lower()] = [
            Answer(status=202, headers={"Location": f"{arm.url}/operationresults/one", "Retry-After": "60"})
        ]
        lead_to(arm, monkeypatch)
        assert ask(export, "--time-limit", "10") == ExitCode.UNASKED
    told = capsys.readouterr().out
    assert f"not asked: {HUB}: the time was up before ARM had validated the deployment at {HUB}" in told
    assert told.endswith(
        "prod: ARM refuses nothing that it was asked; 1 deployment without a judgement: 2 deployments with 6 "
        "resources; nothing was created\n"
    )


def test_who_is_throttled_asks_again(export: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = answers()
    slow = {"error": {"code": "TooManyRequests"}}
    given[AT_HUB][:0] = [Answer(slow, 429, {"Retry-After": one}) for one in ("0", "soon")]
    given[AT_SUBSCRIPTION].insert(0, Answer({}, 503))
    code, arm = asked(export, given, monkeypatch, retries=2)
    assert code == ExitCode.PASSED
    assert (arm.asked.count(AT_HUB), arm.asked.count(AT_SUBSCRIPTION)) == (3, 2)


FORBIDDEN = {
    "code": "AuthorizationFailed",
    "message": "The client does not have authorization to perform action "
    "'Microsoft.Resources/deployments/validate/action' over scope '/subscriptions'.",
}


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (Answer({"error": FORBIDDEN}, 403), "Microsoft.Resources/deployments/validate/action"),
        (Answer({"error": {"code": "JobSizeExceeded", "message": "too large"}}, 400), "too large"),
        (Answer("<html>", 403), "Azure refuses and says no reason"),
        (Answer("<html>"), "the answer is not ARM's; does a proxy answer in its place?"),
        (Answer({"error": {"code": "Slow"}}, 429, {"Retry-After": "3600"}), "Azure throttles the look at"),
        (Answer("", 413), "Azure answered 413 for the deployment at"),
        (Answer({"error": {"code": "Slow"}}, 429), "Azure throttles the look at the deployment at"),
        (
            Answer({"error": {"code": "Down", "message": "down"}}, 503),
            "Azure answered 503 for the deployment at",
        ),
        (Answer(hang=True), "no answer about the deployment at"),
        (Answer(status=202, headers={"Location": "http://127.0.0.2:9/x"}), "goes on at another host"),
        (Answer(status=202), "Azure does not say where the validation of"),
    ],
)
def test_a_scope_without_a_judgement_is_told_and_hides_none(
    answer: Answer,
    says: str,
    export: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, arm = asked(export, answers(**{AT_SUBSCRIPTION: answer}), monkeypatch, read_seconds=0.3)
    assert code == ExitCode.UNASKED
    assert AT_HUB in arm.asked
    told = capsys.readouterr().out
    assert f"not asked: {SUBSCRIPTION}: " in told
    assert says in told
    # What another scope is refused counts before.
    given = answers(**{AT_SUBSCRIPTION: answer, AT_HUB: refused(POLICY)})
    assert asked(export, given, monkeypatch, read_seconds=0.3)[0] == ExitCode.FAILED


@pytest.mark.parametrize(
    ("credential", "given", "says"),
    [
        (Signed(tid="99999999-1111-1111-1111-111111111111"), answers(), "signed in to 99999999"),
        (
            Refused("management", "AADSTS70043: The refresh token has expired. Trace"),
            answers(),
            "AADSTS70043",
        ),
        (
            Signed(),
            answers(**{AT_SUBSCRIPTION: Answer({"error": {"code": "Expired"}}, 401)}),
            "accept the token",
        ),
        (Signed(), answers(**{f"GET {HUB}": Answer({"error": {"code": "No"}}, 403)}), "may not look at"),
    ],
)
def test_without_a_sign_in_or_a_look_nothing_is_told(
    credential: Signed,
    given: dict[str, list[Answer]],
    says: str,
    export: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with fake_arm(given) as arm:
        lead_to(arm, monkeypatch, credential)
        assert ask(export) == ExitCode.UNASKED
        assert AT_HUB not in arm.asked
    told = capsys.readouterr()
    assert says in told.err
    assert told.out == ""


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"format": 2}, "manifest.json: format is 2; this version reads 1"),
        ({"templates": [{"file": "x.json"}]}, "templates[0] must name its file, and its scope by an ARM id"),
        ({"templates": [{"file": "x.json", "scope": HUB}]}, "x.json: No such file or directory"),
        ({"subscriptionId": "other"}, f"is of subscription other of tenant {AZURE.tenant_id}"),
    ],
)
def test_an_export_of_another_form_or_of_another_subscription_is_refused(
    change: dict[str, Any], says: str, export: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (export / "manifest.json").write_text(json.dumps(manifest() | change), encoding="utf-8")
    assert ask(export) == ExitCode.BAD_SETTINGS
    assert says in capsys.readouterr().err


def test_a_folder_without_an_export_says_what_writes_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(tmp_path) == ExitCode.BAD_SETTINGS
    assert "manifest.json: No such file or directory; make validate writes it" in capsys.readouterr().err
    (tmp_path / "manifest.json").write_text("{")
    assert ask(tmp_path) == ExitCode.BAD_SETTINGS
    assert "manifest.json: is no JSON" in capsys.readouterr().err


def test_what_only_a_service_can_make_up_is_not_asked_and_nothing_waits_for_it(
    export: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The storage account and, inside of it, its container; the cluster waited for both."""
    changed = manifest()
    (lake,) = [one for one in changed["resources"] if one["id"] == STORAGE]
    lake["unknown"] = ["properties.encryption.keyVaultProperties"]
    (export / "manifest.json").write_text(json.dumps(changed), encoding="utf-8")
    template = export / "rg-forecast-prod-weu.json"
    document = json.loads(template.read_text(encoding="utf-8"))
    document["resources"][2]["dependsOn"] = [STORAGE.upper(), CONTAINER]
    template.write_text(json.dumps(document), encoding="utf-8")
    code, arm = asked(export, answers(), monkeypatch)
    assert code == ExitCode.PASSED
    *_, nested = arm.bodies[0]["properties"]["template"]["resources"]
    (cluster,) = nested["properties"]["template"]["resources"]
    assert cluster["name"] == "aks-forecast-prod-weu"
    assert "dependsOn" not in cluster
    told = capsys.readouterr().out
    assert (
        "left out: 1: has what only a service can make up (properties.encryption.keyVaultProperties): lake\n"
        in told
    )
    assert "left out: 1: is inside of lake, which is left out: curated\n" in told
    assert "2 deployments with 4 resources" in told


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            {"resources": [{"name": f"one-{index}"} for index in range(801)]},
            "801 resources, and ARM takes 800",
        ),
        (
            {"parameters": {f"secret{index}": {"type": "securestring"} for index in range(257)}},
            "257 parameters, and ARM takes 256, one for each secret",
        ),
        ({"resources": [{"name": "x" * 5_000_000}]}, "4.8 MB, and ARM takes 4 MB"),
    ],
)
@pytest.mark.parametrize("file", ["rg-forecast-prod-weu.json", "rg-hub.json"])
def test_what_exceeds_arms_limits_is_told_and_not_sent(
    file: str,
    change: dict[str, Any],
    says: str,
    export: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """In a template of its own (the hub's), and in one within that of the subscription (the platform's)."""
    template = export / file
    document = json.loads(template.read_text(encoding="utf-8"))
    template.write_text(json.dumps(document | change), encoding="utf-8")
    code, arm = asked(export, answers(), monkeypatch)
    assert code == ExitCode.UNASKED
    own = file == "rg-hub.json"
    assert [one for one in arm.asked if one.startswith("POST")] == [AT_SUBSCRIPTION if own else AT_HUB]
    told = capsys.readouterr().out
    assert f"not asked: {HUB if own else SUBSCRIPTION}: " in told
    assert f"{says}: put some of them into another resource group\n" in told


def test_an_id_in_another_case_is_the_same(export: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = manifest() | {"tenantId": AZURE.tenant_id.upper()}
    (export / "manifest.json").write_text(json.dumps(changed), encoding="utf-8")
    assert asked(export, answers(), monkeypatch)[0] == ExitCode.PASSED


def test_groups_with_long_names_are_told_apart(export: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A resource group may have 90 letters, a deployment 64."""
    common = "rg-" + "forecasting-and-planning-" * 3
    changed, groups = manifest(), [f"{common}one", f"{common}two"]
    changed["templates"] = [
        {"file": "subscription.json", "scope": SUBSCRIPTION, "location": "westeurope"},
        *({"file": "rg-hub.json", "scope": f"{SUBSCRIPTION}/resourceGroups/{group}"} for group in groups),
    ]
    (export / "manifest.json").write_text(json.dumps(changed), encoding="utf-8")
    template = export / "subscription.json"
    document = json.loads(template.read_text(encoding="utf-8"))
    document["resources"] = [
        {"type": "Microsoft.Resources/resourceGroups", "name": group} for group in groups
    ]
    template.write_text(json.dumps(document), encoding="utf-8")
    _, arm = asked(export, answers(), monkeypatch)
    nested = arm.bodies[0]["properties"]["template"]["resources"][2:]
    assert [one["resourceGroup"] for one in nested] == groups
    assert len({one["name"] for one in nested}) == 2
    assert {len(one["name"]) for one in nested} == {64}


def test_an_id_in_brackets_or_at_a_sentences_end_is_found(
    export: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for message in (f"No address is left ({CONTAINER}).", f"It is in use: {CONTAINER}."):
        asked(export, answers(**{AT_SUBSCRIPTION: refused({"code": "X", "message": message})}), monkeypatch)
        assert "refused: curated (azure-native:storage:BlobContainer)" in capsys.readouterr().out


def test_every_assignment_that_denies_is_named(
    export: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    second = {
        "policyDefinitionDisplayName": "Storage in Europe",
        "policyAssignmentDisplayName": "regions",
        "policyAssignmentId": "/x/regions",
    }
    more = [{"type": "PolicyViolation", "info": second}, {"type": "PolicyViolation"}, {"type": "Other"}]
    both = {**POLICY, "additionalInfo": [*POLICY["additionalInfo"], *more]}
    asked(export, answers(**{AT_SUBSCRIPTION: refused(both)}), monkeypatch)
    told = [line.strip() for line in capsys.readouterr().out.splitlines()]
    named = [line.partition(",")[0] for line in told if line.startswith("policy ")]
    assert named == ["policy Storage without keys of initiative Corp baseline", "policy Storage in Europe"]
