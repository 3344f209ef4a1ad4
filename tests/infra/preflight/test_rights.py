"""Conditions on the right to grant: read in the portal's forms, told where they are not understood."""

from __future__ import annotations

from typing import Any

import pytest

from azure_facts.roles import Role, built_in_roles
from bootstrap.delegation import delegation
from bootstrap.options import Options, parse
from infra.conventions.role_assignments import role_guid
from infra.preflight.finding import Verdict
from infra.preflight.rights import assigned_roles, judge_condition
from infra.settings.access import Persona
from infra.settings.platform import PlatformSettings
from tests.infra.platforms import STACKS, resources_of
from tests.infra.preflight.fake_arm import Answer, fake_arm
from tests.infra.preflight.ready_subscription import (
    ASSIGNMENTS,
    OBJECT,
    ROLE,
    SETTINGS,
    SUBSCRIPTION,
    everything_is_right,
    look,
)
from tests.infra.preflight.test_expectations import settings_of


def bootstrap_options(settings: PlatformSettings) -> Options:
    """What the bootstrap is called with for this stack."""
    return parse(
        [
            *("--workload", settings.environment.workload),
            *("--environment", settings.environment.name),
            *("--kind", settings.environment.kind),
            *("--subscription", settings.azure.subscription_id),
            *("--location", settings.azure.location),
            *("--home-subscription", "44444444-4444-4444-4444-444444444444"),
            *("--github", "example-org/platform", "--reviewer", "example-org/approvers"),
        ]
    )


ROLES = {
    role_guid(role).lower(): str(role)
    for role in (Role.READER, Role.CONTRIBUTOR, Role.STORAGE_BLOB_DATA_READER)
}
ROLE_ID = "@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]"
TYPE = "@Request[Microsoft.Authorization/roleAssignments:PrincipalType]"


def condition(*tests: str) -> str:
    write = "!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})"
    delete = "!(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})"
    inner = " AND ".join(tests)
    return f"((({write}) OR ({inner})) AND (({delete}) OR ({inner.replace('@Request', '@Resource')})))"


def guids(*roles: Role) -> str:
    return "{" + ", ".join(role_guid(role) for role in roles) + "}"


ALL = guids(Role.READER, Role.CONTRIBUTOR, Role.STORAGE_BLOB_DATA_READER)


@pytest.mark.parametrize(
    "given",
    [
        "",
        condition(f"{ROLE_ID} ForAnyOfAllValues:GuidNotEquals {guids(Role.OWNER)}"),
        condition(f"{ROLE_ID} ForAnyOfAnyValues:GuidEquals {ALL}"),
        condition(
            f"{ROLE_ID} ForAnyOfAnyValues:GuidEquals {ALL}",
            f"{TYPE} ForAnyOfAnyValues:StringEqualsIgnoreCase {{'User', 'Group', 'ServicePrincipal'}}",
        ),
    ],
)
def test_a_condition_that_lets_the_program_pass(given: str) -> None:
    assert judge_condition(given, ROLES) is None


@pytest.mark.parametrize(
    ("given", "verdict", "message"),
    [
        (
            condition(f"{ROLE_ID} ForAnyOfAllValues:GuidNotEquals {guids(Role.OWNER, Role.CONTRIBUTOR)}"),
            Verdict.FAILED,
            "a condition forbids the roles Contributor",
        ),
        (
            condition(f"{ROLE_ID} ForAnyOfAnyValues:GuidEquals {guids(Role.READER)}"),
            Verdict.FAILED,
            "a condition forbids the roles Contributor, Storage Blob Data Reader",
        ),
        (
            condition(f"{TYPE} ForAnyOfAnyValues:StringEqualsIgnoreCase {{'ServicePrincipal'}}"),
            Verdict.FAILED,
            "a condition forbids principals of the kind group",
        ),
        (
            condition(
                "@Request[Microsoft.Authorization/roleAssignments:PrincipalId] ForAnyOfAnyValues:GuidEquals {x}"
            ),
            Verdict.FAILED,
            "a condition names the principals",
        ),
        (
            condition("@Request[Microsoft.Authorization/roleAssignments:Description] StringLike 'x'"),
            Verdict.NOTE,
            "the right to assign roles has a condition that is not judged here",
        ),
        (
            condition(
                f"{ROLE_ID} ForAnyOfAnyValues:GuidEquals {ALL}",
                f"{ROLE_ID} ForAnyOfAnyValues:GuidEquals {guids(Role.READER)}",
            ),
            Verdict.NOTE,
            "the right to assign roles has a condition that is not judged here",
        ),
    ],
)
def test_a_condition_that_does_not(given: str, verdict: Verdict, message: str) -> None:
    judged = judge_condition(given, ROLES)
    assert judged is not None
    assert judged[0] is verdict
    assert judged[1].startswith(message)


@pytest.mark.parametrize("stack", STACKS)
def test_the_roles_that_are_asked_for_hold_those_that_the_program_assigns(stack: str) -> None:
    assigned = {
        resource["inputs"]["roleDefinitionId"].rsplit("/", 1)[1].lower()
        for resource in resources_of(stack)
        if resource["type"] == "azure-native:authorization:RoleAssignment"
    }
    assert assigned <= set(assigned_roles(settings_of(stack)))


