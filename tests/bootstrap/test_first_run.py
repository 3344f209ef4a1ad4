"""What a first run makes, in which order, and what its options refuse."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from azure_facts.roles import Role, built_in_role, built_in_roles, permits
from bootstrap.delegation import delegation
from bootstrap.identities import identities
from bootstrap.options import parse
from infra.access.granted import UNDOING
from infra.conventions.writing_roles import role_changes_something
from tests.bootstrap.bench import (
    DEV,
    DEVOPS,
    GITHUB,
    HOME,
    PROD,
    REPOSITORY,
    SUBJECT,
    SUBSCRIPTION,
    Bench,
    credentials,
)


def roles(state: dict[str, Any]) -> dict[str, list[str]]:
    """Identity to the names of its roles."""
    held: dict[str, list[str]] = {}
    for one in state["role assignment"]:
        (identity,) = [
            name.split("-")[2]
            for name, found in state["identity"].items()
            if found["principalId"] == one["principalId"]
        ]
        role = one["roleDefinitionId"].rsplit("/", 1)[1]
        held.setdefault(identity, []).append(role if "(" in role else built_in_role(role).name)
    return held


def test_each_identity_is_one_place_s(prod_on_github: dict[str, Any]) -> None:
    assert credentials(prod_on_github) == {
        "gate": [f"{SUBJECT}:promotion-gate"],
        "drift": [f"{SUBJECT}:drift-prod"],
        "plan": [f"{SUBJECT}:plan-prod"],
        "preview": [f"{SUBJECT}:preview-prod"],
        "deploy": [f"{SUBJECT}:prod"],
    }


def test_no_pull_request_reaches_an_identity_unless_asked_for(dev_on_github: dict[str, Any]) -> None:
    assert sorted(credentials(dev_on_github)) == ["deploy", "drift", "gate", "plan"]
    places = [path.rsplit("/", 1)[1] for path in dev_on_github["github"] if "/environments/" in path]
    assert "preview-dev" not in places


def test_only_who_deploys_writes_and_the_gate_cannot_decrypt(prod_on_github: dict[str, Any]) -> None:
    held = roles(prod_on_github)
    reading = ["Reader", "Storage Blob Data Reader", "Key Vault Crypto User"]
    assert {name: held[name] for name in ("gate", "drift", "plan", "preview")} == {
        "gate": ["Reader"],
        "drift": reading,
        "plan": reading,
        "preview": reading,
    }
    assert [role for role in reading if role_changes_something(built_in_role(role))] == []
    assert held["deploy"] == [
        "Contributor",
        "Role Based Access Control Administrator",
        "Lock setter (forecast prod)",
        "Storage Blob Data Contributor",
        "Key Vault Crypto User",
    ]
    conditions = [one["condition"] for one in prod_on_github["role assignment"] if one["condition"]]
    assert conditions == [delegation(parse([*PROD, *GITHUB]))]


def test_places_are_protected_before_they_are_trusted(bench: Bench) -> None:
    assert bench.run(*PROD, *GITHUB).returncode == 0
    kinds = [" ".join(change[:4]) for change in bench.changes]
    last_place = max(place for place, kind in enumerate(kinds) if kind.startswith("gh api"))
    last_role = max(place for place, kind in enumerate(kinds) if kind.startswith("az role assignment"))
    first_trust = min(place for place, kind in enumerate(kinds) if "federated-credential" in kind)
    assert last_place < first_trust
    assert last_role < first_trust


def test_who_may_use_each_place(prod_on_github: dict[str, Any]) -> None:
    github, base = prod_on_github["github"], f"repos/{REPOSITORY}/environments"

    def place(name: str) -> tuple[list[str], list[int], bool]:
        rules = github[f"{base}/{name}"]["protection_rules"]
        reviewers = [one["reviewer"]["id"] for rule in rules for one in rule.get("reviewers", [])]
        policies = github[f"{base}/{name}/deployment-branch-policies"]["branch_policies"]
        return [one["name"] for one in policies], reviewers, github[f"{base}/{name}"]["can_admins_bypass"]

    assert place("prod") == (["main"], [7], False)
    assert place("preview-prod") == (["refs/pull/*/merge"], [7], False)
    for name in ("plan-prod", "drift-prod", "promotion-gate"):
        assert place(name) == (["main"], [], True)


def test_checks_of_azure_devops(prod_on_azure_devops: dict[str, Any]) -> None:
    found = [
        (
            check["settings"].get("displayName", "approval"),
            check["resource"]["name"],
            check["settings"].get("inputs", {}).get("allowedBranches", "somebody's word"),
        )
        for check in prod_on_azure_devops["configurations"]
    ]
    assert found == [
        ("Branch control", "platform-gate-prod", "refs/heads/main"),
        ("Branch control", "platform-drift-prod", "refs/heads/main"),
        ("Branch control", "platform-plan-prod", "refs/heads/main"),
        ("approval", "platform-preview-prod", "somebody's word"),
        ("Branch control", "platform-prod", "refs/heads/main"),
        ("Branch control", "prod", "refs/heads/main"),
        ("approval", "prod", "somebody's word"),
        ("Branch control", "platform-prod", "refs/heads/main"),
    ]
    assert prod_on_azure_devops["configurations"][-1]["resource"]["type"] == "variablegroup"
    subjects = credentials(prod_on_azure_devops)
    assert subjects["deploy"] == ["/eid1/c/pub/t/tenant/a/application/sc/organisation/4"]
    assert len({subject for one in subjects.values() for subject in one}) == 5


def test_a_connection_that_nobody_made_is_told_and_not_trusted(bench: Bench) -> None:
    state = bench.state
    state["endpoints"] = [one for one in state["endpoints"] if one["name"] != "platform-prod"]
    bench.write(state)
    done = bench.run(*PROD, *DEVOPS)
    assert done.returncode == 3
    assert "differs    service connection platform-prod: it is not there: make it" in done.stdout
    assert credentials(bench.state)["deploy"] == []
    assert credentials(bench.state)["plan"] != []


def test_a_repository_with_subjects_of_its_own_is_refused_before_anything_is_made(bench: Bench) -> None:
    state = bench.state
    state["github"][f"repos/{REPOSITORY}/actions/oidc/customization/sub"]["use_default"] = False
    bench.write(state)
    done = bench.run(*DEV, *GITHUB)
    assert "writes subjects of its own" in done.stdout
    assert done.returncode == 1
    assert all("federated-credential" not in change for change in bench.changes)


def test_an_older_repository_s_subject_has_no_numbers(bench: Bench) -> None:
    state = bench.state
    path = f"repos/{REPOSITORY}/actions/oidc/customization/sub"
    state["github"][path] = {"use_default": True}
    bench.write(state)
    assert bench.run(*DEV, *GITHUB).returncode == 0
    assert credentials(bench.state)["deploy"] == ["repo:example-org/platform:environment:dev"]


def test_a_dry_run_changes_nothing_and_names_every_kind_of_piece(bench: Bench) -> None:
    dry = bench.run(*DEV, *GITHUB, "--may-write-custom-roles", "--dry-run")
    assert (dry.returncode, dry.stderr, bench.changes) == (3, "", [])
    for words in (
        "az storage account create",
        "az keyvault create",
        "gh api --method PUT",
        "az role definition create",
    ):
        assert f"would run: {words}" in dry.stdout
    assert "would make roles of deploy" in dry.stdout


def test_defining_roles_is_a_right_of_its_own(bench: Bench) -> None:
    assert bench.run(*DEV, *GITHUB, "--may-write-custom-roles", "--no-locks").returncode == 0
    assert list(bench.state["role definition"]) == ["Custom role author (forecast dev)"]
    held = [one["roleDefinitionName"] for one in bench.state["role assignment"]]
    assert "Custom role author (forecast dev)" in held
    assert "Lock setter (forecast dev)" not in held


def test_who_deploys_sets_locks_and_takes_none_off(prod_on_github: dict[str, Any]) -> None:
    """Nor may it give itself a role that does."""
    own = prod_on_github["role definition"]["Lock setter (forecast prod)"]["permissions"]
    assert [action for one in own for action in one["actions"]] == [
        "Microsoft.Authorization/locks/read",
        "Microsoft.Authorization/locks/write",
    ]
    options = parse([*PROD, *GITHUB])
    (deploy,) = [one for one in identities(options) if one.purpose == "deploy"]
    assignable = [role for role in built_in_roles().values() if role.guid in delegation(options)]
    held = [built_in_role(one.role) for one in deploy.roles if isinstance(one.role, Role)]
    unheld = [
        (role.name, operation)
        for role in (*held, *assignable)
        for operation in UNDOING
        # What assigns roles has the condition.
        if permits(role, operation) and role.name != Role.ROLE_BASED_ACCESS_CONTROL_ADMINISTRATOR
    ]
    assert unheld == []


def test_prods_state_key_identities_and_logs_are_out_of_the_deploying_identity_s_reach(bench: Bench) -> None:
    assert bench.run(*PROD, *GITHUB).returncode == 0
    inside = [
        change for change in bench.changes if "--resource-group" in change and "assignment" not in change
    ]
    assert {change[change.index("--subscription") + 1] for change in inside} == {HOME}
    identity = bench.state["identity"]["id-forecast-deploy-prod"]["principalId"]
    held = [one for one in bench.state["role assignment"] if one["principalId"] == identity]
    home = {
        built_in_role(one["roleDefinitionName"]).name: one["scope"].rsplit("/", 2)[1]
        for one in held
        if HOME in one["scope"]
    }
    assert home == {"Storage Blob Data Contributor": "storageAccounts", "Key Vault Crypto User": "vaults"}


def test_logs_go_where_the_deploying_identity_cannot_delete_them(prod_on_github: dict[str, Any]) -> None:
    resources = prod_on_github["resource"]
    senders = {
        path.partition("/providers/Microsoft.Insights/")[0].rsplit("/", 1)[-1]: found["properties"]
        for path, found in resources.items()
        if "diagnosticSettings" in path
    }
    assert {name: [one["category"] for one in found["logs"]] for name, found in senders.items()} == {
        "default": ["StorageRead", "StorageWrite", "StorageDelete"],
        next(iter(prod_on_github["keyvault"])): ["AuditEvent", "AzurePolicyEvaluationDetails"],
        "log-forecast-bootstrap-prod": ["Audit"],
        SUBSCRIPTION: ["Administrative", "Security", "Policy", "Alert"],
    }
    assert {HOME in found["workspaceId"] for found in senders.values()} == {True}
    (assigned,) = [found for path, found in resources.items() if "policyAssignments" in path]
    (kept,) = [found for path, found in resources.items() if "policyDefinitions" in path]
    assert assigned["properties"]["enforcementMode"] == "Default"
    assert kept["properties"]["policyRule"]["then"]["effect"] == "denyAction"


def test_a_missing_program_is_named(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "few").mkdir()
    for name in ("bash", "dirname"):
        (tmp_path / "few" / name).symlink_to(shutil.which(name) or name)
    done = bench.run(*DEV, *GITHUB, path=str(tmp_path / "few"))
    assert done.returncode == 1
    assert "az is not installed: docs/bootstrap.md" in done.stdout


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (DEV, "give --github or --azure-devops, one of the two"),
        ((*DEV, *GITHUB, *DEVOPS), "give --github or --azure-devops, one of the two"),
        ((*DEV, "--github", "platform"), "--github: give ORGANISATION/REPOSITORY"),
        ((*DEV, *GITHUB, "--environment", "Dev"), "--environment: give 2 to 8 lower-case letters"),
        ((*DEV, *GITHUB, "--environment", "acceptan"), "at most 14 characters together"),
        ((*DEV, *GITHUB, "--subscription", "mine"), "--subscription: give its id"),
        ((*DEV, *GITHUB, "--location", "West Europe"), "--location: give a region"),
        ((*DEV, *GITHUB, "--force"), "unrecognized arguments: --force"),
        ((*PROD, *GITHUB, "--previews", "unreviewed"), "--previews unreviewed is for nonprod"),
        (
            (*DEV, *GITHUB, "--kind", "prod", "--home-subscription", HOME),
            "--reviewer: say who approves deployments of a prod environment",
        ),
        ((*DEV, *GITHUB, "--home-subscription", "ours"), "--home-subscription: give its id"),
        ((*DEV, *GITHUB, "--hub-network", "vnet-hub"), "--hub-network: give the network's id"),
        ((*PROD, "--home-subscription", SUBSCRIPTION, *GITHUB), "a subscription other than prod's own"),
        ((*DEV, *GITHUB, "--kind", "prod"), "a subscription other than prod's own"),
        ((*DEV, *GITHUB, "--previews", "reviewed"), "--reviewer: say who approves real previews"),
    ],
)
def test_wrong_options_are_refused_before_anything_is_asked(
    bench: Bench, options: tuple[str, ...], message: str
) -> None:
    done = bench.run(*options, path=f"{bench.folder / 'nothing'}{os.pathsep}{os.environ['PATH']}")
    assert done.returncode == 1
    assert message in done.stderr
    assert done.stdout == ""
