"""A program and a policy pack that have nothing to do with this repository, rehearsed through the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from rehearsal.cli import main
from rehearsal.model.errors import RehearsalError
from rehearsal.policy_pack.pack import read_pack
from rehearsal.processes.tree import descendants
from rehearsal.run import rehearse

Project = Callable[..., Path]

REPOSITORY = Path(__file__).parents[2]

PROGRAM = """
import pulumi
import pulumi_databricks as databricks
from pulumi_azure_native import databricks as azure_databricks, resources, storage

group = resources.ResourceGroup("analytics", resource_group_name="rg-analytics", location="northeurope")
class Lake(pulumi.ComponentResource):
    def __init__(self, name, opts=None):
        super().__init__("contoso:data:Lake", name, None, opts)
        self.account = storage.StorageAccount(name, resource_group_name=group.name, account_name="stcontosolake",
            location="northeurope", kind="StorageV2", sku={"name": "Standard_ZRS"}, is_hns_enabled=True,
            minimum_tls_version="TLS1_2", tags={"token": pulumi.Config().require_secret("token")},
            opts=pulumi.ResourceOptions(parent=self))
        self.register_outputs({"account": self.account.id})
lake = Lake("lake")
workspace = azure_databricks.Workspace("dbw", resource_group_name=group.name, workspace_name="dbw-analytics",
    location="northeurope", compute_mode="Hybrid", sku={"name": "premium"},
    managed_resource_group_id=pulumi.Output.concat("/subscriptions/",
        "00000000-0000-0000-0000-000000000000/resourceGroups/rg-dbw-analytics"),
    opts=pulumi.ResourceOptions(replace_on_changes=["computeMode", "managedResourceGroupId"]))
provider = databricks.Provider("dbx", azure_workspace_resource_id=workspace.id, auth_type="azure-cli")
databricks.Directory("shared", path="/Shared/analytics", opts=pulumi.ResourceOptions(provider=provider))
pulumi.export("lake", lake.account.id)
"""
STACK = "config:\n  sample:token: {secure: AAABAGx}\n"

PACK = """
from pulumi_policy import *
def locally(args, report):
    if args.resource_type == "azure-native:storage:StorageAccount" and args.props["sku"]["name"] == "Standard_ZRS":
        report(f"{args.props['accountName']} is not geo-redundant; its token is {args.props['tags']['token']}")
def owner(args, report):
    if args.resource_type.startswith("azure-native:resources:") and not args.props.get("tags"):
        report(f"needs {args.get_config()['tag'] if args.get_config() else 'owner'}")
def tag(args):
    if args.resource_type == "azure-native:resources:ResourceGroup":
        return {**args.props, "tags": {"owner": "platform"}}
def size(args, report):
    known = sorted(r.resource_type for r in args.resources if r.resource_type.startswith("azure-native"))
    report(f"{len(known)} Azure resources, {args.resources[0].resource_type} first")
