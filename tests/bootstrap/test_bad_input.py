"""Run twice, against tampered identities, with half the rights, interrupted after each step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from azure_facts.roles import Role, built_in_role
from tests.bootstrap.bench import (
    DEV,
    DEVOPS,
    GITHUB,
    HOME,
    PROD,
    REPOSITORY,
    SUBSCRIPTION,
    Bench,
    credentials,
)

PREVIEWED = (*PROD, *GITHUB, "--previews", "reviewed")
ENVIRONMENTS = f"repos/{REPOSITORY}/environments"

Tampering = Callable[[dict[str, Any]], None]


def identity(state: dict[str, Any], purpose: str) -> dict[str, Any]:
    return state["identity"][f"id-forecast-{purpose}-prod"]


def grant_more(state: dict[str, Any], purpose: str, role: Role, scope: str) -> None:
    state["role assignment"].append(
        {
            "id": "more",
            "principalId": identity(state, purpose)["principalId"],
            "roleDefinitionId": f"/roleDefinitions/{built_in_role(role).guid}",
            "roleDefinitionName": str(role),
            "scope": scope,
            "condition": None,
        }
    )


def other_subject(state: dict[str, Any]) -> None:
    identity(state, "deploy")["credentials"][0]["subject"] = "repo:stranger/platform:environment:prod"


def other_issuer(state: dict[str, Any]) -> None:
    identity(state, "plan")["credentials"][0]["issuer"] = "https://example.com"


def other_audience(state: dict[str, Any]) -> None:
    identity(state, "plan")["credentials"][0]["audiences"].append("anybody")


def every_pull_request(state: dict[str, Any]) -> None:
    """What an older bootstrap made by itself."""
    identity(state, "preview")["credentials"].append(
        {
            "name": "pull-requests",
            "issuer": "https://token.actions.githubusercontent.com",
            "subject": "repo:example-org/platform:pull_request",
            "audiences": ["api://AzureADTokenExchange"],
        }
    )


def without_condition(state: dict[str, Any]) -> None:
    (one,) = [one for one in state["role assignment"] if one["condition"]]
    one["condition"] = None


def wider_condition(state: dict[str, Any]) -> None:
    (one,) = [one for one in state["role assignment"] if one["condition"]]
    one["condition"] = one["condition"].replace(
        "GuidEquals {", f"GuidEquals {{{built_in_role(Role.OWNER).guid}, "
    )


def owner_for_drift(state: dict[str, Any]) -> None:
    grant_more(state, "drift", Role.OWNER, f"/subscriptions/{SUBSCRIPTION}")


def any_branch(state: dict[str, Any]) -> None:
    state["github"][f"{ENVIRONMENTS}/prod"]["deployment_branch_policy"] = None


def another_branch(state: dict[str, Any]) -> None:
    policies = state["github"][f"{ENVIRONMENTS}/plan-prod/deployment-branch-policies"]["branch_policies"]
    policies.append({"id": 9, "name": "release/*"})


def no_reviewers(state: dict[str, Any]) -> None:
    rules = state["github"][f"{ENVIRONMENTS}/prod"]["protection_rules"]
    rules[:] = [rule for rule in rules if rule["type"] != "required_reviewers"]


def administrators(state: dict[str, Any]) -> None:
    state["github"][f"{ENVIRONMENTS}/preview-prod"]["can_admins_bypass"] = True


def shared_keys(state: dict[str, Any]) -> None:
    (account,) = state["storage account"].values()
    account["allowSharedKeyAccess"] = True


def no_versions(state: dict[str, Any]) -> None:
    (properties,) = state["storage account blob-service-properties"].values()
    properties["isVersioningEnabled"] = False


def locks_taken_off(state: dict[str, Any]) -> None:
    (permission,) = state["role definition"]["Lock setter (forecast prod)"]["permissions"]
    permission["actions"].append("Microsoft.Authorization/locks/delete")


def sent_elsewhere(state: dict[str, Any]) -> None:
    (setting,) = [
        found for path, found in state["resource"].items() if "vaults" in path and "Insights" in path
    ]
    setting["properties"]["workspaceId"] = "/subscriptions/S/resourceGroups/g/providers/stranger"


def category_off(state: dict[str, Any]) -> None:
    path = f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Insights/diagnosticSettings/bootstrap"
    state["resource"][path]["properties"]["logs"][0]["enabled"] = False


def not_enforced(state: dict[str, Any]) -> None:
    (assigned,) = [found for path, found in state["resource"].items() if "policyAssignments" in path]
    assigned["properties"]["enforcementMode"] = "DoNotEnforce"


def excluded(state: dict[str, Any]) -> None:
    (assigned,) = [found for path, found in state["resource"].items() if "policyAssignments" in path]
    assigned["properties"]["notScopes"] = [f"/subscriptions/{SUBSCRIPTION}"]


def softened(state: dict[str, Any]) -> None:
    (kept,) = [found for path, found in state["resource"].items() if "policyDefinitions" in path]
    kept["properties"]["policyRule"]["then"] = {"effect": "audit"}


def forgets_early(state: dict[str, Any]) -> None:
    (workspace,) = state["monitor log-analytics workspace"].values()
    workspace["retentionInDays"] = 30


def reader_at_home(state: dict[str, Any]) -> None:
    """Anywhere in the bootstrap's subscription, however deep."""
    grant_more(state, "deploy", Role.READER, f"/subscriptions/{HOME}/resourceGroups/other")


