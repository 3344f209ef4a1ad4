"""A grant gives privileges that its object has."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from azure_facts.unity_catalog import (
    GRANTS_PAGE,
    PRIVILEGES_PAGE,
    UNPLACED_PRIVILEGES,
    privilege_name,
    privileges_by_argument,
)
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_PRIVILEGES = privileges_by_argument()


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    named = [name for name in _PRIVILEGES if resource.value(name) is not None or resource.is_unknown(name)]
    for path, given in _given(resource):
        for argument in named[:1]:
            yield from _judged(path, given, argument)


def _given(resource: Resource) -> Iterator[tuple[str, str]]:
    places = ["privileges"]
    if resource.type == tokens.GRANTS:
        places = [f"grants[{index}].privileges" for index in range(len(resource.items("grants")))]
    for place in places:
        listed = resource.value(place)
        for index, given in enumerate(listed if isinstance(listed, list) else ()):
            if isinstance(given, str):
                yield f"{place}[{index}]", given


def _judged(path: str, given: str, argument: str) -> Iterator[Violation]:
    name, possible = privilege_name(given), _PRIVILEGES[argument]
    if name in possible or name in UNPLACED_PRIVILEGES:
        return
    near = difflib.get_close_matches(name, possible, 1, 0.75)
    right = near[0] if near else f"one of {', '.join(sorted(possible))}"
    yield Violation(path, f"'{given}' cannot be granted on a {argument}; use {right}")


def _case(privilege: str) -> Case:
    grants = [{"principal": "data-scientists", "privileges": [privilege]}]
    return Case((Declared(tokens.GRANTS, {"foreignConnection": "sales", "grants": grants}),))


RULE = Rule(
    id="DBX203",
    service="Unity Catalog",
    title="a grant gives privileges that its object has",
    applies_to=(tokens.GRANTS, tokens.GRANT),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source=f"{GRANTS_PAGE.page}; {PRIVILEGES_PAGE.page}; terraform-provider-databricks issues 1658, 5398",
    check=_check,
    trips=_case("CREATE_CONNECTION"),
    passes=_case("use connection"),
)