@pytest.mark.parametrize("stack", STACKS)
def test_the_condition_that_bootstrap_sets_lets_both_stacks_be_deployed(stack: str) -> None:
    """But for what takes locks off, which a person gives."""
    settings = settings_of(stack)
    assert judge_condition(delegation(bootstrap_options(settings)), assigned_roles(settings)) == (
        Verdict.FAILED,
        "a condition forbids the roles Storage Account Backup Contributor",
    )


@pytest.mark.parametrize(
    "role", [Role.OWNER, Role.USER_ACCESS_ADMINISTRATOR, Role.ROLE_BASED_ACCESS_CONTROL_ADMINISTRATOR]
)
def test_it_lets_nobody_be_given_the_rights_to_give(role: Role) -> None:
    judged = judge_condition(delegation(bootstrap_options(settings_of("prod"))), {role_guid(role): str(role)})
    assert judged == (Verdict.FAILED, f"a condition forbids the roles {role}")


def test_it_lets_no_role_be_given_that_no_table_names() -> None:
    """Contributor on the whole is the deploying identity's own; what the tables do not name, it cannot hand on."""
    granted = set(assigned_roles(settings_of("prod"))) - {role_guid(Role.STORAGE_ACCOUNT_BACKUP_CONTRIBUTOR)}
    others = {guid: role.name for guid, role in built_in_roles().items() if guid not in granted}
    assert len(others) > 50
    condition = delegation(bootstrap_options(settings_of("prod")))
    for guid, name in others.items():
        assert judge_condition(condition, {guid: name}) == (
            Verdict.FAILED,
            f"a condition forbids the roles {name}",
        )


def assignment(role: str, condition: str | None = None) -> dict[str, Any]:
    return {
        "properties": {
            "scope": SUBSCRIPTION,
            "roleDefinitionId": f"{ROLE}-{role}",
            "condition": condition,
            "conditionVersion": "2.0" if condition else None,
        }
    }


def test_a_condition_stops_unless_another_grant_has_none() -> None:
    answers = everything_is_right()
    narrow = condition(f"{ROLE_ID} ForAnyOfAnyValues:GuidEquals {guids(Role.READER)}")
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
    answers[ASSIGNMENTS] = [Answer({"value": [assignment("contributor"), assignment("grants", narrow)]})]
    with fake_arm(answers) as arm:
        (finding,) = (one for one in look(arm) if one.stops)
    assert finding.message.startswith("grants: a condition forbids the roles AcrPull, ")
    assert finding.run.startswith("az role assignment list --assignee ")
    both = [assignment("contributor"), assignment("grants", narrow), assignment("grants")]
    answers[ASSIGNMENTS] = [Answer({"value": both})]
    with fake_arm(answers) as arm:
        assert [one for one in look(arm) if one.stops] == []


def rights(
    condition: str, *more: str, caller: str = "", own: str = "Microsoft.Authorization/locks/write"
) -> list[str]:
    """What is found where the caller holds what the bootstrap gives, and `more`."""
    answers = everything_is_right()
    actions = {
        "contributor": ["*"],
        "grants": ["Microsoft.Authorization/roleAssignments/*"],
        "own": [own, *more],
    }
    for name, given in actions.items():
        taken = ["Microsoft.Authorization/*/Write", "Microsoft.Authorization/*/Delete"]
        permission = {"actions": given, "notActions": taken if name == "contributor" else []}
        answers[f"GET {ROLE}-{name}"] = [Answer({"properties": {"permissions": [permission]}})]
    held = [assignment("contributor"), assignment("grants", condition), assignment("own")]
    answers[ASSIGNMENTS] = [Answer({"value": held})]
    recovery = SETTINGS.recovery.model_copy(update={"locks": True})
    settings = SETTINGS.model_copy(update={"recovery": recovery})
    if caller:
        ci = settings.access.personas[Persona.CI].model_copy(update={"object_id": caller})
        personas = {**settings.access.personas, Persona.CI: ci}
        access = settings.access.model_copy(update={"personas": personas})
        settings = settings.model_copy(update={"access": access})
    with fake_arm(answers) as arm:
        found = look(arm, settings=settings)
    return [
        f"{one.verdict} {one.message} {one.run}" for one in found if one.check == "rights of the deployer"
    ]


def test_what_the_bootstrap_gives_deploys_but_for_what_takes_locks_off() -> None:
    found = rights(delegation(bootstrap_options(SETTINGS)), caller=OBJECT)
    assert not [one for one in found if one.startswith("failed")]
    by_hand = (
        "note grants: an Owner runs the `up` that first grants Storage Account Backup Contributor: docs/"
    )
    assert any(one.startswith(by_hand) for one in found)


def test_a_pipeline_that_takes_locks_off_is_stopped_and_a_person_is_not() -> None:
    own = delegation(bootstrap_options(SETTINGS))
    lock = "Microsoft.Authorization/locks/delete"
    said = f"failed {lock} is allowed to the deploying identity, which undoes what holds it run bootstrap/"
    assert any(one.startswith(said) for one in rights(own, lock, caller=OBJECT))
    assert not any(one.startswith(said) for one in rights(own, lock))


def test_a_pipeline_without_the_right_to_lock_is_sent_to_the_bootstrap() -> None:
    condition = delegation(bootstrap_options(SETTINGS))
    lock = "failed Microsoft.Authorization/locks/write is not allowed on the subscription"
    nothing = "Microsoft.Authorization/locks/read"
    assert any(
        one.startswith(f"{lock} run bootstrap/") for one in rights(condition, caller=OBJECT, own=nothing)
    )
    assert any(one.startswith(f"{lock} az role assignment") for one in rights(condition, own=nothing))