TAMPERED: list[tuple[Tampering, str, int]] = [
    (other_subject, "federation of deploy: subject is repo:stranger/platform:environment:prod", 1),
    (other_issuer, "federation of plan: issuer is https://example.com", 1),
    (other_audience, "federation of plan: audiences are", 1),
    (
        every_pull_request,
        "federation of preview: pull-requests lets repo:example-org/platform:pull_request in",
        1,
    ),
    (
        without_condition,
        "roles of deploy: Role Based Access Control Administrator on the subscription has no",
        2,
    ),
    (
        wider_condition,
        "roles of deploy: Role Based Access Control Administrator on the subscription has the",
        2,
    ),
    (owner_for_drift, f"roles of drift: holds Owner on /subscriptions/{SUBSCRIPTION}", 1),
    (any_branch, "GitHub environment prod: it is not limited to main", 1),
    (another_branch, "GitHub environment plan-prod: ['main', 'release/*'] may use it", 1),
    (no_reviewers, "GitHub environment prod: its reviewers are nobody", 1),
    (administrators, "GitHub environment preview-prod: administrators may go round", 1),
    (shared_keys, "state account: allowSharedKeyAccess is true, not false", 1),
    (locks_taken_off, "role Lock setter: its operations differ in Microsoft.Authorization/locks/delete", 1),
    (
        sent_elsewhere,
        "logs of the vault: it sends to /subscriptions/S/resourceGroups/g/providers/stranger",
        1,
    ),
    (category_off, "activity log: Administrative is off", 1),
    (not_enforced, "assignment of the policy on the activity log: enforcementMode is", 1),
    (excluded, "assignment of the policy on the activity log: notScopes is", 1),
    (softened, "policy on the activity log: policyRule is", 1),
    (forgets_early, "log workspace: retentionInDays is 30, not 365", 1),
    (reader_at_home, f"roles of deploy: holds Reader on /subscriptions/{HOME}/resourceGroups/other", 1),
    (no_versions, "state versions: isVersioningEnabled is false, not true", 1),
]


@pytest.mark.parametrize(
    ("tamper", "told", "commands"), TAMPERED, ids=lambda one: getattr(one, "__name__", "")
)
def test_what_somebody_changed_is_told_and_only_that_repaired(
    bench: Bench, prod_on_github: dict[str, Any], tamper: Tampering, told: str, commands: int
) -> None:
    bench.write(prod_on_github)
    state = bench.state
    tamper(state)
    bench.write(state)
    first = bench.run(*PREVIEWED)
    assert first.returncode == 3
    assert f"differs    {told}" in first.stdout
    assert sum(line.startswith("differs") for line in first.stdout.splitlines()) == 1
    assert (bench.changes, bench.state) == ([], state)
    repaired = bench.run(*PREVIEWED, "--repair")
    assert repaired.returncode == 0, repaired.stdout
    assert len(bench.changes) == commands
    assert as_granted(bench.state) == as_granted(prod_on_github)


def as_granted(state: dict[str, Any]) -> dict[str, Any]:
    """The state without the numbers that services make up."""
    assignments = [{**one, "id": ""} for one in state["role assignment"]]
    policies = {
        path: [one["name"] for one in found["branch_policies"]]
        for path, found in state["github"].items()
        if path.endswith("deployment-branch-policies")
    }
    rest = {path: found for path, found in state["github"].items() if path not in policies}
    return {
        **state,
        "role assignment": sorted(assignments, key=lambda one: (one["principalId"], one["roleDefinitionId"])),
        "github": {**rest, **policies},
    }


def test_a_role_that_a_group_gives_is_told_and_left_to_people(
    bench: Bench, prod_on_github: dict[str, Any]
) -> None:
    bench.write(prod_on_github)
    state = bench.state
    owner_for_drift(state)
    state["role assignment"][-1]["principalId"] = "group"
    state["groups"] = {identity(state, "drift")["principalId"]: ["group"]}
    bench.write(state)
    done = bench.run(*PREVIEWED, "--repair")
    assert done.returncode == 3
    assert (
        f"roles of drift: holds Owner on /subscriptions/{SUBSCRIPTION} as a member of the group group: take"
        in done.stdout
    )
    assert bench.changes == []


def test_a_second_run_changes_nothing(bench: Bench, prod_on_github: dict[str, Any]) -> None:
    bench.write(prod_on_github)
    done = bench.run(*PREVIEWED, "--repair")
    assert (done.returncode, bench.changes) == (0, [])
    assert "differs" not in done.stdout