PolicyPack("contoso", enforcement_level=EnforcementLevel.ADVISORY, policies=[
    ResourceValidationPolicy(name="geo-redundant", description="Storage survives a region", validate=locally,
        severity=Severity.HIGH),
    ResourceValidationPolicy(name="owned", description="Groups have an owner", validate=owner, remediate=tag),
    StackValidationPolicy(name="size", description="Know the size", validate=size),
])
"""


@pytest.fixture
def pack(tmp_path: Path) -> Callable[..., Path]:
    """Writes a pack: `pack(program, configuration={…})` is its folder; the configuration lies beside it."""

    def write(program: str = PACK, yaml: str = "runtime: python\nversion: 1.2.3\n") -> Path:
        folder = tmp_path / "pack"
        folder.mkdir(exist_ok=True)
        (folder / "PulumiPolicy.yaml").write_text(yaml)
        (folder / "__main__.py").write_text(program)
        return folder

    return write


def preview(folder: Path, *arguments: str | Path) -> int:
    return main(["preview", "--project", str(folder), "--stack", "dev", *map(str, arguments)])


def test_a_foreign_program_is_judged_by_a_foreign_pack(
    project: Project, pack: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = descendants(os.getpid())
    folder = project(PROGRAM, dev=STACK)
    assert preview(folder, "--findings", "--policy-pack", pack(), "--json", tmp_path / "out.json") == 0
    shown = capsys.readouterr().out
    assert "Policy pack contoso 1.2.3: 3 policies, 3 findings\n" in shown
    assert (
        "  geo-redundant (advisory, high) urn:pulumi:dev::sample::contoso:data:Lake$azure-native:storage:StorageAccount"
        "::lake\n    Storage survives a region\n    stcontosolake is not geo-redundant; its token is [secret]\n"
    ) in shown
    assert (
        "  size (advisory) the stack\n    Know the size\n    3 Azure resources, pulumi:pulumi:Stack first\n"
        in shown
    )
    assert shown.endswith("sample/dev: clean\n")
    document = json.loads((tmp_path / "out.json").read_text())
    [judged] = document["policies"]
    assert (judged["pack"], judged["version"], judged["policies"]) == ("contoso", "1.2.3", 3)
    assert [(found["policy"], found["level"]) for found in judged["findings"]] == [
        ("size", "advisory"),
        ("owned", "advisory"),
        ("geo-redundant", "advisory"),
    ]
    assert descendants(os.getpid()) <= before


def test_a_mandatory_violation_exits_with_three_and_a_refusal_still_weighs_more(
    project: Project, pack: Callable[..., Path], tmp_path: Path
) -> None:
    """As a process, as a pipeline would run it: nothing of this repository's own is in the program's folder."""
    configuration = tmp_path / "config.json"
    configuration.write_text(
        json.dumps({"geo-redundant": "mandatory", "size": {"enforcementLevel": "disabled"}})
    )
    folder, judged_by = project(PROGRAM, dev=STACK), pack()
    command = [sys.executable, "-m", "rehearsal", "preview", "--stack", "dev", "--project", folder]
    command += ["--policy-pack", judged_by, "--policy-pack-config", configuration]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (3, "")
    assert "  policies      2 of contoso: 1 mandatory, 1 advisory\n" in done.stdout
    assert (
        "Policies that are violated (1):\n  geo-redundant storage.StorageAccount stcontosolake: "
        in done.stdout
    )
    assert done.stdout.endswith("sample/dev: 1 policy violation: it would not deploy\n")
    refused = PROGRAM.replace('minimum_tls_version="TLS1_2"', 'minimum_tls_version="TLS1_0"')
    arguments = ("--policy-pack", judged_by, "--policy-pack-config", configuration)
    assert preview(project(refused, dev=STACK), *arguments) == 4


def test_a_remediation_is_shown_and_the_resource_judged_as_remedied(
    project: Project, pack: Callable[..., Path], tmp_path: Path
) -> None:
    configuration = tmp_path / "config.json"
    configuration.write_text(
        json.dumps({"owned": "remediate", "geo-redundant": "disabled", "size": "disabled"})
    )
    result = rehearse(project(PROGRAM, dev=STACK), "dev", policy_packs=[read_pack(pack(), configuration)])
    assert [(found.policy, found.level.value) for found in result.policies[0].findings] == [
        ("owned", "remediated")
    ]
    assert result.ok


def test_properties_and_the_level_for_all_reach_the_pack(
    project: Project, pack: Callable[..., Path], tmp_path: Path
) -> None:
    configuration = tmp_path / "config.json"
    configuration.write_text(
        json.dumps({"all": "disabled", "owned": {"enforcementLevel": "mandatory", "tag": "cost"}})
    )
    result = rehearse(project(PROGRAM, dev=STACK), "dev", policy_packs=[read_pack(pack(), configuration)])
    assert [found.message for found in result.violations] == ["Groups have an owner\nneeds cost"]


def test_a_pack_that_cannot_judge_is_told_before_the_program_has_ended(
    project: Project, pack: Callable[..., Path], tmp_path: Path
) -> None:
    """Else this program would have been stopped, and nobody would have asked the pack."""
    endless = project("import time\ntime.sleep(600)\n", dev=STACK)
    broken = pack("raise ValueError('no rules today')\n")
    with pytest.raises(RehearsalError, match="did not start: ValueError: no rules today"):
        rehearse(endless, "dev", policy_packs=[read_pack(broken)], timeout=60)
    configuration = tmp_path / "config.json"
    configuration.write_text(json.dumps({"nobody": "mandatory"}))
    with pytest.raises(RehearsalError, match="has no policy nobody"):
        rehearse(endless, "dev", policy_packs=[read_pack(pack(), configuration)], timeout=60)


@pytest.mark.parametrize(
    ("program", "message"),
    [
        ("raise ValueError('no rules today')\n", "did not start: ValueError: no rules today"),
        ("pass\n", "did not start: it ended at once"),
        (PACK.replace('["sku"]["name"]', '["sku"]["nmae"]'), "failed on urn:pulumi:dev::sample::contoso"),
    ],
)
def test_a_pack_that_fails_is_one_message(
    project: Project,
    pack: Callable[..., Path],
    capsys: pytest.CaptureFixture[str],
    program: str,
    message: str,
) -> None:
    before = descendants(os.getpid())
    assert preview(project(PROGRAM, dev=STACK), "--policy-pack", pack(program)) == 1
    captured = capsys.readouterr()
    assert message in captured.err
    assert captured.err.count("\n") == 1
    assert captured.out == ""
    assert descendants(os.getpid()) <= before


@pytest.mark.parametrize(
    ("yaml", "configuration", "message"),
    [
        (None, "{}", "no PulumiPolicy.yaml in"),
        ("runtime: nodejs\n", "{}", "runtime is 'nodejs'; only Python policy packs can be rehearsed"),
        (
            "runtime: {name: python, options: {virtualenv: venv}}\n",
            "{}",
            "its virtual environment 'venv' is not there",
        ),
        ("runtime: python\n", "{", "not JSON"),
        ("runtime: python\n", '{"owned": "strict"}', "level 'strict' is none of advisory, mandatory"),
    ],
)
def test_what_is_no_pack_is_refused(
    tmp_path: Path, yaml: str | None, configuration: str, message: str
) -> None:
    if yaml is not None:
        (tmp_path / "PulumiPolicy.yaml").write_text(yaml)
    (tmp_path / "config.json").write_text(configuration)
    with pytest.raises(RehearsalError, match=message):
        read_pack(tmp_path, tmp_path / "config.json")


def test_a_policy_that_the_pack_does_not_have(
    project: Project, pack: Callable[..., Path], tmp_path: Path
) -> None:
    configuration = tmp_path / "config.json"
    configuration.write_text('{"geo": "mandatory"}')
    with pytest.raises(RehearsalError, match="policy pack contoso has no policy geo "):
        rehearse(project(PROGRAM, dev=STACK), "dev", policy_packs=[read_pack(pack(), configuration)])


def test_the_pack_ends_when_the_rehearsal_is_killed(project: Project, pack: Callable[..., Path]) -> None:
    folder = project("import time\ntime.sleep(60)\n")
    command = [sys.executable, "-m", "rehearsal", "preview", "--project", str(folder), "--stack", "dev"]
    rehearsal = subprocess.Popen([*command, "--policy-pack", str(pack())], cwd=REPOSITORY)
    try:
        deadline = time.monotonic() + 30
        while not (packs := descendants(rehearsal.pid)) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert packs
    finally:
        rehearsal.kill()
        rehearsal.wait()
    while any(_runs(pid) for pid in packs) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [pid for pid in packs if _runs(pid)]


def _runs(pid: int) -> bool:
    """An ended process whose parent is gone may wait for its collection: that is no orphan."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
