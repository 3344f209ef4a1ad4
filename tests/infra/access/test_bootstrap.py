"""The bootstrap script, run against an `az` that records what it is asked."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from azure_facts.roles import Role, built_in_role
from infra.conventions.role_assignments import role_guid
from infra.conventions.writing_roles import role_changes_something

SCRIPT = Path(__file__).parents[3] / "bootstrap" / "bootstrap.sh"
SUBSCRIPTION = "22222222-2222-2222-2222-222222222222"
PREVIEW = "e0000000-0000-4000-8000-000000000001"
DRIFT = "e0000000-0000-4000-8000-000000000003"
DEPLOY = "e0000000-0000-4000-8000-000000000002"

# What is "there" is a file that every `create`, `put` and `update` adds to: a second run sees what the first one made.
FAKE_AZ = f"""#!{sys.executable} -IS
import json, os, pathlib, sys
words = sys.argv[1:]
folder = pathlib.Path(os.environ["FAKE_AZ_FOLDER"])
with (folder / "calls").open("a") as calls:
    calls.write(json.dumps(words) + "\\n")
there = folder / "there"
known = there.read_text().splitlines() if there.exists() else []
def option(name):
    return words[words.index(name) + 1] if name in words else ""
verb = next((word for word in words if word in ("show", "create", "update", "list", "exists", "rest")), "")
kind = " ".join(words[: words.index(verb)])
name = option("--name") or option("--account-name") or option("--ids")
if kind == "role assignment":
    who = option("--assignee") or option("--assignee-object-id")
    name = "|".join((who, option("--role"), option("--scope")))
if kind == "role definition" and verb == "create":
    name = json.loads(option("--role-definition"))["Name"]
if verb == "rest":
    kind, name = "resource", option("--url").removeprefix("https://management.azure.com").partition("?")[0]
entry = kind + " " + name
if os.environ.get("FAKE_AZ_FAILS", "none") in " ".join(words):
    sys.exit("AuthorizationFailed: no right to look")
if verb in ("create", "update", "rest"):
    with there.open("a") as file:
        file.write(entry + "\\n")
elif verb == "exists":
    print("true" if entry in known else "false")
elif verb == "list":
    print("found" if entry in known else "", end="")
elif entry not in known:
    sys.exit(3)
elif option("--query") == "principalId":
    print("{PREVIEW}" if "preview" in name else "{DRIFT}" if "drift" in name else "{DEPLOY}")
elif option("--query") == "isVersioningEnabled":
    print("true")