def test_a_place_that_lost_its_rules_is_not_trusted_anew(
    bench: Bench, prod_on_github: dict[str, Any]
) -> None:
    bench.write(prod_on_github)
    state = bench.state
    no_reviewers(state)
    identity(state, "deploy")["credentials"].clear()
    bench.write(state)
    done = bench.run(*PREVIEWED)
    assert "waits      federation of deploy: for GitHub environment prod" in done.stdout
    assert bench.changes == []


def test_previews_that_are_no_longer_wanted_lose_their_identity(
    bench: Bench, prod_on_github: dict[str, Any]
) -> None:
    bench.write(prod_on_github)
    told = bench.run(*PROD, *GITHUB)
    assert "differs    no identity preview: id-forecast-preview-prod is there" in told.stdout
    assert bench.changes == []
    assert bench.run(*PROD, *GITHUB, "--repair").returncode == 0
    assert "preview" not in credentials(bench.state)


def test_what_the_stack_grants_deeper_is_not_the_bootstraps(
    bench: Bench, prod_on_github: dict[str, Any]
) -> None:
    bench.write(prod_on_github)
    state = bench.state
    owner_for_drift(state)
    state["role assignment"][-1]["scope"] = (
        f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-forecast-prod-weu"
    )
    bench.write(state)
    assert bench.run(*PREVIEWED, "--repair").returncode == 0
    assert bench.changes == []


def wrong_branches(state: dict[str, Any]) -> None:
    state["configurations"][4]["settings"]["inputs"]["allowedBranches"] = "refs/heads/*"


def unprotected(state: dict[str, Any]) -> None:
    state["configurations"][0]["settings"]["inputs"]["ensureProtectionOfBranch"] = "false"


def other_approver(state: dict[str, Any]) -> None:
    state["configurations"][6]["settings"]["approvers"] = [{"id": "stranger"}]


def own_approval(state: dict[str, Any]) -> None:
    state["configurations"][3]["settings"]["requesterCannotBeApprover"] = False


@pytest.mark.parametrize(
    ("tamper", "told"),
    [
        (wrong_branches, "branch control on service connection platform-prod: allowedBranches is"),
        (unprotected, "branch control on service connection platform-gate-prod: ensureProtectionOfBranch is"),
        (other_approver, "approval on environment prod: approvers is"),
        (own_approval, "approval on service connection platform-preview-prod: requesterCannotBeApprover is"),
    ],
)
def test_a_check_of_azure_devops_that_somebody_changed(
    bench: Bench, prod_on_azure_devops: dict[str, Any], tamper: Tampering, told: str
) -> None:
    options = (*PROD, *DEVOPS, "--previews", "reviewed")
    bench.write(prod_on_azure_devops)
    state = bench.state
    tamper(state)
    bench.write(state)
    first = bench.run(*options)
    assert first.returncode == 3
    assert f"differs    {told}" in first.stdout
    assert bench.changes == []
    assert bench.run(*options, "--repair").returncode == 0
    assert len(bench.changes) == 1


@pytest.mark.parametrize(
    "refuses",
    [
        "az group show",
        "az storage account show",
        "az keyvault show",
        "az identity show",
        "az role assignment list",
        "gh api",
    ],
)
def test_with_half_the_rights_nothing_is_made_and_the_missing_look_is_named(
    bench: Bench, prod_on_github: dict[str, Any], refuses: str
) -> None:
    bench.write(prod_on_github)
    state = bench.state
    shared_keys(state)
    every_pull_request(state)
    bench.write(state)
    done = bench.run(*PREVIEWED, "--repair", refuses=refuses)
    assert done.returncode == 1
    assert f"could not look: {refuses}" in done.stdout
    assert "AuthorizationFailed" in done.stdout
    assert bench.changes == []


@pytest.mark.parametrize("refuses", ["role assignment create", "--method PUT", "federated-credential create"])
def test_a_change_that_is_refused_stops_the_run_and_the_next_one_goes_on(bench: Bench, refuses: str) -> None:
    done = bench.run(*DEV, *GITHUB, refuses=refuses)
    assert done.returncode == 1
    assert f"could not change: {'gh' if refuses.startswith('--') else 'az'}" in done.stdout
    assert [change for change in bench.changes if refuses in " ".join(change)] == []
    assert bench.run(*DEV, *GITHUB).returncode == 0


def test_interrupted_after_each_step_the_next_runs_end_where_an_undisturbed_one_does(
    bench: Bench, dev_on_github: dict[str, Any]
) -> None:
    """Every run makes one change and is killed. Half a GitHub environment is told, and repaired on demand."""
    halves = 0
    done = bench.run(*DEV, *GITHUB, stops_after=1)
    for _ in range(60):
        done = bench.run(*DEV, *GITHUB, stops_after=1)
        if done.returncode == 3:
            assert "differs    GitHub environment" in done.stdout
            halves += 1
            done = bench.run(*DEV, *GITHUB, "--repair", stops_after=1)
        if done.returncode == 0:
            break
        assert done.returncode == -9, done.stdout
        assert len(bench.changes) == 1
    assert done.returncode == 0
    assert halves == 4
    assert as_granted(bench.state) == as_granted(dev_on_github)
