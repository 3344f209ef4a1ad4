"""What the workspace and its account must know before content is deployed."""

from __future__ import annotations

from typing import Any

import pytest

from azure_facts.databricks_service_principals import MANAGER_ROLE, USER_ROLE, group_in_rules
from infra.preflight.finding import Finding, Verdict
from tests.infra.preflight.fake_arm import Answer, fake_arm
from tests.infra.preflight.ready_subscription import DATABRICKS_WORKSPACE, everything_is_right, look

METASTORE = "GET /api/2.1/unity-catalog/current-metastore-assignment"
PRIVILEGES = "GET /api/2.1/unity-catalog/effective-permissions/metastore/m-1"
ASSIGNMENTS = "GET /api/2.0/preview/permissionassignments"
ME = "GET /api/2.0/preview/scim/v2/Me"
GROUPS = "GET /api/2.0/account/scim/v2/Groups"
RULES = "GET /api/2.0/preview/accounts/access-control/rule-sets"
OWNERS = "sg-forecast-databricks-owners-dev"


def privileges(*names: str) -> dict[str, Any]:
    return {
        "privilege_assignments": [{"principal": "ci", "privileges": [{"privilege": one} for one in names]}]
    }


def rules(*roles: str, who: str = group_in_rules(OWNERS)) -> dict[str, Any]:
    return {"grant_rules": [{"role": role, "principals": [who]} for role in roles]}


def looked(**changes: Answer | list[Answer]) -> list[Finding]:
    """The findings about what is inside, where everything is right but what is changed."""
    answers: dict[str, Answer | list[Answer]] = {
        METASTORE: Answer({"metastore_id": "m-1"}),
        PRIVILEGES: Answer(
            privileges("CREATE_CATALOG", "CREATE_EXTERNAL_LOCATION", "CREATE_STORAGE_CREDENTIAL")
        ),
        ASSIGNMENTS: Answer({"permission_assignments": []}),
        GROUPS: Answer({"Resources": [{"displayName": "there"}]}),
        RULES: Answer(rules(MANAGER_ROLE)),
        DATABRICKS_WORKSPACE: Answer({"properties": {"workspaceUrl": "{host}"}}),
        ME: Answer({"userName": "ci", "groups": [{"display": OWNERS}]}),
        **{globals()[key]: answer for key, answer in changes.items()},
    }
    with fake_arm({**everything_is_right(), **_in_turn(answers)}) as arm:
        found = look(arm, read_seconds=0.5, retries=0)
    return [one for one in found if one.check in _CHECKS]


def _in_turn(answers: dict[str, Answer | list[Answer]]) -> dict[str, list[Answer]]:
    return {key: one if isinstance(one, list) else [one] for key, one in answers.items()}


_CHECKS = ("Databricks metastore", "Databricks groups", "Databricks principals")


def test_where_everything_is_right_nothing_stops() -> None:
    found = looked()
    assert [(one.check, one.verdict) for one in found] == [
        ("Databricks metastore", Verdict.OK),
        ("Databricks groups", Verdict.OK),
        ("Databricks principals", Verdict.OK),
        ("Databricks principals", Verdict.OK),
    ]


@pytest.mark.parametrize(
    ("changes", "verdict", "message", "run"),
    [
        (
            {"METASTORE": Answer({"error_code": "METASTORE_DOES_NOT_EXIST"}, 404)},
            Verdict.FAILED,
            "the workspace has none; an account admin assigns one",
            "databricks metastores assign WORKSPACE_ID METASTORE_ID main",
        ),
        (
            {"PRIVILEGES": Answer(privileges("CREATE_CATALOG"))},
            Verdict.NOTE,
            "lists no CREATE_EXTERNAL_LOCATION, CREATE_STORAGE_CREDENTIAL for this identity",
            f'{{"changes": [{{"principal": "{OWNERS}", "add": ["CREATE_EXTERNAL_LOCATION", ',
        ),
        (
            {"ASSIGNMENTS": Answer({}, 404)},
            Verdict.FAILED,
            "identity federation comes with a metastore",
            "databricks metastores current",
        ),
        (
            {"ASSIGNMENTS": Answer({}, 403)},
            Verdict.UNKNOWN,
            "is no admin of the workspace",
            "databricks current-user me",
        ),
        (
            {"GROUPS": Answer({"totalResults": 0})},
            Verdict.FAILED,
            f"the account knows no {OWNERS}",
            f"databricks account groups list --filter 'displayName eq \"{OWNERS}\"'",
        ),
        (
            {"RULES": Answer({}, 403)},
            Verdict.FAILED,
            "this identity is no manager of it (403); an account admin gives roles/servicePrincipal.manager",
            "databricks account-access-control-proxy get-rule-set accounts/",
        ),
        ({"RULES": Answer({}, 404)}, Verdict.NOTE, "who makes it is its manager", ""),
        (
            {"RULES": Answer(rules(USER_ROLE, who="users/ada@example.com"))},
            Verdict.NOTE,
            "has rules that `up` takes away: roles/servicePrincipal.user of users/ada@example.com",
            "databricks account-access-control-proxy get-rule-set",
        ),
    ],
)
def test_what_is_missing_is_said_with_what_to_run(
    changes: dict[str, Answer], verdict: Verdict, message: str, run: str
) -> None:
    (finding,) = [one for one in looked(**changes) if message in one.message][:1]
    assert finding.verdict is verdict
    assert run in finding.run


def test_a_privilege_of_a_group_is_its_members_too_and_an_empty_page_is_not_the_last() -> None:
    own = Answer({**privileges("CREATE_CATALOG"), "next_page_token": "2"})
    of_the_group = [
        Answer({"next_page_token": "2"}),
        Answer(privileges("CREATE_EXTERNAL_LOCATION", "CREATE_STORAGE_CREDENTIAL")),
    ]
    metastore, *_ = looked(PRIVILEGES=[own, Answer({}), *of_the_group, Answer({}, 500)])
    assert metastore.verdict is Verdict.OK


def test_who_deploys_and_is_not_seen_among_the_owners_is_told() -> None:
    (finding,) = [one for one in looked(ME=Answer({"userName": "ada"})) if one.verdict is Verdict.NOTE]
    assert finding.message.startswith(f"{OWNERS} is not among the groups that the workspace shows")
