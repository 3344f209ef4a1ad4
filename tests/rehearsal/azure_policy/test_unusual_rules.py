"""Rules at the edges of the language, each with what Azure's documentation says of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from rehearsal.model.values import UNKNOWN_TEXT, Json, JsonObject
from tests.rehearsal.azure_policy.catalogue import arm_resource
from tests.rehearsal.azure_policy.rules import NSG, STORAGE, account, found, of_accounts, outcome, policy

ACLS = f"{STORAGE}/networkAcls"
RULES = f"{ACLS}.ipRules[*]"
TLS = f"{STORAGE}/minimumTlsVersion"
DENIED, UNDECIDED = {"denied"}, {"undecided"}
PASSED: set[str] = set()


def field(name: str, **operator: Json) -> Json:
    return {"field": name, **operator}


def value(expression: Json, **operator: Json) -> Json:
    return {"value": expression, **operator}


def count(of: Json, where: Json = None, /, **operator: Json) -> Json:
    counted: dict[str, Json] = {**of} if isinstance(of, dict) else {"field": of}
    if where is not None:
        counted["where"] = where
    whole: dict[str, Json] = {"count": counted, **operator}
    return whole


def ip_rules(*values: Json) -> JsonObject:
    return {"networkAcls": {"ipRules": [{"value": one, "action": "Allow"} for one in values]}}


BARE: JsonObject = {}
TWO = ip_rules("203.0.113.0/24", "198.51.100.7")
HALF = ip_rules("203.0.113.0/24", UNKNOWN_TEXT)
NONE = ip_rules()
FIRST, SECOND = "203.0.113.0/24", "198.51.100.7"


@pytest.mark.parametrize(
    ("condition", "properties", "expected"),
    [
        # A collection meets a condition where each value does; `not` of it where one does not.
        (field(f"{RULES}.value", notEquals=FIRST), TWO, PASSED),
        ({"not": field(f"{RULES}.value", equals=FIRST)}, TWO, DENIED),
        ({"not": field(f"{RULES}.value", notEquals=FIRST)}, TWO, DENIED),
        (field(f"{RULES}.value", notIn=["192.0.2.1"]), TWO, DENIED),
        (field(f"{RULES}.value", notEquals=FIRST), HALF, PASSED),
        (field(f"{RULES}.value", notEquals=SECOND), HALF, UNDECIDED),
        ({"not": field(f"{RULES}.value", equals=SECOND)}, HALF, DENIED),
        # Nothing selected: every one of none.
        (field(f"{RULES}.value", equals=FIRST), NONE, DENIED),
        ({"not": field(f"{RULES}.value", equals=FIRST)}, NONE, PASSED),
        (field(f"{RULES}.value", equals=FIRST), BARE, DENIED),
        (field(f"{RULES}.value", exists=True), NONE, UNDECIDED),
        # A missing property.
        (field(TLS, equals="TLS1_2"), BARE, PASSED),
        (field(TLS, notEquals="TLS1_2"), BARE, DENIED),
        (field(TLS, notIn=["TLS1_2"]), BARE, DENIED),
        (field(TLS, exists="False"), BARE, DENIED),
        (field(TLS, exists=False), {"minimumTlsVersion": None}, DENIED),
        (field(TLS, notLike="TLS*"), BARE, DENIED),
        (field(TLS, notMatch="TLS?"), BARE, DENIED),
        (field(TLS, equals=""), BARE, UNDECIDED),
        (field(f"{STORAGE}/keyPolicy.keyExpirationPeriodInDays", less=90), BARE, UNDECIDED),
        # Texts, booleans and numbers are the same in `equals`.
        (
            field(f"{STORAGE}/supportsHttpsTrafficOnly", equals="false"),
            {"supportsHttpsTrafficOnly": False},
            DENIED,
        ),
        (
            field(f"{STORAGE}/supportsHttpsTrafficOnly", notEquals="TRUE"),
            {"supportsHttpsTrafficOnly": True},
            PASSED,
        ),
        (
            field(f"{STORAGE}/keyPolicy.keyExpirationPeriodInDays", equals="30"),
            {"keyPolicy": {"keyExpirationPeriodInDays": 30}},
            DENIED,
        ),
        (
            field(f"{STORAGE}/keyPolicy.keyExpirationPeriodInDays", less="90"),
            {"keyPolicy": {"keyExpirationPeriodInDays": 30}},
            UNDECIDED,
        ),
        # Whole lists and objects where a text is wanted.
        (field(f"{ACLS}.ipRules", like="*"), TWO, UNDECIDED),
        (field(f"{ACLS}.ipRules", match="?"), TWO, UNDECIDED),
        (field(TLS, like=["TLS*"]), {"minimumTlsVersion": "TLS1_2"}, UNDECIDED),
        (field(ACLS, containsKey="IPRULES"), TWO, DENIED),
        (field("tags", notContainsKey="OWNER"), BARE, PASSED),
        # Tags in every spelling, and by expressions.
        (field("tags['Cost Center']", equals="CC-1"), BARE, DENIED),
        (field("tags[Cost Center]", equals="CC-1"), BARE, DENIED),
        (field("TAGS.Owner", like="d*a"), BARE, DENIED),
        (field("[concat('tags[', 'owner', ']')]", notEquals="data"), BARE, PASSED),
        (field("[concat('tags[''', 'Cost Center', ''']')]", equals="cc-1"), BARE, DENIED),
        # Escaped brackets are texts.
        (field(TLS, equals="[[x]"), {"minimumTlsVersion": "[x]"}, DENIED),
        (field(TLS, equals="[x"), {"minimumTlsVersion": "[x"}, DENIED),
        (field(TLS, equals="[[x"), {"minimumTlsVersion": "[[x"}, DENIED),
        # Count.
        (count(RULES, equals=0), BARE, DENIED),
        (count(RULES, equals=0), {"networkAcls": {"ipRules": UNKNOWN_TEXT}}, UNDECIDED),
        (count(RULES, field(f"{RULES}.value", equals=SECOND), greater=0), HALF, UNDECIDED),
        (count(RULES, field(f"{RULES}.value", equals=FIRST), greater=0), HALF, DENIED),
        (
            count(RULES, field(f"{RULES}.value", equals="[field('" + f"{RULES}.value" + "')]"), equals=0),
            TWO,
            DENIED,
        ),
        (
            count(
                RULES, field(f"{RULES}.value", equals="[first(field('" + f"{RULES}.value" + "'))]"), equals=2
            ),
            TWO,
            DENIED,
        ),
        (count(RULES, field("tags.owner", equals="data"), equals=2), TWO, DENIED),
        (
            count(
                {"value": [FIRST, "192.0.2.0/24"], "name": "wanted"},
                count(
                    RULES,
                    value(f"[equals(current('wanted'), current('{RULES}.value'))]", equals=True),
                    equals=1,
                ),
                equals=1,
            ),
            TWO,
            DENIED,
        ),
        (
            count(
                RULES,
                count(
                    {"value": ["203.0.113.0/24"], "name": "allowed"},
                    value(f"[ipRangeContains(current('allowed'), current('{RULES}.value'))]", equals=True),
                    equals=0,
                ),
                greater=0,
            ),
            TWO,
            DENIED,
        ),
        # Functions over values of which one part is unknown.
        (value(f"[contains(join(field('{RULES}.value'), ','), 'UNKNOWN')]", equals=True), HALF, UNDECIDED),
        (value(f"[length(field('{RULES}.value'))]", equals=2), HALF, DENIED),
        (value(f"[max(field('{RULES}.value'))]", greater=0), ip_rules(UNKNOWN_TEXT), UNDECIDED),
        (
            value(f"[if(equals(length(field('{RULES}')), 0), substring('', 0, 1), 'x')]", equals="x"),
            TWO,
            DENIED,
        ),
        (value("[requestContext().apiVersion]", less="2024-01-01"), BARE, PASSED),
        (value("[tryGet(requestContext().identity, 'idtyp')]", equals="user"), BARE, UNDECIDED),
        (value("[field('id')]", like="*/resourceGroups/rg-main/providers/*"), BARE, DENIED),
        (value("[last(split(policy().assignmentId, '/'))]", equals="rule"), BARE, DENIED),
        (value("[empty(policy().setDefinitionId)]", equals=True), BARE, DENIED),
        (
            value("[addDays('2026-01-31T23:00:00-02:00', 1)]", equals="2026-02-02T01:00:00.0000000Z"),
            BARE,
            DENIED,
        ),
        (value("[coalesce(tryGet(createObject('a', null()), 'a'), 'b')]", equals="b"), BARE, DENIED),
        (value("[uniqueString('x')]", equals="x"), BARE, UNDECIDED),
        (value("[format('{0}-{1}', 'a', true())]", equals="a-true"), BARE, DENIED),
        (value("[format('{{0}}', 'a')]", equals="{a}"), BARE, UNDECIDED),
        (value("[json('{}').a]", exists=False), BARE, DENIED),
        (value("[json('{''one'': ''a''}').one]", equals="a"), BARE, UNDECIDED),
        # A failure denies, unless something in doubt comes before it.
        (value("[substring(field('name'), 0, 30)]", equals="x"), BARE, DENIED),
        (value("[and(greater(int('x'), 1), false())]", equals=True), BARE, DENIED),
    ],
)
def test_a_rule_for_accounts(
    condition: Json, properties: JsonObject, expected: set[str], tmp_path: Path
) -> None:
    assert outcome(tmp_path, of_accounts(condition), account(**properties)) == expected


def test_a_nested_list_is_counted_for_each_member(tmp_path: Path) -> None:
    rules: Json = [
        {"name": "one", "properties": {"access": "Allow", "destinationPortRanges": ["22", "443"]}},
        {"name": "two", "properties": {"access": "Deny", "destinationPortRanges": ["22"]}},
    ]
    raw: JsonObject = {"type": NSG, "name": "nsg", "body": {"properties": {"securityRules": rules}}}
    ports = f"{NSG}/securityRules[*].destinationPortRanges[*]"
    open_ports = count(ports, field(ports, equals="22"), greater=0)
    allowed = field(f"{NSG}/securityRules[*].access", equals="Allow")
    whole = count(f"{NSG}/securityRules[*]", {"allOf": [allowed, open_ports]}, equals=1)
    assert outcome(tmp_path, policy(whole), arm_resource(raw)) == DENIED
    assert outcome(tmp_path, policy(count(ports, equals=3)), arm_resource(raw)) == DENIED


def test_many_asterisks_take_no_longer_than_few(tmp_path: Path) -> None:
    """A backtracking search would take longer than any test."""
    name = "a" * 60
    long = arm_resource({"type": STORAGE, "name": name, "body": {"properties": {}}})
    assert outcome(tmp_path, of_accounts(field("name", like="*a" * 25 + "*b")), long) == PASSED
    assert outcome(tmp_path, of_accounts(field("name", like="*a" * 25 + "*")), long) == DENIED
    assert outcome(tmp_path, of_accounts(field("name", like="a" * 31 + "*" + "a" * 30)), long) == PASSED


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("name", "name is 'stlake' and not 'x'"),
        ("fullName", "fullName is 'stlake' and not 'x'"),
        ("kind", "kind is 'StorageV2' and not 'x'"),
        ("tags.owner", "tags.owner is 'data' and not 'x'"),
    ],
)
def test_a_denial_names_the_value(name: str, told: str, tmp_path: Path) -> None:
    (refusal,) = found(tmp_path, of_accounts(field(name, notEquals="x")), account()).findings
    assert refusal.message.startswith(f"{told}: disallowed by policy 'Rule'")
