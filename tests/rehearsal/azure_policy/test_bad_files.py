"""Files of policies that are wrong: what can be evaluated is, and each problem is said once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rehearsal.azure_policy.policy_file import read_policy_file
from rehearsal.model.errors import RehearsalError
from rehearsal.model.values import Json, JsonObject
from tests.rehearsal.azure_policy.catalogue import (
    SUBSCRIPTION,
    TENANT,
    Entry,
    arm_resource,
    assignment,
    document,
    entries,
    evaluated,
    of_entry,
)

LOCATIONS = next(one for one in entries("operators") if one.id == "operators-allowed-locations")
ACCOUNT: JsonObject = {
    "type": "Microsoft.Storage/storageAccounts",
    "name": "stlake",
    "body": {"location": "eastus", "properties": {}},
}
OTHER = {**ACCOUNT, "name": "stother"}


def with_rule(rule: Json, parameters: Json = None, mode: str = "All") -> Entry:
    properties: dict[str, Json] = {
        "displayName": "Wrong",
        "mode": mode,
        "policyRule": rule,
        "parameters": parameters or {},
    }
    identity = "/providers/Microsoft.Authorization/policyDefinitions/wrong"
    return Entry("wrong", {"id": identity, "name": "wrong", "properties": properties}, {})


def rule(condition: Json, effect: Json = "deny") -> Json:
    return {"if": condition, "then": {"effect": effect}}


TYPE: Json = {"field": "type", "equals": "Microsoft.Storage/storageAccounts"}


def value(expression: str) -> Json:
    return rule({"allOf": [TYPE, {"value": expression, "equals": ""}]})


def nested(condition: Json, levels: int) -> Json:
    for _ in range(levels):
        condition = {"allOf": [condition]}
    return condition


NAMELESS: Json = {"name": {"type": "String"}}


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (with_rule(rule(TYPE, "explode")), "its effect 'explode' is unknown"),
        (with_rule(value("[newGuid()]")), "function newGuid() is not for policies"),
        (with_rule(value("[listKeys('x')]")), "function listKeys() is not for policies"),
        (with_rule(value("[uniqueString('x')]")), "function uniqueString() is not evaluated"),
        (
            with_rule(rule({"field": "type", "resembles": "x"})),
            "needs one operator that Azure has, and has resembles",
        ),
        (with_rule(rule({"allOf": TYPE})), "allOf is no list of conditions"),
        (
            with_rule(rule({"value": "[concat('a']", "equals": ""})),
            "expression [concat('a']: wanted ) at character 11",
        ),
        (with_rule(rule({"value": "[length()]", "equals": 1})), "function length() is given 0 arguments"),
        (with_rule({"if": TYPE}), "its policyRule has no `if` and `then`"),
        (with_rule("deny everything"), "its policyRule has no `if` and `then`"),
        (
            with_rule(
                rule(
                    {"allOf": [TYPE, {"field": "Microsoft.Storage/storageAccounts/nowhere", "exists": True}]}
                )
            ),
            "the file of policies has no alias microsoft.storage/storageaccounts/nowhere",
        ),
        (
            with_rule(rule({"allOf": [TYPE, {"field": "nowhere", "exists": True}]})),
            "no field is called nowhere",
        ),
        (with_rule(rule(TYPE), NAMELESS), "its parameter 'name' has no value"),
        (with_rule(rule(TYPE, "auditIfNotExists")), "its details have no type"),
        (
            with_rule(
                {
                    "if": TYPE,
                    "then": {
                        "effect": "auditIfNotExists",
                        "details": {"type": "A/b", "name": "[concat('a']"},
                    },
                }
            ),
            "expression [concat('a']: wanted ) at character 11",
        ),
        (with_rule(rule(TYPE, "modify")), "its modify has no operations"),
        (with_rule(rule(nested(TYPE, 100))), "it is nested more than 128 levels deep"),
        (with_rule(value(f"[{'(' * 900}'a'{')' * 900}]")), "an expression nests more than 64 functions"),
        (with_rule(value(f"[field('tags'){'.a' * 900}]")), "has 64 properties one below the other"),
        (with_rule(value(f"[string({'9' * 5000})]")), "has a number of more than 19 digits"),
    ],
)
def test_a_policy_that_cannot_be_evaluated_is_said_once(entry: Entry, reason: str, tmp_path: Path) -> None:
    policies = document([entry.definition, LOCATIONS.definition], [assignment(entry), assignment(LOCATIONS)])
    path = tmp_path / "azure-policies.dev.json"
    found = evaluated(tmp_path, policies, [arm_resource(ACCOUNT), arm_resource(OTHER)])
    (said,) = [one.message for one in found.findings if one.rule == "AZP310"]
    assert said.startswith("policy 'Wrong' (assignment 'Assigned wrong') is not evaluated: ")
    assert said.endswith(reason)
    assert [one.policy for one in found.summary.unevaluated] == [
        "policy 'Wrong' (assignment 'Assigned wrong')"
    ]
    assert found.summary.policies == 2
    assert found.summary.outcomes["denied"] == 2
    assert json.loads(path.read_text(encoding="utf-8")) == policies


@pytest.mark.parametrize(
    ("properties", "reason"),
    [
        ({"enforcementMode": "Enroll"}, "its enforcement mode 'Enroll' is not evaluated"),
        ({"policyDefinitionId": "/nowhere"}, "the file has no such definition"),
        (
            {"resourceSelectors": [{"selectors": [{"kind": "moon", "in": ["full"]}]}]},
            "its selector of kind 'moon' is not evaluated",
        ),
        ({"overrides": [{"kind": "policyVersion", "value": "2.*.*"}]}, "its overrides are not evaluated"),
        ({"definitionVersion": "2.*.*"}, "the file has version 1.0.0, and 2.*.* is assigned"),
        ({"parameters": {}}, "its parameter 'allowedlocations' has no value"),
    ],
)
def test_an_assignment_that_cannot_be_evaluated(
    properties: dict[str, Json], reason: str, tmp_path: Path
) -> None:
    found = evaluated(tmp_path, of_entry(LOCATIONS, **properties), [arm_resource(ACCOUNT)])
    (told,) = found.findings
    assert (told.rule, told.urn) == ("AZP310", "azure-policies")
    assert reason in told.message
    assert found.summary.policies == 1


@pytest.mark.parametrize(
    ("change", "tenants", "told"),
    [
        (
            {"subscriptionId": "44444444-4444-4444-4444-444444444444"},
            frozenset[str](),
            "is of subscription 4444",
        ),
        ({"tenantId": "55555555-5555-5555-5555-555555555555"}, frozenset({TENANT}), "is of tenant 5555"),
    ],
)
def test_a_file_of_another_subscription_is_not_evaluated(
    change: dict[str, object], tenants: frozenset[str], told: str, tmp_path: Path
) -> None:
    found = evaluated(tmp_path, {**of_entry(LOCATIONS), **change}, [arm_resource(ACCOUNT)], tenants=tenants)
    (only,) = found.findings
    assert (only.rule, only.severity.value) == ("AZP311", "warning")
    assert told in only.message
    assert only.message.endswith("nothing of it was evaluated (1 assignment)")
    assert (found.summary.policies, found.summary.evaluated, found.summary.outcomes) == (1, 0, {})


def test_a_program_that_names_no_subscription_deploys_to_the_files(tmp_path: Path) -> None:
    nowhere = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-main/providers"
    raw = {**ACCOUNT, "id": f"{nowhere}/Microsoft.Storage/storageAccounts/stlake"}
    assert evaluated(tmp_path, of_entry(LOCATIONS), [arm_resource(raw)]).summary.outcomes == {"denied": 1}


def test_an_exemption_that_cannot_be_read_exempts_nothing(tmp_path: Path) -> None:
    exemption = {
        "id": f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization/policyExemptions/pilot",
        "name": "pilot",
        "properties": {"policyAssignmentId": assignment(LOCATIONS)["id"], "expiresOn": "soon"},
    }
    found = evaluated(tmp_path, {**of_entry(LOCATIONS), "exemptions": [exemption]}, [arm_resource(ACCOUNT)])
    assert {one.rule for one in found.findings} == {"AZP300", "AZP310"}
    assert "exemption 'pilot' is not evaluated: its end 'soon' is no date" in {
        one.message for one in found.findings
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "is no JSON"),
        ("[]", "the document must be an object"),
        ('{"format": NaN}', "is no JSON (NaN is no JSON value)"),
        ("{}", "format is missing; it must be a whole number"),
        ('{"format": 2}', "format must be 1; write the file anew"),
        ("[" * 100_000, "is no JSON"),
        (json.dumps({**document(), "assignments": {}}), "assignments must be a list"),
        (json.dumps({**document(), "definitions": [{}]}), "definitions[0].id is missing"),
        (json.dumps({**document(), "aliases": []}), "aliases must be an object"),
    ],
)
def test_a_file_that_is_none(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "azure-policies.dev.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RehearsalError) as error:
        read_policy_file(path)
    assert str(error.value).startswith(f"{path}: ")
    assert told in str(error.value)
    assert len(str(error.value).splitlines()) == 1
    assert path.read_text(encoding="utf-8") == text


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RehearsalError, match=r"none\.json:1: cannot be read: No such file or directory"):
        read_policy_file(tmp_path / "none.json")


def test_resources_of_another_subscription_are_counted(tmp_path: Path) -> None:
    hub = "/subscriptions/55555555-5555-5555-5555-555555555555/resourceGroups/rg-hub/providers"
    raw = {**ACCOUNT, "id": f"{hub}/Microsoft.Storage/storageAccounts/stlake"}
    found = evaluated(tmp_path, of_entry(LOCATIONS), [arm_resource(ACCOUNT), arm_resource(raw)])
    assert found.summary.outcomes == {"denied": 1}
    assert [one.policy for one in found.summary.unevaluated] == ["1 resource elsewhere"]
    assert [one.rule for one in found.findings] == ["AZP300"]


def test_a_name_of_the_file_stays_on_its_line(tmp_path: Path) -> None:
    """A terminal and the log of a pipeline obey what begins a line, and half of a surrogate pair cannot be written."""
    entry = with_rule(rule(TYPE))
    properties = entry.definition["properties"]
    assert isinstance(properties, dict)
    named = {
        **entry.definition,
        "properties": {**properties, "displayName": "One\n::error::two\x1b[2J \ud800"},
    }
    messages: Json = [{"message": "Ask\r\nus."}]
    policies = document([named], [assignment(entry, nonComplianceMessages=messages)])
    (found,) = evaluated(tmp_path, policies, [arm_resource(ACCOUNT)]).findings
    assert "policy 'One ::error::two [2J ?'" in found.message
    assert found.message.endswith("Ask us.")


def test_a_reason_stays_on_its_line(tmp_path: Path) -> None:
    names = ("a\n::error::b", "Microsoft.Storage/storageAccounts/x\n::error::" + "y" * 500, "tags['a\r\nb']")
    for name in names:
        entry = with_rule(rule({"allOf": [TYPE, {"field": name, "notEquals": "x"}]}))
        result = evaluated(tmp_path, of_entry(entry), [arm_resource(ACCOUNT)])
        texts = [one.message for one in result.findings] + [one.reason for one in result.summary.unevaluated]
        assert len(texts) > 0
        assert all(text.isprintable() and len(text) < 400 for text in texts)


@pytest.mark.parametrize("expression", ["[padLeft('a', 2000000000)]", "[int('1_0')]", "[float('inf')]"])
def test_a_function_that_ends_in_an_error_denies(expression: str, tmp_path: Path) -> None:
    found = evaluated(tmp_path, of_entry(with_rule(value(expression))), [arm_resource(ACCOUNT)])
    assert [one.rule for one in found.findings] == ["AZP301"]


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["properties.isHns", "properties.isHns"], {"denied": 1}),
        (["properties.isHns", "properties.hns"], {"undecided": 1}),
        ([], {"undecided": 1}),
    ],
)
def test_an_alias_of_older_api_versions(paths: list[str], expected: dict[str, int], tmp_path: Path) -> None:
    """The file is older than the SDK, and the alias has no path for versions that it does not name."""
    kind = "Microsoft.Storage/storageAccounts"
    alias = {
        "name": f"{kind}/isHnsEnabled",
        "paths": [{"path": path, "apiVersions": [f"201{number}-01-01"]} for number, path in enumerate(paths)],
    }
    entry = with_rule(rule({"allOf": [TYPE, {"field": f"{kind}/isHnsEnabled", "equals": True}]}))
    policies = {**of_entry(entry), "aliases": {kind: [alias]}}
    raw: JsonObject = {**ACCOUNT, "body": {"properties": {"isHns": True}}}
    assert evaluated(tmp_path, policies, [arm_resource(raw)]).summary.outcomes == expected
