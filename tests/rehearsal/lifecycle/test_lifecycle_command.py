"""`rehearsal lifecycle`, and a preview's section, for a program that is not the platform."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rehearsal.cli import main

Project = Callable[..., Path]

SUBSCRIPTION = "00000000-0000-0000-0000-000000000001"
PROGRAM = """\
import pulumi_azure_native as azure

group = azure.resources.ResourceGroup("group", resource_group_name="rg-sample", location="westeurope")
azure.managedidentity.UserAssignedIdentity(
    "identity", resource_group_name=group.name, resource_name_="id-sample", location="westeurope"
)
"""
CONFIG = f"config:\n  azure-native:subscriptionId: {SUBSCRIPTION}\n"


def acts(role: str, scope: str = f"/subscriptions/{SUBSCRIPTION}") -> str:
    return f"""\
subscription: {SUBSCRIPTION}
identities:
  ci: {{what: deploys, azure: [{{role: {role}, scope: {scope}}}]}}
acts:
  first: {{does: up, by: ci}}
  look: {{does: refresh, by: ci, after: first}}
"""


def run(
    project: Project, capsys: pytest.CaptureFixture[str], command: str, content: str
) -> tuple[int, str, str]:
    folder = project(PROGRAM, dev=CONFIG, files={"Acts.dev.yaml": content} if content else {})
    code = main([command, "--project", str(folder), "--stack", "dev"])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_all_acts_pass(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(project, capsys, "lifecycle", acts("Contributor"))
    assert code == 0
    assert out.splitlines()[-1] == "2 acts: all pass"


def test_a_refused_act_is_told_with_identity_reason_and_remedy(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(project, capsys, "lifecycle", acts("Reader"))
    assert code == 4
    assert "first: up by ci: 2 requests, 2 refused" in out
    assert "look: refresh by ci, after first: 2 requests, passes" in out
    assert "AUT300 403 AuthorizationFailed: The client 'ci'" in out
    assert "as ci (deploys); let through by Microsoft.Resources/subscriptions/resourceGroups/write" in out
    assert f"on /subscriptions/{SUBSCRIPTION}/resourceGroups/rg-sample" in out
    assert "1 of 2 acts refused (2 requests): first" in out


def test_a_preview_counts_them(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(project, capsys, "preview", acts("Reader"))
    assert code == 4
    assert "  acts          1 of 2 acts refused (2 requests): first\n" in out
    assert "Rights that acts lack:\n  first by ci: 1 request let through by\n" in out
    assert out.splitlines()[-1] == "sample/dev: 1 act refused: it would not deploy"


@pytest.mark.parametrize("command", ["preview", "lifecycle"])
def test_a_wrong_file_is_refused_as_settings_are(
    project: Project, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    code, _, err = run(project, capsys, command, acts("Contributer"))
    assert code == 2
    assert "Acts.dev.yaml: identities.ci.azure[0].role: 'Contributer' is no built-in role" in err


@pytest.mark.parametrize(
    "name",
    [
        "azure-native:storage:StorageAcount",
        "azure-native:managedidentity:UserAssignedIdentity::other",
        "azure-native:managedidentity:userAssignedIdentity",
    ],
)
@pytest.mark.parametrize("key", ["only: [{}]", "leaves: {{{}: it is another's}}"])
def test_a_type_that_nothing_has_is_told(
    project: Project, capsys: pytest.CaptureFixture[str], name: str, key: str
) -> None:
    quoted = f'"{name}"'
    content = acts("Contributor").replace("does: up,", f"does: up, {key.format(quoted)},")
    code, out, _ = run(project, capsys, "lifecycle", content)
    assert code == 0
    assert f"    {name}: nothing in the program is of this type or has this name" in out
    right = "azure-native:managedidentity:UserAssignedIdentity::identity"
    _, out, _ = run(project, capsys, "lifecycle", content.replace(name, right))
    assert "nothing in the program" not in out


def test_a_stale_file_is_not_played(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(project, capsys, "preview", f"stack_digest: older\n{acts('Reader')}")
    assert code == 0
    assert "  acts  " not in out
    assert "was made for another Pulumi.dev.yaml, so no act was played" in err
    assert run(project, capsys, "lifecycle", f"stack_digest: older\n{acts('Reader')}")[0] == 2


def test_without_a_file_nothing_changes(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(project, capsys, "preview", "")
    assert code == 0
    assert "Acts" not in out
    assert run(project, capsys, "lifecycle", "")[0] == 1


@pytest.mark.parametrize("named", ["", "missing.yaml"])
def test_acts_that_are_no_file_are_refused_before_anything_runs(
    project: Project, capsys: pytest.CaptureFixture[str], named: str
) -> None:
    folder = project("raise SystemExit('ran')", dev=CONFIG)
    code = main(["lifecycle", "--project", str(folder), "--stack", "dev", "--acts", str(folder / named)])
    assert code == 2
    assert "is no file; name one as Acts.<stack>.yaml is" in capsys.readouterr().err