"""

Run = Callable[..., subprocess.CompletedProcess[str]]

FOR_DEV = shlex.split(
    f"--workload forecast --environment dev --subscription {SUBSCRIPTION} --location westeurope"
)
GITHUB = ("--github", "example-org/platform")


@pytest.fixture
def bootstrap(tmp_path: Path) -> Run:
    """Runs the script for dev; `fails` is a text in a call that the fake refuses."""
    fake = tmp_path / "bin" / "az"
    fake.parent.mkdir()
    fake.write_text(FAKE_AZ)
    fake.chmod(0o755)

    def run(*options: str, fails: str = "nothing at all") -> subprocess.CompletedProcess[str]:
        (tmp_path / "calls").unlink(missing_ok=True)
        path = f"{fake.parent}{os.pathsep}{os.environ['PATH']}"
        return subprocess.run(
            ["bash", str(SCRIPT), *FOR_DEV, *options],
            env={**os.environ, "PATH": path, "FAKE_AZ_FOLDER": str(tmp_path), "FAKE_AZ_FAILS": fails},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


@pytest.fixture
def made(tmp_path: Path) -> Callable[[], list[list[str]]]:
    """What the last run asked `az` to make or change."""

    def read() -> list[list[str]]:
        calls = [json.loads(line) for line in (tmp_path / "calls").read_text().splitlines()]
        return [call for call in calls if {"create", "update", "rest"} & set(call)]

    return read


Made = Callable[[], list[list[str]]]

GROUP = "rg-forecast-bootstrap-dev"
IN_GROUP = f"--resource-group {GROUP} --subscription {SUBSCRIPTION}"
SCOPE = f"/subscriptions/{SUBSCRIPTION}"
CONDITION = (
    "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR "
    "(@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAllValues:GuidNotEquals "
    "{8e3af657-a8ff-443c-a75c-2fe8c4bcb635, 18d7d88d-d35e-4fb5-a5c3-7773c20a72d9, "
    "f58310d9-a9f6-439a-9e8d-f62e7b41a168})) AND "
    "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})) OR "
    "(@Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAllValues:GuidNotEquals "
    "{8e3af657-a8ff-443c-a75c-2fe8c4bcb635, 18d7d88d-d35e-4fb5-a5c3-7773c20a72d9, "
    "f58310d9-a9f6-439a-9e8d-f62e7b41a168}))"
)


def assignment(principal: str, role: Role, scope: str) -> str:
    return (
        f"role assignment create --assignee-object-id {principal} --assignee-principal-type ServicePrincipal "
        f"--role {role_guid(role)} --scope {scope}"
    )


def federation(name: str, identity: str, subject: str) -> str:
    return (
        f"identity federated-credential create --name {name} --identity-name {identity} {IN_GROUP} "
        f"--issuer https://token.actions.githubusercontent.com --subject {subject} "
        "--audiences api://AzureADTokenExchange"
    )


def test_a_first_run_makes_exactly_this(bootstrap: Run, made: Made) -> None:
    done = bootstrap(*GITHUB)
    assert (done.returncode, done.stderr) == (0, "")
    calls = made()
    account = calls[1][calls[1].index("--name") + 1]
    assert re.fullmatch(r"stforecastdev[0-9a-f]{5}", account)
    vault = f"kv-forecast-dev-{account[-5:]}"
    state = f"{SCOPE}/resourceGroups/{GROUP}/providers/Microsoft.Storage/storageAccounts/{account}"
    vault_id = f"{SCOPE}/resourceGroups/{GROUP}/providers/Microsoft.KeyVault/vaults/{vault}"
    key_url = f"https://management.azure.com{vault_id}/keys/pulumi-secrets?api-version=2024-11-01"
    key = '{"properties": {"kty": "RSA", "keySize": 3072, "keyOps": ["encrypt", "decrypt"]}}'
    administrator = assignment(DEPLOY, Role.ROLE_BASED_ACCESS_CONTROL_ADMINISTRATOR, SCOPE)
    expected = [
        f"group create --name {GROUP} --subscription {SUBSCRIPTION} --location westeurope",
        f"storage account create --name {account} {IN_GROUP} --location westeurope --kind StorageV2 "
        "--sku Standard_GRS --min-tls-version TLS1_2 --https-only true --allow-blob-public-access false "
        "--allow-shared-key-access false",
        f"storage account blob-service-properties update --account-name {account} {IN_GROUP} "
        "--enable-versioning true --enable-delete-retention true --delete-retention-days 90 "
        "--enable-container-delete-retention true --container-delete-retention-days 90",
        f"storage container-rm create --name pulumi-state --storage-account {account} {IN_GROUP}",
        f"keyvault create --name {vault} {IN_GROUP} --location westeurope "
        "--enable-rbac-authorization true --enable-purge-protection true --retention-days 90",
        f"rest --method put --url {shlex.quote(key_url)} --body {shlex.quote(key)}",
        f"identity create --name id-forecast-preview-dev {IN_GROUP} --location westeurope",
        federation("pull-requests", "id-forecast-preview-dev", "repo:example-org/platform:pull_request"),
        federation("nightly", "id-forecast-preview-dev", "repo:example-org/platform:ref:refs/heads/main"),
        f"identity create --name id-forecast-drift-dev {IN_GROUP} --location westeurope",
        federation("drift", "id-forecast-drift-dev", "repo:example-org/platform:environment:drift-dev"),
        f"identity create --name id-forecast-deploy-dev {IN_GROUP} --location westeurope",
        federation("deployments", "id-forecast-deploy-dev", "repo:example-org/platform:environment:dev"),
        assignment(PREVIEW, Role.READER, SCOPE),
        assignment(PREVIEW, Role.STORAGE_BLOB_DATA_READER, state),
        assignment(PREVIEW, Role.KEY_VAULT_CRYPTO_USER, vault_id),
        assignment(DRIFT, Role.READER, SCOPE),
        assignment(DRIFT, Role.STORAGE_BLOB_DATA_READER, state),
        assignment(DRIFT, Role.KEY_VAULT_CRYPTO_USER, vault_id),
        assignment(DEPLOY, Role.CONTRIBUTOR, SCOPE),
        f"{administrator} --condition {shlex.quote(CONDITION)} --condition-version 2.0",
        assignment(DEPLOY, Role.LOCKS_CONTRIBUTOR, SCOPE),
        assignment(DEPLOY, Role.STORAGE_BLOB_DATA_CONTRIBUTOR, state),
        assignment(DEPLOY, Role.KEY_VAULT_CRYPTO_USER, vault_id),
    ]
    assert calls == [shlex.split(f"{command} --output none") for command in expected]
    assert f"personas: ci: {{object_id: {DEPLOY}, principal_type: ServicePrincipal}}" in done.stdout
    assert f'pulumi login "azblob://pulumi-state?storage_account={account}"' in done.stdout


def test_previews_hold_no_role_that_writes(bootstrap: Run, made: Made) -> None:
    bootstrap(*GITHUB)
    held = [built_in_role(call[call.index("--role") + 1]) for call in made() if PREVIEW in call]
    assert len(held) == 3
    assert [role.name for role in held if role_changes_something(role)] == []


def test_a_second_run_makes_nothing(bootstrap: Run, made: Made) -> None:
    first = bootstrap(*GITHUB, "--may-write-custom-roles")
    assert len(made()) == 26
    second = bootstrap(*GITHUB, "--may-write-custom-roles")
    assert second.returncode == 0
    assert made() == []
    assert second.stdout == first.stdout[first.stdout.index("\n\nstate:") + 1 :]


def test_what_an_interrupted_run_left_out_is_made_by_the_next(bootstrap: Run, made: Made) -> None:
    assert bootstrap(*GITHUB, fails="keyvault create").returncode != 0
    assert [call[:2] for call in made()][-1] == ["keyvault", "create"]
    assert bootstrap(*GITHUB).returncode == 0
    assert made()[0][:2] == ["keyvault", "create"]


def test_a_dry_run_prints_and_makes_nothing(bootstrap: Run, made: Made) -> None:
    dry = bootstrap(*GITHUB, "--may-write-custom-roles", "--dry-run")
    assert (dry.returncode, dry.stderr) == (0, "")
    assert made() == []
    printed = [line for line in dry.stdout.splitlines() if line.startswith("would run: az ")]
    bootstrap(*GITHUB, "--may-write-custom-roles")
    assert [line.split()[3:5] for line in printed] == [call[:2] for call in made()]
    assert "--assignee-object-id PRINCIPAL-OF-id-forecast-deploy-dev" in dry.stdout


def test_a_dry_run_over_what_is_there_has_nothing_to_print(bootstrap: Run) -> None:
    bootstrap(*GITHUB)
    assert "would run" not in bootstrap(*GITHUB, "--dry-run").stdout


def test_without_locks_nobody_may_write_them(bootstrap: Run, made: Made) -> None:
    bootstrap(*GITHUB, "--no-locks")
    assert [call for call in made() if role_guid(Role.LOCKS_CONTRIBUTOR) in call] == []


def test_defining_roles_is_a_right_of_its_own_and_only_when_asked_for(bootstrap: Run, made: Made) -> None:
    bootstrap(*GITHUB)
    assert [call for call in made() if call[:2] == ["role", "definition"]] == []
    bootstrap(*GITHUB, "--may-write-custom-roles")
    definition, granted = made()
    document = json.loads(definition[definition.index("--role-definition") + 1])
    assert document == {
        "Name": "Custom role author (forecast dev)",
        "IsCustom": True,
        "Description": "Defines the platform's own roles.",
        "Actions": [
            "Microsoft.Authorization/roleDefinitions/write",
            "Microsoft.Authorization/roleDefinitions/delete",
        ],
        "AssignableScopes": [SCOPE],
    }
    assert DEPLOY in granted


def test_service_connections_of_azure_devops(bootstrap: Run, made: Made) -> None:
    issuer = "https://login.microsoftonline.com/11111111-1111-1111-1111-111111111111/v2.0"
    done = bootstrap("--azure-devops", issuer, "/eid1/c/pub/t/x/a/y/sc/org/one", issuer, "/eid1/…/two")
    assert done.returncode == 0, done.stderr
    subjects = [call[call.index("--subject") + 1] for call in made() if "--subject" in call]
    assert subjects == ["/eid1/c/pub/t/x/a/y/sc/org/one", "/eid1/…/two"]


@pytest.mark.parametrize(
    "looking",
    ["group exists", "storage account show", "keyvault show", "identity show", "role assignment list"],
)
def test_not_being_let_look_is_not_taken_for_not_being_there(
    bootstrap: Run, made: Made, looking: str
) -> None:
    bootstrap(*GITHUB)
    done = bootstrap(*GITHUB, fails=looking)
    assert done.returncode == 1
    assert "AuthorizationFailed" in done.stderr
    assert made() == []


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ((), "give --github or --azure-devops"),
        (("--github", "platform"), "--github: give ORGANISATION/REPOSITORY"),
        ((*GITHUB, "--azure-devops", "i", "s", "i", "t"), "give one of the two"),
        (("--azure-devops", "i", "s", "i", "s"), "have one subject; make a service connection for each"),
        (("--azure-devops", "i", "s"), "--azure-devops takes 4 value(s)"),
        ((*GITHUB, "--environment", "Dev"), "--environment: give 2 to 8 lower-case letters"),
        ((*GITHUB, "--environment", "acceptan"), "at most 14 characters together"),
        ((*GITHUB, "--subscription", "mine"), "--subscription: give its id"),
        ((*GITHUB, "--location", "West Europe"), "--location: give a region"),
        ((*GITHUB, "--force"), "--force is not an option; see --help"),
        (("--github",), "--github takes 1 value(s)"),
    ],
)
def test_wrong_options_are_refused_before_anything_is_asked(
    bootstrap: Run, tmp_path: Path, options: tuple[str, ...], message: str
) -> None:
    done = bootstrap(*options)
    assert done.returncode == 1
    assert message in done.stderr
    assert not (tmp_path / "calls").exists()


def test_the_script_is_well_formed() -> None:
    subprocess.run(["bash", "-n", str(SCRIPT)], check=True, timeout=60)


def test_the_script_names_roles_as_the_table_does() -> None:
    named = dict(re.findall(r"^([a-z_]+)=([0-9a-f-]{36})$", SCRIPT.read_text(encoding="utf-8"), re.MULTILINE))
    assert named == {name: role_guid(Role[name.upper()]) for name in named}
    assert len(named) == 9
