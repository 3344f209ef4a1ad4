"""What is assigned to whom: scopes, initiatives, parameters, selectors, overrides, exemptions, enforcement."""

from __future__ import annotations

from pathlib import Path

import pytest

from rehearsal.model.azure_policy import PolicyOutcome
from rehearsal.model.values import Json, JsonObject
from tests.rehearsal.azure_policy.catalogue import (
    GROUPS,
    SUBSCRIPTION,
    Entry,
    arm_resource,
    assignment,
    document,
    entries,
    evaluated,
    of_entry,
)

LOCATIONS = next(one for one in entries("operators") if one.id == "operators-allowed-locations")
OWNER = next(one for one in entries("effects") if one.id == "effects-a-tag-that-is-added")
AUDITED = next(one for one in entries("effects") if one.id == "effects-audit-public-access")
SET = next(one for one in entries("effects") if one.id == "effects-a-tag-that-is-set")
ACCOUNT: JsonObject = {
    "type": "Microsoft.Storage/storageAccounts",
    "name": "stlake",
    "body": {"location": "eastus", "tags": {"owner": "data"}, "properties": {}},
}
SCOPE = f"/subscriptions/{SUBSCRIPTION}"
CORP = "/providers/Microsoft.Management/managementGroups/corp"
MESSAGE = (
    "location is 'eastus', which is none of 'westeurope', 'northeurope': disallowed by policy 'Allowed locations' "
    "(assignment 'Assigned operators-allowed-locations')"
)


def outcomes(folder: Path, policies: dict[str, object]) -> dict[str, int]:
    return dict(evaluated(folder, policies, [arm_resource(ACCOUNT)]).summary.outcomes)


def test_a_denial_is_told_as_azure_tells_it(tmp_path: Path) -> None:
    messages: list[Json] = [{"message": "Only European regions."}]
    policies = of_entry(LOCATIONS, nonComplianceMessages=messages)
    (found,) = evaluated(tmp_path, policies, [arm_resource(ACCOUNT)]).findings
    assert (found.rule, found.status, found.code) == ("AZP300", 403, "RequestDisallowedByPolicy")
    assert found.message == f"{MESSAGE}. Only European regions."
    assert found.path == "location"
    assert found.source.startswith(
        f"{SCOPE}/providers/Microsoft.Authorization/policyAssignments/{LOCATIONS.id};"
    )


@pytest.mark.parametrize(
    ("scope", "denied"),
    [
        (SCOPE, True),
        (f"{SCOPE}/resourceGroups/RG-MAIN", True),
        (f"{SCOPE}/resourceGroups/rg-mai", False),
        (f"{SCOPE}/resourceGroups/rg-main/providers/Microsoft.Storage/storageAccounts/stlake", True),
        (CORP, True),
        (f"{CORP}-other", False),
    ],
)
def test_an_assignment_concerns_what_lies_in_its_scope(scope: str, denied: bool, tmp_path: Path) -> None:  # noqa: FBT001
    assert outcomes(tmp_path, of_entry(LOCATIONS, scope=scope)) == ({"denied": 1} if denied else {})
    assert outcomes(tmp_path, of_entry(LOCATIONS, notScopes=[scope])) == ({} if denied else {"denied": 1})


@pytest.mark.parametrize(
    ("selectors", "denied"),
    [
        ([{"kind": "resourceLocation", "in": ["East US"]}], True),
        ([{"kind": "resourceLocation", "notIn": ["eastus"]}], False),
        ([{"kind": "resourceType", "in": ["microsoft.storage/storageaccounts"]}], True),
        ([{"kind": "resourceType", "in": ["Microsoft.KeyVault/vaults"]}], False),
        ([{"kind": "resourceWithoutLocation", "in": ["subscriptionLevelResources"]}], False),
    ],
)
def test_resource_selectors_narrow_an_assignment(selectors: list[Json], denied: bool, tmp_path: Path) -> None:  # noqa: FBT001
    policies = of_entry(LOCATIONS, resourceSelectors=[{"name": "some", "selectors": selectors}])
    assert outcomes(tmp_path, policies) == ({"denied": 1} if denied else {})


