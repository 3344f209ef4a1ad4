"""What the bootstrap does about what others own: the hub, runner groups, agent pools, another repository."""

from __future__ import annotations

from typing import Any

from azure_facts.roles import Role, built_in_role
from tests.bootstrap.bench import DEV, DEVOPS, GITHUB, PROD, REPOSITORY, SUBJECT, Bench, credentials

HUB = (
    "/subscriptions/55555555-5555-5555-5555-555555555555/resourceGroups/rg-hub/providers/Microsoft.Network"
    "/virtualNetworks/vnet-hub"
)
NETWORK_CONTRIBUTOR = built_in_role(Role.NETWORK_CONTRIBUTOR)


def test_who_previews_reads_the_hub_s_peering_and_nothing_else_of_the_hub(bench: Bench) -> None:
    asked = (*DEV, *GITHUB, "--hub-network", HUB)
    assert bench.run(*asked).returncode == 0
    held = {
        one["principalId"]: built_in_role(one["roleDefinitionName"]).name
        for one in bench.state["role assignment"]
        if "55555555" in one["scope"]
    }
    names = {found["principalId"]: name.split("-")[2] for name, found in bench.state["identity"].items()}
    # Who deploys is lent more by the hub's owner.
    assert {names[principal]: role for principal, role in held.items()} == dict.fromkeys(
        ("drift", "plan"), "Reader"
    )
    again = bench.run(*asked)
    assert (again.returncode, bench.changes) == (0, [])


def test_what_the_hub_s_owner_lends_who_deploys_is_left_to_it_alone(bench: Bench) -> None:
    asked = (*DEV, *GITHUB, "--hub-network", HUB)
    assert bench.run(*asked).returncode == 0
    lend(bench, "deploy", HUB)
    again = bench.run(*asked, "--repair")
    assert (again.returncode, bench.changes) == (0, [])
    lend(bench, "plan", HUB)
    told = bench.run(*asked)
    assert told.returncode == 3
    assert "roles of plan: holds Network Contributor on" in told.stdout


def lend(bench: Bench, purpose: str, scope: str) -> None:
    """Network Contributor, as somebody else gave it."""
    state = bench.state
    state["role assignment"].append(
        {
            **state["role assignment"][-1],
            "id": f"{scope}/providers/Microsoft.Authorization/roleAssignments/lent-{purpose}",
            "principalId": state["identity"][f"id-forecast-{purpose}-dev"]["principalId"],
            "scope": scope,
            "roleDefinitionId": f"/providers/Microsoft.Authorization/roleDefinitions/{NETWORK_CONTRIBUTOR.guid}",
            "roleDefinitionName": NETWORK_CONTRIBUTOR.name,
        }
    )
    bench.write(state)


def test_the_notebooks_repository_is_trusted_once_its_environment_is_protected(bench: Bench) -> None:
    state = bench.state
    notebooks = "repos/example-org/notebooks"
    state["github"][f"{notebooks}/actions/oidc/customization/sub"] = {"use_default": True}
    bench.write(state)
    assert bench.run(*DEV, *GITHUB, "--notebooks", "example-org/notebooks").returncode == 0
    assert f"{notebooks}/environments/dev" in bench.state["github"]
    assert credentials(bench.state)["deploy"] == [
        f"{SUBJECT}:dev",
        "repo:example-org/notebooks:environment:dev",
    ]
    told = bench.run(*DEV, *GITHUB)
    assert "notebooks-jobs lets repo:example-org/notebooks:environment:dev in" in told.stdout
    assert bench.changes == []


def test_a_runner_group_is_pinned_to_workflows_on_main(bench: Bench) -> None:
    told = bench.run(*PROD, *GITHUB, "--runner-group", "platform-prod")
    assert told.returncode == 3
    assert "differs    runner group platform-prod: any workflow's jobs run there" in told.stdout
    assert bench.run(*PROD, *GITHUB, "--runner-group", "platform-prod", "--repair").returncode == 0
    (group,) = bench.state["github"]["orgs/example-org/actions/runner-groups"]["runner_groups"]
    workflows = ("deploy.yml", "drift.yml", "promote.yml", "sync-git-folders.yml")
    assert group["selected_workflows"] == [
        f"{REPOSITORY}/.github/workflows/{one}@refs/heads/main" for one in workflows
    ]


def test_an_agent_pool_of_azure_devops_is_held_to_main(bench: Bench) -> None:
    assert bench.run(*PROD, *DEVOPS, "--runner-group", "forecast-prod").returncode == 0
    (check,) = [one for one in bench.state["configurations"] if one["resource"]["type"] == "queue"]
    assert check["resource"]["name"] == "forecast-prod"
    assert check["settings"]["inputs"]["allowedBranches"] == "refs/heads/main"


def test_what_every_branch_would_be_handed_is_told_and_left_to_people(
    bench: Bench, prod_on_github: dict[str, Any]
) -> None:
    bench.write(prod_on_github)
    state = bench.state
    state["github"][f"repos/{REPOSITORY}/actions/secrets"] = {
        "secrets": [{"name": "SCORING_TLS_PRIVATE_KEY"}, {"name": "OF_ANOTHER_WORKFLOW"}]
    }
    bench.write(state)
    done = bench.run(*PROD, *GITHUB, "--previews", "reviewed", "--repair")
    assert done.returncode == 3
    assert "secrets of every branch: after the change SCORING_TLS_PRIVATE_KEY is a secret" in done.stdout
    assert "OF_ANOTHER_WORKFLOW" not in done.stdout
    assert bench.changes == []
