"""Effects and assignments at the edges of the language, each with what Azure's documentation says of it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from rehearsal.azure_policy.evaluation import evaluate
from rehearsal.azure_policy.policy_file import read_policy_file
from rehearsal.export.arm_resource import ArmResource
from rehearsal.model.values import UNKNOWN, UNKNOWN_TEXT, Json, JsonObject
from tests.rehearsal.azure_policy.catalogue import (
    SUBSCRIPTION,
    TODAY,
    Entry,
    aliases,
    arm_resource,
    assignment,
    document,
    evaluated,
    group,
    of_entry,
)
from tests.rehearsal.azure_policy.rules import (
    STORAGE,
    TYPE,
    account,
    found,
    of_accounts,
    outcome,
    policy,
    two,
)

TLS = f"{STORAGE}/minimumTlsVersion"
BLOBS = f"{STORAGE}/blobServices"
SETTINGS = "Microsoft.Insights/diagnosticSettings"
SCOPE = f"/subscriptions/{SUBSCRIPTION}"
ANY: Json = {"field": "type", "notEquals": "Microsoft.Resources/subscriptions/resourceGroups"}
NO_DELETION: Json = {"actionNames": ["delete"]}


def resource(kind: str, name: str, **parts: Json) -> ArmResource:
    return arm_resource({"type": kind, "name": name, "body": {"properties": {}}, **parts})


@pytest.mark.parametrize(
    ("kind", "refused"),
    [
        ("Microsoft.Storage/storageAccounts", True),
        ("Microsoft.Authorization/locks", False),
        ("Microsoft.Authorization/policyAssignments", False),
    ],
)
def test_deletion_of_what_could_lock_people_out_is_never_refused(
    kind: str,
    refused: bool,  # noqa: FBT001
    tmp_path: Path,
) -> None:
    entry = policy(ANY, "denyAction", NO_DELETION)
    assert outcome(tmp_path, entry, resource(kind, "one")) == ({"refuses deletion"} if refused else set())


@pytest.mark.parametrize(
    ("effect", "mode", "reason"),
    [
        ("AuditAction", "All", "no request to create or change a resource meets effect auditAction"),
        (
            "enforceSetting",
            "Microsoft.MachineLearningServices.v2.Data",
            "a resource provider judges mode microsoft.machinelearningservices.v2.data",
        ),
        (
            "EnforceRegoPolicy",
            "Microsoft.ContainerService.Data",
            "a resource provider judges mode microsoft.containerservice.data",
        ),
    ],
)
def test_effects_of_built_in_definitions_that_no_page_lists(
    effect: str, mode: str, reason: str, tmp_path: Path
) -> None:
    """They are as they should be, and no finding."""
    result = found(tmp_path, policy(TYPE, effect, mode=mode), account())
    assert [one.reason for one in result.summary.unevaluated] == [reason]
    assert result.findings == ()


FAILS: Json = {"value": "[substring(field('name'), 0, 30)]", "equals": "x"}


@pytest.mark.parametrize(
    ("effect", "details", "expected"),
    [
        ("deny", None, {"denied"}),
        ("audit", None, {"denied"}),
        ("denyAction", NO_DELETION, {"undecided"}),
        ("auditIfNotExists", {"type": SETTINGS}, {"undecided"}),
    ],
)
def test_a_failure_denies_where_azure_evaluates_the_request(
    effect: str, details: Json, expected: set[str], tmp_path: Path
) -> None:
    """`auditIfNotExists` runs after the provider has answered, `denyAction` at a deletion."""
    assert outcome(tmp_path, of_accounts(FAILS, effect, details), account()) == expected


def test_a_failure_of_an_existence_condition_denies_nothing(tmp_path: Path) -> None:
    details: Json = {"type": SETTINGS, "existenceCondition": FAILS}
    setting = resource(SETTINGS, "logs", within=account().id)
    entry = policy(TYPE, "auditIfNotExists", details)
    assert outcome(tmp_path, entry, account(), setting) == {"undecided"}


def test_a_setting_of_a_child_is_none_of_the_resource(tmp_path: Path) -> None:
    entry = policy(TYPE, "auditIfNotExists", {"type": SETTINGS})
    of_blobs = resource(SETTINGS, "logs", within=f"{account().id}/blobServices/default")
    assert outcome(tmp_path, entry, account(), of_blobs) == {"audited"}
    assert outcome(tmp_path, entry, account(), resource(SETTINGS, "logs", within=account().id)) == set()


@pytest.mark.parametrize(
    ("details", "expected"),
    [
        ({"type": BLOBS}, {"undecided"}),
        ({"type": BLOBS, "name": "default"}, {"undecided"}),
        ({"type": f"{STORAGE}/objectReplicationPolicies"}, {"audited"}),
        ({"type": "Microsoft.Network/privateEndpoints"}, {"undecided"}),
        ({"type": "Microsoft.Network/privateEndpoints", "existenceScope": "Subscription"}, {"undecided"}),
    ],
)
def test_what_a_service_makes_by_itself_is_not_missed(
    details: Json, expected: set[str], tmp_path: Path
) -> None:
    assert outcome(tmp_path, policy(TYPE, "auditIfNotExists", details), account()) == expected


def test_a_related_resource_whose_name_is_unknown_may_be_the_one(tmp_path: Path) -> None:
    entry = policy(TYPE, "auditIfNotExists", {"type": SETTINGS, "name": "logs"})
    unknown = resource(SETTINGS, "rehearsal-unknown-1a2b", within=account().id)
    other = resource(SETTINGS, "metrics", within=account().id)
    assert outcome(tmp_path, entry, account(), unknown) == {"undecided"}
    assert outcome(tmp_path, entry, account(), other) == {"audited"}


def modify(*operations: Json, **details: Json) -> Entry:
    roles: Json = ["/providers/microsoft.authorization/roleDefinitions/17d1049b-9a84-46fb-8f53-869881c3d3ab"]
    return policy(TYPE, "modify", {"roleDefinitionIds": roles, "operations": list(operations), **details})


HTTPS = f"{STORAGE}/supportsHttpsTrafficOnly"


def typed_aliases(kind: str) -> JsonObject:
    whole = aliases()
    of_accounts = [
        {**one, "defaultMetadata": {"type": kind, "attributes": "Modifiable"}}
        if one["name"] == HTTPS
        else one
        for one in whole[STORAGE]  # pyright: ignore
    ]
    return {**whole, STORAGE: of_accounts}


@pytest.mark.parametrize(
    ("kind", "value", "conflict", "rules"),
    [
        ("Boolean", True, "deny", ["AZP305"]),
        ("Boolean", "true", "deny", ["AZP302"]),
        ("Boolean", "true", "audit", []),
        ("String", True, "deny", ["AZP302"]),
        ("Any", "true", "deny", ["AZP305"]),
        ("NotSpecified", "true", "deny", ["AZP305"]),
    ],
)
def test_a_value_of_another_type_than_the_property_falls_back_to_the_conflict_effect(
    kind: str, value: Json, conflict: str, rules: list[str], tmp_path: Path
) -> None:
    operation: Json = {"operation": "addOrReplace", "field": HTTPS, "value": value}
    entry = modify(operation, conflictEffect=conflict)
    policies = {**of_entry(entry), "aliases": typed_aliases(kind)}
    findings = evaluated(tmp_path, policies, [account(supportsHttpsTrafficOnly=False)]).findings
    assert [one.rule for one in findings] == rules


def test_a_tag_without_a_value_is_not_made_up(tmp_path: Path) -> None:
    operation: Json = {
        "operation": "addOrReplace",
        "field": "tags['nowhere']",
        "value": "[resourceGroup().tags['nowhere']]",
    }
    assert outcome(tmp_path, modify(operation), account()) == {"undecided"}


@pytest.mark.parametrize(
    ("operation", "reason"),
    [
        (
            {"field": "location", "value": "westus"},
            "its modify names field 'location', which it cannot change",
        ),
        ({"field": "[field('tags')]", "value": "x"}, "its modify names field '', which it cannot change"),
        ({"field": "tags['x']", "value": ["x"]}, "the value that it gives tags['x'] is no text"),
        ({"field": "tags['x']", "operation": "swap", "value": "x"}, "its operation 'swap' is unknown"),
    ],
)
def test_an_operation_that_azure_does_not_have(operation: JsonObject, reason: str, tmp_path: Path) -> None:
    result = found(tmp_path, modify({"operation": "addOrReplace", **operation}), account())
    assert [one.reason for one in result.summary.unevaluated] == [reason]
    assert set(result.summary.outcomes) == {"undecided"}


def test_two_policies_that_set_what_is_partly_unknown(tmp_path: Path) -> None:
    operation: Json = {"operation": "addOrReplace", "field": HTTPS, "value": "[resourceGroup().tags]"}
    one, other = modify(operation), replace(modify(operation), id="other")
    policies = two(one, other)
    main = replace(group("rg-main", {}), body={"location": "westeurope", "tags": {"owner": UNKNOWN}})
    path = tmp_path / "azure-policies.dev.json"
    path.write_text(json.dumps(policies), encoding="utf-8")
    result = evaluate(read_policy_file(path), [main, account()], today=TODAY)
    assert result.summary.outcomes == {"undecided": 2}


def test_operations_have_conditions_of_their_own(tmp_path: Path) -> None:
    late: Json = {
        "condition": "[greaterOrEquals(requestContext().apiVersion, '2030-01-01')]",
        "operation": "addOrReplace",
        "field": "tags['late']",
        "value": "x",
    }
    now: Json = {"operation": "remove", "field": "tags['owner']"}
    (one,) = found(tmp_path, modify(late, now), account()).findings
    assert (one.rule, one.path) == ("AZP305", "tags.owner")
    assert one.message.startswith("Azure will remove tags.owner: take tags.owner out of the program")


def test_the_identity_of_what_is_no_machine_is_left_alone(tmp_path: Path) -> None:
    operation: Json = {"operation": "addOrReplace", "field": "identity.type", "value": "SystemAssigned"}
    assert outcome(tmp_path, modify(operation), account()) == set()


@pytest.mark.parametrize(
    ("value", "properties", "rules"),
    [
        ({"value": "40.40.40.40", "action": "Allow"}, {}, ["AZP305"]),
        ({"value": "40.40.40.40", "action": "Allow"}, {"networkAcls": {"ipRules": []}}, ["AZP305"]),
    ],
)
def test_append_adds_a_member(value: Json, properties: JsonObject, rules: list[str], tmp_path: Path) -> None:
    details: Json = [{"field": f"{STORAGE}/networkAcls.ipRules[*]", "value": value}]
    findings = found(tmp_path, policy(TYPE, "append", details), account(**properties)).findings
    assert [one.rule for one in findings] == rules


@pytest.mark.parametrize(
    "name", ["networkAcls.ipRules[*]", "networkAcls.ipRules[*].action", "networkAcls.ipRules"]
)
def test_a_list_that_is_unknown_may_have_what_is_appended(name: str, tmp_path: Path) -> None:
    entry = policy(TYPE, "append", [{"field": f"{STORAGE}/{name}", "value": "Allow"}])
    assert outcome(tmp_path, entry, account(networkAcls={"ipRules": UNKNOWN_TEXT})) == {"undecided"}


def selectors(*parts: JsonObject) -> list[Json]:
    return [{"name": "some", "selectors": [dict(one) for one in parts]}]


WEST: JsonObject = {"kind": "resourceLocation", "in": ["westeurope"]}
PERSON: JsonObject = {"kind": "userPrincipalId", "in": ["55555555-5555-5555-5555-555555555555"]}
TEAM: JsonObject = {"kind": "groupPrincipalId", "notIn": ["66666666-6666-6666-6666-666666666666"]}
SOME: JsonObject = {"kind": "resourceRolloutPercentage", "in": ["10"]}
EAST: JsonObject = {"kind": "resourceLocation", "in": ["eastus"]}
NOT_EAST: JsonObject = {"kind": "resourceLocation", "notIn": ["eastus"]}


@pytest.mark.parametrize(
    ("parts", "body", "expected"),
    [
        ((WEST,), {"location": UNKNOWN_TEXT}, {"undecided"}),
        ((NOT_EAST,), {"location": UNKNOWN_TEXT}, {"undecided"}),
        ((WEST,), {}, set()),
        ((NOT_EAST,), {}, {"undecided"}),
        ((PERSON,), {"location": "westeurope"}, {"undecided"}),
        ((SOME,), {"location": "westeurope"}, {"undecided"}),
        ((TEAM, WEST), {"location": "westeurope"}, {"undecided"}),
        ((PERSON, EAST), {"location": "westeurope"}, set()),
    ],
)
def test_a_selector_that_cannot_be_decided_leaves_the_denial_undecided(
    parts: tuple[JsonObject, ...], body: JsonObject, expected: set[str], tmp_path: Path
) -> None:
    one = arm_resource({"type": STORAGE, "name": "stlake", "body": {**body, "properties": {}}})
    assert outcome(tmp_path, policy(TYPE), one, resourceSelectors=selectors(*parts)) == expected


def test_an_exemption_for_some_people_leaves_the_denial_undecided(tmp_path: Path) -> None:
    exemption: Json = {
        "id": f"{SCOPE}/providers/Microsoft.Authorization/policyExemptions/pilot",
        "name": "pilot",
        "properties": {
            "policyAssignmentId": f"{SCOPE}/providers/Microsoft.Authorization/policyAssignments/rule",
            "exemptionCategory": "Waiver",
            "assignmentScopeValidation": "DoNotValidate",
            "resourceSelectors": selectors(PERSON),
        },
    }
    policies = {**of_entry(policy(TYPE)), "exemptions": [exemption]}
    findings = evaluated(tmp_path, policies, [account()]).findings
    assert [one.rule for one in findings] == ["AZP309"]
    assert "known only to who deploys" in findings[0].message


def override(value: str, *parts: JsonObject) -> Json:
    return {"kind": "policyEffect", "value": value, "selectors": [dict(one) for one in parts]}


@pytest.mark.parametrize(
    ("overrides", "expected"),
    [
        ([override("audit", EAST), override("disabled", WEST)], set()),
        ([override("audit", WEST), override("disabled", EAST)], {"audited"}),
        ([override("audit", EAST), override("disabled", EAST)], {"denied"}),
        ([override("audit"), override("audit", WEST)], {"audited"}),
        ([override("audit"), override("disabled", WEST)], {"undecided"}),
    ],
)
def test_several_overrides(overrides: list[Json], expected: set[str], tmp_path: Path) -> None:
    assert outcome(tmp_path, policy(TYPE), account(), overrides=overrides) == expected


@pytest.mark.parametrize(
    ("ends", "expected"),
    [("2026-11-30T00:00:00.0000000Z", {"denied"}), ("2026-11-30T18:00:00.0000000Z", {"exempted"})],
)
def test_an_exemption_ends_at_an_hour(ends: str, expected: set[str], tmp_path: Path) -> None:
    exemption: Json = {
        "id": f"{SCOPE}/providers/Microsoft.Authorization/policyExemptions/pilot",
        "properties": {
            "policyAssignmentId": f"{SCOPE}/providers/Microsoft.Authorization/policyAssignments/rule",
            "expiresOn": ends,
        },
    }
    policies = {**of_entry(policy(TYPE)), "exemptions": [exemption]}
    assert set(evaluated(tmp_path, policies, [account()]).summary.outcomes) == expected


def test_the_name_of_a_group_may_be_unknown(tmp_path: Path) -> None:
    name = "rg-rehearsal-unknown-1a2b"
    one = resource(STORAGE, "stlake", group=name)
    entry = of_accounts({"value": "[resourceGroup().name]", "notLike": "rg-data-*"})
    policies = of_entry(entry)
    assert evaluated(tmp_path, policies, [group(name, {}), one]).summary.outcomes == {"undecided": 1}
    assert evaluated(tmp_path, policies, [one]).summary.outcomes == {"undecided": 1}


def test_two_assignments_of_one_name_at_two_scopes(tmp_path: Path) -> None:
    entry = policy(TYPE)
    of_group = assignment(entry, scope=f"{SCOPE}/resourceGroups/rg-main")
    inside = f"{SCOPE}/resourceGroups/rg-main/providers/Microsoft.Authorization/policyAssignments/rule"
    policies = document([entry.definition], [assignment(entry), {**of_group, "id": inside}])
    result = evaluated(tmp_path, policies, [account()])
    assert result.summary.outcomes == {"denied": 2}
    assert result.summary.policies == 2