def test_what_is_not_enforced_stops_nothing_and_is_told(tmp_path: Path) -> None:
    policies = of_entry(LOCATIONS, enforcementMode="DoNotEnforce")
    found = evaluated(tmp_path, policies, [arm_resource(ACCOUNT)])
    assert [(one.rule, one.severity.value) for one in found.findings] == [("AZP308", "warning")]
    assert found.findings[0].message.endswith(", if it were enforced")


def initiative(*members: JsonObject, **parameters: Json) -> JsonObject:
    return {
        "id": f"{CORP}/providers/Microsoft.Authorization/policySetDefinitions/baseline",
        "name": "baseline",
        "properties": {
            "displayName": "Baseline",
            "policyType": "Custom",
            "parameters": dict(parameters),
            "policyDefinitionGroups": [{"name": "residency", "category": "Data"}],
            "policyDefinitions": [{**one, "groupNames": ["residency"]} for one in members],
        },
    }


def of_initiative(whole: JsonObject, entry: Entry = LOCATIONS, **properties: Json) -> dict[str, object]:
    assigned = assignment(entry, policyDefinitionId=whole["id"], **properties)
    return document([entry.definition], [assigned], initiatives=[whole])


REGIONS: JsonObject = {
    "policyDefinitionId": LOCATIONS.definition["id"],
    "policyDefinitionReferenceId": "regions",
    "parameters": {"allowedLocations": {"value": "[createArray(parameters('region'), 'northeurope')]"}},
}


def test_an_initiative_passes_its_parameters_on(tmp_path: Path) -> None:
    whole = initiative(REGIONS, region={"type": "String", "defaultValue": "westeurope"})
    policies = of_initiative(
        whole,
        parameters={},
        nonComplianceMessages=[
            {"message": "Ask the platform team."},
            {"message": "Data stays in Europe.", "policyDefinitionReferenceId": "Regions"},
        ],
    )
    (found,) = evaluated(tmp_path, policies, [arm_resource(ACCOUNT)]).findings
    assert "policy 'Allowed locations' of initiative 'Baseline'" in found.message
    assert found.message.endswith("Data stays in Europe.")
    allowed = of_initiative(whole, parameters={"region": {"value": "East US"}})
    assert outcomes(tmp_path, allowed) == {"passed": 1}


@pytest.mark.parametrize(
    ("override", "expected"),
    [
        ({"kind": "policyEffect", "value": "audit"}, {"audited": 1}),
        (
            {
                "kind": "policyEffect",
                "value": "disabled",
                "selectors": [{"kind": "policyDefinitionReferenceId", "in": ["regions"]}],
            },
            {},
        ),
        (
            {
                "kind": "policyEffect",
                "value": "disabled",
                "selectors": [{"kind": "policyDefinitionReferenceId", "in": ["others"]}],
            },
            {"denied": 1},
        ),
        (
            {
                "kind": "policyEffect",
                "value": "audit",
                "selectors": [{"kind": "resourceLocation", "in": ["eastus"]}],
            },
            {"audited": 1},
        ),
        (
            {
                "kind": "policyEffect",
                "value": "audit",
                "selectors": [{"kind": "resourceLocation", "in": ["westus"]}],
            },
            {"denied": 1},
        ),
        (
            {
                "kind": "policyEffect",
                "value": "audit",
                "selectors": [{"kind": "resourceWithoutLocation", "in": ["subscriptionLevelResources"]}],
            },
            {"denied": 1},
        ),
    ],
)
def test_overrides_change_the_effect(override: Json, expected: dict[str, int], tmp_path: Path) -> None:
    whole = initiative(REGIONS, region={"type": "String", "defaultValue": "westeurope"})
    assert outcomes(tmp_path, of_initiative(whole, parameters={}, overrides=[override])) == expected


