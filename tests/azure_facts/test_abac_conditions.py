"""Conditions of role assignments: what they let through, and what is refused as unreadable."""

from __future__ import annotations

import pytest

from azure_facts.abac_conditions import Asked, ConditionError, parse_condition
from bootstrap.delegation import delegation
from bootstrap.options import Kind, Options

WRITE = "Microsoft.Authorization/roleAssignments/write"
ROLE = "microsoft.authorization/roleassignments:roledefinitionid"
TYPE = "microsoft.authorization/roleassignments:principaltype"
READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7"
OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
OPTIONS = Options("forecast", "prod", Kind.PROD, "33333333-3333-3333-3333-333333333333", "westeurope")


def asked(role: str, principal: str = "Group", operation: str = WRITE) -> Asked:
    definition = f"/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/{role}"
    return Asked(operation, {ROLE: (definition,), TYPE: (principal,)})


@pytest.mark.parametrize(
    ("request_", "allowed"),
    [
        (asked(READER), True),
        (asked(READER.upper(), "group"), True),
        (asked(OWNER), False),
        (asked(READER, "ForeignGroup"), False),
        (asked(OWNER, operation="Microsoft.Authorization/roleAssignments/delete"), False),
        (asked(READER, operation="Microsoft.Authorization/roleAssignments/delete"), True),
        (asked(OWNER, operation="Microsoft.Resources/deployments/write"), True),
        (Asked(WRITE, {}), False),
    ],
)
def test_the_bootstrap_s_condition_lets_the_listed_roles_through(request_: Asked, *, allowed: bool) -> None:
    assert parse_condition(delegation(OPTIONS))(request_) is allowed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@Resource[a:b] StringEquals 'x'", True),
        ("@Resource[a:b] StringNotEquals 'x'", False),
        ("NOT @Resource[a:b] StringEquals 'x'", False),
        ("@Resource[a:b] StringEquals 'X'", False),
        ("@Resource[a:b] StringEqualsIgnoreCase 'X' && !(ActionMatches{'other/*'})", True),
        ("@Resource[a:b] StringLike '?' || @Resource[a:b] StringEquals 'z'", True),
        ("@Resource[a:b] ForAllOfAllValues:StringEquals {'x', 'y'}", False),
        ("@Resource[a:b] ForAnyOfAllValues:StringNotEquals {'y', 'z'}", True),
        ("@Resource[absent] StringNotEquals 'x'", False),
        ("ActionMatches{'some/*'} AND @Resource[a:b] StringStartsWith 'x'", True),
    ],
)
def test_operators(text: str, *, expected: bool) -> None:
    assert parse_condition(text)(Asked("some/action", {"a:b": ("x",)})) is expected


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "expected ActionMatches, an attribute"),
        ("(ActionMatches{'a'}", "expected ) at character 20, found the end"),
        ("ActionMatches{'a', 'b'}", "expected 1 value"),
        ("@Request[a] NumericLessThan {'1'}", "expected an operator such as ForAnyOfAnyValues:GuidEquals"),
        ("@Request[a] StringEquals", "expected a text in quotes or a GUID at character 25, found the end"),
        ("@Request[a StringEquals 'x'", "it cannot be read from character 1 on"),
        ("@Request[a] StringEquals 'x' 'y'", "expected AND, OR or the end at character 30, found 'y'"),
    ],
)
def test_what_is_no_condition_is_refused_with_its_place(text: str, why: str) -> None:
    with pytest.raises(ConditionError) as refused:
        parse_condition(text)
    assert why in str(refused.value)