@pytest.mark.parametrize(
    ("pinned", "expected"),
    [("", {"denied": 1}), ("1.*.*", {"denied": 1}), ("0.2.*", {"passed": 3}), ("0.*.*", {"passed": 3})],
)
def test_an_older_version_is_evaluated_where_it_is_pinned(
    pinned: str, expected: dict[str, int], tmp_path: Path
) -> None:
    properties = LOCATIONS.definition["properties"]
    assert isinstance(properties, dict)
    nothing: Json = {"if": {"field": "location", "equals": "nowhere"}, "then": {"effect": "deny"}}
    older: JsonObject = {
        "id": f"{LOCATIONS.definition['id']}/versions/0.2.1",
        "name": "0.2.1",
        "properties": {**properties, "policyRule": nothing, "version": "0.2.1"},
    }
    oldest: JsonObject = {**older, "id": f"{LOCATIONS.definition['id']}/versions/0.1.9"}
    assigned = assignment(LOCATIONS, definitionVersion=pinned)
    assert outcomes(tmp_path, document([older, LOCATIONS.definition, oldest], [assigned])) == expected


def exemption(scope: str, **properties: Json) -> JsonObject:
    return {
        "id": f"{scope}/providers/Microsoft.Authorization/policyExemptions/pilot",
        "name": "pilot",
        "properties": {
            "policyAssignmentId": assignment(LOCATIONS)["id"],
            "exemptionCategory": "Waiver",
            **properties,
        },
    }


@pytest.mark.parametrize(
    ("one", "exempt"),
    [
        (exemption(f"{SCOPE}/resourceGroups/rg-main"), True),
        (exemption(f"{SCOPE}/resourceGroups/rg-other"), False),
        (exemption(SCOPE, expiresOn="2026-11-30T23:59:00.0000000Z"), True),
        (exemption(SCOPE, expiresOn="2026-11-29T23:59:00.0000000Z"), False),
        (exemption(SCOPE, policyAssignmentId=f"{SCOPE}/providers/x/policyAssignments/other"), False),
        (exemption(SCOPE, policyDefinitionReferenceIds=["regions"]), False),
        (
            exemption(
                SCOPE, resourceSelectors=[{"selectors": [{"kind": "resourceLocation", "in": ["westus"]}]}]
            ),
            False,
        ),
    ],
)
def test_an_exemption_holds_until_it_ends(one: JsonObject, exempt: bool, tmp_path: Path) -> None:  # noqa: FBT001
    policies = {**of_entry(LOCATIONS), "exemptions": [one]}
    assert outcomes(tmp_path, policies) == ({"exempted": 1} if exempt else {"denied": 1})


def test_an_exemption_of_one_policy_of_an_initiative(tmp_path: Path) -> None:
    whole = initiative(REGIONS, region={"type": "String", "defaultValue": "westeurope"})
    one = exemption(SCOPE, policyDefinitionReferenceIds=["REGIONS"])
    assert outcomes(tmp_path, {**of_initiative(whole, parameters={}), "exemptions": [one]}) == {"exempted": 1}


def conflicting(conflict: str, value: str) -> JsonObject:
    properties = OWNER.definition["properties"]
    assert isinstance(properties, dict)
    details: dict[str, Json] = {
        "operations": [{"operation": "addOrReplace", "field": "tags['owner']", "value": value}],
        "conflictEffect": conflict,
    }
    then: dict[str, Json] = {"effect": "modify", "details": details}
    rule: Json = {"if": {"field": "type", "equals": "Microsoft.Storage/storageAccounts"}, "then": then}
    name = f"owner-{value}"
    return {"id": name, "name": name, "properties": {**properties, "displayName": name, "policyRule": rule}}


@pytest.mark.parametrize(
    ("conflicts", "expected"),
    [
        (("deny", "deny"), ["AZP302"]),
        (("deny", "audit"), ["AZP305"]),
        (("audit", "audit"), []),
    ],
)
def test_two_policies_that_set_one_property(
    conflicts: tuple[str, str], expected: list[str], tmp_path: Path
) -> None:
    definitions = [conflicting(one, value) for one, value in zip(conflicts, ("first", "second"), strict=True)]
    assigned = [
        assignment(OWNER, str(one["name"]), policyDefinitionId=one["id"], parameters={})
        for one in definitions
    ]
    found = evaluated(tmp_path, document(definitions, assigned), [arm_resource(ACCOUNT)])
    assert [one.rule for one in found.findings] == expected


def test_what_a_policy_adds_is_there_when_others_judge(tmp_path: Path) -> None:
    """Azure appends and modifies first, so that a tag which is required is there."""
    required = next(one for one in entries("operators") if one.id == "operators-an-owner-tag")
    policies = document(
        [OWNER.definition, required.definition], [assignment(required, "a"), assignment(OWNER, "b")]
    )
    bare = {**ACCOUNT, "body": {"location": "westeurope", "properties": {}}}
    found = evaluated(tmp_path, policies, [arm_resource(bare)])
    assert found.summary.outcomes == {"passed": 1, "changed": 1}
    (told,) = found.findings
    assert told.message == (
        "Azure will add tags.owner = 'nobody': declare it in the program too, or every preview with a refresh shows a "
        "difference and every update sends the request without it (policy 'A tag that is added' (assignment "
        "'Assigned b'))"
    )


def test_a_tag_that_a_group_gets_is_inherited_in_the_same_deployment(tmp_path: Path) -> None:
    inherit = next(one for one in entries("effects") if one.id == "effects-a-tag-inherited-from-the-group")
    properties = SET.definition["properties"]
    assert isinstance(properties, dict)
    details: Json = {"operations": [{"operation": "add", "field": "tags['team']", "value": "data"}]}
    group_type = "Microsoft.Resources/subscriptions/resourceGroups"
    rule: Json = {
        "if": {"field": "type", "equals": group_type},
        "then": {"effect": "modify", "details": details},
    }
    of_group: JsonObject = {"id": "team", "properties": {**properties, "mode": "All", "policyRule": rule}}
    policies = document(
        [inherit.definition, of_group],
        [
            assignment(inherit, "inherit", parameters={"tagName": {"value": "team"}}),
            assignment(SET, "of-group", policyDefinitionId="team"),
        ],
    )
    found = evaluated(tmp_path, policies, [arm_resource(ACCOUNT)])
    assert {one.urn.rpartition("::")[2] for one in found.findings} == {
        "stlake",
        *(one.name for one in GROUPS),
    }
    assert all("tags.team = 'data'" in one.message for one in found.findings)


def test_a_deletion_is_told_once_for_each_policy(tmp_path: Path) -> None:
    entry = next(one for one in entries("effects") if one.id == "effects-no-deletion-of-accounts")
    names = ("stone", "sttwo", "stthree")
    body: JsonObject = {"location": "westeurope", "tags": {"environment": "prod"}, "properties": {}}
    accounts = [arm_resource({**ACCOUNT, "name": name, "body": dict(body)}) for name in names]
    found = evaluated(tmp_path, of_entry(entry), accounts)
    assert [(one.rule, one.urn) for one in found.findings] == [("AZP307", "azure-policies")]
    assert "Microsoft.Storage/storageAccounts stone and 2 more" in found.findings[0].message
    assert found.summary.outcomes == {PolicyOutcome.DELETION: 3}


def test_a_secret_is_never_in_a_message(tmp_path: Path) -> None:
    body: JsonObject = {
        "properties": {"minimumTlsVersion": "rehearsal-secret-1", "publicNetworkAccess": "Enabled"}
    }
    found = evaluated(tmp_path, of_entry(AUDITED), [arm_resource({**ACCOUNT, "body": dict(body)})])
    assert [one.rule for one in found.findings] == ["AZP303"]
    tls = next(one for one in entries("operators") if one.id == "operators-accounts-must-have-tls-1-2")
    found = evaluated(tmp_path, of_entry(tls), [arm_resource({**ACCOUNT, "body": dict(body)})])
    assert found.summary.outcomes == {"undecided": 1}
    assert "rehearsal-secret" not in str(found)
